"""The only place with SQL for visits: small methods over SQLite, so that a second engine is one more such file.

It decides nothing. What is here is called only inside a writer's turn; `reading.py` holds what may be asked.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from reception.figure_rows import FigureRows
from reception.learned_rows import LearnedRows
from reception.print_jobs import PrintJobs
from reception.reading import Kept, Reading, Step
from reception.refusals import StoreFault
from reception.rolls import Rolls
from reception.schema import migrations
from reception.scorecard.rows import ScorecardRows
from reception.staffing.rows import StaffingRows
from reception.things import Desk, Ruling, columns
from reception.visit import FIELDS, OPEN, Visit
from reception.writer import fault_key

_COLUMNS = ", ".join(FIELDS)
_SAVE = (  # not OR REPLACE, which would quietly delete whoever else has the number or the desk
    f"INSERT INTO visits ({_COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{field} = excluded.{field}" for field in FIELDS[1:])
)
_STEP_FIELDS = ("office", "number", "visit", "step", "at", "by", "desk", "press", "undoes", "about", "changes", "note")
_STEP = f"INSERT INTO steps ({', '.join(_STEP_FIELDS)}) VALUES ({', '.join('?' * len(_STEP_FIELDS))})"


__all__ = ["Kept", "Step", "Store"]


class Store(Reading, PrintJobs, Rolls, FigureRows, LearnedRows, ScorecardRows, StaffingRows):
    """A database file. Raises StoreFault (`fault_key`): "database_damaged" when it is no database of ours."""

    def __init__(self, path: Path | str, *, busy_seconds: float = 5, max_pages: int = 0):
        self.path, self._busy, self._max_pages = str(path), busy_seconds, max_pages
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch(mode=0o600)  # keys' hashes and visitors' links: for the server's own account
        self._readers: dict[int, sqlite3.Connection] = {}
        self.fault: str | None = None  # what kept the last change from being stored, until one is
        self.kept: dict[str, Kept] = {}  # the writer's own, changed as it goes
        self._shown: dict[str, Kept] = {}  # a copy as committed, for every reader
        try:
            self._writer = self._connect()
            self._writer.execute("PRAGMA journal_mode = WAL")
            migrations.apply(Database(self._writer))
        except sqlite3.DatabaseError as error:
            raise StoreFault(fault_key(error), path=self.path, cause=str(error)) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self._busy, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        if self._max_pages:
            connection.execute(f"PRAGMA max_page_count = {self._max_pages:d}")
        return connection

    @property
    def reader(self) -> sqlite3.Connection:
        """This native thread's connection for reading (greenlets share their thread's; no query is left half read)."""
        thread = threading.get_native_id()
        if thread not in self._readers:
            self._readers[thread] = self._connect()
            self._readers[thread].execute("PRAGMA query_only = ON")
            self._readers[thread].execute("PRAGMA cache_size = -256")  # kB of 2 MB: the system keeps the file at hand
        return self._readers[thread]

    def scrub(self) -> None:
        """After deleting: what was forgotten is gone from the journal too, not only from the tables."""
        self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        for connection in (*self._readers.values(), self._writer):
            connection.close()

    # -- the writer's transaction -------------------------------------------------------------------------------

    def begin(self) -> None:
        self._writer.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._writer.execute("COMMIT")
        for office, kept in self.kept.items():
            shown = self._shown.get(office)
            if not shown or (kept.newest, kept.desks, kept.rulings) != (shown.newest, shown.desks, shown.rulings):
                self._shown[office] = kept.copy()

    def rollback(self) -> None:
        self.kept.clear()
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    def mark(self) -> None:
        self._writer.execute("SAVEPOINT turn")
        self._marked = self.changes

    @property
    def changes(self) -> int:
        """How many rows the writer has written since it was opened; rises only."""
        return self._writer.total_changes

    @property
    def untouched(self) -> bool:
        """Whether this turn has written nothing yet."""
        return self.changes == self._marked

    def keep(self) -> None:
        self._writer.execute("RELEASE turn")

    def forget_mark(self) -> None:
        if not self.untouched:
            self.kept.clear()
        self._writer.execute("ROLLBACK TO turn")
        self._writer.execute("RELEASE turn")

    def execute(self, sql: str, parameters=()) -> sqlite3.Cursor:
        """For the other small tables of a turn (keys, people): a statement inside the writer's transaction."""
        return self._writer.execute(sql, parameters)

    # -- visits and steps, inside a turn ------------------------------------------------------------------------

    def last_step(self, office: str) -> tuple[int, int]:
        """Number and instant of the office's newest step; (0, 0) before the first."""
        row = self._writer.execute(
            "SELECT number, at FROM steps WHERE office = ? ORDER BY number DESC LIMIT 1", (office,)
        ).fetchone()
        return row or (0, 0)

    def open_visits(self, office: str, newest: int) -> Kept:
        """Everyone not yet gone, the desks and the rulings, kept from the last turn while the office's newest step is
        still the one it saw."""
        kept = self.kept.get(office)
        if kept is None or kept.newest != newest:
            kept = self.kept[office] = self._keep(office, newest, turn=True)
        return kept

    def save(self, office: str, visits: Iterable[Visit], steps: list[Step]) -> None:
        """Stores changed visits with the steps that changed them, and carries the kept open visits along."""
        kept = self.kept[office]
        for visit in visits:
            self._save(visit, kept.visits.get(visit.id))
            if visit.state in OPEN:
                kept.visits[visit.id] = visit
            else:
                kept.visits.pop(visit.id, None)
                kept.told.pop(visit.id, None)
        for step in steps:
            row = [getattr(step, field) for field in _STEP_FIELDS[:-2]]
            note = json.dumps(step.note) if step.note else None
            self._writer.execute(_STEP, (*row, json.dumps(step.changes), note))
        if steps:
            kept.newest = steps[-1].number

    def save_thing(self, office: str, thing) -> None:
        """Stores a row of one of the smaller tables (things.py), new or changed, and carries kept desks and rulings
        along."""
        names = columns(type(thing))
        marks = ", ".join("?" * (len(names) + 1))
        changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in thing.keys)
        self._writer.execute(
            f"INSERT INTO {thing.table} (office, {', '.join(names)}) VALUES ({marks})"
            f" ON CONFLICT (office, {', '.join(thing.keys)}) DO UPDATE SET {changed}",
            (office, *(getattr(thing, name) for name in names)),
        )
        if kept := self.kept.get(office):
            if isinstance(thing, Desk):
                kept.desks[thing.key] = thing
            elif isinstance(thing, Ruling):
                kept.rulings[thing.id] = thing

    def save_particular(
        self, office: str, about: str, kind: str, text: str, *, press: int, delete_at: int | None
    ) -> None:
        """What is known of somebody: the newest text of a kind counts, so that undoing a press brings the last back."""
        self._writer.execute(
            "INSERT OR REPLACE INTO particulars (office, about, kind, press, text, delete_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (office, about, kind, press, text, delete_at),
        )
        kept = self.kept[office]
        if about in kept.visits:
            kept.told[about] = {**kept.told.get(about, {}), kind: text}

    def drop_particulars(self, office: str, press: int) -> None:
        """Takes back what a press told: it is being undone."""
        gone = self._writer.execute(
            "DELETE FROM particulars WHERE office = ? AND press = ? RETURNING about", (office, press)
        ).fetchall()
        kept = self.kept[office]
        for (about,) in gone:
            kept.told.pop(about, None)
            if found := self.particulars(office, [about], turn=True).get(about):
                kept.told[about] = found

    def delete_particulars_at(self, office: str, about: str, at: int | None) -> None:
        """Gives what is known of something the date on which it is forgotten, or none while it is still needed."""
        self._writer.execute("UPDATE particulars SET delete_at = ? WHERE office = ? AND about = ?", (at, office, about))

    def next_count(self, office: str, day: str, letter: str) -> int:
        """The day's next count for a letter (or of a service's tickets), from its row: never from counting visits."""
        return self._writer.execute(
            "INSERT INTO counters (office, day, letter, last) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (office, day, letter) DO UPDATE SET last = last + 1 RETURNING last",
            (office, day, letter),
        ).fetchone()[0]

    def lend_counts(self, office: str, day: str, letter: str, count: int) -> tuple[int, int]:
        """The day's next `count` counts of a letter, first and last, out of the same row: nobody else gets them."""
        last = self._writer.execute(
            "INSERT INTO counters (office, day, letter, last) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (office, day, letter) DO UPDATE SET last = last + ?4 RETURNING last",
            (office, day, letter, count),
        ).fetchone()[0]
        return last - count + 1, last

    def answer(self, office: str, holder: str, key: str) -> tuple[str, int, str] | None:
        """What was answered to this holder's key: (what was asked, status, body)."""
        return self._writer.execute(
            "SELECT asked, status, body FROM answers WHERE office = ? AND holder = ? AND key = ?", (office, holder, key)
        ).fetchone()

    def save_answer(self, office: str, holder: str, key: str, asked: str, status: int, body: str, at: int) -> None:
        self._writer.execute(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", (office, holder, key, asked, status, body, at)
        )

    # -- helpers ------------------------------------------------------------------------------------------------

    def _save(self, visit: Visit, stored: Visit | None) -> None:
        if stored is None:
            self._writer.execute(_SAVE, [getattr(visit, field) for field in FIELDS])
            return
        # Only what differs: every index of a column that is set is written again, whether it differs or not.
        values = {field: value for field in FIELDS if (value := getattr(visit, field)) != getattr(stored, field)}
        if values:
            sql = f"UPDATE visits SET {' = ?, '.join(values)} = ? WHERE id = ?"
            self._writer.execute(sql, (*values.values(), visit.id))
