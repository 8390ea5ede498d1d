"""When each who waits is likely to be called: a range that is meant to hold, or no number and why.

`estimate` is pure: a snapshot of the office and what it has taught in, expectations out. It plays the rest of the line
through (`draws.py`) by the ordering that calls, and corrects what comes out by how far it was off before
(`correction.py`); where the learned corrector has proved itself, that one answers. It words nothing and rounds nothing.
"""

from dataclasses import dataclass

import numpy as np

from reception.estimate.beside import both, of_room
from reception.estimate.correction import Raw, box, chance_beyond, corrected, is_learning
from reception.estimate.draws import Draws
from reception.estimate.history import MINUTE, History
from reception.estimate.snapshot import Break, Snapshot

__all__ = ["Break", "Expectation", "History", "Snapshot", "estimate"]
DRAWS = 100  # at least: while few wait, up to MORE times as many cost no more time
MORE, CELLS = 4, 4000
LONGEST = 12 * 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Expectation:
    """Milliseconds from the snapshot until the call: one in ten comes before `low`, nine in ten by `high`.

    `key` says what can be said: "range", "from" (there is no telling by when: `high` is None) or "no_number" (all three
    are None; `opens_at` is when a desk is likely to open, if that is known). `served`: a desk is set up for them
    (open or not). `learning`: too little was seen yet.
    `box` and `raw` are what the range was made of; `played`: the quantiles of the draws, whoever answers.
    """

    key: str
    low: int | None = None
    median: int | None = None
    high: int | None = None
    learning: bool = True
    opens_at: int | None = None
    served: bool = True
    box: str = ""
    raw: Raw = (0.0, 0.0, 0.0)
    played: Raw = (0.0, 0.0, 0.0)

    def chance_beyond(self, history: History, limit: float) -> float:
        """How likely the call is more than `limit` milliseconds away; 1 where nobody can call."""
        return 1.0 if self.key == "no_number" else chance_beyond(history, self.box, self.raw, limit)


def estimate(
    snapshot: Snapshot, history: History, *, draws: int = DRAWS, seed: int | None = None
) -> dict[str, Expectation]:
    """For everyone in the line by the visit's id, and for each service in `snapshot.asked` as "service:KEY".

    The same seed gives the same answer; without one, chance decides.
    """
    draws = max(draws, min(MORE * draws, CELLS // (1 + len(snapshot.line.waiting()) + len(snapshot.asked))))
    played = Draws(snapshot, history, draws, np.random.default_rng(seed))
    starts = np.sort(played.starts(), axis=0)
    low, middle, high = (starts[round(of * (draws - 1))] for of in (0.1, 0.5, 0.9))
    line, free = snapshot.line, _free_desks(snapshot)
    room = of_room(snapshot, history) if history.corrector.in_charge else None
    able = {visit.id: line.desks_for(visit) for visit in played.waiting}
    booked = {visit.id for visit in played.waiting if visit.booked_at}
    for service in snapshot.asked:
        able[f"service:{service}"] = line.desks_of_service(service)
    found = {}
    for nth, who in enumerate(played.people):
        if not able[who]:
            found[who] = Expectation("no_number", served=False)  # no opening of the office changes that
            continue
        raw = (float(low[nth]), float(middle[nth]), float(high[nth]))
        key = {"free": bool(able[who] & free), "booked": who in booked}
        found[who] = _expectation(snapshot, history, raw, starts[:, nth], key, room)
    return found


def _expectation(snapshot: Snapshot, history: History, raw: Raw, starts: np.ndarray, key: dict, room) -> Expectation:
    if not np.isfinite(raw[1]):
        first = starts[0]
        opens_at = snapshot.at + round(first) if np.isfinite(first) else snapshot.next_opening
        return Expectation("no_number", opens_at=opens_at)
    open_ended = not np.isfinite(raw[2])
    if open_ended:
        raw = (raw[0], raw[1], float(starts[np.isfinite(starts)].max()))
    name, played = box(raw, **key), raw
    if room:
        answer = both(history, room, name, raw).learned
        name, raw, said = answer.box, answer.raw, answer.said
    else:
        said = corrected(history, name, raw)
    low, middle, high = (round(min(LONGEST, value)) for value in said)
    return Expectation(
        "from" if open_ended else "range",
        low=low,
        median=middle,
        high=None if open_ended else high,
        learning=is_learning(history, name),
        box=name,
        raw=raw,
        played=played,
    )


def _free_desks(snapshot: Snapshot) -> frozenset[str]:
    """The open desks with nobody there."""
    desks = snapshot.line.desks
    return frozenset(key for key, desk in desks.items() if desk.state == "open" and key not in snapshot.busy)
