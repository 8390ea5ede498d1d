"""What an office has taught: how long things take, who goes away, who comes late, how far estimates were off.

Plain pools of what was seen, the newest last, each of a fixed size: nothing in them is about a person. `told` and `of`
turn it into JSON and back, and what comes back answers the same.
"""

import math
from collections import deque
from collections.abc import Iterable
from copy import deepcopy
from statistics import NormalDist

import numpy as np

from reception.estimate.learned import Corrector
from reception.estimate.leaving import Leaving, counted

MINUTE, NEVER = 60_000, math.inf
VISITS = 600  # in a service's pool
FEW, ABOUT = 60, 9  # below so many, so many points about the settings' minutes are mixed in
UNUSUAL = 10  # times the middle: below FEW none counts for longer, lest one that nobody finished is what is told
AWAY = 30 * MINUTE  # a desk silent for longer than any before: how long that counts at most
VARIATION = 0.8  # of how long visits take (CV), as councils measure
LEFT = 5  # with fewer longer ones left, the rest of a duration is half the mean, exponential
SPREAD = math.sqrt(math.log(1 + VARIATION**2))
POINTS = tuple(math.exp(SPREAD * NormalDist().inv_cdf((k + 0.5) / ABOUT) - SPREAD**2 / 2) for k in range(ABOUT))
UNSEEN = {  # believed beside the first few that are seen
    "absent": (60_000, 75_000, 90_000),
    "turnaround": (0, 0, 5_000, 15_000, 30_000, 60_000),
    "notice": (2_000, 5_000, 10_000, 20_000),
    "pause": (300_000, 600_000, 1_200_000, 1_800_000),
    "late": (-900_000, -600_000, -360_000, -240_000, 0, 300_000),
    "break_late": (0, 180_000, 300_000, 600_000, 1_200_000),
}


class Pool:
    """The newest `size` of something, in milliseconds."""

    def __init__(self, size: int = 300, values: Iterable[float] = ()):
        self.values = deque(values, maxlen=size)
        self._array = None

    def add(self, value: float) -> None:
        self.values.append(value)
        self._array = None

    def __len__(self) -> int:
        return len(self.values)

    def array(self, besides: Iterable[float] = (), *, most: float = NEVER) -> np.ndarray:
        """With `most`, none is longer than so many times the middle."""
        if self._array is None:
            found = np.array([*self.values, *besides], dtype=float)
            self._array = np.minimum(found, most * np.median(found)) if most < NEVER else found
        return self._array


class History:
    """`minutes`: service -> what the settings say it takes, until enough was seen."""

    def __init__(self, minutes: dict[str, float] | None = None):
        self.minutes = dict(minutes or {})
        self.services: dict[str, Pool] = {}
        self.pools = {name: Pool(VISITS if name == "turnaround" else 300) for name in UNSEEN}
        self.pauses: dict[str, Pool] = {}  # reason -> how long
        self.openings: dict[str, Pool] = {}  # desk -> ms of the day at which it first opened; nan: not that day
        self.errors: dict[str, Pool] = {}  # box -> the newest errors of estimates (`correction.py`)
        self.counts: dict[str, float] = {}  # of those who left, came, …: faded, so that the newest weigh most
        self.corrector = Corrector()

    # -- learning -----------------------------------------------------------------------------------------------

    def add_visit(self, service: str, took: float) -> None:
        self.services.setdefault(service, Pool(VISITS)).add(took)

    def add(self, name: str, value: float) -> None:
        self.pools[name].add(value)

    def add_pause(self, reason: str, took: float) -> None:
        self.pauses.setdefault(reason, Pool(100)).add(took)
        self.add("pause", took)

    def add_opening(self, desk: str, of_day: float) -> None:
        self.openings.setdefault(desk, Pool(20)).add(of_day)

    def count(self, name: str, more: float = 1.0) -> None:
        self.counts[name] = self.counts.get(name, 0.0) + more

    def count_call(self, waited: float) -> None:
        """Somebody who had waited so many milliseconds was called for the first time."""
        self.count(f"called {counted(waited)}")

    def count_absent(self, waited: float) -> None:
        """… and was not there."""
        self.count(f"absent {counted(waited)}")

    def fade(self, by: float = 0.95) -> None:
        """Once a day: what was counted long ago weighs less."""
        self.counts = {name: value * by for name, value in self.counts.items()}

    # -- asking -------------------------------------------------------------------------------------------------

    def visits(self, service: str) -> np.ndarray:
        """How long visits of a service take at the desk, from the call to the end."""
        pool = self.services.setdefault(service, Pool(VISITS))
        mean = self.minutes.get(service, 5.0) * MINUTE
        return pool.array() if len(pool) >= FEW else pool.array([mean * point for point in POINTS], most=UNUSUAL)

    def times(self, name: str) -> np.ndarray:
        pool = self.pools[name]
        return pool.array(() if len(pool) >= 20 else UNSEEN[name])

    def pause(self, reason: str | None) -> np.ndarray:
        pool = self.pauses.get(reason or "")
        return pool.array() if pool and len(pool) >= LEFT else self.times("pause")

    def until_call(self, rng: np.random.Generator, count: int, silent: float, after_visit: bool) -> np.ndarray:
        """How much longer an open desk calls nobody that has not for so long, though somebody waits."""
        pool = self.times("turnaround" if after_visit else "notice")
        return rest(rng, count, pool, silent, usual=max(pool.mean(), min(silent, AWAY)))

    def leaving(self) -> Leaving:
        return Leaving.of(self.counts)

    def unanswered(self) -> float:
        """How many of those who are called again are not there."""
        return (self.counts.get("unanswered", 0.0) + 2) / (self.counts.get("recalled", 0.0) + 4)

    def attending(self) -> float:
        came, missed = self.counts.get("came", 0.0), self.counts.get("missed", 0.0)
        return (came + 8.5) / (came + missed + 10)

    def taking_breaks(self) -> float:
        taken, not_taken = self.counts.get("taken", 0.0), self.counts.get("not_taken", 0.0)
        return (taken + 4) / (taken + not_taken + 5)

    def unmarked(self) -> float:
        """How many of the breaks that are taken are taken without a press."""
        return (self.counts.get("unmarked", 0.0) + 1) / (self.counts.get("taken", 0.0) + 5)

    # -- keeping ------------------------------------------------------------------------------------------------

    def copy(self) -> "History":
        """One that what is learned from now on does not change."""
        twin = History(self.minutes)
        twin.counts, twin.corrector = dict(self.counts), deepcopy(self.corrector)
        for name in ("services", "pools", "pauses", "openings", "errors"):
            group = {key: Pool(pool.values.maxlen, pool.values) for key, pool in getattr(self, name).items()}
            setattr(twin, name, group)
        return twin

    def told(self) -> dict:
        groups = {"services": self.services, "pools": self.pools, "pauses": self.pauses}
        groups |= {"openings": self.openings, "errors": self.errors}
        packed = {name: {key: _plain(pool) for key, pool in group.items()} for name, group in groups.items()}
        own = {"minutes": dict(self.minutes), "counts": dict(self.counts), "corrector": self.corrector.told()}
        return own | packed

    @classmethod
    def of(cls, told: dict) -> "History":
        history = cls(told["minutes"])
        history.counts, history.corrector = dict(told["counts"]), Corrector.of(told.get("corrector"))
        sizes = {"services": VISITS, "pauses": 100, "openings": 20, "errors": 200}
        for name, size in sizes.items():
            setattr(history, name, {key: Pool(size, map(_float, found)) for key, found in told[name].items()})
        for key, found in told["pools"].items():
            history.pools[key] = Pool(history.pools[key].values.maxlen, map(_float, found))
        return history


def rest(
    rng: np.random.Generator, count: int, pool: np.ndarray, elapsed: float, usual: float | None = None
) -> np.ndarray:
    """What is left of a duration that has lasted `elapsed`, drawn so many times; where hardly any was longer, half the
    `usual` one."""
    longer = pool[pool > elapsed]
    if len(longer) < LEFT:
        return rng.exponential(max(1.0, (usual or pool.mean()) / 2), count)
    return drawn(rng, count, longer) - elapsed


def drawn(rng: np.random.Generator, count, pool: np.ndarray) -> np.ndarray:
    """`count` (a number or a shape) of what was seen, by chance."""
    return pool[(rng.random(count) * len(pool)).astype(np.intp)]


def _plain(pool: Pool) -> list:
    return [None if value != value else value for value in pool.values]


def _float(value) -> float:
    return math.nan if value is None else value
