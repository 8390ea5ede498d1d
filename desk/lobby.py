"""What the greeter's tablet shows of the lobby; and one visitor, when the greeter asks for one.

    greeter  {step, now, target_seconds, near_seconds, waiting, longest_from,
              services: [{key, name, open, why, ahead, served, expected}],    why: a sentence, where it gives no tickets
              line: [{id, number, service_name, waits_from, ahead, needs, remark, told, due_at,
                      first_by_at, by_at, later, unserved}],        its head; unserved: no open desk can help them
              called: [{id, number, desk_name, called_at, discreet}],
              missed: [{id, number, service_name, called_at}],
              expected: [{id, at, late, reference, name, service_name, needs}],      appointments not here yet
              still_expected}                                                        how many of those in all

    visitor  {id, number, service_name, state, desk_name, name, ahead, waits_from, told, says,
              needs, language, remark, party, to_come}          needs and to_come are keys, for the form

`expected` and `says` are what they read themselves (reception/web/expected.py). A row's `first_by_at` is by when they
were first told to be called, `by_at` by when now; `later`: that is later than they were told. Instants are UTC
milliseconds; `needs` of a row is said in words.
"""

from desk.staff import needs_said
from reception.line import Line
from reception.room import Room
from reception.settings import Settings
from reception.things import Appointment
from reception.visit import Visit
from reception.web import expected as words
from reception.web.saying import service_name
from reception.web.words import sentence

Known = dict[str, dict[str, str]]


def lobby(parts, newest: int, room: Room, line: Line) -> dict:
    """All but the appointments."""
    settings = parts.settings
    waiting, unserved = line.waiting(), {visit.id for visit in line.unserved()}
    visits = sorted(room.visits.values(), key=lambda visit: -(visit.last_called_at or 0))
    return {
        "step": newest,
        "now": room.at,
        "target_seconds": settings.promise.target_seconds,
        "near_seconds": settings.promise.near_seconds,
        "waiting": len(waiting),
        "longest_from": min((visit.waits_from for visit in waiting if line.is_due(visit)), default=None),
        "services": [_service(key, parts, line, parts.frontdesk.why_closed(key, room)) for key in settings.service],
        "line": [
            {**_waiting(visit, parts, room, line), "unserved": visit.id in unserved}
            for visit in waiting[: settings.desk.head_of_line]
        ],
        "called": [_called(visit, settings) for visit in visits if visit.state == "called"],
        "missed": [_missed(visit, settings) for visit in visits if visit.state == "no_show"][: settings.desk.listed],
    }


def expected(settings: Settings, booked: list[tuple[Appointment, dict]], at: int) -> dict:
    """The appointments that may still come, those nearest to now first cut, then by their time."""
    nearest = sorted(booked, key=lambda pair: abs(pair[0].booked_at - at))[: settings.desk.head_of_line]
    rows = sorted(nearest, key=lambda pair: (pair[0].booked_at, pair[0].id))
    return {"expected": [_expected(one, known, settings, at) for one, known in rows], "still_expected": len(booked)}


def visitor(visit: Visit, parts, line: Line, known: dict[str, str]) -> dict:
    settings = parts.settings
    desk = settings.desk_named.get(visit.desk)
    ahead = line.people_ahead(visit) if visit.state == "waiting" else None
    return {
        "id": visit.id,
        "number": visit.number,
        "service_name": service_name(visit.service, settings),
        "state": visit.state,
        "desk_name": desk.name if desk else None,
        "name": known.get("name") or None,
        "ahead": ahead,
        "waits_from": visit.waits_from,
        "told": visit.acknowledged_at is not None,
        "says": _says(visit, parts, ahead),
        "needs": known.get("needs", "").split(),
        "language": known.get("language", ""),
        "remark": known.get("remark", ""),
        "party": visit.party,
        "to_come": [leg for leg in visit.to_come.split() if "@" not in leg],
    }


def _says(visit: Visit, parts, ahead: int | None) -> str | None:
    """What somebody who waits reads of it, to be told by the greeter."""
    if ahead is None:
        return None
    booked = visit.booked_at and "appointment" in visit.standing.split()
    found = words.told(words.of_visit(parts, visit.id), parts.settings, ahead=None if booked else ahead)
    return " ".join(filter(None, (found["wait"], found["ahead"], found["besides"]))) or None


def _service(key: str, parts, line: Line, closed) -> dict:
    settings = parts.settings
    return {
        "key": key,
        "name": service_name(key, settings),
        "open": closed is None,
        "why": closed and sentence(closed, settings),
        "ahead": line.people_before(key),
        "served": line.is_served(key),
        "expected": None if closed else words.short(words.of_service(parts, key), settings),
    }


def _waiting(visit: Visit, parts, room: Room, line: Line) -> dict:
    settings, known = parts.settings, room.told.get(visit.id, {})
    found = words.of_visit(parts, visit.id)
    return {
        "id": visit.id,
        "number": visit.number,
        "service_name": service_name(visit.service, settings),
        "waits_from": visit.waits_from,
        "ahead": line.people_ahead(visit),
        "needs": ", ".join(needs_said(settings, known.get("needs", ""), known.get("language", ""))),
        "remark": known.get("remark") or None,
        "told": visit.acknowledged_at is not None,
        "due_at": None if line.is_due(visit) else visit.not_before,
        "first_by_at": visit.first_by_at,
        "by_at": found and found.by_at,
        "later": bool(found and found.later),
    }


def _called(visit: Visit, settings: Settings) -> dict:
    desk = settings.desk_named.get(visit.desk)
    return {
        "id": visit.id,
        "number": visit.number,
        "desk_name": desk.name if desk else visit.desk,
        "called_at": visit.last_called_at,
        "discreet": bool(visit.discreet),
    }


def _missed(visit: Visit, settings: Settings) -> dict:
    return {
        "id": visit.id,
        "number": visit.number,
        "service_name": service_name(visit.service, settings),
        "called_at": visit.last_called_at,
    }


def _expected(one: Appointment, known: dict, settings: Settings, at: int) -> dict:
    return {
        "id": one.id,
        "at": one.booked_at,
        "late": at > one.booked_at,
        "reference": one.reference,
        "name": known.get("name") or None,
        "service_name": service_name(one.service, settings),
        "needs": ", ".join(needs_said(settings, known.get("needs", ""))),
    }
