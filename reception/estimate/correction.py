"""Ranges that hold what they say: how far estimates of the same kind were off here shifts the next one's quantiles.

Errors are of square roots, over the width of the estimate, so that short and long waits can be compared (a conformal
correction). Minutes inside, milliseconds outside.
"""

import math
from statistics import NormalDist

from reception.estimate.history import MINUTE, History, Pool

SIZE, ENOUGH = 200, 30
LIMIT = 1.2  # no correction goes further than so many widths
EDGES = (1, 5, 15, 45)  # minutes of the raw median
# What a good estimate's errors look like.
PSEUDO = tuple(0.37 * NormalDist().inv_cdf((k + 0.5) / 20) for k in range(20))
DOUBT = 1.0  # over the count: how far a middle strays by chance, squared; errors of one day go together, five tell one
COLD = 1.5  # they count as so much wider until a box has ENOUGH of its own
Raw = tuple[float, float, float]  # P10, median, P90 of the draws, in milliseconds from now


def box(raw: Raw, *, free: bool, booked: bool) -> str:
    """Which errors an estimate is corrected by: of like ones only."""
    size = sum(raw[1] / MINUTE >= edge for edge in EDGES)
    return f"{'free' if free else 'queue'} {size} {'booked' if booked else 'walk-in'}"


def error(raw: Raw, wait: float) -> float:
    middle, width = scale(raw)
    return (root(wait) - middle) / width


def learn(history: History, key: str, raw: Raw, wait: float) -> None:
    history.errors.setdefault(key, Pool(SIZE)).add(error(raw, wait))


def is_learning(history: History, key: str) -> bool:
    return len(history.errors.get(key, ())) < ENOUGH


def corrected(history: History, key: str, raw: Raw) -> Raw:
    """The raw quantiles, shifted by the quantiles of the box's errors; the middle only by what is more than chance."""
    errors = sorted(_errors(history, key))
    middle, width = scale(raw)
    found = []
    for of in (0.1, 0.5, 0.9):
        place = of * (len(errors) - 1)
        low = math.floor(place)
        shift = errors[low] + (place - low) * (errors[min(low + 1, len(errors) - 1)] - errors[low])
        if of == 0.5 and shift:
            shift *= max(0.0, 1 - DOUBT / len(errors) / shift**2)
        found.append(_square(middle + max(-LIMIT, min(LIMIT, shift)) * width))
    return tuple(found)


def chance_beyond(history: History, key: str, raw: Raw, limit: float) -> float:
    """How likely the wait is to be longer than `limit` milliseconds from now."""
    if limit < 0:
        return 1.0
    middle, width = scale(raw)
    errors = _errors(history, key)
    return sum(middle + one * width > root(limit) for one in errors) / len(errors)


def _errors(history: History, key: str) -> list[float]:
    real = list(history.errors[key].values) if key in history.errors else []
    stretch = COLD if len(real) < ENOUGH else 1.0
    return real + [one * stretch for one in PSEUDO]


def shifted(raw: Raw, by: float) -> Raw:
    """Quantiles so many of their widths later."""
    width = scale(raw)[1]
    return tuple(_square(root(one) + by * width) for one in raw)


def scale(raw: Raw) -> tuple[float, float]:
    """The middle and the width, as roots."""
    return root(raw[1]), root(raw[2]) - root(raw[0]) + 0.2


def root(ms: float) -> float:
    return math.sqrt(max(0.0, ms) / MINUTE + 0.25)


def _square(root: float) -> float:
    return max(0.0, max(0.5, root) ** 2 - 0.25) * MINUTE
