"""The record of silent calls for help: who asked, when, who came, how long. For managers alone; nothing is said of it
anywhere else."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage.frame import blueprint
from reception.store import Step
from reception.web.access import only
from reception.web.parts import here

LOOKED_AT = 1000  # steps, closings of desks among them: months of a busy office
STEPS = ("help_asked", "help_answered", "help_ended", "closed")  # closing a desk ends its call, too


@dataclass(slots=True)
class CallForHelp:
    """One call: instants in UTC ms; `coming` and `answered_at` are None while nobody has said that they come."""

    desk: str
    asked_at: int
    by: str
    coming: str | None = None
    answered_at: int | None = None
    ended_at: int | None = None

    @property
    def until_answer_ms(self) -> int | None:
        return None if self.answered_at is None else self.answered_at - self.asked_at

    @property
    def lasted_ms(self) -> int | None:
        return None if self.ended_at is None else self.ended_at - self.asked_at


@blueprint.get("/help")
@only("manage")
def help_record(asker):
    """The last calls for help, the newest first, whoever came."""
    told = here().store.steps_named(here().settings.office.key, STEPS, limit=LOOKED_AT)
    return render_template("manage/help.html", asker=asker, calls=calls_for_help(told))


@blueprint.post("/help")
@only("manage")
def answer_help(asker):
    """ "I am coming", from whoever manages: the desk that called and the others see it."""
    desk = here().frontdesk.help(desk=request.form.get("desk", "")[:60], by=asker.by, step="answer")
    flash(_("%(desk)s sees that somebody is coming.", desk=here().settings.desk_named[desk.key].name), "done")
    return redirect(url_for("manage.now"))


def calls_for_help(steps: list[Step]) -> list[CallForHelp]:
    """The calls that steps (newest first) tell of, newest first. One that began before them is left out."""
    found, current = [], {}
    for step in reversed(steps):
        began = step.changes.get("help_at", [None, None])
        if began[1] is not None:
            current[step.desk] = CallForHelp(step.desk, step.at, step.by)
            found.append(current[step.desk])
        elif call := current.get(step.desk):
            if step.step == "help_answered":
                call.coming, call.answered_at = step.by, step.at
            elif began[0] is not None:
                current.pop(step.desk).ended_at = step.at
    return found[::-1]
