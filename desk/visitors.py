"""How one visitor is shown to staff: at the desk, next, or as a row of a list. Values only.

Needs, remarks and names stand here because staff must see them before they call; no other face shows them.
"""

from reception.line import Line
from reception.settings import Settings
from reception.visit import Visit
from reception.web.saying import service_name

OWN = ("id", "number", "service", "state", "arrived_at", "waits_from", "booked_at", "last_called_at", "seen_at")
OWN += ("desk", "recalls", "party", "leg")
TOLD = ("language", "remark", "said", "name")  # texts known of a person, seen before the call


def visitor(visit: Visit, settings: Settings, known: dict[str, str], name_of) -> dict:
    """Who is at a desk, as its screen and its acknowledgements show them. `known` are their particulars."""
    return {
        **{field: getattr(visit, field) for field in OWN},
        **to_prepare(visit, settings, known),
        "note": known.get("note"),
        "room_name": room_name(visit, settings),
        "times_wrong": bool(visit.times_wrong),
        "delivered": [service_name(key, settings) for key in visit.delivered.split()],
        "to_come": [_leg(leg, settings, name_of) for leg in visit.to_come.split()],
        "offers": _offers(visit, settings),
        "team": visit.service if visit.service in settings.team else None,
    }


def to_prepare(visit: Visit, settings: Settings, known: dict[str, str]) -> dict:
    """What a receptionist reads before the call."""
    needs = [settings.need[key] for key in known.get("needs", "").split() if key in settings.need]
    return {
        "service_name": service_name(visit.service, settings),
        "needs": [{"key": need.key, "name": need.name, "about": need.about} for need in needs],
        **{kind: known.get(kind) or None for kind in TOLD},
        "discreet": bool(visit.discreet),
    }


def row(visit: Visit, settings: Settings, line: Line, known: dict[str, str], name_of) -> dict:
    """One of the line. What there is nothing to say of is left out: twenty rows go to every desk at every change."""
    classes = visit.standing.split()
    needs = [settings.need[key] for key in known.get("needs", "").split() if key in settings.need]
    more = {
        "needs": [{"key": need.key, "name": need.name} for need in needs],
        "language": known.get("language"),
        "remarked": bool(known.get("remark") or known.get("said")),
        "booked_at": visit.booked_at,
        "came_back": "came_back" in classes,
        "sent_on": "transferred" in classes,
        "kept_for": whom(visit.kept_for, settings, name_of),
        "late_until": visit.late_until if (visit.late_until or 0) > line.at else None,
        "not_before": None if line.is_due(visit) or visit.not_before == visit.late_until else visit.due_at,
    }
    return {**listed(visit, settings), "waits_from": visit.waits_from} | {
        key: told for key, told in more.items() if told
    }


def listed(visit: Visit, settings: Settings) -> dict:
    return {"id": visit.id, "number": visit.number, "service_name": service_name(visit.service, settings)}


def held(visit: Visit, settings: Settings, name_of) -> dict:
    return {
        **listed(visit, settings),
        "held_until": visit.held_until,
        "room_name": room_name(visit, settings),
        "kept_for": whom(visit.kept_for, settings, name_of),
    }


def room_name(visit: Visit, settings: Settings) -> str | None:
    return next((room.name for room in settings.rooms if room.key == visit.room), visit.room)


def whom(kept_for: str | None, settings: Settings, name_of) -> str | None:
    """The name of the desk or person that a visitor is kept for."""
    kind, _, key = (kept_for or "").partition(":")
    if kind == "desk":
        return settings.desk_named[key].name if key in settings.desk_named else key
    return name_of(kept_for) if kept_for else None


def _leg(leg: str, settings: Settings, name_of) -> dict:
    service, _, kept_for = leg.partition("@")
    named = {"service": service, "service_name": service_name(service, settings)}
    return {**named, "kept_for": whom(kept_for or None, settings, name_of)}


def _offers(visit: Visit, settings: Settings) -> list[dict]:
    """ "You may also want": what its visitors often need besides, less what they have or have had."""
    has = {visit.service, *visit.delivered.split(), *(leg.partition("@")[0] for leg in visit.to_come.split())}
    also = settings.service[visit.service].also if visit.service in settings.service else ()
    return [{"service": key, "service_name": service_name(key, settings)} for key in also if key not in has]
