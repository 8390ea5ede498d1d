"""Running late, here again, and leaving the line: what visitors do themselves."""

from dataclasses import replace

import pytest

from reception.appointments.booked import Booked
from reception.refusals import Refusal
from tests.builders import instant, open_door, replayed

MINUTE = 60_000


@pytest.fixture
def door(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    yield door
    door.store.close()


def why(ask, **asked) -> str:
    with pytest.raises(Refusal) as refusal:
        ask(**asked)
    return refusal.value.key


def test_next_passes_over_whoever_runs_late_and_their_place_is_kept(door, hands):
    mine, other, third = door.ticket(), door.ticket(), door.ticket()
    door.tell_late(visit=mine.id, minutes=5)
    assert door.next() == door.stored(other)
    hands.go(minutes=5)
    assert door.next("2").id == mine.id
    assert door.stored(mine).late_until is None
    assert door.next().id == third.id


def test_nobody_counts_somebody_late_as_ahead_and_everybody_does_again_afterwards(door, hands):
    mine, other = door.ticket(), door.ticket()
    door.tell_late(visit=mine.id, minutes=5)
    assert door.people_ahead(door.look()[1], other) == 0
    hands.go(minutes=5)
    assert door.people_ahead(door.look()[1], other) == 1


def test_whoever_says_that_they_are_here_is_in_the_line_at_once(door):
    mine, _other = door.ticket(), door.ticket()
    door.tell_late(visit=mine.id, minutes=15)
    door.tell_here(visit=mine.id)
    assert door.next().id == mine.id
    assert door.words()[2:] == ["told_late", "told_here", "opened", "called"]


def test_an_appointment_still_to_come_is_kept_from_its_time(door):
    booked = Booked("R1", "tax", instant("2026-03-02 10:30"), None, "", "", (), False, 1)
    door.take_in([booked], by="test", source="test")
    mine = door.check_in(by="kiosk:lobby", reference="R1").visit
    after = door.tell_late(visit=mine.id, minutes=10)
    assert after.late_until == mine.due_at + 10 * MINUTE
    assert door.tell_here(visit=mine.id).not_before == mine.due_at


def test_saying_so_twice_is_saying_so_once(door, hands):
    mine = door.ticket()
    first = door.tell_late(visit=mine.id, minutes=5)
    hands.go(minutes=1)
    assert door.tell_late(visit=mine.id, minutes=15) == first
    for _ in range(2):
        door.tell_here(visit=mine.id)
    for _ in range(2):
        door.leave_line(visit=mine.id)
    assert door.words() == ["issued", "told_late", "told_here", "left"]


def test_a_place_is_kept_as_often_as_settings_say(door):
    mine = door.ticket()
    for _ in range(door.settings.phone.late_times):
        door.tell_late(visit=mine.id, minutes=5)
        door.tell_here(visit=mine.id)
    assert why(door.tell_late, visit=mine.id, minutes=5) == "late_too_often"


def test_what_staff_took_back_does_not_count(door):
    mine = door.ticket()
    for _ in range(5):
        door.tell_late(visit=mine.id, minutes=5)
        door.undo(visit=mine.id, by="person:1")
    assert door.stored(mine).late_until is None


@pytest.mark.parametrize(
    ("step", "key"), [("call", "late_called"), ("start", "late_not_waiting"), ("leave", "late_not_waiting")]
)
def test_only_who_waits_has_a_place_to_keep(door, step, key):
    mine = door.ticket()
    door.next()
    if step != "call":
        door.take(step, mine)
    assert why(door.tell_late, visit=mine.id, minutes=5) == key


@pytest.mark.parametrize("minutes", [0, 7, 60, -5])
def test_only_for_as_long_as_the_page_offers(door, minutes):
    assert why(door.tell_late, visit=door.ticket().id, minutes=minutes) == "late_minutes"


def test_no_place_is_kept_past_the_day(door, hands):
    mine = door.ticket()
    hands.go_to("2026-03-02 23:56")
    assert why(door.tell_late, visit=mine.id, minutes=5) == "late_past_closing"


@pytest.mark.parametrize("state", ["waiting", "called", "held", "no_show"])
def test_whoever_is_not_being_helped_may_leave(door, state):
    mine = door.ticket()
    if state == "held":
        door.hold(visit=mine.id, by="person:1")
    if state in ("called", "no_show"):
        door.next()
    if state == "no_show":
        door.take("not_here", mine)
    assert door.leave_line(visit=mine.id).state == "left"
    assert door.told()[-1].by == "visitor"


def test_at_a_desk_it_is_for_whoever_helps_to_say(door):
    mine = door.ticket()
    door.next()
    door.take("start", mine)
    assert why(door.leave_line, visit=mine.id) == "leave_at_desk"


def test_staff_can_put_back_whoever_left_by_mistake(door):
    mine = door.ticket()
    door.leave_line(visit=mine.id)
    door.undo(visit=mine.id, by="person:1")
    assert door.next().id == mine.id


def test_the_record_tells_it_all(door):
    mine = door.ticket()
    door.tell_late(visit=mine.id, minutes=5)
    stored = door.stored(mine)
    assert replayed(door.told()) == {mine.id: replace(stored, token=None)}
