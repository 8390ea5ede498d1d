"""The tables' rows, a page at a time, so that years of visits never stand in memory: by days, or by what has changed.

A page's cursor is where the last row stood in an order that never changes, so that nobody is told twice or left out
while the office goes on. It changes nothing.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reception import hours
from reception.data import others, told, visits
from reception.data.columns import Table
from reception.data.tables import TABLES
from reception.data.wording import Wording
from reception.figures import Figures
from reception.figures.asking import EARLIEST, Asked
from reception.figures.rules import FIRST
from reception.refusals import Refusal

MOST = 10_000  # rows of a page
USUAL = 1_000
FAR = date(9999, 12, 30)
BY_INSTANT = {
    "steps": others.steps,
    "promises": others.promises,
    "outages": others.outages,
    "alerts": others.alerts,
    "warnings": others.warnings,
    "feedback": told.feedback,
    "feedback_stages": told.stages,
}
BY_DAYS = {"desks_at_work": others.desks_at_work, "appointments": others.appointments}
FIGURES = {"figures_by_day": "by_day", "figures_by_month": "by_month", "figures_by_service": "by_service"}
PLACES = {  # what a place is made of
    **dict.fromkeys(("visits", "waits", "legs", "promises", "feedback", "alerts", "warnings"), (int, str)),
    "steps": (int,),
    **dict.fromkeys(("outages", "feedback_stages"), (int, str, int)),
    "desks_at_work": (str, int),
    "appointments": (str, int, str),
    **dict.fromkeys(("figures_by_day", "figures_by_month"), (str,)),
    "figures_by_service": (str, str),
}
CHANGED_PLACE = (int, int)  # the step looked at last, and the newest when the first page was read
LARGEST = 1 << 60
JUDGED = ("waits", "legs")  # of these something may change by time alone


@dataclass(frozen=True, slots=True)
class Wanted:
    """The days from `first` to `last` (None: no bound) of one office; or, with `changed_since`, whatever the steps
    after that number changed."""

    office: str
    first: date | None = None
    last: date | None = None
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` are tuples in the table's order of columns; `next` the cursor of the page after this one, None at the end;
    `changes` is to be said as `changed_since` the next time."""

    rows: list[tuple]
    next: str | None
    changes: int


class Reading:
    """One office's tables as they stand at `now`. Ask inside one read transaction (`Figures.look`), on any thread."""

    def __init__(self, figures: Figures, office: str, now: int):
        today = figures.today(now)
        figures.offices_asked(Asked(today, today, offices=(office,)))  # refuses one that has no visits here
        self.figures, self.store, self.office, self.now = figures, figures.store, office, now
        self.history = figures.history(office)
        settings, own = figures.settings, office == figures.office
        self.says = Wording(
            office,
            self.history.rows[-1][1].zone,
            {one.key: one.name for one in settings.services} if own else {},
            {one.key: one.name for one in settings.desks} if own else {},
        )
        self.judging = visits.Judging(self.store, office, self.history, self.says.zone, now)

    @property
    def basis(self) -> str:
        """What is judged by: the definitions' version and every rule since the office began."""
        return self.history.basis(FIRST, FAR.isoformat())

    def page(self, table: Table, wanted: Wanted, after: str | None = None, limit: int = USUAL) -> Page:
        """At most `limit` rows of a table, those after a cursor. Refuses a cursor that is not of such a question."""
        changes, place = _read(after, table, wanted) if after else (None, None)
        if changes is None:
            newest = self.store.newest_step(self.office)
            changes = self.judging.settled(newest) if table.name in JUDGED else newest
        if wanted.changed_since is None:
            rows, place = self._of_days(table, wanted, place, limit)
        else:
            place = place or [wanted.changed_since, self.store.newest_step(self.office)]
            rows, place = self._changed(table, place, limit)
        cells = [tuple(row[name] for name in table.names) for row in rows]
        return Page(cells, _cursor(table, wanted, changes, place) if place else None, changes)

    def pages(self, table: Table, wanted: Wanted, limit: int = MOST) -> Iterator[list[tuple]]:
        """All rows that are wanted, some at a time."""
        page = self.page(table, wanted, limit=limit)
        yield page.rows
        while page.next:
            page = self.page(table, wanted, page.next, limit)
            yield page.rows

    # -- by days ----------------------------------------------------------------------------------------------------

    def _of_days(self, table: Table, wanted: Wanted, place: list | None, limit: int) -> tuple[list[dict], list | None]:
        name = table.name
        if name in FIGURES:
            from reception.data import measured  # it brings in numpy, which a start need not wait for

            found = getattr(measured, FIGURES[name])(self, self._days(wanted, ahead=False), place, limit)
        elif name in BY_DAYS:
            found = BY_DAYS[name](self, self._days(wanted, ahead=name == "appointments"), place, limit + 1)
        elif name in BY_INSTANT:
            found = BY_INSTANT[name](self, self._span(wanted), place, limit + 1)
        else:
            arrived = visits.by_arrival(self.store, self.office, self._span(wanted), place, limit + 1)
            found = self._rows_of(name, [visit for _place, visit in arrived])
            return _cut([(at, rows) for (at, _visit), rows in zip(arrived, found, strict=True)], limit)
        return _cut(((at, [row]) for at, row in found), limit)

    def _span(self, wanted: Wanted) -> tuple[int, int]:
        start = hours.day_bounds(wanted.first.isoformat(), self.says.zone)[0] if wanted.first else 0
        end = hours.day_bounds(wanted.last.isoformat(), self.says.zone)[1] if wanted.last else LARGEST
        return start, end

    def _days(self, wanted: Wanted, *, ahead: bool) -> tuple[date, date]:
        """The days as far as anything is known of them: up to today, or to whatever is `ahead`."""
        began = self.store.first_arrival(self.office)
        today = hours.local(self.now, self.says.zone).date()
        known = hours.local(began, self.says.zone).date() if began else today
        first = max(wanted.first or EARLIEST, min(known, today))
        return first, wanted.last or (FAR if ahead else today)

    # -- what has changed -------------------------------------------------------------------------------------------

    def _changed(self, table: Table, place: list, limit: int) -> tuple[list[dict], list | None]:
        after, upto = place
        if table.name == "steps":
            rows, place = _cut([(at, [row]) for at, row in others.steps_after(self, after, upto, limit + 1)], limit)
            return rows, place and [place[0], upto]
        if table.name == "promises":
            rows, last = others.promises_changed(self, after, upto, limit)
            return rows, last and [last, upto]
        there, last = visits.changed(self.store, self.office, after, upto, limit)
        found = self._rows_of(table.name, [visit for _number, visit in there])
        rows, number = [], 0
        for (number, _visit), own in zip(there, found, strict=True):
            if rows and len(rows) + len(own) > limit:
                return rows, [number - 1, upto]
            rows += own
        return rows, last and [last, upto]

    # -- rows of visits ---------------------------------------------------------------------------------------------

    def _rows_of(self, name: str, there: list) -> list[list[dict]]:
        """The rows of each visit."""
        if name == "visits":
            return [[visits.visit_row(visit, self.says)] for visit in there]
        judged = self.judging.all(there)
        if name == "legs":
            return [list(visits.leg_rows(visit, judged[visit.id], self.says)) for visit in there]
        targets = {visit.day: self.history.on(visit.day).target_ms for visit in there}
        return [[visits.wait_row(visit, judged[visit.id], targets[visit.day], self.says)] for visit in there]


def _cut(found: Iterable[tuple[list, list[dict]]], limit: int) -> tuple[list[dict], list | None]:
    """As many of (place, rows) as a page takes, one at least, and the place of the last where there are more."""
    rows, place = [], None
    for at, own in found:
        if rows and len(rows) + len(own) > limit:
            return rows, place
        rows += own
        place = at
    return rows, None


def table_named(name: str) -> Table:
    if name not in TABLES:
        raise Refusal("unknown_table", status=404, table=name[:40])
    return TABLES[name]


# -- cursors: where a page ended, and of which question ---------------------------------------------------------------


def _asked(table: Table, wanted: Wanted) -> list:
    days = [day and day.isoformat() for day in (wanted.first, wanted.last)]
    return [table.name, wanted.office, *days, wanted.changed_since]


def _cursor(table: Table, wanted: Wanted, changes: int, place: list) -> str:
    held = json.dumps([_asked(table, wanted), changes, place], separators=(",", ":"))
    return base64.urlsafe_b64encode(held.encode()).decode().rstrip("=")


def _read(cursor: str, table: Table, wanted: Wanted) -> tuple[int, list]:
    try:
        asked, changes, place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        shape = PLACES[table.name] if wanted.changed_since is None else CHANGED_PLACE
        fits = asked == _asked(table, wanted) and _is_place([changes, *place], (int, *shape))
        if fits and table.name == "desks_at_work":
            date.fromisoformat(place[0])
    except (ValueError, TypeError):
        fits = False
    if not fits:
        raise Refusal("unknown_cursor", status=422, table=table.name)
    return changes, place


def _is_place(place: list, shape: tuple[type, ...]) -> bool:
    same = len(place) == len(shape) and all(type(part) is kind for part, kind in zip(place, shape, strict=True))
    return same and all(0 <= part < LARGEST for part in place if isinstance(part, int))
