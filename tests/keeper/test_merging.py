"""Tickets that a kiosk gave by itself, taken in afterwards: nobody lost, no number twice, arrivals true."""

import json
from dataclasses import replace

import pytest

from reception.blocks import Alone
from reception.door import Answered, Once
from reception.refusals import Refusal
from tests.builders import OFFICE_HOURS, TEN, Hands, open_door, replayed

MINUTE = 60_000


def word(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):
        raise answer
    return 201, json.dumps({"ticket": {"id": answer.visit.id}})


def once(showing: str) -> Once:
    return Once("k", f"showing {showing}", word)


def alone(number: str = "A001", *, minutes: float = 1, **said) -> Alone:
    """Given so many minutes after ten."""
    at = TEN + round(minutes * MINUTE)
    values = {"id": f"id-{number}", "token": f"token-{number}", "day": "2026-03-02", "service": "tax"}
    return Alone(**values | {"number": number, "arrived_at": at, "showing": f"s-{number}"} | said)


@pytest.fixture
def merge(door):
    """The door's, for a kiosk that has numbers."""
    door.lend(kiosk="k", by="screen:k")
    return lambda given: door.merge(
        given, kiosk="k", by="screen:k", once=once(given.showing), remark=f"Their ticket says {given.number}."
    )


def test_a_merged_visitor_stands_where_they_arrived(door, hands, merge):
    hands.go(minutes=5)
    later = door.ticket()
    hands.go(minutes=5)
    visit = merge(alone("A001", minutes=1))
    assert (visit.arrived_at, visit.number, visit.id, visit.channel) == (TEN + MINUTE, "A001", "id-A001", "kiosk")
    assert [door.next("1").id, door.next("1").id] == [visit.id, later.id]


def test_the_step_is_issued_and_says_that_the_kiosk_was_alone(door, hands, merge):
    hands.go(minutes=10)
    merge(alone(about=True))
    told = door.told()[-1]
    assert (told.step, told.by, told.at) == ("issued", "screen:k", TEN + 10 * MINUTE)
    assert told.note == {"alone": True, "about": True}


def test_told_again_it_is_the_same_visit_even_when_its_answer_is_forgotten(door, hands, merge):
    hands.go(minutes=10)
    first = merge(alone())
    assert merge(alone()) == first
    door.store.execute("DELETE FROM answers")
    assert merge(alone()) == first
    assert len(door.visits()) == 1


def test_a_late_question_of_the_same_showing_gives_no_second_visit(door, hands, merge):
    hands.go(minutes=10)
    visit = merge(alone(showing="s"))
    with pytest.raises(Answered) as before:
        door.issue(service="tax", by="screen:k", once=once("s"))
    assert json.loads(before.value.body)["ticket"]["id"] == visit.id


def test_where_our_answer_was_lost_the_one_visit_takes_the_number_and_page_that_the_visitor_holds(door, hands, merge):
    ours = door.issue(service="tax", by="screen:k", printer="virtual", once=once("s")).visit
    hands.go(minutes=10)
    visit = merge(alone(showing="s"))
    assert visit == replace(ours, number="A001", token="token-A001")
    assert door.visits() == [visit]
    assert [step.step for step in door.told() if step.visit] == ["issued", "renumbered"]
    assert door.store.waiting_print_jobs("office", "virtual") == 0
    assert merge(alone(showing="s")) == visit
    assert replayed(door.told()) == {visit.id: replace(visit, token=None)}


def test_who_was_called_in_vain_by_a_number_they_never_had_is_in_the_line_again(door, hands, merge):
    ours = door.issue(service="tax", by="screen:k", once=once("s")).visit
    door.next("1")
    door.take("not_here", ours, "1")
    hands.go(minutes=10)
    assert (merge(alone(showing="s")).state, door.next("2").number) == ("waiting", "A001")


def test_who_was_even_ended_meanwhile_is_taken_in_anew(door, hands, merge):
    ours = door.issue(service="tax", by="screen:k", once=once("s")).visit
    door.take("cancel", ours)
    hands.go(minutes=10)
    visit = merge(alone(showing="s"))
    assert (visit.id, visit.state, len(door.visits())) == ("id-A001", "waiting", 2)
    assert merge(alone(showing="s")) == visit


def test_nobody_is_refused_for_what_happened_meanwhile(door, hands, merge):
    door.rule(kind="service", subject="tax", value="closed", by="person:sam")
    door.rule(kind="quota", subject="parking", value="0", by="person:sam")
    hands.go(minutes=10)
    given = [
        alone("A001"),
        alone("A002", service="parking"),
        alone("B001", service="housing"),
        alone("A003", service="gone"),
    ]
    assert [merge(one).state for one in given] == ["waiting"] * 4
    assert door.visits()[-1].service in ("tax", "parking")


def test_a_visit_of_a_day_that_is_settled_is_recorded_with_an_honest_end(tmp_path):
    hands = Hands()
    door = open_door(tmp_path / "r.db", hands, hours=OFFICE_HOURS)
    door.lend(kiosk="k", by="screen:k")
    hands.go(days=1)
    visit = door.merge(alone(), kiosk="k", by="screen:k", once=once("s"))
    door.catch_up()
    kept = door.stored(visit)
    assert (kept.state, kept.ended_inferred, kept.day, kept.number) == ("left", 1, "2026-03-02", "A001")
    assert kept.arrived_at == TEN + MINUTE


def test_a_kiosk_that_had_the_day_wrong_loses_nobody_and_staff_know_what_the_ticket_says(door, hands, merge):
    hands.go(days=1)
    visit = merge(alone(minutes=24 * 60 - 5))
    assert (visit.day, visit.number, visit.state) == ("2026-03-03", "A021", "waiting")
    known = door.store.particulars("office", [visit.id])[visit.id]
    assert known == {"remark": "Their ticket says A001."}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (alone("A021"), "number_not_lent"),
        (alone("C001"), "number_not_lent"),
        (alone(day="2026-02-02"), "number_not_lent"),
        (alone(minutes=11), "arrival_implausible"),
        (replace(alone("A002"), id="other", showing="other"), "number_given"),
        (replace(alone("A003"), token="token-A002"), "number_given"),
    ],
)
def test_what_a_kiosk_cannot_have_done_is_refused_and_harms_nothing(door, hands, merge, given, key):
    hands.go(minutes=10)
    merge(alone("A002"))
    before = door.told()
    with pytest.raises(Refusal) as refused:
        merge(given)
    assert (refused.value.key, door.told()) == (key, before)


def test_nobody_arrived_before_their_number_was_lent(door, hands, merge):
    hands.go(minutes=10)
    assert merge(alone(minutes=-600)).arrived_at == TEN


def test_another_kiosks_numbers_are_refused(door, hands, merge):
    hands.go(minutes=10)
    with pytest.raises(Refusal, match="number_not_lent"):
        door.merge(alone(), kiosk="other", by="screen:other", once=once("s"))


def test_what_was_said_at_the_kiosk_goes_with_the_visit(door, hands, merge):
    hands.go(minutes=10)
    given = alone(needs=("loop", "gone", "discreet"), language="Polish", party=3, shown_at=TEN + 2 * MINUTE)
    visit = merge(given)
    assert (visit.party, visit.discreet, visit.acknowledged_at) == (3, 1, TEN + 2 * MINUTE)
    assert door.store.particulars("office", [visit.id])[visit.id] == {"needs": "loop discreet", "language": "Polish"}


def test_a_machine_that_has_a_new_key_loses_nobody_to_whom_it_gave_a_number_with_the_old_one(door, hands):
    door.lend(kiosk="old machine", by="screen:old")
    hands.go(minutes=5)
    given = alone("A001", minutes=2)
    visit = door.merge(given, kiosk="new machine", by="screen:new", once=once(given.showing))
    assert (visit.number, visit.arrived_at) == ("A001", TEN + 2 * MINUTE)
    with pytest.raises(Refusal, match="number_not_lent"):
        door.merge(alone("A002"), kiosk="old elsewhere", by="screen:old", once=once("s-A002"))
