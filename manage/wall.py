"""The wallboard of the back office: the picture `now` on a large screen, read from across a room. It may ask for
nothing; a screen is let in with a code, as boards are, and a manager may look, too.
"""

from flask import Blueprint, render_template

from manage.frame import blueprint
from manage.live import Manage
from reception.web.access import only
from reception.web.parts import here

SHOWN = (
    *("step", "now", "open", "today_says", "waiting", "longest", "services", "desks_open", "desks"),
    *("help", "alerts", "warnings", "unserved", "troubles"),
)
FOR_ALL = {"manager", "wall"}  # whose alerts the wallboard shows: not what is meant for one person
socket = Blueprint("wall", __name__)  # the socket's own: its page is one of the managers'


@blueprint.get("/wall")
@only("wall")
def wall(asker):
    settings = here().settings
    sounds = settings.warnings.sound or any(one.sound for one in settings.alerts)
    return render_template("manage/wall.html", asker=asker, promise=settings.promise, sounds=sounds)


class Wall(Manage):
    """/wall: of the managers' picture, what is shown, with the alerts that all managers have and the warnings about
    which something can be done. No questions."""

    face = "wall"
    questions = {}

    def send_pictures(self) -> None:
        with self.worded_for(""):
            self.emit(self.picture_name, self.picture(None), room=self.parts.settings.office.key)

    def picture(self, asker) -> dict:
        picture = self.parts.faces["/manage"].picture(None)
        for_all = [alert for alert in picture["alerts"] if FOR_ALL & set(alert["who"])]
        helped = [warning for warning in picture["warnings"] if warning["helps"]]
        return {name: picture[name] for name in SHOWN} | {"alerts": for_all, "warnings": helped}
