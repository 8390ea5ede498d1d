"""Made-up days are records that a front desk could have written, and the truth beside them tells what they hide."""

from dataclasses import replace
from datetime import date

import pytest

from reception.simulating import Habits, simulate
from reception.simulating.telling import Telling
from reception.simulating.written import write
from reception.store import Store
from tests.builders import OFFICE_HOURS, instant, office, replayed

FIRST = date(2026, 3, 2)
DESKS = [
    {"key": "1", "name": "Desk 1", "breaks": ["12:00-12:30"], "has": ["accessible"]},
    {"key": "2", "name": "Desk 2", "services": ["tax", "parking"], "breaks": ["12:30-13:00"]},
    {"key": "3", "name": "Desk 3", "services": ["housing"], "helps": ["tax"], "breaks": ["13:00-13:30"]},
]


def settings(**parts):
    return office(**{"hours": OFFICE_HOURS, "desks": DESKS, **parts})


def lived(count: int = 3, *, seed=1, parts=None, **habits):
    return list(simulate(settings(**(parts or {})), FIRST, count, habits=Habits(**habits), seed=seed))


def steps(day, name: str) -> list:
    return [step for step in day.steps if step.step == name]


def test_replaying_the_steps_arrives_at_the_visits_as_they_stand():
    days = lived()
    told = replayed([step for day in days for step in day.steps])
    assert told == {visit.id: visit for day in days for visit in day.visits}
    assert [step.number for day in days for step in day.steps] == list(range(1, sum(len(d.steps) for d in days) + 1))


def test_what_people_are_told_with_their_number_changes_nothing_else_of_the_days():
    told, asked = [list(simulate(settings(), FIRST, 3, telling=one)) for one in (Telling(settings()), None)]
    for day, same in zip(told, asked, strict=True):
        untold = dict.fromkeys(("said_at", "said_low", "said_by_at", "first_by_at"))
        assert [replace(visit, **untold) for visit in day.visits] == same.visits
        assert [step.at for step in day.steps] == [step.at for step in same.steps] and day.truth == same.truth
    rows = replayed([step for day in told for step in day.steps])
    assert rows == {visit.id: visit for day in told for visit in day.visits}


def test_most_are_called_by_the_time_that_they_were_told_and_some_are_not():
    days = list(simulate(settings(), FIRST, 5, habits=Habits(busy=0.85), seed=3, telling=Telling(settings())))
    called = [visit for day in days[2:] for visit in day.visits if visit.first_called_at and visit.first_by_at]
    kept = sum(visit.first_called_at <= visit.first_by_at for visit in called)
    assert 0.85 < kept / len(called) < 1 and all(visit.first_by_at > visit.arrived_at for visit in called)


def test_instants_never_go_back_and_every_number_is_given_once_a_day():
    for day in lived():
        instants = [step.at for step in day.steps]
        assert instants == sorted(instants)
        assert len({visit.number for visit in day.visits}) == len(day.visits) > 50


def test_a_day_ends_when_the_system_ends_it_and_leaves_nobody_and_no_desk_open():
    for day in lived(6, busy=1.2, patience_minutes=500):
        assert {visit.state for visit in day.visits} <= {"completed", "left"}
        assert {desk.state for desk in day.desks.values()} == {"closed"}
        assert day.steps[-1].at <= day.closes + 90 * 60_000


def test_an_office_that_never_closes_is_lived_in_from_nine_to_five_and_one_that_closes_late_ends_by_midnight():
    (always,), (late,) = (
        lived(1, parts={"hours": dict.fromkeys(OFFICE_HOURS, [span])}) for span in ("00:00-00:00", "14:00-23:30")
    )
    assert (always.opens, always.closes) == (instant("2026-03-02 09:00"), instant("2026-03-02 17:00"))
    assert late.closes <= late.steps[-1].at < instant("2026-03-03 00:00")


def test_a_seed_makes_the_same_days_again_and_another_makes_others():
    assert lived(2, seed=4) == lived(2, seed=4)
    assert lived(1, seed=4)[0].truth != lived(1, seed=5)[0].truth


def test_one_desk_more_meets_the_same_people():
    (alone,), (more,) = lived(1, a_day=100), lived(1, a_day=100, parts={"desks": [*DESKS, {"key": "4", "name": "4"}]})
    assert [(one.visit, one.arrived_at, one.service) for one in alone.truth] == [
        (one.visit, one.arrived_at, one.service) for one in more.truth
    ]
    assert sum(one.called_at - one.arrived_at for one in more.truth if one.called_at) < sum(
        one.called_at - one.arrived_at for one in alone.truth if one.called_at
    )


def test_who_goes_silently_stays_in_the_line_until_called():
    (day,) = lived(1, busy=1.1, silently=1.0, patience_minutes=15)
    silent = {one.visit: one for one in day.truth if one.silently}
    assert silent and not steps(day, "left") or all(step.by == "system" for step in steps(day, "left"))
    visits = {visit.id: visit for visit in day.visits}
    called = [one for one in silent.values() if one.called_at]
    assert called and all(one.left_at <= one.called_at == visits[one.visit].first_called_at for one in called)
    assert all(visits[one.visit].seen_at is None for one in silent.values())


def test_who_tells_that_they_go_is_told_to_have_left():
    (day,) = lived(1, busy=1.1, silently=0.0, patience_minutes=15)
    left = [one.visit for one in day.truth if one.left_at]
    assert left and {step.visit for step in steps(day, "left") if step.by != "system"} == set(left)


def test_a_pause_that_nobody_presses_is_in_the_truth_alone():
    (day,) = lived(1, hidden_a_day=4, lunch_unmarked=1.0, lunch_skipped=0.0)
    assert {one.why for one in day.away} == {"break", "hidden"} and not any(one.marked for one in day.away)
    assert not steps(day, "paused")
    calls = [(step.at, step.desk) for step in steps(day, "called")]
    for one in day.away:
        assert not [at for at, desk in calls if desk == one.desk and one.from_at < at < one.until_at]


def test_a_break_that_is_pressed_is_told_as_a_pause_with_its_reason():
    (day,) = lived(1, lunch_unmarked=0.0, lunch_skipped=0.0, lunch_late_minutes=0)
    assert sorted(step.desk for step in steps(day, "paused")) == ["1", "2", "3"]
    assert all(step.changes["reason"][1] == "lunch" for step in steps(day, "paused"))


def test_appointments_are_kept_early_or_late_or_not_at_all():
    days = lived(5, booked=0.4)
    found = [one for day in days for one in day.appointments]
    assert {one.state for one in found} == {"arrived", "not_attended"}
    came = [one.arrived_at - one.booked_at for one in found if one.state == "arrived"]
    assert min(came) < 0 < max(came)
    assert sum(one.state == "not_attended" for one in found) / len(found) == pytest.approx(0.12, abs=0.05)


def test_misuse_is_in_the_record_as_it_would_be():
    (day,) = lived(1, not_started=0.5, out_of_turn=0.2, forgets_finish=0.5)
    assert [step for step in steps(day, "called") if step.note]
    assert sum(visit.seen_inferred for visit in day.visits) > 20
    visits = {visit.id: visit for visit in day.visits}
    ends = [visits[one.visit].ended_at - one.ended_at for one in day.truth if one.ended_at]
    assert max(ends) > 5 * 60_000


def test_desks_are_about_as_busy_as_asked():
    days = lived(10, busy=0.7)
    helped = sum(one.ended_at - one.called_at for day in days for one in day.truth if one.ended_at)
    assert 0.55 < helped / (10 * 8 * 3_600_000 * len(DESKS)) < 0.8


def test_what_is_written_can_be_read_and_an_office_with_a_past_is_left_alone(tmp_path):
    store, days = Store(tmp_path / "made.db"), lived(2)
    truth = tmp_path / "truth.jsonl"
    assert write(store, settings(), days, truth) == (2, sum(len(day.visits) for day in days))
    assert store.steps("office") == [step for day in days for step in day.steps]
    assert {visit.id for visit in store.visits_between("office", 0, 1 << 60)} == {
        visit.id for day in days for visit in day.visits
    }
    assert len(truth.read_text().splitlines()) == sum(len(day.truth) + len(day.away) for day in days)
    with pytest.raises(ValueError, match="has a past already"):
        write(store, settings(), days)
    store.close()
