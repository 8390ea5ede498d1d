"""Errors as application/problem+json (RFC 9457)."""

import json
from http import HTTPStatus

from flask import Response


def problem(status: int, detail: str, *, kind: str) -> Response:
    """A problem: `title` for the status, `detail` the sentence for the person, `code` for the program."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": kind}
    return Response(json.dumps(body), status, content_type="application/problem+json")
