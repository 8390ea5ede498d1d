"""Fills a database with past visits and their steps, quickly: in SQL, with the indexes made again afterwards.

Every visit is finished and belongs to a day before today, so that nothing of it is open.
"""

import sqlite3
import time
from pathlib import Path

DAYS = 8 * 365 + 2
OFFICE = "bench"

VISITS = """
INSERT INTO visits (id, office, day, number, service, state, place, channel, token, arrived_at, opens_at, booked_at,
    acknowledged_at, first_called_at, last_called_at, seen_at, seen_inferred, ended_at, ended_inferred, outcome, desk,
    recalls)
SELECT id, :office, day, number, service, 'completed', :first + n * 4, 'kiosk', NULL, at, at - at % 86400000 + 32400000,
    NULL, at + 900, at + wait, at + wait, at + wait + 20000, 0, at + wait + 320000, 0, NULL, desk, 0
FROM past ORDER BY n
"""
STEPS = """
INSERT INTO steps (office, number, visit, step, at, by, desk, press, undoes, changes)
SELECT :office, :first + n * 4 + k, id,
    CASE k WHEN 0 THEN 'issued' WHEN 1 THEN 'called' WHEN 2 THEN 'started' ELSE 'completed' END,
    at + CASE k WHEN 0 THEN 0 WHEN 1 THEN wait WHEN 2 THEN wait + 20000 ELSE wait + 320000 END,
    CASE k WHEN 0 THEN 'screen:0190' ELSE 'person:0190' END,
    CASE k WHEN 0 THEN NULL ELSE desk END, :first + n * 4 + k, NULL,
    CASE k
    WHEN 0 THEN printf('{"id": [null, "%s"], "office": [null, "bench"], "day": [null, "%s"], "number": [null, "%s"],'
        || ' "service": [null, "%s"], "state": [null, "waiting"], "place": [null, %d], "arrived_at": [null, %d]}',
        id, day, number, service, :first + n * 4, at)
    WHEN 1 THEN printf('{"state": ["waiting", "called"], "first_called_at": [null, %d], "desk": [null, "%s"]}',
        at + wait, desk)
    WHEN 2 THEN printf('{"state": ["called", "serving"], "seen_at": [null, %d]}', at + wait + 20000)
    ELSE printf('{"state": ["serving", "completed"], "ended_at": [null, %d]}', at + wait + 320000) END
FROM past CROSS JOIN (SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) ORDER BY n, k
"""
PAST = """
CREATE TEMP TABLE past AS
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :count),
    timed AS (SELECT n, n % :a_day AS nth, :since + (n / :a_day) * 86400000 + 32400000
        + (n % :a_day) * (28800000 / :a_day) AS at FROM counted)
SELECT n, at, date(at / 1000, 'unixepoch') AS day,
    printf('%s%03d', substr('ABCDE', nth % 5 + 1, 1), nth / 5 + 1) AS number,
    CASE nth % 5 WHEN 0 THEN 'council-tax' WHEN 1 THEN 'benefits' WHEN 2 THEN 'housing' WHEN 3 THEN 'parking'
        ELSE 'other' END AS service,
    printf('%08x-%04x-7000-8000-%012x', at >> 16, at & 65535, n) AS id,
    30000 + (n * 7919) % 600000 AS wait, printf('%d', nth % 8 + 1) AS desk
FROM timed
"""


def fill(path: Path, count: int) -> float:
    """Adds `count` past visits, as many a day as a million over eight years are; returns the seconds it took."""
    began = time.perf_counter()
    a_day = -(-1_000_000 // DAYS)
    today = time.time_ns() // 86_400_000_000_000 * 86_400_000
    since = today - (-(-count // a_day)) * 86_400_000
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -200000")
    database.execute("PRAGMA temp_store = MEMORY")
    later = database.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE tbl_name IN ('visits', 'steps')"
        " AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    first = database.execute("SELECT coalesce(max(number), 0) + 1 FROM steps").fetchone()[0]
    database.execute("BEGIN")
    for name, kind, _ in later:
        database.execute(f"DROP {kind} {name}")
    values = {"office": OFFICE, "count": count, "a_day": a_day, "since": since, "first": first}
    database.execute(PAST, values)
    database.execute(VISITS, values)
    database.execute(STEPS, values)
    for _, _, statement in later:
        database.execute(statement)
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return time.perf_counter() - began


def sum_up(server) -> float:
    """Keeps the finished days' figures, as an office's server does day by day; returns the seconds it took."""
    from reception.figures import Figures
    from reception.running import parts_for
    from reception.settings import load
    from reception.writer import Writer

    began = time.perf_counter()
    parts = parts_for(load(server.toml, env={}), writer=Writer)
    parts.store.execute("PRAGMA synchronous = OFF")
    Figures(parts.settings, parts.store, parts.frontdesk.writer).catch_up(parts.frontdesk.now())
    parts.store.close()
    return time.perf_counter() - began
