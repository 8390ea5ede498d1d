"""The scorecard without a server: an app for words alone, and a month as one HTML file that needs nothing beside it."""

from pathlib import Path

from flask import Flask, render_template

import reception.web
from reception.scorecard import meanings, pictures, words
from reception.web import speaking, templating
from reception.web.parts import Parts, here
from reception.web.performance import published_words

STATIC = Path(reception.web.__file__).parent / "static"
SHEETS = ("tokens.css", "base.css", "fonts.css", "charts.css", "performance.css")


def app_for(parts: Parts) -> Flask:
    """For wording: it serves nobody."""
    app = Flask("reception.web", static_folder=None)
    speaking.prepare(app, parts.settings)
    templating.prepare(app, parts.settings)
    app.jinja_env.filters["percent"] = words.percent
    app.extensions["reception"] = parts
    return app


def page(card: dict, moments: list[int]) -> str:
    """A card as a whole HTML document, in the language now worded in; `moments` are when it was published."""
    style = "\n".join((STATIC / name).read_text("utf-8") for name in SHEETS)
    return render_template(
        "performance/alone.html",
        card=card,
        words=words,
        pictures=pictures.of(card),
        said_when=published_words(moments) if moments else [],
        style=_without_files(style),
        definitions=meanings.definitions(here().settings.figures.punctual_minutes),
    )


def _without_files(style: str) -> str:
    """The sheets less what they would fetch: a file on its own has the reader's own letters."""
    kept, inside = [], False
    for line in style.splitlines():
        if line.strip().startswith("@font-face"):
            inside = True
        if not inside:
            kept.append(line)
        if inside and line.strip() == "}":
            inside = False
    return "\n".join(kept)
