"""An office as its own record tells of it, step by step: who is here, who is at which desk, which desk is silent.

It believes the steps and nothing else, so that a replay of last year and the server of today see the same.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date, datetime

from reception import hours
from reception.estimate.snapshot import Break, Snapshot
from reception.line import Line, LineRules
from reception.reading import Step
from reception.room import Room
from reception.rulings import line_rules
from reception.settings import Settings
from reception.things import Appointment, Desk, Ruling
from reception.visit import AT_DESK, FIELDS, OPEN, Visit

MINUTE = 60_000
DESK_FIELDS = frozenset(field.name for field in fields(Desk))
NEEDED = tuple(field.name for field in fields(Visit) if field.default is MISSING)  # an old record may know no others
Bookings = Callable[[str], Iterable[Appointment]]  # of an office day
Told = Callable[[str], dict[str, str]]  # what is known of a visitor still (needs)


class Floor:
    """`see` takes one step after another; `snapshot` is how things are then. `desks` and `rulings` are those at the
    first step, if anybody knows."""

    def __init__(self, settings: Settings, bookings: Bookings = lambda day: (), told: Told = lambda visit: {}):
        self.settings, self._bookings, self._told = settings, bookings, told
        self.day, self.day_at, self.ends_at, self.at = "", 0, 0, 0
        self.here: dict[str, Visit] = {}
        self._gone: dict[str, Visit] = {}  # today's who have ended: a press taken back may bring them back
        self.desks: dict[str, Desk] = {}
        self.rulings: dict[str, Ruling] = {}
        self.told: dict[str, dict[str, str]] = {}
        self.busy: dict[str, str] = {}  # desk -> visit
        self.silent: dict[str, tuple[int, bool]] = {}  # as Snapshot's
        self.seen: dict[str, int] = {}  # as Snapshot's, and so is this
        self.free: dict[str, int] = {}
        self.pace = 1.0  # as Snapshot's: who knows how long visits take says so
        self.opened: set[str] = set()  # desks that were open today
        self.bookings: dict[str, Appointment] = {}
        self.breaks: dict[str, list[Break]] = {}  # planned and not taken yet, in order

    def see(self, step: Step) -> tuple[Visit | None, Visit | None]:
        """Takes a step in; the visit before and after it."""
        self.at = max(self.at, step.at)
        if step.at >= self.ends_at:
            self.begin_day(step.at)
        if step.step == "ruled":
            self._see_ruling(step)
            return None, None
        if step.about:
            self._see_booking(step)
            return None, None
        if step.visit:
            return self._see_visit(step)
        if step.desk and step.changes and DESK_FIELDS.issuperset(step.changes):
            self._see_desk(step)
        return None, None

    @property
    def rules(self) -> LineRules:
        """As the settings and the rulings that hold say."""
        if not any(ruling.kind == "serves" for ruling in self.rulings.values()):
            return self.settings.line_rules
        return line_rules(self.settings, Room(self.at, self.day, {}, {}, rulings=self.rulings))

    def line(self) -> Line:
        return Line(self.rules, self.here.values(), self.desks, self.at, self.told)

    def snapshot(self, asked: Sequence[str] = ()) -> Snapshot:
        of_day, appointments = self.at - self.day_at, self.settings.appointments
        closed = [key for key in self.rules.desks if key not in self.opened and not self._is_open(key)]
        return Snapshot(
            line=self.line(),
            busy={desk: self.here[visit] for desk, visit in self.busy.items()},
            silent=dict(self.silent),
            seen=dict(self.seen),
            free=dict(self.free),
            unopened=dict.fromkeys(closed, of_day),
            bookings=[one for one in self.bookings.values() if one.state == "booked"],
            breaks=[planned[0] for planned in self.breaks.values() if planned],
            due_ms=round(appointments.due_minutes * MINUTE),
            late_ms=round(appointments.late_minutes * MINUTE),
            next_opening=next_opening(self.settings, self.at),
            asked=tuple(asked),
            of_day=of_day,
            pace=self.pace,
        )

    # -- steps --------------------------------------------------------------------------------------------------

    def _see_visit(self, step: Step) -> tuple[Visit | None, Visit | None]:
        before = self.here.get(step.visit) or self._gone.pop(step.visit, None)
        new = {name: after for name, (_before, after) in step.changes.items() if name in FIELDS}
        if before is None and "id" not in new:
            return None, None  # somebody of whom the record begins too late
        after = Visit(**{**dict.fromkeys(NEEDED), **new}) if before is None else replace(before, **new)
        at_desk = before.desk if before and before.state in AT_DESK else None
        if at_desk and after.state not in AT_DESK and self.busy.get(at_desk) == before.id:
            del self.busy[at_desk]
            self.free[at_desk] = self.at
        if after.state in OPEN:
            self.here[after.id] = after
            if after.id not in self.told and (known := self._told(after.id)):
                self.told[after.id] = known
        else:
            self.here.pop(after.id, None)
            self.told.pop(after.id, None)
            self._gone[after.id] = after
        if after.state in AT_DESK and after.desk:
            self.busy[after.desk] = after.id
            if step.step == "called":
                self.seen[after.desk] = self.at
            self.silent.pop(after.desk, None)
        self._listen(before, after)
        return before, after

    def _see_desk(self, step: Step) -> None:
        before = self.desks.get(step.desk, Desk(step.desk))
        desk = replace(before, **{name: after for name, (_before, after) in step.changes.items() if name != "key"})
        self.desks[step.desk] = desk
        if desk.state == "open":
            self.opened.add(step.desk)
            if before.state != "open":
                self.seen[step.desk] = self.free[step.desk] = self.at
            if before.state != "open" and step.desk not in self.busy:
                self._wanted([step.desk], self.line(), after_visit=False)
        else:
            self.silent.pop(step.desk, None)

    def _see_ruling(self, step: Step) -> None:
        new = {name: after for name, (_before, after) in step.changes.items()}
        kind, _, subject = step.about.partition(":")
        before = self.rulings.get(step.about) or Ruling(kind, subject, None, "", 0)
        self.rulings[step.about] = replace(before, **new)

    def _see_booking(self, step: Step) -> None:
        if (booking := self.bookings.get(step.about)) and "state" in step.changes:
            self.bookings[step.about] = replace(booking, state=step.changes["state"][1])

    # -- who ought to call --------------------------------------------------------------------------------------

    def _listen(self, before: Visit | None, after: Visit) -> None:
        """Notes which free desks could call somebody from now on, and which no longer can."""
        if after.state == "waiting":
            line = self.line()
            if line.is_due(after):
                free = [key for key in line.desks_for(after) if self._is_open(key) and key not in self.busy]
                self._wanted(free, line, after_visit=False)
        elif before and before.state == "waiting":
            line = self.line()
            for key in [key for key in self.silent if line.next_for(key) is None]:
                del self.silent[key]
        desk = before.desk if before and before.state in AT_DESK else None
        if desk and desk not in self.busy and self._is_open(desk):
            self._wanted([desk], self.line(), after_visit=True)

    def _wanted(self, desks: Iterable[str], line: Line, *, after_visit: bool) -> None:
        for key in desks:
            if key in self.rules.desks and key not in self.silent and line.next_for(key):
                self.silent[key] = self.at, after_visit

    def _is_open(self, key: str) -> bool:
        desk = self.desks.get(key)
        return desk is not None and desk.state == "open"

    # -- days ---------------------------------------------------------------------------------------------------

    def begin_day(self, at: int) -> None:
        zone = self.settings.zone
        self.day = hours.day_of(at, zone)
        self.day_at, self.ends_at = hours.day_bounds(self.day, zone)
        self.opened = {key for key in self.desks if self._is_open(key)}
        self.here = {key: visit for key, visit in self.here.items() if visit.day >= self.day}
        self._gone = {}
        self.told = {key: known for key, known in self.told.items() if key in self.here}
        self.busy = {desk: visit for desk, visit in self.busy.items() if visit in self.here}
        self.silent, self.seen, self.free, self.pace = {}, {}, {}, 1.0
        self.bookings = {one.id: replace(one, state="booked") for one in self._bookings(self.day)}
        self.breaks = {desk.key: self._planned(desk) for desk in self.settings.desks if desk.breaks}

    def _planned(self, desk) -> list[Break]:
        day, zone = date.fromisoformat(self.day), self.settings.zone
        spans = sorted(desk.breaks)
        walls = [[round(datetime.combine(day, wall, zone).timestamp() * 1000) for wall in span] for span in spans]
        return [Break(desk.key, start, end) for start, end in walls if start < end]


def next_opening(settings: Settings, at: int) -> int | None:
    """When the office opens next by its hours; None while it is open: a desk that is closed then may open any time."""
    rules = settings.zone, settings.hours.weekly, settings.hours.closed_on
    return None if hours.is_open(at, *rules) else hours.next_opening(at, *rules)
