"""A long past of one office or of many, quickly, and the truth of it: a made-up year (demo/past.py), copied.

Each copy is moved by whole years of 52 weeks, belongs to its office and leaves some days out, so that no two are alike.
Offices are on a clock that is never set, so that a day moved is a day. Nothing may run on the database meanwhile.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy

from bench.moved import Copy, Year
from demo.past import APPOINTMENT, OUTAGE, PROMISE, STEP, indexes_taken_away, plant
from demo.truth import Month, Truth
from reception.figures import Figures
from reception.figures.facts import DAY_OF, TYPES, USE, Facts, day_number
from reception.figures.kept import DAY, OfficeFacts, month_of
from reception.figures.rules import FIRST, packed, rules_of
from reception.settings import Settings
from reception.store import Store
from reception.visit import FIELDS

WEEKS = 52
TIMEZONE = "Atlantic/Reykjavik"  # never set, and the hour of London's winter
LEFT_OUT = 0.04  # of the days of a copy
AT_ONCE = 2_000  # of the year's visits, for all copies of them together


class DayByDay(Truth):
    """`months` by the day."""

    def of(self, office: str, day: str) -> Month:
        return self.months.setdefault((office, day), Month())


@dataclass
class LongPast:
    """What was planted: `of` says what any days of any office were."""

    first: date
    last: date
    offices: list[str]
    days: dict[tuple[str, str], Month]

    def __len__(self) -> int:
        return sum(day.counts["arrivals"] for day in self.days.values())

    def of(self, office: str, first: date, last: date) -> Month:
        found = Month()
        for (key, day), one in self.days.items():
            if key == office and first.isoformat() <= day <= last.isoformat():
                found.counts.update(one.counts)
                found.outcomes.update(one.outcomes)
                found.services.update(one.services)
                found.waits.extend(one.waits)
        return found


def plant_long(
    path: Path, settings: Settings, offices: list[str], years: int, last: date, *, a_day: float, weeks: int = WEEKS
) -> LongPast:
    """So many years of each office (`weeks` each), up to the Sunday on or before `last`; their figures are kept."""
    last -= timedelta(days=last.isoweekday() % 7)
    first = last - timedelta(days=weeks * 7 - 1)
    truth = DayByDay(settings.promise.target_seconds * 1000)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / "year.db"
        plant(made, settings, first, last, a_day=a_day, truth=truth)
        with closing(sqlite3.connect(made)) as database:
            year = Year(database, first, weeks)
        facts = _kept_facts(made, settings, first, last)
    copies = list(_copies(year, sorted(offices), years))
    Store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        _write(database, year, copies, settings)
    _keep(path, settings, copies, facts, last)
    days = {
        (copy.office, copy.day(day)): one
        for copy in copies
        for (_office, day), one in truth.months.items()
        if day not in copy.left_out
    }
    return LongPast(first - timedelta(weeks=weeks * (years - 1)), last, sorted(offices), days)


def _copies(year: Year, offices: list[str], years: int) -> Iterator[Copy]:
    """The oldest first of each office."""
    for office in offices:
        begun, closed = 0, {}
        for back in range(years - 1, -1, -1):
            few = max(1, round(LEFT_OUT * len(year.days)))
            left_out = frozenset(random.Random(f"{office} {back}").sample(year.days, few))
            yield (copy := Copy(year, office, back, left_out, begun, closed))
            begun, closed = copy.last_number, copy.closes


def _write(database, year: Year, copies: list[Copy], settings: Settings) -> None:
    for pragma in ("synchronous = OFF", "cache_size = -200000", "temp_store = FILE"):
        database.execute(f"PRAGMA {pragma}")
    later = indexes_taken_away(database)
    for shift in sorted({copy.shift for copy in copies}):  # by id, which is by time: a page once written is full
        together = [copy for copy in copies if copy.shift == shift]
        for place in range(0, len(year.visits), AT_ONCE):
            rows = [row for copy in together for row in copy.visits(place, place + AT_ONCE)]
            _insert(database, "visits", FIELDS, sorted(rows))
    for copy in copies:
        _insert(database, "steps", STEP, copy.steps())
        _insert(database, "promises", PROMISE, sorted(copy.promises()))
        _insert(database, "appointments", APPOINTMENT, sorted(copy.appointments()))
        _insert(database, "outages", OUTAGE, copy.outages())
        for desk, at in copy.closes.items():
            row = (copy.office, desk, "closed", at)
            database.execute("INSERT OR REPLACE INTO desks (office, key, state, since_at) VALUES (?, ?, ?, ?)", row)
    rules = packed(rules_of(settings))
    for office in {copy.office for copy in copies}:
        database.execute("INSERT INTO figure_rules VALUES (?, ?, ?, 0, 'system')", (office, FIRST, rules))
    for statement in later:
        database.execute(statement)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(database, table: str, columns: tuple[str, ...], rows: Iterable[tuple]) -> None:
    marks = ", ".join("?" * len(columns))
    database.execute("BEGIN")
    database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    database.execute("COMMIT")


# -- the figures of finished days --------------------------------------------------------------------------------


def _kept_facts(path: Path, settings: Settings, first: date, last: date) -> Facts:
    """The year's facts, measured from its visits."""
    store = Store(path)
    now = _after(last)
    found = OfficeFacts(store, settings.office.key, Figures(settings, store).history()).measured(first, last, now)
    store.close()
    return found


def _after(last: date) -> int:
    return (day_number(last) + 2) * 86_400_000


def _keep(path: Path, settings: Settings, copies: list[Copy], facts: Facts, last: date) -> None:
    """Each copy's facts as an office's server would keep them: by the month, and the last days one by one. They are
    moved like the rows and not measured again; a test holds them against what is measured."""
    store = Store(path)
    for office in dict.fromkeys(copy.office for copy in copies):
        own = OfficeFacts(store, office, Figures(settings, store).history(office))
        mine = [copy for copy in copies if copy.office == office]
        whole = Facts(
            {name: numpy.concatenate([_moved(facts, copy, name) for copy in mine]) for name in TYPES}, facts.words
        )
        begins = mine[0].year.first + timedelta(days=mine[0].shift)
        store.begin()
        for first, end in _spans(begins, last):
            store.keep_facts(own.rows(first, end, Between(whole, first, end)))
        store.commit()
    store.close()


def _moved(facts: Facts, copy: Copy, name: str) -> numpy.ndarray:
    """A column as a copy has it. On a day that is left out desks are open and help nobody."""
    day, column = DAY_OF[name], facts[name]
    out = numpy.isin(facts[day], [day_number(date.fromisoformat(one)) for one in copy.left_out])
    if name not in USE:
        column = column[~out]
    elif name == "use_serving":
        column = numpy.where(out, 0, column)
    return column + copy.shift if name == day else column + copy.ms if name == "arrived" else column


class Between(Facts):
    """The rows of some days."""

    def __init__(self, whole: Facts, first: date, last: date):
        super().__init__({}, whole.words)
        self._whole, self._first, self._last = whole, day_number(first), day_number(last)

    def __getitem__(self, name: str) -> numpy.ndarray:
        days = self._whole[DAY_OF[name]]
        return self._whole[name][(days >= self._first) & (days <= self._last)]


def _spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The months that are whole (the first from its first day), then each day of the last."""
    while first <= last:
        end = month_of(first)[1]
        if end > last:
            end = first
        yield first, end
        first = end + DAY
