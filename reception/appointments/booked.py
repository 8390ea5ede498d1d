"""What reading a file of appointments gives, and what reading it needs to know of the office. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment as the file says it. `name` and `postcode` are about a person and belong in particulars alone."""

    reference: str  # the council's own, at most 60 characters
    service: str  # a service's key
    booked_at: int  # UTC ms
    minutes: int | None
    name: str
    postcode: str  # upper case, one space
    needs: tuple[str, ...]  # keys, each once
    cancelled: bool
    line: int  # of a CSV file; in a calendar, which event


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where; line 0 is the whole file. `values` never repeat what a cell says, for it may be a name."""

    line: int
    key: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """`mistakes` is what was not taken in and why; `notes`, what is worth knowing and cost nothing.

    `read` counts the rows looked at, so it is never less than the appointments.
    """

    appointments: tuple[Booked, ...]
    mistakes: tuple[Mistake, ...]
    read: int
    notes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The office as a reader of files knows it; `services` and `needs` by everything they may be called."""

    zone: ZoneInfo
    services: Mapping[str, str]
    needs: Mapping[str, str]
    today: date
    furthest_days: int
    largest_rows: int


class Wrong(Exception):
    """Why one appointment cannot be taken in: a mistake that does not know its line yet."""

    def __init__(self, key: str, /, **values):
        super().__init__(key, values)
        self.key, self.values = key, values
