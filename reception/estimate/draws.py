"""The rest of the line, played through many times at once: each draw is one way in which the next hours may go.

A desk that becomes free calls whoever the line's ordering gives it, just as the call does; somebody who has gone
silently costs it a call, a break comes when it is due, and who has booked comes or does not. All of it as numpy arrays
with a row a draw; times are milliseconds from now.
"""

import numpy as np

from reception.estimate.breaks import is_marked, likely
from reception.estimate.history import LEFT, MINUTE, NEVER, History, drawn, rest
from reception.estimate.leaving import seen_after
from reception.estimate.snapshot import Break, Snapshot

AHEAD = 2 * 60 * MINUTE  # bookings farther off do not matter yet


class Draws:
    """`starts()` is when each of `people` (visits' ids, then the services asked for) is called, a row a draw."""

    def __init__(self, snapshot: Snapshot, history: History, draws: int, rng: np.random.Generator):
        self.snapshot, self.history, self.draws, self.rng = snapshot, history, draws, rng
        self.leaving = history.leaving()
        line = snapshot.line
        self.waiting = line.waiting()
        self.bookings = [one for one in snapshot.bookings if one.booked_at - snapshot.at < AHEAD]
        self.desks = [key for key in line.rules.desks if self._may_call(key)]
        self.people = [visit.id for visit in self.waiting] + [f"service:{key}" for key in snapshot.asked]

    def starts(self) -> np.ndarray:
        order, there, took, told, silent = self._people()
        starts, count = np.full(order.shape, NEVER), len(self.people)
        if not self.desks or not count:
            return starts[:, :count]
        rows, able, (free, breaks, lengths) = np.arange(self.draws), self._able(), self._desks()
        absent, left = self._some("absent", order.shape), self.draws * count
        for _call in range((6 + len(self.desks)) * order.shape[1] + 60):  # each may look at everybody who comes
            desk = free.argmin(axis=1)
            now = free[rows, desk]
            score = able[desk] + order
            score[there > now[:, None]] = NEVER
            chosen = score.argmin(axis=1)
            is_call = score[rows, chosen] < NEVER
            who = rows[is_call], chosen[is_call]
            starts[who] = now[is_call]
            left -= int((chosen[is_call] < count).sum())
            if left <= 0:
                break
            busy = np.where(now > silent[rows, chosen], absent[rows, chosen], took[rows, chosen])
            busy[now > told[rows, chosen]] = 0
            order[who] = there[who] = NEVER
            then = now + busy
            if not is_call.all():
                then = np.where(is_call, then, self._next_there(able[desk], there, now))
            free[rows, desk] = self._after_break(then, breaks, lengths, rows, desk)
            if not np.isfinite(free).any():
                break
        return starts[:, :count]

    def _next_there(self, able: np.ndarray, there: np.ndarray, now: np.ndarray) -> np.ndarray:
        """When somebody comes whom a desk that found nobody could call."""
        later = np.where((able < NEVER) & (there > now[:, None]), there, NEVER)
        return later.min(axis=1)

    def _after_break(self, then, breaks, lengths, rows, desk) -> np.ndarray:
        """When desks are free again that go on their break first, if it is due by then; each break once."""
        due = then >= breaks[rows, desk]
        if due.any():
            then = np.where(due, then + lengths[rows, desk], then)
            breaks[rows[due], desk[due]] = NEVER
        return then

    # -- desks --------------------------------------------------------------------------------------------------

    def _may_call(self, key: str) -> bool:
        desk = self.snapshot.line.desks.get(key)
        return (desk is not None and desk.state != "closed") or key in self.snapshot.unopened

    def _desks(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """When each is free, when its break is due, how long that lasts."""
        shape, snapshot = (self.draws, len(self.desks)), self.snapshot
        free, breaks, lengths = np.zeros(shape), np.full(shape, NEVER), np.zeros(shape)
        planned = {one.desk: one for one in snapshot.breaks}
        for nth, key in enumerate(self.desks):
            one = planned.get(key)
            free[:, nth] = self._free(key, one)
            if one and not is_marked(snapshot.line.desks.get(key), one):
                away, breaks[:, nth] = likely(snapshot, self.history, one, self._luck())
                lengths[:, nth] = one.until_at - one.from_at
                free[:, nth] = np.where(away > 0, away, free[:, nth])
        due = free >= breaks
        free[due] += lengths[due]
        breaks[due] = NEVER
        return free, breaks, lengths

    def _free(self, key: str, planned: Break | None) -> np.ndarray:
        """When a desk calls next, unless it is on a break that nobody marked."""
        snapshot, at = self.snapshot, self.snapshot.at
        desk = snapshot.line.desks.get(key)
        if visit := snapshot.busy.get(key):
            since = at - (visit.last_called_at or at)
            helped = self._rest(self.history.visits(visit.service), since) + self._some("turnaround", self.draws)
            if visit.state == "called" and visit.recalls:
                absent = self._rest(self.history.times("absent"), at - snapshot.seen.get(key, at))
                return np.where(self._luck() < self.history.unanswered(), absent, helped)
            return helped
        if desk is None or desk.state == "closed":
            return self._opening(key, snapshot.unopened[key])
        if desk.state == "paused":
            pool = self.history.pause(desk.reason)
            if planned and is_marked(desk, planned) and not self.history.pauses.get(desk.reason or ""):
                pool = np.full(LEFT + 1, float(planned.until_at - planned.from_at)) * np.linspace(0.9, 1.2, LEFT + 1)
            return self._rest(pool, at - desk.since_at)
        if key in snapshot.ready:
            return np.zeros(self.draws)
        if key not in snapshot.silent:
            return self._some("notice", self.draws)
        since, after_visit = snapshot.silent[key]
        return self.history.until_call(self.rng, self.draws, at - since, after_visit)

    def _opening(self, key: str, of_day: int) -> np.ndarray:
        """A desk that has not opened yet today, by when it opened on other days."""
        pool = self.history.openings.get(key)
        times = pool.array() if pool else np.array([])
        still = times[np.isnan(times) | (times > of_day)]
        if not len(still):
            return np.full(self.draws, NEVER)
        return np.nan_to_num(self._of(still, self.draws) - of_day, nan=NEVER)

    # -- people -------------------------------------------------------------------------------------------------

    def _people(self):
        """For each: the order (since when they count), when they are there, how long they take, when they go."""
        columns = [self._waits(visit) for visit in self.waiting]
        columns += [self._might_ask(service) for service in self.snapshot.asked]
        columns += [self._books(one) for one in self.bookings]
        if not columns:
            return (np.zeros((self.draws, 0)),) * 5
        return tuple(np.stack(parts, axis=1) for parts in zip(*columns, strict=True))

    def _waits(self, visit):
        at, line = self.snapshot.at, self.snapshot.line
        since, place = line.order(visit)
        there = max(0, visit.not_before - at)
        goes = self._goes(at - visit.waits_from, seen_after(visit))
        return self._full(since - at + place * 1e-6), self._full(there), self._takes(visit.service), *goes

    def _might_ask(self, service: str):
        never = self._full(NEVER)
        return self._full(0.5), self._full(0), self._full(0), never, never

    def _books(self, one):
        """Somebody with an appointment who has not come: perhaps they still do."""
        snapshot, booked = self.snapshot, one.booked_at - self.snapshot.at
        times, attending = self.history.times("late"), self.history.attending()
        still = times[times > -booked]
        chance = attending * len(still) / len(times)
        chance = chance / (chance + 1 - attending)
        comes = self._full(NEVER)
        if len(still):
            coming = self._luck() < chance
            comes[coming] = booked + self._of(still, int(coming.sum()))
        on_time = comes <= booked + snapshot.late_ms
        head_start = snapshot.line.rules.head_starts.get("appointment", 0)
        order = np.where(on_time, np.maximum(booked, comes) - head_start, np.maximum(booked, comes))
        there = np.where(on_time, np.maximum(comes, booked - snapshot.due_ms), comes)
        told, silent = self._goes(0.0)
        return order, there, self._takes(one.service), told + there, silent + there

    def _goes(self, waited: float, seen: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """When somebody who has waited so long goes and tells it, and when silently: perhaps they have already, but not
        before they were last `seen`."""
        told, silent = self.leaving.telling(self._luck(), waited), self.leaving.silently(self._luck(), seen)
        return told - waited, silent - waited

    def _takes(self, service: str) -> np.ndarray:
        return self._of(self.history.visits(service), self.draws) + self._some("turnaround", self.draws)

    def _able(self) -> np.ndarray:
        """What a desk adds to somebody's order: 0, the helping handicap, or never. A row a desk."""
        line = self.snapshot.line
        kinds = [line.desks_for(visit) for visit in self.waiting]
        services = [visit.service for visit in self.waiting]
        others = [*self.snapshot.asked, *(one.service for one in self.bookings)]
        kinds += [line.desks_of_service(service) for service in others]
        services += others
        able = np.full((len(self.desks), len(services)), NEVER)
        for nth, (desks, service) in enumerate(zip(kinds, services, strict=True)):
            for row, key in enumerate(self.desks):
                if key in desks:
                    able[row, nth] = line.handicap(service, key)
        for nth, visit in enumerate(self.waiting):
            elsewhere = (kinds[nth] - {visit.skipped_by}) & set(self.desks)
            if visit.skipped_by in self.desks and elsewhere:
                able[self.desks.index(visit.skipped_by), nth] = NEVER
        return able

    # -- chance -------------------------------------------------------------------------------------------------

    def _rest(self, pool: np.ndarray, elapsed: float) -> np.ndarray:
        return rest(self.rng, self.draws, pool, elapsed)

    def _luck(self) -> np.ndarray:
        return self.rng.random(self.draws)

    def _some(self, name: str, shape) -> np.ndarray:
        return self._of(self.history.times(name), shape)

    def _of(self, pool: np.ndarray, shape) -> np.ndarray:
        return drawn(self.rng, shape, pool)

    def _full(self, value: float) -> np.ndarray:
        return np.full(self.draws, float(value))
