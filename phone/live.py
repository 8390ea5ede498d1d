"""What a visitor's phone hears: their own place in the line, whenever it has changed, and nothing of anybody else.

    place   {step, now, number, state, ahead, desk_name, called_at}

`ahead` is null unless they wait; `desk_name` and `called_at` (UTC milliseconds) are null unless they were called.
Whoever has the link may look: it is 128 random bits and dies some time after the visit. It takes no questions.
"""

from dataclasses import dataclass

from flask import request
from flask_socketio import disconnect

from reception.visit import ENDED, Visit
from reception.web.sockets import Face

LONGEST = 200  # characters of a token that are worth looking up


@dataclass(frozen=True, slots=True)
class Looker:
    """Whoever holds a visit's link. No key of ours: `id` is empty, so that nobody is noted as heard."""

    visit: str
    token: str
    office: str
    id: str = ""


class Phone(Face):
    face = "phone"
    picture_name = "place"
    shared = False

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self._shown: dict[str, dict] = {}  # connection -> the place it shows

    def let_in(self, auth: dict) -> Looker | None:
        visit = visit_of(self.parts, str(auth.get("token", "")))
        return visit and Looker(visit.id, visit.token, visit.office)

    def still(self, asker: Looker) -> bool:
        return visit_of(self.parts, asker.token) is not None

    def room(self, asker: Looker) -> str:
        return f"visit:{asker.visit}"

    def on_disconnect(self, reason=None):
        self._shown.pop(request.sid, None)
        super().on_disconnect(reason)

    def _heard(self, ids: list[str]) -> None:
        """Nobody keeps a list of whose phone was there."""

    def picture(self, asker: Looker) -> dict:
        return place_of(self.parts, visit_of(self.parts, asker.token))

    def send_pictures(self) -> None:
        """One look for all phones, and news only for those whose own place has changed."""
        newest, room = self.parts.frontdesk.look()
        line = self.parts.frontdesk.line(room)
        for sid, asker in list(self.askers.items()):
            visit = room.visits.get(asker.visit)
            if visit is None and self._shown.get(sid, {}).get("state") in ENDED:
                continue  # it has ended and says so
            visit = visit or visit_of(self.parts, asker.token)
            if visit is None:
                self._let_go(sid)
                continue
            place = _place(self.parts.settings, visit, line.people_ahead(visit) if visit.state == "waiting" else None)
            if self._shown.get(sid) != place:
                self._shown[sid] = place
                self.emit(self.picture_name, {"step": newest, "now": room.at, **place}, room=sid)

    def _let_go(self, sid: str) -> None:
        self.askers.pop(sid, None)
        disconnect(sid, namespace=self.namespace)


def visit_of(parts, token: str) -> Visit | None:
    """The visit of a link that lives: until `link_hours_after` its end."""
    visit = parts.store.visit_by_token(token) if token and len(token) <= LONGEST else None
    if visit is None or visit.office != parts.settings.office.key:
        return None
    return visit if parts.frontdesk.now() < parts.frontdesk.lives_until(visit) else None


def place_of(parts, visit: Visit) -> dict:
    """The picture of one visit."""
    newest, room = parts.frontdesk.look()
    visit = room.visits.get(visit.id, visit)
    ahead = parts.frontdesk.people_ahead(room, visit)
    return {
        "step": newest,
        "now": room.at,
        **_place(parts.settings, visit, ahead if visit.state == "waiting" else None),
    }


def _place(settings, visit: Visit, ahead: int | None) -> dict:
    desk = settings.desk_named.get(visit.desk)
    called = visit.state in ("called", "serving", "no_show")
    return {
        "number": visit.number,
        "state": visit.state,
        "ahead": ahead,
        "desk_name": (desk.name if desk else visit.desk) if called else None,
        "called_at": visit.last_called_at if called else None,
    }
