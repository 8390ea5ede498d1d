"""The board's pages: the board itself, whose calls come by its socket; its slides' pictures; and, for whoever hangs the
screen, a page that shows its sizes, its theme and its sound."""

from flask import Blueprint, abort, render_template, send_from_directory

from display import slides
from display.live import LARGE_AT_MOST, page_version
from display.speaking import phrases
from display.words import in_each
from reception.boards import Screen, screen_named
from reception.web.access import only
from reception.web.boards import desks_words, reach_words
from reception.web.parts import here

blueprint = Blueprint("display", __name__, url_prefix="/display", static_folder="static", template_folder="templates")


@blueprint.get("/", strict_slashes=False)
@only("display")
def page(asker):
    settings, published = here().settings, slides.last_month(here())
    return render_template(
        "display/board.html",
        **_looks(asker),
        board=settings.board,
        large=LARGE_AT_MOST,
        slides=slides.in_each_language(settings, published and published.card),
        others=in_each(settings.languages[2:]),
        announcer=settings.announcer,
        volume=[[one.since.strftime("%H:%M"), one.level] for one in settings.announcer.volume],
        version=page_version(settings, published),
    )


@blueprint.get("/set-up")
@only("display")
def set_up(asker):
    settings, looks = here().settings, _looks(asker)
    screen, desk = looks["screen"], settings.desks[0].name
    return render_template(
        "display/set_up.html",
        **looks,
        name=asker.name,
        reach=reach_words(screen),
        shows=desks_words(settings, screen),
        desk=desk,
        say=phrases(settings, screen, "A014", desk, ""),
    )


@blueprint.get("/pictures/<name>")
@only("display")
def picture(name: str, asker):
    """A slide's picture; no other file of that folder is anybody's."""
    settings = here().settings
    if not settings.board.pictures or name not in {slide.picture for slide in settings.slides}:
        abort(404)
    return send_from_directory(settings.board.pictures, name, max_age=3600)


def _looks(asker) -> dict:
    screen: Screen = screen_named(here().settings, asker.name)
    return {"screen": screen, "words": in_each(screen.languages)}
