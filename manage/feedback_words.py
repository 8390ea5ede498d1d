"""Feedback in the words that managers read: kinds, steps, dates and what is to be done next. It decides nothing."""

from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from reception.feedback.rows import Feedback, Stage, next_date

KINDS = {"compliment": _l("Compliment"), "comment": _l("Comment"), "complaint": _l("Complaint")}
SOURCES = {
    "kiosk": _l("at the kiosk"),
    "phone": _l("on their phone"),
    "desk": _l("at a desk"),
    "api": _l("through another system"),
    "letter": _l("by letter"),
    "telephone": _l("by telephone"),
    "email": _l("by e-mail"),
}
FINDINGS = {
    "upheld": _l("Upheld"),
    "partly": _l("Upheld in part"),
    "not_upheld": _l("Not upheld"),
    "no_finding": _l("No finding"),
}
STATES = {
    "late": _l("Late"),
    "due": _l("Due soon"),
    "open": _l("Open"),
    "put_right": _l("Put right"),
    "answered": _l("Answered"),
    "closed": _l("Closed"),
    "withdrawn": _l("Withdrawn"),
}
STEPS = {
    "feedback_given": _l("Told"),
    "feedback_added": _l("More was written"),
    "feedback_read": _l("Was read"),
    "feedback_exported": _l("Was exported whole, for an ombudsman"),
    "feedback_assigned": _l("Given to somebody"),
    "feedback_acknowledged": _l("Acknowledged"),
    "feedback_extended": _l("The answer was put off"),
    "feedback_put_right": _l("Put right"),
    "feedback_answered": _l("Answered"),
    "feedback_escalated": _l("Taken to the next stage"),
    "feedback_passed_on": _l("Passed on"),
    "feedback_closed": _l("Closed"),
    "feedback_withdrawn": _l("Withdrawn"),
    "feedback_referred": _l("Told of the ombudsman"),
    "feedback_reminded": _l("A reminder of the date"),
    "feedback_team_told": _l("The theme’s team was told"),
    "feedback_undone": _l("Taken back"),
}
ASKED = {  # a step as it is offered
    "feedback_acknowledged": _l("Acknowledge it"),
    "feedback_answered": _l("Answer it"),
    "feedback_passed_on": _l("Pass it on"),
    "feedback_closed": _l("Close it"),
    "feedback_referred": _l("To the ombudsman"),
    "feedback_escalated": _l("Take it to the next stage"),
    "feedback_put_right": _l("It is put right"),
    "feedback_extended": _l("Put the answer off"),
    "feedback_assigned": _l("Give it to somebody"),
    "feedback_withdrawn": _l("It is withdrawn"),
}
LETTERS = {
    "acknowledged": _l("That it is here"),
    "extended": _l("That the answer takes longer"),
    "answered": _l("The answer"),
    "put_right": _l("That it is put right"),
}
TEXTS = {
    "text": _l("What they say"),
    "contact": _l("How to reach them"),
    "done": _l("What was done"),
    "reason": _l("Why the answer was put off"),
    "answer": _l("The answer"),
    "note": _l("Note"),
}


def text_words(kind: str) -> str:
    """The heading of a text by its kind: "answer 2" is "The answer, stage 2"."""
    name, _space, rest = kind.partition(" ")
    stage = rest.partition(".")[0]
    heading = str(TEXTS.get(name, name))
    return _("%(what)s, stage %(stage)s", what=heading, stage=stage) if stage.isdigit() else heading


def text_order(kind: str) -> tuple:
    """What was told comes first, then what the office wrote, stage by stage."""
    name, _space, rest = kind.partition(" ")
    return list(TEXTS).index(name) > 1, rest.partition(".")[0], list(TEXTS).index(name), kind


def letter_words(letter) -> str:
    """A letter's name in a list."""
    name = str(LETTERS[letter.kind])
    return _("%(what)s, stage %(stage)s", what=name, stage=letter.stage) if letter.stage > 1 else name


def step_words(step, name_of) -> str:
    """A step in a short sentence: what happened, and what it says besides."""
    said = str(STEPS.get(step.step, step.step.replace("_", " ").capitalize()))
    note, owner = step.note or {}, step.changes.get("owner", [None, None])[1]
    if step.step == "feedback_given":
        return _("%(what)s %(how)s", what=said, how=str(SOURCES[step.changes["source"][1]]))
    if step.step == "feedback_answered":
        return _("%(what)s: %(finding)s", what=said, finding=str(FINDINGS[note["finding"]]).lower())
    if step.step == "feedback_extended":
        before, after = (day(one) for one in step.changes["answer_on"])
        return _("%(what)s, from %(before)s to %(after)s", what=said, before=before, after=after)
    if step.step == "feedback_escalated":
        return _("%(what)s, to be answered by %(day)s", what=said, day=day(step.changes["answer_on"][1]))
    if step.step == "feedback_undone":
        return _("%(what)s: %(step)s", what=said, step=str(STEPS[note["step"]]).lower())
    if step.step == "feedback_reminded":
        return f"{said}: {day(note['day'])}"
    if step.step == "feedback_assigned" and not owner:
        return _("Given to nobody")
    if step.step == "feedback_assigned":
        return _("Given to %(name)s", name=name_of(owner) or _("somebody who has left"))
    return said


def day(iso: str) -> str:
    """ "Monday 9 March"."""
    return format_date(date.fromisoformat(iso), "EEEE d MMMM")


def what_next(feedback: Feedback, stage: Stage | None, days_left: int | None) -> str:
    """The one thing to be done, and by when, as the sentence that the page begins with."""
    if feedback.state != "open":
        return {
            "put_right": _("It was put right. Nothing is left to do."),
            "answered": _("It is answered."),
            "closed": _("It is closed."),
            "withdrawn": _("Whoever complained has withdrawn it."),
        }[feedback.state]
    if stage is None:
        return _("Pass it on to who is praised.") if feedback.kind == "compliment" else _("Read it, and close it.")
    acknowledging = stage.acknowledge_on and not stage.acknowledged_at
    by = day(next_date(feedback, stage))
    said = _("Acknowledge it by %(day)s", day=by) if acknowledging else _("Answer it by %(day)s", day=by)
    return f"{said}: {left(days_left)}."


def left(days: int) -> str:
    """How many working days are left, or have passed."""
    if days < 0:
        return ngettext("%(num)d working day late", "%(num)d working days late", -days)
    if days == 0:
        return _("that is today")
    return ngettext("%(num)d working day is left", "%(num)d working days are left", days)


def headline(late: int, due: int, still: int, *, narrowed: bool) -> str:
    """What the log comes to, or what is shown of it."""
    if not still and narrowed:
        return _("Nothing of this kind waits for an answer.")
    if not still:
        return _("Nothing waits for an answer.")
    said = ngettext("%(num)d is open", "%(num)d are open", still)
    more = []
    if late:
        more.append(ngettext("%(num)d is late", "%(num)d are late", late))
    if due:
        more.append(ngettext("%(num)d is due soon", "%(num)d are due soon", due))
    return f"{said}: {', '.join(more)}." if more else _("%(said)s, and none is due soon.", said=said)
