"""Appointments: taken in once however often sent, checked in once however often asked, or not attended."""

from dataclasses import replace

import pytest

from reception.appointments.booked import Booked
from tests.builders import instant, open_door
from tests.door.conftest import refused

HALF_PAST = instant("2026-03-02 10:30")
ANN = Booked("TX-1", "tax", HALF_PAST, 20, "Ann Other", "AB1 2CD", ("seated",), False, 1)


@pytest.fixture
def booked(door):
    door.take_in(
        [ANN, replace(ANN, reference="TX-2", name="Bo Li", postcode="ZZ9 9ZZ", needs=())], by="key:1", source="test"
    )
    return door


def check_in(door, **asked):
    return door.check_in(by="kiosk:lobby", **(asked or {"reference": "tx 1"})).visit


def counts(taken) -> tuple:
    return taken.new, taken.changed, taken.same, taken.cancelled, taken.kept


@pytest.mark.parametrize("typed", ["TX-1", "tx1", " t x-1 "])
def test_a_reference_is_found_however_it_is_typed(booked, typed):
    assert check_in(booked, reference=typed).service == "tax"


def test_postcode_and_initial_find_one_and_either_alone_finds_none(booked):
    assert check_in(booked, postcode="ab12cd", initial="o").booked_at == HALF_PAST
    for asked in ({"postcode": "AB1 2CD", "initial": "B"}, {"postcode": "ZZ9 9ZZ"}, {"initial": "L"}):
        with refused("appointment_not_found"):
            check_in(booked, **asked)


def test_the_same_appointment_gives_the_same_ticket(booked):
    first = check_in(booked)
    assert check_in(booked) == first
    assert [step.step for step in booked.told()].count("checked_in") == 1


def test_it_joins_the_line_shortly_before_its_time_and_counts_as_longer(booked, hands):
    hands.go(minutes=10)
    checked_in = check_in(booked)
    walk_in = booked.ticket()
    assert checked_in.waits_from == HALF_PAST
    assert booked.next("1").id == walk_in.id  # 10:10, and it is not due before 10:25
    assert booked.next("1") is None
    hands.go(minutes=15)
    booked.ticket()
    assert booked.next("1").id == checked_in.id


def test_too_early_is_told_from_when_and_staff_may_all_the_same(booked, hands):
    hands.go_to("2026-03-02 10:00")
    tomorrow = replace(ANN, reference="LATE", booked_at=instant("2026-03-02 11:01"))
    booked.take_in([tomorrow], by="key:1", source="test")
    with refused("appointment_early") as refusal:
        check_in(booked, reference="LATE")
    assert refusal.value.values["from_at"] == instant("2026-03-02 10:01")
    assert booked.check_in(by="person:1", reference="LATE", anyway=True).visit.standing == "appointment"


def test_too_late_they_wait_as_somebody_without_one(booked, hands):
    hands.go_to("2026-03-02 10:46")
    late = check_in(booked)
    assert (late.standing, late.waits_from, late.due_at) == ("", late.arrived_at, None)


def test_another_days_appointment_is_told_when_it_is(booked, hands):
    hands.go(days=1)
    with refused("appointment_other_day") as refusal:
        check_in(booked)
    assert refusal.value.values == {"booked_at": HALF_PAST}


def test_one_that_has_been_used_is_used(booked):
    visit = check_in(booked)
    booked.take("leave", visit)
    with refused("appointment_used"):
        check_in(booked)


def test_needs_known_from_the_booking_are_there_before_the_call(booked):
    visit = check_in(booked)
    assert booked.look()[1].told[visit.id] == {"needs": "seated", "name": "Ann Other"}
    assert "Other" not in str(booked.told())


def test_a_need_that_the_settings_no_longer_have_keeps_nobody_out(booked):
    without = booked.settings.model_copy(update={"needs": ()})
    booked.settings = without
    assert check_in(booked).state == "waiting"


def test_an_appointment_nobody_came_for_was_not_attended_and_who_comes_after_all_is_seen(booked, hands):
    hands.go_to("2026-03-02 10:59:59")
    booked.catch_up()
    assert {one.state for one in booked.appointments("2026-03-02")} == {"booked"}
    hands.go(seconds=1)
    booked.catch_up()
    assert {one.state for one in booked.appointments("2026-03-02")} == {"not_attended"}
    assert check_in(booked).state == "waiting"


def test_taking_in_the_same_again_changes_nothing(door):
    assert counts(door.take_in([ANN], by="key:1", source="test")) == (1, 0, 0, 0, 0)
    steps = len(door.told())
    assert counts(door.take_in([ANN], by="key:1", source="test")) == (0, 0, 1, 0, 0)
    assert len(door.told()) == steps


def test_a_change_is_taken_in_and_one_who_has_arrived_stays_as_they_are(booked):
    moved = replace(ANN, booked_at=HALF_PAST + 600_000)
    assert counts(booked.take_in([moved], by="key:1", source="test")) == (0, 1, 0, 0, 0)
    check_in(booked)
    assert counts(booked.take_in([ANN], by="key:1", source="test")) == (0, 0, 0, 0, 1)
    assert [one.booked_at for one in booked.appointments("2026-03-02") if one.reference == "TX-1"] == [moved.booked_at]


def test_cancelled_ones_cannot_be_checked_in(booked):
    booked.take_in([replace(ANN, cancelled=True)], by="key:1", source="test")
    with refused("appointment_not_found"):
        check_in(booked)
    (other,) = [one for one in booked.appointments("2026-03-02") if one.reference == "TX-2"]
    assert booked.cancel_appointment(appointment=other.id, by="person:1").state == "cancelled"


def test_a_household_is_asked_for_more_than_postcode_and_initial(booked):
    booked.take_in([replace(ANN, reference="TX-3", name="Oli Other")], by="key:1", source="test")
    booked.take_in([replace(ANN, reference="TX-4", booked_at=HALF_PAST + 3_600_000)], by="key:1", source="test")
    with refused("appointment_of_several"):
        check_in(booked, postcode="AB1 2CD", initial="O")
    check_in(booked, reference="TX-3")
    assert check_in(booked, postcode="AB1 2CD", initial="O").booked_at == HALF_PAST  # Ann's two are both Ann's


def test_a_day_that_is_over_is_taken_in_no_more_and_is_not_remembered(booked, hands):
    from reception.keeping import forget

    hands.go_to("2026-03-03 09:00")
    forget(booked)
    assert booked.rows("SELECT DISTINCT digest FROM appointments") == [("",)]
    assert counts(booked.take_in([ANN, replace(ANN, reference="TX-9")], by="key:1", source="test")) == (0, 0, 0, 0, 2)


def test_cancelling_a_ticket_taken_by_mistake_lets_them_check_in_again(booked):
    visit = check_in(booked)
    booked.step("cancel", visit=visit.id, by="person:1", reason="mistake")
    again = check_in(booked)
    assert (again.state, again.id != visit.id) == ("waiting", True)


def test_undoing_that_cancelling_gives_the_visit_its_appointment_back(booked):
    visit = check_in(booked)
    booked.step("cancel", visit=visit.id, by="person:1", reason="mistake")
    assert booked.undo(visit=visit.id, by="person:1") == [visit]
    assert check_in(booked).id == visit.id


def test_checked_in_at_a_desk_it_is_that_desks_last_press(booked):
    waiting = booked.ticket()
    booked.next("1")
    visit = booked.check_in(by="person:1", reference="TX-1", desk="1").visit
    booked.undo(desk="1", by="person:1")
    assert (booked.stored(visit).state, booked.stored(waiting).state) == ("cancelled", "called")


def test_undoing_a_check_in_lets_them_check_in_again(booked):
    visit = check_in(booked)
    booked.undo(visit=visit.id, by="person:1")
    assert booked.stored(visit).state == "cancelled"
    again = check_in(booked)
    assert (again.state, again.number != visit.number) == ("waiting", True)


def test_names_and_postcodes_are_forgotten_after_their_day(tmp_path, hands):
    from reception.keeping import forget

    door = open_door(tmp_path / "forget.db", hands)
    door.take_in([ANN], by="key:1", source="test")
    assert door.rows("SELECT count(*) FROM particulars") == [(3,)]
    hands.go_to("2026-03-03 23:59")
    assert forget(door).particulars == 0
    hands.go_to("2026-03-04 00:01")
    assert forget(door).particulars == 3
    assert door.rows("SELECT count(*) FROM particulars") == [(0,)]
