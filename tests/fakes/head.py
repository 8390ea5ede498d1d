"""One connection of the fake printer: a reader that answers real-time questions at once, and the printing behind it."""

import contextlib
import socket
import struct
import threading
import time

from PIL import Image

AUTOMATIC = bytes((0x10, 0x00, 0x00, 0x00))
QUESTIONS = (1, 2, 3, 4)  # of DLE EOT
TRICKLE = 0.02  # seconds between two bytes


class Dropped(Exception):
    """The printer hangs up."""


class Head:
    """`printer` is the FakePrinter that the connection is to."""

    def __init__(self, printer, connection: socket.socket):
        self.printer, self.connection = printer, connection
        self.buffer = bytearray()
        self.ready = threading.Condition()
        self.closed = self.dead = False
        self.sending = threading.Lock()
        self.rows: list[tuple[int, int, bytes]] = []  # width in bytes, height, data; width 0: a feed
        self.last_image_byte_at = 0.0

    def start(self) -> None:
        self.printing = threading.Thread(target=self._print, daemon=True)
        self.printing.start()

    def die(self) -> None:
        """The power is gone: what was read is lost and nothing more is said, not even goodbye."""
        with self.ready:
            self.dead = self.closed = True
            self.buffer.clear()
            self.ready.notify_all()

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
            if self.dead:
                continue
            now = time.monotonic()
            self.printer.bytes_read += len(data)
            seen = tail + data
            for place in range(len(seen) - 2):
                if seen[place : place + 2] == b"\x10\x04" and seen[place + 2] in QUESTIONS:
                    self._answer(bytes((self.printer.status(seen[place + 2]),)))
            tail = seen[-2:]
            fault = self.printer.fault
            if (fault == "drop_before_image" and b"\x1dv0" in seen) or (
                fault == "drop_unseen" and b"\x10\x04\x04" in seen
            ):
                raise Dropped
            with self.ready:
                self.buffer += data
                self.printer.read_all_at = now
                self.ready.notify_all()

    def _answer(self, data: bytes) -> None:
        if self.printer.fault == "silent" or self.dead:
            return
        said = (AUTOMATIC if self.printer.unsolicited else b"") + data
        with self.sending, contextlib.suppress(OSError):
            if self.printer.fault != "trickle":
                self.connection.sendall(said)
                return
            for byte in said:
                self.connection.sendall(bytes((byte,)))
                time.sleep(TRICKLE)

    def _print(self) -> None:
        try:
            with self.printer.paper_path:
                while True:
                    self.printer.wait_while_held(lambda: not self.closed)
                    self._command()
        except (Dropped, OSError):
            pass
        finally:
            if not self.dead:
                hang_up(self.connection)

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
        if self.printer.fault == "power_cut_in_image":
            self._take(width * height // 2)
            self.printer.power_off()
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


def hang_up(connection: socket.socket, *, reset: bool = False) -> None:
    """Says goodbye; `reset`: as a printer that knows nothing of the connection does."""
    if reset:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RD)  # a thread that waits for more would keep the connection from ending
        connection.close()
        return
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
