"""One visit judged: how long they waited, whether the promise was kept, and everything else that is measured of it.

Pure: a visit, its steps where more than the row is needed, and the rules in force on its day; no clock, no database.
Instants and durations are integer UTC milliseconds; a duration that nobody can know is None. docs/figures.md words it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reception.visit import OPEN, Visit

# What became of the promise. The first two were seen; the next four are misses, the others are not judged.
HIT, LATE, LEFT_LATE, NOT_THERE_LATE, CLOSED_LATE, WAITS_LATE = range(6)
LEFT_IN_TIME, NOT_THERE_IN_TIME, CLOSED_IN_TIME, CANCELLED, RECENT = range(6, 11)
FATES = (
    *("hit", "late", "left_late", "not_there_late", "closed_late", "waits_late"),
    *("left_in_time", "not_there_in_time", "closed_in_time", "cancelled", "recent"),
)
STEPS_THAT_MATTER = ("held", "returned", "transferred", "no_show", "reinstated")  # else the row says it all
WAITING = ("waiting", "called", "held")


@dataclass(frozen=True, slots=True)
class Leg:
    """A later leg: the service, since when they waited for it, and how long until they were seen there (None:
    never)."""

    service: str
    since: int
    wait: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """`wait` is until seen, or until they went, or so far. `back`: from the line, not from a call, they left."""

    fate: int
    since: int
    wait: int
    acknowledgement: int | None
    call_wait: int | None
    walk: int | None
    service_time: int | None
    visit_time: int | None
    late_return: bool
    out: bool  # an outage of the server fell into the wait
    excluded: bool
    delay: int | None  # of an appointment: from its time, or checking in if later, until seen; None: none, or never
    punctual: bool | None  # whether it began in time
    told: str  # "kept": called by the time first told; "late"; "gone": left before it; "": told none, or still to come
    early: int | None  # from checking in until seen, of an appointment that came before its time
    legs: tuple[Leg, ...]


def judge(visit: Visit, steps: Sequence, rules, now: int, outages: Iterable[tuple[int, int]] = ()) -> Judged:
    """The visit as it stands at `now`. `steps` are its own in order, needed where one of STEPS_THAT_MATTER was taken or
    somebody called left; `outages` are (start, end) of the server's. `rules` are a `FigureRules`."""
    told = effective(steps)
    since = visit.waits_from
    not_there = _is_not_there(visit, told)
    until = visit.last_called_at if not_there else _until(visit, now)
    wait = max(0, until - since)
    seen = visit.seen_at is not None
    delay = _delay(visit)
    ended = visit.ended_at if visit.ended_at is not None and visit.state not in OPEN else None
    return Judged(
        fate=_fate(visit, not_there, since, wait, rules.target_ms, now),
        since=since,
        wait=wait,
        acknowledgement=_from(visit.arrived_at, visit.acknowledged_at),
        call_wait=_from(visit.arrived_at, visit.first_called_at),
        walk=None if visit.seen_inferred or not seen else _from(_call_before(visit, told), visit.seen_at),
        service_time=_service_time(visit, told, rules.walk_ms) if seen and visit.state == "completed" else None,
        visit_time=_from(visit.arrived_at, ended) if seen and visit.state == "completed" else None,
        late_return=seen and any(step.step == "no_show" and step.at <= visit.seen_at for step in told),
        out=any(start < until and end > since for start, end in outages),
        excluded=rules.excludes(visit),
        delay=delay,
        punctual=None if delay is None else delay <= rules.punctual_ms,
        told=_told(visit, now),
        early=_from(visit.arrived_at, visit.seen_at) if visit.arrived_at < (visit.booked_at or 0) else None,
        legs=tuple(_legs(visit, told, rules.walk_ms)) if visit.leg > 1 and visit.state != "cancelled" else (),
    )


def effective(steps: Sequence) -> list:
    """The steps that still stand: what was undone is left out, and the undoing with it."""
    undone = {step.undoes for step in steps if step.undoes is not None}
    return [step for step in steps if step.press not in undone and step.undoes is None]


def _until(visit: Visit, now: int) -> int:
    """Where the wait ends of whoever was there when called, if they were: seen, gone, or now."""
    if visit.seen_at is not None:
        return visit.seen_at
    if visit.ended_at is not None:
        return visit.ended_at
    return now


def _is_not_there(visit: Visit, told: Sequence) -> bool:
    """Whether they were called last for nothing: not at the desk, and never seen. Their wait ends with that call."""
    if visit.seen_at is not None or visit.first_called_at is None or visit.state in (*WAITING, "cancelled"):
        return False
    return not _left_the_line(visit, told)


def _delay(visit: Visit) -> int | None:
    """How late an appointment began: a mistake was none."""
    if not visit.appointment or visit.seen_at is None or visit.state == "cancelled":
        return None
    return max(0, visit.seen_at - max(visit.arrived_at, visit.booked_at))


def _told(visit: Visit, now: int) -> str:
    """By the first time told, whatever was said since; a mistake was told nothing."""
    by_at, called = visit.first_by_at, visit.first_called_at
    if by_at is None or visit.state == "cancelled":
        return ""
    if called is not None:
        return "kept" if called <= by_at else "late"
    ended = visit.state not in OPEN
    if ended and visit.ended_at <= by_at:
        return "gone"
    return "late" if ended or now > by_at else ""


def _fate(visit: Visit, not_there: bool, since: int, wait: int, target: int, now: int) -> int:
    still = visit.seen_at is None and visit.state in WAITING
    if since > now - target or (still and wait == target):
        return RECENT
    if visit.state == "cancelled":
        return CANCELLED
    if visit.seen_at is not None:
        return HIT if wait <= target else LATE
    if still:
        return WAITS_LATE
    if not_there:
        return NOT_THERE_IN_TIME if visit.first_called_at - since <= target else NOT_THERE_LATE
    in_time = visit.ended_at - since <= target
    if visit.ended_inferred:
        return CLOSED_IN_TIME if in_time else CLOSED_LATE
    return LEFT_IN_TIME if in_time else LEFT_LATE


def _left_the_line(visit: Visit, told: Sequence) -> bool:
    """Whether somebody who had been called was back in the line when they left."""
    last = next((step for step in reversed(told) if step.step == "left"), None)
    return visit.state == "left" and last is not None and last.changes["state"][0] in ("waiting", "held")


def _from(start: int | None, end: int | None) -> int | None:
    return None if start is None or end is None else max(0, end - start)


def _call_before(visit: Visit, told: Sequence) -> int | None:
    """The last call before they were seen; the row's last is of the last leg, its first may have been put right."""
    later = [step.at for step in told if step.step in ("called", "recalled")][1:] if told else [visit.last_called_at]
    calls = [at for at in (visit.first_called_at, *later) if at is not None and at <= visit.seen_at]
    return calls[-1] if calls else None


def _service_time(visit: Visit, told: Sequence, walk_ms: int) -> int:
    """From seen to the end, less what was spent on hold, back in the line or on the way to another desk: they are back
    where somebody says so, or where a desk that had called them goes on."""
    away, gone, call = 0, None, None
    for step in told:
        if step.at < visit.seen_at:
            continue
        if step.step in ("called", "recalled"):
            call = step.at
        elif gone is not None and (step.step == "started" or (call and step.step in ("completed", "transferred"))):
            back = step.at if step.step == "started" else min(step.at, call + walk_ms)
            away, gone = away + max(0, min(back, visit.ended_at) - gone), None
        if step.step in STEPS_THAT_MATTER:
            gone, call = step.at if gone is None else gone, None
    return max(0, visit.ended_at - visit.seen_at - away)


def _legs(visit: Visit, told: Sequence, walk_ms: int) -> Iterable[Leg]:
    """Each leg after the first, from being sent on until being seen there, which is inferred as the first leg's is."""
    since = service = call = None
    for step in told:
        if step.step == "transferred" or step.step == "completed":
            if since is not None:
                yield Leg(service, since, max(0, min(step.at, call + walk_ms) - since) if call else None)
            since = None
        if step.step == "transferred":
            moved = step.changes.get("service")
            service = moved[1] if moved else service or visit.first_service
            due = (step.changes.get("due_at") or [None, None])[1]
            since, call = max(step.at, due or 0), None
        elif step.step in ("called", "recalled"):
            call = step.at
        elif step.step in STEPS_THAT_MATTER:
            call = None
        elif since is not None and step.step == "started":
            yield Leg(service, since, max(0, step.at - since))
            since = None
    if since is not None:
        yield Leg(service, since, None)
