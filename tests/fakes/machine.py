"""A printer in virtual time, at the end of a wire within the process: what it is sent, answers, prints and loses.

Faults come as (second, fault) in order, None for well; each lasts until the next. It reads what a slip of its own
making (`Numbered`) says, so that every piece of paper can be counted.
"""

import struct
from dataclasses import dataclass, field

from reception.printing.printers import EscposPrinter
from tests.fakes.printer import BITS, HELD_BY, WELL
from tests.fakes.virtual_time import VirtualTime

PRINTS_IN = 0.4  # seconds a slip
ANSWERS_IN = 0.005
LOSES_SLIP = ("drop_in_slip", "power_cut_in_slip")
FAULTS = (*sorted(HELD_BY), "near_end", "off", "refuses", "drops", "silent", "frozen", "no_job_id", "trickle")
FAULTS += ("unsolicited", *LOSES_SLIP)


class Numbered:
    """The slip of a print job's number, as 32 squares of ink."""

    language, large = "en", False

    def __init__(self, number: int):
        self.number = number

    def fill(self, page) -> None:
        for bit in [*(bit for bit in range(32) if self.number >> bit & 1), 32]:
            page.pen.rectangle((8 * bit, 0, 8 * bit + 7, 7), fill=0)
        page.y = 8


def number_on(data: bytes) -> int:
    """What a Numbered slip says, from the bytes it was sent as."""
    start = data.index(b"\x1dv0") + 8
    (width,) = struct.unpack("<H", data[start - 4 : start - 2])
    return sum(1 << bit for bit in range(min(32, width)) if data[start + bit])


@dataclass
class Slip:
    number: int
    line: "Line"
    reply: bytes
    left: float = PRINTS_IN


@dataclass
class Machine:
    """`paper` is the numbers that came out, in order; `remembers` as tests/fakes/printer.py has it."""

    time: VirtualTime
    faults: list[tuple[float, str | None]] = field(default_factory=list)
    remembers: bool = True
    fault: str | None = None
    paper: list[int] = field(default_factory=list)

    def __post_init__(self):
        self._at, self._queue, self._cycles = 0.0, [], 0
        self._line: Line | None = None

    @property
    def works(self) -> bool:
        return self.fault not in HELD_BY and self.fault not in ("off", "frozen")

    def catch_up(self) -> None:
        """Everything that happened until now, in order."""
        while True:
            change = self.faults[0][0] if self.faults else float("inf")
            done = self._at + self._queue[0].left if self._queue and self.works else float("inf")
            if min(change, done) > self.time.now:
                break
            self._print_until(min(change, done))
            if change <= done:
                self._becomes(self.faults.pop(0)[1])
        self._print_until(self.time.now)

    def _print_until(self, at: float) -> None:
        passed, self._at = at - self._at, at
        if not (self._queue and self.works):
            return
        slip = self._queue[0]
        slip.left -= passed
        if slip.left <= 1e-9:
            self._queue.pop(0)
            self.paper.append(slip.number)
            slip.line.say(slip.reply, at)

    def _becomes(self, fault: str | None) -> None:
        self.fault = fault
        if fault == "off":
            self._lose_power()

    def _lose_power(self) -> None:
        self._queue.clear()
        self._cycles += 1
        if self._line:
            self._line.dead = True
            self._line = None

    def connect(self, timeout: float) -> "Line":
        self.catch_up()
        if self.fault == "off":
            self.time.sleep(timeout)
            raise TimeoutError("nobody there")
        if self.fault == "refuses":
            raise ConnectionRefusedError(111, "refused")
        self._line = Line(self)
        return self._line

    def hang_up(self, line: "Line") -> None:
        self.catch_up()
        if not self.remembers:
            self._queue = [slip for slip in self._queue if slip.line is not line or self.works]
        self._line = None if self._line is line else self._line

    def take(self, line: "Line", data: bytes) -> None:
        if data[:2] == b"\x10\x04":
            if self.fault != "frozen":
                line.say(bytes((WELL[data[2]] | BITS.get(self.fault, {}).get(data[2], 0),)), self.time.now)
            return
        if self.fault in LOSES_SLIP:
            if self.fault == "drop_in_slip":
                line.broken = True
            else:
                self._becomes("off")
            return
        number, asked = number_on(data), data[-11:]
        by_job = asked[:3] == b"\x1d(H"
        reply = b"" if by_job and self.fault == "no_job_id" else b'\x37"' + asked[-4:] + b"\x00" if by_job else b"\x00"
        self._queue.append(Slip(number, line, reply if by_job or data.endswith(b"\x1dr\x01") else b""))


class Line:
    """One connection, as a python-escpos printer is one."""

    def __init__(self, machine: Machine):
        self.machine, self.time = machine, machine.time
        self.dead = self.broken = False  # dead: nobody is at the other end, and nothing says so
        self._coming: list[tuple[float, bytes]] = []

    def say(self, data: bytes, at: float) -> None:
        fault = self.machine.fault
        if not data or fault in ("silent", "off") or self.dead:
            return
        if fault == "unsolicited":
            data = b"\x10\x00\x00\x00" + data
        pieces = [bytes((byte,)) for byte in data] if fault == "trickle" else [data]
        self._coming += [(at + ANSWERS_IN * (1 + place), piece) for place, piece in enumerate(pieces)]

    def _raw(self, data: bytes) -> None:
        self.machine.catch_up()
        if self.broken or self._was_reset():
            raise ConnectionResetError(104, "reset")
        if not self.dead:
            self.machine.take(self, data)

    def read(self, seconds: float) -> bytes:
        until = self.time.now + seconds
        while True:
            self.machine.catch_up()
            if self.broken or self._was_reset() or self.machine.fault == "drops":
                raise ConnectionResetError(104, "reset")
            if self._coming and self._coming[0][0] <= self.time.now + 1e-9:
                return self._coming.pop(0)[1]
            if self.time.now >= until:
                return b""
            soonest = min([at for at, _ in self._coming[:1]] + [until, self.time.now + 0.05])
            self.time.sleep(soonest - self.time.now)

    def _was_reset(self) -> bool:
        """A printer that has its power back knows nothing of the connection, and says so."""
        return self.dead and self.machine.fault != "off"

    def close(self) -> None:
        self.machine.hang_up(self)


class WirePrinter(EscposPrinter):
    """The real driver of a real printer, but for its wire and its time."""

    def __init__(self, machine: Machine, **common):
        super().__init__(**common)
        self.machine = machine
        self.monotonic, self.sleep = machine.time.monotonic, machine.time.sleep

    def connect(self):
        return self.machine.connect(self.timeout)

    def read(self, device: Line, seconds: float) -> bytes:
        return device.read(seconds)
