"""A council's own systems hear of visit steps: signed, in order, at least once. docs/webhooks.md says it to receivers.

The `steps` table is the outbox, so a crash loses nothing. Each hook has a greenlet of its own: a slow receiver holds
up its own deliveries and nothing else.
"""

import random
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from reception.door import News
from reception.refusals import StoreFault
from reception.webhooks import cursor, words
from reception.webhooks.hook import Hook

LEAVE = 2.0  # seconds that deliveries under way have to end when the server stops


def in_a_thread(work: Callable[[], None]) -> threading.Thread:
    """A native thread, or a greenlet where gevent has patched threads."""
    thread = threading.Thread(target=work, name="webhook", daemon=True)
    thread.start()
    return thread


class Webhooks:
    """`start()` once, `stop()` before the store is closed; `conditions()` for managers.

    `spawn` runs a function beside everything else and returns something with `join(seconds)`; `now` is milliseconds,
    the front desk's clock if left out; `chance` is a number from 0 to 1, which spreads the retries.
    """

    def __init__(self, parts, spawn=in_a_thread, *, now: Callable[[], int] | None = None, chance=random.random):
        self.parts, self.office = parts, parts.settings.office.key
        self._spawn, self._running = spawn, []
        trust = ssl.create_default_context() if parts.settings.webhooks else None
        self.hooks = [
            Hook(part, parts, now=now or parts.frontdesk.now, chance=chance, trust=trust)
            for part in parts.settings.webhooks
        ]

    def start(self) -> None:
        """Every hook goes on where it was; a new one starts at the newest step, not at the beginning of time."""
        store, newest = self.parts.store, self.parts.store.newest_step(self.office)
        kept = cursor.load(store, self.office)
        for hook in self.hooks:
            hook.cursor = kept.get(hook.key, cursor.Cursor(newest))
        with suppress(StoreFault):  # a full disk stops no server; the places are stored with the next delivery
            self.parts.frontdesk.writer.do(self._places)
        self.parts.frontdesk.listeners.append(self.told)
        self._running = [self._spawn(hook.run) for hook in self.hooks]

    def stop(self) -> None:
        """Deliveries under way have LEAVE seconds to end; what was not known to have arrived is sent again."""
        for hook in self.hooks:
            hook.over = True
            hook.wake.set()
        until = time.monotonic() + LEAVE
        for running in self._running:
            running.join(max(0, until - time.monotonic()))
        for hook in self.hooks:
            hook.closed = True

    def told(self, news: News | None) -> None:
        """A listener: there may be something to deliver."""
        for hook in self.hooks:
            hook.wake.set()

    def conditions(self) -> list[dict]:
        """For each hook: key, host, state ("ok", "failing" or "stopped") and its words, the number of the newest step
        delivered or skipped, failing_since, attempts, next_at, the sentence last_error, and how many steps were
        skipped in the last long failure and when. Instants are UTC milliseconds or None. Never address or secret.
        """
        return [{**hook.condition(), **words.worded(hook.state, hook.cursor.last_error)} for hook in self.hooks]

    def _places(self, store) -> tuple[None, None]:
        cursor.forget(store, self.office, keep=[hook.key for hook in self.hooks])
        for hook in self.hooks:
            cursor.save(store, self.office, hook.key, hook.cursor)
        return None, None
