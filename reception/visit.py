"""One person's time here, and the one table of how it may go. Nothing else in Reception assigns a state.

Pure values: no clock, no database. Instants are integer UTC milliseconds.
"""

from dataclasses import dataclass, fields, replace

from reception.refusals import Refusal

# state -> step -> state after. A step that is not in a state's row does not fit there.
NEXT = {
    "waiting": {"called": "called", "left": "left", "cancelled": "cancelled"},
    "called": {
        "recalled": "called",
        "started": "serving",
        "no_show": "no_show",
        "completed": "completed",
        "returned": "waiting",
        "left": "left",
        "cancelled": "cancelled",
    },
    "serving": {"completed": "completed", "returned": "waiting", "cancelled": "cancelled"},
    "no_show": {"reinstated": "waiting", "called": "called", "left": "left", "cancelled": "cancelled"},
    "completed": {},
    "left": {},
    "cancelled": {},
}
OPEN = ("waiting", "called", "serving", "no_show")
AT_DESK = ("called", "serving")
ENDED = ("completed", "left", "cancelled")


@dataclass(frozen=True, slots=True)
class Visit:
    """A row of `visits`: how things are. `place` is the order stored; `day` the office's local date."""

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

    @property
    def waits_from(self) -> int:
        """Where the promise starts to count: the latest of arrival, opening and a booked time (definition: wait)."""
        return max(self.arrived_at, self.opens_at or 0, self.booked_at or 0)


FIELDS = tuple(field.name for field in fields(Visit))


def take(visit: Visit, step: str, at: int, *, desk: str | None = None, walk_ms: int = 0) -> Visit:
    """The visit after `step` at `at`; a Refusal if the step does not fit its state.

    `desk` is where a call is made; `walk_ms` the office's walking allowance, used where a desk finishes somebody it
    called and never started: they were seen that long after the last call (never later than now), and it is marked.
    """
    after = NEXT[visit.state].get(step)
    if after is None:
        raise Refusal("step_does_not_fit", number=visit.number, state=visit.state, step=step)
    return replace(visit, state=after, **_changes(visit, step, at, desk, walk_ms))


def close(visit: Visit, at: int) -> tuple[str, Visit]:
    """The system ends an open visit with its day: the step taken and the visit after it, marked as inferred."""
    step = "completed" if visit.state == "serving" else "left"
    ended = max(at, *(t for t in (visit.arrived_at, visit.last_called_at, visit.seen_at) if t))
    changes = {"ended_at": ended, "ended_inferred": 1, "desk": None if step == "left" else visit.desk}
    return step, replace(visit, state=NEXT[visit.state][step], **changes)


def _changes(visit: Visit, step: str, at: int, desk: str | None, walk_ms: int) -> dict:
    match step:
        case "called":
            return {"desk": desk, "first_called_at": visit.first_called_at or at, "last_called_at": at, "recalls": 0}
        case "recalled":
            return {"last_called_at": at, "recalls": visit.recalls + 1}
        case "started":
            return {"seen_at": visit.seen_at or at, "seen_inferred": visit.seen_inferred}
        case "completed" if visit.seen_at is None:
            return {"seen_at": min(at, visit.last_called_at + walk_ms), "seen_inferred": 1, "ended_at": at}
        case "completed":
            return {"ended_at": at}
        case "left" | "cancelled":
            return {"ended_at": at}
        case "no_show":
            return {"desk": None}
        case "returned":
            return {"desk": None}
        case "reinstated":
            return {}
    raise KeyError(step)
