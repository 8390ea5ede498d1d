"""Fills an empty database with an office's past, quickly, and knows the truth of what it planted.

Every visit is finished and belongs to a day that is over; its steps replay to its row. Nothing may run on the database
meanwhile. A seed makes the same past again.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from demo.past_day import PastDay
from demo.past_feedback import PastFeedback
from demo.past_office import PastOffice, days_between
from demo.truth import Truth
from reception.figures.rules import FIRST, packed, rules_of
from reception.settings import Settings
from reception.store import Store
from reception.things import columns
from reception.visit import FIELDS

AT_ONCE = 20_000  # rows of visits in a transaction, about
TABLES = ("visits", "steps", "promises", "appointments", "outages")
STEP = ("office", "number", "visit", "step", "at", "by", "desk", "press", "undoes", "about", "changes", "note")
PROMISE = (
    *("office", "id", "kind", "state", "reference", "due_at", "due_on", "made_at", "made_by", "visit", "service"),
    *("team", "owner", "first_due_at", "kept_at", "kept_by"),
)
APPOINTMENT = (
    *("office", "id", "reference", "day", "service", "booked_at", "state", "source", "visit", "arrived_at", "plain"),
    "digest",
)
OUTAGE = ("office", "id", "kind", "what", "started_at", "ended_at")
DAY_MS = 86_400_000


def plant(
    path: Path,
    settings: Settings | Sequence[Settings],
    first: date,
    last: date,
    *,
    seed=1,
    a_day=150,
    truth=None,
    feedback=False,
) -> Truth:
    """The days from `first` to `last` of one office or of several, `a_day` visits on an ordinary day of each. `truth`
    is told of them; without one a new one is. `feedback`: what people told the office, too.

    ValueError where an office has a past already: its steps must rise with time.
    """
    several = [settings] if isinstance(settings, Settings) else list(settings)
    Store(path).close()
    database = sqlite3.connect(path, isolation_level=None)
    try:
        for one in several:
            if database.execute("SELECT 1 FROM steps WHERE office = ? LIMIT 1", (one.office.key,)).fetchone():
                raise ValueError(f"{one.office.key} has a past already, and steps rise with time.")
        if truth is None:
            truth = Truth(several[0].promise.target_seconds * 1000)
        offices = [PastOffice(one, seed, a_day) for one in several]
        told = {office.key: PastFeedback(office, seed) for office in offices if feedback}
        return _planted(database, offices, told, first, last, truth)
    finally:
        database.close()


def _planted(
    database, offices: list[PastOffice], told: dict[str, PastFeedback], first: date, last: date, truth: Truth
) -> Truth:
    waiting = Rows(database)
    for pragma in ("synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY"):
        database.execute(f"PRAGMA {pragma}")
    later = indexes_taken_away(database)
    for day in days_between(first, last):
        for office in offices:
            lived = PastDay(office, day, truth).live()
            if office.key in told:
                told[office.key].live(lived)
            waiting.add(office, lived)
            if office.key in told:
                told[office.key].settle()
    waiting.write()
    database.execute("BEGIN")
    for office in offices:
        _end(database, office)
        if office.key in told:
            _tell(database, office.key, told[office.key])
    for statement in later:
        database.execute(statement)
    database.execute("DELETE FROM kept_facts")
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return truth


def indexes_taken_away(database) -> list[str]:
    """Takes indexes and triggers away, and says how to make them again: at the end, once, is ten times as fast."""
    marks = ", ".join("?" * len(TABLES))
    found = database.execute(
        f"SELECT name, type, sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND type IN ('index', 'trigger')"
        " AND sql IS NOT NULL",
        TABLES,
    ).fetchall()
    database.execute("BEGIN")
    for name, kind, _sql in found:
        database.execute(f"DROP {kind} {name}")
    database.execute("COMMIT")
    return [sql for _name, _kind, sql in found]


def _end(database, office: PastOffice) -> None:
    """What a past leaves behind: the rules it was lived by, closed desks, and the words of what is owed still."""
    rules = packed(rules_of(office.settings))
    database.execute("INSERT OR REPLACE INTO figure_rules VALUES (?, ?, ?, 0, 'system')", (office.key, FIRST, rules))
    for desk in office.desks:
        row = (office.key, desk.key, "closed", desk.since)
        database.execute("INSERT OR REPLACE INTO desks (office, key, state, since_at) VALUES (?, ?, ?, ?)", row)
    said = {team.key: team.sentences or ("We will write to you.",) for team in office.settings.teams}
    for promise, team, due_at in database.execute(
        "SELECT id, team, due_at FROM promises WHERE office = ? AND state = 'open'", (office.key,)
    ).fetchall():
        words = office.random.choice(said.get(team, ("We will write to you.",)))
        delete_at = due_at + office.settings.keeping.open_promise_days * DAY_MS
        row = (office.key, promise, "what", 0, words, delete_at)
        database.execute("INSERT OR REPLACE INTO particulars VALUES (?, ?, ?, ?, ?, ?)", row)


def _tell(database, office: str, told: PastFeedback) -> None:
    """What people told, as it stands, and its words, until they are forgotten."""
    for row in told.rows.values():
        names = columns(type(row))
        marks = ", ".join("?" * (len(names) + 1))
        values = (office, *(getattr(row, name) for name in names))
        database.execute(f"INSERT INTO {row.table} (office, {', '.join(names)}) VALUES ({marks})", values)
    database.executemany(
        "INSERT INTO particulars (office, about, kind, press, text, delete_at) VALUES (?, ?, ?, ?, ?, ?)",
        [(office, about, *said, getattr(told.rows[about], "forget_at", None)) for about, *said in told.texts],
    )


class Rows:
    """Rows on their way into the database, some days at a time."""

    def __init__(self, database):
        self._database, self._kept = database, []
        self._rows: dict[str, list[tuple]] = {name: [] for name in TABLES}

    def add(self, office: PastOffice, day: PastDay) -> None:
        steps = day.told.numbered(office.key, office.number + 1)
        office.number += len(steps)
        self._rows["steps"] += steps
        self._rows["visits"] += [tuple(visitor.row.values()) for visitor in day.visitors]
        self._rows["promises"] += [(office.key, *row) for row in day.promises]
        self._rows["appointments"] += [_appointment(office.key, day.iso, *row) for row in day.appointments]
        self._rows["outages"] += [(office.key, *row) for row in day.outages]
        self._kept += [(*row[:2], office.key, row[2]) for row in day.kept]
        if len(self._rows["visits"]) >= AT_ONCE:
            self.write()

    def write(self) -> None:
        self._database.execute("BEGIN")
        columns = {"visits": FIELDS, "steps": STEP, "promises": PROMISE, "appointments": APPOINTMENT, "outages": OUTAGE}
        for table, rows in self._rows.items():
            self._insert(table, columns[table], rows)
            rows.clear()
        kept = "UPDATE promises SET state = 'kept', kept_at = ?, kept_by = ? WHERE office = ? AND id = ?"
        self._database.executemany(kept, self._kept)
        self._kept.clear()
        self._database.execute("COMMIT")

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
        marks = ", ".join("?" * len(columns))
        self._database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _appointment(office: str, day: str, identifier: str, service: str, booked_at: int, *how: str | int | None) -> tuple:
    state, visit, arrived_at = how
    reference = identifier.replace("-", "").upper()[12:28]
    row = (office, identifier, reference, day, service, booked_at, state, "past", visit, arrived_at)
    return (*row, reference.casefold(), "")
