"""Keeping and forgetting: backups that can be taken while the office works, restoring one, and deleting what is past
its date. Each says what it did.
"""

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reception import hours
from reception.figures import Figures
from reception.frontdesk import FrontDesk
from reception.mail import forget_mails


class KeepingError(Exception):
    """A sentence for whoever asked; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many of each were deleted."""

    links: int
    answers: int
    print_jobs: int
    keys: int
    particulars: int = 0


def backup(database: Path, file: Path) -> int:
    """Copies the database with SQLite's online backup while the server goes on; returns the copy's size in bytes.

    The copy is checked, written whole or not at all, and readable by its owner alone.
    """
    if not database.exists():
        raise KeepingError(f"There is no database at {database}, so there is nothing to back up.")
    if not file.absolute().parent.is_dir():
        raise KeepingError(
            f"The backup to {file} was not made: there is no folder {file.parent}. Make it first, or choose another."
        )
    if file.exists() and file.samefile(database):
        raise KeepingError(f"{file} is the database itself. Name another file for the backup.")
    unfinished = file.with_name(f".{file.name}.part")
    try:
        _make_empty(unfinished)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy, pages=256, sleep=0.005)  # in pieces, so that calls go on meanwhile
            copy.execute("PRAGMA journal_mode = DELETE")
        _check(unfinished)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(unfinished, file)
    except (OSError, sqlite3.Error) as error:
        raise KeepingError(
            f"The backup to {file} was not made: {error}. An older backup there is untouched."
        ) from error
    finally:
        _drop(unfinished)
    return file.stat().st_size


def _make_empty(unfinished: Path) -> None:
    _drop(unfinished)
    os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, 0o600))


def _drop(unfinished: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        if (part := Path(f"{unfinished}{end}")).exists():
            part.unlink()


def nightly(database: Path, folder: Path, *, keep: int, name: str) -> Path:
    """A backup called `name` in the folder, of which the newest `keep` are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"reception-{name}.db"
    backup(database, made)
    for old in sorted(folder.glob("reception-*.db"))[:-keep]:
        old.unlink()
    return made


def restore(file: Path, database: Path) -> Path | None:
    """Puts a backup in the database's place; the server must be stopped. What was there is kept beside it: its path."""
    if not file.is_file():
        raise KeepingError(f"There is no file {file}.")
    _check(file)
    if in_use(database):
        raise KeepingError("The server is running. Stop it first (systemctl stop reception), then restore.")
    if database.exists() and file.samefile(database):
        raise KeepingError(f"{file} is the database itself. Name a backup of it.")
    unfinished = database.with_name(f".{database.name}.part")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        _make_empty(unfinished)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
        aside = _put_aside(database)
        os.replace(unfinished, database)
    except (OSError, sqlite3.Error) as error:
        raise KeepingError(f"{file} was not put in place: {error}. Nothing is lost.") from error
    finally:
        _drop(unfinished)
    return aside


def _put_aside(database: Path) -> Path | None:
    """Gives the database another name beside its place: its new path, None where there is none."""
    if not database.exists():
        return None
    aside = database.with_name(f"{database.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
    for end in ("", "-wal", "-shm"):
        part = Path(f"{database}{end}")
        if part.exists():
            os.replace(part, f"{aside}{end}")
    return aside


def forget(frontdesk: FrontDesk) -> Forgotten:
    """Deletes what is past its date: visitors' links, what is known of people, remembered answers, old print jobs and
    dead keys."""
    keeping, now, office = frontdesk.settings.keeping, frontdesk.now(), frontdesk.office
    Figures(frontdesk.settings, frontdesk.store, frontdesk.writer).keep_needs(now)

    def turn(store):
        def gone(sql: str, before: float) -> int:
            return store.execute(sql, (office, round(before))).rowcount

        # What a booking said is needed only to tell a change, and nobody changes a day that is over.
        today = hours.day_of(now, frontdesk.settings.zone)
        store.settle_matters(office, now)
        forget_mails(store, office, now)
        store.execute("UPDATE appointments SET digest = '' WHERE office = ? AND day < ?", (office, today))
        return Forgotten(
            links=gone(
                "UPDATE visits SET token = NULL WHERE office = ? AND token IS NOT NULL AND ended_at < ?"
                f" AND coalesce(page_until, 0) < {now:d}",
                now - keeping.link_hours_after * 3_600_000,
            ),
            answers=gone(
                "DELETE FROM answers WHERE office = ? AND at < ?", now - keeping.idempotency_hours * 3_600_000
            ),
            print_jobs=gone(
                "DELETE FROM print_jobs WHERE office = ? AND made_at < ?", now - keeping.print_job_days * 86_400_000
            ),
            keys=gone(
                "DELETE FROM keys WHERE office = ? AND kind IN ('link', 'password', 'setup', 'pairing')"
                " AND coalesce(revoked_at, expires_at) < ?",
                now - 86_400_000,
            ),
            particulars=gone("DELETE FROM particulars WHERE office = ? AND delete_at < ?", now),
        ), None

    forgotten = frontdesk.writer.do(turn)
    frontdesk.store.scrub()
    return forgotten


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as found:
            sound = found.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            ours = (
                found.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('visits', 'steps')").fetchone()[0] == 2
            )
    except sqlite3.Error as error:
        raise KeepingError(f"{file} cannot be read as a database: {error}.") from error
    if not sound:
        raise KeepingError(f"{file} is damaged. Take an older backup.")
    if not ours:
        raise KeepingError(f"{file} is a database, but not Reception's.")


def in_use(database: Path) -> bool:
    """Whether a server has the database open: it holds a lock on its own file beside it for as long as it runs."""
    import fcntl

    lock = database.with_name("server.lock")
    if not lock.exists():
        return False
    with lock.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
