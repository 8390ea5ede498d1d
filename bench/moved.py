"""A made-up year's rows as they stand in its database, and copies of them: of another office, of other years.

All that a row says of instants, days, ids and numbers is moved alike, in its steps' changes too, so that a copy's steps
replay to its rows as the year's own do.
"""

import random
import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from demo.past import APPOINTMENT, OUTAGE, PROMISE, STEP
from reception.visit import FIELDS

DAY_MS = 86_400_000
TOKENS = {
    "id": r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
    "at": r"\b1\d{12}\b",
    "number": r'(?<="place": \[null, )\d+',
    "desk": r'(?<="since_at": \[)0',  # since when a desk was closed before the year began
    "day": r"\b\d{4}-\d\d-\d\d\b",
    "reference": r'(?<=")\d{6}-\d{3}(?=")',
    "office": r'(?<="office": \[null, ")[^"]+',
}
TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TOKENS.items()))
KINDS = {
    **dict.fromkeys(("id", "visit", "appointment", "about"), "id"),
    **dict.fromkeys(("page_until", "held_until", "late_until"), "at"),
    **dict.fromkeys(("day", "due_on"), "day"),
    **dict.fromkeys(("number", "press", "undoes"), "number"),
    "office": "office",
}


def kind_of(table: str, column: str) -> str | None:
    """What a column holds that a copy moves; None: it stays as it is."""
    if table == "visits" and column in ("number", "place"):
        return "number" if column == "place" else None
    if table == "promises" and column == "reference":
        return "reference"
    return "at" if column.endswith("_at") or column == "at" else KINDS.get(column)


class Year:
    """The rows of a planted office, in memory. `first` is its first day, a Monday, `weeks` how long it is; `days`
    are all that anybody came on."""

    def __init__(self, database: sqlite3.Connection, first: date, weeks: int):
        self.first, self.weeks = first, weeks
        self.visits = self._rows(database, "visits", FIELDS, "arrived_at")
        self.promises = self._rows(database, "promises", PROMISE, "id")
        self.appointments = self._rows(database, "appointments", APPOINTMENT, "id")
        self.outages = self._rows(database, "outages", OUTAGE, "id")
        self.day_of = {row[0]: row[2] for row in self.visits} | {row[1]: row[3] for row in self.appointments}
        self.days = sorted({row[2] for row in self.visits})
        self.steps = [self._step(row) for row in self._rows(database, "steps", STEP, "number")]
        self.closed = self._closed()

    def _rows(self, database, table: str, columns: tuple[str, ...], order: str) -> list[tuple]:
        return database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}").fetchall()

    def _step(self, row: tuple) -> tuple:
        """A step with its changes taken apart: a format, what fills it, and whether instants alone do."""
        changes = row[STEP.index("changes")]
        found = [(one.lastgroup, one[0]) for one in TOKEN.finditer(changes)]
        form = TOKEN.sub("%s", changes.replace("%", "%%"))
        simple = all(kind == "at" for kind, _text in found)
        return row, form, [int(text) for _kind, text in found] if simple else found, simple

    def _closed(self) -> dict[str, int]:
        """Desk -> when it was last closed."""
        step, at, desk = STEP.index("step"), STEP.index("at"), STEP.index("desk")
        return {row[desk]: row[at] for row, *_rest in self.steps if row[step] == "closed"}


class Copy:
    """The year as another office's, so many `years` earlier, but for some of its days (`left_out`, as the year has
    them). `begun` is the number its steps begin after; `closed` says since when desks were closed before."""

    def __init__(self, year: Year, office: str, years: int, left_out: frozenset[str], begun: int, closed: dict):
        self.year, self.office, self.left_out, self.begun, self.closed = year, office, left_out, begun, closed
        self.shift = -years * year.weeks * 7  # days
        self.ms = self.shift * DAY_MS
        self._mix = random.Random(f"{office} {years}").getrandbits(48)
        self._ids: dict[str, str] = {}
        self._days = {}

    # -- what moves -----------------------------------------------------------------------------------------------

    def id(self, old: str) -> str:
        found = self._ids.get(old)
        if found is None:
            at, tail = int(old[:8] + old[9:13], 16) + self.ms, int(old[24:], 16) ^ self._mix
            high = f"{at:012x}"
            found = self._ids[old] = f"{high[:8]}-{high[8:]}{old[13:24]}{tail:012x}"
        return found

    def day(self, old: str) -> str:
        found = self._days.get(old)
        if found is None:
            found = self._days[old] = (date.fromisoformat(old) + timedelta(days=self.shift)).isoformat()
        return found

    def reference(self, old: str) -> str:
        """A promise's, which begins with the day."""
        day = self.day(f"20{old[:2]}-{old[2:4]}-{old[4:6]}")
        return day.replace("-", "")[2:] + old[6:]

    def moved(self, kind: str | None, value):
        if value is None or kind is None:
            return value
        if kind == "at":
            return int(value) + self.ms
        if kind == "number":
            return int(value) + self.begun
        return self.office if kind == "office" else getattr(self, kind)(value)

    # -- rows -----------------------------------------------------------------------------------------------------

    def visits(self, first: int, last: int) -> Iterator[tuple]:
        """Of the year's visits those from one place to before another."""
        kinds = [kind_of("visits", name) for name in FIELDS]
        for row in self.year.visits[first:last]:
            if row[2] not in self.left_out:
                yield tuple([self.moved(*pair) if pair[0] else pair[1] for pair in zip(kinds, row, strict=True)])

    def promises(self) -> Iterator[tuple]:
        kinds, visit = [kind_of("promises", name) for name in PROMISE], PROMISE.index("visit")
        for row in self.year.promises:
            if self.year.day_of[row[visit]] not in self.left_out:
                yield tuple(map(self.moved, kinds, row))

    def appointments(self) -> Iterator[tuple]:
        kinds, reference = [kind_of("appointments", name) for name in APPOINTMENT], APPOINTMENT.index("reference")
        for row in self.year.appointments:
            if row[3] not in self.left_out:
                new = list(map(self.moved, kinds, row))
                new[reference] = new[1].replace("-", "").upper()[12:28]
                new[APPOINTMENT.index("plain")] = new[reference].casefold()
                yield tuple(new)

    def outages(self) -> Iterator[tuple]:
        kinds = [kind_of("outages", name) for name in OUTAGE]
        for row in self.year.outages:
            yield tuple(map(self.moved, kinds, row))

    def steps(self) -> Iterator[tuple]:
        ms, begun, moved = self.ms, self.begun, self.id
        gone = {one for one, day in self.year.day_of.items() if day in self.left_out}
        for row, form, filling, simple in self.year.steps:
            _office, number, visit, step, at, by, desk, press, undoes, about, _changes, note = row
            if visit in gone or about in gone:
                continue
            values = [value + ms for value in filling] if simple else [self._filled(*one, desk) for one in filling]
            yield (
                self.office, number + begun, visit and moved(visit), step, at + ms, by, desk, press + begun,
                undoes and undoes + begun, about and moved(about), form % tuple(values), note,
            )  # fmt: skip

    def _filled(self, kind: str, text: str, desk: str | None):
        return self.closed.get(desk, 0) if kind == "desk" else self.moved(kind, text)

    @property
    def last_number(self) -> int:
        return self.begun + self.year.steps[-1][0][1]

    @property
    def closes(self) -> dict[str, int]:
        return {desk: at + self.ms for desk, at in self.year.closed.items()}
