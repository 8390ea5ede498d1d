"""Printers plugged into this machine: USB, serial line, device file such as /dev/usb/lp0.

A write to one can hang for ever, so each step happens in a thread that can be left behind; until that thread is back,
the printer is refused further work rather than given more threads to hang in.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from . import blocking
from .outcome import PrinterFault
from .printers import EscposPrinter

STEP_SECONDS = 12.0  # longest for one step, the wait for "printed" included
MOST_UNREAD = 16  # answers that a USB printer may still hold


class DevicePrinter(EscposPrinter):
    bytes_a_second = 1_000_000

    def __init__(self, **common):
        super().__init__(**common)
        self._hung: blocking.Hung | None = None
        self._left_behind = []

    def bounded(self, work: Callable, *, size: int = 0):
        if self._hung and self._hung.still_running():
            raise PrinterFault("hung", "an earlier call has not returned")
        self._hung = None
        self._left_behind.clear()
        try:
            return blocking.call(work, seconds=STEP_SECONDS + size / self.bytes_a_second)
        except blocking.Hung as hung:
            self._hung = hung
            raise PrinterFault("hung") from hung

    def close(self, device) -> None:
        if self._hung:
            self._left_behind.append(device)  # python-escpos closes when it is collected, which would hang as well
            return
        super().close(device)


class FilePrinter(DevicePrinter):
    """A device file that is only written to: it can tell nothing, so that every slip is unconfirmed."""

    def __init__(self, device: str, **common):
        super().__init__(**common | {"confirm": "none"})
        self.device = device

    def connect(self):
        from escpos.printer import File

        if not Path(self.device).exists():  # opening would make an ordinary file of that name
            raise FileNotFoundError(2, "no such device", self.device)
        printer = File(self.device)
        printer.open()
        return printer


class SerialPrinter(DevicePrinter):
    """A printer on a serial line, with hardware flow control."""

    piece = 256  # a timeout's worth at the slowest speed
    answer_seconds = 4.0  # what is still in its buffer goes before an answer

    def __init__(self, device: str, baud: int = 19200, **common):
        super().__init__(**common)
        self.device, self.baud = device, baud
        self.bytes_a_second = baud / 11

    def connect(self):
        from escpos.printer import Serial

        printer = Serial(self.device, baudrate=self.baud, timeout=self.timeout)
        printer.open()
        printer.device.write_timeout = self.timeout
        return printer

    def read(self, device, seconds: float) -> bytes:
        line = device.device
        line.timeout = seconds
        return line.read(max(1, line.in_waiting))


class UsbPrinter(DevicePrinter):
    """A USB printer, found by vendor and product (0: any of that vendor). Opening it takes it from other programs."""

    def __init__(self, vendor_id: int, product_id: int = 0, **common):
        super().__init__(**common)
        self.vendor_id, self.product_id = vendor_id, product_id

    def connect(self):
        from escpos.printer import Usb

        printer = Usb(self.vendor_id, self.product_id, timeout=round(self.timeout * 1000))
        printer._configure_usb = lambda: _configure(printer)
        printer.open()
        _use_its_endpoints(printer)
        for _ in range(MOST_UNREAD):  # what it said to whoever asked before
            if not self.read(printer, 0.001):
                break
        return printer

    def read(self, device, seconds: float) -> bytes:
        from usb.core import USBTimeoutError

        try:
            data = bytes(device.device.read(device.in_ep, 64, max(1, round(seconds * 1000))))
        except USBTimeoutError:
            return b""
        if not data:
            time.sleep(0.01)  # some answer at once with nothing
        return data


def _configure(printer) -> None:
    """As python-escpos does, but without its reset: it is opened every few seconds, to be asked how it is."""
    from usb.core import USBError

    try:
        printer.device.get_active_configuration()
    except USBError:
        printer.device.set_configuration()


def _use_its_endpoints(printer) -> None:
    """Write and read where this printer says, not at python-escpos's guess (0x01, 0x82)."""
    from usb.util import ENDPOINT_IN, ENDPOINT_TYPE_BULK, endpoint_direction, endpoint_type

    with contextlib.suppress(NotImplementedError):
        for interface in printer.device.get_active_configuration():
            bulk = [e for e in interface if endpoint_type(e.bmAttributes) == ENDPOINT_TYPE_BULK]
            inward = [e.bEndpointAddress for e in bulk if endpoint_direction(e.bEndpointAddress) == ENDPOINT_IN]
            outward = [e.bEndpointAddress for e in bulk if endpoint_direction(e.bEndpointAddress) != ENDPOINT_IN]
            if outward:
                printer.out_ep, printer.in_ep = outward[0], (inward or [printer.in_ep])[0]
                return
