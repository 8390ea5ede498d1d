"""The Flask app: pages, sockets, headers and errors, put together from the parts server.py made."""

import logging
import secrets
import sqlite3
from pathlib import Path

from flask import Flask, Response, render_template, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel
from flask_babel import gettext as _
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, RequestTimeout
from werkzeug.middleware.proxy_fix import ProxyFix

from reception.refusals import Refusal, StoreFault
from reception.web import api, entering, templating
from reception.web.api.problems import http_problem, problem
from reception.web.blocking import is_module_patched
from reception.web.compressing import compress
from reception.web.parts import Parts
from reception.web.serving import Text
from reception.web.sockets import Pairing
from reception.web.words import sentence
from reception.writer import fault_key

log = logging.getLogger(__name__)
LARGEST = 64 * 1024  # bytes of a request: nothing anybody sends here is larger
POLICY = (
    "default-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def create_app(parts: Parts, faces) -> tuple[Flask, SocketIO]:
    """The app and its Socket.IO server, ready to be served; news of every change reaches every face.

    `faces` are pairs of a face's blueprint and its namespace's class: the frame knows no face itself.
    """
    settings = parts.settings
    app = Flask("reception.web", static_folder="static")
    app.config.update(
        SECRET_KEY=_secret(settings.server.data / "secret"),
        MAX_CONTENT_LENGTH=LARGEST,
        SESSION_COOKIE_NAME="__Host-reception-form" if settings.server.secure_cookies else "reception-form",
        SESSION_COOKIE_SECURE=settings.server.secure_cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.server.secure_cookies,
        BABEL_DEFAULT_LOCALE=settings.office.language,
        BABEL_DEFAULT_TIMEZONE=settings.office.timezone,
    )
    app.session_interface = Forms()
    app.extensions["reception"] = parts
    Babel(app)
    csrf = CSRFProtect(app)
    templating.prepare(app, settings)
    for blueprint in (*(blueprint for blueprint, _face in faces), entering.blueprint, api.blueprint):
        app.register_blueprint(blueprint)
    csrf.exempt(api.blueprint)  # bearer keys only: a browser sends none by itself
    app.after_request(_headers)
    app.after_request(compress)
    _errors(app, settings)
    sockets = _sockets(app, parts, [face for _blueprint, face in faces])
    if settings.server.trusted_proxies:  # around the sockets too: they look at the origin and count guesses
        app.wsgi_app = Proxied(app.wsgi_app, settings.server.trusted_proxies)
    return app, sockets


def _sockets(app: Flask, parts: Parts, namespaces) -> SocketIO:
    settings = parts.settings

    def allowed(origin: str, environ: dict) -> bool:
        own = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        return origin in (own, settings.office.public_url.rstrip("/"), *settings.server.origins)

    socketio = SocketIO(
        app,
        async_mode="gevent" if is_module_patched("threading") else "threading",
        cors_allowed_origins=allowed,
        ping_interval=4,  # a screen that has lost its server says so within ten seconds
        ping_timeout=4,
        max_http_buffer_size=LARGEST,
        manage_session=False,
        serializer=Text,
    )
    for namespace in (*namespaces, Pairing):
        face = namespace(app, parts)
        parts.faces[face.namespace] = face
        socketio.on_namespace(face)
        parts.frontdesk.listeners.append(face.tell)
    parts.frontdesk.listeners.append(lambda news: _revoked(parts, news))
    return socketio


def _revoked(parts: Parts, news) -> None:
    if any(step.step in ("key_revoked", "person_ended", "password_set") for step in news.steps):
        for face in parts.faces.values():
            face.drop_revoked()


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint and request.endpoint.endswith("static"):
        response.headers["Cache-Control"] = "public, max-age=3600"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _errors(app: Flask, settings) -> None:
    def answer(status: int, title: str, explanation: str, kind: str):
        if _is_api():
            return problem(status, explanation, kind=kind)
        return render_template("problem.html", title=title, explanation=explanation), status

    @app.errorhandler(Refusal)
    @app.errorhandler(StoreFault)
    def refused(error):
        title = _("That could not be done") if error.status < 500 else _("The server cannot do that now")
        response = app.make_response(answer(error.status, title, sentence(error, settings), error.key))
        if error.status == 429:
            response.headers["Retry-After"] = str(60 * error.values["minutes"])
        return response

    @app.errorhandler(sqlite3.Error)
    def unreadable(error):
        log.error("The database could not be read: %s", error)
        return refused(StoreFault(fault_key(error)))

    @app.errorhandler(CSRFError)
    def stale(error):
        return answer(
            400,
            _("This page was too old"),
            _("Nothing was done. Load the page again and press once more."),
            "stale_form",
        )

    @app.errorhandler(sqlite3.Error)
    def unread(error):
        log.error("%s %s: the database did not answer: %s", request.method, request.path, error)
        return refused(StoreFault(fault_key(error)))

    @app.errorhandler(HTTPException)
    def http(error):
        if _is_api():
            return http_problem(error, method=request.method, largest=LARGEST)
        words = {
            404: (_("This page is not here"), _("Check the address, or ask a member of staff.")),
            405: (_("That cannot be done here"), _("The address is right but the way of asking is not.")),
            413: (
                _("That is too large"),
                _("Nothing was done. At most %(size)s kB can be sent.", size=LARGEST // 1024),
            ),
        }
        title, explanation = words.get(
            error.code, (_("That could not be done"), _("Nothing was done. Check what was sent."))
        )
        return answer(error.code, title, explanation, "http")

    @app.errorhandler(TimeoutError)
    def unfinished(error):
        return http(RequestTimeout())

    @app.errorhandler(Exception)
    def failed(error):
        log.exception("%s %s failed.", request.method, request.path)
        return refused(Refusal("fault", status=500))


def _is_api() -> bool:
    return request.path.startswith("/api/") or request.path == "/health"


class Proxied:
    """Believes X-Forwarded-* from the named proxies and from nobody else."""

    def __init__(self, app, proxies):
        self._plain, self._proxies = app, frozenset(proxies)
        self._fixed = ProxyFix(app, x_for=1, x_proto=1, x_host=1)

    def __call__(self, environ, start_response):
        app = self._fixed if environ.get("REMOTE_ADDR") in self._proxies else self._plain
        return app(environ, start_response)


class Forms(SecureCookieSessionInterface):
    """The forms' cookie, for pages and their sockets. The API reads no cookie, and spends no time on one."""

    def open_session(self, app, request):
        return None if request.path.startswith("/api/") else super().open_session(app, request)


def _secret(path: Path) -> str:
    """Signs the forms' cookie; made on the first run and readable by the server alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text()
