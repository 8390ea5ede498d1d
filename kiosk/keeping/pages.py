"""What a kiosk's browser may fetch from its machine: the kiosk's page, what that is made of, its socket and its speech.

The page comes from this machine's own disk. Only this machine's browser is let in, and always as the kiosk.
"""

import logging
import re
from urllib.parse import parse_qs

from kiosk.keeping.server import Away

log = logging.getLogger(__name__)
OURS = ("/kiosk", "/static/", "/socket.io/", "/voice")
HOSTS = ("localhost", "127.0.0.1", "[::1]")
PORT = re.compile(r":\d+$")  # a browser leaves it out where it is 80
SPEECH = 2.0  # seconds for a phrase from the server
LONGEST = 2_000  # characters of a phrase's address


class Gate:
    """WSGI round the app: nobody but this machine's browser, nothing but what a kiosk needs."""

    def __init__(self, app, cookie: str, parts):
        self._app, self._cookie, self._parts = app, cookie, parts

    def __call__(self, environ, start_response):
        path, host = environ.get("PATH_INFO", ""), PORT.sub("", environ.get("HTTP_HOST", ""))
        # Another name for this machine is another site's trick.
        if host not in HOSTS or not (path == "/" or path.startswith(OURS)):
            return _plain(start_response, "404 Not Found")
        if path == "/":
            start_response("302 Found", [("Location", "/kiosk/"), ("Content-Length", "0")])
            return []
        if path == "/voice":
            self._fetch_speech(environ.get("QUERY_STRING", ""))
        cookies = [environ.get("HTTP_COOKIE", ""), self._cookie]
        environ["HTTP_COOKIE"] = "; ".join(filter(None, cookies))
        return self._app(environ, start_response)

    def _fetch_speech(self, query: str) -> None:
        """The server's own voice for a phrase we have not kept: it may be a council's recording."""
        contact, voice = self._parts.contact, self._parts.voice
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        language, text = asked.get("language", ""), " ".join(asked.get("text", "").split())
        if not (contact.there and language and text) or len(query) > LONGEST or voice.ready(language, text):
            return
        try:
            if found := contact.server.speech(query, seconds=SPEECH):
                voice.keep(language, text, found)
        except Away as away:
            log.debug("The server did not say a phrase: %s", away)


def waiting(sentence: str):
    """WSGI for a machine that has never heard from its server: says so, and looks again."""
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Kiosk</title>'
        '<meta http-equiv="refresh" content="2"></head><body><h1>Kiosk</h1>'
        f"<p>{sentence}</p></body></html>"
    ).encode()

    def app(environ, start_response):
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
        start_response("503 Service Unavailable", [*headers, ("Cache-Control", "no-store")])
        return [page]

    return app


def _plain(start_response, status: str):
    body = f"{status}\n".encode()
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
