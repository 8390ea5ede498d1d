"""The figures' own process: what is asked of them is worked out here, one question at a time, and by the way (`NICE`).

It only reads the database, and ends with the server or when nobody has asked for long. `python -m
reception.figures.process`; started by reception/figures/link.py, which says what stands on the pipe.
"""

import ctypes
import os
import pickle
import select
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from reception.figures import whole  # noqa: F401  so that it is there before anybody asks
from reception.figures.figures import Figures, warmed
from reception.figures.link import LENGTH
from reception.figures.memory import Memory
from reception.refusals import Refusal
from reception.store import Store

REMEMBERED = "figures.remembered"  # a file beside the database, of no worth to anybody else
NICE = 5  # a third of the processor beside one who wants all of it
UNASKED, ASKED = 45, 180  # seconds it stays after the start or the night's work, and after an answer to somebody


class Reading(Store):
    """A database that another process keeps."""

    def __init__(self, path: str, busy_seconds: float):
        self.path, self._busy, self._readers, self._writer = path, busy_seconds, {}, None
        self._shown = {}

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{Path(self.path).as_uri()}?mode=ro", uri=True, timeout=self._busy, isolation_level=None
        )


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the server's, which closes the pipe
    os.nice(NICE)
    requests, answers = sys.stdin.buffer.raw, sys.stdout.buffer
    settings, path = _next(requests, UNASKED)
    memory = Memory(file=Path(path).with_name(REMEMBERED))
    memory.load()
    figures = Figures(settings, Reading(path, settings.keeping.busy_seconds), memory=memory)
    patience, give_back = UNASKED, _give_back_memory()
    while (request := _next(requests, patience)) is not None:
        data = pickle.dumps(_outcome(figures, *request))
        try:
            answers.write(LENGTH.pack(len(data)) + data)
            answers.flush()
        except BrokenPipeError:
            break  # the server is gone, and nobody is left to tell
        patience = patience if request[0] is warmed else ASKED
        give_back()
    memory.save()
    os._exit(0)


def _give_back_memory() -> Callable[[], object]:
    """What returns to the system the columns that an answer was made of: millions of visits take half a gigabyte."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):  # not every C library has it
        return lambda: None
    return lambda: trim(0)


def _outcome(figures: Figures, work, given: tuple) -> tuple[str, object]:
    try:
        return "done", work(figures, *given)
    except Refusal as refusal:
        return "refused", (refusal.key, refusal.status, refusal.values)
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"


def _next(requests, seconds: float):
    """What the server says next; None when it is gone or says nothing for so long."""
    if not select.select([requests], [], [], seconds)[0]:
        return None
    head = _read(requests, LENGTH.size)
    data = head and _read(requests, *LENGTH.unpack(head))
    return pickle.loads(data) if data else None


def _read(pipe, count: int) -> bytes | None:
    parts = []
    while count:
        part = pipe.read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    main()
