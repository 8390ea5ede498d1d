"""The wallboard of the back office: the picture `now` on a large screen, read from across a room. Nothing is pressed on
it, and it asks for nothing but the picture."""

from flask import render_template

from manage.frame import blueprint
from reception.web.access import only
from reception.web.parts import here


@blueprint.get("/wall")
@only("manage")
def wall(asker):
    return render_template("manage/wall.html", asker=asker, promise=here().settings.promise)
