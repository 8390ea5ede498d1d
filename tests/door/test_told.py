"""What is known of a visitor: seen by staff before the call, nowhere else, and gone in time."""

import pytest

from reception.keeping import forget
from tests.door.conftest import refused


def known(door, visit) -> dict:
    return door.store.particulars("office", [visit.id]).get(visit.id, {})


def issue(door, **asked):
    return door.issue(service="tax", by="person:greeter", channel="greeter", **asked).visit


def test_needs_language_and_remark_are_known_from_the_start_and_stand_in_no_step(door):
    visit = issue(door, needs=["interpreter", "seated"], language="Polish", remark="Red coat", party=3)
    assert door.look()[1].told[visit.id] == {"needs": "interpreter seated", "language": "Polish", "remark": "Red coat"}
    assert visit.party == 3
    told = str(door.told())
    assert not any(word in told for word in ("interpreter", "seated", "Polish", "coat"))
    assert door.told()[0].note == {"recorded": ["language", "needs", "remark"]}


def test_who_was_greeted_has_been_acknowledged(door, hands):
    assert issue(door, greeted=True).acknowledged_at == hands.wall


def test_a_discreet_call_is_known_to_the_visit_itself(door):
    visit = issue(door, needs=["discreet"])
    assert visit.discreet == 1
    assert door.note(visit=visit.id, by="person:1", needs=["loop"]).discreet == 0


def test_a_ticket_says_how_many_are_ahead_with_what_was_told_as_it_was_taken(door):
    door.ticket()
    issued = door.issue(service="tax", by="kiosk:lobby", needs=["time"])
    assert issued.ahead == door.people_ahead(door.look()[1], issued.visit) == 0


def test_a_reasonable_adjustment_moves_ahead_and_the_record_does_not_say_so(door, hands):
    door.ticket()
    hands.go(minutes=9)
    visit = issue(door, needs=["time"])
    assert door.next("1").id == visit.id
    assert door.told()[-1].note is None


def test_only_what_is_given_changes_and_an_empty_text_takes_it_away(door):
    visit = issue(door, needs=["loop"], remark="Red coat")
    door.note(visit=visit.id, by="person:1", remark="", note="Rang before.")
    assert known(door, visit) == {"needs": "loop", "remark": "", "note": "Rang before."}


def test_undo_brings_back_what_was_known_before(door):
    visit = issue(door, remark="Red coat")
    door.note(visit=visit.id, by="person:1", remark="Blue coat", needs=["discreet"])
    (back,) = door.undo(visit=visit.id, by="person:1")
    assert (known(door, visit), back.discreet) == ({"remark": "Red coat"}, 0)


def test_a_private_note_and_the_needs_die_with_retention(door, hands):
    visit = issue(door, needs=["bsl"])
    door.note(visit=visit.id, by="person:1", note="Do not write to the old address.")
    hands.go_to("2026-03-03 23:59")
    forget(door)
    assert set(known(door, visit)) == {"needs", "note"}
    hands.go_to("2026-03-04 00:01")
    assert (forget(door).particulars, known(door, visit)) == (2, {})


def test_the_same_replay_comes_out_after_forgetting(door, hands):
    from tests.builders import replayed

    visit = issue(door, needs=["discreet"], remark="Red coat")
    hands.go(days=3)
    forget(door)
    assert replayed(door.told())[visit.id].discreet == 1


def test_a_need_that_asks_for_a_desk_is_called_by_one_that_has_it(tmp_path, hands):
    from tests.builders import open_door

    desks = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2", "has": ["loop"]}]
    door = open_door(tmp_path / "needs.db", hands, desks=desks)
    visit = issue(door, needs=["loop"])
    assert (door.next("1"), door.next("2").id) == (None, visit.id)


@pytest.mark.parametrize(
    "asked,key", [({"needs": ["wings"]}, "unknown_need"), ({"remark": "x" * 501}, "text_too_long")]
)
def test_what_cannot_be_known_is_refused_and_no_number_is_used(door, asked, key):
    with refused(key):
        issue(door, **asked)
    assert door.ticket().number == "A001"
