"""The order of a print job, the network printer, and `printer_for`, which makes a printer from its settings.

A new python-escpos object a job, short timeouts, closed whatever happens. What was sent is never sent again: what
cannot be confirmed is said to be unconfirmed.
"""

import contextlib
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PIL import Image

from .conversation import Conversation
from .outcome import Outcome, Printer, PrinterFault, fault_of
from .raster import slip_bytes
from .status import NOT_MONITORED, Condition

__all__ = ["EscposPrinter", "NetworkPrinter", "Outcome", "Printer", "PrinterFault", "printer_for"]

Confirm = Literal["job_id", "status", "none"]

ANSWER_SECONDS = 1.5  # the longest a printer takes for an answer, also while it prints
SHORT_PATIENCE = 0.3  # seconds for the first answer of a printer that was silent when last asked
TRIES, PAUSE_SECONDS = 3, 0.1  # for a printer that hangs up before a byte of the slip: it is with somebody else
FAREWELL_SECONDS = 0.25  # a printer that does not hang up by itself is hung up on
NO_CUTTER_DOTS = 384  # 58 mm printers tear


def printer_for(settings, *, folder: Path, timeout: float = 2.5) -> Printer:
    """The printer that one `[[printers]]` entry describes (attributes named as its keys). `folder` is where a virtual
    one keeps its slips. Nothing is opened."""
    common = {
        "dpi": settings.dpi,
        "cutter": settings.dots > NO_CUTTER_DOTS,
        "confirm": settings.confirm,
        "timeout": timeout,
    }
    if settings.kind == "network":
        return NetworkPrinter(settings.host, settings.port, **common)
    if settings.kind == "virtual":
        from .virtual import VirtualPrinter

        return VirtualPrinter(folder)
    from .devices import FilePrinter, SerialPrinter, UsbPrinter

    if settings.kind == "usb":
        return UsbPrinter(settings.vendor_id, settings.product_id, **common)
    if settings.kind == "serial":
        return SerialPrinter(settings.device, settings.baud, **common)
    return FilePrinter(settings.device, **common)


class EscposPrinter:
    """What all real printers share. Subclasses say how to connect and how to read."""

    piece = 4096  # bytes in one write: the timeout is for each, so that a slow printer is not taken for a dead one
    answer_seconds = ANSWER_SECONDS
    monotonic, sleep = staticmethod(time.monotonic), staticmethod(time.sleep)

    def __init__(
        self,
        *,
        dpi: int = 203,
        cutter: bool = True,
        confirm: Confirm = "status",
        timeout: float = 2.5,
        confirm_seconds: float = 6.0,
    ):
        self.dpi, self.cutter, self.confirm = dpi, cutter, confirm
        self.timeout, self.confirm_seconds = timeout, confirm_seconds  # a slow printer takes two seconds for a slip
        self._was_silent = False

    def connect(self):
        """An open python-escpos printer."""
        raise NotImplementedError

    def read(self, device, seconds: float) -> bytes:
        """As `Conversation` wants it."""
        raise NotImplementedError

    def bounded(self, work: Callable, *, size: int = 0):
        """Do one step that touches the device; `size` is how many bytes it sends."""
        return work()

    def warm_up(self) -> None:
        from escpos.printer import Dummy

        Dummy().close()

    def ask(self) -> Condition:
        if self.confirm == "none":
            return NOT_MONITORED
        try:
            knew, now = not self._was_silent, self._unless_busy(self._ask)
            # One that has just fallen silent is asked anew: it may be gone, which only a new connection shows.
            return self._unless_busy(self._ask) if knew and self._was_silent else now
        except PrinterFault as fault:
            return fault.condition

    def print(self, image: Image.Image, *, sending: Callable[[], None] = lambda: None) -> Outcome:
        data = slip_bytes(image, dpi=self.dpi, cutter=self.cutter)
        return self._unless_busy(lambda: self._print(data, sending))

    def _unless_busy(self, work: Callable):
        """Port 9100 takes one connection at a time. A fault here always means that nothing was sent."""
        for _ in range(TRIES - 1):
            try:
                return work()
            except PrinterFault as fault:
                if fault.cause != "dropped":
                    raise
                self.sleep(PAUSE_SECONDS)
        return work()

    def _ask(self) -> Condition:
        with self._conversation() as talk:
            return self._asked(talk)

    def _print(self, data: bytes, sending: Callable[[], None]) -> Outcome:
        with self._conversation(hurried=self._was_silent) as talk:
            before = NOT_MONITORED if self.confirm == "none" else self._asked(talk)
            if not before.worth_sending:
                return Outcome("failed", before.cause, sent=False, condition=before)
            sending()
            try:
                return self.bounded(lambda: self._send(talk, data, before), size=len(data))
            except (PrinterFault, OSError) as error:
                fault = error if isinstance(error, PrinterFault) else fault_of(error, connecting=False)
                return Outcome("unconfirmed", fault.cause)

    def _asked(self, talk: Conversation) -> Condition:
        condition = self.bounded(talk.ask)
        self._was_silent = talk.silent
        return condition

    def _send(self, talk: Conversation, data: bytes, before: Condition) -> Outcome:
        if before.state == "unknown":
            talk.send(data)
            return Outcome("unconfirmed", before.cause, condition=before)
        by = talk.send_and_confirm_by_job if self.confirm == "job_id" else talk.send_and_confirm_by_status
        printed, after = by(data)
        known = after if after.state != "unknown" else None
        return Outcome("printed", condition=known) if printed else Outcome("unconfirmed", after.cause, condition=known)

    @contextlib.contextmanager
    def _conversation(self, *, hurried: bool = False):
        """A connection for one question or one job, closed in any case. What fails on it becomes a PrinterFault."""
        try:
            device = self.bounded(self.connect)
        except PrinterFault:
            raise
        except Exception as error:
            raise fault_of(error, connecting=True) from error
        try:
            yield Conversation(
                lambda data: self._write(device, data),
                lambda seconds: self.read(device, seconds),
                patience=SHORT_PATIENCE if hurried else min(self.timeout, self.answer_seconds),
                confirm_seconds=self.confirm_seconds,
                monotonic=self.monotonic,
            )
        except OSError as error:
            raise fault_of(error, connecting=False) from error
        finally:
            self.close(device)

    def close(self, device) -> None:
        with contextlib.suppress(Exception):
            self.bounded(device.close)

    def _write(self, device, data: bytes) -> None:
        for start in range(0, len(data), self.piece):
            device._raw(data[start : start + self.piece])


class NetworkPrinter(EscposPrinter):
    """A printer at an address, port 9100."""

    def __init__(self, host: str, port: int = 9100, **common):
        super().__init__(**common)
        self.host, self.port = host, port

    def connect(self):
        from escpos.printer import Network

        printer = Network(self.host, self.port, timeout=self.timeout)
        printer.open()
        printer.device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return printer

    def read(self, device, seconds: float) -> bytes:
        device.device.settimeout(seconds)
        try:
            data = device._read()
        except TimeoutError:
            return b""
        finally:
            device.device.settimeout(self.timeout)
        if not data:
            raise ConnectionResetError("the printer closed the connection")
        return data

    def close(self, device) -> None:
        """Says that no more comes and reads what is still said: a close with answers unread resets the connection,
        and takes with it what the printer has not read yet."""
        with contextlib.suppress(OSError):
            device.device.shutdown(socket.SHUT_WR)
            until = time.monotonic() + FAREWELL_SECONDS
            while (left := until - time.monotonic()) > 0:
                device.device.settimeout(left)
                if not device._read():
                    break
        super().close(device)
