"""The server's clock, which never goes back: waits go on counting when the machine's own clock is set.

Instants are integer UTC milliseconds. A step of the machine's clock of more than two seconds is reported once.
"""

import time
from collections.abc import Callable

STEP = 2_000


class Clock:
    """`wall` and `monotonic` return milliseconds. `now(after)` is never before `after`, nor before an earlier now."""

    def __init__(
        self,
        wall: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        monotonic: Callable[[], int] = lambda: time.monotonic_ns() // 1_000_000,
    ):
        self._wall, self._monotonic = wall, monotonic
        self._last = self._offset = None

    def now(self, after: int = 0) -> int:
        wall, passed = self._wall(), self._monotonic()
        flowed = self._last[0] + passed - self._last[1] if self._last else wall
        # Behind, time flows on from the last instant; ahead, the machine's clock is believed.
        at = max(wall, flowed, after)
        self._last = at, passed
        return at

    def stepped(self) -> int | None:
        """Milliseconds by which the machine's clock jumped since the last time asked, if that is a step."""
        offset = self._wall() - self._monotonic()
        moved = 0 if self._offset is None else offset - self._offset
        if self._offset is None or abs(moved) > STEP:
            self._offset = offset
        return moved if abs(moved) > STEP else None
