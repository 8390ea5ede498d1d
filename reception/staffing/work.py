"""What is worked out aside, in a process of its own: each function is handed the office's figures (`Figures`, with its
settings and its store) and what is asked, and returns values. It only reads.

The days behind are read once for as long as they stay the same.
"""

from datetime import date, timedelta

from reception import hours
from reception.estimate.floor import Floor
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
_read: dict[tuple, list[PastDay]] = {}  # the newest alone


def day_plan(figures, day: date, now: int) -> DayPlan:
    return planning.plan_day(
        past(figures, now), figures.settings, day, _own(figures, day), near=_near(figures, day, now)
    )


def what_if(figures, day: date, changes: Changes, now: int) -> WhatIf:
    days, own = past(figures, now), _own(figures, day)
    return planning.what_if(days, figures.settings, day, changes, own, near=_near(figures, day, now))


def back_test(figures, now: int) -> BackTest:
    def happened(first: date, last: date) -> tuple[int, int]:
        total = figures.of(Asked(first, last), now)["total"]
        return total["hits"], total["n"]

    return looked_back(past(figures, now), figures.settings, figures.today(now), happened)


def ahead(figures, now: int) -> Today:
    day, settings = figures.today(now), figures.settings
    return hour_ahead.today(snapshot(figures, now), past(figures, now), settings, day, starts(settings, day))


def past(figures, now: int) -> list[PastDay]:
    """The days before today, as far back as anything here looks."""
    today = figures.today(now)
    begins = figures.store.number_at(figures.office, hours.day_bounds(today.isoformat(), figures.zone)[0])
    key = (figures.store.path, figures.office, today, begins)
    if key not in _read:
        _read.clear()
        first = today - timedelta(weeks=WEEKS + WEEKS_BACK + 1)
        _read[key] = read(figures.store, figures.settings, first, today - timedelta(days=1))
    return _read[key]


def snapshot(figures, now: int) -> Snapshot:
    """The office as it is, from today's steps."""
    settings, store, office = figures.settings, figures.store, figures.office
    start = hours.day_bounds(figures.today(now).isoformat(), figures.zone)[0]
    floor = Floor(settings, bookings_of(store, settings), known_of(store, settings))
    floor.begin_day(now)
    for step in steps_of(store, office, store.number_at(office, start) - 1):
        floor.see(step)
    floor.at = max(floor.at, now)
    floor.desks = store.desks(office)  # one that was left open overnight has no step today
    return floor.snapshot()


# -- helpers ----------------------------------------------------------------------------------------------------


def _own(figures, day: date) -> tuple:
    found = figures.store.things(Appointment, figures.office, "AND day = ?", (day.isoformat(),))
    return booked(found, starts(figures.settings, day))


def _near(figures, day: date, now: int) -> bool:
    return (day - figures.today(now)).days <= NEAR
