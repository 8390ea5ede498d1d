"""The server's end of the figures' process: long reads are made there, so that no press at a desk waits for them.

A process that died or hangs is replaced once; if that does not help, what was asked is worked out here, more slowly for
everybody. Under gevent the pipe is awaited.
"""

import contextlib
import logging
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from struct import Struct

from reception.refusals import Refusal

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "reception.figures.process")
PATIENCE = 60.0  # seconds for one answer: twenty years of fifty offices take a tenth of it
GOODBYE = 3.0  # seconds for it to end
LENGTH = Struct("<Q")  # before each message
LARGEST = 1 << 30  # bytes: what claims to be more is no answer


class Apart:
    """Called with `(work, figures, *given)` it returns what `work(figures, *given)` does; `work` is a module's own
    function, and what it is given and returns small. One is worked out at a time. `run` is for doing it here."""

    def __init__(self, settings, path, run: Callable, *, command=COMMAND, patience: float = PATIENCE):
        self._about, self._run = _message((settings, str(Path(path).absolute()))), run
        self._command, self._patience = command, patience
        self._turn, self._process, self._stopped = threading.Lock(), None, False

    def __call__(self, work: Callable, figures, *given):
        found = self.ask(work, *given)
        if self._stopped:
            raise RuntimeError("the server stops")
        if found is None:
            log.warning("The figures' process is of no use; they are worked out by the server itself.")
            return self._run(work, figures, *given)
        how, value = found
        if how == "refused":
            key, status, values = value
            raise Refusal(key, status=status, **values)
        if how == "failed":
            raise RuntimeError(value)
        return value

    def ask(self, work: Callable, *given) -> tuple | None:
        """How it went ("done", "refused", "failed") and what came of it; None where the process is of no use."""
        request = _message((work, given))
        with self._turn:
            return self._asked(request) or self._asked(request)  # it may have gone to rest, or died long ago

    @property
    def process(self) -> int | None:
        """The id of the process that would be asked now; None where one would have to be started."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def stop(self) -> None:
        """For good. It is let end by itself, so that it can save what it remembers."""
        self._stopped = True
        self._end(GOODBYE)

    def _end(self, seconds: float = 0) -> None:
        if process := self._process:
            self._process = None
            with contextlib.suppress(OSError):  # closing it writes what nobody read
                process.stdin.close()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    # -- the process --------------------------------------------------------------------------------------------

    def _asked(self, request: bytes) -> tuple | None:
        """How it went, and what came of it; None where nothing did."""
        if self._stopped:
            return None
        try:
            process = self._ready()
            timer = threading.Timer(self._patience, process.kill)  # then the pipe ends
            timer.daemon = True
            timer.start()
            try:
                process.stdin.write(request)
                process.stdin.flush()
                (count,) = LENGTH.unpack(_read(process.stdout, LENGTH.size))
                return pickle.loads(_read(process.stdout, count))
            finally:
                timer.cancel()
        except (OSError, ValueError, EOFError, pickle.UnpicklingError) as error:
            log.debug("The figures' process did not answer: %r", error)
            self._end()
            return None

    def _ready(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._process.stdin.write(self._about)
            self._process.stdin.flush()
        return self._process


def _read(pipe, count: int) -> bytes:
    found = pipe.read(count) if count < LARGEST else b""
    if len(found) < count:
        raise EOFError
    return found


def _message(told) -> bytes:
    data = pickle.dumps(told)
    return LENGTH.pack(len(data)) + data
