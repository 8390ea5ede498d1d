"""One thing that was told: what was written, what happened to it, and the step that comes next as the main button.

What was written is shown to those alone who may read it, and that they did is recorded. Every decision is the front
desk's (reception/feedback/dealing.py).
"""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage import feedback_words as said
from manage import words
from manage.feedback import log_row, may_read, those_who_read
from manage.feedback_papers import letters_of_feedback
from manage.frame import blueprint, newest_seen
from reception.door import Answered
from reception.feedback.life import FINDINGS, PUT_RIGHT, possible, taken_back
from reception.feedback.rows import Feedback
from reception.feedback.seen import UNDONE
from reception.hours import local
from reception.refusals import Refusal
from reception.web import times
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import today, typed
from reception.web.showing import once, showing
from reception.web.words import sentence

LONGEST_NUMBER = 16
LONGEST = 20_001  # of a text that is looked at: the front desk says how much is kept
ENDING = ("feedback_closed", "feedback_withdrawn", "feedback_referred")
TYPED = ("answer", "reason", "done", "note")
UNTOLD = ("feedback_stage",)  # what changes in a stage stands in the step beside it


@blueprint.get("/feedback/<feedback>")
@only("manage")
def one_feedback(feedback, asker):
    return _page(asker, _found(feedback))


@blueprint.post("/feedback/<feedback>/take-back")
@only("manage")
def take_back_feedback(feedback, asker):
    """Takes back what was done last; what was written with it stands in its form again, to be put right."""
    found, press = _found(feedback), typed("press", LONGEST_NUMBER)
    if not may_read(asker):
        raise Refusal("not_allowed", status=403)
    frontdesk = here().frontdesk
    last, told = frontdesk.last_done_to_feedback(found.id), frontdesk.read_feedback(feedback=found.id, by=asker.by)
    try:
        frontdesk.take_back_feedback(feedback=found.id, press=int(press) if press.isdecimal() else 0, by=asker.by)
    except Refusal as refusal:
        return _page(asker, found, wrong=sentence(refusal, here().settings), step=UNDONE), refusal.status
    flash(_("It is taken back: %(what)s.", what=str(said.STEPS[last.step]).lower()), "done")
    return _page(asker, found, step=last.step, form=_written_with(last, told))


def _written_with(step, told: dict[str, str]) -> dict[str, str]:
    """The fields of the form that a step was taken with."""
    fields = {kind.partition(" ")[0]: told.get(kind, "") for kind in (step.note or {}).get("recorded", ())}
    return fields | {"finding": (step.note or {}).get("finding", "")}


@blueprint.post("/feedback/<feedback>/<step>")
@only("manage")
def deal_with_feedback(feedback, step, asker):
    """Takes a step; what was typed stays where it is refused."""
    found = _found(feedback)
    taken = STEPS.get(step) or (_ended if step in ENDING else None)
    if taken is None:
        raise Refusal("unknown_feedback", status=404)
    if not may_read(asker):
        raise Refusal("not_allowed", status=403)
    try:
        done = taken(found, {"by": asker.by, "seen": newest_seen()}, step)
    except Refusal as refusal:
        wrong = _changed(found) if refusal.key == "feedback_changed" else sentence(refusal, here().settings)
        return _page(asker, found, wrong=wrong, step=step, form=request.form), refusal.status
    flash(done, "done")
    return redirect(url_for("manage.one_feedback", feedback=found.id))


def _changed(found: Feedback) -> str:
    """Who did what after the page was opened."""
    last, keys = here().frontdesk.newest_done_to_feedback(found.id), here().keys
    return _(
        "Nothing was done: something has happened since you opened this page. %(who)s, %(when)s: %(what)s. "
        "Look at it again; what you typed is still here.",
        who=words.by(last.by, keys.name_of(last.by)),
        when=words.moment(local(last.at, here().settings.zone), today()),
        what=said.step_words(last, keys.name_of),
    )


# -- steps: each takes it, and says that it is done. `how` is by whom, and what they saw ---------------------------


def _acknowledged(found: Feedback, how: dict, _step: str) -> str:
    here().frontdesk.acknowledge_feedback(feedback=found.id, **how)
    return _("It is acknowledged. The letter is ready below.")


def _answered(found: Feedback, how: dict, _step: str) -> str:
    here().frontdesk.answer_feedback(
        feedback=found.id, finding=request.form.get("finding", ""), answer=_typed("answer"), **how
    )
    return _("It is answered. The letter is ready below.")


def _put_right(found: Feedback, how: dict, _step: str) -> str:
    here().frontdesk.put_feedback_right(feedback=found.id, done=_typed("done"), **how)
    return _("It is noted as put right. The letter is ready below.")


def _extended(found: Feedback, how: dict, _step: str) -> str:
    days = typed("days", LONGEST_NUMBER)
    later = here().frontdesk.extend_feedback(
        feedback=found.id, reason=_typed("reason"), days=int(days) if days.isascii() and days.isdigit() else 0, **how
    )
    day = said.day(later.answer_on)
    return _("The answer is put off to %(day)s. The letter is ready below.", day=day)


def _assigned(found: Feedback, how: dict, _step: str) -> str:
    after = here().frontdesk.assign_feedback(feedback=found.id, owner=request.form.get("owner", ""), **how)
    name = here().keys.name_of(after.owner)
    return _("It is %(name)s’s now.", name=name) if name else _("It is nobody’s now.")


def _escalated(found: Feedback, how: dict, _step: str) -> str:
    after = here().frontdesk.escalate_feedback(feedback=found.id, **how)
    day = said.day(after.answer_on)
    return _("Stage %(stage)s has begun, and is to be answered by %(day)s.", stage=after.stage, day=day)


def _passed_on(found: Feedback, how: dict, step: str) -> str:
    """Its note may stand at a desk, or at all of them, as other messages do."""
    return _ended(found, how, step, desks=request.form.get("desks", ""))


def _ended(found: Feedback, how: dict, step: str, desks: str = "") -> str:
    here().frontdesk.end_feedback(feedback=found.id, step=step, note=_typed("note"), desks=desks, **how)
    return _("Done: %(what)s.", what=str(said.STEPS[step]))


STEPS = {
    "feedback_acknowledged": _acknowledged,
    "feedback_answered": _answered,
    "feedback_put_right": _put_right,
    "feedback_extended": _extended,
    "feedback_assigned": _assigned,
    "feedback_escalated": _escalated,
    "feedback_passed_on": _passed_on,
}


def _typed(name: str) -> str:
    """What was typed into a longer field, with its lines."""
    return typed(name, LONGEST, unseen="", lines=True)


# -- the page ------------------------------------------------------------------------------------------------------


def _page(asker, found: Feedback, *, wrong: str | None = None, step: str = "", form=None) -> str:
    parts, reads = here(), may_read(asker)
    frontdesk, settings = parts.frontdesk, parts.settings.feedback
    seen = frontdesk.newest_done_to_feedback(found.id).number  # first: whatever comes meanwhile was not seen
    found = frontdesk.feedback(found.id)
    stages = frontdesk.stages(found.id)
    soon = frontdesk.by_when(days=settings.remind_days_before)
    row = log_row(found, stages[-1] if stages else None, today().isoformat(), soon)
    told = frontdesk.read_feedback(feedback=found.id, by=asker.by) if reads else {}
    steps = possible(found.kind, found.state, last_stage=frontdesk.is_last_stage(found))
    if frontdesk.is_referred(found.id):
        steps = [one for one in steps if one != "feedback_referred"]
    if row["stage"] and row["stage"].acknowledged_at:
        steps = [one for one in steps if one != "feedback_acknowledged"]
    return render_template(
        "manage/one_feedback.html",
        asker=asker,
        row=row,
        feedback=found,
        stages=stages,
        reads=reads,
        texts=[(kind, said.text_words(kind), told[kind]) for kind in sorted(told, key=said.text_order)],
        deleted=found.forget_at < frontdesk.now(),
        has_words=bool(told) or bool(frontdesk.told_of_feedback(found.id)),
        says=said.what_next(found, row["stage"], row["left"]),
        story=_story(found),
        letters=letters_of_feedback(found) if found.kind == "complaint" else [],
        steps=steps if reads else [],
        last=frontdesk.last_done_to_feedback(found.id) if reads else None,
        first=_first_step(found, row["stage"], steps) if reads else None,
        visit=parts.store.visit(frontdesk.office, found.visit) if found.visit else None,
        people=those_who_read(),
        findings=FINDINGS,
        desks=parts.settings.desks,
        longest_extension=settings.days_of(found.stage).extend if found.stage else None,
        ombudsman=settings.ombudsman.name,
        keep_until=times.day(local(found.forget_at - 1, parts.settings.zone).date()),
        said=said,
        seen=seen,
        wrong=wrong,
        wrong_step=step,
        offered=step in (*steps, UNDONE),
        kept=[text for name in TYPED if (text := (form or {}).get(name))],
        form=form or {},
    )


def _first_step(found: Feedback, stage, steps: list[str]) -> str | None:
    """What the page's main button does: what is due first. What was put right needs nothing more."""
    if found.state == PUT_RIGHT:
        return None
    if "feedback_acknowledged" in steps and stage and stage.acknowledge_on:
        return "feedback_acknowledged"
    if found.kind == "compliment" and "feedback_passed_on" in steps:
        return "feedback_passed_on"
    return next((one for one in ("feedback_answered", "feedback_closed", "feedback_referred") if one in steps), None)


def _story(found: Feedback) -> list[dict]:
    """What happened, the first first: `{at, step, words, by, undone}`."""
    parts = here()
    steps = parts.frontdesk.steps_of_feedback(found.id)
    undone = taken_back(steps)
    return [
        {
            "at": one.at,
            "step": one.step,
            "words": said.step_words(one, parts.keys.name_of),
            "by": words.by(one.by, parts.keys.name_of(one.by)),
            "undone": one.press in undone,
        }
        for one in steps
        if one.step not in UNTOLD
    ]


def _found(feedback: str) -> Feedback:
    found = here().frontdesk.feedback(feedback[:60])
    if found is None:
        raise Refusal("unknown_feedback", status=404)
    return found


# -- noting what came by letter, by telephone or in person ---------------------------------------------------------


@blueprint.get("/feedback/new")
@only("manage")
def new_feedback(asker):
    return _new(asker)


@blueprint.post("/feedback/new")
@only("manage")
def note_feedback(asker):
    """What came by letter, by telephone or in person, written down."""
    told = {name: typed(name) for name in ("kind", "source", "theme", "service", "contact")}
    told |= {name: _typed(name) for name in ("text", "put_right")}
    try:
        given = {name: text or None for name, text in told.items()}
        made = here().frontdesk.give_feedback(**given, by=asker.by, once=once(asker, "feedback"))
    except Answered as before:
        made = _found(before.body)
    except Refusal as refusal:
        return _new(asker, wrong=sentence(refusal, here().settings), form=request.form), refusal.status
    flash(_("It is noted as %(reference)s.", reference=made.reference), "done")
    return redirect(url_for("manage.one_feedback", feedback=made.id))


def _new(asker, wrong: str | None = None, form=None) -> str:
    settings = here().settings
    return render_template(
        "manage/new_feedback.html",
        asker=asker,
        showing=showing(),
        said=said,
        sources=("letter", "telephone", "email", "desk"),
        themes=settings.feedback.themes,
        services=settings.services,
        answer_days=settings.feedback.days[0].answer,
        wrong=wrong,
        form=form or {},
    )
