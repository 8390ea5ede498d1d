"""One POST within one time, whatever the other end does: hang, send a byte a second, redirect or never stop talking.

Only the answer's head is read, never its body, and no redirect is followed. Certificates are checked.
"""

import io
import select
import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

HEAD = 65_536  # bytes of an answer's head; a longer one is no answer


class Failed(Exception):
    """No answer: `cause` is a key of words.CAUSES."""

    def __init__(self, cause: str):
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Address:
    """Where to post. `shown` is what people and logs may see: a path or query can hold a secret."""

    secure: bool
    host: str
    port: int
    path: str
    shown: str


def address(url: str) -> Address:
    """Raises ValueError, which does not repeat the address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError('an address begins with "https://" or "http://" and a name')
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address holds no name and password: the signature says who sends")
    if not url.isascii() or any(not letter.isprintable() or letter == " " for letter in url):
        raise ValueError("write letters that are not plain ASCII as %-codes, and such a name in its xn-- form")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = parts.hostname + (f":{parts.port}" if parts.port else "")
    return Address(secure, parts.hostname, parts.port or (443 if secure else 80), path, shown)


def post(to: Address, body: bytes, headers: dict, *, seconds: float, trust: ssl.SSLContext) -> int:
    """The status of the answer. Raises Failed. Only looking a name up, which the system does, may take longer."""
    until = time.monotonic() + seconds
    try:
        with _Timed(_connected(to, until, trust), until) as wire:
            client = HTTPSConnection(to.host, to.port, context=trust) if to.secure else HTTPConnection(to.host, to.port)
            client.sock = wire
            client.request("POST", to.path, body, {**headers, "Connection": "close"})
            answer = HTTPResponse(wire, method="POST")  # getresponse would close the connection before it is read
            answer.begin()
            return answer.status
    except (OSError, HTTPException, UnicodeError) as error:
        raise Failed(_cause(error)) from error


class _Timed(io.RawIOBase):
    """A connection that is over at an instant, and after HEAD bytes; what http.client needs of a socket."""

    def __init__(self, sock: socket.socket, until: float):
        self._sock, self._until, self._may_read = sock, until, HEAD

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._until))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self._may_read <= 0:
            raise HTTPException("the answer's head does not end")
        self._sock.settimeout(_left(self._until))
        count = self._sock.recv_into(buffer)
        self._may_read -= count
        return count

    def close(self) -> None:
        super().close()
        self._sock.close()


def _connected(to: Address, until: float, trust: ssl.SSLContext) -> socket.socket:
    sock = _reached(to, until)
    if not to.secure:
        return sock
    try:
        secure = trust.wrap_socket(sock, server_hostname=to.host, do_handshake_on_connect=False)
    except BaseException:
        sock.close()
        raise
    try:
        _shake_hands(secure, until)
    except BaseException:
        secure.close()
        raise
    return secure


def _reached(to: Address, until: float) -> socket.socket:
    """A connection to the first of the name's addresses that takes one."""
    error: OSError = OSError("no address")
    for family, kind, protocol, _name, where in socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(_left(until))
            sock.connect(where)
            return sock
        except OSError as failed:
            sock.close()
            error = failed
    raise error


def _shake_hands(secure: ssl.SSLSocket, until: float) -> None:
    # Step by step: a timeout of the socket's own would begin anew with every byte that drips in.
    secure.settimeout(0)
    wanted = {ssl.SSLWantReadError: select.POLLIN, ssl.SSLWantWriteError: select.POLLOUT}
    while True:
        try:
            return secure.do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError) as waiting:
            poll = select.poll()
            poll.register(secure, wanted[type(waiting)])
            poll.poll(_left(until) * 1000)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _cause(error: OSError | HTTPException | UnicodeError) -> str:
    match error:
        case TimeoutError():
            return "timeout"
        case socket.gaierror() | UnicodeError():
            return "name"
        case ssl.SSLCertVerificationError():
            return "certificate"
        case ConnectionRefusedError():
            return "refused"
        case ConnectionError() | ssl.SSLError():
            return "dropped"
        case HTTPException():
            return "no_http"
    return "unreachable"
