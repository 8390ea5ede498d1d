"""The server's end of the voice's process: asks it for one phrase at a time, and starts it again when it dies or hangs.

Under gevent the pipe is awaited, so that no screen waits for a voice.
"""

import contextlib
import json
import logging
import subprocess
import sys
import threading
import time

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "reception.voice.engine")
PATIENCE = 10.0  # seconds for one phrase; the longest takes a tenth of one
LOOK_AGAIN = 60.0  # seconds until somebody who was not there is looked for again
LONGEST_LINE = 10_000  # bytes of what it says about a phrase
LARGEST = 64 * 1024 * 1024  # bytes of WAV: what claims to be more is no phrase


class NoVoice(Exception):
    """There is nobody to say it; the text says why, for whoever runs the server."""


class Engine:
    """`say(…)` returns a WAV or raises NoVoice; it is safe to be asked by many at once."""

    def __init__(self, command=COMMAND, *, patience: float = PATIENCE):
        self._command, self._patience = command, patience
        self._turn = threading.Lock()
        self._process = None
        self._missing = ("", 0.0)  # why nobody speaks, and until when that is believed
        self.name = ""

    @property
    def missing(self) -> str:
        """Why nobody can speak, as far as is known; empty while somebody can."""
        return self._missing[0]

    def start(self) -> None:
        """Has the process ready before anybody asks; what is wrong is kept in `missing`."""
        with self._turn:
            try:
                self._ready()
            except NoVoice as error:
                log.warning("Nothing can be said aloud: %s.", error)

    def say(self, text: str, *, voice: str, speed: int, pitch: int) -> bytes:
        asked = json.dumps({"text": text, "voice": voice, "speed": speed, "pitch": pitch}).encode() + b"\n"
        with self._turn:
            try:
                return self._asked(asked)
            except _Gone as first:  # it may have died long ago: a new one has its chance
                log.warning("The voice's process %s; it is started again.", first)
                try:
                    return self._asked(asked)
                except _Gone as error:
                    raise NoVoice(f"the voice's process {error}") from error

    def stop(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # closing it writes what nobody read
                    pipe.close()

    # -- the process --------------------------------------------------------------------------------------------

    def _asked(self, request: bytes) -> bytes:
        self._ready()
        with self._watched():
            try:
                self._process.stdin.write(request)
                self._process.stdin.flush()
                said = self._line()
                if "error" in said:
                    raise NoVoice(said["error"])
                return self._whole(int(said["bytes"]))
            except (OSError, KeyError, TypeError, ValueError) as error:
                raise self._gone("answered with nonsense") from error

    def _ready(self) -> None:
        if self._process and self._process.poll() is None:
            return
        why, until = self._missing
        if time.monotonic() < until:
            raise NoVoice(why)
        self.stop()
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with self._watched():
            try:
                said = self._line()
            except _Gone as gone:
                said = {"missing": f"the voice's process {gone}"}
        if "engine" not in said:
            self.stop()
            why = str(said.get("missing", "the voice's process says nothing sensible"))
            self._missing = (why, time.monotonic() + LOOK_AGAIN)
            raise NoVoice(why)
        self.name, self._missing = str(said["engine"]), ("", 0.0)

    def _watched(self):
        return _Watched(self._process, self._patience)

    def _line(self) -> dict:
        line = self._process.stdout.readline(LONGEST_LINE)
        try:
            said = json.loads(line)
        except ValueError as error:
            raise self._gone("answered with nonsense" if line else "ended or hung") from error
        return said if isinstance(said, dict) else {}

    def _whole(self, count: int) -> bytes:
        if not 0 < count <= LARGEST:
            raise self._gone("answered with nonsense")
        made = self._process.stdout.read(count)
        if len(made) < count:
            raise self._gone("ended or hung")
        return made

    def _gone(self, how: str) -> "_Gone":
        self.stop()
        return _Gone(how)


class _Gone(Exception):
    """The process is of no more use; the text says what it did."""


class _Watched:
    """Kills the process when what stands inside takes longer than it may: whoever reads its pipe then reads the end."""

    def __init__(self, process, seconds: float):
        self._timer = threading.Timer(seconds, process.kill)
        self._timer.daemon = True

    def __enter__(self):
        self._timer.start()

    def __exit__(self, *_what):
        self._timer.cancel()
