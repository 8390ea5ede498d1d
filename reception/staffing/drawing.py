"""Days as they may go: who comes, what for, how long it takes and how long they would wait, drawn many times.

Chance belongs to the visitor and not to the desk, so that another roster, or one person in five more, meets the same
people. The same seed draws the same days.
"""

from collections.abc import Sequence

import numpy as np

from reception.estimate.history import History
from reception.settings import Settings
from reception.staffing.demand import PART, PARTS, Demand
from reception.staffing.past import Span
from reception.staffing.playing import NEVER, Comer
from reception.staffing.shapes import Changes

MINUTE = 60_000
MOST = 2.0  # times as many people as usual: more cannot be asked for
FIRST_HOUR = 60 * MINUTE
NONE = Changes()
FIRST_COME = 1e-9  # of two booked for the same time


class Drawing:
    """Of one day at one office: `comers(nth)` is who comes the nth time. `spans` are the day's opening times."""

    def __init__(
        self,
        demand: Demand,
        history: History,
        settings: Settings,
        spans: Sequence[Span],
        *,
        changes: Changes = NONE,
        seed: int = 1,
    ):
        self.demand, self.history, self.spans, self.changes, self.seed = demand, history, spans, changes, seed
        self.factor = min(MOST, max(0.0, 1 + changes.people / 100))
        self.rules, appointments = settings.line_rules, settings.appointments
        self.due, self.late = appointments.due_minutes * MINUTE, appointments.late_minutes * MINUTE
        self.head_start = self.rules.head_starts.get("appointment", 0)
        self.leaving = history.leaving()
        self.opens, self.closes = (spans[0][0], max(end for _start, end in spans)) if spans else (0, PARTS * PART)

    def comers(self, nth: int) -> list[Comer]:
        rng = np.random.default_rng([self.seed, nth])
        walk_ins, booked = self._walk_ins(rng), self._booked(rng, nth)
        return sorted([*walk_ins, *booked])

    # -- helpers ------------------------------------------------------------------------------------------------

    def _walk_ins(self, rng: np.random.Generator) -> list[Comer]:
        spread = self.demand.differs**2 + self.demand.unsure**2
        level = rng.gamma(1 / spread, spread) if spread else 1.0
        keys = list(self.demand.rates)
        counts = rng.poisson([self.demand.rates[key] * level * MOST for key in keys])
        parts = np.repeat([part for part, _service in keys], counts)
        services = [service for (_part, service), count in zip(keys, counts, strict=True) for _one in range(count)]
        at = np.minimum((parts + rng.random(len(parts))) * PART, self.closes - MINUTE)
        comes = rng.random(len(parts)) * MOST < self.factor
        at = self._earlier(at, rng.random(len(parts)))
        since = self._since(at)
        found = self._with_chance(rng, at, since, since, services)
        return [one for one, is_there in zip(found, comes, strict=True) if is_there]

    def _booked(self, rng: np.random.Generator, nth: int) -> list[Comer]:
        """Whoever has booked and comes; with more people, so many more of the same."""
        ways = self.demand.bookings
        bookings = ways[nth % len(ways)] if ways else ()
        services = [service for _at, service in bookings] * 2
        due = np.array([at for at, _service in bookings] * 2, dtype=float)
        size = len(bookings)
        at = np.minimum(due + self._of(rng, self.history.times("late"), 2 * size), self.closes - MINUTE)
        comes = rng.random(2 * size) < self.history.attending()
        wanted = rng.random(2 * size) < np.repeat([min(1.0, self.factor), self.factor - 1], size)
        since = np.maximum(self._since(at), due)
        on_time = at <= due + self.late
        order = np.where(on_time, since - self.head_start, since) + at * FIRST_COME
        there = np.where(on_time, np.maximum(at, due - self.due), at)
        found = self._with_chance(rng, at, since, order, services, there)
        return [one for one, is_there in zip(found, comes & wanted, strict=True) if is_there]

    def _with_chance(self, rng, at, since, order, services, there=None) -> list[Comer]:
        """What each brings along: how long helping them takes, and how long they would wait."""
        size = len(services)
        luck = rng.random(size)
        pools = {service: self.history.visits(service) for service in set(services)}
        work = [pools[one][int(chance * len(pools[one]))] for one, chance in zip(services, luck, strict=True)]
        after, notice = (self._of(rng, self.history.times(name), size) for name in ("turnaround", "notice"))
        silently, telling = self.leaving.silently(rng.random(size)), self.leaving.telling(rng.random(size))
        leaves, silent = since + np.minimum(silently, telling), silently < telling
        there = np.maximum(at, self.opens) if there is None else np.maximum(there, self.opens)
        parts = np.clip(at // PART, 0, PARTS - 1).astype(int)
        columns = [one.tolist() for one in (after, notice, leaves, silent, parts)]
        return list(map(Comer, there.tolist(), order.tolist(), services, since.tolist(), work, *columns))

    def _earlier(self, at: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """When the office opens earlier, half of those who came in the first hour come so much earlier."""
        moves = (
            (at < self.opens + FIRST_HOUR + self.changes.earlier * MINUTE) & (luck < 0.5) & (self.changes.earlier > 0)
        )
        return np.where(moves, at - self.changes.earlier * MINUTE, at)

    def _since(self, at: np.ndarray) -> np.ndarray:
        """Where the promise starts to count: arriving, or the opening after it."""
        starts = np.array([start for start, _end in self.spans] or [0.0])
        ends = np.array([end for _start, end in self.spans] or [NEVER])
        nth = np.minimum(np.searchsorted(ends, at, side="right"), len(ends) - 1)
        return np.maximum(at, np.where(at < ends[nth], starts[nth], 0))

    @staticmethod
    def _of(rng: np.random.Generator, pool: np.ndarray, size: int) -> np.ndarray:
        return pool[(rng.random(size) * len(pool)).astype(np.intp)]
