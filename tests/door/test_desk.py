"""At the desk: calling by number, recalling, not here, back to the line, walk-ins, and whose desk it is."""

from dataclasses import replace

import pytest

from reception.refusals import Refusal
from tests.builders import TEN


def refusal(ask) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value


@pytest.mark.parametrize("typed", ["A002", "a002", " a 002 "])
def test_a_number_is_called_out_of_turn(door, typed):
    door.ticket()
    second = door.ticket()
    assert door.call(desk="1", number=typed, by="person:1", reason="upset").id == second.id
    assert door.told()[-1].note == {"out_of_turn": "upset"}


def test_out_of_turn_takes_a_reason_of_the_offices_list(door):
    first, second = door.ticket(), door.ticket()
    for reason, key in ((None, "reason_needed"), ("because", "unknown_reason")):
        assert refusal(lambda: door.call(desk="1", visit=second.id, by="person:1", reason=reason)).key == key  # noqa: B023
    assert door.call(desk="1", visit=first.id, by="person:1").id == first.id


def test_a_desk_may_call_by_number_whom_it_would_not_be_given(door):
    ticket = door.ticket("tax")
    assert door.call(desk="3", number=ticket.number, by="person:3", reason="quick").desk == "3"


def test_an_unknown_number_is_refused(door):
    refused = refusal(lambda: door.call(desk="1", number="Z999", by="person:1"))
    assert (refused.key, refused.status, refused.values) == ("unknown_number", 404, {"number": "Z999"})


def test_yesterdays_number_is_not_todays(door, hands):
    door.ticket()
    hands.go(days=1)
    assert refusal(lambda: door.call(desk="1", number="A001", by="person:1")).key == "unknown_number"


def test_somebody_at_a_desk_cannot_be_called_to_another(door):
    ticket = door.ticket()
    door.next("1")
    refused = refusal(lambda: door.call(desk="2", number="A001", by="person:2"))
    assert (refused.key, refused.values) == ("already_called", {"number": "A001", "desk": "Desk 1"})
    assert door.stored(ticket).desk == "1"


def test_calling_whom_one_has_already_called_does_not_finish_them(door):
    ticket = door.ticket()
    door.next("1")
    assert refusal(lambda: door.call(desk="1", number="A001", by="person:1")).key == "already_called"
    assert door.stored(ticket).state == "called"


def test_calling_by_number_finishes_whoever_is_at_the_desk(door):
    first, second = door.ticket(), door.ticket()
    door.next("1")
    door.call(desk="1", visit=second.id, leaving=first.id, by="person:1")
    assert [door.stored(first).state, door.stored(second).state] == ["completed", "called"]


def test_somebody_who_has_left_cannot_be_called(door):
    ticket = door.ticket()
    door.take("leave", ticket)
    refused = refusal(lambda: door.call(desk="1", number="A001", by="person:1"))
    assert (refused.key, refused.values) == ("visit_ended", {"number": "A001", "state": "left"})


def test_recalls_are_counted_and_the_first_call_is_kept(door, hands):
    ticket = door.ticket()
    door.next("1")
    hands.go(seconds=20)
    door.take("recall", ticket)
    at = hands.go(seconds=20)
    again = door.take("recall", ticket)
    assert (again.recalls, again.first_called_at, again.last_called_at) == (2, TEN, at)


def test_somebody_not_there_stands_in_no_line_and_can_be_called_again(door):
    ticket = door.ticket()
    door.next("1")
    assert door.take("not_here", ticket).desk is None
    assert door.next("1") is None
    assert door.call(desk="2", number="A001", by="person:2").state == "called"


def test_somebody_reinstated_has_their_old_place(door, hands):
    first = door.ticket()
    hands.go(minutes=1)
    door.ticket()
    door.next("1")
    door.take("not_here", first)
    hands.go(minutes=5)
    door.take("reinstate", first)
    assert door.next("1").id == first.id


def test_somebody_back_in_the_line_keeps_their_place_and_their_wait(door, hands):
    first = door.ticket()
    hands.go(minutes=1)
    door.ticket()
    door.next("1")
    back = door.take("return_to_line", first, "1")
    assert (back.state, back.desk, back.waits_from, back.place) == ("waiting", None, first.waits_from, first.place)
    hands.go(minutes=2)
    assert door.next("2").id == first.id


def test_somebody_put_back_is_not_offered_again_at_once(door, hands):
    first, second = door.ticket(), door.ticket()
    door.next("1")
    door.take("return_to_line", first, "1")
    assert [door.next("1").id, door.next("2")] == [second.id, None]
    hands.go(minutes=2)
    assert door.next("2").id == first.id


def test_the_desk_that_put_somebody_back_is_not_offered_them_while_another_is_open(door, hands):
    first = door.ticket()
    door.next("1")
    door.take("return_to_line", first, "1")
    hands.go(minutes=2)
    door.set_desk(desk="2", state="open", by="person:2")
    assert door.next("1") is None
    door.set_desk(desk="2", state="closed", by="person:2")
    assert door.next("1").id == first.id


def test_a_walk_in_is_helped_at_once_and_has_a_number(door):
    issued = door.walk_in(desk="1", service="housing", by="person:1")
    made = issued.visit
    assert (made.number, made.state, made.desk, made.channel) == ("B001", "serving", "1", "desk")
    assert (made.arrived_at, made.acknowledged_at, made.first_called_at, made.seen_at) == (TEN, TEN, TEN, TEN)
    assert (door.stored(made), issued.ahead, made.seen_inferred) == (made, 0, 0)
    assert door.words() == ["opened", "issued", "called", "started"]


def test_a_walk_in_takes_the_place_of_whoever_is_finished_for_them(door):
    first = door.ticket()
    door.next("1")
    door.walk_in(desk="1", service="tax", leaving=first.id, by="person:1")
    assert door.stored(first).state == "completed"
    assert refusal(lambda: door.walk_in(desk="1", service="tax", leaving=first.id, by="person:1")).key == (
        "screen_out_of_date"
    )


def test_a_walk_in_may_wait_like_anybody(door):
    door.ticket()
    issued = door.walk_in(desk="1", service="tax", by="person:1", wait=True)
    assert (issued.visit.state, issued.visit.number, issued.ahead) == ("waiting", "A002", 1)
    assert door.words() == ["issued", "issued"]


def test_a_refused_walk_in_uses_up_no_number(door):
    door.ticket()
    door.next("1")
    refusal(lambda: door.walk_in(desk="1", service="tax", leaving=None, by="person:1"))
    assert door.ticket().number == "A002"


def test_a_step_that_does_not_fit_says_what_is_true(door):
    ticket = door.ticket()
    refused = refusal(lambda: door.take("start", ticket))
    assert (refused.key, refused.status) == ("step_does_not_fit", 409)
    assert refused.values == {"number": "A001", "state": "waiting", "step": "started"}


def test_no_step_is_taken_on_a_visit_that_has_ended(door):
    ticket = door.ticket()
    ended = door.take("cancel", ticket)
    for step in ("recall", "start", "not_here", "finish", "return_to_line", "reinstate", "leave", "cancel"):
        assert refusal(lambda step=step: door.take(step, ticket)).key == "visit_ended"
    assert door.stored(ticket) == ended


def test_an_unknown_step_is_told_with_those_there_are(door):
    refused = refusal(lambda: door.take("vanish", door.ticket()))
    assert (refused.key, refused.status) == ("unknown_step", 404)
    assert "recall" in refused.values["steps"]


def test_a_desk_cannot_step_on_anothers_visitor(door):
    ticket = door.ticket()
    door.next("1")
    refused = refusal(lambda: door.take("finish", ticket, "2"))
    assert (refused.key, refused.values) == ("at_another_desk", {"number": "A001", "desk": "Desk 1"})


def test_a_step_records_who_took_it_where_and_what_changed(door, hands):
    ticket = door.ticket()
    door.next("1")
    at = hands.go(seconds=9)
    door.take("start", ticket, "1")
    last = door.told()[-1]
    assert (last.step, last.visit, last.by, last.desk, last.at) == ("started", ticket.id, "person:1", "1", at)
    assert last.changes == {"state": ["called", "serving"], "seen_at": [None, at]}


def test_a_desk_opens_pauses_and_closes(door, hands):
    told = []
    for state in ("open", "paused", "open", "closed"):
        at = hands.go(minutes=1)
        desk = door.set_desk(desk="1", state=state, by="person:ann")
        assert door.store.desks("office")["1"] == desk
        told.append((desk.state, desk.person, desk.since_at == at))
    assert told == [
        ("open", "person:ann", True),
        ("paused", "person:ann", True),
        ("open", "person:ann", True),
        ("closed", None, True),
    ]
    assert door.words() == ["opened", "paused", "opened", "closed"]


def test_opening_an_open_desk_again_changes_nothing(door, hands):
    first = door.set_desk(desk="1", state="open", by="person:ann")
    hands.go(minutes=1)
    assert door.set_desk(desk="1", state="open", by="person:ann") == first
    assert door.words() == ["opened"]


def test_a_desk_with_somebody_at_it_does_not_close(door):
    door.ticket()
    door.next("1")
    refused = refusal(lambda: door.set_desk(desk="1", state="closed", by="person:1"))
    assert (refused.key, refused.values) == ("desk_has_visitor", {"desk": "Desk 1", "number": "A001"})


def test_a_desk_that_somebody_has_open_is_theirs(door):
    door.set_desk(desk="1", state="open", by="person:ann")
    door.ticket()
    for ask in (
        lambda: door.set_desk(desk="1", state="open", by="person:bob"),
        lambda: door.set_desk(desk="1", state="closed", by="person:bob"),
        lambda: door.call_next(desk="1", by="person:bob"),
        lambda: door.call(desk="1", number="A001", by="person:bob"),
        lambda: door.walk_in(desk="1", service="tax", by="person:bob"),
    ):
        refused = refusal(ask)
        assert (refused.key, refused.values) == ("desk_is_anothers", {"desk": "Desk 1"})
    assert door.store.desks("office")["1"].person == "person:ann"


def test_a_desk_can_be_taken_over_by_saying_so(door):
    door.set_desk(desk="1", state="open", by="person:ann")
    assert door.set_desk(desk="1", state="open", by="person:bob", take_over=True).person == "person:bob"
    assert refusal(lambda: door.call_next(desk="1", by="person:ann")).key == "desk_is_anothers"


def test_a_key_may_act_at_a_persons_desk_and_does_not_take_it(door):
    door.set_desk(desk="1", state="open", by="person:ann")
    ticket = door.ticket()
    assert door.call_next(desk="1", by="key:7").id == ticket.id
    assert door.store.desks("office")["1"].person == "person:ann"


def test_whoever_opens_another_desk_closes_the_one_they_had(door):
    door.set_desk(desk="1", state="open", by="person:ann")
    door.set_desk(desk="2", state="open", by="person:ann")
    assert {key: desk.state for key, desk in door.store.desks("office").items()} == {"1": "closed", "2": "open"}


def test_the_desk_one_leaves_stays_open_while_its_visitor_is_there(door):
    door.ticket()
    door.call_next(desk="1", by="person:ann")
    door.set_desk(desk="2", state="open", by="person:ann")
    assert door.store.desks("office")["1"].state == "open"


def test_listeners_hear_of_a_change_once_it_is_stored_and_a_failing_one_hurts_nobody(door, caplog):
    heard = []

    def fail(news):
        raise ValueError("a listener of no use")

    door.listeners += [fail, lambda news: heard.append((news, door.store.visit("office", news.visits[-1].id)))]
    ticket = door.ticket()
    ((news, stored),) = heard
    assert news.visits == (ticket,) == (stored,)
    assert [step.step for step in news.steps] == ["issued"]
    assert "A listener failed" in caplog.text


def test_what_was_refused_is_not_told(door):
    heard = []
    door.listeners.append(heard.append)
    refusal(lambda: door.ticket("no-such-service"))
    door.catch_up()
    assert heard == []


def test_the_look_shows_everyone_open_and_the_desks(door):
    first, second = door.ticket(), door.ticket()
    called = door.next("1")
    door.take("leave", second)
    newest, room = door.look()
    assert newest == door.told()[-1].number
    assert room.visits == {first.id: called}
    assert [desk.key for desk in room.desks.values()] == ["1"]
    assert room.at_desk("1") == replace(called)


def test_a_desk_that_was_taken_over_takes_no_step_for_who_sat_there_before(door):
    visit = door.next("1") if door.ticket() else None
    door.set_desk(desk="1", state="open", by="person:2", take_over=True)
    with pytest.raises(Refusal) as refusal:
        door.step("start", visit=visit.id, by="person:1", desk="1")
    assert refusal.value.key == "desk_is_anothers"
    assert door.step("start", visit=visit.id, by="person:2", desk="1").state == "serving"
