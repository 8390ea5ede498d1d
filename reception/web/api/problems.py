"""Errors as application/problem+json (RFC 9457): one shape for every refusal and fault of the API."""

import json
from http import HTTPStatus

from flask import Response
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

KIND = "application/problem+json"
SENTENCES = {
    400: _("This request cannot be read as HTTP, so nothing was done."),
    404: _("There is nothing at this address. /api/openapi.json lists what there is."),
    405: _("This address does not take %(method)s. It takes %(allowed)s."),
    413: _("This is too large, so nothing was done. At most %(size)s kB can be sent."),
}


def problem(status: int, detail: str, *, kind: str) -> Response:
    """A problem: `title` for the status, `detail` the sentence for the person, `code` for the program."""
    response = Response(problem_body(status, detail, kind=kind), status, content_type=KIND)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Reception"'
    return response


def problem_body(status: int, detail: str, *, kind: str) -> str:
    title = HTTPStatus(status).phrase
    return json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail, "code": kind})


def http_problem(error: HTTPException, *, method: str, largest: int) -> Response:
    """What Flask itself refuses: an unknown address, a method it does not take, a body that is too large."""
    allowed = ", ".join(sorted({*(getattr(error, "valid_methods", None) or ())} - {"OPTIONS"}))
    sentence = str(SENTENCES.get(error.code, SENTENCES[400]))
    response = problem(
        error.code, sentence % {"method": method, "allowed": allowed, "size": largest // 1024}, kind="http"
    )
    if allowed:
        response.headers["Allow"] = allowed
    return response
