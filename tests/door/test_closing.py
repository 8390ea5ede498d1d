"""Closing time: some time after it the system ends whoever is left, by stated rules, and marks its own guesses."""

import pytest

from tests.builders import OFFICE_HOURS, instant, open_door
from tests.door.conftest import refused

SETTLES = instant("2026-03-02 17:30")


@pytest.fixture
def left(tmp_path, hands):
    """Half an hour after closing at five: one visitor in each state that nobody has ended."""
    door = open_door(tmp_path / "closing.db", hands, hours=OFFICE_HOURS, closing={"after_minutes": 30})
    hands.go_to("2026-03-02 16:30")
    visits = [door.ticket() for _ in range(5)]
    door.next("1"), door.next("2")
    door.take("start", visits[1])
    door.hold(visit=visits[2].id, by="person:1", minutes=30)
    door.call(desk="3", visit=visits[3].id, by="person:3", reason="quick")
    door.take("not_here", visits[3])
    yield door, {door.stored(visit).state: visit for visit in visits}
    door.store.close()


def test_everyone_left_is_ended_with_what_is_likely_and_marked_as_a_guess(left, hands):
    door, by_state = left
    hands.go_to("2026-03-02 17:29:59")
    door.catch_up()
    assert "left" not in {door.stored(visit).state for visit in by_state.values()}
    hands.go_to("2026-03-02 17:30")
    door.catch_up()
    found = {was: door.stored(visit) for was, visit in by_state.items()}
    assert {was: visit.state for was, visit in found.items()} == {
        "called": "left", "serving": "completed", "held": "left", "no_show": "left", "waiting": "left",
    }  # fmt: skip
    assert {(visit.ended_at, visit.ended_inferred) for visit in found.values()} == {(SETTLES, 1)}


def test_whoever_somebody_still_works_with_is_left_alone(left, hands):
    door, by_state = left
    hands.go_to("2026-03-02 17:20")
    door.step("recall", visit=by_state["called"].id, by="person:1", desk="1")
    hands.go_to("2026-03-02 17:40")
    late = door.walk_in(desk="3", service="housing", by="person:3").visit
    door.catch_up()
    assert door.stored(late).state == "serving"


def test_nobody_is_put_back_whom_the_closing_would_end_at_once(left, hands):
    door, by_state = left
    hands.go_to("2026-03-02 17:29")
    late = door.walk_in(desk="3", service="housing", by="person:3").visit
    serving = by_state["serving"]
    door.finish(visit=serving.id, by="person:2", desk="2")
    hands.go_to("2026-03-02 17:31")
    with refused("day_settled"):
        door.undo(visit=serving.id, by="person:2")
    assert door.stored(late).state == "completed"


def test_a_guess_is_not_undone(left, hands):
    door, by_state = left
    hands.go_to("2026-03-02 17:25")
    door.note(visit=by_state["waiting"].id, by="person:1", party=2)
    hands.go_to("2026-03-02 17:31")
    door.catch_up()
    with refused("undo_overtaken"):
        door.undo(visit=by_state["waiting"].id, by="person:1")
