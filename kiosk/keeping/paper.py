"""The printers on a kiosk's own machine: slips of its own tickets, and those that the server has for them.

The same process drives them as on the server. What it asks is answered from here where the ticket is ours, else by the
server; what became of a slip is kept until the server has been told.
"""

import logging
from queue import SimpleQueue

import gevent

from kiosk.keeping.server import Away, Refused
from reception.printing.link import Printers
from reception.refusals import StoreFault

log = logging.getLogger(__name__)
PATIENCE = 2.5  # seconds for the server's answer, while a printer waits


class KeptPrinters(Printers):
    """`contact` knows whether the server is there. A slip of the server's is begun only when it has agreed."""

    def __init__(self, parts, contact):
        super().__init__(parts)
        self._contact = contact
        self._theirs: set[str] = set()  # jobs that the server gave
        self._conditions_told: dict[str, dict] = {}  # printer -> its newest condition, for when the server is back
        self._events = SimpleQueue()

    def start(self, app) -> None:
        super().start(app)
        gevent.spawn(self._tell_events)

    def wake_all(self) -> None:
        """The server may have slips for us."""
        for printer in self.settings.printers:
            self._say({"wake": printer.key})

    def server_is_back(self) -> None:
        """It learns how the printers are, and may have slips."""
        for event in self._conditions_told.values():
            self._events.put(event)
        self.wake_all()

    # -- what the process asks --------------------------------------------------------------------------------------

    def _next(self, printer: str) -> dict | None:
        ours = super()._next(printer)
        if ours:
            ours["job"] |= {"made_at": ours["job"]["made_at"] - self._ahead()}
            return ours
        # What was given alone is told first: a ticket that we and the server both gave has one slip, ours.
        if not self._contact.there or self._contact.to_tell() or self._contact.cupboard.outcomes():
            return None
        found = self._ask(ask="next_print_job", printer=printer)
        if found:
            self._theirs.add(found["job"]["id"])
            found["job"] |= {"made_at": found["job"]["made_at"] - self._ahead()}
        return found

    def _started(self, job: str, printer: str, at: int, mm: int) -> bool:
        if job not in self._theirs:
            return super()._started(job, printer, at + self._ahead(), mm)
        asked = {"job": job, "printer": printer, "at": at + self._ahead(), "mm": mm}
        return bool(self._ask(ask="print_job_started", **asked))

    def _ended(self, job: str, printer: str, state: str, cause: str | None, at: int) -> None:
        told = {"printer": printer, "job": job, "state": state, "cause": cause, "at": at + self._ahead()}
        if job in self._theirs:
            self._theirs.discard(job)
            self._keep_outcome({"ask": "print_job_ended", **told})
        else:
            super()._ended(job, printer, state, cause, told["at"])
            self._tell_of_ours(job, told)
        self._contact.hurry()

    def _keep_outcome(self, told: dict) -> None:
        try:
            self._contact.cupboard.add_outcome(self._contact.desk.writer, told)
        except StoreFault:  # the disk is full: the server must have it now
            self._ask(**told)

    def _tell_of_ours(self, job: str, told: dict) -> None:
        found = self.parts.store.print_job(job)
        if self._contact.cupboard.told(found["visit"]) is not None:  # a signpost's slip is nobody's
            told |= {"ask": "alone", "made_at": found["made_at"]}
            self._contact.cupboard.add_outcome(self._contact.desk.writer, told, found["visit"])

    def _hand_over(self, job: str, printer: str) -> str | None:
        if job not in self._theirs:
            return super()._hand_over(job, printer)
        return self._ask(ask="hand_over", printer=printer, job=job)

    def heard(self, event: dict) -> None:
        times = {name: event[name] + self._ahead() for name in ("at", "since", "heard_at") if event.get(name)}
        event = {**event, **times}
        super().heard(event)
        if event["kind"] == "condition":
            self._conditions_told[event["printer"]] = event
        if event["kind"] != "job" or self._contact.cupboard.told(event["visit"]) is None:
            self._events.put(event)

    # -- the server -------------------------------------------------------------------------------------------------

    def _ask(self, **asked):
        try:
            return self._contact.server.ask("/api/keeper/printing", asked, seconds=PATIENCE)["value"]
        except Away:
            self._contact.lost()
        except Refused as refused:
            log.warning("The server refused what a printer asked: %s", refused.code)
        return None

    def _tell_events(self) -> None:
        while True:
            event = self._events.get()
            if self._contact.there:
                self._ask(ask="tell", printer=event["printer"], event=event)

    def _ahead(self) -> int:
        """The printers' process goes by this machine's clock."""
        return self._contact.clock.ahead_of_machine()
