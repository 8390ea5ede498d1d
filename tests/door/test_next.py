"""Next: whom it calls, whom it finishes first, and what it refuses."""

from dataclasses import replace
from functools import partial

import pytest

from reception.refusals import Refusal
from tests.builders import TEN, WALK_MS, at_once


def test_next_calls_the_longest_wait_the_desk_can_help(door, hands):
    tax = door.ticket("tax")
    hands.go(seconds=30)
    housing = door.ticket("housing")
    assert [door.next("3").id, door.next("1").id] == [housing.id, tax.id]


def test_the_one_called_stands_at_the_desk_from_that_instant(door, hands):
    ticket = door.ticket()
    at = hands.go(seconds=40)
    called = replace(ticket, state="called", desk="1", first_called_at=at, last_called_at=at)
    assert door.next("1") == door.stored(ticket) == called


def test_next_with_nobody_to_help_answers_nobody(door):
    door.ticket("tax")
    assert door.next("3") is None


def test_next_opens_a_closed_desk_even_where_nobody_waits(door):
    assert door.next("1") is None
    assert door.words() == ["opened"]
    assert [(desk.state, desk.person) for desk in door.store.desks("office").values()] == [("open", "person:1")]


def test_next_opens_a_paused_desk(door):
    door.set_desk(desk="1", state="paused", by="person:1")
    door.ticket()
    door.next("1")
    assert door.words() == ["paused", "issued", "opened", "called"]


def test_next_finishes_whoever_is_at_the_desk_in_the_same_press(door, hands):
    first, second = door.ticket(), door.ticket()
    door.next("1")
    hands.go(seconds=10)
    door.take("start", first)
    at = hands.go(minutes=3)
    assert door.next("1").id == second.id
    ended = door.stored(first)
    assert (ended.state, ended.seen_at, ended.seen_inferred, ended.ended_at) == ("completed", TEN + 10_000, 0, at)
    completed, called = door.told()[-2:]
    assert (completed.step, called.step) == ("completed", "called")
    assert completed.press == called.press == completed.number


def test_somebody_called_and_never_started_was_seen_after_the_walk(door, hands):
    first = door.ticket()
    door.next("1")
    called_at = hands.go(seconds=15)
    door.take("recall", first)
    hands.go(minutes=2)
    door.next("1")
    ended = door.stored(first)
    assert (ended.seen_at, ended.seen_inferred) == (called_at + WALK_MS, 1)


def test_an_inferred_seen_is_never_after_now(door, hands):
    first = door.ticket()
    door.next("1")
    at = hands.go(seconds=4)
    door.next("1")
    assert (door.stored(first).seen_at, door.stored(first).ended_at) == (at, at)


def test_next_with_nobody_waiting_still_finishes_whoever_is_there(door):
    first = door.ticket()
    door.next("1")
    assert door.next("1") is None
    assert door.stored(first).state == "completed"


def test_a_double_press_skips_nobody(door):
    first, second, third = door.ticket(), door.ticket(), door.ticket()
    door.next("1", leaving=None)
    assert door.next("1", leaving=first.id).id == second.id
    with pytest.raises(Refusal) as refused:
        door.next("1", leaving=first.id)
    assert (refused.value.key, refused.value.values) == (
        "screen_out_of_date",
        {"desk": "Desk 1", "number": second.number},
    )
    assert door.stored(second).state == "called"
    assert door.stored(third).state == "waiting"


@pytest.mark.parametrize("shown", [None, "somebody-else"])
def test_a_screen_that_shows_somebody_else_is_out_of_date(door, shown):
    door.ticket()
    door.next("1")
    with pytest.raises(Refusal, match="screen_out_of_date"):
        door.next("1", leaving=shown)


def test_a_screen_that_shows_somebody_who_has_gone_is_out_of_date(door):
    first = door.ticket()
    door.ticket()
    door.next("1")
    door.take("finish", first)
    with pytest.raises(Refusal) as refused:
        door.next("1", leaving=first.id)
    assert refused.value.values["number"] is None


def test_a_refused_press_changes_nothing(door):
    door.ticket()
    before = door.told(), door.visits(), door.store.desks("office")
    with pytest.raises(Refusal):
        door.next("1", leaving="somebody-else")
    assert (door.told(), door.visits(), door.store.desks("office")) == before


def test_an_unknown_desk_is_told_with_those_there_are(door):
    with pytest.raises(Refusal) as refused:
        door.next("9")
    assert (refused.value.key, refused.value.status, refused.value.values["desks"]) == ("unknown_desk", 404, "1, 2, 3")


def test_desks_pressing_next_in_the_same_instant_get_different_visitors(door):
    for _ in range(25):
        door.ticket("housing")
        door.ticket("housing")
        door.ticket("housing")
        called = at_once(*(lambda desk=desk: door.next(desk) for desk in ("1", "2", "3")))
        assert len({visit.id for visit in called}) == 3
        assert {door.stored(visit).desk for visit in called} == {"1", "2", "3"}
    assert door.words().count("called") == 75


def test_two_desks_pressing_for_the_only_visitor_get_one_and_nobody(door):
    for _ in range(25):
        only = door.ticket()
        called = at_once(lambda: door.next("1"), lambda: door.next("2"))
        assert sorted(called, key=bool) == [None, door.stored(only)]
        door.take("finish", only)


def test_two_presses_of_one_button_in_the_same_instant_call_once(door):
    for _ in range(15):
        door.ticket()
        door.ticket()
        here = next((visit for visit in door.visits() if visit.state == "called"), None)
        answers = at_once(*[partial(door.next, "1", leaving=here and here.id)] * 2)
        assert sorted(type(answer).__name__ for answer in answers) == ["Refusal", "Visit"]


def test_tickets_asked_for_in_the_same_instant_have_different_numbers(door):
    for _ in range(10):
        at_once(*[lambda: door.ticket("tax"), lambda: door.ticket("parking"), lambda: door.ticket("housing")] * 2)
    numbers = sorted(visit.number for visit in door.visits())
    assert numbers == [f"A{n:03d}" for n in range(1, 41)] + [f"B{n:03d}" for n in range(1, 21)]
