"""What an office's record teaches, and that the record alone is enough: a replay gives the same floor and answers."""

import json
import random
from dataclasses import replace
from datetime import date
from statistics import median

import pytest

from reception.estimate import History, estimate
from reception.estimate.beside import MARK
from reception.estimate.floor import Floor
from reception.estimate.learning import Learner
from reception.refusals import Refusal
from reception.rulings import line_rules
from reception.simulating import Habits, simulate
from reception.simulating.floor import CALLS_AGAIN, GIVES_UP
from tests.builders import OFFICE_HOURS, Hands, office, open_door
from tests.estimate.rooms import MINUTE, SERVICES
from tests.estimate.test_leaving import gone

DESKS = [
    {"key": "1", "name": "Desk 1", "breaks": ["12:00-12:30"]},
    {"key": "2", "name": "Desk 2", "services": ["tax", "parking"], "breaks": ["13:00-13:30"]},
]
SETTINGS = office(hours=OFFICE_HOURS, services=SERVICES, desks=DESKS)
FIRST = date(2026, 3, 2)


def days(count: int = 10, seed=1, **habits):
    return list(simulate(SETTINGS, FIRST, count, habits=Habits(**{"popular": {"housing": 0.4}, **habits}), seed=seed))


def learner(lived, history: History | None = None) -> Learner:
    bookings = {day.day: day.appointments for day in lived}
    told = {key: known for day in lived for key, known in day.told.items()}
    return Learner(SETTINGS, history, bookings=lambda day: bookings[day], known=lambda visit: told.get(visit, {}))


def taught(lived) -> Learner:
    found = learner(lived)
    for day in lived:
        for step in day.steps:
            found.see(step)
    return found


def of_truth(lived) -> list:
    return [one for day in lived for one in day.truth]


def test_the_floor_of_a_record_is_the_front_desks_own(tmp_path):
    chance, hands = random.Random(3), Hands()
    door = open_door(tmp_path / "reception.db", hands)
    asked = [
        lambda desk: door.ticket(chance.choice(["tax", "parking", "housing"])),
        lambda desk: door.ticket("tax"),
        door.next,
        door.next,
        lambda desk: door.set_desk(desk=desk, state="paused", reason="lunch", by=f"person:{desk}"),
        lambda desk: door.set_desk(desk=desk, state="closed", by=f"person:{desk}"),
        lambda desk: door.rule(kind="serves", subject=desk, value=chance.choice(["tax", "housing|tax", None]), by="m"),
        lambda desk: door.rule(kind="service", subject="tax", value=chance.choice(["closed", "open"]), by="m"),
        lambda desk: door.undo(desk=desk, by=f"person:{desk}"),
        lambda desk: door.take(chance.choice(["not_here", "return_to_line", "finish"]), door.look()[1].at_desk(desk)),
    ]
    floor, seen, refused = Floor(door.settings), 0, 0
    for _press in range(300):
        hands.go(seconds=chance.randrange(200))
        try:
            chance.choice(asked)(chance.choice("123"))
        except (Refusal, AttributeError):
            refused += 1
        for step in door.store.steps("office", after=seen):
            floor.see(step)
            seen = step.number
        kept = door.store.now("office")
        assert floor.here == {key: replace(one, token=None) for key, one in kept.visits.items()}
        assert floor.desks == kept.desks and floor.rules == line_rules(door.settings, door.look()[1])
        assert floor.busy == {one.desk: one.id for one in kept.visits.values() if one.state in ("called", "serving")}
    assert 0 < refused < 200 < seen


def test_how_long_each_service_takes_is_learned_from_its_visits():
    lived = days(forgets_finish=0.0, desks_differ=0.0)
    history = taught(lived).history
    for service in ("tax", "housing"):
        truth = [one.ended_at - one.called_at for one in of_truth(lived) if one.ended_at and one.service == service]
        assert median(history.visits(service)) == pytest.approx(median(truth), rel=0.2)
    assert abs(history.visits("tax").mean() - history.visits("housing").mean()) > 30_000


def test_who_goes_silently_is_learned_from_calls_that_nobody_answered():
    patient, impatient = (taught(days(busy=1.0, patience_minutes=minutes)).history for minutes in (400, 25))
    assert gone(impatient.leaving(), 30) > 3 * gone(patient.leaving(), 30)


def test_a_desk_waits_for_who_does_not_come_from_the_first_call_on():
    lived = days(20, busy=0.9, outside=0.3)
    history = taught(lived).history
    assert median(history.times("absent")) == CALLS_AGAIN + GIVES_UP
    assert history.unanswered() > 0.9  # on made-up days nobody is called again who is there


def test_who_is_called_again_and_comes_teaches_that_such_people_come(tmp_path):
    hands = Hands()
    door = open_door(tmp_path / "reception.db", hands)
    door.set_desk(desk="1", state="open", by="person:1")
    for _visitor in range(4):
        door.ticket("tax")
        called = door.next("1")
        for _again in range(2):
            hands.go(seconds=30)
            door.take("recall", called)
        door.take("start", called)
        door.take("finish", called)
    found = Learner(door.settings)
    for step in door.store.steps("office"):
        found.see(step)
    assert (found.history.counts["recalled"], found.history.unanswered()) == (4, 0.25)


def test_breaks_bookings_and_openings_are_learned():
    lived = days(20, booked=0.4, stays_away=0.3, lunch_late_minutes=5, lunch_unmarked=0.4)
    history = taught(lived).history
    came = [one for day in lived for one in day.appointments]
    assert history.attending() == pytest.approx(sum(one.state == "arrived" for one in came) / len(came), abs=0.1)
    assert 0 <= median(history.times("break_late")) < 25 * MINUTE
    assert history.taking_breaks() > 0.7
    assert [len(pool) for pool in history.openings.values()] == [20, 20]
    assert median(history.openings["1"].values) == pytest.approx(9 * 60 * MINUTE, abs=3 * MINUTE)
    assert median(history.pause("lunch")) == pytest.approx(30 * MINUTE, abs=MINUTE)


def test_a_lunch_that_nobody_marks_is_a_break_and_no_time_between_two_visitors():
    lived = days(10, busy=1.0, lunch_unmarked=0.6, lunch_skipped=0.0, hidden_a_day=0.0)
    history = taught(lived).history
    assert 0.35 < history.unmarked() < 0.85
    assert max(history.times("turnaround")) < 15 * MINUTE


def test_a_break_taken_or_never_taken_is_not_expected_any_more():
    lived = days(1, lunch_skipped=0.0, lunch_unmarked=0.0)
    found = taught(lived)
    assert not any(found.floor.breaks.values())


def test_a_break_that_was_skipped_hides_none_of_the_later_ones():
    lived = days(1, lunch_skipped=0.0, lunch_unmarked=0.0)
    tea = [{**desk, "breaks": ["10:00-10:15", *desk["breaks"]]} for desk in DESKS]
    found = Learner(office(hours=OFFICE_HOURS, services=SERVICES, desks=tea))
    for step in lived[0].steps:
        found.see(step)
    assert not any(found.floor.breaks.values())
    assert (found.history.counts["taken"], found.history.counts["not_taken"]) == (2, 2)


def test_a_history_that_was_stored_goes_on_as_if_nothing_had_happened():
    lived = days(4)
    whole, first = taught(lived), taught(lived[:2])
    first.end_day()
    again = learner(lived, History.of(json.loads(json.dumps(first.history.told()))))
    for day in lived[2:]:
        for step in day.steps:
            again.see(step)
    assert again.history.told() == whole.history.told()
    assert estimate(again.floor.snapshot(("tax",)), again.history, seed=1) == estimate(
        whole.floor.snapshot(("tax",)), whole.history, seed=1
    )


def test_only_waits_that_ended_in_a_call_teach_how_far_estimates_are_off():
    lived = days(1)
    found = taught(lived)
    called = sum(visit.first_called_at is not None for visit in lived[0].visits)
    by_whom = [
        [len(pool) for key, pool in found.history.errors.items() if key.startswith(MARK) is own]
        for own in (False, True)
    ]
    assert [sum(counts) for counts in by_whom] == [called, called]


def test_settings_changed_at_noon_and_services_that_are_gone_break_nothing():
    lived = days(2)
    changed = office(hours=OFFICE_HOURS, services=SERVICES[1:], desks=[{"key": "2", "name": "Desk 2"}])
    found = Learner(changed, bookings=lambda day: lived[0].appointments)
    told = []
    found.told = lambda visit, expected: told.append((visit.service, expected.key))
    for day in lived:
        for step in day.steps:
            found.see(step)
    assert ("tax", "range") in told or ("tax", "no_number") in told
    assert len(told) == sum(len(day.visits) for day in lived)


def test_of_those_who_come_within_a_moment_only_the_first_is_estimated_where_that_is_asked():
    (day,) = days(1)
    told = {apart: [] for apart in (0, 60 * MINUTE)}
    for apart, found in told.items():
        one = Learner(SETTINGS, bookings=lambda _day: day.appointments, apart=apart)
        one.told = lambda visit, expected, found=found: found.append(visit.arrived_at)
        for step in day.steps:
            one.see(step)
    everybody, some = told.values()
    assert len(everybody) > 40 and 0 < len(some) <= 8 and set(some) < set(everybody)
    assert all(later - earlier >= 60 * MINUTE for earlier, later in zip(some, some[1:], strict=False))


def test_a_record_of_an_older_version_teaches_as_well():
    """Its steps know nothing of what visits have come to hold since."""
    lived = days(2)
    texts, numbers = ("standing", "to_come", "delivered", "came_for", "reads"), ("discreet", "times_wrong")
    begins = {**dict.fromkeys(texts, [None, ""]), **dict.fromkeys(numbers, [None, 0]), "leg": [None, 1]}
    steps = [
        replace(step, changes={name: how for name, how in step.changes.items() if begins.get(name) != list(how)})
        for day in lived
        for step in day.steps
    ]
    assert steps != [step for day in lived for step in day.steps]
    old = learner(lived)
    for step in steps:
        old.see(step)
    assert old.history.told() == taught(lived).history.told()
