"""Calls something slow in a thread of its own and waits for it no longer than it may take.

A call that outlives its time is left behind, never killed: a USB write can hang for ever and no thread can be stopped.
"""

import threading
from collections.abc import Callable


class Hung(Exception):
    """The call had not returned when its time was over; `still_running()` says whether it has by now."""

    def __init__(self, seconds: float, still_running: Callable[[], bool]):
        super().__init__(f"no end after {seconds:g} s")
        self.still_running = still_running


def call(work: Callable, *, seconds: float | None = None):
    """What `work()` returns or raises. `Hung` after `seconds` (None: wait as long as it takes)."""
    return work() if seconds is None else _in_a_thread(work, seconds)


def _in_a_thread(work: Callable, seconds: float):
    done = []
    thread = threading.Thread(target=lambda: done.append(_outcome(work)), daemon=True)
    thread.start()
    thread.join(seconds)
    if not done:
        raise Hung(seconds, lambda: not done)
    returned, value = done[0]
    if returned:
        return value
    raise value


def _outcome(work: Callable) -> tuple[bool, object]:
    try:
        return True, work()
    except BaseException as error:
        return False, error
