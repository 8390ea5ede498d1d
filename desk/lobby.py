"""What the greeter's tablet shows of the lobby, made of values alone; and one visitor, when the greeter asks for one.

    greeter  {step, now, target_seconds, near_seconds, waiting, longest_from,
              services: [{key, name, open, why, ahead, served}],       why: a sentence, where it gives no tickets now
              line: [{id, number, service_name, waits_from, ahead, needs, remark, told, due_at}],    its head
              called: [{id, number, desk_name, called_at, discreet}],
              missed: [{id, number, service_name, called_at}],
              expected: [{id, at, late, reference, name, service_name, needs}],      appointments not here yet
              still_expected}                                                        how many of those in all

    visitor  {id, number, service_name, state, desk_name, name, ahead, waits_from, told,
              needs, language, remark, party, to_come}          needs and to_come are keys, for the form

Instants are UTC milliseconds; `needs` of a row is said in words.
"""

from desk.staff import needs_said
from reception.line import Line
from reception.room import Room
from reception.settings import Settings
from reception.things import Appointment
from reception.visit import Visit
from reception.web.saying import service_name
from reception.web.words import sentence

Known = dict[str, dict[str, str]]


def lobby(settings: Settings, newest: int, room: Room, line: Line, why_closed) -> dict:
    """All but the appointments. `why_closed` answers for a service's key with a Refusal or None."""
    waiting = line.waiting()
    visits = sorted(room.visits.values(), key=lambda visit: -(visit.last_called_at or 0))
    return {
        "step": newest,
        "now": room.at,
        "target_seconds": settings.promise.target_seconds,
        "near_seconds": settings.promise.near_seconds,
        "waiting": len(waiting),
        "longest_from": min((visit.waits_from for visit in waiting if line.is_due(visit)), default=None),
        "services": [_service(key, settings, line, why_closed(key)) for key in settings.service],
        "line": [_waiting(visit, settings, room, line) for visit in waiting[: settings.desk.head_of_line]],
        "called": [_called(visit, settings) for visit in visits if visit.state == "called"],
        "missed": [_missed(visit, settings) for visit in visits if visit.state == "no_show"][: settings.desk.listed],
    }


def expected(settings: Settings, booked: list[tuple[Appointment, dict]], at: int) -> dict:
    """The appointments that may still come, those nearest to now first cut, then by their time."""
    nearest = sorted(booked, key=lambda pair: abs(pair[0].booked_at - at))[: settings.desk.head_of_line]
    rows = sorted(nearest, key=lambda pair: (pair[0].booked_at, pair[0].id))
    return {"expected": [_expected(one, known, settings, at) for one, known in rows], "still_expected": len(booked)}


def visitor(visit: Visit, settings: Settings, room: Room, line: Line, known: dict[str, str]) -> dict:
    desk = settings.desk_named.get(visit.desk)
    return {
        "id": visit.id,
        "number": visit.number,
        "service_name": service_name(visit.service, settings),
        "state": visit.state,
        "desk_name": desk.name if desk else None,
        "name": known.get("name") or None,
        "ahead": line.people_ahead(visit) if visit.state == "waiting" else None,
        "waits_from": visit.waits_from,
        "told": visit.acknowledged_at is not None,
        "needs": known.get("needs", "").split(),
        "language": known.get("language", ""),
        "remark": known.get("remark", ""),
        "party": visit.party,
        "to_come": [leg for leg in visit.to_come.split() if "@" not in leg],
    }


def _service(key: str, settings: Settings, line: Line, closed) -> dict:
    why = closed and sentence(closed, settings)
    name = service_name(key, settings)
    return {
        "key": key,
        "name": name,
        "open": closed is None,
        "why": why,
        "ahead": line.people_before(key),
        "served": line.is_served(key),
    }


def _waiting(visit: Visit, settings: Settings, room: Room, line: Line) -> dict:
    known = room.told.get(visit.id, {})
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
