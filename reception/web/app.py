"""The Flask app: pages, sockets, headers and errors, put together from the parts server.py made."""

import logging
import secrets
from pathlib import Path

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from reception.web import api, entering, errors, performance, speaking, templating, voice
from reception.web.blocking import is_module_patched
from reception.web.compressing import compress
from reception.web.parts import Parts
from reception.web.serving import Text, slow_hearts
from reception.web.sockets import Pairing

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
    app = create_pages(parts, [blueprint for blueprint, _face in faces])
    sockets = _sockets(app, parts, [face for _blueprint, face in faces])
    if settings.server.trusted_proxies:  # around the sockets too: they look at the origin and count guesses
        app.wsgi_app = Proxied(app.wsgi_app, settings.server.trusted_proxies)
    return app, sockets


def create_pages(parts: Parts, blueprints) -> Flask:
    """The app alone, which answers requests and is told no news."""
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
        BABEL_DEFAULT_TIMEZONE=settings.office.timezone,
    )
    app.session_interface = Forms()
    app.extensions["reception"] = parts
    speaking.prepare(app, settings)
    csrf = CSRFProtect(app)
    templating.prepare(app, settings)
    own = (entering.blueprint, voice.blueprint, performance.blueprint, api.blueprint)
    for blueprint in (*blueprints, *own):
        app.register_blueprint(blueprint)
    csrf.exempt(api.blueprint)  # bearer keys only: a browser sends none by itself
    app.after_request(_headers)
    app.after_request(compress)
    errors.prepare(app, settings)
    return app


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
    slow_hearts(socketio.server.eio, every=15, patience=10)
    for namespace in (*namespaces, Pairing):
        face = namespace(app, parts)
        parts.faces[face.namespace] = face
        socketio.on_namespace(face)
        parts.frontdesk.listeners.append(face.tell)
        if face.expects and parts.expecting:
            parts.expecting.listeners.append(lambda _picture, face=face: face.refresh())
    parts.frontdesk.listeners.append(lambda news: _revoked(parts, news))
    return socketio


def _revoked(parts: Parts, news) -> None:
    if any(step.step in ("key_revoked", "person_ended", "password_set") for step in news.steps):
        for face in parts.faces.values():
            face.drop_revoked()


def _headers(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    static = bool(request.endpoint) and request.endpoint.endswith("static")
    if not static or (response.mimetype or "").startswith("image/"):
        # What no page is needs none of it, and a phone loads a dozen; an image can be opened as a page.
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if static:
        # Scripts and sheets fit the page of their own version alone, so a browser asks whether its own is still that.
        is_code = response.mimetype in ("text/css", "text/javascript", "application/javascript")
        response.headers["Cache-Control"] = "no-cache" if is_code else "public, max-age=3600"
        response.headers.pop("Content-Disposition", None)
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


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
