"""What past days teach about how long things take, as the same `History` that estimates of waits are made of.

It is made anew from the days that are given, so that a week that is over can be looked at as it was foreseen. Where a
desk was silent for long about its break's time, it was on it, whoever pressed what (`absences`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from reception.estimate.history import MINUTE, History
from reception.estimate.learning import WINDOW
from reception.settings import Settings
from reception.staffing.past import PastDay, Span
from reception.visit import Visit

LONGEST = 3 * 60 * MINUTE  # a visit that took longer stood open


def taught(days: Sequence[PastDay], settings: Settings) -> History:
    history = History({one.key: one.minutes for one in settings.services})
    for day in days:
        history.fade(0.98)
        doubtful = {before.id for _desk, before, visit in _pairs(day) if _stood_open(before, visit, settings)}
        for visit in day.visits:
            _learn_visit(history, visit, visit.id not in doubtful)
        for booking in day.bookings:
            if booking.arrived_at:
                history.add("late", booking.arrived_at - booking.booked_at)
            history.count("came" if booking.arrived_at else "missed")
        for there in day.there.values():
            for (_start, gone), (back, _end) in pairwise(there):
                history.add("pause", back - gone)
        away = absences(day, settings)
        for desk, before, visit in _pairs(day):
            _learn_gap(history, day, away.get(desk, ()), before, visit, settings)
    return history


def absences(day: PastDay, settings: Settings) -> dict[str, list[Span]]:
    """desk -> when it stood open and nobody was there, as far as that can be known; milliseconds of the day."""
    found: dict[str, list[Span]] = {}
    for desk, before, visit in _pairs(day):
        part = settings.desk_named.get(desk)
        gap = before.ended_at, visit.last_called_at
        if part and any(_is_break(gap, _span(one, day, settings)) for one in part.breaks) and _waited(visit, gap):
            found.setdefault(desk, []).append((gap[0] - day.starts, gap[1] - day.starts))
    return found


def _stood_open(before: Visit, visit: Visit, settings: Settings) -> bool:
    """Whether a visit may have been over long before its end: it ended with the call of somebody who had just come. Of
    true ends, as many of short visits as of long ones look like that."""
    return before.ended_at == visit.last_called_at <= _ready(visit, settings) + MINUTE


def _learn_visit(history: History, visit: Visit, ended_then: bool) -> None:
    waited = (visit.first_called_at or visit.waits_from) - visit.waits_from
    if visit.first_called_at:
        history.count_call(waited)
    if visit.seen_at is None:
        if visit.missed_at and visit.last_called_at:
            history.add("absent", visit.missed_at - visit.last_called_at)
            history.count_absent(waited)
        elif visit.state == "left" and not visit.ended_inferred:
            history.count("left")
    elif ended_then and visit.ended_at and visit.last_called_at and not visit.ended_inferred:
        took = visit.ended_at - visit.last_called_at
        if 0 <= took < LONGEST:
            history.add_visit(visit.service, took)


def _learn_gap(history: History, day: PastDay, away: Sequence[Span], before: Visit, visit: Visit, settings) -> None:
    """Between two visitors at a desk, where it was there all the time."""
    start, end = before.ended_at, visit.last_called_at
    span = start - day.starts, end - day.starts
    there = day.there.get(visit.desk, ())
    if span in away or not any(begins <= span[0] and span[1] <= ends for begins, ends in there):
        return
    ready = _ready(visit, settings)
    if ready <= start:
        history.add("turnaround", end - start)
    elif ready <= end:
        history.add("notice", end - ready)


def _pairs(day: PastDay) -> Iterator[tuple[str, Visit, Visit]]:
    """One visitor and the next at each desk."""
    last: dict[str, Visit] = {}
    calls = [visit for visit in day.visits if visit.desk and visit.last_called_at and visit.ended_at]
    for visit in sorted(calls, key=lambda one: one.last_called_at):
        before = last.get(visit.desk)
        if before and before.ended_at <= visit.last_called_at:
            yield visit.desk, before, visit
        last[visit.desk] = visit


def _ready(visit: Visit, settings: Settings) -> int:
    due = round(settings.appointments.due_minutes * MINUTE)
    return max(visit.arrived_at, visit.opens_at or 0, (visit.booked_at or 0) - due)


def _waited(visit: Visit, gap: Span) -> bool:
    """Whether somebody whom the desk called at the gap's end had waited for a good part of it."""
    return gap[1] - max(gap[0], visit.waits_from) > 3 * MINUTE


def _is_break(gap: Span, planned: Span) -> bool:
    begins = planned[0] - WINDOW[0] <= gap[0] <= planned[0] + WINDOW[1]
    return begins and gap[1] - gap[0] >= (planned[1] - planned[0]) / 2


def _span(walls, day: PastDay, settings: Settings) -> Span:
    return tuple(round(datetime.combine(day.day, wall, settings.zone).timestamp() * 1000) for wall in walls)
