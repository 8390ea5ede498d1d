"""The managers' socket: one picture, `now`, of who waits, who helps and which machines need somebody.

    now   {step, now, open, target_seconds, near_seconds, waiting, at_risk, late, desks_open, alerts, warnings,
           today_says, longest, services, line, more, unserved, held, desks, help, appointments, promises, complaints,
           today, rulings, screens, printers, troubles}; each is described where it is made

What a press on the page does is decided in acting.py. Printers and screens take no steps: their news comes from here.
"""

import time

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from manage import ruled, words
from manage.acting import Acting
from manage.alerted import SoFar, alerted, meant_for, warned
from manage.machines import is_trouble, missing_screens, screens, troubles
from manage.story import reason
from manage.today import until_words
from reception import hours
from reception.line import Line
from reception.rulings import is_shut
from reception.things import Desk
from reception.visit import AT_DESK, Visit
from reception.web.sockets import Face
from reception.web.watching import Watch

LOOK = 3.0  # seconds between looking which screens are there


class Manage(Acting, Face):
    face = "manage"
    questions = Acting.of_acting
    picture_name = "now"
    watching = False

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self.so_far, self.watched = SoFar(parts), None
        self._free_since: dict[str, int] = {}  # desk -> when the last visitor left it, until something happens there
        self._standing_on, self._standing = "", {}  # the day, and how promises that are alike stand on it

    def momentary(self, news) -> None:
        for step in news.steps:
            self._free_since.pop(step.desk, None)

    def joined(self, asker) -> None:
        if not self.watching:
            self.watching = True
            self.socketio.start_background_task(self._watch_screens)

    def _watch_screens(self) -> None:
        before = None
        while self.askers:
            there = screens(self.parts)
            missing = [screen["id"] for screen in missing_screens(self.parts, there)]
            managers = self.parts.faces["/manage"]  # what it has looked up is good for the wallboard, too
            values = managers.watched.values if managers.watched else {}
            minutes = {where: int(value) for where, value in values.items()}
            now = [(screen["id"], screen["online"]) for screen in there], missing, minutes, managers.so_far.share()
            if before not in (None, now):
                self.refresh()
            before = now
            time.sleep(LOOK)
        self.watching = False

    def watch(self, app) -> Watch:
        """What looks whether managers have to be told of something."""
        self.watched = Watch(self.parts, app, share=self.so_far.share, troubles=lambda: troubles(self.parts))
        return self.watched

    def send_pictures(self) -> None:
        """One picture for all, but for the alerts: each has those that are meant for them."""
        with self.worded_for(""):
            picture = self.picture(None)
            for sid, asker in list(self.askers.items()):
                self.emit(self.picture_name, meant_for(picture, asker, self.parts), room=sid)

    def picture(self, asker) -> dict:
        """The picture for whoever asks; None: with everybody's alerts."""
        picture = self._whole()
        return meant_for(picture, asker, self.parts) if asker else picture

    def _whole(self) -> dict:
        parts = self.parts
        settings, (newest, room) = parts.settings, parts.frontdesk.look()
        line = parts.frontdesk.line(room)
        waiting, shown = line.waiting(), settings.desk.head_of_line
        open_desks = [desk.key for desk in room.desks.values() if desk.state == "open" and desk.key in settings.serves]
        printers = parts.printers.conditions() if parts.printers else []
        there = screens(parts)
        in_trouble = troubles(parts, there, printers)
        return {
            "step": newest,
            "now": room.at,
            "open": hours.is_open(room.at, settings.zone, settings.hours.weekly, settings.hours.closed_on),
            "target_seconds": settings.promise.target_seconds,
            "near_seconds": settings.promise.near_seconds,
            "waiting": len(waiting),
            "desks_open": len(open_desks),
            "alerts": alerted(parts, self.watched.values if self.watched else {}, in_trouble),
            "warnings": warned(parts, room, line),
            "today_says": self.so_far.says(),
            **self._near_and_late(waiting, room.at),
            "longest": self._waits(min(waiting, key=lambda visit: visit.waits_from)) if waiting else None,
            "services": [self._service(service, waiting, room) for service in settings.services],
            "line": [self._waits(visit) for visit in waiting[:shown]],
            "more": max(0, len(waiting) - shown),
            "unserved": self._unserved(line),
            "held": [self._held(visit) for visit in room.visits.values() if visit.state == "held"],
            "desks": [self._desk(desk, room) for desk in settings.desks],
            "help": [self._help(desk) for desk in room.desks.values() if desk.help_at],
            **self._owed(room),
            "rulings": [self._ruling(one) for one in ruled.holding(parts, room)],
            "screens": there,
            "printers": [{**one, "trouble": is_trouble(one)} for one in printers],
            "troubles": in_trouble,
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

    def _service(self, service, waiting: list[Visit], room) -> dict:
        """`{key, name, open, waiting, longest_from, at_risk, late, stopped, can_stop}`; `longest_from` is since when
        the longest of them waits, `stopped` whether a manager has stopped its tickets, `can_stop` whether it helps."""
        there = [visit for visit in waiting if visit.service == service.key]
        stopped = room.ruled("service", service.key) == "closed"
        return {
            "key": service.key,
            "name": service.name,
            "open": service.open,
            "waiting": len(there),
            "longest_from": min((visit.waits_from for visit in there), default=None),
            **self._near_and_late(there, room.at),
            "stopped": stopped,
            "can_stop": self._is_hard_pressed(there, room.at) and not is_shut(self.parts.settings, room, service.key),
        }

    def _is_hard_pressed(self, there: list[Visit], at: int) -> bool:
        return any(self._near_and_late(there, at).values())

    def _near_and_late(self, there: list[Visit], at: int) -> dict:
        """`{at_risk, late}`: of how many the target is near, and how many are past it."""
        promise = self.parts.settings.promise
        waits = [(at - visit.waits_from) / 1000 for visit in there]
        late = sum(wait > promise.target_seconds for wait in waits)
        return {"at_risk": sum(wait >= promise.near_seconds for wait in waits) - late, "late": late}

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
        """`appointments` {to_come, missing, arrived, not_attended, cancelled, any}, `promises` and `complaints` {late,
        due}: how many there are; `today`: whether any of them is worth a line."""
        booked, promises = self.parts.frontdesk.attendance(room.day, room.at), self._promises(room)
        complaints = self.parts.frontdesk.complaints_due()
        any_booked = bool(booked["to_come"] or booked["missing"])
        return {
            "appointments": {**booked, "any": any_booked},
            "promises": promises,
            "complaints": complaints,
            "today": any_booked or any(promises.values()) or any(complaints.values()),
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
        """`{key, kind, subject, sentence, until, text, by_name, at}` of a decision that holds."""
        return {
            "key": f"{one.kind}:{one.subject}",
            "kind": one.kind,
            "subject": one.subject,
            "sentence": one.sentence,
            "until": until_words(one.until_at),
            "text": one.text,
            "by_name": words.by(one.by, self.parts.keys.name_of(one.by)),
            "at": one.at,
        }

    def _desk(self, part, room) -> dict:
        """`{key, name, state, reason, person_name, number, visit_state, service_name, since_at}`; `state` is open,
        paused (`reason`: why, in words) or closed, `since_at` when the visitor was called or seen there, else since
        when the desk is as it is, or nobody is there any more."""
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
        if desk.state == "open" and not visit:
            found["since_at"] = max(desk.since_at, self._left_at(part.key))
        if visit and visit.state in AT_DESK:
            found["since_at"] = visit.seen_at if visit.state == "serving" else visit.last_called_at
        return found

    def _left_at(self, desk: str) -> int:
        """When the last visitor left the desk; 0 where nobody knows."""
        if desk not in self._free_since:
            steps = self.parts.store.steps_at(self.parts.frontdesk.office, desk)
            left = (step.at for step in steps if step.changes.get("state", ("",))[0] in AT_DESK and step.visit)
            self._free_since[desk] = next(left, 0)
        return self._free_since[desk]
