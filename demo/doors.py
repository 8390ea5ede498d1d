"""The doors that a program has: the API and the sockets, with a bearer key.

A refusal is part of life: it is said on the console, and whoever asked goes on.
"""

import json
import threading
import urllib.error
import urllib.request

import socketio

OF_A_DESK = {
    "call_next": "next",
    "call": "call",
    "walk_in": "walk-in",
    "undo": "undo",
    "pause": "pause",
    "open": "open",
}


class Lobby:
    """What everybody shares: where the server is, how fast time goes, and when it is over.

    `asking_for_help` are the desks that have called for it and nobody has answered yet."""

    def __init__(self, base: str, speed: float, say=print):
        self.base, self.speed, self.say = base, speed, say
        self.over = threading.Event()
        self.asking_for_help: list[str] = []

    def wait(self, minutes: float) -> bool:
        """Lets minutes of the lobby's time go by; False when the demo is over."""
        return not self.over.wait(max(0.05, minutes * 60 / self.speed))


class Api:
    """JSON over HTTP. Returns the answer, or None where there is none or it was refused."""

    def __init__(self, lobby: Lobby, key: str):
        self._lobby, self._key = lobby, key

    def post(self, path: str, **body) -> dict | None:
        return self._ask(path, json.dumps(body).encode())

    def get(self, path: str) -> dict | None:
        return self._ask(path)

    def _ask(self, path: str, body: bytes | None = None) -> dict | None:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._lobby.base + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            self._lobby.say(f"  refused: {json.loads(refused.read() or b'{}').get('detail', refused)}")
        except OSError as error:
            self._lobby.say(f"  the server is away: {error}")
        return None


class Socket:
    """Questions over a face's namespace. `key` None: whoever asks there is let in."""

    def __init__(self, lobby: Lobby, namespace: str, key: str | None):
        self._lobby, self._namespace = lobby, namespace
        self._client = socketio.Client(reconnection=True)
        auth = {"key": key} if key else {}
        self._client.connect(
            lobby.base, namespaces=[namespace], auth=auth, transports=["websocket"], wait_timeout=10, retry=True
        )

    def ask(self, question: str, **payload) -> dict:
        try:
            answer = self._client.call(question, payload, namespace=self._namespace, timeout=5)
        except socketio.exceptions.SocketIOError as error:
            return {"ok": False, "message": f"the server is away: {error}"}
        if not answer.get("ok"):
            self._lobby.say(f"  refused: {answer.get('message')}")
        return answer


class DeskByApi:
    """A desk's questions, named as the front desk's methods are; each answers the visit it was about, or None."""

    def __init__(self, lobby: Lobby, key: str, desk: str):
        self.desk, self._api = desk, Api(lobby, key)

    def ask(self, question: str, *, visit: str | None = None, desk: str | None = None, **said) -> dict | None:
        if visit and question != "call":
            return self._api.post(f"/api/visits/{visit}/{question}", desk=self.desk, **said)
        whose = {"visit": visit} if visit else {}
        return self._api.post(f"/api/desks/{desk or self.desk}/{OF_A_DESK.get(question, question)}", **whose, **said)


class DeskBySocket:
    def __init__(self, lobby: Lobby, key: str, desk: str):
        self.desk, self._socket = desk, Socket(lobby, "/desk", key)

    def ask(self, question: str, *, desk: str | None = None, **said) -> dict | None:
        if "print" in said:
            said["print_slip"] = said.pop("print")
        return self._socket.ask(question, desk=desk or self.desk, **said).get("visit")
