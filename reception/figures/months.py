"""How many came in each month, which is beside any judgement: for what is told per so many visits."""

import numpy

from reception.figures.asking import Asked
from reception.figures.facts import day_named
from reception.figures.judging import CANCELLED, RECENT


def arrivals(figures, asked: Asked, now: int) -> dict[str, int]:
    """Month -> how many, in order; a month in which nobody came is left out."""
    with figures.look():
        facts = figures.lazy_facts(asked, now)
        days = facts["day"][(facts["fate"] != RECENT) & (facts["fate"] != CANCELLED)]
    found: dict[str, int] = {}
    for day, count in zip(*(one.tolist() for one in numpy.unique(days, return_counts=True)), strict=True):
        month = f"{day_named(day):%Y-%m}"
        found[month] = found.get(month, 0) + count
    return found
