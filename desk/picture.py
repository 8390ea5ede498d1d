"""What a desk's screen shows, made of values alone: the part all desks share, once a burst, and each desk's own.

    desk  {step, now, target_seconds, near_seconds, calls_before_not_here,
           desk: {key, name, state, seat, person_name} | null,      seat: "mine", "nobody" or "other"
           visitor: {id, number, service, service_name, state, arrived_at, waits_from, last_called_at, seen_at, recalls}
                    | null,
           next: {id, number} | null,                               whom Next would call
           line: [{id, number, service_name, waits_from, mine}],    its head, oldest first; mine: this desk takes it
           waiting,                                                 how many wait in all
           unserved: [{service, service_name, waiting, waits_from, desks}],   desks: who could, in words
           not_here: [{id, number, service_name, called_at}],
           desks: [{key, name, state, person_name, number, visit_state, mine}],
           troubles: [{key, what, state, sentence, remedy}],
           can_undo: {step, number} | null}

Instants are UTC milliseconds. Without a desk (the list of desks) all that is a desk's own is null.
"""

from dataclasses import dataclass

from babel.lists import format_list

from reception.line import Line
from reception.room import Room
from reception.settings import Settings
from reception.things import Desk
from reception.visit import AT_DESK, Visit

NOT_HERE = 6  # how many of those who were not here are shown, the latest first
WELL = ("ok", "unknown")  # states of a printer that need nobody


@dataclass(frozen=True, slots=True)
class Common:
    room: Room
    the_line: Line
    waiting: list[Visit]
    head: list[Visit]
    at_desk: dict[str, Visit]
    names: dict[str, str | None]
    picture: dict


def visitor(visit: Visit, settings: Settings) -> dict:
    """A visit as a desk's screen and its acknowledgements show it: no name, no token."""
    own = ("id", "number", "service", "state", "arrived_at", "waits_from", "last_called_at", "seen_at", "recalls")
    return {**{field: getattr(visit, field) for field in own}, "service_name": _service(visit.service, settings)}


def common(settings: Settings, newest: int, room: Room, line: Line, name_of, conditions: list[dict]) -> Common:
    """`name_of` gives the name behind a desk's person; `conditions` is how each printer is."""
    visits = room.visits.values()
    waiting = line.waiting()
    head = waiting[: settings.desk.head_of_line]
    missed = sorted((visit for visit in visits if visit.state == "no_show"), key=lambda v: -(v.last_called_at or 0))
    picture = {
        "step": newest,
        "now": room.at,
        "target_seconds": settings.promise.target_seconds,
        "near_seconds": settings.promise.near_seconds,
        "calls_before_not_here": settings.desk.calls_before_not_here,
        "waiting": len(waiting),
        "line": [_row(visit, settings) for visit in head],
        "unserved": _unserved(settings, line),
        "not_here": [_missed(visit, settings) for visit in missed[:NOT_HERE]],
        "troubles": [_trouble(printer) for printer in conditions if printer["state"] not in WELL],
    }
    return Common(
        room=room,
        the_line=line,
        waiting=waiting,
        head=head,
        at_desk={visit.desk: visit for visit in visits if visit.state in AT_DESK},
        names={desk.key: name_of(desk.person) for desk in room.desks.values() if desk.person},
        picture=picture,
    )


def personal(shared: Common, settings: Settings, by: str, desk: str | None, can_undo: dict | None) -> dict:
    """The whole picture for somebody (`by`) whose screen shows `desk`."""
    at_desk = shared.at_desk.get(desk)
    serves = settings.serves.get(desk, frozenset())
    upcoming = shared.the_line.next_for(desk) if desk else None
    return {
        **shared.picture,
        "desk": _own(shared, settings, by, desk) if desk else None,
        "visitor": at_desk and visitor(at_desk, settings),
        "next": upcoming and {"id": upcoming.id, "number": upcoming.number},
        "line": [
            {**row, "mine": visit.service in serves}
            for visit, row in zip(shared.head, shared.picture["line"], strict=True)
        ],
        "desks": [_desk(shared, part, by) for part in settings.desks],
        "can_undo": can_undo,
    }


def _service(key: str, settings: Settings) -> str:
    return settings.service[key].name if key in settings.service else key


def _row(visit: Visit, settings: Settings) -> dict:
    return {
        "id": visit.id,
        "number": visit.number,
        "service_name": _service(visit.service, settings),
        "waits_from": visit.waits_from,
    }


def _missed(visit: Visit, settings: Settings) -> dict:
    return {
        "id": visit.id,
        "number": visit.number,
        "service_name": _service(visit.service, settings),
        "called_at": visit.last_called_at,
    }


def _unserved(settings: Settings, line: Line) -> list[dict]:
    """Those whom no open desk takes, by service, longest wait first; with the desks that would."""
    found: dict[str, dict] = {}
    for visit in line.unserved():
        if visit.service not in found:
            able = [part.name for part in settings.desks if part.key in line.desks_for(visit)]
            found[visit.service] = {
                "service": visit.service,
                "service_name": _service(visit.service, settings),
                "waiting": 0,
                "waits_from": visit.waits_from,
                "desks": format_list(able, style="or", locale=settings.office.language) if able else None,
            }
        found[visit.service]["waiting"] += 1
    return list(found.values())


def _trouble(printer: dict) -> dict:
    return {
        "key": printer["key"],
        "what": printer["name"],
        "state": printer.get("state_words"),
        "sentence": printer.get("sentence"),
        "remedy": printer.get("remedy"),
    }


def _own(shared: Common, settings: Settings, by: str, desk: str) -> dict:
    now = shared.room.desks.get(desk, Desk(desk))
    return {
        "key": desk,
        "name": settings.desk_named[desk].name,
        "state": now.state,
        "seat": "nobody" if now.person is None else "mine" if now.person == by else "other",
        "person_name": shared.names.get(desk),
    }


def _desk(shared: Common, part, by: str) -> dict:
    now, visit = shared.room.desks.get(part.key, Desk(part.key)), shared.at_desk.get(part.key)
    return {
        "key": part.key,
        "name": part.name,
        "state": now.state,
        "person_name": shared.names.get(part.key),
        "number": visit and visit.number,
        "visit_state": visit and visit.state,
        "mine": now.person == by,
    }
