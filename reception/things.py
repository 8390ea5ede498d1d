"""What an office keeps besides visits, each a frozen row: desks, promises, appointments, today's rulings, lent numbers.

Pure values. Free text and anything about a person is no field of theirs: it stands in `particulars`, under their id.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Desk:
    """A row of `desks`: open, paused (with a reason) or closed, who sits there (a person's or key's id), and whether
    they have called for help: since when, who started it, who has said they are coming."""

    table: ClassVar[str] = "desks"
    keys: ClassVar[tuple[str, ...]] = ("key",)

    key: str
    state: str = "closed"
    person: str | None = None
    since_at: int = 0
    reason: str | None = None
    help_at: int | None = None
    help_by: str | None = None
    help_coming: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A row of `promises`: what the office owes somebody by a date. `kind` is promise, documents or call_back; `state`
    open, kept or withdrawn; `due_at` the last instant at which it is in time (the end of `due_on` for whole days).

    Its particulars are `what` (a sentence or a list of papers) and `contact` (whom to ring, and where).
    """

    table: ClassVar[str] = "promises"
    keys: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    kind: str
    state: str
    reference: str
    due_at: int
    due_on: str
    made_at: int
    made_by: str
    visit: str | None = None
    service: str | None = None
    team: str | None = None
    owner: str | None = None
    first_due_at: int | None = None  # as promised first; the record keeps what was said
    kept_at: int | None = None
    kept_by: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A row of `appointments`: booked, arrived, not_attended or cancelled. Particulars: name, postcode, needs."""

    table: ClassVar[str] = "appointments"
    keys: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    reference: str
    day: str
    service: str
    booked_at: int
    state: str = "booked"
    minutes: int | None = None
    source: str = ""
    visit: str | None = None
    arrived_at: int | None = None
    plain: str = ""  # the reference as it is looked for: no case, spaces or hyphens
    digest: str = ""  # of what the file said last, so that reading it again changes nothing


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of `rulings`: what a manager decided for now. Of a `kind`, about a `subject`: service (key: open, closed),
    quota (service: a number), notice (kiosk, board: shown), kiosk (its key's id: locked), serves (desk: "main …|helps
    …"), message (desk, or "all": shown). `value` None: as the settings say. Texts are particulars under `id`."""

    table: ClassVar[str] = "rulings"
    keys: ClassVar[tuple[str, ...]] = ("kind", "subject")

    kind: str
    subject: str
    value: str | None
    by: str
    at: int
    until_at: int | None = None

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Block:
    """A row of `blocks`: the numbers `first` to `last` of a letter on a day, lent to one kiosk (its key's id) to give
    by itself while the server is away. Nobody else is ever given one of them."""

    table: ClassVar[str] = "blocks"
    keys: ClassVar[tuple[str, ...]] = ("day", "letter", "first")

    day: str
    letter: str
    first: int
    last: int
    kiosk: str
    lent_at: int

    @property
    def id(self) -> str:
        return f"{self.day} {self.letter}{self.first}"


@cache
def columns(thing: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(thing))
