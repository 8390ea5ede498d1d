"""What an estimate looks at: the line, the desks and what is still to come today, at one instant. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reception.line import Line
from reception.things import Appointment
from reception.visit import Visit


@dataclass(frozen=True, slots=True)
class Break:
    """When nobody is to be at a desk, as planned; only those that have not been taken yet."""

    desk: str
    from_at: int
    until_at: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The office at `line.at` (UTC ms). Everyone waiting and the desks stand in `line`, which orders them as calls do.

    `busy`: desk -> who is called there or being helped. `silent`: desk -> since when it has stood open with nobody
    there although somebody it could call waited, and whether that was after a visit (True) or out of idleness.
    `seen`: desk -> when somebody there last called, or opened it; `free`: open desk -> since when nobody is helped.
    `unopened`: closed desks that were not open yet today -> how many ms of the day have passed at `line.at`.
    """

    line: Line
    busy: Mapping[str, Visit] = field(default_factory=dict)
    silent: Mapping[str, tuple[int, bool]] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)
    free: Mapping[str, int] = field(default_factory=dict)
    unopened: Mapping[str, int] = field(default_factory=dict)
    bookings: Sequence[Appointment] = ()  # today's, of people who have not come yet
    breaks: Sequence[Break] = ()
    due_ms: int = 300_000  # a booking joins the line so long before its time (appointments.due_minutes)
    late_ms: int = 900_000  # and later than this counts as none (appointments.late_minutes)
    next_opening: int | None = None  # when the office opens next, by its hours; None while it is open
    asked: tuple[str, ...] = ()  # services that somebody might take a ticket for just now
    of_day: int = 0  # ms since the office's day began
    pace: float = 1.0  # how long today's newest visits took, beside what such visits take
    ready: frozenset[str] = frozenset()  # open desks with nobody there that call at once, as if somebody had asked them

    @property
    def at(self) -> int:
        return self.line.at
