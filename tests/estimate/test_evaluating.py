"""How each estimator is judged: by what the record alone told it, on arrival, against the first call."""

from datetime import date

import pytest

from reception.estimate.evaluating import OURS, evaluate
from reception.estimate.floor import Floor
from reception.estimate.others import LastToEnter, QueueLength, SharedQueueLength, Typed
from reception.simulating import Habits, simulate
from reception.things import Desk
from tests.builders import OFFICE_HOURS, TEN, office
from tests.estimate.rooms import BOTH, MINUTE, SERVICES, SPLIT, people, room

FIRST = date(2026, 3, 2)


def floor(desks, waiting, busy=("1", "2")) -> Floor:
    settings = room(desks)
    found = Floor(settings)
    found.at = TEN
    found.here = {one.id: one for one in waiting}
    found.desks = {one.key: Desk(one.key, "open") for one in settings.desks}
    found.busy = dict.fromkeys(busy, "somebody")
    return found


def minutes(other, desks, waiting, **more) -> float | None:
    answer = other.expects(waiting[-1], floor(desks, waiting, **more))
    return None if answer is None else answer / MINUTE


def test_what_most_systems_say_is_the_place_in_the_line_times_the_minutes_shared_among_desks():
    assert minutes(Typed(), BOTH, people("tax", "tax", "tax")) == 15
    assert minutes(Typed(), SPLIT, people("tax", "tax", "tax")) == 30
    assert minutes(Typed(), SPLIT, people("tax", "tax"), busy=("2",)) == 20
    assert minutes(Typed(), SPLIT, people("tax"), busy=("2",)) == 0
    assert minutes(Typed(), SPLIT, people("gone")) is None


def test_the_last_one_called_is_believed_by_service():
    other = LastToEnter()
    other.waits, other.last = {"tax": 7 * MINUTE}, 9 * MINUTE
    assert minutes(other, BOTH, people("housing", "tax")) == 7
    assert minutes(other, BOTH, people("tax", "housing")) == 9


def test_queue_length_counts_as_long_as_desks_took_lately():
    other, shared = QueueLength(), SharedQueueLength()
    for one in (other, shared):
        one.took.extend([4 * MINUTE, 8 * MINUTE])
    desks = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2", "services": ["housing"]}]
    waiting = people("housing", "tax")
    assert minutes(other, desks, waiting) == 12
    assert minutes(shared, desks, waiting) == 9


def evaluated(days=3, burn_in=1, **habits):
    settings = office(hours=OFFICE_HOURS, services=SERVICES, desks=BOTH)
    lived = list(simulate(settings, FIRST, days, habits=Habits(busy=0.85, **habits), seed=7))
    bookings = {day.day: day.appointments for day in lived}
    steps = [step for day in lived for step in day.steps]
    return lived, evaluate(settings, steps, bookings=bookings.get, burn_in=burn_in)


def test_every_answer_of_the_days_after_the_first_is_judged_once_for_each_estimator():
    lived, found = evaluated()
    called = sum(visit.first_called_at is not None for day in lived[1:] for visit in day.visits)
    counts = {name: found.queued[name].count + found.at_once[name].count for name in found.queued}
    assert set(counts.values()) == {called - found.no_number} and found.days == 2
    assert found.no_number < called / 50


def test_where_nothing_is_left_to_chance_nothing_is_off():
    settings = office(hours=OFFICE_HOURS, services=SERVICES, desks=BOTH[:1])
    habits = Habits.plain(a_day=60, minutes={"tax": 6, "parking": 6, "housing": 6})
    steps = [step for day in simulate(settings, FIRST, 12, habits=habits, seed=2) for step in day.steps]
    found = evaluate(settings, steps, burn_in=10)
    assert found.off_minutes(OURS) < 0.4 < found.off_minutes("the last one called")


@pytest.mark.parametrize("other", [Typed.name, LastToEnter.name, QueueLength.name])
def test_ours_is_nearer_than_the_others(other):
    _lived, found = evaluated(days=8, burn_in=4)
    assert found.off_minutes(OURS) < found.off_minutes(other)
    assert 0.6 < found.ours.held_share < 0.95


def test_an_empty_record_judges_nothing():
    found = evaluate(office(), [])
    assert (found.days, found.ours.count, found.off_minutes(OURS), found.ours.held_share) == (0, 0, None, None)
