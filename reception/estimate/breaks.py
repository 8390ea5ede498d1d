"""A desk's planned break: when whoever sits there goes, and whether they have gone already without saying so.

Somebody goes once nobody is with them. A desk that stands open and calls nobody may be empty: the break's time, how
long the desk has been silent and how many breaks are not marked are weighed against each other.
"""

import numpy as np

from reception.estimate.history import MINUTE, NEVER, History
from reception.estimate.snapshot import Break, Snapshot
from reception.things import Desk

EARLY = 30 * MINUTE  # a pause from so long before a break's time on is the break


def is_marked(desk: Desk | None, one: Break) -> bool:
    """Whether a desk is on its break and has said so."""
    return desk is not None and desk.state == "paused" and desk.since_at > one.from_at - EARLY


def likely(snapshot: Snapshot, history: History, one: Break, luck: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each of `luck` (0 to 1): how much longer the desk is away on a break that nobody marked (0: it is not), and
    in how long it goes on it (NEVER: no more; at once or in the past: as soon as it is free)."""
    wanted, weights = _wanted(snapshot, history, one)
    since = 0.0
    if _is_free(snapshot, one.desk):
        since = min(0, snapshot.free.get(one.desk, snapshot.at) - snapshot.at)
        _weigh_silence(snapshot, history, one, wanted, weights)
    sums = np.cumsum(weights)
    begins = wanted[np.searchsorted(sums, luck * sums[-1], side="right").clip(max=len(wanted) - 1)]
    if not _is_free(snapshot, one.desk):
        return np.zeros(len(luck)), begins
    away = np.where(begins <= 0, np.maximum(begins, since) + _length(one), 0.0)
    return away, np.where(begins <= 0, NEVER, begins)


def _wanted(snapshot: Snapshot, history: History, one: Break) -> tuple[np.ndarray, np.ndarray]:
    """When the break is wanted, from now, and how likely each is: not before somebody was last seen at the desk, since
    they would have gone; never, if it is not taken."""
    late, taking = history.times("break_late"), history.taking_breaks()
    wanted = np.append(late + (one.from_at - snapshot.at), NEVER)
    weights = np.append(np.full(len(late), taking / len(late)), 1 - taking)
    weights[wanted < _seen(snapshot, one.desk)] = 0
    return wanted, weights


def _weigh_silence(snapshot: Snapshot, history: History, one: Break, wanted: np.ndarray, weights: np.ndarray) -> None:
    """What a desk that is free tells: it went without a press and is still away, or is there and for its own reasons
    calls nobody."""
    silent, stays = 0.0, 1.0
    if one.desk in snapshot.silent:
        since, after_visit = snapshot.silent[one.desk]
        silent = min(0, since - snapshot.at)
        others = history.times("turnaround" if after_visit else "notice")
        stays = (np.count_nonzero(others > -silent) + 0.5) / (len(others) + 1)
    gone = wanted <= silent
    back = gone & (np.maximum(wanted, snapshot.free.get(one.desk, snapshot.at) - snapshot.at) + _length(one) <= 0)
    weights[gone] *= history.unmarked()
    weights[~gone | back] *= stays
    wanted[back] = NEVER
    wanted[~gone] = np.maximum(wanted[~gone], 1)


def _seen(snapshot: Snapshot, key: str) -> float:
    """When somebody was last known to be at the desk, from now."""
    if visit := snapshot.busy.get(key):
        return min(0, (visit.last_called_at or snapshot.at) - snapshot.at)
    return min(0, snapshot.seen.get(key, snapshot.at) - snapshot.at) if _is_free(snapshot, key) else 0.0


def _is_free(snapshot: Snapshot, key: str) -> bool:
    """Whether nobody is helped at an open desk, and nobody has just made sure that it calls."""
    desk = snapshot.line.desks.get(key)
    return desk is not None and desk.state == "open" and key not in snapshot.busy and key not in snapshot.ready


def _length(one: Break) -> float:
    return float(one.until_at - one.from_at)
