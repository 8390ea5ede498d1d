"""What people of a made-up past were told as they came: by when they would be called.

It is made of what could be known as they came, never of what became of them: how long those waited on earlier days who
found as many ahead of them; nine in ten of them had been called by then. Reception's own rounding says it. Whether it
was kept is what the day then brings. Playing the line through for everybody, as the server does, would take longer than
making the past up. Nobody is told anything anew, and nobody is told anything before `LEAST` people have waited so.
"""

import math
from collections import defaultdict, deque

from demo.past_visitor import Visitor
from reception.estimate import Expectation
from reception.estimate.said import promised, said
from reception.settings import Settings

LEAST, LAST = 20, 200  # waits that a range is made of
FULLEST = 6  # turns ahead at each desk: longer lines are taken together
EARLY_MS = 20 * 60_000  # so long before they may be called, whoever has an appointment may come


class PastTelling:
    """An office's. `tell` each in the order in which they can be called, before they are; `learn` in the evening."""

    def __init__(self, settings: Settings, desks: list):
        self._tells, self._promised = settings.waits.tell, promised(settings.promise)
        self._able = {
            one.key: [desk for desk in desks if not desk.takes or one.key in desk.takes] or desks
            for one in settings.services
        }
        self._waits: dict[tuple, deque[int]] = defaultdict(lambda: deque(maxlen=LAST))
        self._ranges: dict[tuple, tuple[int, int, int]] = {}
        self._line: list[Visitor] = []
        self._came: list[tuple[tuple, int, Visitor]] = []

    def tell(self, visitor: Visitor, ready: int) -> None:
        """Of somebody who can be called from `ready` on. Of the others only that is looked at which had happened."""
        kind = self._kind(visitor, ready)
        self._came.append((kind, ready, visitor))
        self._line.append(visitor)
        if not self._tells or kind not in self._ranges:
            return
        came = visitor.arrived
        low, middle, high = (ready - came + wait for wait in self._ranges[kind])
        told = said(Expectation("range", low, middle, high, learning=False), at=came, **self._promised)
        visitor.is_told(came, told.low, told.by_at)

    def learn(self) -> None:
        """The day is over."""
        for kind, ready, visitor in self._came:
            if visitor.called:
                self._waits[kind].append(max(0, visitor.called - ready))
        for kind in {kind for kind, _ready, _visitor in self._came}:
            waits = sorted(self._waits[kind])
            if len(waits) >= LEAST:
                self._ranges[kind] = tuple(waits[round(of * (len(waits) - 1))] for of in (0.1, 0.5, 0.9))
        self._line, self._came = [], []

    def _kind(self, visitor: Visitor, ready: int) -> tuple[bool, int]:
        """With an appointment or without, and how many turns were ahead at each desk; -1: one stood free."""
        came, desks, booked = visitor.arrived, self._able[visitor.row["service"]], bool(visitor.row["booked_at"])
        self._line = [one for one in self._line if _waits_until(one) > ready - EARLY_MS]
        ahead = sum(one.arrived <= came < _waits_until(one) for one in self._line if self._compete(one, desks))
        if not ahead and any(desk.free <= came and not desk.forgotten for desk in desks):
            return booked, -1
        return booked, min(FULLEST, ahead // len(desks))

    def _compete(self, other: Visitor, desks: list) -> bool:
        theirs = self._able[other.row["service"]]
        return theirs is desks or any(desk in theirs for desk in desks)


def _waits_until(visitor: Visitor) -> float:
    return visitor.called or visitor.until or math.inf
