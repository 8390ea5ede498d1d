"""The server's end of the printers' process: gives it jobs, records what became of them, tells the faces.

A printer hangs on the side: if the process dies it is started again, and no ticket waits for it.
"""

import json
import logging
import subprocess
import sys
import threading
import time

from reception.door import News
from reception.print_jobs import TICKETS
from reception.printing import wording
from reception.printing.conditions import Conditions
from reception.web.speaking import in_language

log = logging.getLogger(__name__)
AGAIN = 1.0  # seconds before a process that ended is started again


class Printers:
    """`start(app)` once; a listener of news; `conditions()` for desks and managers. `listeners` get each event."""

    def __init__(self, parts):
        self.parts, self.settings, self.office = parts, parts.settings, parts.settings.office.key
        self.listeners = []
        self._process = None
        self._stopping = False
        self._turn = threading.Lock()
        self._conditions = Conditions(parts)

    def start(self, app) -> None:
        self._app = app
        self.parts.frontdesk.listeners.append(self.wake)
        threading.Thread(target=self._run, name="printers", daemon=True).start()

    def stop(self) -> None:
        self._stopping = True
        if self._process:
            self._process.stdin.close()
            self._process.terminate()

    def wake(self, news: News) -> None:
        """A listener: new print jobs go to their printers' workers at once."""
        for printer in news.printers:
            self._say({"wake": printer})
        for step in news.steps:
            if step.step in ("slip_came", "slip_missing"):
                self._conditions.visitor_says(step.note["printer"], step.step == "slip_came")

    def conditions(self) -> list[dict]:
        """How each printer is, in words (`Conditions.all`)."""
        return self._conditions.all()

    def of_keeper(self, method: str, *arguments) -> dict:
        """What the process of a kiosk's own machine asks, as ours does: `{"value": …}`, or `{"error": …}`."""
        return self._answer(method, arguments)

    def heard(self, event: dict) -> None:
        """What a printer's worker tells, here or on a kiosk's own machine."""
        self._conditions.hear(event)
        for listener in self.listeners:
            try:
                listener(event)
            except Exception:
                log.exception("A listener to the printers failed.")

    # -- the process --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._talk()
            except Exception:
                log.exception("The printers' process could not be used.")
            if not self._stopping:
                log.warning("The printers' process ended; it is started again.")
                time.sleep(AGAIN)

    def _talk(self) -> None:
        command = [sys.executable, "-m", "reception.printing.process"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        printing = self.settings.printing
        self._say(
            {
                "printers": [printer.model_dump() for printer in self.settings.printers_at("")],
                "languages": self.settings.languages,
                "data": str(self.settings.server.data.resolve()),
                **printing.model_dump(),
            }
        )
        for line in self._process.stdout:
            said = json.loads(line)
            if "event" in said:
                self.heard(said["event"])
            else:
                self._say({"answer": said["ask"], **self._answer(said["method"], said["arguments"])})
        self._process.wait()

    def _say(self, message: dict) -> None:
        with self._turn:
            try:
                self._process.stdin.write(json.dumps(message).encode() + b"\n")
                self._process.stdin.flush()
            except (AttributeError, OSError, ValueError):
                log.debug("The printers' process is not there; it takes its jobs from the store when it is.")

    def _answer(self, method: str, arguments: list) -> dict:
        try:
            return {
                "value": {
                    "next_print_job": self._next,
                    "print_job_started": self._started,
                    "print_job_ended": self._ended,
                    "hand_over": self._hand_over,
                }[method](*arguments)
            }
        except Exception as error:
            log.exception("The printers' process asked %s in vain.", method)
            return {"error": str(error)}

    # -- what it asks -------------------------------------------------------------------------------------------

    def _next(self, printer: str) -> dict | None:
        job = self.parts.store.next_print_job(self.office, printer)
        if job is None:
            return None
        with self._app.app_context(), in_language(self.settings.languages[0]):
            return {"job": job, "slip": wording.slip(self.parts, job)}

    def _started(self, job: str, printer: str, at: int, mm: int) -> bool:
        def begin(store):
            begun = store.begin_print_job(job, printer, at)
            if begun:
                store.use_paper(self.office, printer, mm)
            return begun, None

        return self.parts.frontdesk.writer.do(begin)

    def _ended(self, job: str, printer: str, state: str, cause: str | None, at: int) -> None:
        ended = self.parts.frontdesk.writer.do(
            lambda store: (store.end_print_job(job, printer, state, at, cause), None)
        )
        if ended and state == "printed" and ended[1] in TICKETS:
            self.parts.frontdesk.acknowledge(visit=ended[0], how="printed", by="system")

    def _hand_over(self, job: str, printer: str) -> str | None:
        """To the printer's backup, if that is well; it is woken."""
        backup = self.settings.printer[printer].backup
        if not backup or not self._conditions.well(backup):
            return None
        done = self.parts.frontdesk.writer.do(lambda store: (store.hand_over_print_job(job, printer, backup), None))
        if done:
            self._say({"wake": backup})
        return backup if done else None
