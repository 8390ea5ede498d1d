"""What one kiosk is shown: whether there is anybody to help, which services can be had, and a manager's words.

    {step, now, open, opens, staffed, locked, locked_language, notice, notice_language, appointments, services: […]}
    of services: {key, open, why, ahead, away, expected}

`opens` says in words when a closed office opens ("Monday 09:00", or null); `why` is a sentence for a service that gives
no tickets now. `staffed`: an open desk takes some service; `away`: none takes this one, while others are taken.
`expected` says in a few words what whoever takes a number now may expect, or is null. `locked` and `notice` are a
manager's words, or null; `…_language` tells theirs where it is another than the page's. A kiosk's own machine says
besides that it is `alone`: then nobody knows who is `ahead` (null). It decides nothing about the queue.
"""

from reception.hours import is_open, next_opening
from reception.room import Room
from reception.things import Appointment
from reception.web import expected
from reception.web.speaking import spoken
from reception.web.times import weekday_and_time
from reception.web.words import sentence


def picture(parts, kiosk: str) -> dict:
    """For the kiosk with this key's id."""
    frontdesk, settings = parts.frontdesk, parts.settings
    newest, room = frontdesk.look()
    line = frontdesk.line(room)
    served = {key for key in settings.service if line.is_served(key)}
    services = [_service(parts, key, room, line, served) for key in settings.service]
    return {
        "step": newest,
        "now": room.at,
        **_doors(settings, room.at, any(one["open"] for one in services)),
        "staffed": bool(served),
        **_written(frontdesk, room, "locked", ("kiosk", kiosk)),
        **_written(frontdesk, room, "notice", ("notice", "kiosk")),
        "appointments": _asks_appointment(parts, room.day),
        "services": services,
    }


def _written(frontdesk, room: Room, name: str, ruling: tuple[str, str]) -> dict:
    """A manager's words, and their language where that is another than the page's."""
    own, there = frontdesk.settings.office.language, frontdesk.texts_of(room, *ruling).get(spoken())
    words = frontdesk.text_of(room, *ruling, spoken())
    return {name: words, f"{name}_language": own if words and spoken() != own and words != there else None}


def _service(parts, key: str, room: Room, line, served: set[str]) -> dict:
    refusal = parts.frontdesk.why_closed(key, room)
    return {
        "key": key,
        "open": refusal is None,
        "why": refusal and sentence(refusal, parts.settings),
        "ahead": line.people_before(key),
        "away": refusal is None and bool(served) and key not in served,
        "expected": None if refusal else expected.short(expected.of_service(parts, key), parts.settings),
    }


def _doors(settings, at: int, any_service: bool) -> dict:
    # A service that a manager has opened outranks the timetable, so the doors count as open for it.
    if any_service or is_open(at, settings.zone, settings.hours.weekly, settings.hours.closed_on):
        return {"open": True, "opens": None}
    opens = next_opening(at, settings.zone, settings.hours.weekly, settings.hours.closed_on)
    return {"open": False, "opens": opens and weekday_and_time(opens, settings.zone)}


def _asks_appointment(parts, day: str) -> bool:
    asks = parts.settings.kiosk.asks_appointment
    if asks != "today":
        return asks == "always"
    expected = "AND day = ? AND state <> 'cancelled' LIMIT 1"
    return bool(parts.store.things(Appointment, parts.settings.office.key, expected, (day,)))
