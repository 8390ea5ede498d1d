"""Visits, desks and hours as the API shows them. Plain dicts, declared in shapes.py; it decides nothing."""

from reception.frontdesk import Issued
from reception.line import Line
from reception.room import Room
from reception.setting_parts import Hours
from reception.settings import Settings
from reception.things import Desk
from reception.visit import AT_DESK, Visit

AS_STORED = (
    "id number service state desk channel arrived_at waits_from acknowledged_at first_called_at last_called_at"
    " seen_at ended_at recalls"
).split()


def shown(settings: Settings, visit: Visit) -> dict:
    """A visit, without its link: only whoever issues a ticket is told where its page is."""
    service, desk = settings.service.get(visit.service), settings.desk_named.get(visit.desk)
    return {
        **{name: getattr(visit, name) for name in AS_STORED},
        "service_name": service.name if service else visit.service,
        "desk_name": desk.name if desk else visit.desk,
        "seen_inferred": bool(visit.seen_inferred),
        "ended_inferred": bool(visit.ended_inferred),
    }


def ticket(settings: Settings, issued: Issued) -> dict:
    return {**shown(settings, issued.visit), "ahead": issued.ahead, "url": issued.url}


def everyone(settings: Settings, room: Room, line: Line) -> list[dict]:
    """Those at desks, then the line in calling order, then those who were not there."""
    at_desks = sorted((v for v in room.visits.values() if v.state in AT_DESK), key=lambda v: v.last_called_at)
    waiting = line.waiting()
    others = [v for v in room.visits.values() if v.state not in ("waiting", *AT_DESK)]
    return [shown(settings, visit) for visit in (*at_desks, *waiting, *sorted(others, key=line.order))]


def desk(settings: Settings, now: Desk) -> dict:
    part = settings.desk_named[now.key]
    return {
        "key": part.key,
        "name": part.name,
        "services": [key for key in settings.service if key in settings.serves[part.key]],
        "state": now.state,
        "since_at": now.since_at,
    }


def timetable(hours: Hours) -> dict:
    """Hours as the settings' file spells them."""
    days = {day: [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans] for day, spans in hours.weekly.items()}
    return {**days, "closed_on": [day.isoformat() for day in hours.closed_on]}
