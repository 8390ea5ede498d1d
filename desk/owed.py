"""What the office owes people: one list of promises, papers and call-backs, each kept by one press."""

from flask import render_template

from desk.staff import blueprint
from reception.web.access import only


@blueprint.get("/owed", strict_slashes=False)
@only("desk")
def owed(asker):
    return render_template("desk/owed.html", asker=asker)
