"""Long pages that only read, answered by the figures' process: putting a report into words and pictures takes as long
as measuring it, and no press at a desk waits for that either.

The process answers the same request by the same view, for the same asker. Until it has its pages ready (the first are
asked for in vain) and where it is of no use, whoever is asked answers.
"""

import io
import logging
from collections.abc import Callable
from functools import cache, wraps

from flask import Flask, Response, request
from werkzeug.test import run_wsgi_app

from reception.clock import Clock
from reception.web.parts import Parts, here

log = logging.getLogger(__name__)
WSGI = {"wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False}


def apart(view):
    """Decorates a page, under `only`. What it shows stands in the store and the settings: nothing that lives in the
    server alone, such as who is connected."""

    @wraps(view)
    def wherever(*arguments, **named):
        pages = here().pages
        found = pages.answer(request.environ, here().frontdesk.now()) if pages else None
        return _as_it_is(*found) if found else view(*arguments, **named)

    return wherever


def _as_it_is(body: bytes, status: str, headers: list) -> Response:
    answer = Response(status=status, headers=headers)
    answer.response = [body]  # which leaves its length as it was said: HEAD has no body
    return answer


class Pages:
    """The server's end. `link` is figures.link.Apart; `spawn(work)` begins something and does not wait for it."""

    def __init__(self, link, spawn: Callable):
        self._link, self._spawn, self._ready_in, self._preparing = link, spawn, None, False

    def answer(self, environ: dict, now: int) -> tuple[bytes, str, list] | None:
        """The (body, status, headers) of what is asked for, at an instant; None: not from there."""
        if self._ready_in is None or self._ready_in != self._link.process:
            if not self._preparing:
                self._preparing = True
                self._spawn(self._prepare)
            return None
        plain = {name: value for name, value in environ.items() if isinstance(value, str)}
        found = self._link.ask(answered, plain, now)
        return found[1] if found and found[0] == "done" else None

    def _prepare(self) -> None:
        try:
            how, why = self._link.ask(prepared) or ("of no use", None)
            if how == "done":
                self._ready_in = self._link.process
            elif why:
                log.warning("Long pages are laid out by the server itself: %s", why)
        finally:
            self._preparing = False


# -- in the figures' process ------------------------------------------------------------------------------------------


def prepared(figures) -> None:
    _app(figures)


def answered(figures, environ: dict, now: int) -> tuple[bytes, str, list]:
    app = _app(figures)
    app.extensions["reception"].frontdesk.clock.at = now
    nothing_sent = {"CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()}
    body, status, headers = run_wsgi_app(app, environ | WSGI | nothing_sent, buffered=True)
    return b"".join(body), status, list(headers)


class Told(Clock):
    """The server's clock, as it stood when it asked."""

    at = 0

    def now(self, after: int = 0) -> int:
        return max(self.at, after)


@cache
def _app(figures) -> Flask:
    from reception.frontdesk import FrontDesk
    from reception.keys import Keys
    from reception.running import faces
    from reception.web.access import Guesses
    from reception.web.app import create_pages

    settings, store = figures.settings, figures.store
    frontdesk = FrontDesk(settings, store, Told(), writer=lambda _store, _tell: None)
    keys, guesses = Keys(frontdesk), Guesses(settings)
    parts = Parts(settings, store, frontdesk, keys, guesses, memory=figures.memory)
    return create_pages(parts, [blueprint for blueprint, _face in faces()])
