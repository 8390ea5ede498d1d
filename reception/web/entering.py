"""The pages by which people and screens get in: sign-in, one-time links, passwords, the first admin, pairing.

A link is used up by a POST alone, so that a preview or a mail scanner which follows it opens nothing.
"""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from reception.keys import SCREENS
from reception.passwords import hasher, password_fits
from reception.refusals import Refusal
from reception.web.access import COOKIES, HOME, cookie, enter, holder_of, visitor_of
from reception.web.blocking import blocking
from reception.web.parts import here
from reception.web.words import UNSEEN, sentence

blueprint = Blueprint("access", __name__)


@blueprint.get("/")
def front():
    """Which way to go, for whoever types the bare address. It says nothing of the office but its name."""
    return render_template("front.html")


@blueprint.get("/sign-in")
def sign_in():
    faces = ("desk", "manage")
    ended = any(request.cookies.get(cookie(face)) for face in faces) and not any(holder_of(face) for face in faces)
    return render_template("sign_in.html", next=_local(request.args.get("next")), ended=ended)


@blueprint.post("/sign-in")
def signed_in():
    parts, name = here(), request.form.get("name", "")[:100]
    way = _local(request.form.get("next"))
    try:
        parts.guesses.check("sign-in", name.strip().casefold())
    except Refusal as refusal:
        return render_template("sign_in.html", error=sentence(refusal, parts.settings), name=name, next=way), 429
    found = parts.keys.password_of(name)
    if not blocking(password_fits, found and found[2], request.form.get("password", "")[:1000]):
        parts.guesses.wrong("sign-in", name.strip().casefold())
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
    """A screen shows its code here until a manager approves it, then goes on. Asking for a code is a POST."""
    if face not in SCREENS:
        abort(404)
    if visitor_of(face):
        return redirect(url_for(HOME[face]))
    asked = here().keys.holder(session.get("claim", ""), "pairing")
    if not asked:
        explanation = _("It shows a code, and a manager who types that code lets it in.")
        return render_template(
            "enter.html", title=_("Pair this screen"), explanation=explanation, button=_("Show the code")
        )
    if asked.role in SCREENS:
        explanation = _("A manager has approved this screen.")
        return render_template("enter.html", title=asked.name, explanation=explanation, button=_("Go on"))
    purposes = {
        "kiosk": _("It will give out tickets."),
        "display": _("It will show who is called."),
        "wall": _("It will show the back office how it stands."),
    }
    return render_template("pair.html", code=asked.name, purpose=purposes[face], next=url_for("access.pair", face=face))


@blueprint.post("/pair/<face>")
def paired(face: str):
    """Asks for a code, or, once it is approved, claims this screen's own key."""
    if face not in SCREENS:
        abort(404)
    keys, access = here().keys, here().settings.access
    asked = keys.holder(session.get("claim", ""), "pairing")
    if asked and asked.role in SCREENS:
        made = _guessed("code", keys.exchange(session.pop("claim"), kind="pairing"))
        return enter(redirect(url_for(HOME[made[1].role])), made[0], made[1].role)
    if not asked:
        _code, session["claim"] = keys.ask_to_pair(lasts_ms=access.pairing_minutes * 60_000, most=access.pairings)
    return redirect(url_for("access.pair", face=face))


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
