"""The demo's server: a process that can be started, killed and started again."""

import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

READY_WITHIN = 30.0  # seconds


class Office:
    """`file` is the office's settings; without, the demo office's. What it says is passed on."""

    def __init__(self, file: Path | None = None):
        self.file, self.port = file, int(os.environ.get("RECEPTION_PORT", "8000"))
        self._command = [sys.executable, "server.py", *(["--office", str(file)] if file else ["--demo"])]
        self.start()

    def start(self) -> None:
        """Returns once it answers; raises SystemExit where it cannot start (it has said why)."""
        self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._pass_on, args=(self.process.stdout,), daemon=True).start()
        wait_until(self._is_there)

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def _is_there(self) -> bool:
        if self.process.poll() is not None:
            sys.exit(self.process.returncode or 1)
        return answers(f"http://localhost:{self.port}/static/ticket.svg")

    @staticmethod
    def _pass_on(stream) -> None:
        for line in stream:
            print(line, end="", flush=True)


def wait_until(true: Callable[[], bool]) -> None:
    """Raises SystemExit when it takes too long."""
    until = time.monotonic() + READY_WITHIN
    while not true():
        if time.monotonic() > until:
            sys.exit("The demo's server did not answer in time.")
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True
