"""Today's rules: what the settings say under what a manager has decided since. Pure."""

from dataclasses import replace

from reception import hours
from reception.line import LineRules
from reception.refusals import Refusal
from reception.room import Room
from reception.settings import Settings


def line_rules(settings: Settings, room: Room) -> LineRules:
    """The line's rules, with the desks' services as ruled."""
    ruled = {key: value for key in settings.line_rules.desks if (value := room.ruled("serves", key))}
    if not ruled:
        return settings.line_rules
    desks = dict(settings.line_rules.desks)
    for key, value in ruled.items():
        main, helps = serves(value)
        desks[key] = settings.takes(main, helps, desks[key].has)
    return replace(settings.line_rules, desks=desks)


def serves(value: str) -> tuple[list[str], list[str]]:
    """The main services and those helped with, from a ruling's value "a b|c"."""
    main, _, helps = value.partition("|")
    return main.split(), helps.split()


def why_closed(settings: Settings, room: Room, service: str, issued: int) -> Refusal | None:
    """Why a ticket for the service cannot be had now, with `issued` given today; None when it can."""
    part, at = settings.service[service], room.at
    ruled = room.ruled("service", service)
    if ruled == "closed":
        return Refusal("service_closed", service=part.name)
    quota = quota_of(settings, room, service)
    if quota is not None and issued >= quota:
        return Refusal("service_full", service=part.name)
    if ruled == "open":  # a manager's word outranks the timetable
        return None
    for key, timetable in (("office_closed", settings.hours), ("service_shut", settings.hours_of(part))):
        if not hours.is_open(at, settings.zone, timetable.weekly, settings.hours.closed_on):
            opens = hours.next_opening(at, settings.zone, timetable.weekly, settings.hours.closed_on)
            return Refusal(key, service=part.name, opens_at=opens)
    return None if part.open else Refusal("service_closed", service=part.name)


def is_shut(settings: Settings, room: Room, service: str) -> bool:
    """Whether nobody can be sent to a service: closed by a manager, or by the settings and not opened since."""
    ruled = room.ruled("service", service)
    return ruled == "closed" or not (settings.service[service].open or ruled == "open")


def quota_of(settings: Settings, room: Room, service: str) -> int | None:
    """How many tickets a day may be had of a service; None for as many as come."""
    ruled = room.ruled("quota", service)
    return int(ruled) if ruled is not None else settings.service[service].quota
