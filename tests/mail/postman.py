"""A mail server that keeps what it is given, refuses whom it is told to, and can hang up in the middle.

With `security` it is spoken to over TLS, by the certificate of its own that stands in postman.pem (and its key, which
opens nothing else), and asks for a password.
"""

import base64
import socketserver
import ssl
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("postman.pem")
PASSWORD = "a password of the test"


class Postman(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self, security: str = "none"):
        super().__init__(("127.0.0.1", 0), Talk)
        self.security = security
        self.received: list[EmailMessage] = []
        self.signed_in: list[str] = []
        self.refused: set[str] = set()
        self.hangs_up_at: str | None = None
        self.port = self.server_address[1]
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(CERTIFICATE)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        """Whoever does not believe the certificate hangs up."""


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.server.security == "tls":
            self._encrypt()
        self._say("220 postman")
        while line := self.rfile.readline():
            word = line.split(b":")[0].split()[0].decode().upper()
            if word == self.server.hangs_up_at:
                return
            if word == "DATA":
                self._say("354 go on")
                self._take()
            elif word == "EHLO":
                self._say("250-postman\r\n250-STARTTLS\r\n250 AUTH PLAIN")
            elif word == "STARTTLS":
                self._say("220 go on")
                self._encrypt()
            elif word == "AUTH":
                self._let_in(base64.b64decode(line.split()[2]).decode())
            elif word == "RCPT" and line.split(b"<")[1].split(b">")[0].decode() in self.server.refused:
                self._say("550 nobody here")
            elif word == "QUIT":
                self._say("221 good bye")
                return
            else:
                self._say("250 fine")

    def _encrypt(self) -> None:
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def _let_in(self, plain: str) -> None:
        _for, name, password = plain.split("\0")
        if password != PASSWORD or not isinstance(self.connection, ssl.SSLSocket):
            self._say("535 not you")
            return
        self.server.signed_in.append(name)
        self._say("235 come in")

    def _take(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        text = b"".join(lines).replace(b"\r\n", b"\n")
        self.server.received.append(message_from_bytes(text, policy=policy.default))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
