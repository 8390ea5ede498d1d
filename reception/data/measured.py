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
from reception.figures.kept import DAY, month_of
from reception.figures.rules import DEFINITIONS

COUNTS = (
    *("n", "hits", "misses", "arrivals", "seen", "left", "no_shows", "closed_unserved", "left_without_being_seen"),
    *("left_in_time", "not_there_in_time", "cancelled", "outage", "excluded", "recent", "inferred", "late_returns"),
    *("auto_closed", "without_outcome"),
)
SHARES = ("share", "share_of_all", "share_with_outages")
WAITS = ("median", "p90", "p95", "longest")


def by_day(reading, days, place, _limit) -> Iterator[tuple[list, dict]]:
    for _month, facts in _months(reading, days, place and place[0][:7]):
        for number, figure in _figures(facts, facts["day"]):
            day = day_named(number).isoformat()
            if place is None or day > place[0]:
                yield [day], {"office": reading.office, "day": day, **_row(figure)}


def by_month(reading, days, place, _limit) -> Iterator[tuple[list, dict]]:
    for month, facts in _months(reading, days, place and place[0]):
        for _one, figure in _figures(facts, numpy.zeros(len(facts), "i4")):
            if place is None or month > place[0]:
                yield [month], {"office": reading.office, "month": month, **_row(figure)}


def by_service(reading, days, place, _limit) -> Iterator[tuple[list, dict]]:
    for month, facts in _months(reading, days, place and place[0]):
        words = facts.words["service"]
        found = {words[number]: figure for number, figure in _figures(facts, facts["service"])}
        for service, figure in sorted(found.items()):
            if place is None or [month, service] > place:
                of_whom = {"office": reading.office, "month": month, **reading.says.service("service", service)}
                yield [month, service], {**of_whom, **_row(figure)}


def _months(reading, days: tuple[date, date], since: str | None) -> Iterator[tuple[str, Facts]]:
    """(month, facts of its wanted days) of each calendar month, from a month on: one after another, so that no more
    than a month stands in memory."""
    first, last = days
    while first <= last:
        end = min(month_of(first)[1], last)
        month = f"{first:%Y-%m}"
        if since is None or month >= since:
            facts = reading.figures.lazy_facts(Asked(first, end, offices=(reading.office,)), reading.now)
            if len(facts):
                yield month, facts
        first = end + DAY


def _figures(facts: Facts, keys: numpy.ndarray) -> Iterator[tuple[int, dict]]:
    """(key, figure) of each group that anybody is in; `keys` says which one each row belongs to."""
    found = numpy.unique(keys)
    figures = measures.Groups(facts).by(numpy.searchsorted(found, keys), len(found))
    yield from zip(found.tolist(), figures, strict=True)


def _row(figure: dict) -> dict:
    low, high = figure["interval"] or (None, None)
    return {
        **{name: figure[name] for name in (*COUNTS, *SHARES)},
        "share_from": low,
        "share_to": high,
        **{f"{name}_seconds": seconds(figure[f"{name}_ms"]) for name in WAITS},
        "definitions": DEFINITIONS,
    }
