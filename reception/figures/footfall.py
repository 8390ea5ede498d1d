"""When people come and what for: everybody who arrived, by service, weekday and quarter hour. Pure; it knows no waits.

What of it the public may know is decided in reception/scorecard/suppressing.py.
"""

import numpy

from reception.figures.facts import Facts, weekday
from reception.figures.judging import RECENT

QUARTER = 15  # minutes
NEEDS = ("",)
QUARTERS = 24 * 60 // QUARTER  # of a day by the office's clock


def footfall(facts: Facts) -> dict:
    """`{days, quarters, week, cells}` of the arrivals that the figures count.

    `days` says on how many Mondays and so on anybody came; `quarters` and `week` the arrivals in each quarter hour (its
    first `minute` of the day), of the week's with how many those were on a usual such day (`a_day`); `cells` both by
    service. What nobody came in is left out.
    """
    counted = (facts["fate"] != RECENT) & ~facts.flag("excluded")
    if facts.words["service"] == NEEDS or not counted.any():  # of needs, nobody knows when they came
        return {"days": [], "quarters": [], "week": [], "cells": []}
    arrivals, on = _arrivals(facts, counted), _days(facts["day"][counted])
    week = arrivals.sum(axis=0)
    return {
        "days": [{"weekday": number, "days": on[number]} for number in sorted(on)],
        "quarters": [{"minute": at * QUARTER, "arrivals": n} for (at,), n in _some(week.sum(axis=0))],
        "week": [
            {"weekday": day, "minute": at * QUARTER, "arrivals": n, "a_day": n / on[day]}
            for (day, at), n in _some(week)
        ],
        "cells": sorted(
            (
                {"service": facts.words["service"][place], "weekday": day, "minute": at * QUARTER, "arrivals": n}
                for (place, day, at), n in _some(arrivals)
            ),
            key=lambda cell: cell["service"],
        ),
    }


def _arrivals(facts: Facts, counted: numpy.ndarray) -> numpy.ndarray:
    """How many came, by the place of their service, weekday and quarter hour."""
    services = len(facts.words["service"])
    place = facts["service"] * numpy.int32(8 * QUARTERS) + weekday(facts["day"]) * QUARTERS + facts["minute"] // QUARTER
    found = numpy.bincount(place if counted.all() else place[counted], minlength=services * 8 * QUARTERS)
    return found.reshape(services, 8, QUARTERS)


def _days(days: numpy.ndarray) -> dict[int, int]:
    """On how many of each weekday anybody came."""
    first = days.min()
    each = weekday(numpy.flatnonzero(numpy.bincount(days - first)) + first).tolist()
    return {number: each.count(number) for number in set(each)}


def _some(counts: numpy.ndarray) -> list[tuple[tuple[int, ...], int]]:
    """(place, how many) of each that is not nought, in order."""
    return [(tuple(place), int(counts[tuple(place)])) for place in numpy.argwhere(counts).tolist()]
