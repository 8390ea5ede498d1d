"""One open connection to a printer: bytes out through python-escpos, answers in, told apart by `status.Replies`.

It knows the order of questions, never what kind of wire it speaks over.
"""

import secrets
import string
import time
from collections.abc import Callable

from .status import QUESTIONS, UNKNOWN, Condition, Replies, condition, paper_out

TROUBLE_CHECK_SECONDS = 0.5  # while waiting for "printed", how often to ask what holds it up


class Conversation:
    """`write(bytes)` sends; `read(seconds)` answers what arrives within that time, b"" for nothing, and raises
    ConnectionError when the printer hung up. `patience` is how long to wait for an answer, `confirm_seconds` for
    "printed". After one silence it asks no more: a late answer cannot be mistaken, and whoever was asked in vain while
    printing is gone."""

    def __init__(
        self,
        write: Callable[[bytes], None],
        read: Callable[[float], bytes],
        *,
        patience: float,
        confirm_seconds: float,
        monotonic: Callable[[], float] = time.monotonic,
    ):
        self._write, self._read = write, read
        self._patience, self._confirm_seconds = patience, confirm_seconds
        self._monotonic = monotonic
        self._replies = Replies()
        self.silent = False

    def ask(self) -> Condition:
        """How the printer is. Offline without a cause is asked twice: it may just have come back between questions."""
        now = self._asked()
        return self._asked() if now.state == "offline" else now

    def _asked(self) -> Condition:
        """DLE EOT 1 to 4, one at a time, so that no answer can be taken for another question's."""
        from escpos.constants import RT_STATUS

        answers = {}
        for question in QUESTIONS:
            if self.silent:
                break
            self._replies.live.clear()
            self._write(RT_STATUS + bytes((question,)))
            answers[question] = self._wait(self._replies.live, self._patience)
            self.silent = answers[question] is None
        return condition(answers)

    def send(self, data: bytes) -> None:
        self._write(data)

    def send_and_confirm_by_job(self, data: bytes) -> tuple[bool, Condition]:
        """GS ( H function 48 behind the slip: the printer returns our id when it is on paper."""
        from escpos.constants import GS

        job = "".join(secrets.choice(string.ascii_letters) for _ in range(4)).encode()
        self._write(data + GS + b"(H\x06\x0000" + job)
        return self._confirmed(lambda: self._wait(self._replies.job, TROUBLE_CHECK_SECONDS) == job)

    def send_and_confirm_by_status(self, data: bytes) -> tuple[bool, Condition]:
        """GS r 1 behind the slip: answered once everything before it has been worked through. Then the paper's word:
        a roll that ran out meanwhile confirms nothing."""
        from escpos.constants import GS

        self._write(data + GS + b"r\x01")
        done, after = self._confirmed(lambda: self._paper_is_in(self._wait(self._replies.paper, TROUBLE_CHECK_SECONDS)))
        return done and not after.in_trouble, after

    @staticmethod
    def _paper_is_in(sensor: int | None) -> bool:
        return sensor is not None and not paper_out(sensor)

    def _confirmed(self, done: Callable[[], bool]) -> tuple[bool, Condition]:
        """Whether the printer said "done" in time, and its condition: trouble is answered as soon as it is told."""
        until = self._monotonic() + self._confirm_seconds
        while self._monotonic() < until and not self.silent:
            if done():
                return True, self.ask()
            now = self.ask()
            if now.in_trouble:
                return False, now
        return False, UNKNOWN

    def _wait(self, answers, seconds: float):
        until = self._monotonic() + seconds
        while not answers and (left := until - self._monotonic()) > 0:
            self._replies.feed(self._read(left))
        return answers.popleft() if answers else None
