"""The board's one page. What it shows comes by its socket."""

from flask import Blueprint, render_template

from display.live import LARGE_AT_MOST
from reception.web.access import only
from reception.web.parts import here

blueprint = Blueprint("display", __name__, url_prefix="/display", static_folder="static", template_folder="templates")


@blueprint.get("/", strict_slashes=False)
@only("display")
def page(asker):
    return render_template("display/board.html", board=here().settings.board, large=LARGE_AT_MOST)
