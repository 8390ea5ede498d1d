"""How often warnings were right, and how many misses they told of. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TWO_MINUTES = 120_000


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts of visitors: `missed` the target, of those `foreseen` (warned of while a call in time was possible) and
    `early` (with two minutes left for it); `warned` of, whatever became of it, and of those `kept` and `left`."""

    missed: int = 0
    foreseen: int = 0
    early: int = 0
    warned: int = 0
    kept: int = 0
    left: int = 0

    @property
    def precision(self) -> float | None:
        """Of warnings, how many were right; who left in time, or was a mistake, is not counted."""
        return _share(self.foreseen, self.foreseen + self.kept)

    @property
    def recall(self) -> float | None:
        return _share(self.foreseen, self.missed)

    @property
    def recall_early(self) -> float | None:
        return _share(self.early, self.missed)

    def __add__(self, other: "Quality") -> "Quality":
        return Quality(*(getattr(self, name) + getattr(other, name) for name in Quality.__slots__))


def quality(fates: Iterable[tuple[str, str | None]], time_left: Mapping[str, int]) -> Quality:
    """`fates`: visit and one of rows.OUTCOMES (None: open still). `time_left`: visit -> how long there was, when it was
    warned of them, until the last call in time."""
    counts = dict.fromkeys(Quality.__slots__, 0)
    for visit, fate in fates:
        warned = visit in time_left
        counts["missed"] += fate == "missed"
        counts["foreseen"] += warned and fate == "missed"
        counts["early"] += warned and fate == "missed" and time_left[visit] >= TWO_MINUTES
        counts["warned"] += warned and fate is not None
        counts["kept"] += warned and fate == "kept"
        counts["left"] += warned and fate == "left"
    return Quality(**counts)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
