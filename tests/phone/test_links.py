"""Who may follow a visit, and for how long."""

import pytest

from reception.identifiers import token
from tests.phone.following import place
from tests.phone.visits import BILL


def test_unknown_and_expired_look_the_same(phones):
    mine = phones.door.ticket()
    phones.door.next()
    phones.door.take("finish", mine)
    assert phones.get(mine.token).status_code == 200
    phones.hands.go(hours=23, minutes=59)
    assert phones.get(mine.token).status_code == 200
    phones.hands.go(minutes=1)
    expired, unknown = phones.get(mine.token), phones.get(token())
    assert expired.status_code == unknown.status_code == 404
    assert expired.data == unknown.data
    assert not phones.follow(mine.token).is_connected("/phone")


def test_somebody_who_waits_past_a_day_keeps_the_link(phones):
    mine = phones.door.ticket()
    phones.hands.go(days=3)
    assert phones.get(mine.token).status_code == 200


@pytest.mark.parametrize("given", ["", "x" * 5000, "%00", "' OR 1=1 --", "ŵ" * 22])
def test_no_other_token_opens_anything(phones, given):
    phones.door.ticket()
    assert not phones.follow(given).is_connected("/phone")
    assert phones.get(given or " ").status_code == 404


def test_a_key_does_not_open_a_phone_and_a_phone_asks_nothing_of_staff(phones):
    key = phones.keys.add(name="k", role="admin", kind="bearer", by="test")
    socket = phones.socketio.test_client(phones.app, namespace="/phone", auth={"key": key})
    assert not socket.is_connected("/phone")
    mine = phones.follow(phones.door.ticket().token)
    assert mine.emit("call_next", {}, namespace="/phone", callback=True)["reason"] == "unknown_question"


def test_revoking_a_key_drops_no_phone(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.keys.add(name="old kiosk", role="kiosk", kind="bearer", by="test")
    phones.keys.revoke("old kiosk", by="test")
    phones.door.next()
    place(socket, state="called")
    assert socket.is_connected("/phone")


def test_a_key_that_is_revoked_asks_nothing_of_the_phones(phones):
    socket = phones.follow(phones.door.ticket().token)
    phones.face.drop_revoked()
    assert socket.is_connected("/phone")


def test_what_was_promised_outlives_the_link_of_a_visit_without(phones):
    plain, mine = phones.finished(), phones.finished(promise=BILL)
    phones.hands.go_to("2026-03-05 23:59")
    assert [phones.get(visit.token).status_code for visit in (plain, mine)] == [404, 200]
    phones.hands.go(minutes=1)
    assert phones.get(mine.token).status_code == 404
