"""Who may follow a visit, for how long, and what a phone is told."""

import threading

import pytest

from phone.live import Phone
from phone.pages import blueprint
from reception.identifiers import token
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import eventually, office, open_door


class Phones:
    def __init__(self, folder, hands):
        self.hands, settings = hands, office(server={"data": folder})
        self.door = open_door(folder / "reception.db", hands, settings)
        self.keys = Keys(self.door)
        wired = Parts(settings, self.door.store, self.door, self.keys, Guesses(settings))
        self.app, self.socketio = create_app(wired, [(blueprint, Phone)])
        self.face, self.sockets = wired.faces["/phone"], []

    def follow(self, given: str):
        socket = self.socketio.test_client(self.app, namespace="/phone", auth={"token": given})
        self.sockets.append(socket)
        return socket

    def get(self, given: str):
        return self.app.test_client().get(f"/t/{given}")


@pytest.fixture
def phones(tmp_path, hands):
    threads = set(threading.enumerate())
    phones = Phones(tmp_path, hands)
    yield phones
    for socket in phones.sockets:
        if socket.is_connected("/phone"):
            socket.disconnect(namespace="/phone")
    eventually(lambda: set(threading.enumerate()) <= threads)
    phones.door.store.close()


def places(socket) -> list[dict]:
    return [news["args"][0] for news in socket.get_received("/phone") if news["name"] == "place"]


def place(socket, **expected) -> dict:
    return eventually(lambda: next((news for news in places(socket) if expected.items() <= news.items()), None))


def test_a_phone_is_told_its_place_and_then_the_desk(phones):
    phones.door.ticket()
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    (first,) = places(socket)
    shown = {"number": "A002", "state": "waiting", "ahead": 1, "desk_name": None, "called_at": None}
    assert first == {"step": 2, "now": phones.hands.wall, **shown}
    phones.door.next()
    place(socket, ahead=0)
    phones.door.next("2")
    place(socket, state="called", ahead=None, desk_name="Desk 2", called_at=phones.hands.wall)


def test_only_those_whose_place_changed_are_told(phones):
    tax, housing = phones.door.ticket(), phones.door.ticket("housing")
    mine, other = phones.follow(tax.token), phones.follow(housing.token)
    phones.door.ticket("parking")
    phones.door.call(desk="3", visit=housing.id, by="test")
    place(other, state="called")
    phones.door.take("start", housing, "3")
    place(other, state="serving")
    assert len(places(mine)) <= 2  # on connecting, and once to begin with


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


def test_a_key_does_not_open_a_phone_and_a_phone_asks_nothing(phones):
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
