"""What cannot be done, said so: a page for a person, application/problem+json for a program. It decides nothing."""

import logging
import sqlite3

from flask import Flask, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestTimeout

from reception.refusals import Refusal, StoreFault
from reception.web.api.problems import http_problem, problem
from reception.web.words import sentence
from reception.writer import fault_key

log = logging.getLogger(__name__)


def prepare(app: Flask, settings) -> None:
    """Registers an answer for every error."""

    @app.errorhandler(Refusal)
    @app.errorhandler(StoreFault)
    def refused(error):
        title = _("That could not be done") if error.status < 500 else _("The server cannot do that now")
        response = app.make_response(_answer(error.status, title, sentence(error, settings), error.key))
        if error.status == 429:
            response.headers["Retry-After"] = str(60 * error.values["minutes"])
        return response

    @app.errorhandler(sqlite3.Error)
    def unread(error):
        log.error("%s %s: the database did not answer: %s", request.method, request.path, error)
        return refused(StoreFault(fault_key(error)))

    @app.errorhandler(CSRFError)
    def stale(error):
        explanation = _("Nothing was done. Load the page again and press once more.")
        return _answer(400, _("This page was too old"), explanation, "stale_form")

    @app.errorhandler(HTTPException)
    def http(error):
        largest = request.max_content_length
        if _is_api():
            return http_problem(error, method=request.method, largest=largest)
        return _answer(error.code, *_words(error.code, largest), "http")

    @app.errorhandler(TimeoutError)
    def unfinished(error):
        return http(RequestTimeout())

    @app.errorhandler(Exception)
    def failed(error):
        log.exception("%s %s failed.", request.method, request.path)
        return refused(Refusal("fault", status=500))


def _answer(status: int, title: str, explanation: str, kind: str):
    if _is_api():
        return problem(status, explanation, kind=kind)
    return render_template("problem.html", title=title, explanation=explanation), status


def _words(status: int, largest: int) -> tuple[str, str]:
    match status:
        case 404:
            return _("This page is not here"), _("Check the address, or ask a member of staff.")
        case 405:
            return _("That cannot be done here"), _("The address is right but the way of asking is not.")
        case 413:
            kilobytes = largest // 1024
            size = f"{kilobytes} kB" if kilobytes < 1024 else f"{kilobytes // 1024} MB"
            return _("That is too large"), _("Nothing was done. At most %(size)s can be sent.", size=size)
    return _("That could not be done"), _("Nothing was done. Check what was sent.")


def _is_api() -> bool:
    return request.path.startswith("/api/") or request.path == "/health"
