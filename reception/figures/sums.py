"""What a report is made of, of some visits: counts and ordered waits, to be put together with those of others, exactly.

So what is measured of finished days can be remembered (memory.py) and told with today's. Pure; it words nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy

from reception.figures import measures, ranks, told
from reception.figures.facts import UNKNOWN, Facts, day_number, weekday
from reception.figures.footfall import NEEDS, QUARTERS, arrivals
from reception.figures.judging import CANCELLED, LATE, RECENT
from reception.visit import OUTCOMES

WORDS = ("service", "desk", "channel", "language")
USE = ("use_open", "use_breaks", "use_serving")
OUTCOME = {name: place for place, name in enumerate(OUTCOMES, 1)}
EVERYBODY = 0  # the one key of the grouping that holds all


@dataclass(frozen=True, slots=True)
class Shape:
    """What sums are made for, beside the visits themselves: they can be put together with those of the same shape.

    `undecided_from` is the first day (its number) from which somebody may still come back about the same matter in
    time; `unit` says of rising day numbers in which stretch of the run chart each is, by its first day; None: a total
    alone is asked for.
    """

    target_ms: int | None
    undecided_from: int | None = None
    unit: Callable[[numpy.ndarray], numpy.ndarray] | None = None


@dataclass(slots=True)
class Sums:
    """`groups` are parts of figures by grouping and key; `times` durations; `seen` and `lost` the waits, in order, of
    those seen, and of those who left or wait still; `footfall` the arrivals of each service by weekday and quarter
    hour, on the `days` (their numbers, in order)."""

    groups: dict[str, dict[object, measures.Part]]
    times: dict[str, ranks.Lot]
    seen: numpy.ndarray
    lost: numpy.ndarray
    counts: Counter
    footfall: dict[str, numpy.ndarray]
    days: numpy.ndarray

    @property
    def size(self) -> int:
        """Bytes, about."""
        lots = [*self.times.values(), *(part.waits for found in self.groups.values() for part in found.values())]
        values = [values for lot in lots for _start, values in lot.stretches]
        return sum(one.nbytes + 200 for one in (self.seen, self.lost, *values, *self.footfall.values()))


def sums_of(facts: Facts, shape: Shape, room: ranks.Room = ranks.NO_ROOM) -> Sums:
    """`room` for as many as will be put together with these."""
    there, fate = ~facts.flag("excluded"), facts["fate"]
    cohort = (fate != RECENT) & (fate != CANCELLED) & there
    seen, of_week = fate <= LATE, weekday(facts["day"])
    return Sums(
        groups=_groups(facts, of_week, shape, room),
        times=_times(facts, cohort, there, room),
        seen=numpy.sort(facts["wait"][seen & there]),
        lost=numpy.sort(facts["wait"][cohort & ~seen]),
        counts=_counts(facts, there, cohort, shape),
        **_footfall(facts, of_week, there & (fate != RECENT), shape),
    )


def _groups(facts: Facts, of_week: numpy.ndarray, shape: Shape, room: ranks.Room) -> dict[str, dict]:
    groups, days = measures.Groups(facts), facts["day"]
    found = {"everybody": groups.parts(numpy.zeros(len(facts), "u1"), 1, room)}
    if not shape.unit:
        return found
    for name in WORDS:
        words = facts.words[name]
        found[name] = {words[key]: part for key, part in groups.parts(facts[name], len(words), room).items()}
    hour = facts["minute"] // 60
    found["weekday"] = groups.parts(of_week, 8, room)
    found["hour"] = groups.parts(hour, 24, room)
    found["week"] = groups.parts(of_week.astype("i4") * 24 + hour, 8 * 24, room)
    found["point"] = {}
    if len(days):
        first = int(days.min())
        begins, key = numpy.unique(shape.unit(numpy.arange(first, int(days.max()) + 1)), return_inverse=True)
        parts = groups.parts(key.astype("u2").take(days - first, mode="clip"), len(begins), room)
        found["point"] = {int(begins[key]): part for key, part in parts.items()}
    return found


def _times(facts: Facts, cohort: numpy.ndarray, there: numpy.ndarray, room: ranks.Room) -> dict[str, ranks.Lot]:
    found = {name: measures.known(facts[name], cohort, room) for name in measures.DURATIONS}
    found["later_legs"] = measures.known(facts["later_wait"], None, room)
    booked = facts.flag("booked") & there
    return found | {name: measures.known(facts[name][booked], None, room) for name in ("delay", "early")}


def _counts(facts: Facts, there: numpy.ndarray, cohort: numpy.ndarray, shape: Shape) -> Counter:
    """How many of what: of outcomes by name, the rest as report.py and besides.py read it."""
    by_outcome = numpy.bincount(facts["outcome"][there], minlength=len(OUTCOMES) + 1)
    found = Counter({name: int(by_outcome[place]) for name, place in OUTCOME.items()})
    booked, passed_on = facts.flag("booked") & there, (facts["outcome"] == OUTCOME["passed_on"]) & there
    counted = (facts["fate"] != RECENT) & there
    masks = {
        "booked": booked,
        "punctual": booked & facts.flag("punctual"),
        "passed_on_dated": passed_on & facts.flag("dated"),
        "counted": counted,
        "with_outcome": counted & (facts["outcome"] > 0),
    }
    if shape.target_ms is not None:
        acknowledged = facts["acknowledgement"]
        masks["in_time"] = (acknowledged != UNKNOWN) & (acknowledged <= shape.target_ms) & cohort
    found |= Counter({name: int(numpy.count_nonzero(mask)) for name, mask in masks.items()})
    found |= Counter({name: int(facts[name].sum()) for name in USE})
    found |= told.counts(facts, parts=shape.unit is not None)
    return found | _matters(facts, there, shape.undecided_from)


def _matters(facts: Facts, there: numpy.ndarray, undecided_from: int | None) -> Counter:
    if not facts.flag("carries").any():
        return Counter()
    return Counter(
        {name: int(numpy.count_nonzero(mask)) for name, mask in matters(facts, there, undecided_from).items()}
    )


def undecided_from(figures, rules: Iterable, now: int) -> int:
    """The first day (its number) from which somebody may still come back about the same matter in time."""
    return day_number(figures.today(now)) - max(one.return_days for one in rules)


def matters(facts: Facts, there: numpy.ndarray, undecided_from: int | None) -> dict[str, numpy.ndarray]:
    """Which are first contacts (`contacts`); of those that carry a council's reference (`carrying`), which were
    resolved and nobody came back (`validated`), each of those that are decided; and which are `undecided`."""
    carries = facts.flag("carries")
    contacts = numpy.isin(facts["outcome"], [OUTCOME[name] for name in measures.CONTACTS]) & there
    decided = numpy.ones(len(facts), bool) if undecided_from is None else facts["day"] < undecided_from
    resolved = (facts["outcome"] == OUTCOME["resolved"]) & ~facts.flag("returned")
    return {
        "contacts": contacts & decided,
        "carrying": contacts & decided & carries,
        "validated": contacts & decided & carries & resolved,
        "undecided": contacts & ~decided & carries,
    }


def _footfall(facts: Facts, of_week: numpy.ndarray, counted: numpy.ndarray, shape: Shape) -> dict:
    if not shape.unit or facts.words["service"] == NEEDS or not counted.any():  # of needs, nobody knows when they came
        return {"footfall": {}, "days": numpy.empty(0, "i4")}
    days = facts["day"][counted]
    first = days.min()
    return {
        "footfall": dict(zip(facts.words["service"], arrivals(facts, of_week, counted), strict=True)),
        "days": numpy.flatnonzero(numpy.bincount(days - first)) + first,
    }


def together(parts: Sequence[Sums], grouping: str) -> dict[object, list[measures.Part]]:
    """Key -> the parts of its figure."""
    found: dict[object, list] = {}
    for sums in parts:
        for key, part in sums.groups[grouping].items():
            found.setdefault(key, []).append(part)
    return found


def counted(parts: Sequence[Sums]) -> Counter:
    found = Counter()
    for sums in parts:
        found.update(sums.counts)
    return found


def times(parts: Sequence[Sums], name: str) -> list[ranks.Lot]:
    return [sums.times[name] for sums in parts]


def footfall_of(parts: Sequence[Sums]) -> tuple[dict[str, numpy.ndarray], numpy.ndarray]:
    """The arrivals of each service by weekday and quarter hour, and the days on which anybody came."""
    found: dict[str, numpy.ndarray] = {}
    for sums in parts:
        for service, many in sums.footfall.items():
            found[service] = found.get(service, numpy.zeros((8, QUARTERS), numpy.intp)) + many
    return found, numpy.unique(numpy.concatenate([sums.days for sums in parts] or [numpy.empty(0, "i4")]))
