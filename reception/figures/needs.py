"""Waits by what people need. Needs are forgotten a day after, so a finished day keeps them apart from any visit: for
each need what became of the promise and how long the waits were, in order of length and not of arrival.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy

from reception import hours
from reception.figures import facts as columns
from reception.figures import report
from reception.figures.asking import Asked
from reception.figures.facts import TYPES, UNKNOWN, Facts
from reception.figures.judging import WAITING, judge
from reception.figures.sums import Shape, sums_of

DAY = timedelta(days=1)
LOOKED_BACK = 14  # days: as long as an office may keep what people need, and a holiday more


def kept_rows(figures, day: date, now: int) -> list[tuple]:
    """A finished day's rows of `need_waits`, while its needs are known."""
    office = figures.office
    return [
        (office, day.isoformat(), need, *_apart(waits)) for need, waits in _of_day(figures, office, day, now).items()
    ]


def finished_rows(figures, now: int) -> list[tuple]:
    """The rows of each day that is over and whose needs may still be known."""
    today = figures.today(now)
    return [row for back in range(1, LOOKED_BACK + 1) for row in kept_rows(figures, today - back * DAY, now)]


def needing(figures, asked: Asked, now: int) -> Facts:
    """The facts of those who had this need; nothing but day, fate and wait is known of them."""
    rows = [
        row
        for office in figures.offices_asked(asked)
        for row in _rows(figures, office, asked, now)
        if row[1] == asked.need
    ]
    return _facts(rows)


def by_need(figures, offices: Iterable[str], asked: Asked, now: int) -> list[dict]:
    """The figure of each need that anybody had, in the settings' order."""
    rows = [row for office in offices for row in _rows(figures, office, asked, now)]
    names = {need.key: need.name for need in figures.settings.needs}
    there = {need for _day, need, _fates, _waits in rows}
    return [
        {"key": need, "name": names.get(need, need)} | _figure([row for row in rows if row[1] == need])
        for need in [*(key for key in names if key in there), *sorted(there - names.keys())]
    ]


def _figure(rows: list[tuple]) -> dict:
    """A need's figure; of its longest wait nobody knows when it was."""
    return report.total([sums_of(_facts(rows), Shape(None))], None) | {"longest_at": None}


def _rows(figures, office: str, asked: Asked, now: int) -> list[tuple]:
    """(day, need, fates, waits): as kept, and of days that are not, from the visits."""
    kept = figures.store.need_waits(office, asked.first.isoformat(), asked.last.isoformat())
    rows = [(day, need, numpy.frombuffer(f, "u1"), numpy.frombuffer(w, "<i4")) for day, need, f, w in kept]
    done = {day for day, *_rest in rows}
    last = min(asked.last, figures.today(now))
    for back in range(3):  # needs are known until the night after
        day = last - back * DAY
        if day >= asked.first and day.isoformat() not in done:
            for need, waits in _of_day(figures, office, day, now).items():
                fates, ordered = _apart(waits)
                rows.append((day.isoformat(), need, numpy.frombuffer(fates, "u1"), numpy.frombuffer(ordered, "<i4")))
    return rows


def _of_day(figures, office: str, day: date, now: int) -> dict[str, list[tuple[int, int]]]:
    """need -> (fate with its marks, wait) of everybody who had it."""
    start, end = hours.day_bounds(day.isoformat(), figures.zone)
    needs = figures.store.needs_on(office, start, end)
    if not needs:
        return {}
    steps = figures.store.steps_that_matter(office, start, end)
    outages = figures.store.server_outages(office, start, end, now)
    rules, found = figures.history(office).on(day.isoformat()), {}
    for visit in figures.store.visits_between(office, start, end):
        one = judge(visit, steps.get(visit.id, ()), rules, now, outages) if visit.id in needs else None
        for need in needs.get(visit.id, "").split():
            lasting = visit.state != "cancelled" and (visit.seen_at is not None or visit.state in WAITING)
            marks = one.out << 5 | one.excluded << 6 | lasting << 7
            found.setdefault(need, []).append((one.fate | marks, one.wait))
    return found


def _apart(waits: list[tuple[int, int]]) -> tuple[bytes, bytes]:
    ordered = sorted(waits)
    fates = numpy.array([fate for fate, _wait in ordered], dtype="u1")
    return fates.tobytes(), numpy.array([wait for _fate, wait in ordered], dtype="<i4").tobytes()


def _facts(rows: list[tuple]) -> Facts:
    days = [numpy.full(len(fates), columns.day_number(date.fromisoformat(day))) for day, _need, fates, _waits in rows]
    marked = numpy.concatenate([fates for _day, _need, fates, _waits in rows] or [numpy.empty(0, "u1")])
    waits = numpy.concatenate([waits for *_rest, waits in rows] or [numpy.empty(0, "<i4")])
    n = len(marked)
    flags = (marked >> 5 & 1) * columns.FLAG["out"] + (marked >> 6 & 1) * columns.FLAG["excluded"]
    flags = flags.astype("<u2") + (marked >> 7).astype("<u2") * columns.FLAG["lasting"]
    found = {name: numpy.full(n, UNKNOWN if kind == "<i4" else 0, dtype=kind) for name, kind in TYPES.items()}
    for name in (*columns.LEGS, *columns.USE):
        found[name] = found[name][:0]
    found |= {
        "day": numpy.concatenate(days or [numpy.empty(0)]).astype("<i4"),
        "fate": marked & 31,
        "flags": flags,
        "wait": waits,
    }
    return Facts(found, dict.fromkeys(columns.ALL_KEYS, ("",)))
