"""The visitor's own page, and its forms for browsers that run no scripts.

A link that never was and one that has run out look the same. It is all that a form needs to show: nobody who does not
have the link can send one for it, so there is no cookie.
"""

from urllib.parse import urlencode

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from phone.asking import ask
from phone.place import place_of, visit_of
from phone.words import REFUSED
from reception.languages import CATALOGUES
from reception.refusals import Refusal
from reception.web.parts import here
from reception.web.saying import time_of_day
from reception.web.speaking import in_language, offered, speak, spoken

blueprint = Blueprint("phone", __name__, url_prefix="/t", static_folder="static", template_folder="templates")
FORMS = {"late": "tell_late", "here": "tell_here", "leave": "leave"}  # the address's end -> the question


@blueprint.record_once
def the_link_is_the_key(state) -> None:
    state.app.extensions["csrf"].exempt(blueprint)


@blueprint.record_once
def how_it_went(state) -> None:
    from phone.feedback import blueprint as of_feedback  # it shares what stands below

    state.app.register_blueprint(of_feedback)


@blueprint.context_processor
def ways() -> dict:
    """For both pages: the languages to choose from, and the page's own address with something of it changed."""
    kept = {"language": request.args.get("language"), "text": "large" if _is_large() else None}

    def own(**changed) -> str:
        return f"?{urlencode({name: value for name, value in (kept | changed).items() if value})}"

    return {"languages": [CATALOGUES[tag] for tag in here().settings.languages], "own": own, "large": _is_large()}


@blueprint.get("/<token>")
def page(token: str):
    parts = here()
    visit = visit_of(parts, token)
    if visit is None:
        return gone()

    speak(offered(parts.settings, request.args.get("language"), visit.reads))
    g.may_be_compressed = True  # nobody who does not have the link can ask for it, or choose a word on it
    said = request.args.get("refused", "")
    return render_template(
        "phone/place.html",
        place=place_of(parts, visit, parts.faces["/phone"].look()),
        token=token,
        minutes=parts.settings.phone.late_minutes,
        refused=str(REFUSED[said]) if said in REFUSED else None,
        time_of_day=time_of_day,
    )


@blueprint.post("/<token>/<any(late, here, leave):asked>")
def answer(token: str, asked: str):
    """A form of the page; back to it, with what was refused."""
    minutes = request.form.get("minutes", "")
    said = {"minutes": int(minutes) if minutes.isdecimal() and len(minutes) < 5 else 0} if asked == "late" else {}
    kept = {name: request.args.get(name) for name in ("language", "text")}
    try:
        ask(here(), token, FORMS[asked], **said)
    except Refusal as refusal:
        if refusal.key not in REFUSED:
            raise
        kept["refused"] = refusal.key
    return redirect(url_for("phone.page", token=token, **kept), 303)


def gone():
    """No such link, or not any more."""
    return render_template("phone/gone.html", others=_said_in_the_others()), 404


def _said_in_the_others() -> list[tuple]:
    """That a link shows nothing any more, in each other language: nobody knows what its reader reads."""
    tags = [tag for tag in here().settings.languages if tag != spoken()]
    words = []
    for tag in tags:
        with in_language(tag):
            words.append((CATALOGUES[tag], _("This link shows nothing any more")))
    return words


def _is_large() -> bool:
    return request.args.get("text") == "large"
