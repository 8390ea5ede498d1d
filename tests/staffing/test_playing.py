"""A day played quickly is the day that the simulator lives step by step, visitor by visitor."""

import pytest

from reception.simulating.coming import Comer as TrueComer
from reception.simulating.coming import Town
from reception.simulating.floor import Floor
from reception.simulating.habits import Habits
from reception.staffing.drawing import FIRST_COME
from reception.staffing.past import spans, starts
from reception.staffing.planning import rules_of
from reception.staffing.playing import HIT, MISS, NOT_JUDGED, Comer, play
from reception.staffing.roster import by_settings
from tests.staffing.rooms import FIRST, FIVE, MINUTE, NINE, POOLED, SKILLED, comer, post, room, rules

TARGETS = (0, 1, 2, 5, 10, 20, 40)


def lived(settings, seed: int):
    """(visitors as the quick player takes them, how long each waits on the simulator's floor)."""
    habits = Habits.plain(busy=0.95, varies=0.8, booked=0.3, early_minutes=6, early_differs=7, typed_wrong=0.2)
    day, start = FIRST, starts(settings, FIRST)
    comers, bookings = Town(settings, habits, seed).comers(day, start + NINE, start + FIVE)
    floor = Floor(settings, habits, f"{seed}")
    floor.run(day.isoformat(), comers, bookings, start + NINE, start + FIVE)
    waits = {key: (one.called_at or 1 << 60) - floor.visits[key].waits_from for key, one in floor.truth.items()}
    return sorted((_plain(settings, one, floor, start), one.id) for one in comers), waits


def _plain(settings, one: TrueComer, floor, start: int) -> Comer:
    visit = floor.visits[one.id]
    head_start = settings.line_rules.head_starts["appointment"] if visit.standing else 0
    due = (floor.appointments[one.appointment].booked_at if one.appointment else 0) - 5 * MINUTE
    there = max(one.at, due) if visit.standing else one.at
    order = visit.waits_from - head_start - start + (one.at - start) * FIRST_COME
    return Comer(there - start, order, one.service, visit.waits_from - start, one.work)


@pytest.mark.parametrize("desks", [POOLED, SKILLED], ids=["pooled", "skilled, with breaks"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whoever_is_seen_within_any_time_in_the_simulator_is_so_here(desks, seed):
    settings = room(desks)
    people, waits = lived(settings, seed)
    assert len(people) > 60
    for minutes in TARGETS:
        office = rules_of(settings, FIVE)
        exact = rules(minutes, helping=office.helping)
        fates = play([one for one, _id in people], by_settings(settings, spans(settings, FIRST)), exact)
        told = [HIT if waits[who] <= minutes * MINUTE else MISS for _one, who in people]
        assert list(fates) == told


def test_a_desk_takes_the_longest_waiting_of_what_it_serves():
    people = [comer(0), comer(1), comer(2, "housing"), comer(3)]
    assert list(play(people, (post(), post("housing")), rules())) == [HIT, MISS, HIT, MISS]


def test_a_service_it_only_helps_with_comes_later():
    people = [comer(0, work=4), comer(1, "housing", work=30), comer(2, work=30)]
    assert list(play(people, (post("tax", "housing"),), rules(3))) == [HIT, HIT, MISS]
    assert list(play(people, (post("tax", "housing"),), rules(3, helping=5 * MINUTE))) == [HIT, MISS, HIT]


def test_whom_nobody_serves_is_missed():
    assert list(play([comer(0, "housing")], (post(),), rules())) == [MISS]
    assert list(play([comer(0)], (), rules())) == [MISS]


def test_whoever_leaves_in_time_is_not_judged_and_later_is_missed():
    first = comer(0, work=60)
    people = [first, comer(1, leaves_at=NINE + 4 * MINUTE), comer(2, leaves_at=NINE + 30 * MINUTE)]
    assert list(play(people, (post(),), rules())) == [HIT, NOT_JUDGED, MISS]


def test_somebody_gone_without_a_word_costs_the_desk_a_call():
    gone = comer(1, leaves_at=NINE + 2 * MINUTE, silent=True)
    people = [comer(0, work=3), gone, comer(2.5, work=1)]
    assert list(play(people, (post(),), rules(1, absent=2 * MINUTE))) == [HIT, MISS, MISS]
    assert list(play([people[0], people[2]], (post(),), rules(1))) == [HIT, HIT]


def test_a_break_begins_once_the_visitor_has_gone_and_lasts_as_long_as_planned():
    at_lunch = post(breaks=((NINE + 5 * MINUTE, 30 * MINUTE),))
    people = [comer(0), comer(20), comer(38)]
    assert list(play(people, (at_lunch,), rules())) == [HIT, MISS, MISS]
    assert list(play(people, (at_lunch,), rules(20))) == [HIT, HIT, HIT]


def test_whoever_still_waits_at_closing_is_helped_but_not_by_a_desk_that_left_before():
    late = [comer(479, work=20), comer(479.5)]
    assert list(play(late, (post(),), rules(30))) == [HIT, HIT]
    early = post(spans=((NINE, FIVE - 30 * MINUTE),))
    assert list(play(late, (early,), rules(30))) == [MISS, MISS]


def test_a_desk_that_comes_back_later_in_the_day_goes_on():
    twice = post(spans=((NINE, NINE + 10 * MINUTE), (NINE + 60 * MINUTE, FIVE)))
    assert list(play([comer(0), comer(30), comer(58)], (twice,), rules())) == [HIT, MISS, MISS]
    assert list(play([comer(0), comer(58)], (twice,), rules())) == [HIT, HIT]
