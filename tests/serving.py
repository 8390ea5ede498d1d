"""The real server, started as its own process on a free port with an empty folder, for tests that use it from outside.

`Served` stands for one server; `Office` in TOML is what differs from config/default.toml. Nothing here sleeps blindly:
it asks until the answer is there.
"""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.settings import load
from reception.store import Store

ROOT = Path(__file__).parents[1]
READY_WITHIN = 30  # seconds: a busy machine with one test's browsers still running

HOURS = "[hours]\n" + "".join(
    f'{day} = ["00:00-00:00"]\n'
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
CLOSED = "[hours]\nmonday = []\ntuesday = []\nwednesday = []\nthursday = []\nfriday = []\n"
HEAD = '[office]\nkey = "town"\nname = "Fernleigh Council"\nhelp = "Please ask at the welcome desk."\n'
TAIL = "[server]\nsecure_cookies = false\n"


class Served:
    """A server that answers. `office` is TOML (None: the demo office, whose printed links are in `links`).

    `enter(context, role)` lets a Playwright context in as a screen or person; `door` is the same front desk from this
    process, on the same database.
    """

    def __init__(self, folder: Path, office: str | None = None, *, port: int | None = None):
        self.data, self.port = folder / "data", port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.office = folder / "office.toml" if office else None
        if office:
            self.office.write_text(office, "utf-8")
        self._env = os.environ | {"RECEPTION_PORT": str(self.port), "RECEPTION_DATA": str(self.data)}
        self._env.pop("RECEPTION_OFFICE", None)
        if office:
            self._env["RECEPTION_OFFICE"] = str(self.office)
        self.log: list[str] = []
        self._door = None
        self.start()

    def start(self) -> None:
        """Starts the server (again, on the same port and data) and waits until it answers."""
        demo = [] if self.office else ["--demo"]
        self.process = subprocess.Popen(
            [sys.executable, "server.py", *demo],
            cwd=ROOT,
            env=self._env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()
        self._until_ready()

    def stop(self, *, kill: bool = False) -> None:
        if self.process.poll() is None:
            self.process.kill() if kill else self.process.terminate()
        self.process.wait(20)

    @contextmanager
    def frozen(self):
        """Its process stands still for so long: between two changes, lest the database is locked for others as well."""
        with closing(sqlite3.connect(self.data / "reception.db", isolation_level=None, timeout=READY_WITHIN)) as held:
            held.execute("BEGIN IMMEDIATE")
            self.process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)
            held.execute("ROLLBACK")
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        if self._door:
            self._door.store.close()

    @property
    def links(self) -> dict[str, str]:
        """The demo's one-time links as printed: "Kiosk", "Board", "Desk", "Manager"."""
        found = re.findall(r"^\s+(\w+)\s+(http\S+/enter/\S+)$", "".join(self.log), re.MULTILINE)
        return {what: link.replace("localhost", "127.0.0.1") for what, link in found}

    @property
    def door(self) -> FrontDesk:
        if self._door is None:
            settings = load(self.office or ROOT / "config/demo.toml", env=self._env)
            self._door = FrontDesk(settings, Store(self.data / "reception.db"))
        return self._door

    def key(self, role: str, kind: str = "bearer") -> str:
        """A fresh key's secret."""
        return Keys(self.door).add(name=f"{role} of a test", role=role, kind=kind, by="system")

    def enter(self, context, role: str, given: str | None = None) -> None:
        """Gives a Playwright browser context the cookie of a paired screen or a signed-in person (a fresh one, unless
        `given` is their key)."""
        face = {"kiosk": "kiosk", "display": "display", "receptionist": "desk"}.get(role, "manage")
        secure = self.door.settings.server.secure_cookies
        name = f"__Host-reception-{face}" if secure else f"reception-{face}"
        context.add_cookies([{"name": name, "value": given or self.key(role, "browser"), "url": self.url}])

    def typed(self, *words: str | Path) -> str:
        """What the `reception` command answers, beside the running server."""
        office = ["--office", str(self.office or ROOT / "config/demo.toml")]
        command = [sys.executable, "-m", "reception.cli", *office, *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=self._env, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout

    def _until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while True:
            if self.process.poll() is not None:
                raise AssertionError("The server did not start:\n" + "".join(self.log))
            try:
                urllib.request.urlopen(f"{self.url}/static/ticket.svg", timeout=5).read()
                if self.office or len(self.links) == 4:
                    return
            except OSError:
                pass
            if time.monotonic() > deadline:
                raise AssertionError("The server did not answer in time:\n" + "".join(self.log))
            time.sleep(0.03)

    def _read(self, stream) -> None:
        for line in stream:
            self.log.append(line)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
