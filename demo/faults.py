"""`make demo FAULTS=1`: the same lobby on a day when the printer, the network and the server each fail once.

The kiosk has a machine of its own (`kiosk/keeper.py`) and a printer that speaks the protocol; what lies between it and
the server can be cut. People come to the kiosk all the while, and in the end each number must be in the line, once.
"""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from demo.day import Day
from demo.doors import Lobby, Socket
from demo.office import Office, answers, wait_until
from reception.settings import CONFIG
from tests.fakes.network import Network
from tests.fakes.printer import FakePrinter

KIOSK = "Lobby kiosk"
QUIET = 12.0  # real seconds between one fault and the next
AT_LEAST, LASTS = 4, 20.0  # a fault lasts until so many have come to the kiosk, and so many real seconds
PATIENCE = 60.0  # real seconds in which the line must have caught up
EVERY = 3.0  # real seconds between one visitor and the next at the kiosk


def settings(folder: Path, printer: FakePrinter) -> Path:
    """The demo office's, with a printer at the kiosk's own machine."""
    at = f'host = "{printer.host}"\nport = {printer.port}\nat = "{KIOSK}"\n'
    more = f'\n[[printers]]\nkey = "lobby"\nname = "Lobby"\nplace = "by the door"\nkind = "network"\n{at}'
    path = folder / "office.toml"
    text = (CONFIG / "demo.toml").read_text("utf-8")
    path.write_text(text + more, "utf-8")
    return path


class Kiosk:
    """The kiosk's own machine, and those who come to it. `given` are the numbers they were shown, in order."""

    def __init__(self, folder: Path, office: Office, key: str, port: int):
        self.network = Network(office.port)
        self.url, self.given = f"http://localhost:{port}", []
        command = [sys.executable, "-m", "kiosk.keeper"]
        where = {"RECEPTION_KEEPER_DATA": str(folder / "kiosk"), "RECEPTION_KEEPER_PORT": str(port)}
        env = os.environ | where | {"RECEPTION_SERVER": self.network.url}
        subprocess.run([*command, "--new-key"], input=key, env=env, text=True, check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: answers(f"{self.url}/kiosk/"))  # it has heard from the server once

    def visitors(self, lobby: Lobby, day: Day) -> None:
        """One after another touches a service, and reads a number."""
        quiet = Lobby(self.url, lobby.speed, say=lambda words: None)
        socket = Socket(quiet, "/kiosk", None)
        while not lobby.over.wait(EVERY):
            answer = socket.ask("issue", service=day.service(), showing=uuid.uuid4().hex)
            if answer.get("ok"):
                self.given.append(answer["ticket"]["number"])

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.network.close()


class Faults:
    """The three faults, one after the other; `ok` once they are over, says whether the lobby never stopped."""

    def __init__(
        self, lobby: Lobby, kiosk: Kiosk, printer: FakePrinter, office: Office, numbers: Callable[[], list[str]]
    ):
        self.lobby, self.kiosk, self.numbers = lobby, kiosk, numbers
        self.ok = None
        self.faults = [
            (
                "The printer is out of paper",
                self._printer(printer, "out"),
                "A new roll is in",
                self._printer(printer, None),
            ),
            ("The network to the kiosk is cut", self._net("cut"), "The network is back", self._net("passes")),
            ("The server is killed", office.kill, "The server is started again", office.start),
        ]

    def play(self) -> None:
        held = [self._play(*fault) for fault in self.faults]
        if not self.lobby.over.is_set():
            self.ok = all(held)
            verdict = "The lobby never stopped." if self.ok else "SOMEBODY WAS LOST, OR WAITED FOR A NUMBER."
            self.lobby.say(f"\n{verdict} {len(self.kiosk.given)} numbers at the kiosk, each once in the line.\n")

    def _play(self, wrong: str, fails: Callable, right: str, mends: Callable) -> bool:
        if self.lobby.over.wait(QUIET):
            return False
        before, until = len(self.kiosk.given), time.monotonic() + LASTS
        self.lobby.say(f"\n{wrong}.")
        fails()
        while time.monotonic() < until or len(self.kiosk.given) < before + AT_LEAST:
            if self.lobby.over.wait(0.5) or time.monotonic() > until + PATIENCE:
                break
        given = self.kiosk.given[before:]
        self.lobby.say(f"  Meanwhile the kiosk gave {len(given)} numbers: {', '.join(given)}.")
        mends()
        self.lobby.say(f"{right}.")
        return len(given) >= AT_LEAST and self._all_in_line(given)

    def _all_in_line(self, given: list[str]) -> bool:
        until = time.monotonic() + PATIENCE
        while not self.lobby.over.wait(0.5) and time.monotonic() < until:
            known = self.numbers()
            if set(given) <= set(known):
                self.lobby.say("  All of them are in the line, once each, at the time they came.")
                return len(known) == len(set(known))
        return False

    def _printer(self, printer: FakePrinter, fault: str | None) -> Callable:
        return lambda: setattr(printer, "fault", fault)

    def _net(self, state: str) -> Callable:
        return lambda: self.kiosk.network.is_(state)
