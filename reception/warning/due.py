"""Of whom it is to be warned: nobody has seen them yet, a call in time is still possible, and the chance that none
comes is as large as the settings say. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reception.estimate import Expectation, History
from reception.visit import Visit


@dataclass(frozen=True, slots=True)
class Target:
    """What whoever waits is to be warned by: milliseconds, and from which chance of a miss on."""

    target_ms: int
    walk_ms: int
    chance: float

    @classmethod
    def of(cls, settings) -> "Target":
        promise = settings.promise
        return cls(promise.target_seconds * 1000, promise.walking_allowance_seconds * 1000, settings.warnings.chance)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who is likely to miss the target: to be seen by `target_at`, and so called within `left`
    milliseconds."""

    visit: Visit
    chance: float
    left: int
    target_at: int


def due(
    waiting: Iterable[Visit], expected: Mapping[str, Expectation], history: History, at: int, target: Target
) -> list[Near]:
    """Those of `waiting`, in its order, of whom it is to be warned at `at`."""
    found = []
    for visit in waiting:
        if visit.id not in expected or visit.seen_at is not None or (visit.late_until or 0) > at:
            continue  # it counts until they are first seen, and whoever comes later chose to
        target_at = visit.waits_from + target.target_ms
        left = target_at - target.walk_ms - at
        if left < 0:
            continue  # nothing that anybody does now could save it
        chance = expected[visit.id].chance_beyond(history, left)
        if chance >= target.chance:
            found.append(Near(visit, chance, left, target_at))
    return found
