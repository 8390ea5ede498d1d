"""A thermal printer on a real TCP port that speaks ESC/POS back, with every fault that printers are known for.

It keeps what came out as pictures, counts cuts, and notes when the last byte of each image arrived. It runs in threads
of its own, for tests, the bench and the demo alike, and knows nothing of the code that prints to it.
"""

import contextlib
import socket
import threading
from dataclasses import dataclass

from PIL import Image

from tests.fakes.head import AUTOMATIC, Dropped, Head, hang_up

HELD_BY = frozenset({"out", "cover", "cutter", "hot", "error", "offline"})
DROPS = frozenset({"drop_at_connect", "drop_unseen", "drop_before_image", "drop_in_image", "power_cut_in_image"})
FAULTS = HELD_BY | DROPS | {"near_end", "silent", "frozen", "no_job_id", "out_after_image", "slow", "trickle"}

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


@dataclass
class Printed:
    """One piece of paper: its picture, and when (time.monotonic) the last byte of its last image arrived."""

    image: Image.Image
    last_image_byte_at: float

    @property
    def code(self) -> str | None:
        """What a phone reads on it: the address of the visit's page."""
        import zxingcpp

        return next((code.text for code in zxingcpp.read_barcodes(self.image.convert("L"))), None)


class FakePrinter:
    """Use as a context manager; `host` and `port` say where it is.

    `fault` is None or one of FAULTS and may be set at any time. `unsolicited` sends automatic status packets before
    every answer. `slow_seconds` is how long "slow" prints one image. One that `remembers` prints what it was sent while
    in trouble when it is well again, though whoever sent it has hung up; without power it forgets.
    """

    def __init__(
        self,
        fault: str | None = None,
        *,
        unsolicited: bool = False,
        remembers: bool = False,
        port: int = 0,
        slow_seconds: float = 1.5,
    ):
        self._changed = threading.Condition()
        self._paper, self._cuts, self._connections = [], 0, 0
        self._fault = None
        self.fault = fault
        self.unsolicited, self.remembers, self.slow_seconds = unsolicited, remembers, slow_seconds
        self.dots = 576
        self.feed_commands = 0
        self.bytes_read = 0
        self.read_all_at = 0.0
        self._busy, self.paper_path = threading.Lock(), threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", port))
        self.host, self.port = self._listener.getsockname()
        self._heads: set[Head] = set()
        self.is_off = False

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
        self.remembers = False
        self.switch_off()

    def switch_off(self) -> None:
        """Stop listening and hang up on everybody."""
        self._stop_listening()
        for head in list(self._heads):
            hang_up(head.connection)

    def power_off(self) -> None:
        """The plug is pulled: nobody is told anything, and what was not cut is lost."""
        self._stop_listening()
        for head in list(self._heads):
            head.die()
        self.is_off = True
        self._busy, self.paper_path = threading.Lock(), threading.Lock()

    def power_on(self) -> None:
        """Well again, at the same address; it knows of no connection."""
        self.fault, self.is_off = None, False
        for head in [head for head in self._heads if head.dead]:
            hang_up(head.connection, reset=True)
        self._listener = socket.create_server((self.host, self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _stop_listening(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                busy = self._busy
                if self.fault == "drop_at_connect" or not busy.acquire(timeout=0.02):
                    hang_up(connection)  # a printer serves one connection at a time
                    continue
                self._connections += 1
                head = Head(self, connection)
                self._heads.add(head)
                threading.Thread(target=self._serve, args=(head, busy), daemon=True).start()

    def _serve(self, head: Head, busy: threading.Lock) -> None:
        connection = head.connection
        try:
            if self.unsolicited:
                connection.sendall(AUTOMATIC)
            head.start()
            head.read()
        except (OSError, Dropped):
            pass
        finally:
            busy.release()  # the next may connect while what was read is still being printed
            head.finish()
            self._heads.discard(head)
            hang_up(connection)

    def status(self, question: int) -> int:
        return WELL[question] | BITS.get(self.fault, {}).get(question, 0)

    def wait_while_held(self, still_there) -> None:
        """A printer in trouble keeps what it was sent until it is well again."""
        with self._changed:
            while self._fault in HELD_BY:
                self._changed.wait(0.02)
                if not still_there() and not self.remembers:
                    raise Dropped

    def came_out(self, image: Image.Image, at: float) -> None:
        with self._changed:
            self._paper.append(Printed(image, at))
            self._cuts += 1
            self._changed.notify_all()
