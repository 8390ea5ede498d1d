"""The figures of days, months and services as rows for analysts: the same counting as the managers' pages and
/api/figures have, and not another.
"""

from collections.abc import Iterator
from datetime import date

import numpy

from reception.data.wording import seconds
from reception.figures import measures
from reception.figures.asking import Asked
from reception.figures.facts import Facts, day_named
from reception.figures.rules import DEFINITIONS

COUNTS = (
    *("n", "hits", "misses", "arrivals", "seen", "left", "no_shows", "closed_unserved", "left_without_being_seen"),
    *("left_in_time", "not_there_in_time", "cancelled", "outage", "excluded", "recent", "inferred", "late_returns"),
    *("auto_closed", "without_outcome"),
)
SHARES = ("share", "share_of_all", "share_with_outages")
WAITS = ("median", "p90", "p95", "longest")


def by_day(reading, days, place, _limit) -> Iterator[tuple[list, dict]]:
    facts = _facts(reading, days)
    numbers = sorted(set(facts["day"].tolist()))
    for number, figure in _figures(facts, numbers, facts["day"]):
        day = day_named(number).isoformat()
        if place is None or day > place[0]:
            yield [day], {"office": reading.office, "day": day, **_row(figure)}


def by_month(reading, days, place, _limit) -> Iterator[tuple[list, dict]]:
    facts = _facts(reading, days)
    months, of = _months(facts)
    for number, figure in _figures(facts, range(len(months)), of):
        month = months[number]
        if place is None or month > place[0]:
            yield [month], {"office": reading.office, "month": month, **_row(figure)}


def by_service(reading, days, place, _limit) -> Iterator[tuple[list, dict]]:
    facts = _facts(reading, days)
    months, of = _months(facts)
    words = list(facts.words["service"])
    keys = of * numpy.int32(max(1, len(words))) + facts["service"]
    rows = []
    for number, figure in _figures(facts, sorted(set(keys.tolist())), keys):
        month, service = months[number // len(words)], words[number % len(words)]
        of_whom = {"office": reading.office, "month": month, **reading.says.service("service", service)}
        rows.append(([month, service], {**of_whom, **_row(figure)}))
    for at, row in sorted(rows, key=lambda one: one[0]):
        if place is None or at > place:
            yield at, row


def _facts(reading, days: tuple[date, date]) -> Facts:
    return reading.figures.lazy_facts(Asked(*days, offices=(reading.office,)), reading.now)


def _months(facts: Facts) -> tuple[list[str], numpy.ndarray]:
    """The months on which anybody came, in order, and which of them each row belongs to."""
    days, of_day = numpy.unique(facts["day"], return_inverse=True)
    named = [f"{day_named(day):%Y-%m}" for day in days.tolist()]
    months = sorted(set(named))
    place = numpy.array([months.index(month) for month in named] or [0], dtype="i4")
    return months, place[of_day.astype("i4")] if len(facts) else numpy.zeros(0, "i4")


def _figures(facts: Facts, numbers, keys: numpy.ndarray) -> Iterator[tuple[int, dict]]:
    """(number, figure) of each group that anybody is in; `keys` says of each row which number is its group's."""
    numbers = list(numbers)
    if not len(facts):
        return
    found = measures.Groups(facts).by(numpy.searchsorted(numpy.array(numbers), keys), len(numbers))
    yield from zip(numbers, found, strict=True)


def _row(figure: dict) -> dict:
    low, high = figure["interval"] or (None, None)
    return {
        **{name: figure[name] for name in (*COUNTS, *SHARES)},
        "share_from": low,
        "share_to": high,
        **{f"{name}_seconds": seconds(figure[f"{name}_ms"]) for name in WAITS},
        "definitions": DEFINITIONS,
    }
