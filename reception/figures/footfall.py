"""When people come and what for: everybody who arrived, by service, weekday and quarter hour. Pure; it knows no waits.

What of it the public may know is decided in reception/scorecard/suppressing.py.
"""

from collections import Counter

import numpy

from reception.figures.facts import Facts, weekday

QUARTER = 15  # minutes
NEEDS = ("",)
QUARTERS = 24 * 60 // QUARTER  # of a day by the office's clock


def footfall(services: dict[str, numpy.ndarray], days: numpy.ndarray) -> dict:
    """`{days, quarters, week, cells}` of the arrivals that the figures count: `services` those of each (`arrivals`),
    `days` the numbers of the days on which anybody came.

    `days` says on how many Mondays and so on anybody came; `quarters` and `week` the arrivals in each quarter hour (its
    first `minute` of the day), of the week's with how many those were on a usual such day (`a_day`); `cells` both by
    service. What nobody came in is left out.
    """
    if not len(days):
        return {"days": [], "quarters": [], "week": [], "cells": []}
    on, week = Counter(weekday(days).tolist()), sum(services.values())
    return {
        "days": [{"weekday": number, "days": on[number]} for number in sorted(on)],
        "quarters": [{"minute": at * QUARTER, "arrivals": n} for (at,), n in _some(week.sum(axis=0))],
        "week": [
            {"weekday": day, "minute": at * QUARTER, "arrivals": n, "a_day": n / on[day]}
            for (day, at), n in _some(week)
        ],
        "cells": [
            {"service": service, "weekday": day, "minute": at * QUARTER, "arrivals": n}
            for service in sorted(services)
            for (day, at), n in _some(services[service])
        ],
    }


def arrivals(facts: Facts, of_week: numpy.ndarray, counted: numpy.ndarray) -> numpy.ndarray:
    """How many of those who are `counted` came, by the place of their service, weekday and quarter hour."""
    services = len(facts.words["service"])
    place = facts["service"] * numpy.int32(8 * QUARTERS) + of_week * QUARTERS + facts["minute"] // QUARTER
    found = numpy.bincount(place if counted.all() else place[counted], minlength=services * 8 * QUARTERS)
    return found.reshape(services, 8, QUARTERS)


def _some(counts: numpy.ndarray) -> list[tuple[tuple[int, ...], int]]:
    """(place, how many) of each that is not nought, in order."""
    places = numpy.argwhere(counts)
    return list(zip(map(tuple, places.tolist()), counts[counts > 0].tolist(), strict=True))
