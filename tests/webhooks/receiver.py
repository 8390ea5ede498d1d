"""A receiver on a real TCP port that keeps what arrived and answers in every way receivers are known for.

`answer` is a status, or one of TRICKS, and may be set at any time. It knows nothing of the code that posts to it.
"""

import contextlib
import json
import socket
import struct
import threading
from dataclasses import dataclass

TRICKS = frozenset({"hang", "drip", "drip_body", "flood", "reset", "hang_up", "no_http", "redirect"})


@dataclass(frozen=True)
class Arrived:
    """A request: its first line, headers by lower-case name, and body as bytes."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict:
        return json.loads(self.body)

    @property
    def step(self) -> int:
        return self.said["data"]["step"]


class Receiver:
    """Use as a context manager. `tls` is the SSL context of a receiver that speaks HTTPS."""

    def __init__(self, answer: int | str = 204, *, port: int = 0, tls=None):
        self.answer, self.arrived, self._tls = answer, [], tls
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = self._listener.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://localhost:{self.port}/hooks?for=tests"

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def steps(self) -> list[int]:
        return [arrived.step for arrived in self.arrived]

    @property
    def types(self) -> list[str]:
        return [arrived.said["type"] for arrived in self.arrived]

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(sock,), daemon=True).start()

    def _hear(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            if self._tls and self.answer == "drip":
                self._drip(sock, b"\x16\x03\x03\x40\x00")  # the head of a long greeting that never comes
            with self._tls.wrap_socket(sock, server_side=True) if self._tls else sock as wire:
                answer = self.answer
                self.arrived.append(_read(wire))
                self._say(wire, answer)

    def _say(self, wire, answer) -> None:
        if isinstance(answer, int):
            wire.sendall(b"HTTP/1.1 %d Told\r\nContent-Length: 0\r\n\r\n" % answer)
        elif answer == "hang":
            self._over.wait()
        elif answer == "drip":
            self._drip(wire, b"HTTP/1.1 200 Ok\r\n")
        elif answer == "drip_body":
            self._drip(wire, b"HTTP/1.1 200 Ok\r\nContent-Length: 100000\r\n\r\n")
        elif answer == "flood":
            while not self._over.is_set():
                wire.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        elif answer == "reset":
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif answer == "no_http":
            wire.sendall(b"220 mail.example.org ready\r\n")
        elif answer == "redirect":
            wire.sendall(b"HTTP/1.1 307 There\r\nLocation: %s\r\n\r\n" % self.url.encode())

    def _drip(self, wire, head: bytes) -> None:
        wire.sendall(head)
        while not self._over.wait(0.05):
            wire.sendall(b"x")


def _read(wire) -> Arrived:
    reading = wire.makefile("rb")
    line = reading.readline().decode().strip()
    headers = {}
    while (header := reading.readline().decode().strip()) != "":
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return Arrived(line, headers, reading.read(int(headers["content-length"])))
