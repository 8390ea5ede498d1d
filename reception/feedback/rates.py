"""How many complaints there are for each thousand visits, and between which two rates the true one may lie. Pure."""

from math import sqrt

Z95 = 1.959963984540054
FEWEST = 200  # visits: of fewer there is no rate, since one complaint more would move it by five


def rate(count: int, visits: int) -> dict:
    """`{count, visits, per_1000, low, high}`; no rate of few visits.

    The interval is Byar's approximation of the exact Poisson limits (Breslow and Day 1987, volume II, section 2.3).
    """
    found = {"count": count, "visits": visits, "per_1000": None, "low": None, "high": None}
    if visits < FEWEST:
        return found
    low, high = byar(count)
    each = 1000 / visits
    return found | {"per_1000": count * each, "low": low * each, "high": high * each}


def byar(count: int) -> tuple[float, float]:
    """Between which two counts the true one lies with 95% confidence."""
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z95 / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(0.0, low), more * (1 - 1 / (9 * more) + Z95 / (3 * sqrt(more))) ** 3


def top_of_scale(highest: float) -> float:
    """The round number up to which a picture of rates goes: 1, 2, 5, 10, 20, 50 …"""
    top, steps = 1.0, (2, 2.5, 2)
    place = 0
    while top < highest:
        top *= steps[place % 3]
        place += 1
    return top
