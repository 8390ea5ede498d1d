"""Who may ask: from a cookie or a bearer key to its holder, and limits on guessing. Its pages are in `entering.py`.

A browser has one cookie for each face, so that a kiosk, a board, a desk and a manager's page can be open side by side.
No address is ever trusted for anything but counting wrong guesses.
"""

from contextlib import contextmanager
from functools import wraps

from flask import make_response, redirect, request, url_for
from limits import RateLimitItemPerMinute, storage, strategies

from reception.identifiers import digest
from reception.keys import SCREENS, STAFF, Holder
from reception.refusals import Refusal
from reception.web.parts import here

# face -> the roles that may use it; and whose cookies are looked at, in order
ROLES = {
    "kiosk": ("kiosk",),
    "display": ("display",),
    "wall": ("wall", "manager", "admin"),
    "desk": ("desk", *STAFF),
    "greeter": ("desk", *STAFF),
    "manage": ("manager", "admin"),
}
COOKIES = {
    "kiosk": ("kiosk",),
    "display": ("display",),
    "wall": ("wall", "manage"),
    "desk": ("desk", "manage"),
    "greeter": ("desk", "manage"),
    "manage": ("manage", "desk"),
}
HOME = {
    "kiosk": "kiosk.page",
    "display": "display.page",
    "wall": "manage.wall",
    "receptionist": "desk.page",
    "manager": "manage.now",
    "admin": "manage.now",
}
OF_ITS_OWN = ("feedback_of_visit",)  # the link is a key: an office full of tickets has one address
NOT_THERE = ("appointment_not_found", "appointment_other_day")  # what who tries out postcodes or references meets


class Guesses:
    """Wrong passwords, keys, codes and links, counted by address. A right key is never refused for wrong ones.

    `what` counts apart what is tried (a name to sign in with), since a whole office may come from one address: for the
    address itself, ten times as many may then be wrong. A kiosk where appointments are tried has a limit of its own,
    and so has what `OF_ITS_OWN` names, wherever it is tried from.
    """

    def __init__(self, settings, uri: str = "memory://"):
        access = settings.access
        self._limit = RateLimitItemPerMinute(access.guesses, round(access.guess_minutes))
        self._limits = {"appointment": RateLimitItemPerMinute(settings.kiosk.guesses, round(access.guess_minutes))}
        self._for_all = RateLimitItemPerMinute(10 * access.guesses, round(access.guess_minutes))
        self._window = strategies.FixedWindowRateLimiter(storage.storage_from_string(uri))
        self._minutes = round(access.guess_minutes)

    def check(self, kind: str, what: str = "") -> None:
        if not all(self._window.test(limit, *counted) for limit, counted in self._counted(kind, what)):
            raise Refusal("too_many_guesses", status=429, minutes=self._minutes)

    def wrong(self, kind: str, what: str = "") -> None:
        for limit, counted in self._counted(kind, what):
            self._window.hit(limit, *counted)

    @contextmanager
    def at_appointments(self, kiosk: str):
        """A check-in at this kiosk (its key's id). Finding nobody is a wrong try, of which there are only some."""
        self.check("appointment", kiosk)
        try:
            yield
        except Refusal as refusal:
            if refusal.key in NOT_THERE:
                self.wrong("appointment", kiosk)
            raise

    def _counted(self, kind: str, what: str):
        address = request.remote_addr or "?"
        limit = self._limits.get(kind, self._limit)
        if kind in OF_ITS_OWN:
            return [(limit, (kind, digest(what)))]
        if not what:
            return [(limit, (kind, address))]
        return [(limit, (kind, address, digest(what))), (self._for_all, (kind, address))]


# -- who asks ----------------------------------------------------------------------------------------------------


def cookie(name: str) -> str:
    # __Host- binds a cookie to this host and to HTTPS; a browser refuses it without.
    return f"__Host-reception-{name}" if here().settings.server.secure_cookies else f"reception-{name}"


def visitor_of(face: str) -> Holder | None:
    """Who is using this face in this browser, if they may."""
    for name in COOKIES[face]:
        holder = holder_of(name)
        if holder and holder.role in ROLES[face]:
            return holder
    keeper = bearer() if face in SCREENS else None  # what a kiosk's own machine passes on
    return keeper if keeper and keeper.role in ROLES[face] else None


def holder_of(name: str) -> Holder | None:
    """Whose browser this is, by the cookie of that name."""
    return here().keys.holder(request.cookies.get(cookie(name), ""), "browser")


def bearer() -> Holder | None:
    """Whose key the request carries. A wrong one counts as a guess."""
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not given.strip():
        return None
    return key_holder(given.strip())


def key_holder(given: str) -> Holder | None:
    holder = here().keys.holder(given, "bearer")
    if holder is None:
        here().guesses.check("key")
        here().guesses.wrong("key")
    return holder


def only(face: str, *roles: str):
    """Decorates a page: for those who may use the face (with one of `roles`); others sign in or pair. Gives `asker`."""

    def decorate(view):
        @wraps(view)
        def guarded(*arguments, **named):
            asker = visitor_of(face)
            if asker is None:
                if any(holder_of(name) for name in COOKIES[face]):  # somebody, but not somebody who may
                    raise Refusal("not_allowed", status=403)
                if request.method not in ("GET", "HEAD"):
                    raise Refusal("signed_out", status=401)
                if face in SCREENS:
                    return redirect(url_for("access.pair", face=face))
                return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
            if roles and asker.role not in roles:
                raise Refusal("not_allowed", status=403)
            answer = view(*arguments, asker=asker, **named)
            # A browser keeps a cookie for 400 days at most; a screen that is in use is never forgotten.
            own = request.cookies.get(cookie(face)) if face in SCREENS else None
            return enter(make_response(answer), own, face) if own else answer

        return guarded

    return decorate


def enter(response, given: str, role: str):
    """Hands the browser the secret of its own key, in the cookie of the face it is for."""
    settings = here().settings
    face = role if role in SCREENS else "desk" if role == "receptionist" else "manage"
    days = 400 if role in SCREENS else settings.access.sign_in_hours / 24
    response.set_cookie(
        cookie(face),
        given,
        max_age=round(days * 86400),
        httponly=True,
        samesite="Lax",
        secure=settings.server.secure_cookies,
        path="/",
    )
    return response
