"""The papers of a complaint: its letters, to be printed or copied, and everything about it in one file for an
ombudsman. For those who may read what was written; that they did is recorded.
"""

import re

from flask import Response, render_template, request

from manage import feedback_words as said
from manage import words
from manage.feedback import may_read
from manage.frame import blueprint, desk_name
from manage.story import story
from reception.feedback.bundle import Everything, bundle
from reception.feedback.letters import letters_of, page_of
from reception.feedback.rows import Feedback
from reception.languages import CATALOGUES
from reception.reading import Step
from reception.refusals import Refusal
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import service_name
from reception.web.speaking import in_language, offered


@blueprint.get("/feedback/<feedback>/letters/<letter>")
@only("manage")
def feedback_letter(feedback, letter, asker):
    """One letter, as it is printed; with .txt, as it goes into an e-mail."""
    found, texts = _read(feedback, asker)
    key, _dot, kind = letter.partition(".")
    one = next((one for one in letters_of_feedback(found) if one.key == key), None)
    if one is None or kind not in ("", "txt"):
        raise Refusal("unknown_feedback", status=404)
    language = offered(here().settings, request.args.get("language"), found.language)
    with in_language(language):
        page = page_of(one, found, texts, here().settings)
    if kind == "txt":
        named = {"Content-Disposition": f'attachment; filename="{found.reference}-{key}.txt"'}
        return Response(page.text, content_type="text/plain; charset=utf-8", headers=named)
    return render_template(
        "manage/feedback_letter.html",
        asker=asker,
        feedback=found,
        letter=one,
        page=page,
        deleted=bool(one.words) and not texts.get(one.words),
        language=CATALOGUES[language],
        languages=[CATALOGUES[tag] for tag in here().settings.languages],
    )


@blueprint.post("/feedback/<feedback>/everything")
@only("manage")
def feedback_bundle(feedback, asker):
    """All that is held of a complaint, in one file."""
    parts, found = here(), _found(feedback, asker)
    texts = parts.frontdesk.export_feedback(feedback=found.id, by=asker.by)
    visit = parts.store.visit(parts.frontdesk.office, found.visit) if found.visit else None
    theme = parts.settings.feedback.theme.get(found.theme)
    held = Everything(
        office=parts.settings.office.name,
        zone=parts.settings.zone,
        feedback=found,
        named={
            "theme": theme.name if theme else found.theme,
            "service": found.service and service_name(found.service, parts.settings),
        },
        stages=parts.frontdesk.stages(found.id),
        timeline=_timeline(found),
        texts=[(re.sub("[ .]", "-", kind), said.text_words(kind), texts[kind]) for kind in sorted(texts)],
        letters=_letters(found, texts),
        visit=_visit(visit) if visit else [],
        visit_number=visit and visit.number,
        made_at=parts.frontdesk.now(),
        made_by=asker.name,
    )
    named = {"Content-Disposition": f'attachment; filename="{found.reference}.zip"'}
    return Response(bundle(held), content_type="application/zip", headers=named)


def letters_of_feedback(found: Feedback) -> list:
    """Every letter that there is of it."""
    parts = here()
    about = parts.store.steps_about(parts.frontdesk.office, found.id)
    return letters_of(parts.frontdesk.stages(found.id), about, parts.settings.zone)


def _letters(found: Feedback, texts: dict[str, str]) -> dict:
    """Each letter's words by its key, in the language in which it goes out."""
    with in_language(offered(here().settings, found.language)):
        return {one.key: page_of(one, found, texts, here().settings) for one in letters_of_feedback(found)}


# -- what goes into the file -----------------------------------------------------------------------------------------


def _timeline(found: Feedback) -> list[dict]:
    parts = here()
    return [
        {"at": step.at, "what": str(said.STEPS[step.step]), "by": _who(step.by), "step": step.step, "more": _more(step)}
        for step in parts.frontdesk.steps_of_feedback(found.id)
        if step.step in said.STEPS
    ]


def _more(step: Step) -> str:
    """What else a step says: the new date, what was found, to whom it was given, the stage that begins, what was taken
    back."""
    note, owner = step.note or {}, step.changes.get("owner", [None, None])[1]
    if "step" in note:
        return str(said.STEPS[note["step"]])
    if "finding" in note:
        return str(said.FINDINGS[note["finding"]])
    if "answer_on" in note:
        return note["answer_on"]
    return _who(owner) if owner else step.changes["answer_on"][1] if step.step == "feedback_escalated" else ""


def _visit(visit) -> list[dict]:
    told = story(here(), here().store.steps(here().frontdesk.office, visit=visit.id))
    return [
        {
            "at": one.at,
            "what": ". ".join((one.words, *one.more)),
            "by": _who(one.by),
            "step": one.step,
            "desk": desk_name(one.desk) if one.desk else "",
        }
        for one in told
    ]


def _who(by: str) -> str:
    return words.by(by, here().keys.name_of(by))


# -- helpers -----------------------------------------------------------------------------------------------------


def _read(feedback: str, asker) -> tuple[Feedback, dict[str, str]]:
    """A complaint and what was written about it, which is recorded as read."""
    found = _found(feedback, asker)
    return found, here().frontdesk.read_feedback(feedback=found.id, by=asker.by)


def _found(feedback: str, asker) -> Feedback:
    if not may_read(asker):
        raise Refusal("not_allowed", status=403)
    found = here().frontdesk.feedback(feedback)
    if found is None or found.kind != "complaint":
        raise Refusal("unknown_feedback", status=404)
    return found
