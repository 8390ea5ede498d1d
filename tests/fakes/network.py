"""The network between a machine and the server, in ways in which networks fail: a TCP proxy on a port of its own.

passes           everything goes through
cut              nobody listens: connections are refused, and those there are end
stalled          connections are taken, and never a byte goes through; those there are fall silent
reset            connections are taken and reset at once
answers_lost     what is asked goes through, and no answer comes back
/a/path          everything goes through but the answers to this path
"""

import contextlib
import socket
import struct
import threading

PIECE = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST


class Network:
    """`url` leads to the server on `port` of this machine, in the state that was set last."""

    def __init__(self, port: int):
        self._port, self._state = port, "passes"
        self._there: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening = self._listen(0)
        self.port = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def is_(self, state: str) -> None:
        """Fails, or is well again; connections of before do not come back to life."""
        with self._lock:
            before, self._state = self._state, state
            if state in ("cut", "reset") or before == "stalled":
                self._end_all(reset=state == "reset")
            if state == "cut":
                self._deafen()
            elif before == "cut":
                self._listening = self._listen(self.port)

    def connections(self) -> int:
        """How many go through now, counted at both ends."""
        with self._lock:
            return sum(_is_connected(one) for one in self._there)

    def close(self) -> None:
        with self._lock:
            self._state = "closed"
            self._end_all(reset=False)
            self._deafen()

    def _deafen(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # else whoever waits in accept would take one more
        self._listening.close()

    def _listen(self, port: int) -> socket.socket:
        listening = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()
        return listening

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            with self._lock:
                self._taken(near)

    def _taken(self, near: socket.socket) -> None:
        self._there.append(near)
        if self._state in ("cut", "closed"):
            near.close()
        elif self._state == "reset":
            near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            near.close()
        elif self._state != "stalled":
            try:
                far = socket.create_connection(("127.0.0.1", self._port), timeout=5)
            except OSError:
                near.close()
                return
            far.settimeout(None)
            self._there.append(far)
            asked = bytearray()  # the last request that went through
            for source, to, there in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pump, args=(source, to, there, asked), daemon=True).start()

    def _pump(self, source: socket.socket, to: socket.socket, there: bool, asked: bytearray) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                if there:
                    asked[:] = piece if b" HTTP/1.1" in piece[:PIECE] else asked
                if self._is_lost(there, asked):
                    continue
                to.sendall(piece)
        for one in (source, to):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _is_lost(self, there: bool, asked: bytearray) -> bool:
        if there or self._state == "stalled":
            return self._state == "stalled"
        return self._state == "answers_lost" or (self._state.startswith("/") and self._state.encode() in asked)

    def _end_all(self, *, reset: bool) -> None:
        for one in self._there:
            with contextlib.suppress(OSError):
                if reset:
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._there.clear()


def _is_connected(one: socket.socket) -> bool:
    try:
        return bool(one.getpeername())
    except OSError:
        return False
