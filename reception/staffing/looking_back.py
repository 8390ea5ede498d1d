"""How right the advice would have been: each of the last four weeks as it would have been foreseen on its Monday, with
the desks that were then really open, beside what happened; and how far such weeks stray from what is expected by chance
alone, since few desks stray far.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from reception.settings import Settings
from reception.staffing import roster
from reception.staffing.demand import booked
from reception.staffing.past import PastDay
from reception.staffing.planning import ground
from reception.staffing.shapes import BackTest, Week
from reception.staffing.trials import Run

WEEKS = 4
LIMIT = 5.0  # points
COUNT = 60  # simulated days for each day: a week has five of them
AGAIN = 4000  # such weeks as the simulated days make, drawn so often
BY_CHANCE = 0.5, 99.5  # per cent: what strays further is hardly chance; it is looked at every night of the year
Happened = Callable[[date, date], tuple[int, int]]  # hits and judged of those who came on these days


def looked_back(
    past: Sequence[PastDay], settings: Settings, today: date, happened: Happened, *, count: int = COUNT
) -> BackTest:
    """Of the whole weeks before `today`. `happened` is the office's own figures."""
    monday = today - timedelta(days=today.weekday())
    weeks, expected, hits, people, chance = [], 0.0, 0, 0, np.zeros(AGAIN)
    for nth in range(WEEKS):
        first = monday - timedelta(weeks=WEEKS - nth)
        runs = _runs(past, settings, first, count)
        share = _expected(runs)
        kept, judged = happened(first, first + timedelta(days=6))
        weeks.append(Week(first.isoformat(), share, kept / judged if judged else None, judged))
        if share is not None and judged:
            expected, hits, people = expected + share * judged, hits + kept, people + judged
            chance += _by_chance(runs, first) * judged
    if not people:
        return BackTest("too_early", tuple(weeks))
    off = 100 * (expected - hits) / people
    low, high = (float(share) for share in np.percentile(chance / people, BY_CHANCE))
    told = sum(week.expected is not None and bool(week.people) for week in weeks)
    key = "too_early" if told < WEEKS else _judged(off, low <= hits / people <= high)
    return BackTest(key, tuple(weeks), off, hits / people, low, high)


def _judged(off: float, may_be_chance: bool) -> str:
    if abs(off) <= LIMIT:
        return "trusted"
    return "chance" if may_be_chance else "off"


def _runs(past: Sequence[PastDay], settings: Settings, monday: date, count: int) -> list[Run]:
    """The week's days as they would have been foreseen; none: too little was known before."""
    before, found = [day for day in past if day.day < monday], []
    for day in past:
        if monday <= day.day < monday + timedelta(days=7):
            own = booked(day.bookings, day.starts)
            on = ground(before, settings, day.day, own, near=True, count=count)
            if on.key != "ok":
                return []
            found.append(on.trials.run(roster.really(day, settings)))
    return found


def _expected(runs: Sequence[Run]) -> float | None:
    hits, judged = sum(run.hits.sum() for run in runs), sum(run.judged.sum() for run in runs)
    return float(hits / judged) if judged else None


def _by_chance(runs: Sequence[Run], monday: date) -> np.ndarray:
    """What such a week may come to: each of its days as one of the simulated ones."""
    rng = np.random.default_rng(monday.toordinal())
    hits, judged = np.zeros((2, AGAIN))
    for run in runs:
        which = rng.integers(len(run.hits), size=AGAIN)
        hits, judged = hits + run.hits.sum(axis=1)[which], judged + run.judged.sum(axis=1)[which]
    return hits / np.maximum(1, judged)
