"""The two that answer beside each other at every arrival, the simulation and the learned corrector: what each sees and
says. Each range is corrected by that one's own errors, so that it holds whoever answers.
"""

from dataclasses import dataclass

import numpy as np

from reception.estimate.correction import Raw, corrected, root, scale, shifted
from reception.estimate.history import MINUTE, History
from reception.estimate.snapshot import Snapshot

MARK = "learned "  # before the name of a box: the corrector's own errors


@dataclass(frozen=True, slots=True)
class Answer:
    """`raw` is before the correction by the errors of `box`, `said` after it."""

    box: str
    raw: Raw
    said: Raw


@dataclass(frozen=True, slots=True)
class Both:
    """What the corrector sees (`learned.NAMES`), and what the two say to that."""

    seen: np.ndarray
    simulation: Answer
    learned: Answer


def both(history: History, room: tuple[float, ...], key: str, raw: Raw) -> Both:
    """`room`: what `of_room` says; `key` and `raw`: the simulation's box, and its quantiles."""
    middle, width = scale(raw)
    skew = root(raw[0]) + root(raw[2]) - 2 * middle
    seen = np.array([*room, middle, width, skew, key.endswith("booked"), key.startswith("free")], dtype=float)
    moved = shifted(raw, history.corrector.shift(seen))
    simulation = Answer(key, raw, corrected(history, key, raw))
    return Both(seen, simulation, Answer(MARK + key, moved, corrected(history, MARK + key, moved)))


def of_room(snapshot: Snapshot, history: History) -> tuple[float, ...]:
    """What is the same for everybody who waits: shares and times, each about as large as the others."""
    at, line, desks = snapshot.at, snapshot.line, max(1, len(snapshot.line.rules.desks))
    hour = (snapshot.of_day / MINUTE / 60 - 13) / 4
    lasted = [
        min(3.0, max(0, at - (visit.last_called_at or at)) / max(1.0, history.visits(visit.service).mean()))
        for visit in snapshot.busy.values()
    ]
    there = sum(desk.state == "open" for desk in line.desks.values())
    silent = max((at - since for since, _after_visit in snapshot.silent.values()), default=0)
    breaks = sum(abs(one.from_at - at) < 30 * MINUTE for one in snapshot.breaks)
    return (
        *(1.0, hour, hour * hour, min(3.0, len(line.waiting()) / (3 * desks))),
        *(sum(lasted) / desks, (there - len(lasted)) / desks, min(1.0, silent / (30 * MINUTE))),
        *(snapshot.pace - 1, breaks / desks),
    )
