"""What every face's socket does: lets in who may ask, answers each question, and sends pictures after changes.

A face declares its questions (name -> payload) and its picture; nothing here knows what they mean.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterable
from typing import Annotated

from flask import request
from flask_socketio import Namespace, disconnect, emit, join_room
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from socketio.exceptions import ConnectionRefusedError

from reception.door import News
from reception.keys import Holder
from reception.refusals import Refusal, StoreFault
from reception.web.access import ROLES, key_holder, visitor_of
from reception.web.speaking import ENGLISH, in_language, offered
from reception.web.words import sentence, visible
from reception.writer import fault_key

log = logging.getLogger(__name__)
Text = Annotated[str, Field(max_length=60)]


class Question(BaseModel):
    """The payload of a question. Unknown fields are a mistake, told as such."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Face(Namespace):
    """A namespace. Subclasses give `face`, `picture_name`, `picture(asker)`, `questions` and a method for each:
    `method(asker, question) -> dict` (merged into `{"ok": true}`) or a Refusal."""

    face = ""
    picture_name = ""
    questions: dict[str, type[Question]] = {}
    every = 0.25  # seconds between pictures at most: fifty boards take 3 ms of everybody's time
    shared = True  # one picture for all of an office, or one for each connection
    repeats = True  # sends its picture after every change, or only where it shows something new
    expects = False  # shows what somebody may expect, so its picture changes with the estimates
    for_visitors = False  # worded in the language that a connection asks for in `auth.language`

    def __init__(self, app, parts):
        super().__init__(f"/{self.face}")
        self.app, self.parts = app, parts
        self.askers: dict[str, Holder] = {}
        self.languages: dict[str, str] = {}  # connection -> the language it is worded in
        self._first = parts.settings.languages[0] if self.for_visitors else ENGLISH
        self._on_screen: dict[str, dict] = {}  # room or connection -> what it sees of its last picture
        self._due = False
        self._lock = threading.Lock()

    # -- connections --------------------------------------------------------------------------------------------

    def on_connect(self, auth=None):
        auth = auth if isinstance(auth, dict) else {}
        if self.for_visitors:
            self.languages[request.sid] = offered(self.parts.settings, auth.get("language"))
        with self.worded_for(request.sid):
            self._let_in(auth)

    def _let_in(self, auth: dict) -> None:
        try:
            asker = self.let_in(auth)
        except Refusal as refusal:
            raise ConnectionRefusedError(sentence(refusal, self.parts.settings)) from refusal
        if asker is None:
            raise ConnectionRefusedError(sentence(Refusal("not_allowed"), self.parts.settings))
        self.askers[request.sid] = asker
        self.socketio.start_background_task(self._heard, [asker.id])
        join_room(self.room(asker))
        self.joined(asker)
        if self.picture_name:
            self._greet(self.room(asker) if self.shared else request.sid, self.picture(asker))

    def _greet(self, room: str, picture: dict) -> None:
        """Shows it to whoever has just come; and to those who were there, if it is news to them."""
        if self.repeats or not self.show(room, picture):
            emit(self.picture_name, picture)

    def let_in(self, auth: dict) -> Holder | None:
        """By a bearer key in `auth`, else by this browser's cookie."""
        if "key" in auth:
            holder = key_holder(str(auth["key"])[:200])
            return holder if holder and holder.role in ROLES[self.face] else None
        return visitor_of(self.face)

    def worded_for(self, sid: str):
        """A context: whatever is worded inside is in this connection's language."""
        return in_language(self.languages.get(sid, self._first))

    def joined(self, asker: Holder) -> None:
        """For what else a face does on connecting."""

    def on_disconnect(self, reason=None):
        asker = self.askers.pop(request.sid, None)
        self.languages.pop(request.sid, None)
        self._on_screen.pop(request.sid, None)
        if asker:
            self.socketio.start_background_task(self._heard, [asker.id])

    def room(self, asker: Holder) -> str:
        return asker.office

    def connected(self, holder: str) -> bool:
        return any(asker.id == holder for asker in self.askers.values())

    def still(self, asker) -> bool:
        """Whether whoever was let in may still ask."""
        return self.parts.keys.still(asker)

    def drop_revoked(self) -> None:
        """Ends the connections of those who may not ask any more."""
        for sid, asker in list(self.askers.items()):
            if not self.still(asker):
                self.askers.pop(sid, None)
                with self.app.app_context():
                    disconnect(sid, namespace=self.namespace)

    def _heard(self, ids: list[str]) -> None:
        try:
            self.parts.keys.heard([key for key in ids if key])
        except StoreFault:
            log.warning("Could not note that a screen was heard: the database took no change.")

    # -- questions ----------------------------------------------------------------------------------------------

    def trigger_event(self, event, *args):
        if self._of_the_connection(event, *args):
            return super().trigger_event(event, *args)
        return self.socketio._handle_event(self._answer, "question", self.namespace, args[0], event, *args[1:])

    def _of_the_connection(self, event: str, sid: str, *args) -> bool:
        """Whether it is the connection's own coming or going: a client may send questions of these names, too."""
        server = self.socketio.server
        if event == "connect":
            return bool(args) and args[0] is server.get_environ(sid, self.namespace)
        return event == "disconnect" and not server.manager.is_connected(sid, self.namespace)

    def _answer(self, event, data=None, *_rest) -> dict:
        with self.worded_for(request.sid):
            return self._answered(event, data)

    def _answered(self, event: str, data) -> dict:
        try:
            asker = self.askers.get(request.sid)
            if asker is None or not self.still(asker):
                raise Refusal("signed_out", status=401)
            payload = self.questions.get(event)
            if payload is None:
                raise Refusal("unknown_question", question=str(event)[:60])
            question = payload.model_validate({} if data is None else data)
            return {"ok": True, **(getattr(self, event)(asker, question) or {})}
        except ValidationError as error:
            refusal = Refusal("wrong_values", mistakes=mistakes(error, payload.model_fields))
        except (Refusal, StoreFault) as error:
            refusal = error
        except sqlite3.Error as error:
            log.error("The question %s met a database that could not be read: %s", event, error)
            refusal = StoreFault(fault_key(error))
        except Exception:
            log.exception("The question %s failed.", event)
            refusal = Refusal("fault", status=500)
        return {"ok": False, "message": self.worded(refusal), "reason": refusal.key}

    def worded(self, refusal: Refusal | StoreFault) -> str:
        """The refusal's sentence, for those who use this face."""
        return sentence(refusal, self.parts.settings)

    # -- news ---------------------------------------------------------------------------------------------------

    def tell(self, news: News) -> None:
        """Called after every change, in order: momentary messages at once, the picture a little later."""
        self.momentary(news)
        if any(step.step == "clock_stepped" for step in news.steps):
            self._on_screen.clear()  # pages take the time from pictures
        self.refresh()

    def momentary(self, news: News) -> None:
        """For messages that are not a picture."""

    def refresh(self) -> None:
        """Sends the picture soon, and once for all that happens until then."""
        with self._lock:
            if self._due or not self.picture_name or not self.askers:
                return
            self._due = True
        self.socketio.start_background_task(self._send)

    def _send(self) -> None:
        time.sleep(self.every)
        self._due = False
        with self.app.app_context():
            try:
                self.send_pictures()
            except Exception:
                log.exception("A picture for %s could not be made.", self.namespace)

    def send_pictures(self) -> None:
        if self.shared:
            with in_language(self._first):
                self.show(self.parts.settings.office.key, self.picture(None))
            return
        for sid, asker in list(self.askers.items()):
            with self.worded_for(sid):
                self.show(sid, self.picture(asker))

    def show(self, room: str, picture: dict) -> bool:
        """Sends a picture to a room or a connection; False where all there see it already."""
        if not self.repeats:
            seen = self.seen(picture)
            if self._on_screen.get(room) == seen:
                return False
            self._on_screen[room] = seen
        self.emit(self.picture_name, picture, room=room)
        return True

    def seen(self, picture: dict) -> dict:
        """What a screen shows of a picture."""
        return {name: of for name, of in picture.items() if name not in ("step", "now")}

    def picture(self, asker: Holder | None) -> dict:
        raise NotImplementedError


class Pairing(Face):
    """/pair: a screen that shows its code waits here for `paired`."""

    face = "pair"

    def let_in(self, auth):
        from flask import session

        return self.parts.keys.holder(session.get("claim", ""), "pairing")

    def room(self, asker):
        return f"pairing:{asker.id}"

    def tell(self, news):
        if any(step.step == "screen_paired" for step in news.steps):
            self._tell_those_let_in()

    def drop_revoked(self):
        """Whoever was let in meanwhile hears it first: what another change drops them for may be told before that."""
        self._tell_those_let_in()
        super().drop_revoked()

    def _tell_those_let_in(self) -> None:
        for sid, asker in list(self.askers.items()):
            if not self.parts.keys.still(asker):  # no longer nobody: a manager has given it a role
                self.emit("paired", {}, room=sid)


def mistakes(error: ValidationError, names: Iterable[str] = ()) -> str:
    """What is wrong with a payload, without repeating it. `names` are those that it may have."""
    may_be = f"nothing of this name can be said here, only {', '.join(names) or 'what is documented'}"
    return "; ".join(
        f"{visible('.'.join(map(str, one['loc'])))[:60] or 'it'}: "
        + (may_be if one["type"] == "extra_forbidden" else one["msg"].removeprefix("Value error, ").lower())
        for one in error.errors()[:5]
    )
