"""The statistics behind the figures: shares and their intervals, ranks, the tail with those who left, runs in a chart.

Pure: numbers in, numbers out. Each says where its rule was published; waits are integer milliseconds.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import floor, sqrt

Z95 = 1.959963984540054
SHIFT = 6  # consecutive points on one side of the median are no chance (NHS Improvement, "Making data count")
TREND = 5  # consecutive points that all rise, or all fall (Perla, Provost and Murray 2011)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927), without continuity correction. `n` is at least 1."""
    share, z2 = hits / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(hits1: int, n1: int, hits2: int, n2: int) -> tuple[float, float, float]:
    """How much larger the second share is than the first, with its 95% interval: (difference, low, high).

    Newcombe 1998, method 10: from the two score intervals, so it never leaves -1 to 1. `n1` and `n2` are at least 1.
    """
    one, two = hits1 / n1, hits2 / n2
    (low1, high1), (low2, high2) = wilson(hits1, n1), wilson(hits2, n2)
    difference = two - one
    low = difference - sqrt((two - low2) ** 2 + (high1 - one) ** 2)
    high = difference + sqrt((high2 - two) ** 2 + (one - low1) ** 2)
    return difference, low, high


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of them do not exceed; None of nothing."""
    return ordered[rank(len(ordered), percent)] if len(ordered) else None


def rank(n: int, percent: int) -> int:
    """Where `nearest_rank` stands among `n` ordered values, counted from 0. `n` is at least 1."""
    return max(0, -(-percent * n // 100) - 1)


def median_interval(n: int) -> tuple[int, int] | None:
    """Between which two of `n` ordered values the median lies with 95% confidence: places from 0; None below six.

    From the sign test's normal approximation, rounded outwards (Conover 1999, 3.2): nothing is assumed of the waits.
    """
    if n < 6:
        return None
    half = Z95 * sqrt(n) / 2
    low, high = floor(n / 2 - half), n - 1 - floor(n / 2 - half)
    return max(0, low), min(n - 1, high)


def kaplan_meier(counts: Iterable[tuple[int, int, int]], percents: Sequence[int]) -> dict[int, int | None]:
    """The wait within which each percentage of people are seen, where some left or wait still: percent -> ms or None.

    `counts` are (ms, how many were seen then, how many were lost to sight then), each ms once, in rising order.
    Somebody lost counts as waiting until then (Kaplan and Meier 1958; of equal times the seen come first). None: so
    many were lost that it cannot be said.
    """
    rows = list(counts)
    left = sum(seen + lost for _ms, seen, lost in rows)
    waiting, found, wanted = 1.0, dict.fromkeys(percents), sorted(percents)
    for ms, seen, lost in rows:
        if seen:
            waiting *= 1 - seen / left
            while wanted and waiting <= 1 - wanted[0] / 100 + 1e-12:
                found[wanted.pop(0)] = ms
        left -= seen + lost
        if not wanted:
            break
    return found


def median(values: Sequence[float]) -> float | None:
    """The middle one, or the mean of the middle two: the line of a run chart."""
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def run_rules(values: Sequence[float | None]) -> dict:
    """What a run chart shows that is no chance: `{median, shifts, trends}`, each of the two lists of (first, last)
    places.

    Points without data are skipped. A shift is six or more in a row on one side of the median, those on it not counted;
    a trend five or more that all rise or all fall, equals not counted.
    """
    there = [(place, value) for place, value in enumerate(values) if value is not None]
    middle = median([value for _place, value in there])
    sides = [(place, value > middle) for place, value in there if value != middle]
    shifts = [_ends(run) for run in _runs(sides) if len(run) >= SHIFT]
    moving = [one for before, one in pairwise([(None, None), *there]) if before[1] != one[1]]
    steps = [(one, after[1] > before[1]) for (one, before), after in zip(enumerate(moving), moving[1:], strict=False)]
    trends = [(moving[run[0][0]][0], moving[run[-1][0] + 1][0]) for run in _runs(steps) if len(run) + 1 >= TREND]
    return {"median": middle, "shifts": shifts, "trends": trends}


def _runs(sided: list[tuple]) -> list[list[tuple]]:
    return [list(run) for _side, run in groupby(sided, key=lambda one: one[1])]


def _ends(run: list[tuple]) -> tuple[int, int]:
    return run[0][0], run[-1][0]
