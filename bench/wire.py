"""The load: keep-alive HTTP and Socket.IO over plain asyncio, light enough to leave a core to the server.

It speaks only what the bench needs (JSON over HTTP/1.1 with a length, Engine.IO 4 over a websocket) and only to this
machine. Times are `time.perf_counter` seconds.
"""

import asyncio
import base64
import json
import os
import struct
import time
from collections.abc import Callable


class WireError(Exception):
    """The server answered what the bench did not expect."""


class Http:
    """One keep-alive connection, with the bearer key and the cookie it shows."""

    def __init__(self, port: int, key: str | None = None, cookie: str | None = None):
        self.port, self.key, self.cookie = port, key, cookie
        self._reader = self._writer = None

    async def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, bytes]:
        """Status and body. A connection that is lost meanwhile is an error: nothing is asked twice."""
        if self._writer is None or self._reader.at_eof():  # the server ends one that says nothing for half a minute
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Content-Length: {len(data)}"]
        lines += ["Content-Type: application/json"] if body is not None else []
        lines += [f"Authorization: Bearer {self.key}"] if self.key else []
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + data)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = 0
        for line in head.split("\r\n"):
            if line.lower().startswith("content-length:"):
                length = int(line.split(":")[1])
        return int(head[9:12]), await self._reader.readexactly(length) if length else b""

    async def json(self, method: str, path: str, body: dict | None = None) -> dict | None:
        """The answer of a question that has to succeed; None where there is none."""
        status, data = await self.ask(method, path, body)
        if status not in (200, 201, 204):
            raise WireError(f"{method} {path}: {status} {data.decode()[:300]}")
        return json.loads(data) if data else None

    async def close(self) -> None:
        if self._writer:
            self._writer.close()


class Screen(asyncio.Protocol):
    """A Socket.IO client in one namespace. `heard(name, data, at)` gets each message as it arrives; `data` is JSON
    text, for most of it is never looked at."""

    def __init__(self, port: int, namespace: str, auth: dict, heard: Callable[[str, bytes, float], None]):
        self.port, self.namespace, self.auth, self.heard = port, namespace, auth, heard
        self.pace = "&pace=slow" if namespace == "/phone" else ""
        self.frames = 0
        self._buffer = bytearray()
        self._upgraded = False
        self._answers: dict[int, asyncio.Future] = {}
        self._number = 0
        self._head = f"42{namespace},[".encode()
        self.here = asyncio.get_running_loop().create_future()

    async def connect(self, patience: float = 15) -> "Screen":
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)
        await asyncio.wait_for(self.here, patience)
        return self

    async def ask(self, question: str, data: dict) -> dict:
        """The acknowledgement of a question."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        self._send(f"42{self.namespace},{self._number}{json.dumps([question, data])}")
        return await asyncio.wait_for(answer, 15)

    def close(self) -> None:
        self.transport.close()

    # -- the protocol -------------------------------------------------------------------------------------------

    def connection_made(self, transport):
        self.transport = transport
        nonce = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /socket.io/?EIO=4&transport=websocket{self.pace} HTTP/1.1\r\nHost: localhost:{self.port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {nonce}\r\n\r\n".encode()
        )

    def connection_lost(self, error):
        for future in (self.here, *self._answers.values()):
            if not future.done():
                future.set_exception(WireError(f"{self.namespace}: the server closed the connection"))

    def data_received(self, data):
        at = time.perf_counter()
        self._buffer += data
        if not self._upgraded:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head:
                self.here.set_exception(WireError(head.decode("latin-1")[:200]))
                return
            self._upgraded, self._buffer = True, bytearray(rest)
        while (frame := self._frame()) is not None:
            self._message(frame, at)

    def _frame(self) -> bytes | None:
        """The payload of the next whole frame."""
        if len(self._buffer) < 2:
            return None
        length, start = self._buffer[1] & 0x7F, 2
        if length > 125:
            form, start = (">H", 4) if length == 126 else (">Q", 10)
            if len(self._buffer) < start:
                return None
            length = struct.unpack(form, self._buffer[2:start])[0]
        if len(self._buffer) < start + length:
            return None
        payload = bytes(self._buffer[start : start + length])
        del self._buffer[: start + length]
        return payload

    def _message(self, text: bytes, at: float) -> None:
        self.frames += 1
        if text.startswith(self._head):
            name, _, rest = text[len(self._head) + 1 :].partition(b'"')
            self.heard(name.decode(), rest[1:-1], at)
        elif text == b"2":
            self._send("3")
        elif text.startswith(b"0"):
            self._send(f"40{self.namespace},{json.dumps(self.auth)}")
        elif text.startswith(b"40"):
            self.here.set_result(True)
        elif text.startswith(b"43"):
            number, _, rest = text.partition(b",")[2].partition(b"[")
            answer = self._answers.pop(int(number))
            if not answer.done():
                answer.set_result(json.loads(b"[" + rest)[0])
        elif text.startswith((b"44", b"41")) and not self.here.done():
            self.here.set_exception(WireError(text.decode()[:300]))

    def _send(self, text: str) -> None:
        # A mask of zeros is a mask: the protocol asks for one, and this costs nothing.
        data = text.encode()
        size = bytes((0x80 | len(data),)) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        self.transport.write(b"\x81" + size + b"\0\0\0\0" + data)
