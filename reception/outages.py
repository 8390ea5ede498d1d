"""When the server itself was away while the office was open: noted by the server as it starts, from when it last lived.

A planned stop is an outage like any other: whoever waited meanwhile could not be called.
"""

import logging
from datetime import timedelta

from reception import hours
from reception.identifiers import uuid7
from reception.refusals import StoreFault

log = logging.getLogger(__name__)
LEAST_MS = 60_000  # shorter ones nobody notices: a restart takes seconds


def live(frontdesk) -> None:
    """Notes that the server lives. Called every few seconds, and when it stops."""
    at = frontdesk.now()
    _stored(frontdesk, lambda store: (store.note_alive(frontdesk.office, at), None))


def starts(frontdesk) -> list[tuple[int, int]]:
    """Records how long the server was away, as far as the office was open, and that it lives again; those spans."""
    office, at = frontdesk.office, frontdesk.now()

    def turn(store):
        last = store.alive_at(office)
        away = [] if last is None or at - last < LEAST_MS else open_spans(frontdesk.settings, last, at)
        for start, end in away:
            store.add_outage(office, uuid7(at), "server_away", start, end)
        store.note_alive(office, at)
        return away, None

    return _stored(frontdesk, turn) or []


def _stored(frontdesk, turn):
    """What the turn answers; None where the database takes nothing, which keeps no server from starting."""
    try:
        return frontdesk.writer.do(turn)
    except StoreFault as fault:
        log.warning("When the server lived could not be noted: %s", fault)
        return None


def open_spans(settings, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of an interval in which the office was open, as instants."""
    zone, timetable, found = settings.zone, settings.hours, []
    day, last = (hours.local(at, zone).date() for at in (start, end))
    while day <= last:
        begins = hours.day_bounds(day.isoformat(), zone)[0]
        for opens, closes in hours.openings(begins, zone, timetable.weekly, timetable.closed_on):
            if max(opens, start) < min(closes, end):
                found.append((max(opens, start), min(closes, end)))
        day += timedelta(days=1)
    return found
