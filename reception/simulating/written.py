"""Made-up days into a database that the front desk, the figures and `reception evaluate` can read; the truth beside it.

Only into a database where the office has no past: its steps rise with time.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from reception.settings import Settings
from reception.simulating import Day
from reception.store import Store
from reception.things import Desk
from reception.visit import FIELDS

STEP = ("office", "number", "visit", "step", "at", "by", "desk", "press", "undoes", "about", "changes", "note")
VISIT_ROW = f"INSERT INTO visits ({', '.join(FIELDS)}) VALUES ({', '.join('?' * len(FIELDS))})"
STEP_ROW = f"INSERT INTO steps ({', '.join(STEP)}) VALUES ({', '.join('?' * len(STEP))})"


def write(store: Store, settings: Settings, days: Iterable[Day], truth: Path | None = None) -> tuple[int, int]:
    """How many days and visits were written. `truth` gets a line of JSON for each visitor and each absence.

    ValueError where the office has a past already.
    """
    office = settings.office.key
    if store.newest_step(office):
        raise ValueError(f"{store.path}: {office} has a past already. Name a file that is not there yet.")
    days_written = visits = 0
    told = truth.open("w", encoding="utf-8") if truth else None
    try:
        for day in days:
            store.begin()
            _write_day(store, office, day)
            store.commit()
            days_written, visits = days_written + 1, visits + len(day.visits)
            if told:
                told.writelines(json.dumps(line) + "\n" for line in _lines(day))
    finally:
        if told:
            told.close()
    return days_written, visits


def _write_day(store: Store, office: str, day: Day) -> None:
    for visit in day.visits:
        store.execute(VISIT_ROW, astuple(visit))
    for step in day.steps:
        note = json.dumps(step.note) if step.note else None
        row = [getattr(step, name) for name in STEP[:-2]]
        store.execute(STEP_ROW, (*row, json.dumps(step.changes), note))
    for booking in day.appointments:
        store.save_thing(office, booking)
    for desk in day.desks.values():
        store.save_thing(office, Desk(desk.key, desk.state, desk.person, desk.since_at, desk.reason))


def _lines(day: Day):
    for one in day.truth:
        yield {"day": day.day, **one.told()}
    for one in day.away:
        yield {"day": day.day, **one.told()}
