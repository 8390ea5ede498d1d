"""The kiosk's socket on its own machine: each question is passed on to the server, and answered here when it is away.

For each page that is connected there is a line to the server, worded in that page's language.
"""

import logging

import gevent
import socketio
from flask import request

from kiosk.live import Kiosk
from reception.web.speaking import spoken

log = logging.getLogger(__name__)
PATIENCE = 4.0  # seconds for questions that this machine cannot answer itself; the page waits for five
SOON = 0.02
AGAIN = 0.5  # seconds between trying to connect
CONNECT = 3  # seconds for one try


class Line:
    """A page's connection with the server, tried until it is `close`d. `hear(event, data)` gets all that comes."""

    def __init__(self, contact, language: str, hear):
        self._contact, self._language, self._hear = contact, language, hear
        self._open, self._client = True, None
        gevent.spawn(self._run)

    @property
    def connected(self) -> bool:
        return self._client is not None and "/kiosk" in self._client.namespaces

    def ask(self, event: str, data, seconds: float) -> dict | None:
        """The server's answer; None when there is none in time. A line that is just being made is waited for."""
        try:
            with gevent.Timeout(seconds, TimeoutError()):
                while not self.connected:
                    gevent.sleep(SOON)
                return self._client.call(event, data, namespace="/kiosk", timeout=seconds)
        except (socketio.exceptions.SocketIOError, TimeoutError, OSError):
            return None

    def close(self) -> None:
        self._open = False
        self._hang_up()

    def _run(self) -> None:
        while self._open:
            if self._contact.there and not self.connected:
                self._connect()
            gevent.sleep(AGAIN)
            if not self._contact.there:
                self._hang_up()
        self._hang_up()  # the page may have gone while it was being made

    def _connect(self) -> None:
        self._hang_up()
        client = socketio.Client(reconnection=False, handle_sigint=False)
        client.on("*", self._hear, namespace="/kiosk")
        auth = {"key": self._contact.server.key, "language": self._language}
        try:
            with gevent.Timeout(CONNECT, TimeoutError()):
                client.connect(
                    self._contact.server.url,
                    auth=auth,
                    namespaces=["/kiosk"],
                    transports=["websocket"],
                    wait_timeout=CONNECT,
                )
        except (socketio.exceptions.SocketIOError, TimeoutError, OSError, ValueError) as error:
            log.debug("The server's socket cannot be reached: %s", error)
            gevent.spawn(client.shutdown)
        else:
            self._client = client

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client:
            gevent.spawn(client.shutdown)


class Relay(Kiosk):
    """`parts.contact` is the contact with the server."""

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self.contact = parts.contact
        self.lines: dict[str, Line] = {}
        self._newest = 0  # the server's newest step that a page has shown
        self._pictures: dict[str, dict] = {}  # language -> what the server showed last

    # -- connections --------------------------------------------------------------------------------------------

    def on_connect(self, auth=None):
        super().on_connect(auth)
        sid = request.sid
        self.lines[sid] = Line(self.contact, self.languages[sid], lambda event, data=None: self._hear(sid, event, data))

    def on_disconnect(self, reason=None):
        if line := self.lines.pop(request.sid, None):
            line.close()
        super().on_disconnect(reason)

    def _hear(self, sid: str, event: str, data) -> None:
        if event == self.picture_name:
            self._newest = max(self._newest, data["step"])
            self._pictures[self.languages.get(sid, self._first)] = data
        if event == "to_print":
            self.parts.printers.wake_all()
        elif sid in self.lines and self.contact.there:
            if event == self.picture_name:
                self.show(sid, data)
            else:
                self.emit(event, data, room=sid)

    # -- questions ----------------------------------------------------------------------------------------------

    def _answered(self, event: str, data) -> dict:
        line = self.lines.get(request.sid)
        if self._is_ours(event, data) or not (line and self.contact.there):
            return super()._answered(event, data)
        seconds = self.parts.settings.keeper.answer_seconds if event == "issue" else PATIENCE
        answer = line.ask(event, data, seconds)
        if answer is None:
            self.contact.lost()
            return super()._answered(event, data)
        return answer

    def issue(self, asker, question) -> dict:
        answer = super().issue(asker, question)
        self.contact.hurry()
        if self.parts.settings.printers and not self.own_printer(asker):
            self.slip(answer["ticket"]["id"], "failed")
        return answer

    def own_printer(self, asker) -> str | None:
        """None while the server, which has the printer, is away."""
        own = self.parts.settings.printers_at("")
        return own[0].key if own else None

    def _is_ours(self, event: str, data) -> bool:
        """Whether it is about a ticket that this machine gave, or the showing of one."""
        if not isinstance(data, dict):
            return False
        if event in ("issue", "check_in"):
            return self.contact.cupboard.has_given(self.parts.settings.office.key, str(data.get("showing")))
        return self.contact.cupboard.told(str(data.get("visit"))) is not None

    # -- news ---------------------------------------------------------------------------------------------------

    def picture(self, asker) -> dict:
        if self.contact.there and spoken() in self._pictures:
            return self._pictures[spoken()]
        shown = super().picture(asker)
        services = [{**one, "ahead": None} for one in shown["services"]]
        return shown | {"step": self._newest, "services": services, "appointments": False, "alone": True}

    def send_pictures(self) -> None:
        if not self.contact.there:  # else the server's are passed on as they come
            super().send_pictures()
