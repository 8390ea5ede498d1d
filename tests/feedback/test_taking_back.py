"""A step of feedback pressed by mistake: as it was before, once, with both in the record."""

from contextlib import closing
from datetime import date

import pytest

from reception.feedback import counts
from reception.feedback.letters import letters_of
from reception.keys import Keys
from reception.refusals import Refusal
from tests.builders import Hands, instant, open_door

ANSWER = {"finding": "upheld", "answer": "We are sorry."}
ME = "person:me"


@pytest.fixture
def hands():
    return Hands(instant("2026-03-02 10:00"))


@pytest.fixture
def door(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    with closing(door.store):
        yield door


@pytest.fixture
def told(door):
    return door.give_feedback(kind="complaint", source="letter", by=ME, theme="waiting", text="Forty minutes.")


def take_back(door, told, by=ME):
    return door.take_back_feedback(feedback=told.id, press=door.last_done_to_feedback(told.id).press, by=by)


def held(door, told) -> tuple:
    """Everything that is kept of it but its record."""
    texts = door.rows("SELECT kind, text, delete_at FROM particulars WHERE about = ? ORDER BY kind", told.id)
    return door.feedback(told.id), door.stages(told.id), texts


def escalated(door, told):
    door.answer_feedback(feedback=told.id, by=ME, **ANSWER)
    door.escalate_feedback(feedback=told.id, by=ME)


DONE = {
    "acknowledged": lambda door, told: door.acknowledge_feedback(feedback=told.id, by=ME),
    "answered": lambda door, told: door.answer_feedback(feedback=told.id, by=ME, **ANSWER),
    "put right": lambda door, told: door.put_feedback_right(feedback=told.id, by=ME, done="We rang."),
    "put off": lambda door, told: door.extend_feedback(feedback=told.id, by=ME, reason="Files are away", days=3),
    "withdrawn": lambda door, told: door.end_feedback(
        feedback=told.id, by=ME, step="feedback_withdrawn", note="By telephone"
    ),
}


@pytest.mark.parametrize("done", DONE)
def test_what_was_done_is_as_if_it_never_was_but_for_the_record(door, hands, told, done):
    before, steps = held(door, told), len(door.told())
    hands.go(days=1)
    DONE[done](door, told)
    assert held(door, told) != before
    hands.go(hours=1)
    take_back(door, told, by="person:another")
    assert held(door, told) == before
    assert letters_of(door.stages(told.id), door.steps_of_feedback(told.id), door.settings.zone) == []
    last = [step for step in door.told() if step.step == "feedback_undone"]
    assert [step.by for step in last] == ["person:another"] and len(door.told()) > steps + 1


def test_a_stage_begun_by_mistake_is_promised_nothing_and_can_begin_later(door, hands, told):
    escalated(door, told)
    take_back(door, told)
    assert [stage.stage for stage in door.stages(told.id)] == [1] and door.feedback(told.id).state == "answered"
    spring = date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1)
    assert counts(door.store, door.office, *spring)["stage2"] == {"met": 0, "n": 0}
    hands.go(days=7)
    door.escalate_feedback(feedback=told.id, by=ME)
    assert [stage.answer_on for stage in door.stages(told.id)] == ["2026-03-09", "2026-04-08"]
    door.acknowledge_feedback(feedback=told.id, by=ME)
    take_back(door, told)
    take_back(door, told)
    take_back(door, told)
    assert door.feedback(told.id) == told


def test_an_owner_is_who_it_was_before(door, told):
    keys = Keys(door)
    one, two = (keys.add_person(name=name, sign_in=name, role="manager", by="test") for name in ("one", "two"))
    for owner in (one, two):
        door.assign_feedback(feedback=told.id, owner=f"person:{owner}", by=ME)
    assert take_back(door, told).owner == f"person:{one}"
    assert take_back(door, told).owner is None


def test_the_newest_press_alone_is_taken_back_and_once(door, told):
    door.acknowledge_feedback(feedback=told.id, by=ME)
    first = door.last_done_to_feedback(told.id).press
    door.answer_feedback(feedback=told.id, by=ME, **ANSWER)
    newest = door.last_done_to_feedback(told.id).press
    for press in (first, newest, newest):
        state = door.feedback(told.id).state
        try:
            door.take_back_feedback(feedback=told.id, press=press, by=ME)
        except Refusal as refusal:
            assert refusal.key == "feedback_overtaken" and press != newest or state == "open"
    assert door.feedback(told.id).state == "open"
    assert door.stages(told.id)[0].acknowledged_on == "2026-03-02"


def test_what_a_visitor_told_or_was_put_right_as_they_told_it_is_not_taken_back(door):
    given = {"kind": "complaint", "source": "desk", "by": ME, "theme": "waiting"}
    told, right = door.give_feedback(**given), door.give_feedback(**given, put_right="We rang.")
    door.add_to_feedback(feedback=told.id, by="visitor", text="And it was cold.")
    assert door.last_done_to_feedback(told.id) is None and door.last_done_to_feedback(right.id) is None
    with pytest.raises(Refusal, match="feedback_overtaken"):
        door.take_back_feedback(feedback=told.id, press=1, by=ME)


def test_whoever_was_told_of_the_ombudsman_by_mistake_can_be_told(door, told):
    escalated(door, told)
    door.answer_feedback(feedback=told.id, by=ME, **ANSWER)
    door.end_feedback(feedback=told.id, by=ME, step="feedback_referred")
    take_back(door, told)
    assert not door.is_referred(told.id)
    door.end_feedback(feedback=told.id, by=ME, step="feedback_referred")
    assert door.is_referred(told.id)


@pytest.mark.parametrize("another", [False, True])
def test_praise_that_was_passed_on_stands_at_no_desk_any_more_and_another_message_does(door, hands, another):
    praise = door.give_feedback(kind="compliment", source="kiosk", by="screen:1")
    door.end_feedback(feedback=praise.id, by=ME, step="feedback_passed_on", note="Well done", desks="all")
    if another:
        hands.go(minutes=1)
        door.rule(kind="message", subject="all", value="shown", by=ME, text="The lift is out")
    assert take_back(door, praise).state == "open"
    _newest, room = door.look()
    assert room.ruled("message", "all") == ("shown" if another else None)
    texts = door.store.particulars(door.office, ["message:all"]).get("message:all", {})
    assert texts.get("text") == ("The lift is out" if another else None)
