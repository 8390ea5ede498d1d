"""What somebody saw of feedback when they decided, and what was done to it since. Two people at one complaint undo
nothing of each other's unawares: what was decided on an older state is refused.
"""

from reception.feedback.giving import Giving
from reception.feedback.rows import Feedback, Stage
from reception.reading import Step
from reception.refusals import Refusal

UNDONE = "feedback_undone"
PRESSED = frozenset(
    f"feedback_{name}"
    for name in (
        *("assigned", "acknowledged", "extended", "put_right", "answered", "escalated"),
        *("passed_on", "closed", "withdrawn", "referred"),
    )
)
DONE = PRESSED | {UNDONE, "feedback_given", "feedback_added"}  # what another decision may hang on


class Seeing(Giving):
    """What has been done so far."""

    def stages(self, feedback: str, *, turn: bool = False) -> list[Stage]:
        """The stages that a complaint has come through, the first first."""
        return self.store.things(Stage, self.office, "AND feedback = ? ORDER BY stage", (feedback,), turn=turn)

    def steps_of_feedback(self, feedback: str, *, turn: bool = False) -> list[Step]:
        """Every step of it and of its stages, in order."""
        about = [feedback, *(stage.id for stage in self.stages(feedback, turn=turn))]
        steps = [step for key in about for step in self.store.steps_about(self.office, key, turn=turn)]
        return sorted(steps, key=lambda step: step.number)

    def newest_done_to_feedback(self, feedback: str, *, turn: bool = False) -> Step:
        """What was done last, by whomever; that somebody read it changes nothing."""
        return [one for one in self.steps_of_feedback(feedback, turn=turn) if one.step in DONE][-1]

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _as_seen(self, feedback: str, seen: int | None) -> Feedback:
        """It, unless something was done to it after the step of that number. None: however it stands."""
        found = self._feedback(feedback)
        if seen is not None and self.newest_done_to_feedback(feedback, turn=True).number > seen:
            raise Refusal("feedback_changed")
        return found
