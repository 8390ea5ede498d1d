"""One hook: where it is, what it delivers next, and how long it rests after a failure. Runs in a greenlet of its own.

Steps go out one after the other; the next waits until the one before it was taken or given up.
"""

import logging
import threading
import time
from dataclasses import replace

from reception.refusals import StoreFault
from reception.webhooks import cursor as cursors
from reception.webhooks import message
from reception.webhooks.post import Failed, address, post

log = logging.getLogger(__name__)
HOUR = 3_600_000
GONE = 410


class Hook:
    """`wake` says that there may be something to do, `over` that it is to end, `closed` that the store is gone."""

    def __init__(self, part, parts, *, now, chance, trust):
        self.key, self.steps = part.key, frozenset(part.steps)
        try:
            self.to, self._secret = address(part.url), message.key_of(part.secret)
        except ValueError as error:
            raise ValueError(f"webhooks: {part.key!r}: {error}") from None
        self.office, self.sending = parts.settings.office.key, parts.settings.sending
        self._store, self._frontdesk = parts.store, parts.frontdesk
        self._now, self._chance, self._trust = now, chance, trust
        self.cursor = cursors.Cursor(0)
        self.wake, self.over, self.closed, self.gone = threading.Event(), False, False, False

    @property
    def state(self) -> str:
        return "stopped" if self.gone else "failing" if self.cursor.failing_since else "ok"

    def condition(self) -> dict:
        now, error = self.cursor, self.cursor.last_error or {}
        return {
            "key": self.key,
            "host": self.to.shown,
            "state": self.state,
            "step": now.step,
            "failing_since": now.failing_since,
            "attempts": now.attempts,
            "next_at": now.next_at,
            "skipped": error.get("skipped", 0),
            "skipped_at": error.get("skipped_at"),
        }

    def run(self) -> None:
        # Whoever fixed a receiver and started again wants to see it tried now.
        self.cursor = replace(self.cursor, next_at=None)
        while True:
            self.wake.clear()
            if self.over:
                return
            try:
                rest = self._tend()
            except StoreFault as fault:
                log.warning("Webhook %s: its place could not be stored (%s).", self.key, fault.key)
                rest = self.sending.retry_seconds
            except Exception:
                log.exception("Webhook %s could not be tended.", self.key)
                rest = self.sending.retry_seconds
            self.wake.wait(rest)

    # -- delivering ---------------------------------------------------------------------------------------------

    def _tend(self) -> float | None:
        """Delivers what there is; then the seconds until the next try, None where only news gives work."""
        while not (self.over or self.gone):
            if self.cursor.next_at and (rest := self.cursor.next_at - self._now()) > 0:
                return rest / 1000
            if not self._deliver_some():
                return None
        return None

    def _deliver_some(self) -> bool:
        """Delivers up to a batch of steps, then stores the place once. False when there were none."""
        steps = cursors.outbox(self._store, self.office, self.cursor.step, self.sending.batch)
        tried = False
        for step in steps:
            if self._wants(step):
                if self.over:
                    break
                tried = True
                if not self._deliver(step):
                    break
            self.cursor = replace(self.cursor, step=step.number)
        # What nobody wanted is passed over again after a crash, which costs less than a commit for each step.
        if tried or len(steps) == self.sending.batch:
            self._save()
        return bool(steps)

    def _wants(self, step: cursors.Told) -> bool:
        return bool(step.visit) and (not self.steps or step.step in self.steps)

    def _deliver(self, step: cursors.Told) -> bool:
        identity = message.identity(self.office, step)
        sent = message.body(self.office, step, self._store.steps(self.office, visit=step.visit))
        # Receivers hold this instant against their own clocks; the front desk's may be ahead of the machine's.
        headers = message.signed(identity, sent, self._secret, int(time.time()))
        try:
            status = post(self.to, sent, headers, seconds=self.sending.timeout_seconds, trust=self._trust)
        except Failed as failed:
            return self._failed(failed.cause)
        if 200 <= status < 300:
            return self._taken()
        self.gone = status == GONE
        return self._failed("gone" if self.gone else "redirected" if 300 <= status < 400 else "status", status)

    # -- what became of it --------------------------------------------------------------------------------------

    def _taken(self) -> bool:
        if self.cursor.failing_since:
            log.info("Webhook %s (%s) takes messages again.", self.key, self.to.shown)
            self.cursor = cursors.Cursor(self.cursor.step, last_error=self._skipped() or None)
        return True

    def _failed(self, cause: str, status: int | None = None) -> bool:
        now, before = self._now(), self.cursor
        error = {"cause": cause, **({"status": status} if status else {})}
        kept = self._skipped() if before.failing_since else {}  # a new failure counts from nothing
        self.cursor = replace(
            before,
            failing_since=before.failing_since or now,
            attempts=before.attempts + 1,
            next_at=None if self.gone else now + self._pause_ms(before.attempts),
            last_error={**error, **kept},
        )
        level = logging.INFO if before.failing_since and not self.gone else logging.WARNING
        what = f"{cause} {status}" if status else cause
        log.log(level, "Webhook %s (%s): not delivered: %s.", self.key, self.to.shown, what)
        self._give_up(now)
        return False

    def _pause_ms(self, attempts: int) -> int:
        """Doubles from the first to the longest; a quarter of it is chance, so that hooks do not return in step."""
        seconds = min(self.sending.longest_retry_seconds, self.sending.retry_seconds * 2 ** min(attempts, 32))
        return round(seconds * 1000 * (1 - self._chance() / 4))

    def _give_up(self, now: int) -> None:
        """After so long a failure, steps as old as that are skipped; younger ones may still arrive."""
        limit, count = now - round(self.sending.give_up_hours * HOUR), 0
        if self.cursor.failing_since > limit:
            return
        while True:
            steps = cursors.outbox(self._store, self.office, self.cursor.step, self.sending.batch)
            old = [step for step in steps if step.at <= limit]
            count += sum(self._wants(step) for step in old)
            if old:
                self.cursor = replace(self.cursor, step=old[-1].number)
            if not old or len(old) < len(steps):
                break
        if count:
            log.warning(
                "Webhook %s (%s): %d steps up to number %d could not be delivered and are skipped.",
                *(self.key, self.to.shown, count, self.cursor.step),
            )
            error = self.cursor.last_error
            error = {**error, "skipped": error.get("skipped", 0) + count, "skipped_at": now}
            self.cursor = replace(self.cursor, last_error=error)

    def _skipped(self) -> dict:
        error = self.cursor.last_error or {}
        return {name: error[name] for name in ("skipped", "skipped_at") if name in error}

    def _save(self) -> None:
        if not self.closed:
            kept = self.cursor
            self._frontdesk.writer.do(lambda store: (cursors.save(store, self.office, self.key, kept), None))
