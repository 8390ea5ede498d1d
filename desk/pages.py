"""The desk's two pages: the list of desks, and one desk's working screen. What they show comes by the socket."""

from flask import Blueprint, abort, render_template

from reception.web.access import only
from reception.web.parts import here

blueprint = Blueprint("desk", __name__, url_prefix="/desk", static_folder="static", template_folder="templates")


@blueprint.get("/", strict_slashes=False)
@only("desk")
def page(asker):
    return render_template("desk/choose.html", asker=asker)


@blueprint.get("/<desk>")
@only("desk")
def at(desk: str, asker):
    settings = here().settings
    if desk not in settings.desk_named:
        abort(404)
    return render_template("desk/desk.html", asker=asker, desk=settings.desk_named[desk], settings=settings)
