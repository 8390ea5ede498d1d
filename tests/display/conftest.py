"""A real server and its board in a real browser; the desk is this process: a door on the same database."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reception.clock import Clock
from reception.keys import Keys
from reception.settings import load
from reception.store import Store
from tests.builders import Counter, eventually

ROOT = Path(__file__).parents[2]
OFFICE = """
[server]
port = {port}
data = {data}
secure_cookies = false
[office]
name = "Civic Centre"
[board]
keep_seconds = {keep_seconds}
[hours]
""" + "\n".join(
    f'{day} = ["00:00-00:00"]' for day in "monday tuesday wednesday thursday friday saturday sunday".split()
)
SERVICE = '\n[[services]]\nkey = "{key}"\nname = "{name}"\nletter = "{letter}"\n'
DESK = '\n[[desks]]\nkey = "{key}"\nname = "{name}"\n'
DESKS = ("Desk 1", "Desk 2", "Desk 3", "Housing and homelessness interview room 4")


@dataclass
class Office:
    """A server of its own on a port of its own. `door` acts for its receptionists."""

    folder: Path
    keep_seconds: float = 15
    process: subprocess.Popen | None = None
    door: Counter = field(init=False)

    def __post_init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://localhost:{free.getsockname()[1]}"
        port = self.url.rsplit(":")[-1]
        text = OFFICE.format(port=port, data=f'"{self.folder}"', keep_seconds=self.keep_seconds)
        text += SERVICE.format(key="tax", name="Council Tax", letter="A")
        text += "".join(DESK.format(key=key, name=name) for key, name in enumerate(DESKS, 1))
        (self.folder / "office.toml").write_text(text)
        self.start()
        settings = load(self.folder / "office.toml")
        self.door = Counter(settings, Store(self.folder / "reception.db"), clock=Clock())

    def start(self) -> None:
        hidden = {"RECEPTION_PORT", "RECEPTION_DATA", "RECEPTION_HOST", "RECEPTION_OFFICE"}
        clean = {name: value for name, value in os.environ.items() if name not in hidden}
        command = [sys.executable, "server.py", "--office", self.folder / "office.toml"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=clean, stdout=subprocess.DEVNULL)
        eventually(self._answers, seconds=30)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        self.process.wait(20)

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server ended by itself"
        try:
            return urllib.request.urlopen(f"{self.url}/sign-in", timeout=2).status == 200
        except OSError:
            return False

    def link(self, role: str = "display") -> str:
        """A one-time link that makes a browser a screen."""
        return (
            f"{self.url}/enter/{Keys(self.door).add(name='Lobby', role=role, kind='link', by='test', lasts_ms=60_000)}"
        )

    def call(self, desk: str = "1") -> str:
        """Somebody arrives and is called; their number."""
        self.door.ticket()
        return self.door.next(desk).number


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.stop()
    office.door.store.close()


@pytest.fixture
def quick_office(tmp_path):
    """One whose calls stay large for two seconds only."""
    office = Office(tmp_path, keep_seconds=2)
    yield office
    office.stop()
    office.door.store.close()


@pytest.fixture
def board(page):
    """Opens an office's board; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size({"width": 1920, "height": 1080})

    def open_board(office: Office):
        page.goto(office.link())
        page.wait_for_url(re.compile("/display"))
        page.locator("html[data-server=here]").wait_for()
        return page

    yield open_board
    assert wrong == []
