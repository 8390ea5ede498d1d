"""The managers' socket: one picture, `now`, of who waits, who helps and which machines need somebody.

    now   {step, now, target_seconds, near_seconds, waiting, desks_open, longest, services, line, more, unserved, desks,
           screens, printers, troubles}; each is described where it is made

It changes nothing. Printers and screens take no steps, so their news comes from here.
"""

import time

from flask_babel import gettext as _

from reception.keys import SCREENS
from reception.things import Desk
from reception.visit import AT_DESK, Visit
from reception.web.sockets import Face

HEAD = 20  # how many of the line are shown
LOOK = 3.0  # seconds between looking which screens are there
MISSING = 60_000  # ms without a word until a screen counts as a trouble
GONE = 86_400_000  # … and until it counts as taken away


class Manage(Face):
    face = "manage"
    picture_name = "now"
    watching = False

    def joined(self, asker) -> None:
        if not self.watching:
            self.watching = True
            self.socketio.start_background_task(self._watch_screens)

    def _watch_screens(self) -> None:
        before = None
        while self.askers:
            there = screens(self.parts)
            missing = [screen["id"] for screen in there if _is_missing(screen, self.parts.frontdesk.now())]
            now = [(screen["id"], screen["online"]) for screen in there], missing
            if before not in (None, now):
                self.refresh()
            before = now
            time.sleep(LOOK)
        self.watching = False

    def picture(self, asker) -> dict:
        parts = self.parts
        settings, (newest, room) = parts.settings, parts.frontdesk.look()
        line = parts.frontdesk.line(room)
        waiting = line.waiting()
        open_desks = [desk.key for desk in room.desks.values() if desk.state == "open" and desk.key in settings.serves]
        unserved = line.unserved()
        printers = parts.printers.conditions() if parts.printers else []
        there = screens(parts)
        return {
            "step": newest,
            "now": room.at,
            "target_seconds": settings.promise.target_seconds,
            "near_seconds": settings.promise.near_seconds,
            "waiting": len(waiting),
            "desks_open": len(open_desks),
            "longest": self._waits(min(waiting, key=lambda visit: visit.waits_from)) if waiting else None,
            "services": [self._service(service, waiting) for service in settings.services],
            "line": [self._waits(visit) for visit in waiting[:HEAD]],
            "more": max(0, len(waiting) - HEAD),
            "unserved": [self._waits(visit) for visit in unserved],
            "desks": [self._desk(desk, room) for desk in settings.desks],
            "screens": there,
            "printers": printers,
            "troubles": [*_printer_troubles(printers), *_screen_troubles(there, room.at)],
        }

    def _waits(self, visit: Visit) -> dict:
        """`{id, number, service_name, waits_from}` of somebody in the line."""
        service = self.parts.settings.service.get(visit.service)
        return {
            "id": visit.id,
            "number": visit.number,
            "service_name": service.name if service else visit.service,
            "waits_from": visit.waits_from,
        }

    def _service(self, service, waiting: list[Visit]) -> dict:
        """`{key, name, open, waiting, longest_from}`; `longest_from` is since when the longest of them waits."""
        since = [visit.waits_from for visit in waiting if visit.service == service.key]
        longest = min(since, default=None)
        named = {"key": service.key, "name": service.name, "open": service.open}
        return {**named, "waiting": len(since), "longest_from": longest}

    def _desk(self, part, room) -> dict:
        """`{key, name, state, person_name, number, visit_state, service_name, since_at}`; `state` is open, paused or
        closed, `since_at` when the visitor was called or seen there, else since when the desk is as it is."""
        desk, visit = room.desks.get(part.key, Desk(part.key)), room.at_desk(part.key)
        found = {
            "key": part.key,
            "name": part.name,
            "state": desk.state,
            "person_name": self.parts.keys.name_of(desk.person),
            "number": visit and visit.number,
            "visit_state": visit.state if visit else None,
            "service_name": visit and self._waits(visit)["service_name"],
            "since_at": desk.since_at or None,
        }
        if visit and visit.state in AT_DESK:
            found["since_at"] = visit.seen_at if visit.state == "serving" else visit.last_called_at
        return found


def screens(parts) -> list[dict]:
    """`{id, name, role, heard_at, online}` of every kiosk and board that is let in, kiosks first.

    A bearer key of a screen's role may be another program's: it is a screen while it has a connection.
    """
    found = [
        {"id": key.id, "name": key.name, "role": key.role, "heard_at": key.heard_at, "online": online(parts, key.id)}
        for key in parts.keys.all()
        if key.role in SCREENS and not key.revoked_at and (key.kind == "browser" or online(parts, key.id))
    ]
    named = {}
    for screen in found:  # newest first: one paired again under its name takes the place of the one that was
        key = screen["role"], screen["name"]
        if screen["online"] or key not in named:
            named.setdefault(key, []).append(screen)
    newest = [screen for same in named.values() for screen in (_online(same) or same[:1])]
    return sorted(newest, key=lambda screen: (screen["role"] != "kiosk", screen["name"], screen["id"]))


def _online(screens: list[dict]) -> list[dict]:
    return [screen for screen in screens if screen["online"]]


def online(parts, key: str) -> bool:
    """Whether whoever holds this key has an open connection."""
    return any(face.connected(key) for face in parts.faces.values())


def _printer_troubles(printers: list[dict]) -> list[dict]:
    """`{key, where, matter, remedy}`: sentences, for people."""
    return [
        {
            "key": f"printer {printer['key']}",
            "where": printer["name"],
            "matter": printer["sentence"],
            "remedy": printer["remedy"],
        }
        for printer in printers
        if printer["sentence"] and printer["state"] not in ("ok", "unknown")
    ]


def _screen_troubles(there: list[dict], now: int) -> list[dict]:
    return [
        {
            "key": f"screen {screen['id']}",
            "where": screen["name"],
            "matter": _("This kiosk has no connection to the server.")
            if screen["role"] == "kiosk"
            else _("This board has no connection to the server."),
            "remedy": _("Check that it is switched on and on the network. It connects again by itself."),
        }
        for screen in there
        if _is_missing(screen, now)
    ]


def _is_missing(screen: dict, now: int) -> bool:
    return not screen["online"] and bool(screen["heard_at"]) and MISSING < now - screen["heard_at"] < GONE
