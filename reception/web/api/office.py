"""The office over the API: its services, hours and desks, what can be chosen from, and what the lobby's board shows."""

from typing import Annotated, Literal

from pydantic import Field

from reception import hours
from reception.keys import ROLES
from reception.rulings import line_rules
from reception.things import Desk as Row
from reception.visit import OUTCOMES
from reception.web import expected
from reception.web.api import pictures
from reception.web.api.asking import CALLERS, get
from reception.web.api.desks import PlainDesk
from reception.web.api.shapes import Answer, Expected, Instant
from reception.web.parts import here


class Hours(Answer):
    monday: list[str]
    tuesday: list[str]
    wednesday: list[str]
    thursday: list[str]
    friday: list[str]
    saturday: list[str]
    sunday: list[str]
    closed_on: list[str]


class Named(Answer):
    key: str
    name: str


class Group(Named):
    about: str


class Service(Group):
    letter: str
    group: str | None
    open: Annotated[bool, Field(description="Whether a ticket can be had now")]
    hours: Annotated[Hours | None, Field(description="Its own hours; null: the office's")]
    also: Annotated[list[str], Field(description="Services that its visitors often need besides")]
    expected: Annotated[Expected | None, Field(description="What whoever takes a ticket now is told to expect")]


class Need(Group):
    language: Annotated[bool, Field(description="Asks which language")]


class Office(Answer):
    key: str
    name: str
    timezone: str
    language: str
    now: Instant
    open: bool
    target_seconds: int
    hours: Hours
    groups: list[Group]
    services: list[Service]
    needs: list[Need]
    themes: Annotated[list[Named], Field(description="What feedback can be about")]
    desks: list[PlainDesk]


class Person(Answer):
    id: Annotated[str, Field(description='As steps name them: "person:ID"')]
    name: str
    role: Literal["receptionist", "manager", "admin"]


class Reasons(Answer):
    pause: list[Named]
    hold: list[Named]
    transfer: list[Named]
    out_of_turn: list[Named]
    cancel: list[Named]
    change: list[Named]


class Team(Named):
    role: str
    email: str
    phone: str
    days: Annotated[int, Field(description="Working days, offered first")]
    sentences: list[str]


class Signpost(Group):
    phone: str
    url: str
    address: str
    opening: str
    checked: Annotated[str, Field(description="When somebody last made sure that this is right")]


class Choices(Answer):
    people: list[Person]
    outcomes: list[Literal[OUTCOMES]]
    reasons: Reasons
    rooms: list[Named]
    teams: list[Team]
    signposts: list[Signpost]


class BoardCall(Answer):
    id: str
    number: str
    desk: str
    desk_name: str
    called_at: Instant
    recalls: int


class Board(Answer):
    step: int
    now: Instant
    office: str
    open: bool
    turns_at: Instant | None
    opens: str | None
    notice: str | None
    waiting: int
    calls: list[BoardCall]


@get("/api/office", roles=ROLES, answers={200: Office})
def office(asker, asked):
    """The office's services, needs, desks and hours, and whether it is open now."""
    parts = here()
    settings = parts.settings
    _newest, room = parts.frontdesk.look()
    takes = line_rules(settings, room).desks
    desks = [room.desks.get(part.key, Row(part.key)) for part in settings.desks]
    return {
        "key": settings.office.key,
        "name": settings.office.name,
        "timezone": settings.office.timezone,
        "language": settings.office.language,
        "now": room.at,
        "open": hours.is_open(room.at, settings.zone, settings.hours.weekly, settings.hours.closed_on),
        "target_seconds": settings.promise.target_seconds,
        "hours": pictures.timetable(settings.hours),
        "groups": [_only(Group, group) for group in settings.groups],
        "services": [_service(parts, service, room) for service in settings.services],
        "needs": [_only(Need, need) for need in settings.needs],
        "themes": [_only(Named, theme) for theme in settings.feedback.themes],
        "desks": [pictures.desk(settings, desk, takes[desk.key]) for desk in desks],
    }


@get("/api/choices", roles=CALLERS, answers={200: Choices})
def choices(asker, asked):
    """What can be chosen from at a desk: people, outcomes, reasons, rooms, teams and signposts."""
    settings = here().settings
    return {
        "people": [
            {"id": f"person:{person.id}", "name": person.name, "role": person.role} for person in here().keys.people()
        ],
        "outcomes": list(OUTCOMES),
        "reasons": settings.reasons.model_dump(mode="json"),
        "rooms": [_only(Named, room) for room in settings.rooms],
        "teams": [_only(Team, team) for team in settings.teams],
        "signposts": [_only(Signpost, signpost) for signpost in settings.signposts],
    }


@get("/api/board", roles=ROLES, answers={200: Board})
def board(asker, asked):
    """What the lobby's board shows: the last calls, how many wait. Never a name, never a service."""
    shown = here().faces["/display"].picture(None)
    calls = [{name: call[name] for name in BoardCall.model_fields} for call in shown["calls"]]
    return {name: shown[name] for name in Board.model_fields} | {"calls": calls}


def _service(parts, service, room) -> dict:
    return {
        **service.model_dump(include={"key", "name", "about", "letter", "group"}),
        "also": list(service.also),
        "open": parts.frontdesk.why_closed(service.key, room) is None,
        "hours": service.hours and pictures.timetable(service.hours),
        "expected": pictures.expected(expected.of_service(parts, service.key), parts.settings),
    }


def _only(model: type[Answer], part) -> dict:
    """What the answer's model names of a part of the settings."""
    return part.model_dump(mode="json", include=set(model.model_fields))
