"""Time that passes only when somebody waits for it, so that a day of waiting takes a moment.

Whatever waits runs in a greenlet of its own; they take turns in the order of their times, so the same day is the same
every time.
"""

import heapq
from collections.abc import Callable
from itertools import count

from greenlet import getcurrent, greenlet

START_MS = 1_800_000_000_000


class VirtualTime:
    """`now` in seconds; `sleep` inside what was `start`ed; `run` until nobody waits any more or time is up."""

    def __init__(self):
        self.now = 0.0
        self._waiting: list = []
        self._order = count()
        self._main = getcurrent()

    def monotonic(self) -> float:
        return self.now

    def wall_ms(self) -> int:
        return START_MS + round(self.now * 1000)

    def start(self, work: Callable[[], None]) -> None:
        self._wake(self.now, greenlet(work, self._main))

    def sleep(self, seconds: float) -> None:
        self._wake(self.now + max(0.0, seconds), getcurrent())
        self._main.switch()

    def run(self, until: float) -> None:
        while self._waiting and self._waiting[0][0] <= until:
            self.now, _, waiting = heapq.heappop(self._waiting)
            waiting.switch()

    def _wake(self, at: float, waiting: greenlet) -> None:
        heapq.heappush(self._waiting, (at, next(self._order), waiting))


class Pause:
    """What a worker waits on: `wait(seconds)` ends early when it is `set`."""

    def __init__(self, time: VirtualTime):
        self.time, self._set = time, False

    def set(self) -> None:
        self._set = True

    def clear(self) -> None:
        self._set = False

    def wait(self, seconds: float) -> None:
        until = self.time.now + seconds
        while not self._set and self.time.now < until:
            self.time.sleep(min(0.05, until - self.time.now))
