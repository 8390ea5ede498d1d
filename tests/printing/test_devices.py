"""Printers on this machine: device files and serial lines, real ones; what is not there is told, what hangs is left."""

import os
import select
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from reception.printing import devices
from reception.printing.devices import FilePrinter, SerialPrinter, UsbPrinter
from reception.printing.outcome import Outcome, PrinterFault
from reception.printing.raster import slip_bytes
from reception.printing.status import NOT_MONITORED, UNKNOWN, Condition

PAGE = Image.new("1", (576, 40), 0)


class Line:
    """The far end of a pseudo-terminal; `answers` False is a printer that says nothing."""

    def __init__(self, *, answers: bool = True):
        import tty

        self.far, near = os.openpty()
        tty.setraw(near)
        self.device, self.near = os.ttyname(near), near
        self.seen, self.answers, self.stopped = b"", answers, False
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped = True
        self.thread.join()
        os.close(self.near)
        os.close(self.far)

    def _serve(self):
        answered = 0
        while not self.stopped:
            if not select.select([self.far], [], [], 0.02)[0]:
                continue
            self.seen += os.read(self.far, 4096)
            asked = self.seen.count(b"\x10\x04") + self.seen.count(b"\x1dr\x01")
            while self.answers and answered < asked:
                os.write(self.far, b"\x00" if self.seen.endswith(b"\x1dr\x01") else b"\x12")
                answered += 1


def test_a_device_file_is_written_and_never_confirmed(tmp_path):
    (tmp_path / "lp0").write_bytes(b"")
    printer = FilePrinter(str(tmp_path / "lp0"))
    assert printer.ask() == NOT_MONITORED
    assert printer.print(PAGE) == Outcome("unconfirmed", "not_monitored", condition=NOT_MONITORED)
    assert (tmp_path / "lp0").read_bytes() == slip_bytes(PAGE, dpi=203)


def test_a_device_that_is_not_there_is_told_and_not_made(tmp_path):
    with pytest.raises(PrinterFault) as caught:
        FilePrinter(str(tmp_path / "lp9")).print(PAGE)
    assert (caught.value.cause, list(tmp_path.iterdir())) == ("not_found", [])
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_a_write_that_hangs_is_left_behind_and_the_printer_refused_until_it_is_back(tmp_path, monkeypatch):
    monkeypatch.setattr(devices, "STEP_SECONDS", 0.3)
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)  # opening it hangs until somebody reads
    printer = FilePrinter(str(pipe))
    before = set(threading.enumerate())
    for _ in range(3):
        with pytest.raises(PrinterFault) as caught:
            printer.print(PAGE)
        assert caught.value.cause == "hung"
    assert len(set(threading.enumerate()) - before) == 1
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    until = time.monotonic() + 5
    while printer._hung.still_running() and time.monotonic() < until:
        pass
    assert printer.print(PAGE).state == "unconfirmed"
    os.close(reader)


@pytest.mark.parametrize("confirm", ["status"])
def test_a_serial_printer_is_asked_prints_and_confirms(confirm):
    with Line() as line:
        printer = SerialPrinter(line.device, 115200, confirm=confirm, timeout=1)
        assert printer.ask() == Condition("ok")
        assert printer.print(PAGE) == Outcome("printed", condition=Condition("ok"))
        assert slip_bytes(PAGE, dpi=203) in line.seen


def test_a_silent_serial_printer_is_unknown():
    with Line(answers=False) as line:
        assert SerialPrinter(line.device, 115200, timeout=0.2).ask() == UNKNOWN


def test_a_serial_line_that_is_not_there_is_not_found():
    assert SerialPrinter("/dev/ttyNONE9").ask() == Condition("offline", "not_found")


def test_a_usb_printer_that_is_not_there_says_what_is_missing():
    condition = UsbPrinter(0x04B8, 0xFFFF, timeout=0.5).ask()
    assert condition in (Condition("offline", "not_found"), Condition("offline", "no_driver"))


def test_a_device_nobody_may_open_is_not_allowed(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may open everything")
    closed = Path(tmp_path / "lp0")
    closed.touch(mode=0o000)
    with pytest.raises(PrinterFault) as caught:
        FilePrinter(str(closed)).print(PAGE)
    assert caught.value.cause == "not_allowed"
