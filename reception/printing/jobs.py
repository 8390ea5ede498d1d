"""One worker a printer: takes its print jobs from the durable store, draws, prints, records, and tells what it saw.

It owns its printer alone and runs beside every request, so that nothing a printer does can delay a ticket. It never
prints a job twice: what may already lie in somebody's hand is recorded as unconfirmed and left to a person.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from PIL import Image

from . import blocking
from .causes import NOT_HEARD, remedy_of
from .outcome import Outcome, Printer, PrinterFault
from .slip import PromiseSlip, Slip, draw
from .status import Condition

log = logging.getLogger(__name__)

Ended = Literal["printed", "unconfirmed", "failed", "dropped"]
HOURLY_MS = 3_600_000


@dataclass(frozen=True)
class Job:
    """One slip to be printed. `state` is as stored: "waiting", or "printing" once it may have reached the paper.

    A ticket's slip is about its visit; a promise's about the promise (`about`), with a `visit` or "".
    """

    id: str
    visit: str
    kind: Literal["ticket", "reprint", "promise"]
    made_at: int  # UTC milliseconds
    printer: str
    state: Literal["waiting", "printing"] = "waiting"
    about: str | None = None


class PrintJobs(Protocol):
    """What the worker needs of the store. Each change is durable when the method returns."""

    def next_print_job(self, printer: str) -> Job | None:
        """The printer's oldest job that has not ended, one left "printing" by a crash included."""

    def print_job_started(self, id: str, at: int) -> None:
        """The job is about to be sent: from here on it is "printing"."""

    def print_job_ended(self, id: str, state: Ended, cause: str | None, at: int) -> None: ...


class Worker:
    """Call `start` once, `wake` whenever a job was stored (from any thread, at once), `stop` at the end.

    `render` answers what to draw for a job, or None when it is not wanted any more (dropped). `tell` is given one
    dict an event, `at` in UTC milliseconds:
    `{"kind": "condition", "printer", "state", "cause", "remedy", "since", "heard_at", "at"}` when the printer's
    condition changed, and hourly while the roll is near its end;
    `{"kind": "heard", "printer", "at"}` when it answered that nothing has changed;
    `{"kind": "job", "printer", "job", "slip", "visit", "state", "cause", "remedy", "at"}` with `slip` the kind and
    state "printed", "unconfirmed", "failed", "dropped", or "deferred": not sent yet, tried again until it is stale.
    """

    def __init__(
        self,
        key: str,
        printer: Printer,
        store: PrintJobs,
        *,
        render: Callable[[Job], Slip | PromiseSlip | None],
        tell: Callable[[dict], None],
        dots: int = 576,
        dpi: int = 203,
        stale_seconds: float = 60,
        ask_seconds: float = 20,
        ask_in_trouble_seconds: float = 3,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        run_blocking: Callable = blocking.call,
    ):
        self.key, self.printer, self.store = key, printer, store
        self._render, self._tell_outside, self._clock = render, tell, clock
        self._size = {"dots": dots, "dpi": dpi}
        self._stale_ms = stale_seconds * 1000
        self._ask_every = ask_seconds, ask_in_trouble_seconds
        self._run_blocking = run_blocking
        self._awake = threading.Event()
        self._stopping = self._hopeless = False
        self._thread = None
        self._deferred: set[str] = set()
        self._since = self._told_at = self._clock()
        self.condition = Condition("unknown")
        self.heard_at: int | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name=f"printer {self.key}", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._awake.set()

    def stop(self, timeout: float | None = 5) -> None:
        self._stopping = True
        self._awake.set()
        if self._thread:
            self._thread.join(timeout)

    def picture(self) -> dict:
        """How the printer is, for a manager's page: `heard_at` is when it last answered (None: never), `since` when
        this condition began; both in UTC milliseconds."""
        cause = self.condition.cause
        return {
            "printer": self.key,
            "state": self.condition.state,
            "cause": cause,
            "remedy": remedy_of(cause),
            "since": self._since,
            "heard_at": self.heard_at,
        }

    def _run(self) -> None:
        self._guarded(lambda: self._run_blocking(self._warm_up))
        ask_at = 0.0
        while not self._stopping:
            self._awake.clear()
            asked = time.monotonic() >= ask_at
            if asked:
                self._guarded(self._ask)
            self._hopeless = asked and self.condition.in_trouble
            self._guarded(self._print_all)
            if asked or self._worried():
                ask_at = time.monotonic() + self._ask_every[self._worried()]
            self._awake.wait(max(0.0, ask_at - time.monotonic()))

    def _worried(self) -> bool:
        return self.condition.in_trouble or bool(self._deferred)

    def _guarded(self, step: Callable) -> None:
        """A failing step is logged and tried again at the next turn: a worker that died would print no more."""
        try:
            step()
        except Exception:
            log.exception("printer %s", self.key)

    def _warm_up(self) -> None:
        """Pay for fonts, QR tables and the printer library before the first visitor does."""
        self.printer.warm_up()
        draw(Slip.sample(), **self._size)

    def _ask(self) -> None:
        self._notice(self.printer.ask())

    def _notice(self, condition: Condition) -> None:
        at = self._clock()
        heard = condition.state != "unknown" and condition.cause not in NOT_HEARD
        if heard:
            self.heard_at = at
        changed = condition != self.condition
        if changed:
            self.condition, self._since = condition, at
        if changed or (condition.state == "near_end" and at - self._told_at >= HOURLY_MS):
            self._told_at = at
            self._tell({"kind": "condition", **self.picture(), "at": at})
        elif heard:
            self._tell({"kind": "heard", "printer": self.key, "at": at})

    def _print_all(self) -> None:
        """Work through the jobs until one must wait, at once if the printer has just said that it cannot."""
        while not self._stopping and (job := self.store.next_print_job(self.key)):
            if job.state == "printing":
                self._end(job, "unconfirmed", "interrupted")
            elif self._clock() - job.made_at > self._stale_ms:
                self._end(job, "dropped", "stale")
            elif self._hopeless:
                return self._defer(job, self.condition.cause)
            elif (image := self._image(job)) and not self._send(job, image):
                return None
        return None

    def _image(self, job: Job) -> Image.Image | None:
        """The drawn slip, or None when the job ended without one."""
        try:
            slip = self._render(job)
            image = slip and self._run_blocking(lambda: draw(slip, **self._size))
        except Exception:
            log.exception("the slip of print job %s could not be drawn", job.id)
            self._end(job, "failed", "drawing")
            return None
        if not image:
            self._end(job, "dropped", "not_wanted")
        return image

    def _send(self, job: Job, image: Image.Image) -> bool:
        """Print; False when nothing went out and the job must wait."""
        outcome = self._outcome(job, image)
        if outcome.condition:
            self._notice(outcome.condition)
        if not outcome.sent:
            self._defer(job, outcome.cause)
            return False
        self._end(job, outcome.state, outcome.cause)
        if not outcome.condition:
            self._ask()
        return True

    def _outcome(self, job: Job, image) -> Outcome:
        sent = False

        def sending():
            nonlocal sent
            self.store.print_job_started(job.id, self._clock())
            sent = True

        try:
            return self.printer.print(image, sending=sending)
        except PrinterFault as fault:
            log.warning("printer %s: %s", self.key, fault)
            return Outcome("unconfirmed" if sent else "failed", fault.cause, sent=sent, condition=fault.condition)
        except Exception:
            log.exception("printer %s, job %s", self.key, job.id)
            if not sent:
                raise
            return Outcome("unconfirmed", "error", sent=True)

    def _defer(self, job: Job, cause: str | None) -> None:
        if job.id not in self._deferred:
            self._deferred.add(job.id)
            self._tell_job(job, "deferred", cause)

    def _end(self, job: Job, state: Ended, cause: str | None = None) -> None:
        self.store.print_job_ended(job.id, state, cause, self._clock())
        self._deferred.discard(job.id)
        self._tell_job(job, state, cause)

    def _tell_job(self, job: Job, state: str, cause: str | None) -> None:
        self._tell(
            {
                "kind": "job",
                "printer": self.key,
                "job": job.id,
                "slip": job.kind,
                "visit": job.visit,
                "state": state,
                "cause": cause,
                "remedy": remedy_of(cause, state=state),
                "at": self._clock(),
            }
        )

    def _tell(self, event: dict) -> None:
        try:
            self._tell_outside(event)
        except Exception:
            log.exception("telling of printer %s", self.key)
