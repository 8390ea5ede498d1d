"""What everybody who waits may expect, now: the estimate kept up to date while the server runs.

It follows the record step by step, estimates off the event loop, and answers from what it found last: asking never
waits. If it fails, nobody is told anything, and the queue goes on.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from reception.door import News
from reception.estimate import DRAWS, Expectation, History, Snapshot, estimate
from reception.estimate.floor import next_opening
from reception.estimate.following import Following, begin
from reception.estimate.reasons import Reasons
from reception.estimate.said import Said, said
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
PAUSE, SHARE = 0.25, 4  # seconds at least between two estimates, and times as long as one takes
FEW = 60  # with more in the line nobody at a kiosk waits until it is estimated anew
SLICE, BETWEEN = 0.05, 0.1  # seconds of catching up with the past, and until the next
ESTIMATE = "Nobody is told what to expect: the estimate failed."
TICKET = "Tickets are given without what to expect: the estimate failed."
RECORD = "What people are told is not put on record."
FRESH = 60_000  # ms for which what was said with a ticket stands, while no estimate knows it


@dataclass(frozen=True, slots=True)
class Picture:
    """The newest estimates: `at` (UTC ms) and `step`, the record's newest step that they know.

    `visits`: everyone waiting; `services`: whoever takes a ticket now, where one is to be had. `said`: what they may be
    told, visits by their ids and services as "service:KEY".
    """

    at: int = 0
    step: int = 0
    visits: Mapping[str, Expectation] = field(default_factory=dict)
    services: Mapping[str, Expectation] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    history: History = field(default_factory=History)


class Expecting:
    """`look`, `visit` and `service` answer at once; None: not known yet, or nobody is to be told. `listeners` are
    called with each new Picture. `run` runs slow work off the event loop."""

    def __init__(self, frontdesk, *, run: Callable = lambda work, *given: work(*given)):
        self.frontdesk, self.settings, self.store, self._run = frontdesk, frontdesk.settings, frontdesk.store, run
        self.listeners: list[Callable[[Picture], None]] = []
        self._picture = Picture()
        self._following: Following | None = None
        self._behind: Following | None = None  # one that catches up with the past
        self._given: dict[str, Said] = {}  # with tickets that no picture knows yet
        self._slipped: dict[tuple, tuple[bool, str | None]] = {}  # a time as told -> whether it was a delay, and why
        self._busy, self._failing = False, set()
        self._asked = None  # an Event while it is served
        if self.settings.waits.tell:
            frontdesk.expects = self.expects
            frontdesk.listeners.append(self._hears)

    def look(self) -> Picture:
        return self._picture

    def visit(self, visit: str) -> Said | None:
        return self._picture.said.get(visit) or self._given.get(visit)

    def service(self, service: str) -> Said | None:
        """Before the ticket: what whoever takes one now may expect."""
        return self._picture.said.get(f"service:{service}")

    # -- keeping up -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Estimates anew, tells the listeners, and puts on record what is news to those who wait."""
        if self._busy or not self.settings.waits.tell:
            return
        self._busy = True
        try:
            self._picture = self._run(self._estimated)
            self._given = {key: one for key, one in list(self._given.items()) if self._is_newer(key, one)}
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
            self.refresh()
            gevent.sleep(max(PAUSE, SHARE * (time.monotonic() - began)))  # a long line leaves the others their time
            self._asked.wait(EVERY - PAUSE)

    def catch_up(self) -> None:
        """Learns from what the record holds and nobody kept, a little at a time, in a greenlet of its own."""
        import gevent

        while self._following is None or self._behind:
            gevent.sleep(BETWEEN)
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

    def _is_newer(self, visit: str, told: Said) -> bool:
        return visit not in self._picture.visits and told.at > self._picture.at - FRESH

    # -- with a ticket, inside the writer's turn ----------------------------------------------------------------

    def expects(self, room: Room, visit: Visit) -> dict[str, int | None]:
        """What somebody is told who has just come, as fields of their visit; `room` has them already. They are in no
        picture yet, so it is worked out on the spot, unless that takes long."""
        try:
            picture = self._picture
            if picture.snapshot is None:
                return {}
            snapshot = self._seen(replace(picture.snapshot, asked=()), room)
            if len(snapshot.line.waiting()) <= FEW:
                found = estimate(snapshot, picture.history, seed=picture.step + 1)[visit.id]
            else:
                found = _stretched(picture, snapshot.line, visit)
            if found is None:
                return {}
            told = self._given[visit.id] = self._said(found, snapshot.at, Reasons(snapshot), visit)
            self._failing.discard(TICKET)
            return as_told(visit, told, room.at)
        except Exception:
            self._fails(TICKET)
            return {}

    # -- off the event loop -----------------------------------------------------------------------------------------

    def _estimated(self) -> Picture:
        newest, room = self.frontdesk.look()
        if self._following is None:
            self._following, self._behind = begin(self.store, self.settings, room.at)
        following = self._following
        following.follow(newest)
        following.turn_day(room.at)
        history = following.learner.history.copy()
        snapshot = self._seen(following.learner.floor.snapshot(self._to_be_had(room)), room)
        found = estimate(snapshot, history, seed=following.step)
        told, line = self._all_said(found, snapshot), snapshot.line
        closer = min(CLOSER, CELLS // max(1, len(found)))
        if closer > DRAWS and any(is_news(one, told[one.id]) for one in line.waiting()):
            found = estimate(snapshot, history, draws=closer, seed=following.step)  # lest chance alone moves it
            told = self._all_said(found, snapshot)
        self._slipped = {key: slip for key, slip in self._slipped.items() if key[0] in found}
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

    def _all_said(self, found: Mapping[str, Expectation], snapshot: Snapshot) -> dict[str, Said]:
        reasons = Reasons(snapshot)
        told = {one.id: self._said(found[one.id], snapshot.at, reasons, one) for one in snapshot.line.waiting()}
        keys = {key: f"service:{key}" for key in snapshot.asked}
        return told | {name: self._said(found[name], snapshot.at, reasons, key) for key, name in keys.items()}

    def _said(self, found: Expectation, at: int, reasons: Reasons, who: Visit | str) -> Said:
        """Of a visit, or of whoever takes a ticket for a service now."""
        line, promise, visit = reasons.line, self.settings.promise, None if isinstance(who, str) else who
        desks = line.desks_for(visit) if visit else line.desks_of_service(who)
        before = visit and visit.said_by_at
        slipped, why = self._stands(visit) if before else (False, None)
        told = said(
            found,
            at=at,
            target_ms=promise.target_seconds * 1000,
            walk_ms=promise.walking_allowance_seconds * 1000,
            ahead=line.people_ahead(visit) if visit else line.people_before(who),
            booked_first=reasons.booked_first(desks, visit),
            before=before,
            first=visit and visit.first_by_at,
            slipped=slipped,
        )
        if not (visit and told.later):
            return told
        as_before = before and told.by_at and told.by_at <= before
        return replace(told, why=why if as_before else reasons.why_later(visit))

    def _stands(self, visit: Visit) -> tuple[bool, str | None]:
        """Whether the time that stands was a delay as it was told, and the reason given with it: by the record, so that
        neither changes while the time stands, nor with a restart."""
        key = visit.id, visit.said_at, visit.said_by_at
        if key not in self._slipped:
            told = next((step for step in self.store.steps_of(visit.id) if step.step == "told"), None)
            old, new = told.changes.get("said_by_at", (None, None)) if told else (None, None)
            if told and (told.at, new) == key[1:]:
                self._slipped[key] = bool(old and new > old), (told.note or {}).get("why")
            else:  # told with the number
                self._slipped[key] = False, None
        return self._slipped[key]


def _stretched(picture: Picture, line: Line, visit: Visit) -> Expectation | None:
    """What the picture says of their service, longer by as much as their line has grown since."""
    found = picture.services.get(visit.service)
    if found is None:
        return None
    more = max(1.0, (line.people_ahead(visit) + 1) / (picture.snapshot.line.people_before(visit.service) + 1))
    times = {name: getattr(found, name) for name in ("low", "median", "high")}
    return replace(found, **{name: time and round(time * more) for name, time in times.items()})
