"""One person's time here, and the one table of how it may go. Nothing else in Reception assigns a state.

Pure values: no clock, no database. Instants are integer UTC milliseconds.
"""

from dataclasses import dataclass, fields, replace

from reception.refusals import Refusal

# state -> step -> state after. A step that is not in a state's row does not fit there.
NEXT = {
    "waiting": {
        "called": "called",
        "held": "held",
        "transferred": "waiting",
        "left": "left",
        "cancelled": "cancelled",
    },
    "called": {
        "recalled": "called",
        "started": "serving",
        "no_show": "no_show",
        "held": "held",
        "transferred": "waiting",
        "completed": "completed",
        "returned": "waiting",
        "left": "left",
        "cancelled": "cancelled",
    },
    "serving": {
        "held": "held",
        "transferred": "waiting",
        "completed": "completed",
        "returned": "waiting",
        "left": "left",
        "cancelled": "cancelled",
    },
    "held": {
        "resumed": "waiting",
        "called": "called",
        "transferred": "waiting",
        "left": "left",
        "cancelled": "cancelled",
    },
    "no_show": {"reinstated": "waiting", "called": "called", "left": "left", "cancelled": "cancelled"},
    "completed": {},
    "left": {},
    "cancelled": {},
}
OPEN = ("waiting", "called", "serving", "held", "no_show")
AT_DESK = ("called", "serving")
ENDED = ("completed", "left", "cancelled")
OUTCOMES = ("resolved", "passed_on", "appointment_made", "signposted", "not_ours", "left")
CLASSES = ("appointment", "adjustment", "came_back", "transferred")  # each may have a head start in the line


@dataclass(frozen=True, slots=True)
class Visit:
    """A row of `visits`: how things are. `place` is the order stored; `day` the office's local date.

    Lists are words between spaces. `standing` holds classes; `to_come` the further legs, each a service or
    "service@desk:KEY" or "service@person:ID"; `kept_for` is a desk or person alone in that form, who alone may call.
    """

    id: str
    office: str
    day: str
    number: str
    service: str
    state: str
    place: int
    channel: str
    token: str | None
    arrived_at: int
    opens_at: int | None = None
    booked_at: int | None = None
    acknowledged_at: int | None = None
    first_called_at: int | None = None
    last_called_at: int | None = None
    seen_at: int | None = None
    seen_inferred: int = 0
    ended_at: int | None = None
    ended_inferred: int = 0
    outcome: str | None = None
    desk: str | None = None
    recalls: int = 0
    appointment: str | None = None
    standing: str = ""
    placed_at: int | None = None  # orders the line instead of the wait's start, for who came back too late
    due_at: int | None = None  # not called by Next before this
    skipped_by: str | None = None  # the desk that put them back
    kept_for: str | None = None
    held_until: int | None = None
    missed_at: int | None = None
    room: str | None = None
    leg: int = 1
    to_come: str = ""
    delivered: str = ""
    party: int | None = None
    discreet: int = 0
    times_wrong: int = 0
    page_until: int | None = None  # the visitor's page lives at least until then
    came_for: str = ""  # the service of the first leg, once they were sent on
    late_until: int | None = None  # they said that they come later: not called by Next before this, the place is kept
    reads: str = ""  # the tag of the language they chose; "": nobody asked, so the one the office begins in
    said_at: int | None = None  # when they were last told what to expect: at least `said_low` minutes,
    said_low: int | None = None
    said_by_at: int | None = None  # and the call by this instant (None: there was no telling by when)
    first_by_at: int | None = None  # the first such instant that they were told, which is kept or not; it stays

    @property
    def first_service(self) -> str:
        """What they came for: the promise is about the wait for it (definition: wait, the first leg's)."""
        return self.came_for or self.service

    @property
    def not_before(self) -> int:
        """Next does not call them before this instant; 0 where nothing keeps it from doing so."""
        return max(self.due_at or 0, self.late_until or 0)

    @property
    def waits_from(self) -> int:
        """Where the promise starts to count: the latest of arrival, opening and a booked time (definition: wait)."""
        return max(self.arrived_at, self.opens_at or 0, self.booked_at or 0)


FIELDS = tuple(field.name for field in fields(Visit))
# a call ends these
SAID = ("said_at", "said_low", "said_by_at")
IN_LINE = ("skipped_by", "kept_for", "held_until", "due_at", "placed_at", "missed_at", "room", "late_until", *SAID)


def take(visit: Visit, step: str, at: int, *, desk: str | None = None, walk_ms: int = 0, **said) -> Visit:
    """The visit after `step` at `at`, with what else the step says (`said`: fields); a Refusal if it does not fit.

    `desk` is where a call is made; `walk_ms` the office's walking allowance, used where a desk finishes or passes on
    somebody it called and never started: they were seen that long after the last call (never later than now), and it
    is marked.
    """
    after = NEXT[visit.state].get(step)
    if after is None:
        raise Refusal("step_does_not_fit", number=visit.number, state=visit.state, step=step)
    return replace(visit, state=after, **{**_changes(visit, step, at, desk, walk_ms), **said})


def close(visit: Visit, at: int) -> tuple[str, Visit]:
    """The system ends an open visit with its day: the step taken and the visit after it, marked as inferred."""
    step = "completed" if visit.state == "serving" else "left"
    ended = max(at, *(t for t in (visit.arrived_at, visit.last_called_at, visit.seen_at) if t))
    changes = {"ended_at": ended, "ended_inferred": 1, "desk": None if step == "left" else visit.desk}
    return step, replace(visit, state=NEXT[visit.state][step], **changes)


def next_leg(visit: Visit) -> dict:
    """What a transfer to the first of the legs still to come changes; `to_come` must not be empty."""
    first, *rest = visit.to_come.split()
    service, _, whom = first.partition("@")
    return {"service": service, "kept_for": whom or None, "to_come": " ".join(rest)}


def with_class(visit: Visit, name: str) -> str:
    """The visit's standing with a class in it, each once."""
    return " ".join(dict.fromkeys([*visit.standing.split(), name]))


def _changes(visit: Visit, step: str, at: int, desk: str | None, walk_ms: int) -> dict:
    match step:
        case "called":
            again = {"desk": desk, "first_called_at": visit.first_called_at or at, "last_called_at": at, "recalls": 0}
            return dict.fromkeys(IN_LINE) | again
        case "recalled":
            return {"last_called_at": at, "recalls": visit.recalls + 1}
        case "started":
            return {"seen_at": visit.seen_at or at, "seen_inferred": visit.seen_inferred}
        case "completed":
            return {**_seen(visit, at, walk_ms), "ended_at": at}
        case "transferred":
            gone = {"desk": None, "held_until": None, "room": None, "skipped_by": None, "leg": visit.leg + 1}
            gone |= dict.fromkeys(SAID)
            came_for = {"came_for": visit.first_service, "standing": with_class(visit, "transferred")}
            return {**_seen(visit, at, walk_ms), **gone, **came_for}
        case "left" | "cancelled":
            return {"ended_at": at}
        case "no_show":
            return {"desk": None, "missed_at": at}
        case "returned":
            return {"desk": None, "skipped_by": visit.desk}
        case "held":
            return {"desk": None, **dict.fromkeys(SAID)}
        case "resumed":
            return {"held_until": None, "room": None}
        case "reinstated":
            return {"standing": with_class(visit, "came_back"), "missed_at": None}
    raise KeyError(step)


def _seen(visit: Visit, at: int, walk_ms: int) -> dict:
    """Whoever leaves a desk without anybody having pressed Start was there all the same."""
    if visit.seen_at is not None or visit.state not in AT_DESK:
        return {}
    return {"seen_at": min(at, visit.last_called_at + walk_ms), "seen_inferred": 1}
