"""Today's page: what a manager decides now (services, quotas, notices, kiosks, who serves what, messages), at once.

Each press is one ruling of the front desk, with who and until when; one press goes back to the settings. What was typed
stays in the form when it is refused.
"""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage import ruled
from manage.frame import blueprint, by_name, newest_seen, said_at, typed
from reception import hours
from reception.keys import SCREENS
from reception.languages import CATALOGUES
from reception.refusals import Refusal
from reception.room import Room
from reception.ruling import LONGEST
from reception.rulings import quota_of
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import time_of_day
from reception.web.words import sentence

HALF_HOUR = 1_800_000
STATES = {
    None: "open",
    "service_full": "full",
    "service_closed": "closed",
    "office_closed": "shut",
    "service_shut": "shut",
}
ANCHOR = {"service": "services", "quota": "services", "notice": "notices", "kiosk": "kiosks", "serves": "desks"}


@blueprint.get("/today")
@only("manage")
def today(asker):
    return _page(asker)


@blueprint.post("/today")
@only("manage")
def rule(asker):
    """One decision; with `back`, back to what the settings say."""
    fields = {one.tag: f"text-{one.tag}" for one in _other_languages()}
    form = {**request.form.to_dict(), **typed("text", *fields.values(), longest=LONGEST + 1)}
    kind, subject = form.get("kind", ""), form.get("subject", "")
    frontdesk = here().frontdesk
    try:
        if kind == "kiosk" and subject not in {key.id for key in _kiosks()}:
            raise Refusal("unknown_key", status=404, key=subject[:60])
        value = None if "back" in form else _value(kind, form)
        until_at = None if value is None else _until(form.get("until", "today"))
        texts = {tag: form[field] for tag, field in fields.items()}
        frontdesk.rule(
            kind=kind,
            subject=subject,
            value=value,
            text=form["text"],
            texts=texts,
            until_at=until_at,
            by=asker.by,
            seen=newest_seen(),
        )
    except Refusal as refusal:
        changed = refusal.key == "ruling_changed"
        error = _changed(kind, subject) if changed else sentence(refusal, here().settings)
        return _page(asker, form={} if "back" in form else form, error=error), refusal.status
    flash(_said(kind, subject, value, until_at), "done")
    return redirect(url_for("manage.today", _anchor=ANCHOR.get(kind, "messages")))


def _changed(kind: str, subject: str) -> str:
    """Who decided what after the page was opened."""
    last = here().frontdesk.look()[1].rulings[f"{kind}:{subject}"]
    return _(
        "Nothing was done: this has changed since you opened the page. %(who)s, %(when)s: %(what)s "
        "Look at it again, and press again if you still want to.",
        who=by_name(last.by),
        when=said_at(last.at),
        what=_said(kind, subject, last.value, last.until_at),
    )


def _value(kind: str, form: dict) -> str | None:
    """What the form decides, as a ruling says it (`things.Ruling`)."""
    match kind:
        case "quota":
            count = form.get("value", "").strip()
            part = here().settings.service.get(form.get("subject", ""))
            return count or (ruled.AS_MANY_AS_COME if part and part.quota is not None else None)
        case "serves":
            chosen = {key: form.get(f"takes-{key}") for key in here().settings.service}
            main = [key for key, how in chosen.items() if how == "main"]
            helps = [key for key, how in chosen.items() if how == "helps"]
            return f"{' '.join(main)}|{' '.join(helps)}"
        case "service":
            return form.get("value", "")
    return "shown"


def _until(asked: str) -> int | None:
    """Until when a decision holds: "today", "changed" (None), or an instant of today that is still to come."""
    frontdesk = here().frontdesk
    ends_at = frontdesk.day_ends_at()
    if asked == "changed":
        return None
    if asked == "today":
        return ends_at
    if not (asked.isascii() and asked.isdigit() and frontdesk.now() < int(asked[:16]) <= ends_at):
        raise Refusal("until_past", status=422)
    return int(asked)


def _said(kind: str, subject: str, value: str | None, until_at: int | None) -> str:
    what = ruled.sentence(here(), kind, subject, value)
    return f"{what}." if value is None else _("%(what)s, %(until)s.", what=what, until=until_words(until_at))


@blueprint.app_template_filter("until_words")
def until_words(until_at: int | None) -> str:
    """ "until 11:30", "until the end of today", "until changed"."""
    if until_at is None:
        return _("until changed")
    if until_at >= here().frontdesk.day_ends_at():
        return _("until the end of today")
    return _("until %(time)s", time=time_of_day(until_at))


# -- the page ----------------------------------------------------------------------------------------------------


def _page(asker, form: dict | None = None, error: str | None = None) -> str:
    parts = here()
    newest, room = parts.frontdesk.look()
    held = {(one.kind, one.subject): one for one in ruled.holding(parts, room)}
    began = hours.day_bounds(room.day, parts.settings.zone)[0]
    return render_template(
        "manage/today.html",
        asker=asker,
        form=form or {},
        error=error,
        seen=newest,
        held=held,
        services=[_service(part, room) for part in parts.settings.services],
        kiosks=_kiosks(),
        desks=[_desk(part, room) for part in parts.settings.desks],
        settings=parts.settings,
        times=_times(room),
        longest=LONGEST,
        other_languages=_other_languages(),
        texts_of=partial(parts.frontdesk.texts_of, room),
        anchors=ANCHOR,
        record=ruled.record(parts, began),
    )


def _other_languages() -> list:
    """Those that visitors may choose besides the office's own, in which managers write."""
    settings = here().settings
    return [CATALOGUES[tag] for tag in settings.languages if tag != settings.office.language]


def _service(part, room: Room) -> dict:
    """`{key, name, state, why, given, quota}`: whether tickets are to be had (open, full, closed, or shut by its hours,
    for which `why` says until when), and how many."""
    parts = here()
    given = parts.store.count(parts.settings.office.key, room.day, part.key)
    refusal = parts.frontdesk.why_closed(part.key, room)
    quota = quota_of(parts.settings, room, part.key)
    if str(quota) == ruled.AS_MANY_AS_COME:
        quota = None
    return {
        "key": part.key,
        "name": part.name,
        "state": STATES[refusal and refusal.key],
        "why": refusal and sentence(refusal, parts.settings),
        "given": given,
        "quota": quota,
    }


def _desk(part, room: Room) -> dict:
    """`{key, name, takes: {service: main or helps}, everything, main, helps}`: what the desk does as ruled or set."""
    parts = here()
    takes = parts.frontdesk.line(room).rules.desks[part.key]
    names = parts.settings.service
    main = [key for key in names if key in takes.main]
    helps = [key for key in names if key in takes.helps]
    return {
        "key": part.key,
        "name": part.name,
        "takes": dict.fromkeys(main, "main") | dict.fromkeys(helps, "helps"),
        "everything": len(main) == len(names),
        "main": ruled.listed([names[key].name for key in main]),
        "helps": ruled.listed([names[key].name for key in helps]),
    }


def _kiosks() -> list:
    """The paired kiosks that are still let in."""
    at = here().frontdesk.now()
    return [
        key
        for key in here().keys.all()
        if key.role == SCREENS[0] and not key.revoked_at and (key.expires_at is None or key.expires_at > at)
        if key.kind == "browser"
    ]


def _times(room: Room) -> list[int]:
    """The half hours of today that are still to come, until the office closes."""
    settings, ends_at = here().settings, here().frontdesk.day_ends_at()
    spans = hours.openings(room.at, settings.zone, settings.hours.weekly, settings.hours.closed_on)
    closes_at = max((end for _start, end in spans), default=ends_at)
    last = closes_at if closes_at > room.at else ends_at
    first = -(-(room.at + 1) // HALF_HOUR) * HALF_HOUR
    return [at for at in range(first, last + 1, HALF_HOUR) if at < ends_at]
