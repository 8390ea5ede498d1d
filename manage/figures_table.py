"""The figures as a table for a spreadsheet: one row for everybody, then one for each service, hour and so on.

Waits in seconds, shares between 0 and 1; a figure without data is an empty cell, never 0 or 100%.
"""

import csv
import io
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from manage.frame import safe

COUNTED = (
    "n", "hits", "misses", "arrivals", "apart", "recent", "seen", "left_without_being_seen", "left", "no_shows",
    "closed_unserved", "left_in_time", "not_there_in_time", "cancelled", "outage", "excluded", "inferred",
    "late_returns", "auto_closed", "without_outcome", "gone",
)  # fmt: skip
TIMED = ("median", "p90", "p95", "longest")
ALWAYS = ("from", "to", "timezone", "target_seconds", "definitions")
HEAD = (*ALWAYS, "of", "key", "name", "share", "low", "high", "share_of_all", "share_with_outages", *COUNTED,
        *(f"{timed}_seconds" for timed in TIMED), "started", "ended", "note")  # fmt: skip
GROUPS = (
    ("service", "services", "key"),
    ("hour", "hours", "hour"),
    ("weekday", "weekdays", "weekday"),
    ("desk", "desks", "key"),
    ("channel", "channels", "key"),
    ("language", "languages", "key"),
    ("need", "needs", "key"),
    ("span", "points", "first"),
)
DURATIONS = ("acknowledgement", "call_wait", "walk", "service_time", "visit_time", "later_legs")


def text(report: dict, name_of=lambda outage: None) -> str:
    """The table as CSV; `name_of` tells the name of the kiosk of an outage."""
    written = io.StringIO()
    csv.writer(written).writerows([safe(cell) for cell in row] for row in rows(report, name_of))
    return written.getvalue()


def rows(report: dict, name_of=lambda outage: None):
    """The head, then each row in its order. `of` says what a row is of, `key` which one."""
    yield list(HEAD)
    always = {name: report[name] for name in ALWAYS}
    for of, key, name, found in chain(_groups(report), _outages(report, name_of)):
        cells = {**found, **always, "of": of, "key": key, "name": name}
        low, high = found.get("interval") or (None, None)
        cells |= {"low": low, "high": high}
        cells |= {f"{timed}_seconds": _seconds(found.get(f"{timed}_ms")) for timed in TIMED}
        yield [_rounded(cells.get(column)) for column in HEAD]


def _groups(report: dict):
    total = report["total"]
    yield "all", "", "", total
    for of, plural, key in GROUPS:
        for one in report[plural]:
            called = f"{one[key]:02d}" if of == "hour" else one[key]
            name = f"{called}:00" if of == "hour" else one["last"] if of == "span" else one.get("name", "")
            yield of, called, name, one
    for name in DURATIONS:
        yield "duration", name, "", total[name]
    for outcome, count in total["outcomes"].items():
        yield "outcome", outcome, "", {"n": count}
    for key, found in (
        ("resolved", total["resolved"]),
        ("validated", total["validated"]),
        ("carrying", (total["validated"] or {}).get("carrying")),
        ("punctual", report["appointments"]["punctual"]),
        ("with_date", report["next_steps"]["with_date"]),
        ("kept", report["next_steps"]["kept"]),
    ):
        if found:
            yield "share", key, "", found
    yield from _told(report["told"])


def _told(told: dict):
    """Who was called by the time that they were told; `gone` left before it."""
    for who in ("walk_ins", "appointments"):
        yield f"told {who}", "", "", told[who]
        for of, rows, key, name in (
            ("week", "weeks", "first", "last"), ("service", "services", "key", "name"), ("hour", "hours", "hour", ""),
        ):  # fmt: skip
            for one in told[rows]:
                called = f"{one[key]:02d}" if of == "hour" else one[key]
                yield f"told {who} by {of}", called, one.get(name, ""), one[who]


def _outages(report: dict, name_of):
    zone = ZoneInfo(report["timezone"])
    for one in report["outages"]:
        started, ended = (
            at and datetime.fromtimestamp(at / 1000, zone).isoformat(timespec="seconds")
            for at in (one["started_at"], one["ended_at"])
        )
        yield "outage", one["kind"], name_of(one) or "", {"started": started, "ended": ended, "note": one["note"]}


def _rounded(cell):
    return round(cell, 4) if isinstance(cell, float) else cell


def _seconds(ms: int | None) -> str | None:
    return None if ms is None else f"{ms / 1000:.3f}"
