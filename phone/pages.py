"""The visitor's own page. A link that never was and one that has run out look the same."""

from flask import Blueprint, g, render_template

from phone.live import place_of, visit_of
from reception.web.parts import here
from reception.web.saying import time_of_day

blueprint = Blueprint("phone", __name__, url_prefix="/t", static_folder="static", template_folder="templates")


@blueprint.get("/<token>")
def page(token: str):
    parts = here()
    visit = visit_of(parts, token)
    if visit is None:
        return render_template("phone/gone.html"), 404

    g.may_be_compressed = True  # nobody who does not have the link can ask for it, or choose a word on it
    return render_template("phone/place.html", place=place_of(parts, visit), token=token, time_of_day=time_of_day)
