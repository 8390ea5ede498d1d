"""The wallboard of the back office: the picture `now` on a large screen, read from across a room. Nothing is asked
there: not even a press is needed."""

from flask import render_template

from manage.frame import blueprint
from reception.web.access import only
from reception.web.parts import here


@blueprint.get("/wall")
@only("manage")
def wall(asker):
    settings = here().settings
    sounds = any(one.sound for one in settings.alerts)
    return render_template("manage/wall.html", asker=asker, promise=settings.promise, sounds=sounds)
