"""How right the advice would have been: each of the last four weeks as it would have been foreseen on its Monday, with
the desks that were then really open, beside what happened.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from reception.settings import Settings
from reception.staffing import roster
from reception.staffing.demand import booked
from reception.staffing.past import PastDay
from reception.staffing.planning import ground
from reception.staffing.shapes import BackTest, Week

WEEKS = 4
LIMIT = 5.0  # points
COUNT = 60  # simulated days for each day: a week has five of them
Happened = Callable[[date, date], tuple[int, int]]  # hits and judged of those who came on these days


def looked_back(
    past: Sequence[PastDay], settings: Settings, today: date, happened: Happened, *, count: int = COUNT
) -> BackTest:
    """Of the whole weeks before `today`. `happened` is the office's own figures."""
    monday = today - timedelta(days=today.weekday())
    weeks, expected, hits, people = [], 0.0, 0, 0
    for nth in range(WEEKS):
        first = monday - timedelta(weeks=WEEKS - nth)
        share = _expected(past, settings, first, count)
        kept, judged = happened(first, first + timedelta(days=6))
        weeks.append(Week(first.isoformat(), share, kept / judged if judged else None, judged))
        if share is not None and judged:
            expected, hits, people = expected + share * judged, hits + kept, people + judged
    if not people:
        return BackTest("too_early", tuple(weeks))
    off = 100 * (expected - hits) / people
    told = sum(week.expected is not None and bool(week.people) for week in weeks)
    key = "too_early" if told < WEEKS else "off" if abs(off) > LIMIT else "trusted"
    return BackTest(key, tuple(weeks), off)


def _expected(past: Sequence[PastDay], settings: Settings, monday: date, count: int) -> float | None:
    """What the week would have been expected to come to; None: too little was known before."""
    before = [day for day in past if day.day < monday]
    hits = judged = 0.0
    for day in past:
        if monday <= day.day < monday + timedelta(days=7):
            own = booked(day.bookings, day.starts)
            on = ground(before, settings, day.day, own, near=True, count=count)
            if on.key != "ok":
                return None
            share = on.trials.run(roster.really(day, settings)).share()
            hits, judged = hits + (share.share or 0.0) * share.people, judged + share.people
    return hits / judged if judged else None
