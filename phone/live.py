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
from phone.place import Look, Looking, place, sent, visit_of
from phone.words import refused
from reception.door import News
from reception.visit import ENDED
from reception.web.sockets import Face, Question
from reception.web.speaking import spoken

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
    expects = True
    for_visitors = True
    shared = False
    questions = QUESTIONS

    def __init__(self, app, parts):
        super().__init__(app, parts)
        # connection -> what it shows. Apart, because each round makes places anew: plain values, which the collector of
        # garbage need not look through (with the rest it stopped everybody for half a second now and then).
        self._shown: dict[str, dict] = {}
        self._owed: dict[str, dict] = {}
        self._told: dict[str, int] = {}  # connection -> the step it has heard of
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
        for kept in (self._shown, self._owed, self._told):
            kept.pop(sid, None)
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
        seen, visit = self.look(), visit_of(self.parts, asker.token)
        visit = seen.room.visits.get(visit.id, visit)
        here = place(self.parts, seen, visit, spoken())
        return self._show(seen, request.sid, here, owed_of(self.parts, visit))

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
        asker, before, owed = self.askers.get(sid), self._shown.get(sid), self._owed.get(sid)
        if asker is None or self._told.get(sid, -1) > seen.newest:
            return  # it left while others were told, or has been told something newer
        visit = seen.room.visits.get(asker.visit)
        if visit is None and before and before["state"] in ENDED and not moved:
            return  # it has ended and says so
        visit = visit or visit_of(self.parts, asker.token)
        if visit is None:
            self._let_go(sid)
            return
        moved = moved or owed is None
        language = self.languages.get(sid, self._first)
        if visit.state == "waiting" and not moved:  # no words in it that are made anew
            now = place(self.parts, seen, visit, language)
        else:
            with self.worded_for(sid):
                now, owed = place(self.parts, seen, visit, language), owed_of(self.parts, visit) if moved else owed
        if before != now or owed != self._owed.get(sid):
            self.emit(self.picture_name, self._show(seen, sid, now, owed), room=sid)

    def _show(self, seen: Look, sid: str, now: dict, owed: dict) -> dict:
        """The whole picture, kept as what this connection shows."""
        self._told[sid], self._shown[sid], self._owed[sid] = seen.newest, now, owed
        return sent(seen, {**now, **owed})

    def _let_go(self, sid: str) -> None:
        self._forget(sid)
        self.askers.pop(sid, None)
        disconnect(sid, namespace=self.namespace)
