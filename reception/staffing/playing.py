"""One day played through: people come, desks call by the line's own ordering, and each is seen in time or is not.

It is `reception/simulating/floor.py` without its record and its accidents, and a hundred times as fast: whoever calls
next and whom is the same (a test compares them, visitor by visitor). Milliseconds of the office's local day.
"""

import math
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from reception.line import Takes

MISS, HIT, NOT_JUDGED = 0, 1, 2
NEVER = math.inf


class Comer(NamedTuple):
    """One visitor. `order`: since when they count in the line, head start taken off; `since`: where the promise starts
    to count; `there`: not called before. `leaves_at`: gone if nobody called them by then, `silent` if nobody was told.
    """

    there: float
    order: float
    service: str
    since: float
    work: float  # from the call to the end of the visit
    after: float = 0  # until that desk calls again
    notice: float = 0  # until an idle desk sees that they are there
    leaves_at: float = NEVER
    silent: bool = False
    part: int = 0  # the half hour of the day in which they come


@dataclass(frozen=True, slots=True)
class Post:
    """A desk on a day. `spans`: when somebody is there; `breaks`: (from, length), taken after the visit at hand.
    `key`: the desk it is, or is like."""

    takes: Takes
    spans: tuple[tuple[float, float], ...]
    breaks: tuple[tuple[float, float], ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Of the office: what decides whether somebody is seen in time."""

    target: float
    walk: float
    closes: float  # desks that are there then help whoever still waits
    helping: float = 0  # as LineRules.helping_ms
    absent: float = 75_000  # what calling somebody costs who has gone


def play(comers: list[Comer], posts: tuple[Post, ...], rules: Rules) -> bytearray:
    """What becomes of each of `comers` (sorted by `there`): MISS, HIT or NOT_JUDGED."""
    return _Play(comers, posts, rules).run()


@dataclass(slots=True)
class _At:
    """A post as the day goes on."""

    lines: list[tuple[float, list]]  # (handicap, the line of a service it takes)
    spans: list[tuple[float, float]]  # still to come, the next one last
    breaks: list[tuple[float, float]]
    ends: float = -NEVER  # of the span that has begun
    idle: bool = False
    looks: list = field(default_factory=list)


class _Play:
    def __init__(self, comers: list[Comer], posts: tuple[Post, ...], rules: Rules):
        self.comers, self.rules = comers, rules
        self.fates = bytearray(len(comers))
        services = {comer.service for comer in comers}
        self.lines: dict[str, list] = {service: [] for service in services}
        self.posts = [self._at(post, services) for post in posts]
        self.able = {
            service: [nth for nth, post in enumerate(posts) if service in post.takes.main | post.takes.helps]
            for service in services
        }
        self.events: list[tuple[float, int, int]] = []  # when, which post, 1: only if it is idle

    def _at(self, post: Post, services: set[str]) -> _At:
        lines = [(0 if one in post.takes.main else self.rules.helping, self.lines[one])
                 for one in sorted(services) if one in post.takes.main or one in post.takes.helps]  # fmt: skip
        return _At(lines, sorted(post.spans, reverse=True), sorted(post.breaks, reverse=True))

    def run(self) -> bytearray:
        for nth, at in enumerate(self.posts):
            self._next_span(nth, at, 0)
            for start, _length in at.breaks:
                heappush(self.events, (start, nth, 1))
        events, comers, nth, count = self.events, self.comers, 0, len(self.comers)
        while events or nth < count:
            if nth < count and (not events or comers[nth].there < events[0][0]):
                self._comes(nth, comers[nth])
                nth += 1
            else:
                now, post, only_idle = heappop(events)
                if not only_idle or self.posts[post].idle:
                    self._is_free(now, post)
        for line in self.lines.values():
            for _order, who in line:
                self._never_called(who)
        return self.fates

    def _comes(self, who: int, comer: Comer) -> None:
        heappush(self.lines[comer.service], (comer.order, who))
        for nth in self.able[comer.service]:
            if self.posts[nth].idle:
                self._is_free(comer.there, nth, comer.notice)
                return

    def _is_free(self, now: float, nth: int, notice: float = 0) -> None:
        """On a break, gone, calling, or idle."""
        at = self.posts[nth]
        at.idle = False
        if at.breaks and at.breaks[-1][0] <= now:
            _start, length = at.breaks.pop()
            heappush(self.events, (now + length, nth, 0))
        elif now >= at.ends and at.ends < self.rules.closes:
            self._next_span(nth, at, now)
        elif (who := self._next_for(at, now)) is not None:
            heappush(self.events, (self._call(who, now, notice), nth, 0))
        elif now < at.ends:
            at.idle = True

    def _next_span(self, nth: int, at: _At, now: float) -> None:
        if at.spans:
            start, at.ends = at.spans.pop()
            heappush(self.events, (max(start, now), nth, 0))
            heappush(self.events, (at.ends, nth, 1))

    def _next_for(self, at: _At, now: float) -> int | None:
        """Whom the desk calls: as `Line.next_for`."""
        best, chosen = (NEVER, 0), None
        for handicap, line in at.lines:
            while line and self.comers[line[0][1]].leaves_at <= now and not self.comers[line[0][1]].silent:
                self._never_called(heappop(line)[1])
            if line and (order := (line[0][0] + handicap, line[0][1])) < best:
                best, chosen = order, line
        return heappop(chosen)[1] if chosen else None

    def _call(self, who: int, now: float, notice: float) -> float:
        """When the desk may call again."""
        comer, rules = self.comers[who], self.rules
        called = now + notice
        if comer.leaves_at <= now:
            self.fates[who] = NOT_JUDGED if called - comer.since <= rules.target else MISS
            return called + rules.absent
        self.fates[who] = HIT if called + rules.walk - comer.since <= rules.target else MISS
        return called + comer.work + comer.after

    def _never_called(self, who: int) -> None:
        comer = self.comers[who]
        self.fates[who] = NOT_JUDGED if comer.leaves_at - comer.since <= self.rules.target else MISS
