"""The office: its name and hours, its services and desks, whom else it names, its reasons."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from reception.setting_parts.kinds import Key, Name, Named, Part, Span, Tag, _zone


class OfficePart(Part):
    key: Key
    name: Name
    timezone: Annotated[str, AfterValidator(_zone)]
    language: Tag
    nation: Literal["england", "wales", "scotland", "northern-ireland"]
    public_url: str
    help: str
    accent_hue: Annotated[float, Field(ge=0, le=360)]


class Catalogues(Part):
    offered: tuple[Tag, ...]
    reviewed: tuple[Tag, ...]


class Hours(Part):
    monday: tuple[Span, ...] = ()
    tuesday: tuple[Span, ...] = ()
    wednesday: tuple[Span, ...] = ()
    thursday: tuple[Span, ...] = ()
    friday: tuple[Span, ...] = ()
    saturday: tuple[Span, ...] = ()
    sunday: tuple[Span, ...] = ()
    closed_on: tuple[date, ...] = ()

    @cached_property
    def weekly(self) -> dict[str, tuple[Span, ...]]:
        return {day: getattr(self, day) for day in type(self).model_fields if day != "closed_on"}


class Group(Part):
    key: Key
    name: Name
    about: str = ""


class Service(Part):
    key: Key
    name: Name
    about: str = ""
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    group: Key | None = None
    open: bool = True
    quota: Annotated[int, Field(ge=0)] | None = None
    minutes: Annotated[float, Field(gt=0, le=480)] = 5
    also: tuple[Key, ...] = ()
    bring: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(max_length=6)] = ()
    online: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=200)] = ""
    online_name: Annotated[str, Field(max_length=60)] = ""
    hours: Hours | None = None


class DeskPart(Part):
    key: Key
    name: Name
    services: tuple[Key, ...] = ()
    helps: tuple[Key, ...] = ()
    has: tuple[Key, ...] = ()
    breaks: tuple[Span, ...] = ()
    printer: Key | None = None


class Need(Named):
    about: Annotated[str, Field(max_length=120)] = ""
    asked: Annotated[str, Field(max_length=40)] = ""
    adjustment: bool = False
    desk: bool = False
    language: bool = False
    discreet: bool = False


class Team(Named):
    role: Annotated[str, Field(max_length=80)] = ""
    email: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    days: Annotated[int, Field(ge=0, le=400)] = 5
    sentences: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = ()


class Signpost(Named):
    about: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    url: Annotated[str, Field(max_length=200)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    opening: Annotated[str, Field(max_length=120)] = ""
    checked: date
    kiosk: bool = False


class Reasons(Part):
    pause: tuple[Named, ...]
    hold: tuple[Named, ...]
    transfer: tuple[Named, ...]
    out_of_turn: tuple[Named, ...]
    cancel: tuple[Named, ...]
    change: tuple[Named, ...]
