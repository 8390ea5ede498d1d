"""The people of the living lobby. Each does what a person does, through a door a person or a program really has: the
kiosk's and a desk's pages in Chromium, the sockets, and the API.

A refusal is part of life: it is said on the console and they go on.
"""

import json
import threading
import urllib.error
import urllib.request

import socketio

from demo.day import Day


class Lobby:
    """What everybody shares: where the server is, how fast time goes, and when it is over."""

    def __init__(self, base: str, speed: float, say=print):
        self.base, self.speed, self.say = base, speed, say
        self.over = threading.Event()

    def wait(self, minutes: float) -> bool:
        """Lets minutes of the lobby's time go by; False when the demo is over."""
        return not self.over.wait(max(0.05, minutes * 60 / self.speed))


class Api:
    """JSON over HTTP with a bearer key. Returns the answer, or None where there is none or it was refused."""

    def __init__(self, lobby: Lobby, key: str):
        self._lobby, self._key = lobby, key

    def post(self, path: str, **body) -> dict | None:
        request = urllib.request.Request(
            self._lobby.base + path,
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            self._lobby.say(f"  refused: {json.loads(refused.read() or b'{}').get('detail', refused)}")
        except OSError as error:
            self._lobby.say(f"  the server is away: {error}")
        return None


class Socket:
    """Questions over a face's namespace, with a bearer key."""

    def __init__(self, lobby: Lobby, namespace: str, key: str):
        self._lobby, self._namespace = lobby, namespace
        self._client = socketio.Client(reconnection=True)
        self._client.connect(
            lobby.base, namespaces=[namespace], auth={"key": key}, transports=["websocket"], wait_timeout=10
        )

    def ask(self, question: str, **payload) -> dict:
        try:
            answer = self._client.call(question, payload, namespace=self._namespace, timeout=5)
        except socketio.exceptions.SocketIOError as error:
            return {"ok": False, "message": f"the server is away: {error}"}
        if not answer.get("ok"):
            self._lobby.say(f"  refused: {answer.get('message')}")
        return answer

    def close(self) -> None:
        self._client.disconnect()


def visitors(lobby: Lobby, day: Day, take) -> None:
    """People come one after another; `take(service)` gives each a ticket."""
    while lobby.wait(day.until_next_visitor()):
        take(day.service())


class Receptionist:
    """Calls, waits for the walk, helps, and calls again. Subclasses say through which door."""

    def __init__(self, lobby: Lobby, day: Day, desk: str):
        self.lobby, self.day, self.desk = lobby, day, desk

    def work(self) -> None:
        while self.lobby.wait(self.day.pause()):
            visit = self.call_next()
            if not visit:
                continue
            if self.day.slips():
                self.undo()
                continue
            self.lobby.wait(self.day.walk())
            if not self.day.is_here():
                self.step("recall", visit)
                self.lobby.wait(self.day.walk())
                self.step("not_here", visit)
                continue
            self.step("start", visit)
            self.lobby.wait(self.day.helping(visit["service"]))
            self.step("finish", visit)


class ByApi(Receptionist):
    def __init__(self, lobby, day, desk, key):
        super().__init__(lobby, day, desk)
        self._api = Api(lobby, key)

    def call_next(self):
        return self._api.post(f"/api/desks/{self.desk}/next")

    def step(self, name, visit):
        self._api.post(f"/api/visits/{visit['id']}/{name}")

    def undo(self):
        self._api.post(f"/api/desks/{self.desk}/undo")


class BySocket(Receptionist):
    def __init__(self, lobby, day, desk, key):
        super().__init__(lobby, day, desk)
        self._socket = Socket(lobby, "/desk", key)

    def call_next(self):
        return self._socket.ask("call_next", desk=self.desk).get("visit")

    def step(self, name, visit):
        self._socket.ask(name, desk=self.desk, visit=visit["id"])

    def undo(self):
        self._socket.ask("undo", desk=self.desk)
