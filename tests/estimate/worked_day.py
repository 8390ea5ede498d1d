"""The made-up day that docs/waits.md walks through: its office as it stands there, its days, and each number of it.

`python -m tests.estimate.worked_day` writes the numbers anew into the document, where the estimator has changed.
"""

import re
import tempfile
from datetime import date, datetime
from pathlib import Path

from manage.staffing_words import clock
from manage.staffing_words import share as ranged
from reception.estimate import Expectation
from reception.estimate.evaluating import OURS, Score
from reception.estimate.floor import MINUTE
from reception.estimate.kept import bookings_of, known_of, steps_of
from reception.estimate.learning import Learner
from reception.estimate.others import Typed
from reception.estimate.said import Said, said
from reception.figures import Asked, Figures
from reception.settings import Settings, load
from reception.simulating import Habits, simulate
from reception.simulating.written import write
from reception.staffing import Changes, work
from reception.store import Store
from reception.visit import Visit
from tests.builders import instant

DOC = Path(__file__).parents[2] / "docs" / "waits.md"
HEAD = "## One day, worked"
NUMBER = re.compile(r"`([a-z_.]+)` ([^|]+?)(?=, `| \|)")
FIRST, COUNT, DAY = date(2026, 3, 2), 16, date(2026, 3, 23)
BUSY, SEED = 0.75, 8


def section() -> str:
    return DOC.read_text("utf-8").split(HEAD)[1].split("\n## ")[0]


def numbers() -> dict[str, str]:
    """As the document says them."""
    return dict(NUMBER.findall(section()))


class Worked:
    """The day, lived. `found` has each number by its name, in the document's words."""

    def __init__(self, folder: Path):
        office = folder / "fernleigh.toml"
        office.write_text(section().split("```toml\n")[1].split("```")[0], "utf-8")
        self.settings, self.store = load(office, env={}), Store(folder / "made.db")
        days = simulate(self.settings, FIRST, COUNT, habits=Habits(busy=BUSY), seed=SEED)
        write(self.store, self.settings, days)
        self.figures = Figures(self.settings, self.store)
        self.told = Told(self.settings, self.store)
        self.found = {**self._evening(), **self._visitors(), **self._night()}
        self.store.close()

    def _evening(self) -> dict[str, str]:
        """What the plan says on Sunday evening."""
        now = instant("2026-03-22 18:00")
        more = work.what_if(self.figures, DAY, Changes(desks=1), now)
        mondays = [one for one in work.past(self.figures, now) if one.day.weekday() == 0]
        hardest = min(more.half_hours, key=lambda one: one.before.share or 1.0)
        return {
            "mondays": ", ".join(str(len(one.visits)) for one in mondays),
            "plan.people": str(round(more.before.people)),
            "plan.roster": ranged(more.before),
            "plan.one_more": ranged(more.after),
            "plan.hardest": f"{clock(hardest.minute)}: {ranged(hardest.before)}",
        }

    def _visitors(self) -> dict[str, str]:
        """The first whose wait was likely to be long, and whoever was called furthest past what they were told."""
        long = next(one for one in self.told.called if one.said.low and one.ahead >= 3)
        late = max(self.told.called, key=lambda one: one.visit.first_called_at - one.said.by_at)
        return {
            "one.number": long.visit.number,
            "one.arrived": self._at(long.visit.arrived_at),
            "one.ahead": str(long.ahead),
            "one.typed": _minutes(long.typed),
            "one.low": _minutes(long.expected.low),
            "one.median": _minutes(long.expected.median),
            "one.high": _minutes(long.expected.high),
            "one.range": f"{long.said.low} to {long.said.high} minutes",
            "one.by": self._at(long.said.by_at)[:5],
            "one.called": self._at(long.visit.first_called_at),
            "late.number": late.visit.number,
            "late.by": self._at(late.said.by_at)[:5],
            "late.called": self._at(late.visit.first_called_at),
        }

    def _night(self) -> dict[str, str]:
        """What the day came to."""
        total = self.figures.of(Asked(DAY, DAY), instant("2026-03-25 09:00"))["total"]
        called = self.told.called
        kept = sum(one.visit.first_called_at <= one.said.by_at for one in called)
        ours, typed = Score(OURS), Score(Typed.name)
        for one in called:
            wait = one.visit.first_called_at - one.at
            ours.errors.append(one.expected.median - wait)
            typed.errors.append(one.typed - wait)
        return {
            "day.came": str(total["arrivals"]),
            "day.judged": str(total["n"]),
            "day.seen": f"{total['hits']}",
            "day.share": f"{total['share']:.0%}",
            "day.told": str(len(called)),
            "day.kept": str(kept),
            "day.kept_share": f"{kept / len(called):.0%}",
            "day.off": f"{ours.off_minutes:.1f} minutes",
            "day.typed_off": f"{typed.off_minutes:.1f} minutes",
        }

    def _at(self, instant_ms: int) -> str:
        return datetime.fromtimestamp(instant_ms / 1000, self.settings.zone).strftime("%H:%M:%S")


class Answer:
    """What one visitor was told on arrival."""

    def __init__(self, visit: Visit, at: int, expected: Expectation, words: Said, typed: float, ahead: int):
        self.visit, self.at, self.expected, self.said, self.typed, self.ahead = visit, at, expected, words, typed, ahead


class Told:
    """The record replayed; `called`: the day's answers to all who were told a time and then called."""

    def __init__(self, settings: Settings, store: Store):
        self.settings, self.answers, self._typed = settings, {}, Typed()
        self.learner = Learner(settings, bookings=bookings_of(store, settings), known=known_of(store, settings))
        self.learner.told = self._told
        for step in steps_of(store, settings.office.key):
            self.learner.see(step)
        start, end = (instant(f"2026-03-{day} 00:00") for day in (23, 24))
        visits = {visit.id: visit for visit in store.visits_between(settings.office.key, start, end)}
        for key, answer in self.answers.items():
            answer.visit = visits[key]
        self.called = [one for one in self.answers.values() if one.visit.first_called_at and one.said.by_at]

    def _told(self, visit: Visit, expected: Expectation) -> None:
        floor = self.learner.floor
        if floor.day != DAY.isoformat():
            return
        promise, ahead = self.settings.promise, floor.line().people_ahead(visit)
        words = said(
            expected,
            at=floor.at,
            target_ms=promise.target_seconds * 1000,
            walk_ms=promise.walking_allowance_seconds * 1000,
            ahead=ahead,
        )
        typed = self._typed.expects(visit, floor) or 0.0
        self.answers[visit.id] = Answer(visit, floor.at, expected, words, typed, ahead)


def _minutes(ms: float) -> str:
    return f"{ms / MINUTE:.1f} minutes"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = Worked(Path(folder)).found
    before = section()
    after = NUMBER.sub(lambda one: f"`{one[1]}` {found[one[1]]}", before)
    DOC.write_text(DOC.read_text("utf-8").replace(before, after), "utf-8")
    for name, number in found.items():
        print(f"{name:<16}{number}")


if __name__ == "__main__":
    main()
