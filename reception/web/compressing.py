"""Sends the files that pages share compressed, each compressed once. Pages themselves are not: a page holds a form's
secret beside words that somebody else may have chosen, and a compressed length gives such a secret away (BREACH). One
that holds no such words, and that nobody else can make a browser ask for, may say so: `g.may_be_compressed = True`.
"""

import gzip
from functools import lru_cache

from flask import Response, g, request

WORTH_IT = ("text/", "image/svg")
LEAST = 1_000  # bytes; below, the headers weigh more


def compress(response: Response) -> Response:
    """After a request: a static text file, gzipped for whoever takes that."""
    static = (request.endpoint or "").endswith("static")
    if not (static or g.get("may_be_compressed")) or not (response.mimetype or "").startswith(WORTH_IT):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and "gzip" in request.accept_encodings and (response.content_length or 0) >= LEAST:
        response.direct_passthrough = False
        etag, _weak = response.get_etag()
        content = response.get_data()
        response.set_data(_gzipped(etag, content) if static else gzip.compress(content))
        if etag:
            response.set_etag(etag, weak=True)  # the same file, not the same bytes
        response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=200)
def _gzipped(_etag: str, content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
