"""A thermal printer on a real TCP port that speaks ESC/POS back, with every fault that printers are known for.

It keeps what came out as pictures, counts cuts, and notes when the last byte of each image arrived. It runs in threads
of its own, for tests, the bench and the demo alike, and knows nothing of the code that prints to it.
"""

import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass

from PIL import Image

HELD_BY = frozenset({"out", "cover", "cutter", "hot", "error", "offline"})
DROPS = frozenset({"drop_at_connect", "drop_before_image", "drop_in_image"})
FAULTS = HELD_BY | DROPS | {"near_end", "silent", "frozen", "no_job_id", "out_after_image", "slow"}

# Answers to DLE EOT 1 to 4 with nothing wrong, and the bits each fault adds: question -> bits.
WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
BITS = {
    "out": {1: 0x08, 2: 0x20, 4: 0x6C},
    "near_end": {4: 0x0C},
    "cover": {1: 0x08, 2: 0x04},
    "cutter": {1: 0x08, 2: 0x40, 3: 0x08},
    "hot": {1: 0x08, 2: 0x40, 3: 0x40},
    "error": {1: 0x08, 2: 0x40, 3: 0x20},
    "offline": {1: 0x08},
}
AUTOMATIC = bytes((0x10, 0x00, 0x00, 0x00))


@dataclass
class Printed:
    """One piece of paper: its picture, and when (time.monotonic) the last byte of its last image arrived."""

    image: Image.Image
    last_image_byte_at: float


class Dropped(Exception):
    """The printer hangs up."""


class FakePrinter:
    """Use as a context manager; `host` and `port` say where it is.

    `fault` is None or one of FAULTS and may be set at any time. `unsolicited` sends automatic status packets before
    every answer. `slow_seconds` is how long "slow" prints one image.
    """

    def __init__(
        self, fault: str | None = None, *, unsolicited: bool = False, port: int = 0, slow_seconds: float = 1.5
    ):
        self._changed = threading.Condition()
        self._paper, self._cuts, self._connections = [], 0, 0
        self._fault = None
        self.fault = fault
        self.unsolicited, self.slow_seconds = unsolicited, slow_seconds
        self.dots = 576
        self.feed_commands = 0
        self.bytes_read = 0
        self.read_all_at = 0.0
        self._busy, self.paper_path = threading.Lock(), threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", port))
        self.host, self.port = self._listener.getsockname()
        self._open = set()

    @property
    def fault(self) -> str | None:
        return self._fault

    @fault.setter
    def fault(self, fault: str | None) -> None:
        if fault is not None and fault not in FAULTS:
            raise ValueError(fault)
        with self._changed:
            self._fault = fault
            self._changed.notify_all()

    @property
    def slips(self) -> list[Printed]:
        """What was printed and cut, oldest first."""
        with self._changed:
            return list(self._paper)

    @property
    def cuts(self) -> int:
        return self._cuts

    @property
    def connections(self) -> int:
        return self._connections

    def wait_for_slips(self, count: int, seconds: float = 10) -> list[Printed]:
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._paper) >= count, seconds):
                raise AssertionError(f"{len(self._paper)} of {count} slips printed in {seconds} s")
            return list(self._paper)

    def __enter__(self) -> "FakePrinter":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.switch_off()

    def switch_off(self) -> None:
        """Stop listening and hang up on everybody."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            _hang_up(connection)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self.fault == "drop_at_connect" or not self._busy.acquire(timeout=0.02):
                    _hang_up(connection)  # a printer serves one connection at a time
                    continue
                self._connections += 1
                self._open.add(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        head = _Head(self, connection)
        try:
            if self.unsolicited:
                connection.sendall(AUTOMATIC)
            head.start()
            head.read()
        except (OSError, Dropped):
            pass
        finally:
            self._busy.release()  # the next may connect while what was read is still being printed
            head.finish()
            self._open.discard(connection)
            _hang_up(connection)

    def status(self, question: int) -> int:
        return WELL[question] | BITS.get(self.fault, {}).get(question, 0)

    def wait_while_held(self, still_there) -> None:
        """A printer in trouble keeps what it was sent until it is well again."""
        with self._changed:
            while self._fault in HELD_BY:
                self._changed.wait(0.02)
                if not still_there():
                    raise Dropped

    def came_out(self, image: Image.Image, at: float) -> None:
        with self._changed:
            self._paper.append(Printed(image, at))
            self._cuts += 1
            self._changed.notify_all()


class _Head:
    """One connection: a reader that answers real-time questions at once, and the printing behind it."""

    def __init__(self, printer: FakePrinter, connection: socket.socket):
        self.printer, self.connection = printer, connection
        self.buffer = bytearray()
        self.ready = threading.Condition()
        self.closed = False
        self.sending = threading.Lock()
        self.rows: list[tuple[int, int, bytes]] = []  # width in bytes, height, data; width 0: a feed
        self.last_image_byte_at = 0.0

    def start(self) -> None:
        self.printing = threading.Thread(target=self._print, daemon=True)
        self.printing.start()

    def finish(self) -> None:
        with self.ready:
            self.closed = True
            self.ready.notify_all()
        self.printing.join()

    def read(self) -> None:
        """Real printers act on DLE EOT wherever it stands, inside a picture too."""
        tail = b""
        while True:
            while self.printer.fault == "frozen" and self.connection.fileno() != -1:
                time.sleep(0.02)
            if not (data := self.connection.recv(65536)):
                return
            now = time.monotonic()
            self.printer.bytes_read += len(data)
            seen = tail + data
            for place in range(len(seen) - 2):
                if seen[place : place + 2] == b"\x10\x04" and seen[place + 2] in WELL:
                    self._answer(bytes((self.printer.status(seen[place + 2]),)))
            tail = seen[-2:]
            if self.printer.fault == "drop_before_image" and b"\x1dv0" in seen:
                raise Dropped
            with self.ready:
                self.buffer += data
                self.printer.read_all_at = now
                self.ready.notify_all()

    def _answer(self, data: bytes) -> None:
        if self.printer.fault == "silent":
            return
        with self.sending, contextlib.suppress(OSError):
            self.connection.sendall((AUTOMATIC if self.printer.unsolicited else b"") + data)

    def _print(self) -> None:
        try:
            with self.printer.paper_path:
                while True:
                    self.printer.wait_while_held(lambda: not self.closed)
                    self._command()
        except (Dropped, OSError):
            pass
        finally:
            _hang_up(self.connection)

    def _take(self, count: int) -> bytes:
        with self.ready:
            self.ready.wait_for(lambda: len(self.buffer) >= count or self.closed)
            if len(self.buffer) < count:
                raise Dropped
            taken = bytes(self.buffer[:count])
            del self.buffer[:count]
            return taken

    def _command(self) -> None:
        first = self._take(1)
        if first == b"\x10":
            self._take(2)  # DLE EOT, answered by the reader
        elif first == b"\x1b":
            self._escape(self._take(1))
        elif first == b"\x1d":
            self._group(self._take(1))
        else:
            raise AssertionError(f"text or an unknown command: {first!r}")

    def _escape(self, command: bytes) -> None:
        if command == b"@":
            self.rows.clear()
        elif command == b"J":
            self.printer.feed_commands += 1
            self.rows.append((0, self._take(1)[0], b""))
        else:
            raise AssertionError(f"unknown ESC {command!r}")

    def _group(self, command: bytes) -> None:
        if command == b"P":
            self._take(2)
        elif command == b"v":
            self._image()
        elif command == b"V":
            if self._take(1)[0] in (65, 66):
                self._take(1)
            self._cut()
        elif command == b"r":
            self._take(1)
            self._answer(bytes((0x0C if self.printer.fault == "out" else 0x00,)))
        elif command == b"(":
            name, length = self._take(1), int.from_bytes(self._take(2), "little")
            body = self._take(length)
            if name == b"H" and body[:2] == b"00" and self.printer.fault != "no_job_id":
                self._answer(b'\x37"' + body[2:6] + b"\x00")
        else:
            raise AssertionError(f"unknown GS {command!r}")

    def _image(self) -> None:
        _, _, width, height = struct.unpack("<BBHH", self._take(6))
        if self.printer.fault == "drop_in_image":
            self._take(width * height // 2)
            raise Dropped
        data = self._take(width * height)
        self.last_image_byte_at = self.printer.read_all_at
        if self.printer.fault == "slow":
            time.sleep(self.printer.slow_seconds)
        self.rows.append((width, height, data))
        if self.printer.fault == "out_after_image":
            self.printer.fault = "out"
            self.printer.wait_while_held(lambda: not self.closed)

    def _cut(self) -> None:
        height = sum(rows for _, rows, _ in self.rows) or 1
        paper = Image.new("1", (self.printer.dots, height), 1)
        top = 0
        for width, rows, data in self.rows:
            if width:
                paper.paste(Image.frombytes("1", (width * 8, rows), bytes(byte ^ 0xFF for byte in data)), (0, top))
            top += rows
        self.rows.clear()
        self.printer.came_out(paper, self.last_image_byte_at)


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
