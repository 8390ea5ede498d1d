"""In which language a page, a question's answer or a slip is worded, and the office's own texts in it.

Pages for staff are in English, for which alone there are all sentences; those for visitors in what they chose.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, request
from flask_babel import Babel, force_locale, gettext, refresh
from markupsafe import Markup

from reception.languages import CATALOGUES
from reception.translations import Catalogues

ENGLISH = "en"
FOR_VISITORS = ("kiosk", "display", "phone", "feedback", "performance")  # blueprints worded in the visitor's language


def prepare(app: Flask, settings) -> None:
    """Lets each page for visitors be asked for in an offered language: `?language=cy`."""
    Babel(app, locale_selector=locale).domain_instance = Catalogues()

    @app.before_request
    def choose():
        if request.blueprint in FOR_VISITORS:
            g.language = offered(settings, request.args.get("language"))

    app.jinja_env.globals.update(said=said, spoken=spoken, is_reviewed=is_reviewed)
    app.jinja_env.filters["said"] = marked


def locale() -> str:
    """For Flask-Babel."""
    return CATALOGUES[spoken()].locale


def spoken() -> str:
    """The tag of the language now worded in."""
    return g.get("language") or ENGLISH


def offered(settings, *wanted: str | None) -> str:
    """The first of the wanted that the office offers, else the one it begins in."""
    return next((tag for tag in wanted if tag in settings.languages), settings.languages[0])


def is_reviewed(tag: str | None = None) -> bool:
    """Whether a council has read and approved the sentences of a language; of the one now worded in."""
    settings = current_app.extensions["reception"].settings
    return (tag or spoken()) in settings.catalogues.reviewed


def speak(tag: str) -> None:
    """Word the rest of this request in a language."""
    g.language = tag
    refresh()


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Word all that is made inside in a language; needs an app or a request."""
    before, g.language = g.get("language"), tag
    try:
        with force_locale(CATALOGUES[tag].locale):
            yield
    finally:
        g.language = before


def said(text: str) -> str:
    """One of the office's texts in the language now worded in: as its file says it (`[texts.cy]`), else as a catalogue
    does (the texts of config/default.toml are in them), else as it was written."""
    return _said(text)[0]


def said_in(text: str) -> tuple[str, str]:
    """As `said`, with the tag of the language that the words are in, for whoever reads them aloud."""
    words, kept = _said(text)
    return words, kept or spoken()


def marked(text: str) -> Markup | str:
    """As `said`; where it stays in the office's own language on a page in another, the page says so (WCAG 3.1.2)."""
    words, kept = _said(text)
    return Markup('<span lang="{}">{}</span>').format(kept, words) if kept else words


def _said(text: str) -> tuple[str, str | None]:
    """The words, and the tag of the language they stayed in where that is not the page's."""
    settings, tag = current_app.extensions["reception"].settings, spoken()
    if not text:
        return "", None
    if own := settings.texts.get(tag, {}).get(text):
        return own, None
    worded = gettext(text)
    stays = worded == text and tag != settings.office.language
    return worded, settings.office.language if stays else None
