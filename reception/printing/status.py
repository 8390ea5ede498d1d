"""What a printer says about itself: ESC/POS status bytes, told apart by their fixed bits, made into a `Condition`.

Pure functions and one small parser: nothing here talks to a device. A printer that says nothing is `unknown`, never
`ok`.
"""

from collections import deque
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "near_end", "out", "cover", "cutter", "hot", "error", "offline", "unknown"]
Kind = Literal["live", "paper", "job"]

WORTH_SENDING = frozenset({"ok", "near_end", "unknown"})
QUESTIONS = (1, 2, 3, 4)  # of DLE EOT: printer, why offline, errors, paper

AUTOMATIC_LENGTH = 4
JOB_HEADER, JOB_LENGTH = b'\x37"', 7  # GS ( H function 48 answers 37h 22h, four characters, NUL


@dataclass(frozen=True)
class Condition:
    """How a printer is. `cause` is a key of `words.CAUSES`, or None when nothing is the matter."""

    state: State
    cause: str | None = None

    @property
    def worth_sending(self) -> bool:
        return self.state in WORTH_SENDING

    @property
    def in_trouble(self) -> bool:
        return self.state not in ("ok", "near_end", "unknown")


UNKNOWN = Condition("unknown", "silent")
NOT_MONITORED = Condition("unknown", "not_monitored")


def condition(answers: dict[int, int | None]) -> Condition:
    """Read the answers to DLE EOT 1 to 4: question number -> byte, or None where there was none.

    Any byte that tells of trouble is believed; `ok` needs both the printer's (1) and the paper's (4) word.
    """
    why, fault, paper = (answers.get(n) or 0 for n in (2, 3, 4))
    trouble = {
        "cover": why & 0x04,  # first: with it open, the sensor sees no paper
        "out": paper & 0x60 or why & 0x20,
        "cutter": fault & 0x08,
        "hot": fault & 0x40,
        "error": fault & 0x20 or why & 0x40,
        "offline": (answers.get(1) or 0) & 0x08,
    }
    for state, bits in trouble.items():
        if bits:
            return Condition(state, state)
    if answers.get(1) is None or answers.get(4) is None:
        return UNKNOWN
    return Condition("near_end", "near_end") if paper & 0x0C else Condition("ok")


def paper_out(sensor: int) -> bool:
    """Whether the answer to GS r 1 says that the roll is out (bits 2 and 3; near its end is bits 0 and 1)."""
    return bool(sensor & 0x0C)


class Replies:
    """Sorts what a printer sends into answers, in whatever pieces it arrives.

    `live` holds DLE EOT answers, `paper` GS r answers, `job` the ids of finished jobs. Automatic status packets
    (four bytes nobody asked for) and XON/XOFF are skipped.
    """

    def __init__(self):
        self.live, self.paper, self.job = deque(), deque(), deque()
        self._held = b""

    def feed(self, data: bytes) -> None:
        rest = self._held + bytes(data)
        while rest:
            size = self._take(rest)
            if not size:
                break
            rest = rest[size:]
        self._held = rest

    def _take(self, rest: bytes) -> int:
        """Put the first answer of `rest` where it belongs; its length, or 0 while it is incomplete."""
        first = rest[0]
        if first & 0x93 == 0x12:
            self.live.append(first)
        elif first & 0x93 == 0x10:
            return AUTOMATIC_LENGTH if len(rest) >= AUTOMATIC_LENGTH else 0
        elif first == JOB_HEADER[0]:
            if len(rest) < JOB_LENGTH:
                return 0
            self.job.append(rest[2:6])
            return JOB_LENGTH
        elif first & 0x90 == 0x00:
            self.paper.append(first)
        return 1
