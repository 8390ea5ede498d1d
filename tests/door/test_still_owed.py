"""A promise kept by a press in the wrong row is owed again."""

import pytest

from reception.owing import Promised
from reception.refusals import Refusal


def test_a_promise_kept_by_mistake_is_owed_again_as_it_was(door):
    made = door.promise(Promised("The damp", kind="call_back", contact="Ms Lee"), by="person:1")
    door.keep(promise=made.id, by="person:1")
    assert door.still_owed(promise=made.id, by="person:2") == made == door.promises()[0]
    kept, undone = door.told()[-2:]
    assert (undone.step, undone.undoes, undone.by) == ("undone", kept.press, "person:2")
    forgotten_at = made.due_at + 365 * 86_400_000
    assert door.rows("SELECT kind, delete_at FROM particulars") == [("contact", forgotten_at), ("what", forgotten_at)]


def test_it_can_be_kept_and_taken_back_again(door):
    made = door.promise(Promised("The damp"), by="person:1")
    for _again in range(2):
        door.keep(promise=made.id, by="person:1")
        assert door.still_owed(promise=made.id, by="person:1").state == "open"


def test_only_for_as_long_as_a_press_can_be_undone_and_only_what_was_kept(door, hands):
    made = door.promise(Promised("The damp"), by="person:1")
    with pytest.raises(Refusal, match="nothing_to_undo"):
        door.still_owed(promise=made.id, by="person:1")
    door.keep(promise=made.id, by="person:1")
    hands.go(seconds=door.settings.desk.undo_seconds + 1)
    with pytest.raises(Refusal, match="too_late_to_undo"):
        door.still_owed(promise=made.id, by="person:1")
    with pytest.raises(Refusal, match="nothing_to_undo"):
        door.still_owed(promise="nothing", by="person:1")
