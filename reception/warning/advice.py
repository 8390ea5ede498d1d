"""Why somebody is likely to wait too long, and which one step would save it: each is tried by playing the line with the
step done. Pure.

A step has to leave a miss less likely than not; of those that do, the one that asks least of people is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reception.estimate import Expectation, History, Snapshot, estimate
from reception.line import Line
from reception.things import Desk
from reception.visit import Visit
from reception.warning.due import Near

MINUTE = 60_000
STEPS = ("call", "back", "break", "open")  # what asks least of people first
TAKES = {"back": MINUTE, "open": MINUTE}  # until somebody sits there
LATER = 30 * MINUTE  # so far a break is moved
SILENT = 30_000  # a desk that is free for longer has not noticed
WHY = ("silent", "paused", "break", "closed", "long", "ahead", "busy")
SAVES, PLAYS, DRAWS = 0.5, 4, 60


@dataclass(frozen=True, slots=True)
class Advice:
    """`why` is one of WHY, with the desk and the count (minutes of "silent", "paused" and "long"; people "ahead")
    where it has one. `step` is one of STEPS at `step_desk`, which leaves `chance` of a miss; "" where none saves it."""

    why: str
    why_desk: str | None = None
    count: int | None = None
    step: str = ""
    step_desk: str | None = None
    chance: float | None = None


def advise(snapshot: Snapshot, history: History, near: Sequence[Near], *, seed: int | None = None) -> dict[str, Advice]:
    """For each who is near to missing the target, by the visit's id."""
    plays = [
        (step, desk, estimate(replace(changed, asked=()), history, draws=DRAWS, seed=seed))
        for step, desk, changed in _steps(snapshot, near)
    ]
    return {one.visit.id: _advice(snapshot, history, one, plays) for one in near}


def _advice(snapshot: Snapshot, history: History, one: Near, plays: list) -> Advice:
    able = snapshot.line.desks_for(one.visit)
    tried = [
        (step, desk, _chance(found[one.visit.id], history, one.left - TAKES.get(step, 0)))
        for step, desk, found in plays
        if desk in able
    ]
    saving = [each for each in tried if each[2] <= min(SAVES, one.chance)]
    if not saving:
        return Advice(*_why(snapshot, history, one.visit))
    step, desk, chance = min(saving, key=lambda each: (STEPS.index(each[0]), each[2]))
    if step == "open":
        return Advice(*_why(snapshot, history, one.visit), step, desk, chance)
    why = {"call": "silent", "back": "paused", "break": "break"}[step]
    return Advice(why, desk, _minutes(snapshot, why, desk), step, desk, chance)


def _chance(expected: Expectation, history: History, left: int) -> float:
    return expected.chance_beyond(history, left)


# -- the steps there are --------------------------------------------------------------------------------------------


def _steps(snapshot: Snapshot, near: Sequence[Near]) -> list[tuple[str, str, Snapshot]]:
    """(step, desk, the office with it done); those that could help most people first, and not too many."""
    able = [snapshot.line.desks_for(one.visit) for one in near]
    desks = {desk: sum(desk in those for those in able) for those in able for desk in those}
    until = snapshot.at + max((one.left for one in near), default=0)
    found = [(step, desk, changed) for desk in desks for step, changed in _steps_of(snapshot, desk, until)]
    found.sort(key=lambda each: (-desks[each[1]], STEPS.index(each[0]), each[1]))
    return found[:PLAYS]


def _steps_of(snapshot: Snapshot, key: str, until: int) -> Iterator[tuple[str, Snapshot]]:
    desk = snapshot.line.desks.get(key, Desk(key))
    if desk.state == "closed":
        yield "open", _opened(snapshot, key)
    elif desk.state == "paused" and key not in snapshot.busy:
        yield "back", _opened(snapshot, key)
    elif any(one.desk == key and one.from_at < until for one in snapshot.breaks):
        yield "break", _break_moved(snapshot, key)
    elif _silence(snapshot, key) >= SILENT:
        yield "call", _asked(snapshot, key)


def _opened(snapshot: Snapshot, key: str) -> Snapshot:
    line = snapshot.line
    desks = {**line.desks, key: Desk(key, "open", since_at=line.at)}
    opened = Line(line.rules, line.waiting(), desks, line.at, line.told)
    return _asked(replace(snapshot, line=opened, unopened=_without(snapshot.unopened, key)), key)


def _break_moved(snapshot: Snapshot, key: str) -> Snapshot:
    def later(one):
        from_at = max(one.from_at, snapshot.at) + LATER
        return replace(one, from_at=from_at, until_at=from_at + one.until_at - one.from_at)

    breaks = [later(one) if one.desk == key else one for one in snapshot.breaks]
    moved = replace(snapshot, breaks=breaks)
    return moved if key in snapshot.busy else _asked(moved, key)


def _asked(snapshot: Snapshot, key: str) -> Snapshot:
    """Its desk calls as soon as it can."""
    return replace(snapshot, silent=_without(snapshot.silent, key), ready=snapshot.ready | {key})


def _without(mapping, key: str) -> dict:
    return {one: value for one, value in mapping.items() if one != key}


# -- why ------------------------------------------------------------------------------------------------------------


def _why(snapshot: Snapshot, history: History, visit: Visit) -> tuple[str, str | None, int | None]:
    """What stands out where no single desk's step would save it."""
    line = snapshot.line
    able = sorted(line.desks_for(visit))
    states = {key: line.desks[key].state if key in line.desks else "closed" for key in able}
    there = [key for key in able if states[key] == "open"]
    if not there:
        paused = [key for key in able if states[key] == "paused"]
        return ("paused", paused[0], _minutes(snapshot, "paused", paused[0])) if paused else ("closed", None, None)
    if silent := [key for key in there if _silence(snapshot, key) >= SILENT]:
        return "silent", silent[0], _minutes(snapshot, "silent", silent[0])
    if ahead := line.people_ahead(visit):
        return "ahead", None, ahead
    long = [key for key in there if _is_long(snapshot, history, key)]
    return ("long", long[0], _minutes(snapshot, "long", long[0])) if long else ("busy", None, len(there))


def _silence(snapshot: Snapshot, key: str) -> int:
    since, _after_visit = snapshot.silent.get(key, (snapshot.at, False))
    return snapshot.at - since


def _is_long(snapshot: Snapshot, history: History, key: str) -> bool:
    """Whether the visit there has lasted longer than nine in ten of its service."""
    visit = snapshot.busy.get(key)
    if visit is None or visit.last_called_at is None:
        return False
    return snapshot.at - visit.last_called_at > np.quantile(history.visits(visit.service), 0.9)


def _minutes(snapshot: Snapshot, why: str, key: str) -> int | None:
    """For how long that has been so."""
    if why == "silent":
        return _silence(snapshot, key) // MINUTE
    if why == "paused":
        return (snapshot.at - snapshot.line.desks[key].since_at) // MINUTE
    if why == "long":
        return (snapshot.at - snapshot.busy[key].last_called_at) // MINUTE
    return None
