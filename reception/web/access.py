"""Who may ask: cookies and bearer keys to holders, sign-in, one-time links, pairing, and limits on guessing.

A browser has one cookie for each face, so that a kiosk, a board, a desk and a manager's page can be open side by side.
No address is ever trusted for anything but counting wrong guesses.
"""

from functools import wraps

from flask import Blueprint, abort, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from limits import RateLimitItemPerMinute, storage, strategies

from reception.keys import SCREENS, STAFF, Holder, hasher, password_fits
from reception.refusals import Refusal
from reception.web.blocking import blocking
from reception.web.parts import here
from reception.web.words import UNSEEN, sentence

blueprint = Blueprint("access", __name__)

# face -> the roles that may use it; and whose cookies are looked at, in order
ROLES = {
    "kiosk": ("kiosk",),
    "display": ("display",),
    "desk": ("desk", *STAFF),
    "manage": ("manager", "admin"),
}
COOKIES = {"kiosk": ("kiosk",), "display": ("display",), "desk": ("desk", "manage"), "manage": ("manage", "desk")}
HOME = {
    "kiosk": "kiosk.page",
    "display": "display.page",
    "receptionist": "desk.page",
    "manager": "manage.now",
    "admin": "manage.now",
}


class Guesses:
    """Wrong passwords, keys, codes and links, counted by address. A right key is never refused for wrong ones."""

    def __init__(self, settings, uri: str = "memory://"):
        access = settings.access
        self._limit = RateLimitItemPerMinute(access.guesses, round(access.guess_minutes))
        self._window = strategies.FixedWindowRateLimiter(storage.storage_from_string(uri))
        self._minutes = round(access.guess_minutes)

    def check(self, kind: str) -> None:
        if not self._window.test(self._limit, kind, request.remote_addr or "?"):
            raise Refusal("too_many_guesses", status=429, minutes=self._minutes)

    def wrong(self, kind: str) -> None:
        self._window.hit(self._limit, kind, request.remote_addr or "?")


# -- who asks ----------------------------------------------------------------------------------------------------


def cookie(name: str) -> str:
    # __Host- binds a cookie to this host and to HTTPS; a browser refuses it without.
    return f"__Host-reception-{name}" if here().settings.server.secure_cookies else f"reception-{name}"


def visitor_of(face: str) -> Holder | None:
    """Who is using this face in this browser, if they may."""
    for name in COOKIES[face]:
        holder = here().keys.holder(request.cookies.get(cookie(name), ""), "browser")
        if holder and holder.role in ROLES[face]:
            return holder
    return None


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
                if request.method not in ("GET", "HEAD"):
                    raise Refusal("signed_out", status=401)
                if face in SCREENS:
                    return redirect(url_for("access.pair", face=face))
                return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
            if roles and asker.role not in roles:
                raise Refusal("not_allowed", status=403)
            answer = view(*arguments, asker=asker, **named)
            # A browser keeps a cookie for 400 days at most; a screen that is in use is never forgotten.
            return enter(make_response(answer), request.cookies[cookie(face)], face) if face in SCREENS else answer

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


# -- pages -------------------------------------------------------------------------------------------------------


@blueprint.get("/sign-in")
def sign_in():
    return render_template("sign_in.html", next=_local(request.args.get("next")))


@blueprint.post("/sign-in")
def signed_in():
    parts, name = here(), request.form.get("name", "")[:100]
    way = _local(request.form.get("next"))
    try:
        parts.guesses.check("sign-in")
    except Refusal as refusal:
        return render_template("sign_in.html", error=sentence(refusal, parts.settings), name=name, next=way), 429
    found = parts.keys.password_of(name)
    if not blocking(password_fits, found and found[2], request.form.get("password", "")[:1000]):
        parts.guesses.wrong("sign-in")
        error = _("This name and password do not go together. Check both; a manager can give you a new link.")
        return render_template("sign_in.html", error=error, name=name, next=way), 403
    given = parts.keys.add(
        name=name,
        role=found[1],
        kind="browser",
        by=f"person:{found[0]}",
        person=found[0],
        lasts_ms=_hours(parts.settings.access.sign_in_hours),
    )
    return enter(redirect(way or url_for(HOME[found[1]])), given, found[1])


@blueprint.post("/sign-out/<face>")
def sign_out(face: str):
    asker = visitor_of(face) if face in ("desk", "manage") else None
    if asker:
        here().keys.revoke(asker.id, by=asker.by)
    response = redirect(url_for("access.sign_in"))
    for name in COOKIES.get(face, ()):
        response.delete_cookie(cookie(name), path="/", secure=here().settings.server.secure_cookies)
    return response


@blueprint.get("/enter/<given>")
def link(given: str):
    """A one-time link. Looking at it does not use it up."""
    holder = _guessed("link", here().keys.holder(given, "link"))
    what = {"kiosk": _("Kiosk"), "display": _("Lobby board"), "receptionist": _("Desk")}.get(holder.role, _("Manage"))
    explanation = _("Opens %(what)s in this browser as %(name)s.", what=what, name=holder.name)
    return render_template("enter.html", title=what, explanation=explanation, button=_("Open"))


@blueprint.post("/enter/<given>")
def entered(given: str):
    staff = _hours(here().settings.access.sign_in_hours)
    holder = _guessed("link", here().keys.holder(given, "link"))
    made = _guessed(
        "link", here().keys.exchange(given, kind="link", lasts_ms=None if holder.role in SCREENS else staff)
    )
    return enter(redirect(url_for(HOME[made[1].role])), made[0], made[1].role)


@blueprint.route("/password/<given>", methods=["GET", "POST"])
def password(given: str):
    """Chooses a password by a one-time link."""
    parts = here()
    holder = _guessed("link", parts.keys.holder(given, "password"))
    if request.method == "GET":
        return render_template("password.html", who=holder.name, length=parts.settings.access.password_length)
    if error := _poor(request.form, parts.settings):
        return render_template(
            "password.html", who=holder.name, length=parts.settings.access.password_length, error=error
        ), 422
    parts.keys.set_password(holder.person, blocking(hasher().hash, request.form["password"]))
    return redirect(url_for("access.sign_in"))


@blueprint.route("/set-up/<given>", methods=["GET", "POST"])
def set_up(given: str):
    """The first run's one-time link: makes the first admin; no good once there is one, of whichever start it is."""
    parts = here()
    people = parts.keys.people()
    _guessed("link", parts.keys.holder(given, "setup") if all(one.role != "admin" for one in people) else None)
    length = parts.settings.access.password_length
    if request.method == "GET":
        return render_template("set_up.html", length=length)
    error = _poor(request.form, parts.settings)
    name, sign_in = (UNSEEN.sub("", request.form.get(field, "")).strip()[:60] for field in ("full_name", "name"))
    if any(one.sign_in == sign_in.casefold() for one in people):
        error = sentence(Refusal("sign_in_taken", sign_in=sign_in), parts.settings)
    if not name or not sign_in:
        error = _("Write your name, and the name you want to sign in with.")
    if error:
        return render_template("set_up.html", length=length, error=error, full_name=name, name=sign_in), 422
    hashed = blocking(hasher().hash, request.form["password"])
    if not parts.keys.exchange(given, kind="setup", name="set-up", lasts_ms=1):
        raise Refusal("link_used", status=410)
    person = parts.keys.add_person(name=name, sign_in=sign_in, role="admin", by="setup")
    parts.keys.set_password(person, hashed)
    return redirect(url_for("access.sign_in"))


@blueprint.get("/pair/<face>")
def pair(face: str):
    """A screen shows its code here until a manager approves it; then it claims its own key."""
    if face not in SCREENS:
        abort(404)
    if visitor_of(face):
        return redirect(url_for(HOME[face]))
    parts = here()
    claim = session.get("claim", "")
    asked = parts.keys.holder(claim, "pairing") if claim else None
    if asked and asked.role in SCREENS:
        return render_template(
            "enter.html", title=asked.name, explanation=_("A manager has approved this screen."), button=_("Go on")
        )
    if not asked or asked.role != "nobody":
        parts.guesses.check("pair")
        parts.guesses.wrong("pair")
        code, session["claim"] = parts.keys.ask_to_pair(lasts_ms=parts.settings.access.pairing_minutes * 60_000)
    else:
        code = asked.name
    purpose = _("It will give out tickets.") if face == "kiosk" else _("It will show who is called.")
    return render_template("pair.html", code=code, purpose=purpose, next=url_for("access.pair", face=face))


@blueprint.post("/pair/<face>")
def paired(face: str):
    asked = here().keys.holder(session.get("claim", ""), "pairing")
    if asked and asked.role not in SCREENS:  # nobody has approved it yet, and its code stays good
        return redirect(url_for("access.pair", face=face))
    made = _guessed("code", here().keys.exchange(session.pop("claim", ""), kind="pairing"))
    return enter(redirect(url_for(HOME[made[1].role])), made[0], made[1].role)


def _guessed(kind: str, found):
    """A secret given in an address: wrong, used and expired look the same, and count as a guess."""
    if found is None:
        here().guesses.check(kind)
        here().guesses.wrong(kind)
        raise Refusal("link_used", status=410)
    return found


def _poor(form, settings) -> str | None:
    least = settings.access.password_length
    if len(form.get("password", "")) < least:
        return _(
            "This password is too short. Use at least %(least)s characters; three or four words do well.", least=least
        )
    if len(form["password"]) > 1000:
        return _("This password is too long. Use at most 1000 characters.")
    if form["password"] != form.get("again"):
        return _("The two passwords differ. Write the same one twice.")
    return None


def _local(way: str | None) -> str | None:
    """A way on within this site, or nothing: never another host's."""
    # A browser takes "\\" for "/" and leaves tabs and line ends out: "/\t/elsewhere" would be another host.
    own = way and way.startswith("/") and not way.startswith("//") and "\\" not in way and not UNSEEN.search(way)
    return way if own else None


def _hours(hours: float) -> int:
    return round(hours * 3_600_000)
