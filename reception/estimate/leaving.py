"""Who goes away while they wait, by how long they have waited: a curve laid through what the office has seen.

Nobody sees somebody go without a word. What is known is how many calls after so long a wait were not answered; so the
counts are of calls, by how long those who were called had waited.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reception.visit import Visit

MINUTE = 60_000
EDGES = (2, 5, 10, 15, 20, 30, 45, 60, 90)  # minutes waited: the counts' steps
WAITED = np.array([1, 3.5, 7.5, 12.5, 17.5, 25, 37.5, 52.5, 75, 120])  # minutes, the middle of each step
MISSING = np.array([0, 0.01, 0.02, 0.04])[:, None, None, None]  # of all, how many are not there however short the wait
SHAPES = np.array([1, 1.5, 2, 3])[:, None, None]  # 1: as many in each minute; more: the longer the wait, the more
HALVES = np.geomspace(5, 1500, 60)[:, None]  # minutes after which half would have gone without a word
STAYED = np.maximum(1e-9, (1 - MISSING) * 0.5 ** ((WAITED / HALVES) ** SHAPES))  # of each curve, at each step
THERE, GONE = np.log(STAYED), np.log(1 - STAYED)
BELIEVED = 2.0  # so many calls of each step are believed before any was seen, as if half stayed two hours
USUAL = BELIEVED * (1 - 0.99 * 0.5 ** ((WAITED / 120) ** 2))


@dataclass(frozen=True, slots=True)
class Leaving:
    """`missing`: share who never answer. Of the others half would have gone without a word after `half` minutes; with a
    `shape` above 1 hardly anybody does at first. `told`: so many who say that they go for one who does not."""

    missing: float
    shape: float
    half: float
    told: float

    @classmethod
    def of(cls, counts: Mapping[str, float]) -> "Leaving":
        """The likeliest curve. `counts`: "called 3" and "absent 3" by step (`counted`), and "left" of who told."""
        called, absent = (
            np.array([counts.get(f"{what} {step}", 0.0) for step in range(len(WAITED))])
            for what in ("called", "absent")
        )
        likely = GONE @ (absent + USUAL) + THERE @ (called - absent + BELIEVED - USUAL)
        place = np.unravel_index(likely.argmax(), likely.shape)
        missing, shape, half = (float(of.flat[nth]) for of, nth in zip((MISSING, SHAPES, HALVES), place, strict=True))
        gone = float(called @ (1 - STAYED[place] / (1 - missing)))
        return cls(missing, shape, half, (counts.get("left", 0.0) + 2.5) / (gone + 5))

    def silently(self, luck: np.ndarray, seen: float = 0.0) -> np.ndarray:
        """After what wait each goes without a word, in milliseconds; 0: they are not there whenever they are called.
        Whoever was at a desk after a wait of `seen` was there then."""
        if seen > 0:
            return self._after(self._so_far(seen) - np.log2(1 - luck))
        return self._after(-np.log2(np.minimum(1.0, (1 - luck) / (1 - self.missing))))

    def telling(self, luck: np.ndarray, waited: np.ndarray | float = 0.0) -> np.ndarray:
        """After what wait each goes and says so who has waited so many milliseconds already."""
        return self._after(self._so_far(waited) - np.log2(1 - luck) / self.told)

    def _so_far(self, waited: np.ndarray | float) -> np.ndarray | float:
        """How many times those who are left have been halved after a wait in milliseconds."""
        return (np.maximum(0.0, waited) / MINUTE / self.half) ** self.shape

    def _after(self, halved: np.ndarray) -> np.ndarray:
        """The wait after which those who are left have been halved so many times."""
        return self.half * MINUTE * halved ** (1 / self.shape)


def seen_after(visit: Visit) -> float:
    """After what wait in milliseconds somebody was last seen at a desk; 0: never."""
    return float(visit.last_called_at - visit.waits_from) if visit.seen_at and visit.last_called_at else 0.0


def counted(waited: float) -> int:
    """The step of a wait in milliseconds."""
    return sum(waited >= edge * MINUTE for edge in EDGES)
