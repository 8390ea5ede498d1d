"""How good each estimator would have been at an office: its own record replayed, step by step, and every answer judged.

An answer is what somebody would have been told on arrival; it is judged by the first call. Nothing is known in advance:
each estimator has learned from what came before, and the first `burn_in` days only teach.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reception.estimate import DRAWS, Expectation, History
from reception.estimate.beside import Both
from reception.estimate.floor import MINUTE, Bookings, Floor, Told
from reception.estimate.learning import Learner
from reception.estimate.others import OTHERS
from reception.reading import Step
from reception.settings import Settings
from reception.visit import Visit

OURS, LEARNED = "simulation of the line", "the same, and a learned corrector"


@dataclass(slots=True)
class Score:
    """One estimator's answers: how far off they were, in milliseconds, and for ours whether the range held."""

    name: str
    errors: list[float] = field(default_factory=list)
    held: int = 0
    late: int = 0

    @property
    def count(self) -> int:
        return len(self.errors)

    @property
    def off_minutes(self) -> float | None:
        """The mean absolute error."""
        return sum(map(abs, self.errors)) / len(self.errors) / MINUTE if self.errors else None

    @property
    def held_share(self) -> float | None:
        return self.held / self.count if self.count else None

    @property
    def late_share(self) -> float | None:
        return self.late / self.count if self.count else None


@dataclass(slots=True)
class Evaluation:
    """`queued`: those for whom no desk stood free as they came; `at_once`: the others. Each name -> Score."""

    queued: dict[str, Score] = field(default_factory=dict)
    at_once: dict[str, Score] = field(default_factory=dict)
    days: int = 0
    no_number: int = 0
    learned_days: int = 0  # on which the learned corrector answered
    history: History | None = None

    @property
    def ours(self) -> Score:
        """Of those who queued."""
        return self.queued[OURS]

    def off_minutes(self, name: str) -> float | None:
        """The mean absolute error of everybody's answer, whether they queued or not."""
        errors = [abs(one) for scores in (self.queued, self.at_once) for one in scores[name].errors]
        return sum(errors) / len(errors) / MINUTE if errors else None


def evaluate(
    settings: Settings,
    steps: Iterable[Step],
    *,
    bookings: Bookings = lambda day: (),
    known: Told = lambda visit: {},
    burn_in: int = 0,
    draws: int = DRAWS,
    beside: Sequence = (),
) -> Evaluation:
    """Replays a record. `burn_in` is how many days only teach. Each `beside` (a `warning.replay.WarningReplay`) looks
    at the same office before and after every step."""
    replay = _Replay(settings, bookings, known, burn_in, draws)
    replay.beside = beside
    for step in steps:
        replay.see(step)
    return replay.found


class _Replay:
    def __init__(self, settings: Settings, bookings: Bookings, known: Told, burn_in: int, draws: int):
        self.learner = Learner(settings, bookings=bookings, known=known, draws=draws)
        self.learner.told = self._told
        self.learner.moved = self._moved
        self.others = [kind() for kind in OTHERS]
        names = [*(other.name for other in self.others), OURS, LEARNED]
        self.found = Evaluation({name: Score(name) for name in names}, {name: Score(name) for name in names})
        self.found.history = self.learner.history
        self.burn_in, self.days = burn_in, 0
        self.answers: dict[str, tuple[int, Both | None, bool, dict[str, float | None]]] = {}
        self.beside: Sequence = ()
        self._after: Visit | None = None  # the visit that the newest step changed

    def see(self, step: Step) -> None:
        is_new_day = step.at >= self.learner.floor.ends_at
        if is_new_day:
            self.days += 1
            self.found.days = max(0, self.days - self.burn_in)
            self.answers.clear()
        for one in self.beside:
            one.before(step, self.learner)
        self._after = None
        self.learner.see(step)
        if is_new_day and self.days > self.burn_in:
            self.found.learned_days += self.learner.history.corrector.in_charge
        for one in self.beside:
            one.after(step, self.learner, self._after)

    def _told(self, visit: Visit, expected: Expectation) -> None:
        if self.days <= self.burn_in:
            return
        floor, (_at, both) = self.learner.floor, self.learner.pending.get(visit.id, (0, None))
        others = {one.name: one.expects(visit, floor) for one in self.others}
        self.answers[visit.id] = floor.at, both, expected.key == "from", others

    def _moved(self, step: Step, before: Visit | None, after: Visit, floor: Floor) -> None:
        self._after = after
        for other in self.others:
            other.see(step, before, after, floor)
        if step.step == "called" and (answer := self.answers.pop(after.id, None)):
            self._judge(step.at - answer[0], *answer[1:])

    def _judge(self, wait: int, both: Both | None, open_ended: bool, others: dict[str, float | None]) -> None:
        if both is None or None in others.values():
            self.found.no_number += 1
            return
        scores = self.found.at_once if both.simulation.box.startswith("free") else self.found.queued
        for name, answer in others.items():
            scores[name].errors.append(answer - wait)
        for name, said in ((OURS, both.simulation.said), (LEARNED, both.learned.said)):
            low, middle, high = said
            scores[name].errors.append(middle - wait)
            scores[name].held += low <= wait and (open_ended or wait <= high)
            scores[name].late += not open_ended and wait > high
