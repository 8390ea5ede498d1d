"""What was away while the office was open: the server itself, noted as it starts from when it last lived; and kiosks,
noted while nothing is heard of them. Whether that counts against anybody is not decided here.

A planned stop is an outage like any other: whoever waited meanwhile could not be called.
"""

import logging
from datetime import timedelta

from reception import hours
from reception.identifiers import uuid7
from reception.refusals import StoreFault

log = logging.getLogger(__name__)
DAY_MS = 86_400_000
TAKEN_AWAY_MS = 7 * DAY_MS  # a kiosk that was not heard of for so long stands there no more
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


def kiosks(frontdesk, heard: dict[str, int], there: set[str]) -> None:
    """Begins an outage of each kiosk that is away for longer than a screen may be, and ends that of each which is back.

    `heard` is when each kiosk that may give numbers was heard of last, `there` those that are connected. An outage ends
    with the opening hours, too; whoever is still away when the office opens again has another.
    """
    at, settings = frontdesk.now(), frontdesk.settings
    opening = next(
        ((opens, closes) for opens, closes in open_spans(settings, at - DAY_MS, at + 1) if closes > at), None
    )
    going_on = {kiosk: (key, start) for key, kiosk, start in frontdesk.store.outages_going_on(frontdesk.office)}
    ended = {key: _ends(settings, kiosk, start, at, heard, there) for kiosk, (key, start) in going_on.items()}
    ended = {key: end for key, end in ended.items() if end is not None}
    begun = {}
    for kiosk, last in heard.items():
        if opening and kiosk not in there and kiosk not in going_on and at - last < TAKEN_AWAY_MS:
            start = max(last, opening[0])
            if at - start > settings.screens.missing_seconds * 1000:
                begun[kiosk] = start

    def turn(store):
        for key, end in ended.items():
            store.end_outage(frontdesk.office, key, end)
        for kiosk, start in begun.items():
            store.add_outage(frontdesk.office, uuid7(at), "kiosk_away", start, None, kiosk)
        return None, None

    if ended or begun:
        _stored(frontdesk, turn)


def _ends(settings, kiosk: str, start: int, at: int, heard: dict[str, int], there: set[str]) -> int | None:
    """When a kiosk's outage ended: with the opening hours in which it began, or now; None while it goes on."""
    closes = next((closes for _opens, closes in open_spans(settings, start, start + DAY_MS)), start)
    if at >= closes:
        return closes
    return at if kiosk in there or kiosk not in heard else None


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
