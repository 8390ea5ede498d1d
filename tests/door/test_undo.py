"""Undo: the last press, whatever it was, is taken back exactly, and never at somebody else's cost."""

from dataclasses import replace

import pytest

from reception.refusals import Refusal
from tests.builders import TEN, open_door


def undo(door, desk="1", **asked):
    return door.undo(desk=desk, by="person:1", **asked)


def refused(ask) -> Refusal:
    with pytest.raises(Refusal) as told:
        ask()
    return told.value


@pytest.fixture
def called(door, hands):
    """Somebody called to desk 1 a minute after they came, with nobody else in the line."""
    ticket = door.ticket()
    hands.go(minutes=1)
    door.next("1")
    hands.go(seconds=30)
    return door.stored(ticket)


@pytest.mark.parametrize("step", ["recall", "start", "not_here", "finish", "return_to_line", "leave", "cancel"])
def test_each_step_is_undone_to_exactly_what_was_before(door, hands, called, step):
    door.take(step, called, "1")
    hands.go(minutes=2)
    assert undo(door) == [called]
    assert door.stored(called) == called


@pytest.mark.parametrize("step", ["finish", "return_to_line", "cancel"])
def test_steps_of_somebody_being_helped_are_undone_exactly(door, hands, called, step):
    serving = door.take("start", called, "1")
    hands.go(minutes=1)
    door.take(step, called, "1")
    undo(door)
    assert door.stored(called) == serving


@pytest.mark.parametrize("step", ["reinstate", "leave", "cancel"])
def test_steps_of_somebody_not_there_are_undone_exactly(door, hands, called, step):
    away = door.take("not_here", called, "1")
    hands.go(minutes=1)
    door.take(step, called, "1")
    undo(door)
    assert door.stored(called) == away


def test_a_call_is_undone_to_the_line_as_if_never_called(door, called):
    before = replace(called, state="waiting", desk=None, first_called_at=None, last_called_at=None)
    assert undo(door) == [before]
    assert door.next("2").id == called.id


def test_a_call_of_somebody_not_there_is_undone_to_not_there(door, hands, called):
    away = door.take("not_here", called, "1")
    hands.go(minutes=1)
    door.call(desk="1", visit=called.id, by="person:1")
    undo(door)
    assert door.stored(called) == away


def test_next_is_undone_whole_with_whom_it_finished(door, hands, called):
    second = door.ticket()
    hands.go(minutes=1)
    door.next("1", leaving=called.id)
    hands.go(seconds=5)
    assert undo(door) == [second, called]
    assert [door.stored(called), door.stored(second)] == [called, second]


def test_a_next_that_called_nobody_is_undone_too(door, called):
    door.next("1")
    assert undo(door) == [called]


def test_a_walk_in_is_undone_by_cancelling_it_and_bringing_back_who_was_there(door, hands, called):
    made = door.walk_in(desk="1", service="tax", by="person:1").visit
    at = hands.go(seconds=5)
    undo(door)
    gone = door.stored(made)
    assert (gone.state, gone.desk, gone.seen_at, gone.ended_at) == ("cancelled", None, None, at)
    assert door.stored(called) == called
    assert door.ticket().number == "A003"


def test_a_ticket_is_undone_by_cancelling_it(door, hands):
    ticket = door.ticket()
    at = hands.go(seconds=5)
    door.undo(visit=ticket.id, by="kiosk:lobby")
    assert door.stored(ticket) == replace(ticket, state="cancelled", ended_at=at)


def test_presses_are_undone_one_by_one_from_the_last(door, hands, called):
    steps = [door.stored(called)]
    for step in ("recall", "start", "return_to_line"):
        hands.go(seconds=5)
        steps.append(door.take(step, called, "1"))
    steps.pop()
    while steps:
        undo(door)
        assert door.stored(called) == steps.pop()


def test_nothing_is_left_to_undo_once_all_is_undone(door, called):
    undo(door)
    assert refused(lambda: undo(door)).key == "nothing_to_undo"


def test_a_step_can_be_taken_undone_and_taken_again(door, hands, called):
    door.take("start", called, "1")
    undo(door)
    at = hands.go(seconds=5)
    door.take("start", called, "1")
    assert door.stored(called).seen_at == at
    undo(door)
    assert door.stored(called) == called


def test_undo_leaves_the_wait_counting_from_arrival(door, hands, called):
    undo(door)
    hands.go(hours=1)
    assert door.next("1").waits_from == TEN


def test_a_press_at_somebody_elses_desk_is_theirs_to_take_back(door, called):
    with pytest.raises(Refusal) as refusal:
        door.undo(desk="1", by="person:2")
    assert refusal.value.key == "desk_is_anothers"


def test_somebodys_own_press_alone_where_that_is_asked(door, called):
    with pytest.raises(Refusal):
        door.undo(visit=called.id, by="person:greeter", own=True)
    assert door.undo(visit=called.id, by="person:1", own=True)


def test_undo_at_one_desk_leaves_the_others_alone(door, called):
    second = door.ticket()
    elsewhere = door.next("2")
    undo(door, "1")
    assert door.stored(second) == elsewhere


def test_opening_a_desk_is_not_undone(door):
    door.set_desk(desk="1", state="open", by="person:1")
    assert refused(lambda: undo(door)).key == "nothing_to_undo"


def test_a_call_undone_leaves_the_desk_open(door, called):
    undo(door)
    assert door.store.desks("office")["1"].state == "open"


def test_undo_says_which_press_it_took_back(door, called):
    undo(door)
    press = next(step.number for step in door.told() if step.step == "opened")
    assert [(step.step, step.undoes) for step in door.told()[-1:]] == [("undone", press)]


def test_a_step_overtaken_at_another_desk_is_not_undone(door, called):
    door.take("return_to_line", called, "1")
    elsewhere = door.call(desk="2", visit=called.id, by="person:2", reason="quick")
    told = refused(lambda: undo(door, "1"))
    assert (told.key, told.values) == ("undo_overtaken", {"number": "A001"})
    assert door.stored(called) == elsewhere


def test_a_finish_is_not_undone_onto_a_desk_where_somebody_else_is(door, called):
    door.take("finish", called, "1")
    second = door.ticket()
    door.next("1")
    assert refused(lambda: door.undo(visit=called.id, by="person:1")).key == "undo_overtaken"
    assert door.stored(second).state == "called"


@pytest.mark.parametrize("step", ["start", "finish"])
def test_a_walk_in_whom_another_desk_has_called_is_not_undone(door, step):
    made = door.walk_in(desk="1", service="tax", by="person:1", wait=True).visit
    door.next("2")
    there = door.take(step, made, "2")
    assert refused(lambda: undo(door, "1")).key == "undo_overtaken"
    assert door.stored(made) == there


def test_a_step_of_a_visit_that_the_night_has_closed_is_not_undone(door, hands, called):
    hands.go_to("2026-03-02 23:59")
    door.take("recall", called, "1")
    hands.go(minutes=2)
    assert refused(lambda: undo(door)).key == "undo_overtaken"
    assert refused(lambda: door.undo(visit=called.id, by="person:1")).key == "undo_overtaken"
    assert (door.stored(called).state, door.stored(called).recalls) == ("left", 1)


def test_undo_has_a_time_after_which_it_is_too_late(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands, desk={"undo_seconds": 120})
    door.ticket()
    door.next("1")
    hands.go(seconds=120, milliseconds=1)
    told = refused(lambda: undo(door))
    assert (told.key, told.values) == ("too_late_to_undo", {"minutes": 2})
    hands.go(milliseconds=-1)


def test_undo_still_works_at_the_last_instant(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands, desk={"undo_seconds": 120})
    ticket = door.ticket()
    door.next("1")
    hands.go(seconds=120)
    undo(door)
    assert door.stored(ticket) == ticket


def test_printing_a_slip_in_between_is_kept(door, hands, called):
    at = hands.go(seconds=1)
    door.acknowledge(visit=called.id, how="printed", by="printer:lobby")
    undo(door)
    assert (door.stored(called).state, door.stored(called).acknowledged_at) == ("waiting", at)


def test_undo_of_an_unknown_desk_or_visit_is_refused(door):
    assert refused(lambda: undo(door, "9")).key == "unknown_desk"
    assert refused(lambda: door.undo(visit="nobody", by="person:1")).key == "unknown_visit"


def test_a_press_that_moved_one_visitor_twice_is_undone_whole(door):
    door.issue(service="tax", by="kiosk:lobby", to_come=["parking"])
    called = door.next("1")
    assert door.next("1").leg == 2  # sent on by Next, and called again at once
    assert door.undo(desk="1", by="person:1") == [called]


def test_a_press_is_not_undone_once_somebody_it_moved_has_gone_on(door):
    first, _ = door.ticket(), door.ticket()
    door.next("1")
    second = door.next("1")
    door.take("recall", second, "1")  # in the same instant: nothing but the count has changed
    with pytest.raises(Refusal) as refusal:
        door.undo(visit=first.id, by="person:1")
    assert (refusal.value.key, refusal.value.values) == ("undo_overtaken", {"number": "A002"})
    door.undo(desk="1", by="person:1")
    assert [visit.state for visit in door.undo(desk="1", by="person:1")] == ["waiting", "called"]


def test_a_note_made_meanwhile_keeps_no_call_from_being_undone(door):
    first, second = door.ticket(), door.ticket()
    door.next("1"), door.next("1")
    door.note(visit=first.id, by="person:greeter", remark="Forgot a scarf")
    assert {one.id: one.state for one in door.undo(visit=second.id, by="person:1")} == {
        first.id: "called",
        second.id: "waiting",
    }
