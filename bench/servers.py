"""Starts the bare server and Reception's own, each a process with data of its own, and reads what they weigh.

Reception runs as an office would run it: `server.py`, a settings file, bearer keys from its own key table.
"""

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from reception.running import parts_for
from reception.settings import load
from reception.writer import Writer

ROOT = Path(__file__).resolve().parent.parent
DESKS = [str(number) for number in range(1, 9)]
SERVICES = ("council-tax", "benefits", "housing", "parking", "other")
PASSWORD = "four words are better"
OFFICE = """
{printers}
[office]
key = "bench"
name = "Bench"
timezone = "{timezone}"
[hours]
{hours}
[server]
port = {port}
data = "{data}"
secure_cookies = false
log_level = "WARNING"
"""
NETWORK = 'printers = [{{ key = "lobby", name = "Lobby", kind = "network", host = "{host}", port = {port} }}]'
WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()


@dataclass
class Server:
    """A running server. `ready_seconds` is from starting the process to its first answer."""

    name: str
    folder: Path
    port: int = field(default_factory=lambda: free_port())  # noqa: PLW0108  it stands below
    process: psutil.Popen | None = None
    ready_seconds: float = 0.0

    def command(self) -> list[str]:
        return [sys.executable, "-m", "bench.bare", str(self.folder), str(self.port)]

    def start(self) -> "Server":
        hidden = ("RECEPTION_PORT", "RECEPTION_DATA", "RECEPTION_HOST", "RECEPTION_OFFICE")
        clean = {name: value for name, value in os.environ.items() if name not in hidden}
        began = time.perf_counter()
        self.process = psutil.Popen(self.command(), cwd=ROOT, env=clean, stdout=subprocess.DEVNULL)
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > 30:
                raise SystemExit(f"The {self.name} server did not start.")
            time.sleep(0.01)
        self.ready_seconds = time.perf_counter() - began
        return self

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(psutil.TimeoutExpired):
                self.process.wait(10)
            if self.process.poll() is None:
                self.process.kill()

    def _answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5).status == 200
        except OSError:
            return False

    def pss_mb(self) -> float:
        """Proportional memory of the server and of every process it started."""
        total = 0
        for process in (self.process, *self.process.children(recursive=True)):
            with contextlib.suppress(OSError):
                rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
                total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024


@dataclass
class Reception(Server):
    """The real one. `keys` holds a bearer key for each role; `cookies` a browser's secret for each face."""

    printer: tuple[str, int] | None = None
    timezone: str = "Europe/London"
    desks: dict[str, str] = field(default_factory=dict)  # what else the settings say of a desk
    keys: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def toml(self) -> Path:
        return self.folder / "office.toml"

    @property
    def database(self) -> Path:
        return self.folder / "reception.db"

    def command(self) -> list[str]:
        return [sys.executable, "server.py", "--office", str(self.toml)]

    def prepare(self) -> "Reception":
        """Writes the office's settings, and makes its database, keys and one account."""
        self.settle()
        return self.let_in()

    def settle(self) -> None:
        """Writes the settings."""
        self.folder.mkdir()
        host, port = self.printer or ("", 0)
        text = OFFICE.format(
            printers=NETWORK.format(host=host, port=port) if self.printer else "printers = []",
            hours="\n".join(f'{day} = ["00:00-00:00"]' for day in WEEK),
            port=self.port,
            data=self.folder,
            timezone=self.timezone,
        )
        for letter, key in zip("ABCDE", SERVICES, strict=True):
            text += f'[[services]]\nkey = "{key}"\nname = "{key}"\nletter = "{letter}"\n'
        for key in DESKS:
            text += f'[[desks]]\nkey = "{key}"\nname = "Desk {key}"\n{self.desks.get(key, "")}\n'
        self.toml.write_text(text)

    def let_in(self) -> "Reception":
        """Makes the keys and the account, and the database if there is none."""
        parts = parts_for(load(self.toml, env={}), writer=Writer)
        for role in ("kiosk", "desk", "display", "manager"):
            self.keys[role] = parts.keys.add(name=role, role=role, kind="bearer", by="bench")
        for role in ("kiosk", "display"):
            self.cookies[role] = parts.keys.add(name=role, role=role, kind="browser", by="bench")
        person = parts.keys.add_person(name="Sam", sign_in="sam", role="manager", by="bench")
        from reception.passwords import hasher

        parts.keys.set_password(person, hasher().hash(PASSWORD))
        manage = {"role": "manager", "kind": "browser", "person": person}
        self.cookies["manage"] = parts.keys.add(name="Sam's browser", by="bench", **manage)
        parts.store.close()
        return self

    def rows(self, sql: str) -> list[tuple]:
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(sql).fetchall()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class OtherLoad:
    """How many cores everything but the bench and its servers kept busy, over a `with` block and in all."""

    def __init__(self):
        self._mine = psutil.Process()
        self._seen: dict[int, float] = {}
        self._start = self._busy(), self._own(), time.perf_counter()

    def cores(self) -> float:
        busy, own, at = self._start
        elapsed = time.perf_counter() - at
        return max(0.0, (self._busy() - busy - (self._own() - own)) / elapsed)

    def restart(self) -> None:
        self._start = self._busy(), self._own(), time.perf_counter()

    def _busy(self) -> float:
        times = psutil.cpu_times()
        return times.user + times.nice + times.system + times.irq + times.softirq + times.steal

    def _own(self) -> float:
        """Processor time of this process and all it started, those that ended included as last seen."""
        for process in (self._mine, *self._mine.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                self._seen[process.pid] = times.user + times.system
        return sum(self._seen.values())
