"""A mail server that keeps what it is given, refuses whom it is told to, and can hang up in the middle."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class Postman(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.hangs_up_at: str | None = None
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 postman")
        for line in self.rfile:
            word = line.split(b":")[0].split()[0].decode().upper()
            if word == self.server.hangs_up_at:
                return
            if word == "DATA":
                self._say("354 go on")
                self._take()
            elif word == "RCPT" and line.split(b"<")[1].split(b">")[0].decode() in self.server.refused:
                self._say("550 nobody here")
            elif word == "QUIT":
                self._say("221 good bye")
                return
            else:
                self._say("250 fine")

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
