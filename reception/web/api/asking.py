"""The door of every API route: whose key, which role, what is asked, and one answer for one Idempotency-Key.

It decides nothing about the queue, and reads no cookie.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from reception.door import Answered, Once
from reception.keys import STAFF, Holder
from reception.refusals import Refusal
from reception.web.access import bearer
from reception.web.api.problems import KIND, problem_body
from reception.web.api.shapes import Nothing, Question
from reception.web.blocking import blocking
from reception.web.parts import Parts, here
from reception.web.sockets import mistakes
from reception.web.words import sentence, visible

blueprint = Blueprint("api", __name__)
CALLERS = ("desk", *STAFF)  # a receptionist's steps
GIVERS = ("kiosk", *CALLERS)  # tickets and check-ins
MANAGERS = ("manager", "admin")
READERS = ("figures", *MANAGERS)  # what is measured and recorded, of nobody in particular
LONGEST_KEY = 200
LONGEST_NAME = 60
HEARD_EVERY = 60  # seconds between noting that a key is in use


@dataclass(frozen=True)
class Route:
    """What the document and the tests know of a route. `roles` None: no key is needed. `word(parts, answer, path)`
    turns the front desk's answer into the status and the dict (or None) that is sent. `files` are the kinds of file
    that it takes instead of a question; such a route takes large ones. `kinds` are those it may answer besides JSON."""

    roles: tuple[str, ...] | None
    answers: dict[int, type[BaseModel] | None]
    question: type[Question] = Nothing
    word: Callable[..., tuple[int, dict | None]] | None = None
    files: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A body of one of the kinds of file that a route takes."""

    data: bytes
    kind: str


ROUTES: dict[str, Route] = {}  # by Flask's endpoint


def get(path: str, *, roles, answers, question=Nothing, kinds=()):
    """A route that only looks: `view(asker, asked, **path)` returns the dict, status and dict, or a response that is
    written already."""

    def decorate(view):
        @wraps(view)
        def answer(**path):
            asker = _asker(roles)
            found = view(asker, _parameters(question), **_named(path))
            if isinstance(found, Response):
                return found
            status, body = found if isinstance(found, tuple) else (200, found)
            return Response(json.dumps(body), status, content_type="application/json")

        return _added(view, path, answer, Route(roles, answers, question, kinds=kinds), "GET")

    return decorate


def post(path: str, *, roles, answers, word, question=Nothing, files=()):
    """A route that changes something: `view(asker, asked, once, **path)` returns the front desk's answer."""

    def decorate(view):
        route = Route(roles, answers, question, word, files)

        @wraps(view)
        def answer(**path):
            asker = _asker(roles)
            asked, path = _body(route), _named(path)
            words = _Words(here(), route, path)
            once = _once(asker, asked, words)
            try:
                found = view(asker, asked, once, **path)
            except Answered as before:
                return _sent(before.status, before.body)
            return _sent(*(words.said or words(found)))

        return _added(view, path, answer, route, "POST")

    return decorate


def _added(view, path: str, answer, route: Route, method: str):
    blueprint.add_url_rule(path, view.__name__, answer, methods=[method])
    ROUTES[f"{blueprint.name}.{view.__name__}"] = route
    return view


class _Words:
    """Turns the front desk's answer, or its Refusal, into what is sent; the writer asks inside the transaction, on a
    thread of its own, and `said` keeps it for the sending."""

    def __init__(self, parts: Parts, route: Route, path: dict):
        self.parts, self.route, self.path = parts, route, path
        self.app = current_app._get_current_object()
        self.said: tuple[int, str] | None = None

    def __call__(self, answer) -> tuple[int, str]:
        with self.app.app_context():
            if isinstance(answer, Refusal):
                if "text" in answer.values:  # what somebody wrote is not stored as an answer
                    raise answer
                detail = sentence(answer, self.parts.settings)
                self.said = answer.status, problem_body(answer.status, detail, kind=answer.key)
            else:
                status, body = self.route.word(self.parts, answer, self.path)
                self.said = status, "" if body is None else json.dumps(body)
        return self.said


def _asker(roles: tuple[str, ...] | None) -> Holder | None:
    if roles is None:
        return None
    asker = bearer()
    if asker is None:
        raise Refusal("key_needed", status=401)
    if asker.role not in roles:
        raise Refusal("not_allowed", status=403)
    _heard(asker)
    return asker


_last_heard: dict[str, float] = {}


def _heard(asker: Holder) -> None:
    """Notes, now and then and without waiting, that a key is in use, for managers' list of devices."""
    now = time.monotonic()
    if now - _last_heard.get(asker.id, -HEARD_EVERY) >= HEARD_EVERY:
        _last_heard[asker.id] = now
        face = here().faces["/manage"]
        face.socketio.start_background_task(face._heard, [asker.id])


def _named(path: dict[str, str]) -> dict[str, str]:
    """What an address names, fit to be repeated in a refusal."""
    return {name: visible(text)[:LONGEST_NAME] for name, text in path.items()}


def _body(route: Route) -> Question | File:
    if route.files:
        request.max_content_length = here().settings.appointments.largest_megabytes * 1024 * 1024
    sent = request.get_data(cache=False)
    if len(sent) >= request.max_content_length:  # one sent in chunks is cut there, without a word
        raise RequestEntityTooLarge
    if request.mimetype in route.files:
        return File(sent, request.mimetype)
    if sent.strip() and request.mimetype != "application/json":
        raise Refusal("not_json", status=415)
    read = blocking if route.files else _at_once
    try:
        return read(route.question.model_validate_json, sent if sent.strip() else b"{}")
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise Refusal("malformed_json", status=400) from error
        raise _wrong(route.question, error) from error


def _at_once(function, *arguments):
    return function(*arguments)


def _parameters(question: type[Question]) -> Question:
    try:
        return question.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _wrong(question, error) from error


def _wrong(question: type[Question], error: ValidationError) -> Refusal:
    names = [field.alias or name for name, field in question.model_fields.items()]
    return Refusal("wrong_values", status=422, mistakes=mistakes(error, names))


def _once(asker: Holder, asked: Any, words: _Words) -> Once | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST_KEY or not all(" " <= letter <= "~" for letter in key):
        raise Refusal("poor_idempotency_key", status=400, longest=LONGEST_KEY)
    body = asked.data if isinstance(asked, File) else asked.model_dump_json(exclude_unset=True).encode()
    question = f"{request.method} {request.path}\n".encode() + body
    return Once(asker.id, key, words, hashlib.sha256(question).hexdigest())


def _sent(status: int, body: str) -> Response:
    if status == 204:
        nothing = Response(status=204)
        del nothing.headers["Content-Type"]
        return nothing
    return Response(body, status, content_type=KIND if status >= 400 else "application/json")
