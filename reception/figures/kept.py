"""An office's facts, from the database: finished days and months as they are kept, the other days measured on the spot.

Triggers drop what a changed visit belongs to (schema.py), and a kept span names what it was measured by, so what is
read here is always what the visits say. It judges nothing itself.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from secrets import token_bytes
from weakref import proxy
from zoneinfo import ZoneInfo

import numpy

from reception import hours
from reception.figures import facts as columns
from reception.figures.facts import ALL_KEYS, DAY_OF, LEGS, ROWS, TYPES, USE, Facts
from reception.figures.judging import judge
from reception.figures.rules import History
from reception.figures.use import desk_use

log = logging.getLogger(__name__)
DAY = timedelta(days=1)
STAMP = "stamp"  # beside the columns of a kept span: what tells it from any that was kept of the same days before


class OfficeFacts:
    """One office's. Ask inside one read transaction (`Figures` opens it), on any thread."""

    def __init__(self, store, office: str, history: History):
        self.store, self.office, self.history = store, office, history

    @property
    def zone(self):
        return ZoneInfo(self.history.rows[-1][1].zone)

    def between(self, first: date, last: date, now: int) -> "Stored":
        """The facts of those who arrived on the days from `first` to `last`."""
        spans = self.spans(first, last)
        return Stored(self, first, last, spans, self._live(first, last, spans, now))

    def apart(self, first: date, last: date, now: int) -> tuple["Stored", "Stored", tuple | None]:
        """The same: those of the days that are kept, those of the others, and what names the first and nothing that
        was ever kept besides."""
        spans = self.spans(first, last)
        stamps = self.store.kept_stamps(self.office, first.isoformat(), last.isoformat())
        named = tuple(stamps.get(span) for span in spans)
        until = min(last.isoformat(), spans[-1][1]) if spans else ""
        kept, live = Stored(self, first, last, spans, []), self._live(first, last, spans, now)
        return kept, Stored(self, first, last, [], live), (self.office, first, until, named) if all(named) else None

    def _live(self, first: date, last: date, spans: list[tuple[str, str]], now: int) -> list[Facts]:
        return [self.measured(start, end, now) for start, end in _gaps(first, last, spans, self._known())]

    def spans(self, first: date, last: date) -> list[tuple[str, str]]:
        """The kept spans (first and last ISO day) that the period touches and that are as good as the visits."""
        rows = self.store.kept_spans(self.office, first.isoformat(), last.isoformat())
        return [(start, end) for start, end, basis in rows if basis == self.history.basis(start, end)]

    def column(self, name: str, spans: Sequence[tuple[str, str]]) -> list[tuple[numpy.ndarray, Sequence[str] | None]]:
        """A column of kept spans, part by part."""
        if not spans:
            return []
        wanted, found = set(spans), []
        for first, last, words, data in self.store.kept_column(self.office, name, spans[0][0], spans[-1][1]):
            if (first, last) in wanted:
                known = None if words is None else tuple(json.loads(words))
                found.append((numpy.frombuffer(data, dtype=TYPES[name]), known))
        return found

    def words_ever(self, name: str, now: int) -> set[str]:
        """The words that a column has on any day: as kept, and of the other days from the visits."""
        first, spans = self._known(), self.spans(date.min, date.max)
        found = {word for words in self.store.kept_words(self.office, name) for word in json.loads(words)}
        for start, end in _gaps(first or date.min, hours.local(now, self.zone).date(), spans, first):
            begins = hours.day_bounds(start.isoformat(), self.zone)[0]
            ends = hours.day_bounds(end.isoformat(), self.zone)[1]
            found.update(self.store.words_between(self.office, name, begins, ends))
        return found

    def measured(self, first: date, last: date, now: int) -> Facts:
        """The facts of these days, from the visits themselves."""
        zone = self.zone
        start, end = hours.day_bounds(first.isoformat(), zone)[0], hours.day_bounds(last.isoformat(), zone)[1]
        steps = self.store.steps_that_matter(self.office, start, end)
        outages = self.store.server_outages(self.office, start, end, now)
        rules = {}
        found = []
        for visit in self.store.visits_between(self.office, start, end):
            if visit.day not in rules:
                rules[visit.day] = self.history.on(visit.day)
            told = steps.get(visit.id, ())
            found.append((visit, judge(visit, told, rules[visit.day], now, outages)))
        dated = self.store.dated(self.office, start, end)
        came_back = self.store.matters(self.office, first.isoformat(), last.isoformat())
        in_time = {
            visit.id: (after := came_back[visit.id]) is not None and after <= rules[visit.day].return_days
            for visit, _one in found
            if visit.id in came_back
        }
        return columns.of(found, zone, self._use(first, last, found, now), dated, in_time)

    def _use(self, first: date, last: date, found, now: int) -> list[tuple]:
        """(day, desk, open, on a break, serving), in milliseconds, for each desk and day on which it was open."""
        zone = self.zone
        start, end = hours.day_bounds(first.isoformat(), zone)[0], hours.day_bounds(last.isoformat(), zone)[1]
        days: dict[str, list] = {}
        for step in self.store.desk_steps(self.office, start, end):
            days.setdefault(hours.day_of(step[2], zone), []).append(step)
        rows = []
        for day, steps in days.items():
            served = [(visit, one) for visit, one in found if visit.day == day]
            closes_at = self._closes(*hours.day_bounds(day, zone), now)
            rows += desk_use(columns.day_number(date.fromisoformat(day)), steps, served, closes_at)
        return rows

    def _closes(self, start: int, end: int, now: int) -> int:
        """Where the use of a desk that nobody closed ends: when the office closed, or now."""
        rules = self.history.on(hours.day_of(start, self.zone))
        spans = rules.openings(start, self.zone)
        return min(now, end, max((closes for _opens, closes in spans), default=end))

    def is_finished(self, day: date, now: int, unfinished: Sequence[int]) -> bool:
        """Whether nothing of a day can change by itself any more; `unfinished`: when those arrived who are still
        here."""
        start, end = hours.day_bounds(day.isoformat(), self.zone)
        settled = end <= now - self.history.on(day.isoformat()).target_ms
        return settled and not any(start <= at < end for at in unfinished)

    # -- keeping ----------------------------------------------------------------------------------------------------

    def rows(self, first: date, last: date, found: Facts) -> list[tuple]:
        """A span's facts as rows of `kept_facts`."""
        start, end = first.isoformat(), last.isoformat()
        basis = self.history.basis(start, end)
        kept = [(self.office, end, start, STAMP, basis, 0, None, token_bytes(16))]
        for name in (*ROWS, *LEGS, *USE):
            array = numpy.ascontiguousarray(found[name], dtype=TYPES[name])
            words = json.dumps(found.words[name]) if name in ALL_KEYS else None
            kept.append((self.office, end, start, name, basis, len(array), words, array.tobytes()))
        return kept

    def days_to_keep(self, now: int) -> Iterator[date]:
        """The finished days that are not kept, the oldest first."""
        first = self._known()
        if first is None:
            return
        last = hours.local(now, self.zone).date()
        unfinished = self.store.open_arrivals(self.office)
        for start, end in _gaps(first, last, self.spans(first, last), first):
            for number in range((end - start).days + 1):
                if self.is_finished(day := start + number * DAY, now, unfinished):
                    yield day

    def months_to_keep(self) -> Iterator[tuple[date, date]]:
        """Calendar months all of whose days are kept one by one: (first, last)."""
        days = [date.fromisoformat(start) for start, end in self.spans(date.min, date.max) if start == end]
        together: dict[tuple, list[date]] = {}
        for day in days:
            together.setdefault((day.year, day.month), []).append(day)
        first = self._known()
        for found in together.values():
            start, end = month_of(found[0])
            if len(found) == (end - max(start, first or start)).days + 1:
                yield max(start, first or start), end

    def _known(self) -> date | None:
        """The day on which the office's first visitor came."""
        at = self.store.first_arrival(self.office)
        return None if at is None else hours.local(at, self.zone).date()


class Stored(Facts):
    """Facts of which a column is read from the database when it is asked for: a question needs few of them."""

    def __init__(self, office: OfficeFacts, first: date, last: date, spans: list[tuple[str, str]], live: list[Facts]):
        super().__init__({}, {})
        self.words = _Words(self)
        self._office, self._spans, self._live = office, spans, live
        self._first, self._last = columns.day_number(first), columns.day_number(last)
        self._over = bool(spans) and (spans[0][0] < first.isoformat() or spans[-1][1] > last.isoformat())

    def __getitem__(self, name: str) -> numpy.ndarray:
        if name not in self.columns:
            whole = self._whole(name)
            if self._over:  # a kept month reaches over the period's edge
                day = DAY_OF[name]
                days = whole if name == day else self._whole(day)
                whole = whole[(days >= self._first) & (days <= self._last)]
            self.columns[name] = whole
        return self.columns[name]

    def _whole(self, name: str) -> numpy.ndarray:
        parts = self._office.column(name, self._spans)
        parts += [(facts[name], facts.words.get(name)) for facts in self._live]
        array, words = columns.joined(parts, TYPES[name])
        if words is not None and name in ALL_KEYS:
            self.words.known[name] = words
        return array


class _Words(dict):
    """The words of a stored column come with it."""

    def __init__(self, facts: Facts):
        super().__init__()
        self.known: dict[str, tuple] = {}
        self._facts = proxy(facts)  # else a decade's columns would stay until somebody looks for rings

    def __missing__(self, name: str) -> tuple:
        self._facts[name]
        return self.known.get(name, ())


class Several(Facts):
    """The facts of several offices as one."""

    def __init__(self, parts: Sequence[Facts]):
        super().__init__({}, {})
        self._parts, self.words = parts, _Words(self)

    @classmethod
    def of(cls, parts: Sequence[Facts]) -> Facts:
        return parts[0] if len(parts) == 1 else cls(parts)

    def __getitem__(self, name: str) -> numpy.ndarray:
        if name not in self.columns:
            is_key = name in ALL_KEYS
            parts = [(part[name], part.words[name] if is_key else None) for part in self._parts]
            self.columns[name], words = columns.joined(parts, TYPES[name])
            if is_key:
                self.words.known[name] = words
        return self.columns[name]


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of its calendar month."""
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def _gaps(first: date, last: date, spans, known: date | None) -> Iterator[tuple[date, date]]:
    """The stretches of days from `first` to `last` that no span covers, from the first day anything is known of."""
    if known is None:
        return
    at = max(first, known)
    for start, end in spans:
        begins = date.fromisoformat(start)
        if begins > at:
            yield at, min(begins - DAY, last)
        at = max(at, date.fromisoformat(end) + DAY) if end < "9999-12-31" else last + DAY
    if at <= last:
        yield at, last
