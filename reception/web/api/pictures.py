"""Visits, desks and hours as the API shows them. Plain dicts, declared in the journeys' models; it decides nothing.

The answer to a POST is remembered for its Idempotency-Key, so nothing that is known of a person stands in one: that is
shown by GETs alone, to staff (`known`).
"""

from collections.abc import Mapping

from reception.frontdesk import Issued
from reception.line import Line, Takes
from reception.room import Room
from reception.setting_parts import Hours
from reception.settings import Settings
from reception.things import Desk
from reception.visit import AT_DESK, Visit
from reception.web import expected as words

OF_TICKET = "id number service state desk channel arrived_at booked_at waits_from".split()
OF_VISIT = (
    OF_TICKET
    + (
        "acknowledged_at first_called_at last_called_at seen_at ended_at recalls leg outcome party appointment due_at"
        " late_until held_until missed_at room kept_for reads"
    ).split()
)
OF_EXPECTED = "key low high by_at opens_at learning later why booked_first".split()
FLAGS = ("seen_inferred", "ended_inferred", "discreet", "times_wrong")
TEXTS = ("language", "name", "remark", "said", "note")


def shown(settings: Settings, visit: Visit) -> dict:
    """A visit, without its link: only whoever issues a ticket is told where its page is."""
    return {
        **_with_names(settings, visit, OF_VISIT),
        **{name: bool(getattr(visit, name)) for name in FLAGS},
        "to_come": [_leg(leg) for leg in visit.to_come.split()],
        "delivered": visit.delivered.split(),
        "standing": visit.standing.split(),
    }


def with_known(parts, visit: Visit, told: Mapping[str, str], line: Line) -> dict:
    """The visit for staff, with what they know of the visitor and what that visitor is told to expect."""
    known = {"needs": told.get("needs", "").split(), **{kind: told.get(kind) or None for kind in TEXTS}}
    found, ahead = None, None
    if visit.state == "waiting":
        found, ahead = words.of_visit(parts, visit.id), line.people_ahead(visit)
    return {**shown(parts.settings, visit), "known": known, "expected": expected(found, parts.settings, ahead)}


def ticket(parts, issued: Issued) -> dict:
    told = expected(words.of_visit(parts, issued.visit.id), parts.settings, issued.ahead)
    own = _with_names(parts.settings, issued.visit, OF_TICKET)
    return {**own, "ahead": issued.ahead, "url": issued.url, "expected": told}


def expected(found, settings: Settings, ahead: int | None = None) -> dict | None:
    """What may be told of a wait (Said), in values and in words; None where nothing may."""
    if found is None:
        return None
    values = {name: getattr(found, name) for name in OF_EXPECTED}
    return {**values, "updated_at": found.at, "sentences": words.sentences(found, settings, ahead=ahead)}


def everyone(parts, room: Room, line: Line) -> list[dict]:
    """Those at desks, then the line in calling order, then those on hold or not there."""
    at_desks = sorted((v for v in room.visits.values() if v.state in AT_DESK), key=lambda v: v.last_called_at)
    others = sorted((v for v in room.visits.values() if v.state not in ("waiting", *AT_DESK)), key=line.order)
    visits = (*at_desks, *line.waiting(), *others)
    return [with_known(parts, visit, room.told.get(visit.id, {}), line) for visit in visits]


def desk(settings: Settings, now: Desk, takes: Takes) -> dict:
    """A desk as anybody may see it."""
    return {**_state(settings, now), "services": [key for key in settings.service if key in takes.main | takes.helps]}


def staffed(settings: Settings, now: Desk) -> dict:
    """A desk as it answers staff: who is there, why it is paused, whether it calls for help. What it takes is asked for
    by itself: an answer is worded before its change is stored, from the answer alone."""
    help_called = {"since_at": now.help_at, "by": now.help_by, "coming": now.help_coming} if now.help_at else None
    return {**_state(settings, now), "person": now.person, "reason": now.reason, "help": help_called}


def _state(settings: Settings, now: Desk) -> dict:
    return {
        "key": now.key,
        "name": settings.desk_named[now.key].name,
        "state": now.state,
        "since_at": now.since_at,
    }


def timetable(hours: Hours) -> dict:
    """Hours as the settings' file spells them."""
    days = {day: [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans] for day, spans in hours.weekly.items()}
    return {**days, "closed_on": [day.isoformat() for day in hours.closed_on]}


def _with_names(settings: Settings, visit: Visit, fields) -> dict:
    service, desk = settings.service.get(visit.service), settings.desk_named.get(visit.desk)
    return {
        **{name: getattr(visit, name) for name in fields},
        "service_name": service.name if service else visit.service,
        "desk_name": desk.name if desk else visit.desk,
    }


def _leg(leg: str) -> dict:
    service, _, whom = leg.partition("@")
    return {"service": service, "kept_for": whom or None}
