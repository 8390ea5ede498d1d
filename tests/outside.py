"""How tests ask the real server from outside: over HTTP with a key, as a browser with cookies, and by a socket.

Pages that need a real browser are tested in one; here cookies, headers and refusals are what matters.
"""

import json
import re
import threading
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import requests
import socketio

from reception.keys import Keys
from tests.builders import ALWAYS, DESKS, SERVICES, eventually
from tests.serving import Served

PATIENCE = 30  # seconds for an answer of a busy machine


class Server(Served):
    """An office's server; settings are given as to `tests.builders.office`: tables by name, over default.toml.

    `door` and `keys` are another process's on the same database, as the `reception` command is.
    """

    def __init__(self, folder: Path, *, port: int | None = None, **parts):
        own = {"secure_cookies": False} | parts.pop("server", {})
        super().__init__(
            folder, _toml({"hours": ALWAYS, "services": SERVICES, "desks": DESKS, **parts, "server": own}), port=port
        )
        self._screens: list[Screen] = []

    def close(self) -> None:
        for screen in self._screens:
            screen.leave()
        super().close()

    @cached_property
    def keys(self) -> Keys:
        return Keys(self.door)

    def key(self, role: str, kind: str = "bearer", *, lasts_ms: int | None = None) -> str:
        return self.keys.add(name=f"{role} of a test", role=role, kind=kind, by="console", lasts_ms=lasts_ms)

    def revoke(self, given: str) -> None:
        """As `reception key revoke` does, in another process than the server's."""
        self.keys.revoke(self.keys.holder(given, "bearer", "browser").id, by="console")

    def ask(self, method: str, path: str, key: str | None = None, *, headers=None, **sent) -> requests.Response:
        """One request on a connection of its own; `json=` or `data=` is the body."""
        headers = {**({"Authorization": f"Bearer {key}"} if key else {}), **(headers or {})}
        return requests.request(
            method, self.url + path, headers=headers, timeout=PATIENCE, allow_redirects=False, **sent
        )

    def screen(self, face: str, *, key=None, headers=None, origin=None, transport: str = "websocket") -> "Screen":
        """A connection to a face's namespace; raises socketio.exceptions.ConnectionError when it is refused.

        `origin` is the site whose page opens it; None for a program, which sends none.
        """
        screen = Screen(f"/{face}", origin)
        self._screens.append(screen)
        headers = {**(headers or {}), **({"Origin": origin} if origin and transport == "polling" else {})}
        screen.client.connect(
            self.url,
            namespaces=[screen.namespace],
            auth=None if key is None else {"key": key},
            headers=headers,
            transports=[transport],
            wait=False,
        )
        eventually(lambda: screen.connected or screen.refused is not None, seconds=PATIENCE)
        if screen.refused is not None:
            screen.leave()
            raise socketio.exceptions.ConnectionError(screen.refused)
        return screen

    def clear(self) -> None:
        """Sends everybody away and closes the desks, so that a test starts with an empty room."""
        room = self.door.look()[1]
        for visit in room.visits.values():
            self.door.step("cancel", visit=visit.id, by="test")
        for desk in room.desks:
            self.door.set_desk(desk=desk, state="closed", by="test")


class Screen:
    """A Socket.IO client of one namespace that keeps what it hears: `heard` is a list of (name, payload)."""

    def __init__(self, namespace: str, origin: str | None = None):
        self.namespace, self.heard, self.refused = namespace, [], None
        options = {"origin": origin} if origin else {"suppress_origin": True}
        self.client = socketio.Client(reconnection=False, websocket_extra_options=options)
        self.client.on("*", lambda name, *data: self.heard.append((name, *data)), namespace=namespace)
        self.client.on("connect_error", self._refuse, namespace=namespace)

    def leave(self) -> None:
        """Goes without waiting for the farewell, which a refused connection gets none of."""
        threading.Thread(target=self.client.disconnect, daemon=True).start()

    def _refuse(self, why=None) -> None:
        self.refused = str(why)

    @property
    def connected(self) -> bool:
        return self.namespace in self.client.namespaces

    def ask(self, question: str, payload=None) -> dict:
        return self.client.call(
            question, {} if payload is None else payload, namespace=self.namespace, timeout=PATIENCE
        )

    def of(self, name: str) -> list:
        return [data[0] for told, *data in self.heard if told == name]


class Browser(requests.Session):
    """A browser without a screen: it keeps cookies, sends a page's form as it stands, and follows no redirect."""

    def __init__(self, server: Server):
        super().__init__()
        self.server = server

    def request(self, method, path, **sent):
        sent["allow_redirects"] = False
        path = path.removeprefix(self.server.url)
        return super().request(method, self.server.url + path, timeout=PATIENCE, **sent)

    def submit(self, path: str, fields: dict | None = None, *, to: str | None = None, **sent) -> requests.Response:
        """Loads the page at `path` and sends its form with `fields`, to the same address unless `to` is given."""
        page = self.get(path, **sent)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        assert found, f"{path}: no form there ({page.status_code})\n{page.text}"
        return self.post(to or path, data={"csrf_token": found[1], **(fields or {})}, **sent)


def zone_where_it_is(hour: int) -> str:
    """A time zone in which it is that hour now: an office far from midnight, whenever the tests are run."""
    return f"Etc/GMT{datetime.now(UTC).hour - hour:+d}"


def _toml(tables: dict) -> str:
    """Settings as a file: tables of plain values, and lists of such tables."""
    lines = []
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            lines.append(f"[[{name}]]" if isinstance(table, list) else f"[{name}]")
            lines += [f"{key} = {_value(value)}" for key, value in one.items()]
    return "\n".join(lines) + "\n"


def _value(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(inner)}" for key, inner in value.items()) + "}"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
