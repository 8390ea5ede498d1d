"""Small builders for tests: an office's settings, a clock whose hands one sets, a door on a real database, a visit.

Nothing here pretends: the settings go through the model, the database is a file, only the time is ours.
"""

import threading
import time
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from reception.clock import Clock
from reception.frontdesk import FrontDesk
from reception.hours import WEEKDAYS
from reception.settings import CONFIG, Settings
from reception.store import Step, Store
from reception.visit import FIELDS, Visit

LONDON = ZoneInfo("Europe/London")
WALK_MS = 25_000  # the walking allowance of default.toml
ALWAYS = dict.fromkeys(WEEKDAYS, ["00:00-00:00"])
OFFICE_HOURS = {day: ["09:00-17:00"] for day in WEEKDAYS}

SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A"},
    {"key": "parking", "name": "Parking", "letter": "A"},
    {"key": "housing", "name": "Housing", "letter": "B"},
]
DESKS = [
    {"key": "1", "name": "Desk 1"},
    {"key": "2", "name": "Desk 2"},
    {"key": "3", "name": "Desk 3", "services": ["housing"]},
]


def instant(text: str, zone: ZoneInfo = LONDON) -> int:
    """UTC milliseconds of a wall time such as "2026-03-02 10:00" in the zone (the first, where there are two)."""
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


TEN = instant("2026-03-02 10:00")  # a Monday morning


def office(**parts) -> Settings:
    """default.toml with three services (two share the letter A) and three desks, open at all hours.

    A dict is laid over the default's table, anything else replaces it: `office(desk={"undo_seconds": 60})`.
    """
    values = tomllib.loads((CONFIG / "default.toml").read_text("utf-8"))
    values |= {"hours": ALWAYS, "services": SERVICES, "desks": DESKS}
    for name, part in parts.items():
        whole = name == "hours" or not isinstance(part, dict)
        values[name] = part if whole else values.get(name, {}) | part
    return Settings(**values)


class Hands:
    """A clock's hands. `go` lets time pass; `set_by` turns the wall clock alone, as somebody who sets it does."""

    def __init__(self, at: int = TEN):
        self.wall, self.monotonic = at, 1_000

    @property
    def clock(self) -> Clock:
        return Clock(wall=lambda: self.wall, monotonic=lambda: self.monotonic)

    def go(self, **by) -> int:
        passed = round(timedelta(**by) / timedelta(milliseconds=1))
        self.wall += passed
        self.monotonic += passed
        return self.wall

    def go_to(self, text: str) -> int:
        return self.go(milliseconds=instant(text) - self.wall)

    def set_by(self, **by) -> None:
        self.wall += round(timedelta(**by) / timedelta(milliseconds=1))


class Counter(FrontDesk):
    """A front desk, with short words for what tests ask again and again."""

    def ticket(self, service: str = "tax") -> Visit:
        return self.issue(service=service, by="kiosk:lobby").visit

    def next(self, desk: str = "1", **asked) -> Visit | None:
        return self.call_next(desk=desk, by=f"person:{desk}", **asked)

    def take(self, step: str, visit: Visit, desk: str | None = None) -> Visit:
        ask = self.finish if step == "finish" else partial(self.step, step)
        return ask(visit=visit.id, by=f"person:{desk or 1}", desk=desk)

    def stored(self, visit: Visit) -> Visit:
        return self.store.visit(self.office, visit.id)

    def told(self) -> list[Step]:
        return self.store.steps(self.office)

    def words(self) -> list[str]:
        return [step.step for step in self.told()]

    def visits(self) -> list[Visit]:
        """Everyone there ever was, in the order in which they came."""
        return sorted(self.store.visits_between(self.office, 0, 1 << 60), key=lambda visit: visit.place)

    def rows(self, sql: str, *parameters) -> list[tuple]:
        return self.store.reader.execute(sql, parameters).fetchall()


def open_door(path: Path, hands: Hands | None = None, settings: Settings | None = None, **parts) -> Counter:
    """A door on the database file at `path`, which may hold what an earlier door left there."""
    settings = settings or office(**parts)
    store = Store(path, busy_seconds=settings.keeping.busy_seconds, max_pages=settings.keeping.max_pages)
    return Counter(settings, store, clock=(hands or Hands()).clock)


def visit(state: str = "waiting", **fields) -> Visit:
    """A visit that arrived at ten; what a state usually brings with it is for the test to say."""
    values = {
        "id": "v1",
        "office": "office",
        "day": "2026-03-02",
        "number": "A001",
        "service": "tax",
        "place": 1,
        "channel": "kiosk",
        "token": "t1",
        "arrived_at": TEN,
    }
    return Visit(**values | {"state": state} | fields)


def replayed(steps: list[Step]) -> dict[str, Visit]:
    """The visits that the recorded steps alone tell of (without tokens, which steps never hold)."""
    rows: dict[str, dict] = {}
    for step in steps:
        if step.visit and not step.about:
            row = rows.setdefault(step.visit, dict.fromkeys(FIELDS))
            row |= {name: after for name, (_, after) in step.changes.items()}
    return {key: Visit(**row) for key, row in rows.items()}


def at_once(*actions: Callable[[], object]) -> list:
    """What each action returned, or raised, when all were let go in the same instant on threads of their own."""
    gate, answers = threading.Barrier(len(actions)), [None] * len(actions)

    def run(index: int, action: Callable[[], object]) -> None:
        gate.wait()
        try:
            answers[index] = action()
        except Exception as error:
            answers[index] = error

    threads = [threading.Thread(target=run, args=(index, action)) for index, action in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def eventually(true: Callable[[], object], *, seconds: float = 10, every: float = 0.02):
    """What `true` answers once it is true; asks until then, and fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(every)
    return answer
