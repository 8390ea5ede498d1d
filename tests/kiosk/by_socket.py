"""A kiosk's socket without a screen: what it asks, and what it has heard."""

import threading
from datetime import timedelta

from kiosk.live import Kiosk
from kiosk.pages import blueprint
from reception.appointments.booked import Booked
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Counter, Hands, eventually, office, open_door


class Lobbies:
    """Makes a door, a kiosk's connected socket and the face itself, for an office's settings."""

    def __init__(self, folder):
        self.folder, self.doors, self.sockets = folder, [], []
        self.threads = set(threading.enumerate())

    def __call__(self, hands: Hands, **parts):
        settings = office(server={"data": self.folder}, **parts)
        door = open_door(self.folder / "reception.db", hands, settings)
        self.doors.append(door)
        wired = Parts(settings, door.store, door, Keys(door), Guesses(settings))
        create_app(wired, [(blueprint, Kiosk)])
        face = wired.faces["/kiosk"]
        return door, self.kiosk(face), face

    def kiosk(self, face):
        """One more kiosk of the same office."""
        key = face.parts.keys.add(name="kiosk", role="kiosk", kind="bearer", by="test")
        socket = face.socketio.test_client(face.app, namespace="/kiosk", auth={"key": key})
        self.sockets.append(socket)
        return socket

    def close(self) -> None:
        for socket in self.sockets:
            socket.disconnect(namespace="/kiosk")
        eventually(lambda: set(threading.enumerate()) <= self.threads)
        for door in self.doors:
            door.store.close()


def ask(socket, question: str, **payload) -> dict:
    return socket.emit(question, payload, namespace="/kiosk", callback=True)


def heard(socket, name: str) -> list[dict]:
    return [news["args"][0] for news in socket.get_received("/kiosk") if news["name"] == name]


def picture(socket, true=lambda picture: True) -> dict:
    return eventually(lambda: next(filter(true, heard(socket, "kiosk")), None))


def booked(door: Counter, minutes: float, reference: str = "TX-1", **said) -> int:
    """An appointment so many minutes from now; returns its instant."""
    at = door.now() + round(timedelta(minutes=minutes) / timedelta(milliseconds=1))
    known = {"service": "tax", "name": "Ann Other", "postcode": "AB1 2CD", "needs": ()} | said
    one = Booked(reference, known["service"], at, 20, known["name"], known["postcode"], known["needs"], False, 1)
    door.take_in([one], by="key:1", source="test")
    return at
