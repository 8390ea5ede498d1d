"""How it went, told on a phone: after one's own visit, by the code at the exit, or in more words than at the kiosk.

    /t/<token>/feedback    about a visit: its link is the key, and they are counted by visit
    /feedback              about none, by anybody: these are counted by address, and a form carries a secret of its own
    /feedback/code.svg     the code of that page, to hang at the exit
    /feedback/<told>       what was noted: its reference, and room for words where there are none

Its link is signed (reception/web/noted.py). Nothing that somebody wrote is ever shown again here.
"""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _

from phone.pages import gone, ways
from phone.place import visit_of
from reception.door import Answered, Once
from reception.feedback.life import OPEN
from reception.identifiers import digest
from reception.identifiers import token as random
from reception.refusals import Refusal
from reception.web.noted import by_words, ending, noted, said_and_did
from reception.web.parts import here
from reception.web.qr import drawing
from reception.web.saying import typed
from reception.web.speaking import offered, speak, spoken

blueprint = Blueprint("feedback", __name__)
FIELDS = ("kind", "theme", "text", "contact")
LONGEST_TELLING = 64
NOBODY = "feedback"  # holds the answers to forms that came without a link
WRONG = {
    "feedback_kind": _("Choose what it is: something good, an idea, or a complaint."),
    "feedback_theme": _("Choose what it is about, or write it in your own words."),
    "feedback_nothing": _("Choose what it is about, or write it in your own words."),
    "text_too_long": _("Please write it shorter: at most %(longest)s letters are kept."),
    "too_many_guesses": _("We cannot note more from here just now. Please try again later, or tell a member of staff."),
    "feedback_no_words": _("Write a few words, or say how we can reach you."),
}
NO_MORE = ("feedback_has_words", "feedback_step")  # words are there, or it has ended: these are not kept


@blueprint.record_once
def a_link_is_a_key(state) -> None:
    for view in (of_visit, of_noted):
        state.app.extensions["csrf"].exempt(f"{view.__module__}.{view.__name__}")


@blueprint.context_processor
def shared() -> dict:
    return {**ways(), "longest": here().settings.feedback.longest, "own_address": request.full_path.rstrip("?")}


@blueprint.route("/feedback", methods=["GET", "POST"])
def by_anybody():
    if not here().settings.feedback.public:
        abort(404)
    return _tell(None, by="visitor", holder=NOBODY)


@blueprint.get("/feedback/code.svg")
def code():
    """The code to hang at the exit: it leads to the page for anybody."""
    if not here().settings.feedback.public:
        abort(404)
    return Response(drawing(f"{here().settings.address}/feedback"), content_type="image/svg+xml")


@blueprint.route("/t/<token>/feedback", methods=["GET", "POST"])
def of_visit(token: str):
    visit = visit_of(here(), token)
    if visit is None:
        return gone()
    speak(offered(here().settings, request.args.get("language"), visit.reads))
    return _tell(visit, by=f"visit:{visit.id}", holder=visit.id)


@blueprint.route("/feedback/<told>", methods=["GET", "POST"])
def of_noted(told: str):
    """What was noted; words for it, once."""
    found = noted(told)
    if found is None:
        return gone()
    said, wrong, lost = {}, None, False
    if request.method == "POST":
        said = _typed("text", "contact")
        try:
            here().frontdesk.add_to_feedback(feedback=found.id, by="visitor", **said)
            return _to(found.id, added=1)
        except Refusal as refusal:
            lost = refusal.key in NO_MORE
            wrong = None if lost else _wrong(refusal)
    return _told(found, said, wrong, lost), 422 if wrong else 200


def _told(found, said: dict, wrong: str | None, lost: bool) -> str:
    is_open = found.state == OPEN
    words = {"text", "contact"} & set(here().frontdesk.told_of_feedback(found.id))
    return render_template(
        "phone/told.html",
        reference=found.reference,
        by=by_words(found.answer_on if is_open else None, reached="contact" in words),
        more=is_open and not words,
        added="added" in request.args and not lost,
        lost=lost,
        did=said_and_did(found.theme),
        said=said,
        wrong=wrong,
    )


# -- the form ------------------------------------------------------------------------------------------------------


def _tell(visit, *, by: str, holder: str):
    """Shows the form; notes what it says once, and goes to what was noted."""
    if request.method == "GET":
        return _form(visit)
    telling, said = request.form.get("telling", "")[:LONGEST_TELLING] or random(), _typed(*FIELDS)
    try:
        words = digest(repr((telling, sorted(said.items()))))  # changed, the form is another question
        return _to(_note(visit, said, by, Once(holder, f"feedback {words}", _stored)))
    except Refusal as refusal:
        return _form(visit, telling=telling, said=said, wrong=_wrong(refusal)), refusal.status


def _note(visit, said: dict, by: str, once: Once) -> str:
    """The id of what was noted, now or before. So many about one visit; without one, from one address."""
    counted = ("feedback_of_visit", visit.id) if visit else ("feedback", once.key)
    here().guesses.check(*counted)
    try:
        about = {"kind": "", "visit": visit and visit.id, **said}
        made = here().frontdesk.give_feedback(**about, source="phone", by=by, language=spoken(), once=once)
    except Answered as before:
        return before.body
    here().guesses.wrong(*counted)
    return made.id


def _form(visit, telling: str = "", said: dict | None = None, wrong: str | None = None) -> str:
    return render_template(
        "phone/tell.html",
        visit=visit,
        telling=telling or random(),
        said=said or {},
        wrong=wrong,
        themes=here().settings.feedback.themes,
        secret=visit is None,
    )


def _to(feedback: str, **more):
    kept = {name: request.args.get(name) for name in ("language", "text")}
    if spoken() != here().settings.languages[0]:
        kept["language"] = spoken()
    return redirect(url_for("feedback.of_noted", told=ending(feedback), **kept, **more), 303)


def _typed(*names: str) -> dict:
    longest = here().settings.feedback.longest + 1  # what is longer, the front desk refuses
    return {name: found for name in names if (found := typed(name, longest, lines=name == "text"))}


def _wrong(refusal: Refusal) -> str:
    if refusal.key not in WRONG:
        raise refusal
    return str(WRONG[refusal.key]) % refusal.values


def _stored(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):
        raise answer
    return 303, answer.id
