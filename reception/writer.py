"""One writer: every change waits its turn, those that queue meanwhile share one durable commit, and news follows it.

It knows nothing of visits. A *turn* is a function that is handed the store inside the transaction and returns
`(answer, news)`; if it raises, nothing of it happened and the others of the same commit are unharmed.
"""

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from reception.refusals import StoreFault

GROUP = 64  # turns that may share a commit: on a slow disk the commit is what costs
FAULTS = (sqlite3.OperationalError, sqlite3.DatabaseError)  # of the file, not of a turn, as IntegrityError is
log = logging.getLogger(__name__)
Turn = Callable[[Any], tuple[Any, Any]]


class Writer:
    """`do(turn)` returns the turn's answer once it is durable, or raises what the turn raised.

    `tell(news)` is called afterwards for each turn's news, in the order stored. This one commits on the caller's
    thread, one at a time; GeventWriter commits on a native thread so that the event loop never waits for the disk.
    """

    def __init__(self, store, tell: Callable[[Any], None]):
        self.store, self.tell = store, tell
        self._lock = threading.RLock()

    def do(self, turn: Turn) -> Any:
        with self._lock:
            ((done, value, news),) = commit(self.store, [turn])
            if done and news:
                self.tell(news)
        if not done:
            raise value
        return value

    def close(self) -> None:
        pass


class GeventWriter:
    """The same, for a server on gevent's event loop."""

    def __init__(self, store, tell: Callable[[Any], None]):
        import gevent
        from gevent.event import AsyncResult, Event
        from gevent.threadpool import ThreadPool

        self.store, self.tell, self._result = store, tell, AsyncResult
        self._turns, self._news = deque(), deque()
        self._asked, self._told = Event(), Event()
        self._native = ThreadPool(1)
        self._greenlets = [gevent.spawn(self._commit), gevent.spawn(self._teller)]

    def do(self, turn: Turn) -> Any:
        result = self._result()
        self._turns.append((turn, result))
        self._asked.set()
        return result.get()

    def close(self) -> None:
        import gevent

        gevent.killall(self._greenlets)
        self._native.kill()

    def _commit(self):
        while True:
            self._asked.wait()
            self._asked.clear()
            while self._turns:
                group = [self._turns.popleft() for _ in range(min(GROUP, len(self._turns)))]
                outcomes = self._native.apply(commit, (self.store, [turn for turn, _ in group]))
                for (_, result), (done, value, news) in zip(group, outcomes, strict=True):
                    result.set(value) if done else result.set_exception(value)
                    if done and news:
                        self._news.append(news)
                self._told.set()

    def _teller(self):
        # Its own greenlet, so that whoever asked is answered before the lobby hears of it.
        while True:
            self._told.wait()
            self._told.clear()
            while self._news:
                self.tell(self._news.popleft())


def commit(store, turns: list[Turn]) -> list[tuple[bool, Any, Any]]:
    """Takes the turns in one durable transaction, a savepoint each: `(done, answer or exception, news)` for each."""
    outcomes, before = [], store.changes
    try:
        store.begin()
        for turn in turns:
            store.mark()
            try:
                answer, news = turn(store)
                store.keep()
                outcomes.append((True, answer, news))
            except Exception as refused:
                if type(refused) in FAULTS:
                    raise
                store.forget_mark()
                outcomes.append((False, refused, None))
        store.commit()
        if store.changes > before or store.fault == "database_busy":
            store.fault = None
        return outcomes
    except sqlite3.Error as error:
        log.error("The database did not keep a change: %s", error)
        store.rollback()
        store.fault = fault_key(error)
        fault = StoreFault(store.fault)
        fault.__cause__ = error
        return [(False, fault, None)] * len(turns)
    except BaseException:
        store.rollback()
        raise


def fault_key(error: sqlite3.Error) -> str:
    """What the person at the screen should know about a database error."""
    text = str(error).lower()
    if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ")):
        return "database_damaged"  # "disk I/O error" as well, but what is there cannot be read
    if "full" in text or "disk i/o" in text:
        return "disk_full"
    if "locked" in text or "busy" in text:
        return "database_busy"
    if "malformed" in text or "not a database" in text:
        return "database_damaged"
    return "database_fault"
