"""What goes out about a step: its shape, its signature, and nothing about a person."""

import base64
import json
from types import SimpleNamespace

import pytest

from reception.webhooks import cursor, message
from tests.builders import TEN


def sent(door, number: int) -> dict:
    (step,) = [told for told in cursor.outbox(door.store, "office", 0, 99) if told.number == number]
    return json.loads(message.body("office", step, door.store.steps("office", visit=step.visit)))


def test_a_message_is_signed_as_the_published_example_is():
    body = b'{"event_type":"ping","data":{"success":true}}'
    key = base64.b64decode("plJ3nmyCDGBKInavdOK15jsl")  # shorter than we allow
    headers = message.signed("msg_loFOjxBNrRLzqYUf", body, key, 1731705121)
    assert headers["webhook-signature"] == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


def test_a_message_holds_the_step_and_how_the_visit_is_after_it(door):
    visit = door.ticket()
    door.next("1")
    called = door.told()[-1]
    assert sent(door, called.number) == {
        "type": "visit.called",
        "timestamp": "2026-03-02T10:00:00.000Z",
        "data": {
            "office": "office",
            "step": called.number,
            "press": called.press,
            "undoes": None,
            "visit": visit.id,
            "number": "A001",
            "service": "tax",
            "state": "called",
            "channel": "kiosk",
            "desk": "1",
            "at": TEN,
        },
    }


def test_a_message_says_the_same_however_late_it_is_sent(door):
    door.ticket()
    number = door.told()[0].number
    at_once = sent(door, number)
    door.next("1")
    door.next("1")
    assert sent(door, number) == at_once


def test_neither_who_pressed_nor_the_visitors_link_is_sent(door):
    visit = door.ticket()
    door.next("1")
    words = json.dumps([sent(door, step.number) for step in door.told() if step.visit])
    assert visit.number in words
    assert not any(kept in words for kept in (visit.token, "person:1", "kiosk:lobby"))


def test_a_field_that_steps_hold_beyond_the_known_ones_is_not_sent(door):
    visit = door.ticket()
    (step,) = door.store.steps("office", visit=visit.id)
    step.changes["note"] = [None, "wears a red coat"]
    (told,) = [told for told in cursor.outbox(door.store, "office", 0, 9) if told.visit]
    assert b"red coat" not in message.body("office", told, [step])


def test_the_state_of_a_visits_booking_is_not_taken_for_the_visits(door):
    visit = door.ticket()
    (told,) = [told for told in cursor.outbox(door.store, "office", 0, 9) if told.visit]
    steps = door.store.steps("office", visit=visit.id)
    booking = SimpleNamespace(number=told.number, changes={"state": ["booked", "arrived"]}, about="b1")
    state = json.loads(message.body("office", told, [*steps, booking]))["data"]["state"]
    booking.about = None
    assert (state, b'"arrived"' in message.body("office", told, [*steps, booking])) == ("waiting", True)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_dG9vIHNob3J0", "whsec_not*base64", "c2lnbmVkIHdpdGggdGhpcyBvbmU="])
def test_a_weak_or_torn_secret_is_refused_and_not_repeated(secret):
    with pytest.raises(ValueError, match="24 to 64") as refused:
        message.key_of(secret)
    assert secret.removeprefix("whsec_") == "" or secret not in str(refused.value)
