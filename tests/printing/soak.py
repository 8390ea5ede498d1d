"""A lobby in virtual time: real front desk, store, link, workers, drivers; two failing printers, people in a hurry."""

import random
from dataclasses import dataclass, field

from reception.clock import Clock
from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.printing.job import Job
from reception.printing.jobs import Worker
from reception.printing.link import Printers
from reception.refusals import Refusal
from reception.store import Store
from reception.visit import ENDED
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import office
from tests.fakes.machine import FAULTS, Machine, Numbered, WirePrinter
from tests.fakes.virtual_time import Pause, VirtualTime

APART = 1.2  # seconds between two people, on average
STAYS = 100.0  # seconds, longer than any slip waits
PRINTERS = [
    {"key": "lobby", "kind": "network", "host": "lobby", "backup": "desk", "confirm": "job_id"},
    {"key": "desk", "kind": "network", "host": "desk", "confirm": "status"},
]


class Wired(Printers):
    """The server's end of the printers, with workers in the place of their process."""

    def __init__(self, parts, lobby: "Lobby"):
        super().__init__(parts)
        self.lobby = lobby

    def _say(self, message: dict) -> None:
        self.lobby.pauses[message["wake"]].set()


class Jobs:
    """What a worker asks of the server, asked at once."""

    def __init__(self, link: Wired):
        self.link, self.store = link, link.parts.store

    def next_print_job(self, printer: str) -> Job | None:
        row = self.store.next_print_job(self.link.office, printer)
        return Job(**row) if row else None

    def print_job_started(self, job: Job, at: int, mm: int) -> bool:
        return self._ask("print_job_started", job.id, job.printer, at, mm)

    def print_job_ended(self, job: Job, state: str, cause: str | None, at: int) -> None:
        self._ask("print_job_ended", job.id, job.printer, state, cause, at)

    def hand_over(self, job: Job) -> str | None:
        return self._ask("hand_over", job.id, job.printer)

    def _ask(self, method: str, *arguments):
        return self.link.of_keeper(method, *arguments)["value"]


@dataclass
class Lobby:
    """`told` is every event as (second, event); `late` the tickets that took any time to be given."""

    folder: object
    seed: int
    people: int
    told: list = field(default_factory=list)
    late: list = field(default_factory=list)
    pressed: int = 0  # reprints that somebody wanted and got

    def __post_init__(self):
        self.random, self.time = random.Random(self.seed), VirtualTime()
        settings = office(printers=PRINTERS, server={"data": self.folder})
        self.store = Store(self.folder / "reception.db")
        self.store.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug of this machine
        clock = Clock(wall=self.time.wall_ms, monotonic=lambda: round(self.time.now * 1000))
        self.door = FrontDesk(settings, self.store, clock=clock)
        self.link = Wired(Parts(settings, self.store, self.door, Keys(self.door), Guesses(settings)), self)
        self.door.listeners.append(self.link.wake)
        self.link.listeners.append(lambda event: self.told.append((self.time.now, event)))
        self.lasts = self.people * APART
        self.numbers: dict[str, int] = {}  # print job -> its number on paper
        self.happened = {part["key"]: self._faults() for part in PRINTERS}
        self.machines = {
            key: Machine(self.time, list(faults), remembers=self.random.random() < 0.5)
            for key, faults in self.happened.items()
        }
        self.pauses = {key: Pause(self.time) for key in self.machines}

    def _faults(self) -> list[tuple[float, str | None]]:
        """One after the other, with time between them in which all is well."""
        at, found = 0.0, []
        while (at := at + self.random.uniform(5, 60)) < self.lasts:
            found.append((at, self.random.choice(FAULTS)))
            at += self.random.choice((0.3, 2, 8, 20, 90)) * self.random.uniform(0.5, 1.5)
            found.append((at, None))
        return found

    def plays(self) -> None:
        settings = self.door.settings
        for part in settings.printers:
            printer = WirePrinter(
                self.machines[part.key], confirm=part.confirm, timeout=settings.printing.timeout_seconds
            )
            worker = Worker(
                part.key, printer, Jobs(self.link), render=self._slip, tell=self.link.heard, dots=384,
                stale_seconds=settings.printing.stale_seconds, ask_seconds=settings.printing.ask_seconds,
                backup_seconds=settings.printing.backup_seconds if part.backup else None,
                clock=self.time.wall_ms, monotonic=self.time.monotonic,
            )  # fmt: skip
            self.time.start(lambda worker=worker: self._works(worker))
        self.time.start(self._people)
        self.time.run(self.lasts + 2 * STAYS)

    def _works(self, worker: Worker) -> None:
        pause = self.pauses[worker.key]
        while True:
            pause.clear()
            pause.wait(worker.turn())

    def _slip(self, job: Job) -> Numbered | None:
        visit = self.store.visit(self.door.office, job.visit)
        return Numbered(self.numbers.setdefault(job.id, len(self.numbers))) if visit.state not in ENDED else None

    def _people(self) -> None:
        for _ in range(self.people):
            self.time.start(self._person)
            self.time.sleep(self.random.expovariate(1 / APART))

    def _person(self) -> None:
        came = self.time.now
        visit = self.door.issue(service="housing", by="screen:lobby", printer="lobby").visit
        if self.time.now != came:
            self.late.append(visit.number)
        self.time.sleep(self.random.uniform(4, 12))
        last = self.store.last_slip(visit.id)
        if last["state"] == "unconfirmed":
            missing = self.numbers[last["id"]] not in self.machines[last["printer"]].paper
            self.door.slip_came(visit=visit.id, came=not missing, by="screen:lobby")
            if missing:
                self._again(visit.id, "lobby", visitors_choice=True)
        elif self.random.random() < 0.05:
            self._again(visit.id, self.random.choice(("lobby", "desk")))
        self.time.sleep(STAYS)
        self.door.step("leave", visit=visit.id, by="person:1")

    def _again(self, visit: str, printer: str, **how) -> None:
        try:
            self.door.reprint(visit=visit, by="person:1", printer=printer, **how)
            self.pressed += 1
        except Refusal as refusal:
            assert refusal.key in ("slip_is_printing", "reprint_by_staff")
