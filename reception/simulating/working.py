"""One receptionist at one desk: how fast, when away, and whether anybody presses Pause. Pure chance."""

import random
from dataclasses import dataclass
from datetime import date, datetime

from reception.setting_parts.office import DeskPart
from reception.simulating.coming import MINUTE, about
from reception.simulating.habits import Habits


@dataclass(frozen=True, slots=True)
class Absence:
    """Wanted from `at` on, taken once the visitor at the desk has gone; `marked`: with a press on Pause."""

    at: int
    length: int
    why: str
    marked: bool


class Worker:
    """`visit` is who the software thinks is at the desk; `idle`: there and doing nothing; `wants`: to be away."""

    def __init__(self, desk: DeskPart, chance: random.Random, habits: Habits):
        self.desk, self.key, self.by, self.chance, self.habits = (
            desk,
            desk.key,
            f"person:made-{desk.key}",
            chance,
            habits,
        )
        self.pace = about(chance, habits.desks_differ)
        self.visit: str | None = None
        self.idle = False
        self.wants: list[Absence] = []


def absences(worker: Worker, zone, day: str, opens: int, closes: int) -> list[Absence]:
    """The day's breaks as they will be wanted, and the pauses that nobody presses."""
    chance, habits, found = worker.chance, worker.habits, []
    for span in worker.desk.breaks:
        start, end = (_instant(day, wall, zone) for wall in span)
        late, skipped = some(chance, habits.lunch_late_minutes), chance.random() < habits.lunch_skipped
        marked = chance.random() >= habits.lunch_unmarked
        if not skipped and opens < start < closes:
            found.append(Absence(round(start + late * MINUTE), end - start, "break", marked))
    if habits.hidden_a_day and habits.hidden_minutes:
        at = opens + chance.expovariate(habits.hidden_a_day) * (closes - opens)
        while at < closes:
            length = max(MINUTE, round(some(chance, habits.hidden_minutes) * MINUTE))
            found.append(Absence(round(at), length, "hidden", False))
            at += chance.expovariate(habits.hidden_a_day) * (closes - opens)
    return found


def some(chance: random.Random, mean: float) -> float:
    """So long on average, often less, now and then far more."""
    return chance.expovariate(1 / mean) if mean else 0.0


def _instant(day: str, wall, zone) -> int:
    return round(datetime.combine(date.fromisoformat(day), wall, zone).timestamp() * 1000)
