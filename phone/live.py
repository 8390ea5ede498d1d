"""A visitor's phone hears their own place in the line (place.py) whenever it has changed, and nothing of anybody else.

Whoever has the link may look, and ask what a visitor may (asking.py): it is 128 random bits and dies some time after
the visit. Thousands may follow at once, so a change is told first to those it is about, within the quarter of a second
that all screens have; whose place it moved hears of it in rounds that leave the server to everybody else nine tenths of
the time.
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from flask import request
from flask_socketio import disconnect

from phone.asking import QUESTIONS, Late, ask
from phone.owed import owed_of
from phone.place import Look, Looking, place, place_of, sent, visit_of
from phone.words import refused
from reception.door import News
from reception.visit import ENDED, Visit
from reception.web.sockets import Face, Question

OWED = ("owed", "papers", "signposts", "until")
AT_ONCE = 10  # phones told in one go: about a millisecond
REST = 9  # for each time as long as that took, others have the server
LONGEST_REST = 0.1  # seconds


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
    questions = QUESTIONS

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self._shown: dict[str, tuple[int, dict]] = {}  # connection -> the step it has heard of, the place it shows
        self._following: dict[str, set[str]] = defaultdict(set)  # visit -> its connections
        self._moved: set[str] = set()  # visits of which something was told since the last pictures
        self._round_due = self._on_round = False
        self.look = Looking(parts).look

    # -- connections --------------------------------------------------------------------------------------------

    def let_in(self, auth: dict) -> Looker | None:
        visit = visit_of(self.parts, str(auth.get("token", "")))
        return visit and Looker(visit.id, visit.token, visit.office)

    def joined(self, asker: Looker) -> None:
        self._following[asker.visit].add(request.sid)

    def still(self, asker: Looker) -> bool:
        return True  # the link is looked at wherever something is asked

    def drop_revoked(self) -> None:
        """No key opens a phone's page, so none closes it."""

    def room(self, asker: Looker) -> str:
        return f"visit:{asker.visit}"

    def on_disconnect(self, reason=None):
        self._forget(request.sid)
        super().on_disconnect(reason)

    def _heard(self, ids: list[str]) -> None:
        """Nobody keeps a list of whose phone was there."""

    def _forget(self, sid: str) -> None:
        self._shown.pop(sid, None)
        asker = self.askers.get(sid)
        if asker and (others := self._following.get(asker.visit)):
            others.discard(sid)
            if not others:
                self._following.pop(asker.visit, None)

    # -- questions ----------------------------------------------------------------------------------------------

    def tell_late(self, asker: Looker, question: Late) -> None:
        ask(self.parts, asker.token, "tell_late", minutes=question.minutes)

    def tell_here(self, asker: Looker, question: Question) -> None:
        ask(self.parts, asker.token, "tell_here")

    def leave(self, asker: Looker, question: Question) -> None:
        ask(self.parts, asker.token, "leave")

    def worded(self, refusal) -> str:
        return refused(refusal, self.parts.settings)

    # -- the picture --------------------------------------------------------------------------------------------

    def picture(self, asker: Looker) -> dict:
        """On connecting."""
        whole = place_of(self.parts, visit_of(self.parts, asker.token), self.look())
        self._shown[request.sid] = whole["step"], {name: whole[name] for name in whole if name not in ("step", "now")}
        return whole

    def tell(self, news: News) -> None:
        self._moved.update(step.visit for step in news.steps if step.visit in self._following)
        super().tell(news)

    def send_pictures(self) -> None:
        """At once to those to whom something happened; then to whoever's place that changed, round by round."""
        moved, self._moved = self._moved, set()
        seen = self.look()
        for visit in moved & self._following.keys():
            for sid in tuple(self._following.get(visit, ())):
                self._send_place(seen, sid, moved=True)
        self._round_due = True
        if self._on_round:
            return
        self._on_round = True
        try:
            while self._round_due:
                self._round_due = False
                self._go_round()
        finally:
            self._on_round = False

    def _go_round(self) -> None:
        """One look for all phones, a few at a time, and news only for those whose own place has changed."""
        seen, everybody = self.look(), iter(tuple(self.askers))
        while some := tuple(islice(everybody, AT_ONCE)):
            began = time.perf_counter()
            for sid in some:
                self._send_place(seen, sid)
            time.sleep(min(LONGEST_REST, REST * (time.perf_counter() - began)))

    def _send_place(self, seen: Look, sid: str, *, moved: bool = False) -> None:
        asker, (heard, before) = self.askers.get(sid), self._shown.get(sid, (-1, None))
        if asker is None or heard > seen.newest:
            return  # it left while others were told, or has been told something newer
        visit = seen.room.visits.get(asker.visit)
        if visit is None and before and before["state"] in ENDED and not moved:
            return  # it has ended and says so
        visit = visit or visit_of(self.parts, asker.token)
        if visit is None:
            self._let_go(sid)
            return
        now = self._place(seen, sid, visit, before if before and not moved else None)
        if before != now:
            self._shown[sid] = seen.newest, now
            self.emit(self.picture_name, sent(seen, now), room=sid)

    def _place(self, seen: Look, sid: str, visit: Visit, before: dict | None) -> dict:
        """What is owed is as it was `before`, unless something happened to this visit."""
        if before and visit.state == "waiting":  # no words in it
            return {**place(self.parts, seen, visit), **{name: before[name] for name in OWED}}
        with self.worded_for(sid):
            owed = {name: before[name] for name in OWED} if before else owed_of(self.parts, visit)
            return {**place(self.parts, seen, visit), **owed}

    def _let_go(self, sid: str) -> None:
        self._forget(sid)
        self.askers.pop(sid, None)
        disconnect(sid, namespace=self.namespace)
