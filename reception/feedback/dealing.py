"""Dealing with what people told: who does it, the stages of a complaint, and what the office did about it in the end.

Every step is recorded with who took it. Whoever may read feedback at all is the face's to check; that it was read is
recorded here.
"""

from dataclasses import replace

from reception import hours
from reception.feedback.life import FINDINGS, OPEN, possible, take, taken_back
from reception.feedback.rows import Feedback, SaidAndDone, Stage, standing
from reception.feedback.seen import Seeing
from reception.identifiers import uuid7
from reception.refusals import Refusal
from reception.room import Move, Room

FURTHEST_DAYS = 400
REFERRED = "feedback_referred"
LONGEST_PAIR = 240  # characters of what was said, and of what was done: the month's sheet has room for them


class Dealing(Seeing):
    """The buttons of whoever deals with feedback. `seen` is the number of the newest step that they saw
    (`newest_done_to_feedback`): refused where something was done since. None asks nothing."""

    def read_feedback(self, *, feedback: str, by: str) -> dict[str, str]:
        """What was written, by kind; that somebody read it is recorded once a day for each reader."""

        def rule(room: Room):
            found = self._feedback(feedback)
            told = self.store.particulars(self.office, [feedback], turn=True).get(feedback, {})
            today = self._day_ends(room.day) - 86_400_000
            reads = [step for step in self.store.steps_about(self.office, feedback, turn=True) if step.by == by]
            if not told or any(step.step == "feedback_read" and step.at >= today for step in reads):
                return [], told
            return [Move("feedback_read", found, found)], told

        return self._change(rule, by=by)

    def export_feedback(self, *, feedback: str, by: str) -> dict[str, str]:
        """What was written, by kind, to be handed out whole; each time is recorded."""

        def rule(room: Room):
            found = self._feedback(feedback)
            told = self.store.particulars(self.office, [feedback], turn=True).get(feedback, {})
            return [Move("feedback_exported", found, found)], told

        return self._change(rule, by=by)

    def assign_feedback(self, *, feedback: str, owner: str, by: str, seen: int | None = None) -> Feedback:
        """Gives it to a person ("person:ID") who may read it, and who is reminded of its dates; "" to nobody."""

        def rule(room: Room):
            found = self._as_seen(feedback, seen)
            state = take(found.kind, found.state, "feedback_assigned")
            after = replace(found, state=state, owner=self._reader(owner, room) if owner else None)
            return ([Move("feedback_assigned", found, after)] if after != found else []), after

        return self._change(rule, by=by)

    def acknowledge_feedback(self, *, feedback: str, by: str, seen: int | None = None) -> Feedback:
        """Whoever complained has been told that it is here, and by when it is answered."""

        def rule(room: Room):
            found, stage = self._with_stage(feedback, seen)
            take(found.kind, found.state, "feedback_acknowledged")
            if stage.acknowledged_at:
                raise Refusal("feedback_acknowledged_already")
            return [Move("feedback_acknowledged", stage, self._acknowledged(room, stage))], found

        return self._change(rule, by=by)

    def extend_feedback(self, *, feedback: str, by: str, reason: str, days: int, seen: int | None = None) -> Feedback:
        """So many working days more than were said, with the reason, which the letter gives. The figures go on counting
        from what was said first."""
        reason = self._words(reason=reason).get("reason")
        if not reason:
            raise Refusal("feedback_no_reason", status=422)

        def rule(room: Room):
            found, stage = self._with_stage(feedback, seen)
            take(found.kind, found.state, "feedback_extended")
            longest = self.settings.feedback.days_of(stage.stage).extend
            if not 1 <= days <= (longest or FURTHEST_DAYS):
                raise Refusal("feedback_extension", status=422, longest=longest or FURTHEST_DAYS)
            answer_on = self._working_day(max(stage.answer_on, room.day), days)
            later = replace(stage, answer_on=answer_on, extended=stage.extended + 1)
            after = replace(found, answer_on=answer_on)
            tells = {f"reason {stage.stage}.{later.extended}": reason}
            moves = [Move("feedback_extended", found, after, tells=tells, note={"answer_on": answer_on})]
            return [*moves, Move("feedback_stage", stage, later)], after

        return self._change(rule, by=by)

    def put_feedback_right(self, *, feedback: str, by: str, done: str, seen: int | None = None) -> Feedback:
        """What was wrong is right again, and whoever complained is content with that."""
        tells = self._words(done=done)
        if not tells:
            raise Refusal("feedback_no_words", status=422)

        def rule(room: Room):
            found, stage = self._with_stage(feedback, seen)
            after = self._ended(room, found, take(found.kind, found.state, "feedback_put_right"))
            moves = [Move("feedback_put_right", found, after, tells=tells)]
            return [*moves, Move("feedback_stage", stage, self._answered(room, stage, None))], after

        return self._change(rule, by=by)

    def answer_feedback(
        self, *, feedback: str, by: str, finding: str, answer: str, seen: int | None = None
    ) -> Feedback:
        """The answer of the present stage, in the words of the letter."""
        words = self._words(answer=answer).get("answer")
        if finding not in FINDINGS:
            raise Refusal("feedback_finding", status=422, finding=finding, findings=", ".join(FINDINGS))
        if not words:
            raise Refusal("feedback_no_words", status=422)

        def rule(room: Room):
            found, stage = self._with_stage(feedback, seen)
            after = self._ended(room, found, take(found.kind, found.state, "feedback_answered"))
            tells = {f"answer {stage.stage}": words}
            moves = [Move("feedback_answered", found, after, tells=tells, note={"finding": finding})]
            return [*moves, Move("feedback_stage", stage, self._answered(room, stage, finding))], after

        return self._change(rule, by=by)

    def escalate_feedback(self, *, feedback: str, by: str, seen: int | None = None) -> Feedback:
        """Whoever complained is not content: the next stage begins."""

        def rule(room: Room):
            found = self._as_seen(feedback, seen)
            state = take(found.kind, found.state, "feedback_escalated")
            if found.stage >= len(self.settings.feedback.days):
                raise Refusal("feedback_last_stage")
            stage = self._stage(room, found, found.stage + 1)
            after = replace(found, state=state, stage=stage.stage, answer_on=stage.answer_on, ended_at=None)
            return [Move("feedback_escalated", found, after), Move("feedback_stage", None, stage)], after

        return self._change(rule, by=by)

    def end_feedback(
        self, *, feedback: str, by: str, step: str, note: str = "", desks: str = "", seen: int | None = None
    ) -> Feedback:
        """Without an answer: passed on to who is praised, closed, or withdrawn by whoever complained; or, after
        the last stage, sent on to the ombudsman. `step` is the step's name; `desks` where the note stands as a message:
        a desk's key or "all"."""
        tells = {f"note {step}": text for text in self._words(note=note).values()}
        message = self._ruling("message", desks, "shown", by, note) if desks else None

        def rule(room: Room):
            found = self._as_seen(feedback, seen)
            if step not in possible(found.kind, found.state, last_stage=self.is_last_stage(found)):
                raise Refusal("feedback_step", state=found.state, kind=found.kind)
            state = take(found.kind, found.state, step)
            if step == REFERRED and self.is_referred(feedback, turn=True):
                return [], found
            after = found if state == found.state else self._ended(room, found, state)
            return [Move(step, found, after, tells=tells), *(message(room)[0] if message else [])], after

        return self._change(rule, by=by)

    def complaints_due(self) -> dict[str, int]:
        """`{late, due}`: how many open complaints are past their next date, and how many reach it soon."""
        today = hours.day_of(self.now(), self.settings.zone)
        found = self.store.things(Feedback, self.office, "AND state = 'open' AND kind = 'complaint'")
        soon = self.by_when(days=self.settings.feedback.remind_days_before) if found else today
        how = [standing(one, self.stages(one.id)[-1], today, soon) for one in found]
        return {"late": how.count("late"), "due": how.count("due")}

    def is_referred(self, feedback: str, *, turn: bool = False) -> bool:
        """Whether who complained has been told of the ombudsman, and no stage began since."""
        steps = self.store.steps_about(self.office, feedback, turn=turn)
        stood = [step.step for step in steps if step.press not in taken_back(steps)]
        return next((step for step in reversed(stood) if step in (REFERRED, "feedback_escalated")), None) == REFERRED

    def is_last_stage(self, feedback: Feedback) -> bool:
        return feedback.stage >= len(self.settings.feedback.days)

    # -- you said, we did ---------------------------------------------------------------------------------------

    def say_what_was_done(
        self, *, said: str, did: str, by: str, theme: str | None = None, show: bool = True, once=None
    ) -> SaidAndDone:
        """What people said and what came of it, before everybody from now on, or kept for later. It names nobody."""
        tells = self._words(said=said, did=did)
        if len(tells) < 2:
            raise Refusal("said_and_done_empty", status=422)
        if max(map(len, tells.values())) > LONGEST_PAIR:
            raise Refusal("text_too_long", status=422, longest=LONGEST_PAIR)

        def rule(room: Room):
            if theme is not None and theme not in self.settings.feedback.theme:
                raise Refusal("feedback_theme", status=422, theme=theme, themes=", ".join(self.settings.feedback.theme))
            made = SaidAndDone(uuid7(room.at), room.at, by, theme, shown_at=room.at if show else None)
            return [Move("said_and_done", None, made, tells=tells)], made

        return self._change(rule, by=by, once=once)

    def show_what_was_done(self, *, said_and_done: str, show: bool, by: str) -> SaidAndDone:
        """Puts it before the public, or takes it from there."""

        def rule(room: Room):
            found = self.store.thing(SaidAndDone, self.office, said_and_done, turn=True)
            if not found:
                raise Refusal("unknown_feedback", status=404)
            if show == found.is_shown:
                return [], found
            if show:
                after, step = replace(found, shown_at=room.at, hidden_at=None), "said_and_done_shown"
            else:
                after, step = replace(found, hidden_at=room.at), "said_and_done_hidden"
            return [Move(step, found, after)], after

        return self._change(rule, by=by)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _with_stage(self, feedback: str, seen: int | None) -> tuple[Feedback, Stage]:
        """A complaint in one of its stages, with it."""
        found = self._as_seen(feedback, seen)
        stages = self.stages(feedback, turn=True)
        if found.state != OPEN or not stages:
            raise Refusal("feedback_step", state=found.state, kind=found.kind)
        return found, stages[-1]

    def _reader(self, owner: str, room: Room) -> str:
        kind, _colon, key = owner.partition(":")
        if kind != "person":
            raise Refusal("unknown_person", status=404)
        self._person(owner, room)
        found = self.store.execute("SELECT role, sign_in FROM people WHERE id = ?", (key,)).fetchone()
        if not self.settings.feedback.is_read_by(*found):
            raise Refusal("feedback_owner", status=422)
        return owner

    def _acknowledged(self, room: Room, stage: Stage) -> Stage:
        return replace(stage, acknowledged_at=room.at, acknowledged_on=room.day)

    def _answered(self, room: Room, stage: Stage, finding: str | None) -> Stage:
        """An answer acknowledges, too."""
        known = stage if stage.acknowledged_at else self._acknowledged(room, stage)
        return replace(known, answered_at=room.at, answered_on=room.day, finding=finding)

    def _ended(self, room: Room, found: Feedback, state: str) -> Feedback:
        return replace(found, state=state, ended_at=room.at, forget_at=self._feedback_forgotten_at(room.at))
