"""The only place with SQL for visits: a dozen small methods over SQLite, so that a second engine is one more file.

It decides nothing. Writing methods are called only inside a writer's turn; reading ones on any thread.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from reception.identifiers import uuid7
from reception.refusals import StoreFault
from reception.schema import migrations
from reception.things import Desk, Ruling, columns
from reception.visit import FIELDS, OPEN, Visit

_COLUMNS = ", ".join(FIELDS)
_SAVE = (  # not OR REPLACE, which would quietly delete whoever else has the number or the desk
    f"INSERT INTO visits ({_COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{field} = excluded.{field}" for field in FIELDS[1:])
)
_STEP_FIELDS = ("office", "number", "visit", "step", "at", "by", "desk", "press", "undoes", "about", "changes", "note")
_STEP = f"INSERT INTO steps ({', '.join(_STEP_FIELDS)}) VALUES ({', '.join('?' * len(_STEP_FIELDS))})"
_OPEN = "'waiting', 'called', 'serving', 'held', 'no_show'"  # as the index spells it


@dataclass(frozen=True, slots=True)
class Step:
    """A row of `steps`. `changes` maps each changed field of the visit (or of the thing whose id is `about`) to
    [before, after]; `note` holds keys of what else is to be remembered (a reason), never a text. Steps taken by one
    press of a button share its `press`, the number of the first of them."""

    office: str
    number: int
    visit: str | None
    step: str
    at: int
    by: str
    desk: str | None
    press: int
    changes: dict
    undoes: int | None = None
    about: str | None = None
    note: dict | None = None


@dataclass(slots=True)
class Kept:
    """Everyone open, and what is known of them (visit -> kind -> text), as they were at the office's step `newest`."""

    newest: int
    visits: dict[str, Visit]
    told: dict[str, dict[str, str]]


class Store:
    """A database file. Raises StoreFault: "database_damaged" when it is no database of ours, "database_busy"."""

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
            key = "database_busy" if "locked" in str(error) else "database_damaged"
            raise StoreFault(key, path=self.path, cause=str(error)) from error

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
            if office not in self._shown or kept.newest != self._shown[office].newest:
                self._shown[office] = Kept(kept.newest, dict(kept.visits), dict(kept.told))

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
        """Everyone not yet gone, kept from the last turn while the office's newest step is still the one it saw."""
        kept = self.kept.get(office)
        if kept is None or kept.newest != newest:
            kept = self.kept[office] = self._keep(self._writer, office, newest)
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
        """Stores a row of one of the smaller tables (things.py), new or changed."""
        names = columns(type(thing))
        marks = ", ".join("?" * (len(names) + 1))
        changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in thing.keys)
        self._writer.execute(
            f"INSERT INTO {thing.table} (office, {', '.join(names)}) VALUES ({marks})"
            f" ON CONFLICT (office, {', '.join(thing.keys)}) DO UPDATE SET {changed}",
            (office, *(getattr(thing, name) for name in names)),
        )

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

    def count(self, office: str, day: str, letter: str, *, turn: bool = False) -> int:
        """How far the day's count for a letter, or of a service's tickets, has come."""
        row = (
            (self._writer if turn else self.reader)
            .execute("SELECT last FROM counters WHERE office = ? AND day = ? AND letter = ?", (office, day, letter))
            .fetchone()
        )
        return row[0] if row else 0

    def steps_at(self, office: str, desk: str, *, turn: bool = True) -> list[Step]:
        """The last steps told at a desk, newest first."""
        connection = self._writer if turn else self.reader
        return self._steps(connection, "office = ? AND desk = ? ORDER BY number DESC LIMIT 60", (office, desk))

    def steps_of(self, visit: str) -> list[Step]:
        """The last steps of a visit, newest first."""
        return self._steps(self._writer, "visit = ? ORDER BY number DESC LIMIT 60", (visit,))

    def steps_about(self, office: str, about: str) -> list[Step]:
        """Every step of a promise, an appointment or a ruling, in order."""
        return self._steps(self.reader, "office = ? AND about = ? ORDER BY number", (office, about))

    def steps_named(self, office: str, names: tuple[str, ...], limit: int = 200) -> list[Step]:
        """The last steps of these names that are no visit's (rulings, calls for help), newest first."""
        marks = ", ".join("?" * len(names))
        where = f"visit IS NULL AND office = ? AND step IN ({marks}) ORDER BY number DESC LIMIT {limit:d}"
        return self._steps(self.reader, where, (office, *names), "INDEXED BY steps_of_nobody")

    def press(self, office: str, press: int) -> list[Step]:
        """All steps of one press, in order."""
        where = "office = ? AND number BETWEEN ? AND ? + 20 AND press = ? ORDER BY number"
        return self._steps(self._writer, where, (office, press, press, press))

    def answer(self, office: str, holder: str, key: str) -> tuple[str, int, str] | None:
        """What was answered to this holder's key: (what was asked, status, body)."""
        return self._writer.execute(
            "SELECT asked, status, body FROM answers WHERE office = ? AND holder = ? AND key = ?", (office, holder, key)
        ).fetchone()

    def save_answer(self, office: str, holder: str, key: str, asked: str, status: int, body: str, at: int) -> None:
        self._writer.execute(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", (office, holder, key, asked, status, body, at)
        )

    # -- print jobs ---------------------------------------------------------------------------------------------

    def add_print_job(
        self, office: str, visit: str, printer: str, kind: str, at: int, *, about: str | None = None
    ) -> str:
        """A slip to print, in the turn that made the ticket. States: waiting, printing, then one of the outcomes.

        `kind` is ticket, reprint, or promise: the slip of the promise whose id is `about` (its visit may be "")."""
        job = uuid7(at)
        self._writer.execute(
            "INSERT INTO print_jobs (id, office, visit, printer, kind, state, made_at, about)"
            " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?)",
            (job, office, visit, printer, kind, at, about),
        )
        return job

    def set_print_job(self, job: str, state: str, at: int, cause: str | None = None) -> tuple[str, str]:
        """Records what became of a job; returns its visit ("": none) and kind."""
        column = "started_at" if state == "printing" else "ended_at"
        return self._writer.execute(
            f"UPDATE print_jobs SET state = ?, {column} = ?, cause = ? WHERE id = ? RETURNING visit, kind",
            (state, at, cause, job),
        ).fetchone()

    def next_print_job(self, office: str, printer: str) -> dict | None:
        """The printer's oldest job that has not ended, one left "printing" by a crash included."""
        row = self.reader.execute(
            "SELECT id, visit, printer, kind, state, made_at, about FROM print_jobs WHERE office = ? AND printer = ?"
            " AND state IN ('waiting', 'printing') ORDER BY made_at, id LIMIT 1",
            (office, printer),
        ).fetchone()
        names = ("id", "visit", "printer", "kind", "state", "made_at", "about")
        return dict(zip(names, row, strict=True)) if row else None

    def waiting_print_jobs(self, office: str, printer: str) -> int:
        return self.reader.execute(
            "SELECT count(*) FROM print_jobs WHERE office = ? AND printer = ? AND state IN ('waiting', 'printing')",
            (office, printer),
        ).fetchone()[0]

    # -- reading, on any thread ---------------------------------------------------------------------------------

    def now(self, office: str) -> tuple[Kept, dict[str, Desk], dict[str, Ruling]]:
        """One consistent look: everyone open, the desks and the rulings. For looking only: it is shared.

        Everyone is as this process last stored them while that is the newest step; loading 500 takes 4 ms.
        """
        reader = self.reader
        reader.execute("BEGIN")
        try:
            newest = reader.execute(
                "SELECT coalesce(max(number), 0) FROM steps WHERE office = ?", (office,)
            ).fetchone()[0]
            kept = self._shown.get(office)
            if kept is None or kept.newest != newest:
                kept = self._keep(reader, office, newest)
            return kept, self.desks(office, reader), self.rulings(office, reader)
        finally:
            reader.execute("COMMIT")

    def newest_step(self, office: str) -> int:
        return self.reader.execute("SELECT coalesce(max(number), 0) FROM steps WHERE office = ?", (office,)).fetchone()[
            0
        ]

    def desks(self, office: str, connection=None) -> dict[str, Desk]:
        found = self.things(Desk, office, turn=True) if connection is None else self._things(Desk, office, connection)
        return {desk.key: desk for desk in found}

    def rulings(self, office: str, connection=None) -> dict[str, Ruling]:
        found = self._things(Ruling, office, connection or self._writer)
        return {ruling.id: ruling for ruling in found}

    def things(self, kind: type, office: str, where: str = "", parameters: tuple = (), *, turn: bool = False) -> list:
        """Rows of one of the smaller tables (things.py); `where` is SQL after the office, such as "AND day = ?"."""
        return self._things(kind, office, self._writer if turn else self.reader, where, parameters)

    def thing(self, kind: type, office: str, key: str, *, turn: bool = False):
        """One of them by its id; None if there is none."""
        found = self.things(kind, office, f"AND {kind.keys[0]} = ?", (key,), turn=turn)
        return found[0] if found else None

    def _things(self, kind: type, office: str, connection, where: str = "", parameters: tuple = ()) -> list:
        sql = f"SELECT {', '.join(columns(kind))} FROM {kind.table} WHERE office = ? {where}"
        return [kind(*row) for row in connection.execute(sql, (office, *parameters)).fetchall()]

    def particulars(self, office: str, about: Iterable[str], *, turn: bool = False) -> dict[str, dict[str, str]]:
        """What is known under these ids: id -> kind -> the newest text. Ids without any are left out."""
        found: dict[str, dict[str, str]] = {}
        for key in about:
            rows = (self._writer if turn else self.reader).execute(
                "SELECT kind, text FROM particulars WHERE office = ? AND about = ? ORDER BY press", (office, key)
            )
            if told := dict(rows.fetchall()):
                found[key] = told
        return found

    def preferences(self, office: str, who: str) -> dict[str, object]:
        rows = self.reader.execute("SELECT name, value FROM preferences WHERE office = ? AND who = ?", (office, who))
        return {name: json.loads(value) for name, value in rows.fetchall()}

    def visit(self, office: str, visit: str, *, turn: bool = False) -> Visit | None:
        return self._one("office = ? AND id = ?", (office, visit), turn)

    def visit_by_token(self, token: str) -> Visit | None:
        return self._one("token = ?", (token,))

    def visit_by_number(self, office: str, day: str, number: str, *, turn: bool = False) -> Visit | None:
        return self._one("office = ? AND day = ? AND number = ?", (office, day, number), turn)

    def recent_calls(self, office: str, since_at: int, count: int) -> list[tuple]:
        """The last calls that still stand, newest first: (visit, number, desk, called_at, recalls).

        A call stands while its visitor is, or was to the end, at the desk, or was not there. Somebody helped at once
        without a ticket was never called; a discreet call is nobody else's.
        """
        return self.reader.execute(
            "SELECT visits.id, visits.number, steps.desk, steps.at, visits.recalls FROM steps"
            " JOIN visits ON visits.id = steps.visit AND visits.last_called_at = steps.at"
            " WHERE steps.office = ? AND steps.step IN ('called', 'recalled') AND steps.at >= ?"
            " AND (visits.desk IS NOT NULL AND visits.state <> 'cancelled' OR visits.state = 'no_show')"
            " AND visits.discreet = 0"
            " AND NOT EXISTS (SELECT 1 FROM steps issued WHERE issued.visit = steps.visit"
            "                 AND issued.press = steps.press AND issued.step = 'issued')"
            " AND steps.number = (SELECT max(last.number) FROM steps last WHERE last.visit = steps.visit"
            "                     AND last.step IN ('called', 'recalled') AND last.at = steps.at)"
            " ORDER BY steps.at DESC, steps.number DESC LIMIT ?",
            (office, since_at, count),
        ).fetchall()

    def steps(self, office: str, *, visit: str | None = None, after: int = 0) -> list[Step]:
        """The office's steps in order, or one visit's."""
        if visit:
            return self._steps(self.reader, "visit = ? AND number > ? ORDER BY number", (visit, after))
        return self._steps(self.reader, "office = ? AND number > ? ORDER BY number", (office, after))

    def visits_between(self, office: str, start_at: int, end_at: int) -> list[Visit]:
        """Everyone who arrived in the half-open interval."""
        rows = self.reader.execute(
            f"SELECT {_COLUMNS} FROM visits WHERE office = ? AND arrived_at >= ? AND arrived_at < ?"
            " ORDER BY arrived_at",
            (office, start_at, end_at),
        )
        return [Visit(*row) for row in rows.fetchall()]

    def visits_flagged(self, office: str) -> list[Visit]:
        """Those whose times somebody has said are wrong, the latest first."""
        rows = self.reader.execute(
            f"SELECT {_COLUMNS} FROM visits WHERE office = ? AND times_wrong = 1 ORDER BY arrived_at DESC", (office,)
        )
        return [Visit(*row) for row in rows.fetchall()]

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

    def _keep(self, connection, office: str, newest: int) -> Kept:
        is_open = f"office = ? AND state IN ({_OPEN})"
        rows = connection.execute(f"SELECT {_COLUMNS} FROM visits INDEXED BY open_visits WHERE {is_open}", (office,))
        visits = {row[0]: Visit(*row) for row in rows.fetchall()}
        known = connection.execute(
            f"SELECT about, kind, text FROM particulars JOIN visits ON visits.id = about"
            f" WHERE particulars.office = ? AND visits.{is_open.replace('state', 'visits.state')} ORDER BY press",
            (office, office),
        )
        told: dict[str, dict[str, str]] = {}
        for about, kind, text in known.fetchall():
            told.setdefault(about, {})[kind] = text
        return Kept(newest, visits, told)

    def _one(self, where: str, parameters: tuple, turn: bool = False) -> Visit | None:
        connection = self._writer if turn else self.reader
        try:
            row = connection.execute(f"SELECT {_COLUMNS} FROM visits WHERE {where}", parameters).fetchone()
        except UnicodeEncodeError:  # half a surrogate pair names nobody
            return None
        return Visit(*row) if row else None

    def _steps(self, connection, where: str, parameters: tuple, how: str = "") -> list[Step]:
        rows = connection.execute(
            f"SELECT office, number, visit, step, at, by, desk, press, changes, undoes, about, note"
            f" FROM steps {how} WHERE {where}",
            parameters,
        )
        return [
            Step(*row[:8], json.loads(row[8]), row[9], row[10], json.loads(row[11]) if row[11] else None)
            for row in rows.fetchall()
        ]
