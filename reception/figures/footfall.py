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
    there = (facts["fate"] != RECENT) & ~facts.flag("excluded")
    if facts.words["service"] == NEEDS or not there.any():  # of needs, nobody knows when they came
        return {"days": [], "quarters": [], "week": [], "cells": []}
    days, of_week, quarter = facts["day"][there], weekday(facts["day"][there]), facts["minute"][there] // QUARTER
    place = of_week.astype("i4") * QUARTERS + quarter
    on = _days(days)
    return {
        "days": [{"weekday": number, "days": on[number]} for number in sorted(on)],
        "quarters": [_minute(place) | {"arrivals": count} for place, count in _counted(quarter.astype("i4"))],
        "week": [
            {"weekday": place // QUARTERS} | _minute(place) | {"arrivals": n, "a_day": n / on[place // QUARTERS]}
            for place, n in _counted(place)
        ],
        "cells": _cells(facts, there, place),
    }


def _days(days: numpy.ndarray) -> dict[int, int]:
    """On how many of each weekday anybody came."""
    first = days.min()
    each = weekday(numpy.flatnonzero(numpy.bincount(days - first)) + first).tolist()
    return {number: each.count(number) for number in set(each)}


def _counted(places: numpy.ndarray) -> list[tuple[int, int]]:
    counts = numpy.bincount(places)
    return [(int(place), int(counts[place])) for place in numpy.flatnonzero(counts)]


def _minute(place: int) -> dict:
    return {"minute": place % QUARTERS * QUARTER}


def _cells(facts: Facts, there: numpy.ndarray, place: numpy.ndarray) -> list[dict]:
    """By the service that people came for, in the order of its key."""
    words, week = facts.words["service"], 8 * QUARTERS
    found = _counted(facts["service"][there].astype("i4") * week + place)
    named = [(words[at // week], at % week // QUARTERS, at % QUARTERS * QUARTER, count) for at, count in found]
    return [dict(zip(("service", "weekday", "minute", "arrivals"), one, strict=True)) for one in sorted(named)]
