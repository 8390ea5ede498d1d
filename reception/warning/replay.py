"""How good warnings would have been at an office: its own record replayed, looked at after every step and each 30
seconds, as the server looks. Nobody heard of these warnings, so nobody was saved by one.
"""

from reception.estimate import DRAWS, estimate
from reception.estimate.learning import Learner
from reception.reading import Step
from reception.visit import Visit
from reception.warning.due import Target, due
from reception.warning.quality import Quality, quality
from reception.warning.rows import became

EVERY = 30_000


class WarningReplay:
    """Stands beside `estimate.evaluating.evaluate`: `before` and `after` each step. The first `burn_in` days only
    teach."""

    def __init__(self, settings, burn_in: int = 0, draws: int = DRAWS):
        self.target, self.burn_in, self.draws = Target.of(settings), burn_in, draws
        self.days, self._next = 0, 0
        self.left: dict[str, int] = {}  # who was warned of, and how long there was until the last call in time
        self.visits: dict[str, Visit] = {}

    @property
    def quality(self) -> Quality:
        fates = [(key, became(visit, visit.waits_from + self.target.target_ms)) for key, visit in self.visits.items()]
        return quality(fates, self.left)

    def before(self, step: Step, learner: Learner) -> None:
        """The looks that fall between the last step and this one."""
        floor = learner.floor
        if step.at >= floor.ends_at:
            self.days, self._next = self.days + 1, 0
        if self._next and self.days > self.burn_in:
            while self._next < step.at:
                floor.at = max(floor.at, self._next)
                self._look(learner)
                self._next += EVERY

    def after(self, step: Step, learner: Learner, visit: Visit | None) -> None:
        if self.days > self.burn_in:
            if visit:
                self.visits[visit.id] = visit
            self._look(learner)
            self._next = step.at + EVERY

    def _look(self, learner: Learner) -> None:
        snapshot = learner.floor.snapshot()
        waiting = [visit for visit in snapshot.line.waiting() if visit.id not in self.left]
        if not any(visit.seen_at is None for visit in waiting):
            return
        found = estimate(snapshot, learner.history, draws=self.draws, seed=snapshot.at)
        for near in due(waiting, found, learner.history, snapshot.at, self.target):
            self.left[near.visit.id] = near.left
