"""Reminders of a complaint's dates: some working days before, and on the day itself, once each; and telling a team of
what is new about its theme.

That somebody was reminded is a step, so that a restart reminds nobody twice. Who is told and how is the asker's to say;
what is late stands on the managers' page whether anybody was reminded or not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from reception import hours, workdays
from reception.feedback.life import OPEN
from reception.feedback.rows import Feedback, Stage
from reception.feedback.taking_back import TakingBack
from reception.mail import can_mail
from reception.room import Move, Room

BEFORE, DUE, NEW = "before", "due", "new"
NEWS = timedelta(days=7)  # older is nothing new any more, such as where mail is set up later
STEPS = {BEFORE: "feedback_reminded", DUE: "feedback_reminded", NEW: "feedback_team_told"}


@dataclass(frozen=True, slots=True)
class Reminder:
    """That something is to be done about a complaint (`what`: acknowledge or answer) by the ISO date `day`. `when` is
    before or due; `left` are the working days that are left, below 0 once it is over. Or that something is new (`when`
    and `what`: new), told on that day."""

    feedback: Feedback
    what: str
    day: str
    when: str
    left: int

    @property
    def note(self) -> dict[str, str]:
        """What its step remembers: the same is never said again."""
        return {"what": self.what, "day": self.day, "when": self.when}


class Reminding(TakingBack):
    """What the clock asks."""

    def remind_of_feedback(self, tell: Callable | None = None) -> list[Reminder]:
        """The reminders that are due and were not given yet, each noted as given. `tell(store, reminder, at)` is called
        for each in the transaction that notes it."""
        if not self._reminders(hours.day_of(self.now(), self.settings.zone), turn=False):
            return []

        def rule(room: Room):
            found = self._reminders(room.day, turn=True)
            for reminder in found if tell else ():
                tell(self.store, reminder, room.at)
            return [Move(STEPS[one.when], one.feedback, one.feedback, note=one.note) for one in found], found

        return self._change(rule, by="system")

    def _reminders(self, today: str, *, turn: bool) -> list[Reminder]:
        """Those of everything open, without what was said before."""
        since = (date.fromisoformat(today) - NEWS).isoformat()
        where = "AND state = ? AND (kind = 'complaint' OR made_on >= ?) ORDER BY answer_on, id"
        opened = self.store.things(Feedback, self.office, where, (OPEN, since), turn=turn)
        found = []
        for one in opened:
            stages = self.stages(one.id, turn=turn) if one.kind == "complaint" else []
            news = self._news(one) if one.made_on >= since else []
            reminders = news + (self._of_stage(one, stages[-1], today) if stages else [])
            if reminders:
                told = self.store.steps_about(self.office, one.id, turn=turn)
                given = [step.note for step in told if step.step in STEPS.values()]
                found += [reminder for reminder in reminders if reminder.note not in given]
        return found

    def _news(self, feedback: Feedback) -> list[Reminder]:
        """That it is new, where its theme has a team that can be told."""
        told = can_mail(self.settings) and self.settings.feedback.team_email(feedback.theme, self.settings.team)
        return [Reminder(feedback, NEW, feedback.made_on, NEW, 0)] if told else []

    def _of_stage(self, feedback: Feedback, stage: Stage, today: str) -> list[Reminder]:
        """The acknowledgement while it is out, and the answer, where their time is near or over."""
        days = {"answer": stage.answer_on}
        if stage.acknowledge_on and not stage.acknowledged_at:
            days = {"acknowledge": stage.acknowledge_on, **days}
        found = []
        for what, day in days.items():
            left = workdays.days_between(date.fromisoformat(today), date.fromisoformat(day), **self._calendar)
            if today >= day:
                found.append(Reminder(feedback, what, day, DUE, left))
            elif left <= self.settings.feedback.remind_days_before:
                found.append(Reminder(feedback, what, day, BEFORE, left))
        return found
