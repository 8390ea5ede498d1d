"""gevent's WSGI server with the three things today's releases need to serve sockets well. See docs/architecture.md."""

import socket
import threading
from urllib.parse import parse_qs

from gevent.pywsgi import LoggingLogAdapter, WSGIHandler, WSGIServer
from socketio.packet import Packet

PATIENCE = 30  # seconds a connection may say nothing; a screen's heartbeat comes every four


class WholeFrames:
    """A socket that sends whole websocket frames, one at a time.

    simple-websocket calls `send`, which under gevent may send a part of a frame to a slow client and lose the rest; and
    a pong may be sent from another greenlet meanwhile.
    """

    def __init__(self, sock):
        self._socket, self._lock = sock, threading.Lock()

    def send(self, data):
        with self._lock:
            sent = self._socket.send(data)  # nearly always all of it, at half of what sendall costs
            if sent < len(data):
                self._socket.sendall(memoryview(data)[sent:])
        return len(data)

    def get_socket(self):
        return self

    def __getattr__(self, name):
        return getattr(self._socket, name)


class Text(Packet):
    """A message that holds no bytes: looking through every picture for some took longer than writing it as JSON."""

    uses_binary_events = False


class Sockets:
    """WSGI: hands simple-websocket such a socket, and declines deflate: 90 kB a client for small pictures."""

    def __init__(self, app):
        self._app = app

    def __call__(self, environ, start_response):
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            stream = environ["wsgi.input"]
            stream = stream if hasattr(stream, "raw") else stream.rfile
            environ["eventlet.input"] = WholeFrames(stream.raw._sock.dup())  # where simple-websocket looks first
        return self._app(environ, start_response)


class AtAPace:
    """The Engine.IO server as connections see it whose heart beats at another pace."""

    def __init__(self, server, every: float, patience: float):
        vars(self).update(_server=server, ping_interval=every, ping_timeout=patience)

    def __getattr__(self, name):
        return getattr(self._server, name)

    def __setattr__(self, name, value):
        setattr(self._server, name, value)


def slow_hearts(server, *, every: float, patience: float) -> None:
    """Lets a connection ask for a slower heartbeat (`?pace=slow`), in seconds: for one every four seconds thousands of
    phones need half a core, and their radio never rests."""
    connect, slower = type(server)._handle_connect, AtAPace(server, every, patience)

    def at_its_pace(environ, *more, **named):
        asked = parse_qs(environ.get("QUERY_STRING", "")).get("pace") == ["slow"]
        return connect(slower if asked else server, environ, *more, **named)

    server._handle_connect = at_its_pace


class Patient(WSGIHandler):
    """Hangs up on a connection that stops in the middle of a request, or says nothing for long."""

    def handle(self):
        self.socket.settimeout(PATIENCE)
        try:
            super().handle()
        except TimeoutError:
            self.close_connection = True

    def log_error(self, msg, *args):
        """That something came that is no request, and whence; not what: it may be a visitor's words."""
        if "(from %s)" in msg:
            msg, args = "What came from %s is no request.", args[:1]
        super().log_error(msg, *args)


def listener(host: str, port: int) -> socket.socket:
    """A listening socket whose connections answer at once (without NODELAY a keep-alive request takes 44 ms)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # accepted sockets inherit it
    listening.bind((host, port))
    listening.listen(1024)
    return listening


def server(app, listening, log) -> WSGIServer:
    return WSGIServer(
        listening, Sockets(app), log=None, error_log=LoggingLogAdapter(log, level=30), handler_class=Patient
    )
