"""What everybody who waits may expect, now: the estimate kept up to date while the server runs.

It follows the record step by step, estimates off the event loop, and answers from what it found last: asking never
waits. If it fails, nobody is told anything, and the queue goes on.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reception.door import News
from reception.estimate import Expectation, History, estimate
from reception.estimate.kept import load, steps_of
from reception.estimate.said import Said, said

log = logging.getLogger(__name__)
EVERY = 30.0  # seconds: how old an estimate may become when nothing happens
PAUSE = 0.25  # seconds at least between two estimates, however much happens


@dataclass(frozen=True, slots=True)
class Picture:
    """The newest estimates: `at` (UTC ms) and `step`, the record's newest step that they know."""

    at: int = 0
    step: int = 0
    visits: Mapping[str, Expectation] = field(default_factory=dict)
    services: Mapping[str, Expectation] = field(default_factory=dict)
    history: History = field(default_factory=History)
    said: Mapping[str, Said] = field(default_factory=dict)  # visit, or "service:KEY" -> what they may be told


class Expecting:
    """`look`, `visit` and `service` answer at once; None: not known yet, or nobody is to be told. `listeners` are
    called with each new Picture. `run` runs slow work off the event loop."""

    def __init__(self, frontdesk, *, run: Callable = lambda function, *arguments: function(*arguments)):
        self.frontdesk, self.settings, self.store, self._run = frontdesk, frontdesk.settings, frontdesk.store, run
        self.listeners: list[Callable[[Picture], None]] = []
        self._picture, self._learner, self._step = Picture(), None, 0
        self._failed = False
        self.asked = None  # an Event while it is served
        frontdesk.listeners.append(self._hears)

    def look(self) -> Picture:
        return self._picture

    def visit(self, visit: str) -> Said | None:
        return self._picture.said.get(visit)

    def service(self, service: str) -> Said | None:
        """Before the ticket: what whoever takes one now may expect."""
        return self._picture.said.get(f"service:{service}")

    def refresh(self) -> None:
        """Estimates anew, and tells the listeners."""
        try:
            self._picture = self._run(self._estimated)
            self._failed = False
        except Exception:
            self._picture = Picture()
            if not self._failed:
                log.exception("Nobody is told what to expect: the estimate failed.")
            self._failed = True
        for listener in self.listeners:
            try:
                listener(self._picture)
            except Exception:
                log.exception("A listener to the estimates failed.")

    def serve(self) -> None:
        """For as long as the server runs, in a greenlet of its own."""
        import gevent
        from gevent.event import Event

        self.asked = Event()
        while True:
            self.refresh()
            gevent.sleep(PAUSE)
            self.asked.wait(EVERY)
            self.asked.clear()

    def _hears(self, news: News) -> None:
        if self.asked:
            self.asked.set()

    def _estimated(self) -> Picture:
        if not self.settings.waits.tell:
            return Picture()
        newest, room = self.frontdesk.look()
        if self._learner is None:
            self._learner = load(self.store, self.settings)
            self._step = newest
        for step in steps_of(self.store, self.frontdesk.office, self._step):
            self._learner.see(step)
            self._step = step.number
        asked = tuple(self.settings.service)
        found = estimate(self._learner.floor.snapshot(asked), self._learner.history, seed=self._step)
        return Picture(
            room.at,
            self._step,
            {key: one for key, one in found.items() if not key.startswith("service:")},
            {key: found[f"service:{key}"] for key in asked},
            self._learner.history.copy(),
            {
                key: said(one, at=room.at, target_ms=self.settings.promise.target_seconds * 1000)
                for key, one in found.items()
            },
        )
