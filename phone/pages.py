"""The visitor's own page. A link that never was and one that has run out look the same."""

from flask import Blueprint, render_template

from phone.live import place_of, visit_of
from reception.web.parts import here

blueprint = Blueprint("phone", __name__, url_prefix="/t", static_folder="static", template_folder="templates")


@blueprint.get("/<token>")
def page(token: str):
    parts = here()
    visit = visit_of(parts, token)
    if visit is None:
        return render_template("phone/gone.html"), 404
    return render_template("phone/place.html", place=place_of(parts, visit), token=token)
