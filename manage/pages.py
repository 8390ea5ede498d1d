"""The managers' pages: now, the devices and the people. Changes by POST only; it measures nothing.

The pages that have a module of their own (appointments, figures, today, visits, …) join the blueprint from here.
"""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from manage import (  # noqa: F401
    appointments,
    data,
    feedback,
    feedback_papers,
    feedback_trends,
    figures,
    help_record,
    one_feedback,
    printers,
    said_and_done,
    scorecard,
    staffing,
    visits,
    wall,
    warnings,
)
from manage import today as rules_of_the_day  # noqa: F401
from manage.frame import LONGEST_NAME, blueprint, typed
from manage.machines import online
from reception import boards
from reception.keys import SCREENS, STAFF
from reception.refusals import Refusal
from reception.ruling import LONGEST
from reception.web.access import only
from reception.web.parts import here
from reception.web.words import sentence

MANAGED = (*SCREENS, "desk", "figures")  # the keys that a manager who is no admin may end


@blueprint.get("/", strict_slashes=False)
@only("manage")
def now(asker):
    settings = here().settings
    return render_template(
        "manage/now.html",
        asker=asker,
        promise=settings.promise,
        services=settings.services,
        sounds=settings.warnings.sound or any(one.sound for one in settings.alerts),
        longest=LONGEST,
    )


# -- devices -----------------------------------------------------------------------------------------------------


@blueprint.get("/devices")
@only("manage")
def devices(asker):
    return _devices(asker)


@blueprint.post("/devices")
@only("manage")
def pair(asker):
    """Lets in the screen that shows this code."""
    form = typed("code", "role", "name")
    try:
        if not form["code"] or not form["name"] or form["role"] not in SCREENS:
            return _devices(asker, form=form, error=_("Write the code, choose what it is, and give it a name.")), 422
        here().keys.approve_pairing(code=form["code"], role=form["role"], name=form["name"], by=asker.by)
    except Refusal as refusal:
        return _devices(asker, form=form, error=sentence(refusal, here().settings)), refusal.status
    flash(_("%(name)s is let in. Its screen goes on by itself.", name=form["name"]), "done")
    return redirect(url_for("manage.devices"))


@blueprint.post("/devices/<key>/end")
@only("manage")
def end_device(key, asker):
    """Ends a screen's or key's access at once."""
    found = next((row for row in _devices_of(asker) if row.id == key), None)
    if found is None:
        raise Refusal("unknown_key", status=404, key=key[:LONGEST_NAME])
    here().keys.revoke(found.id, by=asker.by)
    flash(_("%(name)s has no access any more.", name=found.name), "done")
    return redirect(url_for("manage.devices"))


def _devices(asker, form=None, error=None):
    rows = [(key, online(here(), key.id)) for key in _devices_of(asker)]
    screens = [row for row in rows if row[0].kind == "browser"]
    keys = [row for row in rows if row[0].kind == "bearer"]
    webhooks = here().webhooks
    return render_template(
        "manage/devices.html",
        asker=asker,
        screens=screens,
        keys=keys,
        webhooks=webhooks.conditions() if webhooks else [],
        boards=[screen for screen in boards.screens(here().settings) if screen.key],
        screen_named=partial(boards.screen_named, here().settings),
        form=form or {},
        error=error,
    )


def _devices_of(asker) -> list:
    """The screens and keys that still work and that the asker may end."""
    at, roles = here().frontdesk.now(), MANAGED if asker.role == "manager" else (*MANAGED, *STAFF)
    return [
        key
        for key in here().keys.all()
        if not key.revoked_at
        and (key.expires_at is None or key.expires_at > at)
        and key.role in (SCREENS if key.kind == "browser" else roles)
    ]


# -- people ------------------------------------------------------------------------------------------------------


@blueprint.get("/people")
@only("manage", "admin")
def people(asker):
    return _people(asker)


@blueprint.post("/people")
@only("manage", "admin")
def add_person(asker):
    """A new account; the link with which its owner chooses a password is shown this once."""
    form = typed("name", "sign_in", "role")
    if not form["name"] or not form["sign_in"] or form["role"] not in STAFF:
        return _people(asker, form=form, error=_("Write both names and choose what they do.")), 422
    try:
        person = here().keys.add_person(**form, by=asker.by)
    except Refusal as refusal:
        return _people(asker, form=form, error=sentence(refusal, here().settings)), refusal.status
    return _people(asker, link=_password_link(person, asker), link_for=form["name"])


@blueprint.post("/people/<person>/link")
@only("manage", "admin")
def new_link(person, asker):
    """Another one-time link, for somebody who has forgotten the password or lost the first."""
    found = _person(person)
    return _people(asker, link=_password_link(found.id, asker), link_for=found.name)


@blueprint.post("/people/<person>/end")
@only("manage", "admin")
def end_person(person, asker):
    """Ends somebody's access at once; never one's own, so that an admin always remains."""
    found = _person(person)
    if found.id == asker.person:
        return _people(asker, error=_("You cannot end your own access. Ask another admin to.")), 409
    here().keys.end_person(found.id, by=asker.by)
    flash(_("%(name)s has no access any more.", name=found.name), "done")
    return redirect(url_for("manage.people"))


def _person(person: str):
    found = next((one for one in here().keys.people() if one.id == person), None)
    if found is None:
        raise Refusal("unknown_person", status=404)
    return found


def _password_link(person: str, asker) -> str:
    lasts = round(here().settings.access.link_hours * 3_600_000)
    given = here().keys.password_link(person, by=asker.by, lasts_ms=lasts)
    return here().settings.address + url_for("access.password", given=given)


def _people(asker, form=None, error=None, link=None, link_for=None):
    return render_template(
        "manage/people.html",
        asker=asker,
        people=here().keys.people(),
        form=form or {},
        error=error,
        link=link,
        link_for=link_for,
        link_hours=round(here().settings.access.link_hours),
    )
