"""A question with a key has one answer, however often it is asked: also a refusal, also nobody."""

import json

import pytest

from reception.door import Answered, Once
from reception.frontdesk import Issued
from reception.refusals import Refusal
from reception.visit import Visit
from tests.builders import at_once, open_door


def word(answer) -> tuple[int, str]:
    match answer:
        case None:
            return 204, ""
        case Refusal():
            return answer.status, answer.key
        case Issued():
            return 201, json.dumps({"number": answer.visit.number, "ahead": answer.ahead})
        case Visit():
            return 200, answer.number


def once(key="k1", *, holder="key:7", asked="question") -> Once:
    return Once(holder, key, word, asked)


def again(ask) -> tuple[int, str]:
    with pytest.raises(Answered) as answered:
        ask()
    return answered.value.status, answered.value.body


def test_the_same_key_gives_the_same_ticket(door):
    door.ticket()
    door.issue(service="tax", by="key:7", once=once())
    told = door.told()
    answers = [again(lambda: door.issue(service="tax", by="key:7", once=once())) for _ in range(3)]
    assert answers == [(201, '{"number": "A002", "ahead": 1}')] * 3
    assert door.told() == told


def test_the_same_key_calls_nobody_else(door):
    first = door.ticket()
    second = door.ticket()
    door.next("1", once=once())
    assert again(lambda: door.next("1", once=once())) == (200, first.number)
    assert door.stored(second).state == "waiting"


def test_nobody_is_an_answer_that_is_kept(door):
    assert door.next("1", once=once()) is None
    door.ticket()
    assert again(lambda: door.next("1", once=once())) == (204, "")


def test_a_refusal_is_an_answer_that_is_kept(door):
    ticket = door.ticket()

    def start():
        return door.step("start", visit=ticket.id, by="key:7", once=once())

    with pytest.raises(Refusal, match="step_does_not_fit"):
        start()
    door.next("1")
    assert again(start) == (409, "step_does_not_fit")
    assert door.stored(ticket).state == "called"


def test_another_question_under_the_same_key_is_refused(door):
    door.issue(service="tax", by="key:7", once=once(asked="tax"))
    with pytest.raises(Refusal) as refused:
        door.issue(service="housing", by="key:7", once=once(asked="housing"))
    assert (refused.value.key, refused.value.status) == ("key_used_otherwise", 422)
    assert again(lambda: door.issue(service="tax", by="key:7", once=once(asked="tax")))[0] == 201


def test_one_showing_of_the_kiosks_list_gives_one_ticket_whatever_is_tapped(door):
    door.issue(service="tax", by="kiosk:lobby", once=once(asked=""))
    assert again(lambda: door.issue(service="housing", by="kiosk:lobby", once=once(asked="")))[0] == 201
    assert len(door.visits()) == 1


def test_each_holder_has_keys_of_their_own(door):
    door.issue(service="tax", by="key:7", once=once(holder="key:7"))
    assert door.issue(service="tax", by="key:8", once=once(holder="key:8")).visit.number == "A002"


def test_the_answer_outlives_a_restart(door, hands, tmp_path):
    door.issue(service="tax", by="key:7", once=once())
    door.store.close()
    restarted = open_door(tmp_path / "reception.db", hands)
    assert again(lambda: restarted.issue(service="tax", by="key:7", once=once()))[0] == 201


def test_the_answer_is_stored_with_the_change_or_neither_is(door):
    def cannot_be_said(answer):
        raise ValueError("no words")

    with pytest.raises(ValueError, match="no words"):
        door.issue(service="tax", by="key:7", once=Once("key:7", "k1", cannot_be_said))
    assert door.visits() == []
    assert door.issue(service="tax", by="key:7", once=once()).visit.number == "A001"


def test_asked_eight_times_in_the_same_instant_there_is_one_ticket(door):
    answers = at_once(*[lambda: door.issue(service="tax", by="key:7", once=once())] * 8)
    assert sorted(type(answer).__name__ for answer in answers) == ["Answered"] * 7 + ["Issued"]
    assert [visit.number for visit in door.visits()] == ["A001"]


def test_a_refusal_kept_at_the_first_change_of_a_day_ends_the_day_before(door, hands):
    yesterday = door.ticket()
    hands.go(days=1)
    with pytest.raises(Refusal, match="unknown_service"):
        door.issue(service="no-such-service", by="key:7", once=once())
    assert door.stored(yesterday).state == "left"
    assert again(lambda: door.issue(service="no-such-service", by="key:7", once=once())) == (422, "unknown_service")
