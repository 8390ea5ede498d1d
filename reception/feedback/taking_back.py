"""Taking back a step of feedback that was pressed by mistake: each field goes back to what it was, and the record keeps
both. What has left the house, such as a letter that was posted, it cannot call back.

A press is taken back whole, and only the newest that still stands; what visitors told and what was reminded never is.
"""

from dataclasses import replace

from reception.feedback.dealing import Dealing
from reception.feedback.life import taken_back
from reception.feedback.rows import Feedback, Stage
from reception.feedback.seen import PRESSED, UNDONE
from reception.reading import Step
from reception.refusals import Refusal
from reception.room import Move, Room


class TakingBack(Dealing):
    """The button beside what was done last."""

    def last_done_to_feedback(self, feedback: str, *, turn: bool = False) -> Step | None:
        """The newest step that can be taken back. What was put right as it was told is as it was told."""
        steps = self.steps_of_feedback(feedback, turn=turn)
        kept = taken_back(steps) | {step.press for step in steps if step.step == "feedback_given"}
        return next((one for one in reversed(steps) if one.step in PRESSED and one.press not in kept), None)

    def take_back_feedback(self, *, feedback: str, press: int, by: str) -> Feedback:
        """Takes back what the newest press did, which is to be this one; what was written with it goes, too."""

        def rule(room: Room):
            found = self._feedback(feedback)
            last = self.last_done_to_feedback(feedback, turn=True)
            if last is None or last.press != press:
                raise Refusal("feedback_overtaken")
            steps = self.store.press(self.office, press, turn=True)
            own = next((_as_before(found, step) for step in steps if step.about == feedback), found)
            moves = [Move(UNDONE, found, own, undoes=press, note={"step": last.step})]
            moves += [self._stage_as_before(feedback, step) for step in steps if step.about.startswith(f"{feedback} ")]
            return moves + [move for step in steps if (move := self._message_gone(room, step, by))], own

        return self._change(rule, by=by)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _stage_as_before(self, feedback: str, step: Step) -> Move:
        """A stage that the step began is there no more: nothing is promised of it."""
        stage = next(one for one in self.stages(feedback, turn=True) if one.id == step.about)
        if "began_at" not in step.changes:
            return Move("feedback_stage", stage, _as_before(stage, step), undoes=step.press)
        self.store.execute(
            f"DELETE FROM {Stage.table} WHERE office = ? AND feedback = ? AND stage = ?",
            (self.office, feedback, stage.stage),
        )
        return Move("feedback_stage", stage, None, undoes=step.press, tells_about=stage.id)

    def _message_gone(self, room: Room, step: Step, by: str) -> Move | None:
        """The message that a compliment was passed on with stands at no desk any more, unless another does by now."""
        stands = room.rulings.get(step.about) if step.step == "ruled" else None
        if stands is None or stands.value is None or stands.at != step.at:
            return None
        gone = replace(stands, value=None, until_at=None, by=by, at=room.at)
        return Move("ruled", stands, gone, note={"kind": stands.kind, "subject": stands.subject})


def _as_before(row, step: Step):
    if any(getattr(row, name) != new for name, (_old, new) in step.changes.items()):
        raise Refusal("feedback_overtaken")
    return replace(row, **{name: old for name, (old, _new) in step.changes.items()})
