"""A kiosk with a machine of its own: the real keeper and server as processes, and a network between that fails."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests
import socketio

from tests.builders import eventually
from tests.fakes.network import Network
from tests.outside import Server
from tests.serving import ROOT, free_port

PATIENCE = 60  # seconds: a busy machine is slow, not wrong
KEEPER = {"numbers": 20, "most": 300, "answer_seconds": 1.5, "contact_seconds": 0.3}
# As `python -m kiosk.keeper`, on a machine whose clock is wrong by as many milliseconds as the file says, now.
WRONG_CLOCK = """
import runpy, sys, time
true, file = time.time_ns, sys.argv.pop(1)
time.time_ns = lambda: true() + int(open(file).read()) * 1_000_000
sys.argv[0] = "kiosk.keeper"
runpy.run_module("kiosk.keeper", run_name="__main__")
"""


class Machine:
    """A kiosk's own machine, with one page open; `touches` is what a person does there."""

    def __init__(self, folder: Path, server: Server, *, name: str = "Lobby kiosk"):
        self.data, self.server, self.port = folder / name.replace(" ", "-"), server, free_port()
        self.network = Network(server.port)
        self.key = server.keys.add(name=name, role="kiosk", kind="bearer", by="console")
        self.id = server.keys.holder(self.key, "bearer").id
        self.url, self.log, self.process, self._page = f"http://localhost:{self.port}", [], None, None
        self.clock = folder / f"{self.data.name}.clock"
        self.set_clock(0)
        self.data.mkdir(mode=0o700)
        (self.data / "key").write_text(self.key)

    def set_clock(self, wrong_by_ms: int) -> None:
        part = self.clock.with_suffix(".part")
        part.write_text(str(wrong_by_ms))
        part.replace(self.clock)

    def start(self) -> "Machine":
        command = [sys.executable, "-c", WRONG_CLOCK, self.clock, *self._arguments()]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()
        eventually(lambda: self.get("/kiosk/") == 200, seconds=PATIENCE)
        return self

    def stop(self, *, kill: bool = False) -> None:
        if self._page:
            threading.Thread(target=self._page.disconnect, daemon=True).start()
            self._page = None
        if self.process and self.process.poll() is None:
            self.process.kill() if kill else self.process.terminate()
            self.process.wait(20)

    def close(self) -> None:
        self.stop()
        self.network.close()

    def get(self, path: str) -> int | None:
        try:
            return requests.get(self.url + path, timeout=10).status_code
        except requests.RequestException:
            return None

    # -- the kiosk's page ---------------------------------------------------------------------------------------------

    @property
    def page(self) -> socketio.Client:
        """The socket of the one page that is open."""
        if self._page is None:
            self.heard = []
            self._page = socketio.Client(reconnection=False)
            self._page.on("*", lambda name, *data: self.heard.append((name, *data)), namespace="/kiosk")
            self._page.connect(self.url, namespaces=["/kiosk"], transports=["websocket"], wait_timeout=PATIENCE)
        return self._page

    def ask(self, question: str, **said) -> dict:
        return self.page.call(question, said, namespace="/kiosk", timeout=PATIENCE)

    def touches(self, service: str = "tax", *, showing: str | None = None, **said) -> dict:
        """The ticket for a touch; every touch is a showing of its own unless said."""
        answer = self.ask("issue", service=service, showing=showing or f"{time.monotonic_ns()}", **said)
        assert answer["ok"], answer
        return answer["ticket"]

    def newest(self) -> dict:
        """The picture that its page shows."""
        assert self.page
        return eventually(lambda: [data for name, *data in self.heard if name == "kiosk"], seconds=PATIENCE)[-1][0]

    def is_there(self) -> None:
        """Waits until its page shows what the server says."""
        eventually(lambda: "alone" not in self.newest(), seconds=PATIENCE)

    def is_alone(self) -> None:
        eventually(lambda: self.newest().get("alone"), seconds=PATIENCE)

    def has_told(self, count: int) -> None:
        """Waits until the server has so many visits altogether."""
        eventually(lambda: len(visits(self.server)) >= count, seconds=PATIENCE)
        self.is_there()

    def _arguments(self) -> list[str]:
        return ["--server", self.network.url, "--data", str(self.data), "--port", str(self.port)]

    def _read(self, stream) -> None:
        for line in stream:
            self.log.append(line)


def visits(server: Server) -> list:
    """Everyone who ever came, by arrival."""
    return server.door.store.visits_between(server.door.office, 0, 1 << 60)


@pytest.fixture
def make_server(tmp_path):
    made = []

    def make(**parts) -> Server:
        made.append(Server(tmp_path, keeper=KEEPER, **parts))
        return made[-1]

    yield make
    for server in made:
        server.close()


@pytest.fixture
def server(make_server):
    return make_server(waits={"tell": False})


@pytest.fixture
def machines(tmp_path, server):
    """Makes kiosks' machines, by name; they run."""
    made = []

    def make(wrong_by_ms: int = 0, *, name: str = "Lobby kiosk") -> Machine:
        made.append(Machine(tmp_path, server, name=name))
        made[-1].set_clock(wrong_by_ms)
        return made[-1].start()

    yield make
    for machine in made:
        machine.close()


@pytest.fixture
def machine(machines):
    """One that runs, with a page open that shows what the server says."""
    found = machines()
    found.is_there()
    return found
