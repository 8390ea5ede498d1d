"""The server's clock, as well as a kiosk's machine knows it: the last instant heard, and the time passed since.

The machine's own clock may be wrong, and may be set while we look. What passes between two looks is counted by a clock
that nobody can set, which begins anew when the machine starts.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
DRIFT = 20_000  # a clock is off by at most one in so many
MOVED = 300  # ms between what was kept and what is heard that are worth keeping anew


@dataclass(frozen=True, slots=True)
class Heard:
    """The server's `now` beside this machine's clocks in the same moment, in milliseconds; it may be `unsure` by so
    much."""

    now: int
    wall: int
    steady: int
    boot: str
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened here: by the steady clock of this `boot`, and what was taken for the server's time.
    `about`: nobody had been heard since the machine started."""

    at: int
    steady: int
    boot: str
    about: bool


class KeptClock:
    """`heard` is what was kept of an earlier run, if anything. Instants are UTC milliseconds of the server's clock."""

    def __init__(
        self,
        heard: dict | None = None,
        *,
        wall: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        steady: Callable[[], int] = lambda: time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000,
        boot: str | None = None,
    ):
        self._wall, self._steady = wall, steady
        self._boot = BOOT.read_text().strip() if boot is None else boot
        self.last = Heard(**heard) if heard else None
        self._base = self._first_guess()  # the server's time and the steady clock, together
        self._unsure = self.last.unsure if self.last else 0

    @property
    def about(self) -> bool:
        """Whether the time is only a guess: this machine has started since the server was last heard."""
        return self.last is None or self.last.boot != self._boot

    def now(self) -> int:
        at, steady = self._base
        return at + self._steady() - steady

    def ahead_of_machine(self) -> int:
        """By how much the server's clock is ahead of this machine's."""
        return self.now() - self._wall()

    def heard(self, now: int, *, asked: int) -> bool:
        """The server said `now`, asked at `asked` by `steady`. True where that is worth keeping for the next start.

        Of several answers the quickest counts, for it says best when it was: until so much time has passed that clocks
        may have drifted as far, or the server's clock has been set.
        """
        steady = self._steady()
        unsure = (steady - asked) // 2
        at, known = now + unsure, self._unsure + (steady - self._base[1]) // DRIFT
        moved = self.about or abs(at - self.now()) > MOVED or abs(self._wall() - self._expected_wall()) > MOVED
        if self.about or unsure <= known or abs(at - self.now()) > unsure + known:
            self._base, self._unsure = (at, steady), unsure
        if moved or steady - self.last.steady > 60_000:
            self.last = Heard(self.now(), self._wall(), steady, self._boot, self._unsure)
            return True
        return False

    def steady(self) -> int:
        return self._steady()

    def kept(self) -> dict:
        return asdict(self.last)

    def moment(self) -> Moment:
        return Moment(self.now(), self._steady(), self._boot, self.about)

    def truly(self, moment: Moment) -> tuple[int, bool]:
        """The moment's instant as is known now, the server having just been heard, and whether that is still a guess.
        Never later than now."""
        if moment.boot == self._boot:
            at, about = self.now() - (self._steady() - moment.steady), self.about
        else:
            at, about = moment.at, moment.about
        return min(at, self.now()), about

    def _first_guess(self) -> tuple[int, int]:
        steady, last = self._steady(), self.last
        if last is None:
            return self._wall(), steady
        if last.boot == self._boot:
            return last.now + steady - last.steady, steady
        # Started anew: the machine's clock is as wrong as it was, or has lost the time, which then goes on from there.
        return max(self._wall() + last.now - last.wall, last.now + steady), steady

    def _expected_wall(self) -> int:
        return self.last.wall + self._steady() - self.last.steady
