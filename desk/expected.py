"""Appointments of a day: who is expected, who has come and how punctually all went; checked in by one press."""

from flask import render_template

from desk.staff import blueprint
from reception.web.access import only


@blueprint.get("/appointments", strict_slashes=False)
@only("desk")
def appointments(asker):
    return render_template("desk/expected.html", asker=asker)
