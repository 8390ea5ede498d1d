"""What a visitor's phone hears: their own place in the line, whenever it has changed, and nothing of anybody else.

    place   {step, now, number, state, ahead, booked_at, later_at, desk_name, called_at, discreet, room_name,
             held_until, to_come,
             owed, papers, signposts, until}                                  phone/owed.py

`ahead` is null unless they wait and may be called: an appointment that is not due yet has `booked_at` instead, and
whoever was sent on for later `later_at`. `desk_name` and `called_at` are null unless they were called, `held_until` and
`room_name` unless they are on hold; `to_come` counts their further services, which are not named; `discreet` means that
somebody fetches them. Instants are UTC milliseconds. Whoever has the link may look: it is 128 random bits and dies some
time after the visit. It takes no questions.
"""

from dataclasses import dataclass

from flask import request
from flask_socketio import disconnect

from phone.owed import owed_of
from reception.door import News
from reception.line import Line
from reception.room import Room
from reception.visit import ENDED, Visit
from reception.web.sockets import Face

OWED = ("owed", "papers", "signposts", "until")
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
    for_visitors = True
    shared = False

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self._shown: dict[str, dict] = {}  # connection -> the place it shows
        self._moved: set[str] = set()  # visits of which something was told since the last pictures

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

    def tell(self, news: News) -> None:
        self._moved.update(step.visit for step in news.steps if step.visit)
        super().tell(news)

    def send_pictures(self) -> None:
        """One look for all phones, and news only for those whose own place has changed."""
        moved, self._moved = self._moved, set()
        newest, room = self.parts.frontdesk.look()
        line = self.parts.frontdesk.line(room)
        for sid, asker in list(self.askers.items()):
            if sid not in self.askers:
                continue  # it left while others were told
            before, visit = self._shown.get(sid), room.visits.get(asker.visit)
            still = before is not None and asker.visit not in moved
            if visit is None and still and before["state"] in ENDED:
                continue  # it has ended and says so
            visit = visit or visit_of(self.parts, asker.token)
            if visit is None:
                self._let_go(sid)
                continue
            owed = {name: before[name] for name in OWED} if still else owed_of(self.parts, visit)
            place = {**_place(self.parts.settings, room, line, visit), **owed}
            if before != place:
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
    place = _place(parts.settings, room, parts.frontdesk.line(room), visit)
    return {"step": newest, "now": room.at, **place, **owed_of(parts, visit)}


def _place(settings, room: Room, line: Line, visit: Visit) -> dict:
    desk = settings.desk_named.get(visit.desk)
    rooms = {one.key: one.name for one in settings.rooms}
    called, held = visit.state in ("called", "serving", "no_show"), visit.state == "held"
    not_yet = _not_yet(visit, room.at)
    return {
        "number": visit.number,
        "state": visit.state,
        "ahead": line.people_ahead(visit) if visit.state == "waiting" and not any(not_yet.values()) else None,
        **not_yet,
        "desk_name": (desk.name if desk else visit.desk) if called else None,
        "called_at": visit.last_called_at if called else None,
        "discreet": bool(visit.discreet),
        "room_name": rooms.get(visit.room, visit.room) if held else None,
        "held_until": visit.held_until if held else None,
        "to_come": len(visit.to_come.split()) if visit.state in ("waiting", "called", "serving", "held") else 0,
    }


def _not_yet(visit: Visit, at: int) -> dict:
    """The time of somebody whom Next may not call yet. Who was just put back is not told: it is a matter of minutes."""
    due_at = visit.due_at if visit.state == "waiting" and not visit.skipped_by else None
    if not due_at or due_at <= at:
        return {"booked_at": None, "later_at": None}
    booked = visit.booked_at is not None and due_at <= visit.booked_at
    return {"booked_at": visit.booked_at if booked else None, "later_at": None if booked else due_at}
