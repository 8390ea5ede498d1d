"""What everybody who waits may expect, now: the estimate kept up to date while the server runs.

It follows the record step by step, estimates off the event loop, and answers from what it found last: asking never
waits. If it fails, nobody is told anything, and the queue goes on.
"""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace

from reception.door import News
from reception.estimate import DRAWS, Snapshot, estimate
from reception.estimate.floor import next_opening
from reception.estimate.following import Following, begin
from reception.estimate.reasons import Reasons
from reception.estimate.said import Said
from reception.estimate.saying import Picture, Saying
from reception.line import Line
from reception.refusals import StoreFault
from reception.room import Room
from reception.rulings import line_rules
from reception.telling import as_told, is_news
from reception.things import Appointment
from reception.visit import AT_DESK, Visit

log = logging.getLogger(__name__)
EVERY = 30.0  # seconds: how old an estimate may become when nothing happens
CLOSER, CELLS = 400, 20_000  # so many draws before anybody is told another time, fewer where many wait
PAUSE, SHARE, LONGEST = 0.25, 30, 3.0  # seconds between two estimates: at least; as many as one takes times; at most
FEW = 60  # with more in the line nobody at a kiosk waits until it is estimated anew
SLICE, BETWEEN, BESIDE = 0.05, 0.1, 2.0  # seconds of catching up with the past, and until more; while somebody waits
ESTIMATE = "Nobody is told what to expect: the estimate failed."
TICKET = "Tickets are given without what to expect: the estimate failed."
RECORD = "What people are told is not put on record."
FRESH = 60_000  # ms: so old a picture still tells tickets, and what was said with one stands without a picture


class Expecting:
    """`look`, `visit` and `service` answer at once; None: not known yet, or nobody is to be told. `listeners` are
    called with each new Picture. `run` runs slow work off the event loop."""

    def __init__(self, frontdesk, *, run: Callable = lambda work, *given: work(*given)):
        self.frontdesk, self.settings, self.store, self._run = frontdesk, frontdesk.settings, frontdesk.store, run
        self.listeners: list[Callable[[Picture], None]] = []
        self._picture, self._saying = Picture(), Saying(self.settings, self.store)
        self._following: Following | None = None
        self._behind: Following | None = None  # one that catches up with the past
        self._given: dict[str, Said] = {}  # with tickets: what somebody has just read
        self._busy, self._lags, self._failing = False, False, set()
        self._asked = None  # an Event while it is served
        if self.settings.waits.tell:
            frontdesk.expects = self.expects
            frontdesk.listeners.append(self._hears)

    def look(self) -> Picture:
        return self._picture

    def visit(self, visit: str) -> Said | None:
        return self._given.get(visit) or self._picture.said.get(visit)

    def service(self, service: str) -> Said | None:
        """Before the ticket: what whoever takes one now may expect."""
        return self._picture.said.get(f"service:{service}")

    # -- keeping up -------------------------------------------------------------------------------------------------

    def refresh(self, seconds: float = math.inf) -> None:
        """Estimates anew, tells the listeners, and puts on record what is news to those who wait. Learning from what
        has happened since goes on the next time where it takes longer than so many seconds."""
        if self._busy or not self.settings.waits.tell:
            return
        self._busy = True
        try:
            self._picture = self._run(self._estimated, seconds)
            self._given = {key: one for key, one in list(self._given.items()) if self._stands(key, one)}
            self._failing.discard(ESTIMATE)
        except Exception:
            self._picture, self._given = Picture(), {}
            self._fails(ESTIMATE)
        finally:
            self._busy = False
        for listener in self.listeners:
            try:
                listener(self._picture)
            except Exception:
                log.exception("A listener to the estimates failed.")
        self._put_on_record()

    def serve(self) -> None:
        """For as long as the server runs, in a greenlet of its own."""
        import gevent
        from gevent.event import Event

        self._asked = Event()
        while True:
            self._asked.clear()
            began = time.monotonic()
            self.refresh(SLICE)
            if self._lags:
                self._asked.set()
            longest = LONGEST if len(self._picture.visits) <= FEW else EVERY - PAUSE
            gevent.sleep(min(longest, max(PAUSE, SHARE * (time.monotonic() - began))))  # a rush is the desks' time
            self._asked.wait(EVERY - PAUSE)

    def catch_up(self) -> None:
        """Learns from what the record holds and nobody kept, a little at a time, in a greenlet of its own."""
        import gevent

        while self._following is None or self._behind:
            gevent.sleep(BESIDE if self._picture.visits else BETWEEN)
            if self._behind:
                self.catch_up_some(SLICE)

    def catch_up_some(self, seconds: float) -> None:
        """As much of the past as fits; once all of it is known, the estimates are made from it."""
        try:
            behind = self._behind
            if self._run(behind.follow, self.store.newest_step(self.frontdesk.office), seconds):
                self._following, self._behind = behind, None
                if self._asked:
                    self._asked.set()
        except Exception:
            self._behind = None
            log.exception("The past was not learned from; estimates are made from what is seen from now on.")

    def _hears(self, news: News) -> None:
        if self._asked:
            self._asked.set()

    def _put_on_record(self) -> None:
        following, waiting = self._following, self._picture.snapshot
        try:
            if following and (kept := following.kept):
                following.kept = None
                office = self.frontdesk.office
                self.frontdesk.writer.do(lambda store: (store.save_learned(office, *kept), None))
            visits = waiting.line.waiting() if waiting else ()
            news = {one.id: told for one in visits if (told := self._picture.said.get(one.id)) and is_news(one, told)}
            if news:
                self.frontdesk.tell_expected(news)
        except StoreFault as fault:
            log.warning("What people were told was not stored (%s).", fault)
        except Exception:
            self._fails(RECORD)

    def _fails(self, sentence: str) -> None:
        """Once, until it works again."""
        if sentence not in self._failing:
            log.exception(sentence)
        self._failing.add(sentence)

    def _stands(self, visit: str, told: Said) -> bool:
        """Whether somebody who has just read on their ticket how long it takes reads so still."""
        now = self._picture.said.get(visit)
        return told.at > self._picture.at - FRESH and (now is None or now.by_at == told.by_at)

    # -- with a ticket, inside the writer's turn ----------------------------------------------------------------

    def expects(self, room: Room, visit: Visit) -> dict[str, int | None]:
        """What somebody is told who has just come, as fields of their visit; `room` has them already.

        They are in no picture yet. Its services say it, as the kiosk did, to whoever has neither an appointment nor a
        need; to others, and where the picture is old, it is worked out on the spot, unless that takes long.
        """
        try:
            picture, waiting = self._picture, sum(one.state == "waiting" for one in room.visits.values())
            if picture.snapshot is None:
                return {}
            is_plain = not visit.appointment and visit.id not in room.told
            if waiting > FEW or is_plain and self._asked and room.at - picture.at < FRESH:
                told = self._saying.by_the_picture(picture, visit.service, waiting - 1 - len(picture.visits))
            else:
                told = self._on_the_spot(picture, room, visit)
            if told is None:
                return {}
            self._given[visit.id] = told
            self._failing.discard(TICKET)
            return as_told(visit, told, room.at)
        except Exception:
            self._fails(TICKET)
            return {}

    def _on_the_spot(self, picture: Picture, room: Room, visit: Visit) -> Said:
        snapshot = self._seen(replace(picture.snapshot, asked=()), room)
        found = estimate(snapshot, picture.history, seed=picture.step + 1)[visit.id]
        return self._saying.of(found, snapshot.at, Reasons(snapshot), visit)

    # -- off the event loop -----------------------------------------------------------------------------------------

    def _estimated(self, seconds: float) -> Picture:
        newest, room = self.frontdesk.look()
        if self._following is None:
            self._following, self._behind = begin(self.store, self.settings, room.at)
        following = self._following
        self._lags = not following.follow(newest, seconds)
        if not self._lags:
            following.turn_day(room.at)
        history = following.learner.history.copy()
        snapshot = self._seen(following.learner.floor.snapshot(self._to_be_had(room)), room)
        found = estimate(snapshot, history, seed=following.step)
        told, line = self._saying.all(found, snapshot), snapshot.line
        closer = min(CLOSER, CELLS // max(1, len(found)))
        if closer > DRAWS and any(is_news(one, told[one.id]) for one in line.waiting()):
            found = estimate(snapshot, history, draws=closer, seed=following.step)  # lest chance alone moves it
            told = self._saying.all(found, snapshot)
        self._saying.forget_all_but(found)
        services = {key: found.pop(f"service:{key}") for key in snapshot.asked}
        return Picture(room.at, following.step, found, services, told, snapshot, history)

    def _to_be_had(self, room: Room) -> tuple[str, ...]:
        return tuple(key for key in self.settings.service if self.frontdesk.why_closed(key, room) is None)

    def _seen(self, snapshot: Snapshot, room: Room) -> Snapshot:
        """As the call itself sees the room: its line, by its rulings, at its instant."""
        line = Line(line_rules(self.settings, room), room.visits.values(), room.desks, room.at, room.told)
        here, passed = room.visits.values(), room.at - snapshot.at
        busy = {visit.desk: visit for visit in here if visit.state in AT_DESK and visit.desk}
        came = {visit.appointment for visit in here}
        bookings = self.store.things(
            Appointment, self.frontdesk.office, "AND day = ? AND state = 'booked' ORDER BY booked_at, id", (room.day,)
        )
        return replace(
            snapshot,
            line=line,
            busy=busy,
            silent={key: since for key, since in snapshot.silent.items() if key not in busy},
            unopened={key: of_day + passed for key, of_day in snapshot.unopened.items()},
            bookings=[one for one in bookings if one.id not in came],
            next_opening=next_opening(self.settings, room.at),
        )
