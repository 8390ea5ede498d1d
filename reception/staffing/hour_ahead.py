"""The next half hour and hour: how likely fewer than the goal are seen in time, as things stand and with a desk more.

It begins with the office as it is: who waits, who is being helped since when, which desk is away; then whoever comes by
the plan's demand. Everything is one simulated hour, drawn again and again; times are milliseconds of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reception.estimate.history import MINUTE, drawn, rest
from reception.estimate.leaving import seen_after
from reception.estimate.snapshot import Snapshot
from reception.settings import Settings
from reception.staffing import roster
from reception.staffing.demand import booked
from reception.staffing.drawing import Drawing
from reception.staffing.planning import Ground, goal_of, ground, rules_of
from reception.staffing.playing import HIT, NEVER, NOT_JUDGED, Comer, Post, play
from reception.staffing.shapes import Ahead, Today

AHEAD = 30, 60  # minutes
COUNT = 150
SOON = 3 * MINUTE  # until the one more is there


def today(snapshot: Snapshot, past: Sequence, settings: Settings, day, starts: int) -> Today:
    """`starts` is the UTC instant of the day's millisecond 0, `day` its date."""
    own = booked(snapshot.bookings, starts)
    on = ground(past, settings, day, own, near=True, count=1)
    now = snapshot.at - starts
    key = on.key
    if on.trials is not None and not any(start <= now < end for start, end in on.spans):
        key = "closed"
    if on.history is None or key == "closed":
        return Today(snapshot.at, key, on.demand.days)
    hour = _Hour(snapshot, on, settings, starts)
    if hour.all_closed:
        key = "no_desks"
    ahead, best = hour.ahead()
    return Today(snapshot.at, "ok" if key == "few_days" else key, on.demand.days, ahead, best)


@dataclass(slots=True)
class _Hour:
    snapshot: Snapshot
    on: Ground
    settings: Settings
    starts: int

    @property
    def now(self) -> int:
        return self.snapshot.at - self.starts

    @property
    def open_desks(self) -> list[str]:
        desks = self.snapshot.line.desks
        return [key for key in self.snapshot.line.rules.desks if key in desks and desks[key].state == "open"]

    @property
    def all_closed(self) -> bool:
        """Whoever is paused comes back."""
        desks = self.snapshot.line.desks
        return not any(key in desks and desks[key].state != "closed" for key in self.snapshot.line.rules.desks)

    @property
    def others(self) -> list[tuple]:
        """Desks that are not open, which could be the one more."""
        return [(key, takes) for key, takes in self.snapshot.line.rules.desks.items() if key not in self.open_desks]

    def ahead(self) -> tuple[tuple[Ahead, ...], str | None]:
        """For the next half hour and hour, and which desk would be the one more."""
        tries = self.others or [("", roster.everything(self.settings))]
        fates = [[[] for _minutes in AHEAD] for _one in range(1 + len(tries))]
        rules = rules_of(self.settings, max(end for _start, end in self.on.spans))
        drawing = Drawing(self.on.demand, self.on.history, self.settings, self.on.spans, seed=self.now // MINUTE)
        for nth in range(COUNT):
            rng = np.random.default_rng([self.now, nth])
            comers, posts = self._comers(rng, drawing, nth), self._posts(rng)
            more = [Post(takes, ((self.now + SOON, NEVER),), key=key) for key, takes in tries]
            for which, desks in enumerate([posts, *((*posts, one) for one in more)]):
                found = np.frombuffer(play(comers, desks, rules), dtype=np.uint8)
                for row, minutes in enumerate(AHEAD):
                    of = np.array([one.there <= self.now + minutes * MINUTE for one in comers], dtype=bool)
                    fates[which][row].append((int((found[of] == HIT).sum()), int((found[of] != NOT_JUDGED).sum())))
        misses = [[_chance(each, goal_of(self.settings)) for each in one] for one in fates]
        best = min(range(1, len(misses)), key=lambda one: [chance or 0.0 for chance in misses[one]])
        people = [float(np.mean([judged for _hits, judged in each])) for each in fates[0]]
        found = tuple(
            Ahead(minutes, as_is, None if as_is is None else min(as_is, more or 0.0), each)
            for minutes, as_is, more, each in zip(AHEAD, misses[0], misses[best], people, strict=True)
        )
        return found, tries[best - 1][0] or None

    # -- who is here, who comes ---------------------------------------------------------------------------------

    def _comers(self, rng: np.random.Generator, drawing: Drawing, nth: int) -> list[Comer]:
        coming = [one for one in drawing.comers(nth) if self.now < one.there <= self.now + AHEAD[-1] * MINUTE]
        return sorted([*self._waiting(rng), *coming])

    def _waiting(self, rng: np.random.Generator) -> list[Comer]:
        """Whoever is in the line now; some have gone already without a word."""
        line, history, found = self.snapshot.line, self.on.history, []
        leaving = history.leaving()
        for visit in line.waiting():
            silently = float(leaving.silently(rng.random(1), seen_after(visit))[0])
            told = float(leaving.telling(rng.random(1), self.snapshot.at - visit.waits_from)[0])
            there = max(self.now, visit.not_before - self.starts)
            order, since = line.order(visit)[0] - self.starts, visit.waits_from - self.starts
            work, after = _some(rng, history.visits(visit.service)), _some(rng, history.times("turnaround"))
            leaves_at, silent = since + min(silently, told), silently < told
            found.append(Comer(there, order, visit.service, since, work, after, leaves_at=leaves_at, silent=silent))
        return found

    def _posts(self, rng: np.random.Generator) -> tuple[Post, ...]:
        """The desks that are open or paused, each from when it is free again."""
        planned = {one.desk: one for one in self.snapshot.breaks}
        posts = []
        for key, takes in self.snapshot.line.rules.desks.items():
            desk = self.snapshot.line.desks.get(key)
            if desk is None or desk.state == "closed":
                continue
            free, one = self.now + self._until_call(rng, key, desk), planned.get(key)
            breaks = ()
            if one and desk.state == "open" and one.until_at > self.snapshot.at:
                breaks = ((one.from_at - self.starts, one.until_at - one.from_at),)
            posts.append(Post(takes, ((free, NEVER),), breaks, key))
        return tuple(posts)

    def _until_call(self, rng: np.random.Generator, key: str, desk) -> float:
        """Until the desk calls again."""
        history, snapshot, at = self.on.history, self.snapshot, self.snapshot.at
        if visit := snapshot.busy.get(key):
            left = rest(rng, 1, history.visits(visit.service), at - (visit.last_called_at or at))
            return float(left[0]) + _some(rng, history.times("turnaround"))
        if desk.state == "paused":
            return float(rest(rng, 1, history.pause(desk.reason), at - desk.since_at)[0])
        if key in snapshot.silent:
            since, after_visit = snapshot.silent[key]
            return float(history.until_call(rng, 1, at - since, after_visit)[0])
        return 0.0


def _chance(each: list[tuple[int, int]], goal: float) -> float | None:
    """In how many of the hours fewer than the goal are seen in time; None: nobody comes in any."""
    if not any(judged for _hits, judged in each):
        return None
    return sum(hits < goal * judged - 1e-9 for hits, judged in each) / len(each)


def _some(rng: np.random.Generator, pool: np.ndarray) -> float:
    return float(drawn(rng, 1, pool)[0])
