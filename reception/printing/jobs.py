"""One worker a printer: takes its print jobs from the durable store, draws, prints, records, and tells what it saw.

It owns its printer alone and runs beside every request, so that nothing a printer does can delay a ticket. It never
prints a job twice: what may already lie in somebody's hand is recorded as unconfirmed and left to a person. What it
cannot begin goes to the printer's backup after a few seconds.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from PIL import Image

from . import blocking
from .causes import NOT_HEARD, remedy_of
from .job import Ended, Job, PrintJobs
from .outcome import Outcome, Printer, PrinterFault
from .slip import AnySlip, draw, warm_up
from .status import Condition

log = logging.getLogger(__name__)

HOURLY_MS = 3_600_000
HEARD_MS = 20_000  # between telling that nothing has changed


class Taken(Exception):
    """The job is another's by now, and nothing of it was sent."""


class Worker:
    """Call `start` once, `wake` whenever a job was stored (from any thread, at once), `stop` at the end.

    `render` answers what to draw for a job, or None when it is not wanted any more (dropped). `tell` is given one
    dict an event, `at` in UTC milliseconds:
    `{"kind": "condition", "printer", "state", "cause", "remedy", "since", "heard_at", "at"}` when the printer's
    condition changed, and hourly while the roll is near its end;
    `{"kind": "heard", "printer", "at"}` now and then when it answers that nothing has changed;
    `{"kind": "job", "printer", "job", "slip", "visit", "state", "cause", "remedy", "to", "at"}` with `slip` the kind
    and state "printed", "unconfirmed", "failed", "dropped", "deferred" (not sent yet, tried again until it is stale) or
    "moved": the printer `to` has it now.
    """

    def __init__(
        self,
        key: str,
        printer: Printer,
        store: PrintJobs,
        *,
        render: Callable[[Job], AnySlip | None],
        tell: Callable[[dict], None],
        dots: int = 576,
        dpi: int = 203,
        languages: Sequence[str] = ("en",),
        stale_seconds: float = 60,
        ask_seconds: float = 2,
        backup_seconds: float | None = None,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        monotonic: Callable[[], float] = time.monotonic,
        run_blocking: Callable = blocking.call,
    ):
        self.key, self.printer, self.store = key, printer, store
        self._render, self._tell_outside = render, tell
        self._clock, self._monotonic = clock, monotonic
        self._languages = languages
        self._size = {"dots": dots, "dpi": dpi}
        self._stale_ms, self._ask_every = stale_seconds * 1000, ask_seconds
        self._backup_ms = None if backup_seconds is None else backup_seconds * 1000
        self._run_blocking = run_blocking
        self._awake = threading.Event()
        self._stopping = self._hopeless = self._noticed = False
        self._thread = None
        self._deferred: set[str] = set()
        self._ask_at = monotonic()
        self._look_at: float | None = None  # when a job that waits may go to the backup
        self._since = self._told_at = self._clock()
        self._heard_told_at = 0
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
        while not self._stopping:
            self._awake.clear()
            self._awake.wait(self.turn())

    def turn(self) -> float:
        """Asks the printer how it is, if it is time to, and prints what there is; answers in how many seconds it wants
        to look again."""
        asked = self._monotonic() >= self._ask_at
        if asked:
            self._guarded(self._ask)
        self._hopeless, self._look_at = asked and self.condition.in_trouble, None
        self._noticed = False
        self._guarded(self._print_all)
        now = self._monotonic()
        if asked or (self._noticed and self.condition.in_trouble):  # not by a wake alone: they may never cease
            self._ask_at = now + self._ask_every
        return max(0.0, min(self._ask_at, self._look_at or self._ask_at) - now)

    def _guarded(self, step: Callable) -> None:
        """A failing step is logged and tried again at the next turn: a worker that died would print no more."""
        try:
            step()
        except Exception:
            log.exception("printer %s", self.key)

    def _warm_up(self) -> None:
        """Pay for fonts, QR tables and the printer library before the first visitor does."""
        self.printer.warm_up()
        warm_up(self._languages, **self._size)

    def _ask(self) -> None:
        self._notice(self.printer.ask())

    def _notice(self, condition: Condition) -> None:
        self._noticed, at = True, self._clock()
        heard = condition.state != "unknown" and condition.cause not in NOT_HEARD
        if heard:
            self.heard_at = at
        changed = condition != self.condition
        if changed:
            self.condition, self._since = condition, at
        if changed or (condition.state == "near_end" and at - self._told_at >= HOURLY_MS):
            self._told_at = self._heard_told_at = at
            self._tell({"kind": "condition", **self.picture(), "at": at})
        elif heard and at - self._heard_told_at >= HEARD_MS:
            self._heard_told_at = at
            self._tell({"kind": "heard", "printer": self.key, "at": at})

    # -- the jobs -----------------------------------------------------------------------------------------------

    def _print_all(self) -> None:
        """Work through the jobs until one must wait, at once if the printer has just said that it cannot."""
        while not self._stopping and (job := self.store.next_print_job(self.key)):
            if job.state == "printing":
                self._end(job, "unconfirmed", "interrupted")
            elif self._clock() - job.made_at > self._stale_ms:
                self._end(job, "dropped", "stale")
            elif not self._done_with(job):
                return

    def _done_with(self, job: Job) -> bool:
        """Print it; False when nothing went out and the job must wait here."""
        if self._hopeless:
            return self._passed_on(job, self.condition.cause)
        image = self._image(job)
        outcome = image and self._outcome(job, image)
        if outcome is None:
            return True
        if outcome.condition:
            self._notice(outcome.condition)
        if not outcome.sent:
            return self._passed_on(job, outcome.cause)
        self._end(job, outcome.state, outcome.cause)
        if not outcome.condition or outcome.cause == "silent":
            self._guarded(self._ask)
        return True

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

    def _outcome(self, job: Job, image: Image.Image) -> Outcome | None:
        """What became of it; None when it was another's by the time it would have been sent."""
        sent, mm = False, round(image.height * 25.4 / self._size["dpi"])

        def sending():
            nonlocal sent
            if not self.store.print_job_started(job, self._clock(), mm):
                raise Taken
            sent = True

        try:
            return self.printer.print(image, sending=sending)
        except Taken:
            return None
        except PrinterFault as fault:
            log.warning("printer %s: %s", self.key, fault)
            return Outcome("unconfirmed" if sent else "failed", fault.cause, sent=sent, condition=fault.condition)
        except Exception:
            log.exception("printer %s, job %s", self.key, job.id)
            if not sent:
                raise
            return Outcome("unconfirmed", "error", sent=True)

    def _passed_on(self, job: Job, cause: str | None) -> bool:
        """Whether the backup has it now; else it waits here, and that is told once."""
        if job.id not in self._deferred:
            self._deferred.add(job.id)
            self._tell_job(job, "deferred", cause)
        if self._backup_ms is None or job.meant_for:
            return False
        wait = self._backup_ms - (self._clock() - job.made_at)
        if wait > 0:
            self._look_at = self._monotonic() + wait / 1000
            return False
        to = self.store.hand_over(job)
        if to:
            self._deferred.discard(job.id)
            self._tell_job(job, "moved", cause, to=to)
        return bool(to)

    def _end(self, job: Job, state: Ended, cause: str | None = None) -> None:
        self.store.print_job_ended(job, state, cause, self._clock())
        self._deferred.discard(job.id)
        self._tell_job(job, state, cause)

    def _tell_job(self, job: Job, state: str, cause: str | None, *, to: str | None = None) -> None:
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
                "to": to,
                "at": self._clock(),
            }
        )

    def _tell(self, event: dict) -> None:
        try:
            self._tell_outside(event)
        except Exception:
            log.exception("telling of printer %s", self.key)
