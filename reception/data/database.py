"""The tables as a fresh SQLite file for analysts, and what Datasette is to say of it.

Whole or not at all: it is made beside its place and put there when it is on the disk. The office's own database is only
read, in one look, so that all tables are of one moment.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from reception import __version__
from reception.data.columns import SQL, Table
from reception.data.placing import put_in_place, why, write_whole
from reception.data.reading import Reading, Wanted
from reception.data.tables import LEFT_OUT, TABLES
from reception.figures import Figures
from reception.figures.rules import DEFINITIONS
from reception.keeping import KeepingError
from reception.settings import Settings

METADATA = "metadata.json"
ABOUT = {
    "office": "An office's key",
    "name": "What it is called, where this server knows it",
    "timezone": "Whose clock the local times are by",
    "first_day": "The first day asked for; empty: since it began",
    "last_day": "The last day asked for; empty: up to the moment it was made",
    "made_at": "When this file was made, in UTC milliseconds since 1970",
    "definitions": "The version of the definitions",
    "basis": "The rules that waits are judged by: another where a target or a definition has changed",
    "changes": "The number of the newest step in it",
    "reception": "The version of Reception that made it",
}
LOOKED_FOR = {  # what analysts ask by
    "visits": ("day", "came_for", "appointment"),
    "waits": ("day", "came_for", "result"),
    "legs": ("service",),
    "steps": ("visit", "day"),
    "desks_at_work": ("day",),
    "appointments": ("day", "visit"),
    "promises": ("day", "visit"),
}
SORTED_BY = {"visits": "arrived_at", "waits": "since_at", "legs": "since_at", "steps": "step_number"}
QUESTIONS = {  # worked, for whoever begins
    "share_by_service": {
        "title": "How many in a hundred were seen within the target, by month and service",
        "sql": "SELECT substr(day, 1, 7) AS month, came_for_name, count(*) AS n, sum(in_time) AS hits,"
        " round(100 * avg(in_time), 1) AS percent FROM waits WHERE judged GROUP BY month, came_for"
        " ORDER BY month, n DESC",
    },
    "by_hour": {
        "title": "How many come at which hour, and how long they wait on average",
        "sql": "SELECT hour, count(*) AS visits, round(avg(wait_seconds) FILTER (WHERE waits.seen)) AS wait_seconds"
        " FROM visits JOIN waits USING (visit) GROUP BY hour ORDER BY hour",
    },
}
FACETS = {
    "visits": ["came_for_name", "state", "channel"],
    "waits": ["came_for_name", "result"],
    "steps": ["step"],
    "desks_at_work": ["desk_name", "state"],
    "appointments": ["service_name", "state"],
    "promises": ["kind", "state"],
    "figures_by_service": ["service_name"],
}


def write(
    figures: Figures, file: Path, now: int, first=None, last=None, offices: Iterable[str] | None = None
) -> dict[str, int]:
    """Writes the days from `first` to `last` (None: no bound) to a new file in the place of an older one; how many rows
    each table has. KeepingError where that cannot be done; an older file is untouched then."""
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as made:
            counts = _fill(made, figures, now, first, last, offices)
        put_in_place(unfinished, file)
    except (OSError, sqlite3.Error) as error:
        raise KeepingError(f"{file} was not made: {why(error, file)}. An older one there is untouched.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def _fill(made: sqlite3.Connection, figures: Figures, now: int, first, last, offices) -> dict[str, int]:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000"):
        made.execute(f"PRAGMA {pragma}")
    counts = dict.fromkeys(TABLES, 0)
    made.execute("BEGIN")
    made.execute(f"CREATE TABLE about ({', '.join(ABOUT)}, PRIMARY KEY (office)) WITHOUT ROWID")
    for table in TABLES.values():
        made.execute(_create(table))
    with figures.look():
        for office, name in figures.offices():
            if offices is None or office in offices:
                reading = Reading(figures, office, now)
                made.execute(f"INSERT INTO about VALUES ({_marks(ABOUT)})", _about(reading, name, first, last))
                for table in TABLES.values():
                    insert = f"INSERT INTO {table.name} VALUES ({_marks(table.names)})"
                    for rows in reading.pages(table, Wanted(office, first, last)):
                        made.executemany(insert, rows)
                        counts[table.name] += len(rows)
    for name, wanted in LOOKED_FOR.items():
        for column in wanted:
            made.execute(f"CREATE INDEX {name}_by_{column} ON {name} ({column})")
    made.execute("COMMIT")
    made.execute("ANALYZE")
    return counts


def _create(table: Table) -> str:
    parts = [f"{one.name} {SQL[one.kind]}{' NOT NULL' if one.always else ''}" for one in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    to = (f"FOREIGN KEY ({column}) REFERENCES {other} ({TABLES[other].key[0]})" for column, other in table.to)
    return f"CREATE TABLE {table.name} ({', '.join((*parts, *to))})"


def _marks(names: Iterable[str]) -> str:
    return ", ".join("?" for _name in names)


def _about(reading: Reading, name: str, first, last) -> list:
    newest = reading.store.newest_step(reading.office)
    days = [day and day.isoformat() for day in (first, last)]
    told = (reading.office, name, str(reading.says.zone), *days, reading.now, DEFINITIONS, reading.basis, newest)
    return [*told, __version__]


# -- Datasette --------------------------------------------------------------------------------------------------------


def metadata(settings: Settings, database: str) -> dict:
    """What Datasette says of the file called `database` (without .db): titles, and what each column means."""
    address = settings.address
    tables = {
        table.name: {
            "title": table.title,
            "description": table.says,
            "columns": {one.name: one.says for one in table.columns},
            **({"sort": SORTED_BY[table.name]} if table.name in SORTED_BY else {}),
            **({"facets": FACETS[table.name]} if table.name in FACETS else {}),
        }
        for table in TABLES.values()
    }
    tables["about"] = {
        "title": "About this file",
        "description": "One row an office: its clock, the days that are here, and what its waits are judged by.",
        "columns": ABOUT,
    }
    title = f"{settings.office.name}: the front desk"
    without = f"Not in it: {'; '.join(LEFT_OUT)}."
    about = {
        "title": title,
        "description": f"Visits, waits and figures as Reception recorded them. {without}",
        "license": settings.data.licence,
        "license_url": settings.data.licence_url or None,
        "source": settings.office.name,
        "source_url": address,
        "about": "What the figures mean",
        "about_url": f"{address}/performance/definitions",
    }
    told = {name: words for name, words in about.items() if words}
    return {**told, "databases": {database: {**told, "tables": tables, "queries": QUESTIONS}}}


def write_metadata(settings: Settings, file: Path, database: str) -> None:
    write_whole(file, (json.dumps(metadata(settings, database), ensure_ascii=False, indent=1) + "\n").encode())
