"""Phones that follow their visits by socket, beside their office's door; and what each was told."""

from phone.live import Phone
from phone.pages import blueprint
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import eventually, office, open_door

TEAM = {"key": "tax", "name": "Council Tax team", "role": "Council Tax officer", "phone": "01632 960 101", "days": 3}
ADVICE = {"key": "advice", "name": "Citizens Advice", "phone": "0800 000 0001", "checked": "2026-02-12"}
OWN = {"Desk 1": "Desg 1", "Council Tax officer": "Swyddog Treth Gyngor"}


class Phones:
    def __init__(self, folder, hands):
        rooms = [{"key": "one", "name": "Interview room 1"}]
        welsh = {"offered": ["en", "cy"], "reviewed": ["en"]}
        parts = {"rooms": rooms, "teams": [TEAM], "signposts": [ADVICE], "catalogues": welsh, "texts": {"cy": OWN}}
        settings = office(server={"data": folder}, **parts)
        self.hands = hands
        self.door = open_door(folder / "reception.db", hands, settings)
        self.keys = Keys(self.door)
        wired = Parts(settings, self.door.store, self.door, self.keys, Guesses(settings))
        self.app, self.socketio = create_app(wired, [(blueprint, Phone)])
        self.face, self.sockets = wired.faces["/phone"], []

    def follow(self, given: str, **auth):
        socket = self.socketio.test_client(self.app, namespace="/phone", auth={"token": given, **auth})
        self.sockets.append(socket)
        return socket

    def finished(self, **ended):
        """A visit that has ended, with what came of it."""
        visit = self.door.ticket()
        self.door.next()
        return self.door.finish(visit=visit.id, by="person:1", desk="1", **ended)

    def get(self, given: str):
        return self.app.test_client().get(f"/t/{given}")


def places(socket) -> list[dict]:
    return [news["args"][0] for news in socket.get_received("/phone") if news["name"] == "place"]


def place(socket, **expected) -> dict:
    return eventually(lambda: next((news for news in places(socket) if expected.items() <= news.items()), None))
