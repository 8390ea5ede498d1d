"""The greeter's page: somebody who stands in the lobby with a tablet."""

from flask import render_template

from desk.staff import blueprint
from reception.keys import Holder
from reception.web.access import only, visitor_of
from reception.web.sockets import Face


@blueprint.get("/greeter", strict_slashes=False)
@only("desk")
def greeter(asker):
    return render_template("desk/greeter.html", asker=asker)


class Greeter(Face):
    """/greeter: for whoever may use a desk."""

    face = "greeter"
    questions: dict = {}

    def let_in(self, auth: dict) -> Holder | None:
        return visitor_of("desk")
