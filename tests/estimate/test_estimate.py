"""What somebody is told to expect: whose turn comes when, by the line's own rules, and honest where nobody can know."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.estimate import Break, History, estimate
from reception.estimate.leaving import WAITED
from reception.line import Line
from reception.things import Appointment, Desk
from reception.visit import take
from tests.builders import TEN, visit
from tests.estimate.rooms import BOTH, MINUTE, ONE, SPLIT, people, raw_medians, room, snapshot, steady


def expected(at, history=None, **more):
    return raw_medians(estimate(at, history or steady(), seed=1, **more))


def test_each_waits_for_the_rest_of_the_visit_at_the_desk_and_for_those_ahead():
    at = snapshot(room(), people("tax", "parking", "tax"), busy={"1": ("tax", 4)})
    assert expected(at) == {"v1": 6, "v2": 16, "v3": 26}


def test_two_desks_are_shared():
    at = snapshot(room(BOTH), people("tax", "tax", "tax"), busy={"1": ("tax", 4), "2": ("tax", 8)})
    assert expected(at) == {"v1": 2, "v2": 6, "v3": 12}


def test_a_line_that_other_desks_serve_delays_nobody():
    at = snapshot(room(SPLIT), people("tax", "tax", "tax", "housing"), busy={"1": ("tax", 0), "2": ("housing", 3)})
    assert expected(at) == {"v1": 10, "v2": 20, "v3": 30, "v4": 7}


def test_a_head_start_counts_as_it_does_in_the_call():
    waiting = people("tax", "tax")
    waiting.append(visit(id="v9", service="tax", place=9, arrived_at=TEN - 25 * MINUTE, standing="transferred"))
    assert expected(snapshot(room(), waiting, busy={"1": ("tax", 0)})) == {"v9": 10, "v1": 20, "v2": 30}


def test_a_need_that_one_desk_meets_waits_for_that_desk():
    desks = [{"key": "1", "name": "Desk 1", "has": ["accessible"]}, {"key": "2", "name": "Desk 2"}]
    at = snapshot(
        room(desks),
        people("tax"),
        busy={"1": ("tax", 1), "2": ("tax", 9)},
        told={"v1": {"needs": "accessible"}},
    )
    assert expected(at) == {"v1": 9}


def test_somebody_not_due_yet_is_not_expected_before():
    (early,) = people("tax", due_at=TEN + 7 * MINUTE)
    assert expected(snapshot(room(), [early])) == {"v1": 7}


def test_the_time_between_two_visitors_is_part_of_the_wait():
    at = snapshot(room(), people("tax", "tax"), busy={"1": ("tax", 4)})
    assert expected(at, steady(turnaround=2 * MINUTE)) == {"v1": 8, "v2": 20}


def test_a_desk_on_a_pause_is_expected_back_after_what_is_left_of_it():
    history = steady()
    for _ in range(20):
        history.add_pause("break", 15 * MINUTE)
    paused = Desk("1", "paused", "person:1", TEN - 5 * MINUTE, "break")
    assert expected(snapshot(room(), people("tax"), states={"1": paused}), history) == {"v1": 10}


def test_a_planned_break_comes_between_two_visits():
    plan = [Break("1", TEN + 3 * MINUTE, TEN + 33 * MINUTE)]
    at = snapshot(room(), people("tax", "tax"), busy={"1": ("tax", 4)}, breaks=plan)
    assert expected(at) == {"v1": 36, "v2": 46}


def test_a_break_that_nobody_marked_is_not_due_all_afternoon():
    history = steady()
    history.counts |= {"taken": 30, "not_taken": 10}
    plan = [Break("1", TEN - 120 * MINUTE, TEN - 90 * MINUTE)]
    assert expected(snapshot(room(), people("tax"), breaks=plan), history) == {"v1": 0}


def lunch(minutes_ago: float, **more):
    """When somebody is called at a desk whose half hour off was to begin so long ago; half go without a press."""
    history = steady()
    history.counts |= {"taken": 98.0, "not_taken": 2.0, "unmarked": 50.0}
    from_at = TEN - round(minutes_ago * MINUTE)
    plan = [Break("1", from_at, from_at + 30 * MINUTE)]
    return expected(snapshot(room(), people("tax", minutes_ago=2), breaks=plan, **more), history)["v1"]


def test_a_desk_that_falls_silent_at_the_time_of_its_break_has_gone_without_a_word():
    free = TEN - 10 * MINUTE
    assert lunch(12, silent={"1": (free, True)}, free={"1": free}, seen={"1": TEN - 20 * MINUTE}) == 20


def test_a_desk_that_called_after_the_time_of_its_break_is_there():
    assert lunch(12, silent={"1": (TEN - MINUTE, True)}, seen={"1": TEN - 2 * MINUTE}) < 6


def test_a_desk_that_was_silent_for_longer_than_a_break_is_back():
    free = TEN - 40 * MINUTE
    assert lunch(40, seen={"1": free}, free={"1": free}) == 0


def test_whoever_is_busy_when_the_break_is_due_takes_it_after_the_visit():
    assert lunch(3, busy={"1": ("tax", 8)}) == 32


def test_a_desk_that_was_asked_to_call_is_not_thought_to_be_away():
    silent = {"1": (TEN - 10 * MINUTE, True)}
    assert lunch(12, silent=silent, seen={"1": TEN - 20 * MINUTE}, ready=frozenset("1")) == 0


def booking(minutes: float, name="b1", service="tax") -> Appointment:
    return Appointment(name, name, "2026-03-02", service, TEN + round(minutes * MINUTE))


def test_somebody_booked_who_has_not_come_yet_is_called_first_once_they_have():
    waiting = people("tax", "tax", minutes_ago=4)
    at = snapshot(room(), waiting, busy={"1": ("tax", 4)}, bookings=[booking(5)])
    assert expected(at) == {"v1": 16, "v2": 26}


def test_a_desk_is_never_kept_empty_for_somebody_booked_who_has_not_come():
    at = snapshot(room(), people("tax"), bookings=[booking(0.5)])
    assert expected(at, steady(late=20_000)) == {"v1": 0}


def test_the_later_somebody_booked_is_the_less_they_are_waited_for():
    history = steady(late=-5 * MINUTE)
    at = snapshot(room(), people("tax", "tax", minutes_ago=4), busy={"1": ("tax", 0)}, bookings=[booking(-10)])
    assert expected(at, history) == {"v1": 10, "v2": 20}


def test_who_may_have_gone_silently_costs_the_desk_a_call_only():
    long = steady(absent=MINUTE)
    for step in range(len(WAITED)):
        long.counts[f"absent {step}"] = long.counts[f"called {step}"] - 1
    at = snapshot(room(), people(*["tax"] * 6), busy={"1": ("tax", 0)})
    assert expected(at)["v6"] == 60
    assert expected(at, long)["v6"] <= 16


def test_who_is_sent_on_from_a_desk_is_there_however_long_ago_they_came():
    history, ahead = steady(), people("tax", "tax", "tax", minutes_ago=150)
    history.counts |= {f"absent {step}": 1e9 * (1 - 0.5 ** (waited / 60)) for step, waited in enumerate(WAITED)}
    sent_on = [replace(one, seen_at=TEN - 5 * MINUTE, last_called_at=TEN - MINUTE) for one in ahead]
    unseen, seen = (estimate(snapshot(room(), line, asked=("tax",)), history, seed=1) for line in (ahead, sent_on))
    assert raw_medians(unseen)["service:tax"] < 15 and raw_medians(seen)["service:tax"] == 30


def test_a_visit_longer_than_any_before_may_end_any_moment():
    found = estimate(snapshot(room(), people("tax"), busy={"1": ("tax", 200)}), steady(), seed=1)["v1"]
    assert 0 <= found.raw[0] < found.raw[1] < found.raw[2] < 30 * MINUTE


def test_a_desk_that_stands_open_and_calls_nobody_is_thought_to_be_away():
    history = steady()
    for _ in range(50):
        history.add("turnaround", 20 * MINUTE)
    at = snapshot(room(), people("tax"), silent={"1": (TEN - 8 * MINUTE, True)})
    assert expected(at, history) == {"v1": 12}


@pytest.mark.parametrize("after_visit", [True, False])
def test_a_desk_silent_for_longer_than_any_before_is_not_thought_to_call_this_minute(after_visit):
    def high(minutes):
        silent = {"1": (TEN - minutes * MINUTE, after_visit)}
        at = snapshot(room(), people("tax", minutes_ago=minutes), silent=silent)
        return estimate(at, History({"tax": 10}), seed=1)["v1"].raw[2] / MINUTE

    assert 8 < high(10) < 16 and 20 < high(25) < 40
    assert high(540) < 60


def test_a_desk_that_has_not_opened_yet_opens_as_on_other_days():
    history = steady()
    for _ in range(10):
        history.add_opening("1", 10.5 * 60 * MINUTE)
    at = snapshot(room(), people("tax"), states={"1": Desk("1")}, unopened={"1": 10 * 60 * MINUTE})
    assert expected(at, history) == {"v1": 30}


def test_whoever_would_take_a_ticket_now_stands_behind_everybody():
    at = snapshot(room(SPLIT), people("tax", "tax"), busy={"1": ("tax", 4)}, asked=("tax", "housing"))
    assert expected(at) == {"v1": 6, "v2": 16, "service:tax": 26, "service:housing": 0}


# -- where no number can be given ----------------------------------------------------------------------------------


def test_with_every_desk_closed_there_is_no_number_but_when_the_office_opens():
    at = snapshot(room(), people("tax"), states={"1": Desk("1")}, next_opening=TEN + 9)
    found = estimate(at, History(), seed=1)["v1"]
    assert (found.key, found.low, found.median, found.high, found.opens_at) == ("no_number", None, None, None, TEN + 9)
    assert found.chance_beyond(History(), 5 * MINUTE) == 1.0


def test_a_service_that_no_desk_is_set_up_for_is_never_said_to_open():
    settings = room([{"key": "1", "name": "Desk 1", "services": ["tax"]}])
    at = snapshot(settings, people("tax", "housing"), asked=("tax", "housing"), next_opening=TEN + 9)
    found = estimate(at, History(), seed=1)
    assert [found[who].served for who in ("v1", "service:tax", "v2", "service:housing")] == [True, True, False, False]
    assert [(found[who].key, found[who].opens_at) for who in ("v2", "service:housing")] == [("no_number", None)] * 2


def test_a_service_that_no_open_desk_serves_has_no_number_while_the_others_have_one():
    at = snapshot(room(SPLIT), people("tax", "housing"), states={"2": Desk("2")})
    found = estimate(at, History(), seed=1)
    assert [found["v1"].key, found["v2"].key] == ["range", "no_number"]


def test_a_service_that_the_settings_do_not_know_has_no_number():
    assert estimate(snapshot(room(SPLIT), people("gone")), History(), seed=1)["v1"].key == "no_number"


def test_with_nobody_waiting_there_is_nothing_to_say():
    assert estimate(snapshot(room(), []), History(), seed=1) == {}


def test_without_any_history_the_settings_minutes_are_believed_and_it_says_that_it_is_learning():
    found = estimate(snapshot(room(), people("tax", "tax"), busy={"1": ("tax", 0)}), History({"tax": 10}), seed=1)
    assert found["v2"].learning
    assert 12 * MINUTE < found["v2"].median < 30 * MINUTE
    assert found["v2"].low < found["v2"].median < found["v2"].high


def test_a_visit_of_nine_hours_widens_the_range_and_does_not_become_what_is_said():
    history = History({"tax": 10})
    history.add_visit("tax", 9 * 60 * MINUTE)
    found = estimate(snapshot(room(), people("tax", "tax"), busy={"1": ("tax", 0)}), history, seed=1)["v2"]
    plain = estimate(snapshot(room(), people("tax", "tax"), busy={"1": ("tax", 0)}), History({"tax": 10}), seed=1)["v2"]
    assert plain.high < found.high < 3 * 60 * MINUTE and found.median < 60 * MINUTE


def test_at_desks_with_nothing_to_do_whoever_comes_later_is_expected_when_they_said():
    desks = [{"key": str(nth), "name": f"Desk {nth}"} for nth in range(1, 21)]
    soon = [booking(3 * nth, f"b{nth}") for nth in range(30)]
    found = estimate(snapshot(room(desks), people("tax", due_at=TEN + 100 * MINUTE), bookings=soon), steady(), seed=1)
    assert raw_medians(found) == {"v1": 100}


def test_a_clock_that_was_set_back_gives_nobody_a_negative_wait():
    late = people("tax", "tax", minutes_ago=-90)
    for one in estimate(snapshot(room(), late, busy={"1": ("tax", -60)}), History(), seed=1).values():
        assert 0 <= one.low <= one.median <= one.high


def test_the_same_seed_gives_the_same_answer_and_so_does_a_history_that_was_kept():
    history = History({"tax": 7})
    for nth in range(80):
        history.add_visit("tax", nth * 10_000)
        history.add("late", nth * 1000)
        history.add_opening("1", float("nan") if nth % 2 else nth)
    at = snapshot(room(BOTH), people("tax", "housing", "tax"), busy={"1": ("tax", 3)}, bookings=[booking(8)])
    kept = History.of(json.loads(json.dumps(history.told())))
    assert estimate(at, history, seed=5) == estimate(at, history, seed=5) == estimate(at, kept, seed=5)
    assert estimate(at, history, seed=5) != estimate(at, history, seed=6)


@given(
    st.lists(
        st.tuples(st.sampled_from(["tax", "parking", "housing"]), st.integers(0, 60), st.integers(-5, 20)), max_size=12
    ),
    st.lists(st.sampled_from(["open", "paused", "closed"]), min_size=2, max_size=2),
    st.lists(st.integers(-30, 600), max_size=3),
    st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_room_is_like_ranges_are_in_order_and_never_negative(line, states, bookings, seed):
    waiting = [
        visit(id=f"v{nth}", service=service, place=nth, arrived_at=TEN - ago * MINUTE, due_at=TEN + due * MINUTE)
        for nth, (service, ago, due) in enumerate(line)
    ]
    desks = {str(nth): Desk(str(nth), state, None, TEN - 9 * MINUTE) for nth, state in enumerate(states, 1)}
    at = snapshot(
        room(SPLIT),
        waiting,
        states=desks,
        unopened={"1": 0},
        bookings=[booking(minutes, f"b{nth}") for nth, minutes in enumerate(bookings)],
    )
    found = estimate(at, History(), seed=seed)
    assert set(found) == {one.id for one in waiting}
    for one in found.values():
        if one.key == "no_number":
            assert (one.low, one.median, one.high) == (None, None, None)
        else:
            assert 0 <= one.low <= one.median and (one.high is None or one.median <= one.high)


# -- the same ordering as the call -----------------------------------------------------------------------------------

HELPING = [
    {"key": "1", "name": "Desk 1", "services": ["tax"], "helps": ["housing"]},
    {"key": "2", "name": "Desk 2", "services": ["housing", "parking"]},
    {"key": "3", "name": "Desk 3", "services": ["parking"], "helps": ["tax"]},
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["tax", "parking", "housing"]),
            st.integers(0, 40),
            st.sampled_from(["", "transferred", "came_back", "appointment"]),
            st.sampled_from([None, "1", "2"]),
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=60, deadline=None)
def test_everybody_is_expected_when_the_call_itself_would_come(line):
    office = room(HELPING)
    waiting = [
        visit(
            **{"id": f"v{nth}", "service": service, "place": nth, "arrived_at": TEN - ago * MINUTE},
            **{"standing": standing, "skipped_by": skipped},
        )
        for nth, (service, ago, standing, skipped) in enumerate(line)
    ]
    ends = {"1": 1, "2": 2, "3": 3}  # minutes until each desk is free
    at = snapshot(office, waiting, busy={key: ("tax", 10 - left) for key, left in ends.items()})
    assert expected(at) == called_in_truth(office, waiting, ends)


def called_in_truth(office, waiting, ends) -> dict[str, int]:
    """Plays the room through with the line itself: when each is called, in minutes."""
    desks = {key: Desk(key, "open") for key in ends}
    free, there, found = dict(ends), {one.id: one for one in waiting}, {}
    while free:
        desk = min(free, key=free.get)
        chosen = Line(office.line_rules, there.values(), desks, TEN + free[desk] * MINUTE).next_for(desk)
        if chosen is None:
            del free[desk]
            continue
        found[chosen.id] = free[desk]
        there[chosen.id] = take(chosen, "called", TEN, desk=desk)
        free[desk] += 10
    return found


@pytest.mark.parametrize("desks", [ONE, BOTH])
def test_more_draws_change_little(desks):
    at = snapshot(room(desks), people(*["tax"] * 8), busy={"1": ("tax", 0)})
    few, many = (estimate(at, History({"tax": 10}), draws=draws, seed=2)["v8"].median for draws in (100, 1600))
    assert few == pytest.approx(many, rel=0.15)
