"""The managers' socket: one picture, `now`, of who waits, who helps and which machines need somebody.

    now   {step, now, target_seconds, near_seconds, waiting, desks_open, longest, services, line, more, unserved, held,
           desks, help, appointments, promises, today, rulings, screens, printers, troubles}; each is described where it
           is made

It changes nothing. Printers and screens take no steps, so their news comes from here.
"""

import time

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from manage import ruled, words
from manage.story import reason
from manage.today import until_words
from reception.hours import day_of
from reception.keys import SCREENS
from reception.line import Line
from reception.things import Desk
from reception.visit import AT_DESK, Visit
from reception.web import alone
from reception.web.sockets import Face

LOOK = 3.0  # seconds between looking which screens are there


class Manage(Face):
    face = "manage"
    picture_name = "now"
    watching = False

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self._standing_on, self._standing = "", {}  # the day, and how promises that are alike stand on it

    def joined(self, asker) -> None:
        if not self.watching:
            self.watching = True
            self.socketio.start_background_task(self._watch_screens)

    def _watch_screens(self) -> None:
        before = None
        while self.askers:
            there = screens(self.parts)
            missing = [screen["id"] for screen in self._missing(there, self.parts.frontdesk.now())]
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
        waiting, shown = line.waiting(), settings.desk.head_of_line
        open_desks = [desk.key for desk in room.desks.values() if desk.state == "open" and desk.key in settings.serves]
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
            "line": [self._waits(visit) for visit in waiting[:shown]],
            "more": max(0, len(waiting) - shown),
            "unserved": self._unserved(line),
            "held": [self._held(visit) for visit in room.visits.values() if visit.state == "held"],
            "desks": [self._desk(desk, room) for desk in settings.desks],
            "help": [self._help(desk) for desk in room.desks.values() if desk.help_at],
            **self._owed(room),
            "rulings": [self._ruling(one) for one in ruled.holding(parts, room)],
            "screens": there,
            "printers": [{**one, "trouble": _is_trouble(one)} for one in printers],
            "troubles": [
                *_printer_troubles(printers),
                *({"where": one.pop("what"), **one} for one in alone.troubles(self.parts)),
                *_screen_troubles(self._missing(there, room.at)),
                *self._silent(there),
            ],
        }

    def _silent(self, there: list[dict]) -> list[dict]:
        """`{key, where, matter, remedy}` of each board that is there and cannot be heard."""
        board = self.parts.faces.get("/display")
        sounds = board.sounds if board else {}
        heard = {"held_back": _held_back(), "no_voice": _no_voice()}
        return [
            {"key": f"sound {one['id']}", "where": one["name"], **heard[sounds[one["id"]]]}
            for one in there
            if one["online"] and sounds.get(one["id"]) in heard
        ]

    def _missing(self, there: list[dict], now: int) -> list[dict]:
        """The screens that have been away for a while, and not for so long that they were taken away."""
        rules = self.parts.settings.screens
        since, until = now - rules.gone_hours * 3_600_000, now - rules.missing_seconds * 1000
        by_themselves = {one["id"] for one in alone.kiosks_alone(self.parts)}
        away = [one for one in there if not one["online"] and since < (one["heard_at"] or 0) < until]
        return [one for one in away if one["id"] not in by_themselves]

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

    def _unserved(self, line: Line) -> list[dict]:
        """`{key, number, service_name, waits_from, others, remedy}`: whoever no open desk can help, those that the same
        desks could help together: the longest wait, and how many others."""
        found: dict[tuple, dict] = {}
        for visit in line.unserved():
            able = line.desks_for(visit)
            key = (visit.service, *sorted(able))
            if key in found:
                found[key]["others"] += 1
            else:
                found[key] = {"key": " ".join(key), **self._waits(visit), "others": 0, "remedy": self._remedy(able)}
        return list(found.values())

    def _remedy(self, able: frozenset[str]) -> str:
        desks = [part.name for part in self.parts.settings.desks if part.key in able]
        if not desks:
            return _("No desk is set up for it.")
        return _("Open %(desks)s.", desks=format_list(desks, style="or", locale=get_locale()))

    def _held(self, visit: Visit) -> dict:
        """`{id, number, service_name, waits_from, until_at, room_name}` of somebody on hold."""
        rooms = {room.key: room.name for room in self.parts.settings.rooms}
        return {**self._waits(visit), "until_at": visit.held_until, "room_name": rooms.get(visit.room)}

    def _help(self, desk: Desk) -> dict:
        """`{key, name, asked_at, by_name, coming_name}` of a silent call for help; `coming_name`: who has answered."""
        named, keys = self.parts.settings.desk_named.get(desk.key), self.parts.keys
        coming = desk.help_coming and words.by(desk.help_coming, keys.name_of(desk.help_coming))
        asked = words.by(desk.help_by, keys.name_of(desk.help_by))
        name = named.name if named else desk.key
        return {"key": desk.key, "name": name, "asked_at": desk.help_at, "by_name": asked, "coming_name": coming}

    def _owed(self, room) -> dict:
        """`appointments` {to_come, missing, arrived, not_attended, cancelled, any} and `promises` {late, due}: how many
        there are; `today`: whether any of them is worth a line."""
        booked, promises = self.parts.frontdesk.attendance(room.day, room.at), self._promises(room)
        any_booked = bool(booked["to_come"] or booked["missing"])
        return {
            "appointments": {**booked, "any": any_booked},
            "promises": promises,
            "today": any_booked or any(promises.values()),
        }

    def _promises(self, room) -> dict:
        """`{late, due}`: how many promises are late, and how many have to be kept soon."""
        if self._standing_on != room.day:
            self._standing_on, self._standing = room.day, {}
        counts = {"late": 0, "due": 0}
        for promise in self.parts.frontdesk.promises():
            alike = promise.kind == "call_back", promise.due_on, promise.due_at < room.at
            if alike not in self._standing:  # counting working days takes its time: once a day, not in every picture
                self._standing[alike] = self.parts.frontdesk.standing_of(promise, room.at)
            if self._standing[alike] in counts:
                counts[self._standing[alike]] += 1
        return counts

    def _ruling(self, one: ruled.Decided) -> dict:
        """`{key, sentence, until, text, by_name, at}` of a decision that holds."""
        return {
            "key": f"{one.kind}:{one.subject}",
            "sentence": one.sentence,
            "until": until_words(one.until_at),
            "text": one.text,
            "by_name": words.by(one.by, self.parts.keys.name_of(one.by)),
            "at": one.at,
        }

    def _desk(self, part, room) -> dict:
        """`{key, name, state, reason, person_name, number, visit_state, service_name, since_at}`; `state` is open,
        paused (`reason`: why, in words) or closed, `since_at` when the visitor was called or seen there, else since
        when the desk is as it is."""
        desk, visit = room.desks.get(part.key, Desk(part.key)), room.at_desk(part.key)
        found = {
            "key": part.key,
            "name": part.name,
            "state": desk.state,
            "reason": desk.reason and reason(self.parts, "pause", desk.reason),
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

    A bearer key of a screen's role may be another program's: it is a screen while it has a connection, or a machine of
    its own that was lent numbers.
    """
    able = parts.frontdesk.lent_to(day_of(parts.frontdesk.now(), parts.settings.zone))
    found = [
        {"id": key.id, "name": key.name, "role": key.role, "heard_at": key.heard_at, "online": online(parts, key.id)}
        for key in parts.keys.all()
        if key.role in SCREENS
        and not key.revoked_at
        and (key.kind == "browser" or online(parts, key.id) or key.id in able)
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
    """`{key, where, matter, remedy, left}`: sentences, for people; `left`: tickets, of a roll near its end. One that
    cannot be asked needs nobody."""
    return [
        {
            "key": f"printer {printer['key']}",
            "where": ", ".join(filter(None, (printer["name"], printer["place"]))),
            "matter": printer["sentence"],
            "remedy": printer["remedy"],
            "left": printer["tickets_left"] if printer["state"] == "near_end" else None,
        }
        for printer in printers
        if _is_trouble(printer)
    ]


def _is_trouble(printer: dict) -> bool:
    return printer["cause"] not in (None, "not_monitored")


def _held_back() -> dict:
    return {
        "matter": _("The sound of this board is off: its browser holds it back."),
        "remedy": _("Press the button on the board, or start its browser as docs/board.md says."),
    }


def _no_voice() -> dict:
    return {
        "matter": _("This board chimes, but cannot say who is called."),
        "remedy": _("Whoever looks after the server learns what helps from: reception check"),
    }


def _screen_troubles(missing: list[dict]) -> list[dict]:
    return [
        {
            "key": f"screen {screen['id']}",
            "where": screen["name"],
            "matter": _("This kiosk has no connection to the server.")
            if screen["role"] == "kiosk"
            else _("This board has no connection to the server."),
            "remedy": _("Check that it is switched on and on the network. It connects again by itself."),
        }
        for screen in missing
    ]
