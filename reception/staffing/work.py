"""What is worked out aside, in a process of its own: each function is handed the office's figures (`Figures`, with its
settings and its store) and what is asked, and returns values. It only reads.

The days behind are read once for as long as they stay the same.
"""

from collections.abc import Callable
from datetime import date, timedelta

from reception import hours
from reception.estimate.floor import Floor
from reception.estimate.following import as_of
from reception.estimate.kept import bookings_of, known_of, steps_of
from reception.estimate.snapshot import Snapshot
from reception.figures import Asked
from reception.staffing import hour_ahead, planning
from reception.staffing.demand import WEEKS, booked
from reception.staffing.looking_back import WEEKS as WEEKS_BACK
from reception.staffing.looking_back import looked_back
from reception.staffing.past import PastDay, read, starts
from reception.staffing.shapes import BackTest, Changes, DayPlan, Today, WhatIf
from reception.things import Appointment

NEAR = 1  # days: what is booked for tomorrow is nearly all that will be
_read: dict[tuple, list[PastDay]] = {}
_grounds: dict[tuple, planning.Ground] = {}


def day_plan(figures, day: date, now: int) -> DayPlan:
    return planning.plan_day(ground(figures, day, now), figures.settings)


def what_if(figures, day: date, changes: Changes, now: int) -> WhatIf:
    return planning.what_if(ground(figures, day, now), figures.settings, changes)


def back_test(figures, now: int) -> BackTest:
    def happened(first: date, last: date) -> tuple[int, int]:
        total = figures.of(Asked(first, last), now)["total"]
        return total["hits"], total["n"]

    return looked_back(past(figures, now), figures.settings, figures.today(now), happened)


def ahead(figures, now: int) -> Today:
    day, settings = figures.today(now), figures.settings
    return hour_ahead.today(snapshot(figures, now), past(figures, now), settings, day, starts(settings, day))


def ground(figures, day: date, now: int) -> planning.Ground:
    """What is known of a day, once for all that is wondered about it."""
    days, settings, store = past(figures, now), figures.settings, figures.store
    found = store.things(Appointment, figures.office, "AND day = ?", (day.isoformat(),))
    own, near = booked(found, starts(settings, day)), (day - figures.today(now)).days <= NEAR
    key = (*_known(figures, now), day, own, near)
    return _once(_grounds, key, lambda: planning.ground(days, settings, day, own, near=near))


def past(figures, now: int) -> list[PastDay]:
    """The days before today, as far back as anything here looks."""
    today, store = figures.today(now), figures.store
    first = today - timedelta(weeks=WEEKS + WEEKS_BACK + 1)
    known = _known(figures, now)
    return _once(_read, known, lambda: read(store, figures.settings, first, today - timedelta(days=1)))


def snapshot(figures, now: int) -> Snapshot:
    """The office as it is, from today's steps."""
    settings, store, office = figures.settings, figures.store, figures.office
    start = hours.day_bounds(figures.today(now).isoformat(), figures.zone)[0]
    before = store.number_at(office, start) - 1
    floor = Floor(settings, bookings_of(store, settings), known_of(store, settings))
    floor.desks, floor.rulings = as_of(store, office, before)
    floor.begin_day(now)
    for step in steps_of(store, office, before):
        floor.see(step)
    floor.at = max(floor.at, now)
    return floor.snapshot()


def _known(figures, now: int) -> tuple:
    """Which office's days behind, as of which step."""
    today = figures.today(now)
    begins = figures.store.number_at(figures.office, hours.day_bounds(today.isoformat(), figures.zone)[0])
    left_out = figures.settings.figures.exclude.days
    return figures.store.path, figures.office, today, begins, left_out


def _once(kept: dict, key: tuple, make: Callable):
    """Makes it, unless the last that was made is of the same key."""
    if key not in kept:
        found = make()
        kept.clear()
        kept[key] = found
    return kept[key]
