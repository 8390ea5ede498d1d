"""Sending a visitor on: a new leg to a service, desk or person, with what was said; the clock goes on."""

import pytest

from tests.door.conftest import refused, somebody


@pytest.fixture
def here(door):
    """A001 is being helped at desk 1."""
    door.ticket()
    visit = door.next("1")
    return door.take("start", visit, "1")


def send(door, visit, **to):
    return door.transfer(visit=visit.id, by="person:1", desk="1", **to)


def test_a_transfer_is_a_new_leg_and_the_clock_goes_on(door, hands, here):
    hands.go(minutes=7)
    sent = send(door, here, service="housing")
    assert (sent.state, sent.service, sent.leg, sent.desk) == ("waiting", "housing", 2, None)
    assert (sent.arrived_at, sent.waits_from, sent.seen_at) == (here.arrived_at, here.waits_from, here.seen_at)
    assert sent.number == here.number


def test_somebody_sent_on_counts_as_longer_than_who_came_a_little_before(door, hands):
    other = door.ticket("housing")
    hands.go(minutes=9)
    door.ticket()
    visit = door.next("2")  # takes everything: the other is housing's, called first
    assert visit.id == other.id
    sent = door.transfer(visit=door.next("1").id, by="person:1", service="housing")
    later = door.ticket("housing")
    assert door.next("3").id == sent.id
    assert door.next("3").id == later.id


def test_to_a_desk_only_that_desk_is_offered_them(door, here):
    door.set_desk(desk="2", state="open", by="person:2")
    sent = send(door, here, to="desk:2")
    assert door.next("1") is None
    assert door.next("2").id == sent.id


def test_to_a_person_wherever_they_sit(door, here):
    by = somebody(door, "bob")
    door.set_desk(desk="2", state="open", by=by)
    sent = send(door, here, to=by)
    assert door.next("1") is None
    assert door.call_next(desk="2", by=by).id == sent.id


def test_when_that_desk_closes_anybody_is_offered_them(door, here):
    door.set_desk(desk="2", state="open", by="person:2")
    sent = send(door, here, to="desk:2")
    door.set_desk(desk="2", state="closed", by="person:2")
    assert door.next("1").id == sent.id


def test_later_is_not_before_the_time_given(door, hands, here):
    sent = send(door, here, service="tax", later_minutes=15)
    assert door.next("1") is None
    hands.go(minutes=15)
    assert door.next("1").id == sent.id


def test_and_come_back_to_me(door, here):
    send(door, here, service="housing", come_back=True)
    there = door.next("3")
    door.finish(visit=there.id, by="person:3", desk="3", outcome="resolved")
    back = door.stored(here)
    assert (back.state, back.service, back.leg, back.kept_for, back.to_come) == ("waiting", "tax", 3, "person:1", "")
    assert door.next("2") is None
    assert door.next("1").id == here.id


def test_what_was_said_is_kept_apart_and_no_step_repeats_it(door, here):
    send(door, here, service="housing", reason="specialist", said="They have brought the form.")
    told = door.told()[-1]
    assert told.note == {"reason": "specialist", "recorded": ["said"]}
    assert "form" not in str(told)
    assert door.look()[1].told[here.id]["said"] == "They have brought the form."


def test_called_and_never_started_they_were_seen_all_the_same(door):
    door.ticket()
    called = door.next("1")
    sent = send(door, called, service="housing")
    assert (sent.seen_at, sent.seen_inferred) == (called.last_called_at, 1)


@pytest.mark.parametrize(
    ("to", "key"),
    [
        ({}, "transfer_nowhere"),
        ({"service": "gold"}, "unknown_service"),
        ({"to": "desk:9"}, "unknown_desk"),
        ({"to": "person:nobody"}, "unknown_person"),
        ({"to": "the mayor"}, "unknown_whom"),
        ({"service": "housing", "later_minutes": 999}, "hold_too_long"),
        ({"service": "housing", "reason": "bored"}, "unknown_reason"),
        ({"service": "housing", "said": "x" * 501}, "text_too_long"),
    ],
)
def test_a_transfer_that_leads_nowhere_is_refused_and_changes_nothing(door, here, to, key):
    with refused(key):
        send(door, here, **to)
    assert door.stored(here) == here


def test_a_closed_service_is_refused_and_a_desk_of_its_own_may_still_be_chosen(door, here):
    door.rule(kind="service", subject="housing", value="closed", by="person:boss")
    with refused("transfer_closed"):
        send(door, here, service="housing")
    door.set_desk(desk="3", state="open", by="person:3")
    assert send(door, here, to="desk:3").kept_for == "desk:3"


def test_a_service_that_no_desk_takes_is_refused(door, here):
    for desk in ("1", "2"):
        door.rule(kind="serves", subject=desk, value="tax", by="person:boss")
    with refused("transfer_unserved"):
        send(door, here, service="parking")


def test_several_services_are_legs_one_after_the_other(door):
    visit = door.issue(service="tax", by="kiosk:lobby", to_come=["parking", "housing"]).visit
    legs = []
    for _ in range(3):
        called = door.next("1")
        legs.append((called.service, called.leg))
        door.finish(visit=called.id, by="person:1", desk="1", outcome="resolved")
    assert legs == [("tax", 1), ("parking", 2), ("housing", 3)]
    ended = door.stored(visit)
    assert (ended.state, ended.delivered, ended.waits_from) == ("completed", "tax parking housing", visit.waits_from)


def test_a_further_service_is_one_that_can_be_had_and_stands_once(door, here):
    door.rule(kind="service", subject="housing", value="closed", by="person:boss")
    for ask in (
        lambda: door.plan(visit=here.id, by="person:1", to_come=["parking", "housing"]),
        lambda: door.offer(visit=here.id, by="person:1", service="housing", wanted=True),
        lambda: door.issue(service="tax", by="person:1", to_come=["housing"]),
    ):
        with refused("transfer_closed"):
            ask()
    door.offer(visit=here.id, by="person:1", service="parking", wanted=True)
    assert door.offer(visit=here.id, by="person:1", service="parking", wanted=True).to_come == "parking"


def test_the_wait_is_counted_for_the_service_they_came_for(door, here):
    sent = send(door, here, service="housing")
    sent = door.transfer(visit=sent.id, by="person:1", service="parking")
    assert (sent.service, sent.first_service) == ("parking", "tax")


def test_nobody_is_kept_for_a_key_that_anybody_types(door, here):
    with refused("unknown_whom"):
        send(door, here, to="key:zzz")


def test_you_may_also_want_is_counted_and_becomes_a_leg_if_it_is_wanted(door, here):
    door.offer(visit=here.id, by="person:1", service="parking", wanted=False)
    assert door.offer(visit=here.id, by="person:1", service="housing", wanted=True).to_come == "housing"
    offers = [step.note for step in door.told() if step.step == "offered"]
    assert offers == [{"service": "parking", "wanted": False}, {"service": "housing", "wanted": True}]


def test_undoing_a_transfer_puts_everything_back_what_was_said_too(door, here):
    door.note(visit=here.id, by="person:1", remark="Red coat")
    send(door, here, service="housing", said="Bring the form", come_back=True)
    (back,) = door.undo(desk="1", by="person:1")
    assert back == here
    assert door.look()[1].told[here.id] == {"remark": "Red coat"}
