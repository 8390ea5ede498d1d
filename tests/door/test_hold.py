"""Setting a visitor aside for a while: they come back into the line by themselves, where they were."""

import pytest

from reception.refusals import Refusal
from tests.builders import OFFICE_HOURS, open_door
from tests.door.conftest import refused


@pytest.fixture
def held(door):
    """A001 was called to desk 1 and is on hold for ten minutes; A002 came after them."""
    door.ticket(), door.ticket()
    called = door.next("1")
    return door.hold(visit=called.id, by="person:1", desk="1", minutes=10, reason="form")


def test_somebody_on_hold_frees_the_desk_and_is_not_called_by_next(door, held):
    assert (held.state, held.desk) == ("held", None)
    assert door.next("1").number == "A002"
    assert door.next("1") is None


def test_they_are_back_in_their_place_when_the_time_is_over(door, hands, held):
    hands.go(minutes=9, seconds=59)
    door.catch_up()
    assert door.stored(held).state == "held"
    hands.go(seconds=1)
    door.catch_up()
    back = door.stored(held)
    assert (back.state, back.place, back.waits_from) == ("waiting", held.place, held.waits_from)
    assert (door.told()[-1].step, door.told()[-1].by) == ("resumed", "system")
    assert door.next("1").id == held.id


def test_whoever_comes_sooner_is_called_or_brought_back_by_hand(door, held):
    assert door.take("resume", held).state == "waiting"
    again = door.next("1")
    door.hold(visit=again.id, by="person:1", minutes=10)
    assert door.call(desk="2", visit=held.id, by="person:2").state == "called"


def test_held_for_me_nobody_else_is_offered_them_while_i_am_there(door, hands):
    door.ticket()
    called = door.next("1")
    door.hold(visit=called.id, by="person:1", desk="1", minutes=5, mine=True)
    hands.go(minutes=5)
    assert door.next("2") is None
    assert door.next("1").id == called.id


def test_once_i_have_gone_anybody_is_offered_them(door, hands):
    door.ticket()
    called = door.next("1")
    door.hold(visit=called.id, by="person:1", desk="1", minutes=5, mine=True)
    door.set_desk(desk="1", state="closed", by="person:1")
    hands.go(minutes=5)
    assert door.next("2").id == called.id


def test_the_reason_and_the_room_are_keys_of_the_office(door, held):
    told = door.told()[-1]
    assert (told.step, told.note) == ("held", {"reason": "form"})
    visit = door.ticket()
    for asked, key in (({"reason": "tired"}, "unknown_reason"), ({"room": "cellar"}, "unknown_room")):
        with refused(key):
            door.hold(visit=visit.id, by="person:1", **asked)


@pytest.mark.parametrize("minutes", [0, -5, 121])
def test_a_hold_has_a_length_that_settings_allow(door, minutes):
    visit = door.ticket()
    with refused("hold_too_long"):
        door.hold(visit=visit.id, by="person:1", minutes=minutes)


def test_a_hold_past_the_end_of_the_day_is_refused_with_when_that_is(tmp_path, hands):
    door = open_door(tmp_path / "hours.db", hands, hours=OFFICE_HOURS, closing={"after_minutes": 30})
    visit = door.ticket()
    ends_at = hands.go_to("2026-03-02 17:20") + 10 * 60_000
    with pytest.raises(Refusal) as refusal:
        door.hold(visit=visit.id, by="person:1", minutes=10)
    assert (refusal.value.key, refusal.value.values) == ("hold_past_day", {"ends_at": ends_at})
    assert door.hold(visit=visit.id, by="person:1", minutes=9).state == "held"


def test_undoing_a_hold_puts_them_back_at_the_desk(door, held):
    (back,) = door.undo(desk="1", by="person:1")
    assert (back.state, back.desk, back.held_until) == ("called", "1", None)


def test_a_hold_that_has_ended_by_itself_cannot_be_undone(door, hands, held):
    hands.go(minutes=10)
    with refused("undo_overtaken"):
        door.undo(desk="1", by="person:1")
    assert door.take("leave", held).state == "left"
