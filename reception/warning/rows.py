"""A warning as it is kept, and what became of it. Values only; instants are UTC milliseconds."""

from dataclasses import dataclass
from typing import ClassVar

from reception.visit import ENDED, Visit

OUTCOMES = ("kept", "missed", "left")


@dataclass(frozen=True, slots=True)
class Warned:
    """A row of `warnings`: at `warned_at` a visitor was likely (`chance`) not to be seen by `target_at`.

    `why` is a key of advice.WHY, `why_desk` and `why_count` belong to it. `step` (advice.STEPS; "": none would) is what
    would have saved it, at the desk `step_desk`, and `step_chance` what chance of a miss that left. `outcome` is one of
    OUTCOMES since `ended_at`; "left" is also who was there no more when called in time, and whoever was a mistake.
    """

    table: ClassVar[str] = "warnings"
    keys: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    visit: str
    service: str
    warned_at: int
    target_at: int
    chance: float
    why: str
    why_desk: str | None = None
    why_count: int | None = None
    step: str = ""
    step_desk: str | None = None
    step_chance: float | None = None
    ended_at: int | None = None
    outcome: str | None = None


def still_waits(room, visit: str) -> bool:
    """Whether the target is still to come for this visit: it waits, and nobody has seen it."""
    found = room.visits.get(visit)
    return found is not None and found.state == "waiting" and found.seen_at is None


def became(visit: Visit, target_at: int) -> str | None:
    """One of OUTCOMES, as figures judge it; None while it is open."""
    if visit.seen_at is not None:
        return "kept" if visit.seen_at <= target_at else "missed"
    if visit.state not in ENDED:
        return None
    ended = visit.first_called_at or visit.ended_at
    return "left" if visit.state == "cancelled" or ended <= target_at else "missed"
