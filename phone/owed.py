"""What a visitor takes home, in words: what happens next and by when, papers handed in, and others who can help.

    owed       [{id, what, by, changed, late, ended, done, reference, handed_in, role, phone, tel, email, mailto}, …]
    papers     the same, of papers handed in
    signposts  [{key, name, about, phone, tel, site, url, address, opening, checked}, …]
    until      when the link ends, once the visit has

Each value is a sentence, a name or null: the page composes nothing. Days are said by the office's calendar.
"""

from datetime import date

from flask_babel import gettext as _

from reception import hours
from reception.store import Step
from reception.things import Promise
from reception.visit import ENDED, Visit
from reception.web import times
from reception.web.speaking import said
from reception.web.words import visible


def owed_of(parts, visit: Visit) -> dict:
    """Everything promised and given to one visitor. What was promised by mistake and undone has no words any more."""
    promises, office = parts.frontdesk.promises_of(visit.id), parts.settings.office.key
    words = parts.store.particulars(office, [promise.id for promise in promises])
    shown = {"owed": [], "papers": []}
    for promise in promises:
        if what := words.get(promise.id, {}).get("what"):
            shown["papers" if promise.kind == "documents" else "owed"].append(_owed(parts, promise, what))
    signposts = [_signpost(parts.settings.signpost[key]) for key in _given(parts, visit)]
    something = any(shown.values()) or signposts
    return {**shown, "signposts": signposts, "until": _until(parts, visit) if something else None}


def _owed(parts, promise: Promise, what: str) -> dict:
    settings, open_ = parts.settings, promise.state == "open"
    changes = [] if promise.due_at == promise.first_due_at and open_ else _changes(parts, promise)
    team = settings.team.get(promise.team)
    return {
        "id": promise.id,
        # A call-back's words are for whoever rings; the page only says that somebody will.
        "what": _("We will ring you back.") if promise.kind == "call_back" else visible(said(what)),
        "by": _by(promise, settings) if open_ else None,
        "changed": _changed(promise, settings, changes) if open_ else None,
        "late": open_ and parts.frontdesk.now() > promise.due_at,
        "ended": None if open_ else _ended(promise, settings, changes),
        "done": promise.state == "kept",
        "reference": promise.reference,
        "handed_in": times.day_and_time(promise.made_at, settings.zone) if promise.kind == "documents" else None,
        "role": said(team.role or team.name) if team else None,
        **_reached(team.phone if team else "", team.email if team else ""),
    }


def _by(promise: Promise, settings) -> str:
    day = _day(promise.due_on)
    if promise.kind == "documents":
        return _("We will deal with them by the end of %(day)s", day=day)
    if _whole_day(promise, settings):
        return _("By the end of %(day)s", day=day)
    return _("By %(time)s on %(day)s", time=times.time_of_day(promise.due_at, settings.zone), day=day)


def _changed(promise: Promise, settings, changes: list[Step]) -> str | None:
    """That the date is no longer the first one, and the office's reason."""
    if promise.first_due_at in (None, promise.due_at):
        return None
    day = _day(hours.day_of(promise.first_due_at, settings.zone))
    reason = _reason(settings, [step for step in changes if step.changes.get("due_at", [None])[-1] == promise.due_at])
    if not reason:
        return _("Changed: it was %(day)s.", day=day)
    # Translators: as in "Changed: it was Wednesday 2 December. It takes longer than we thought."
    return _("Changed: it was %(day)s. %(reason)s.", day=day, reason=reason)


def _ended(promise: Promise, settings, changes: list[Step]) -> str:
    day = _day(hours.day_of(promise.kept_at, settings.zone))
    if promise.state == "kept":
        return _("Done on %(day)s", day=day)
    reason = _reason(settings, [step for step in changes if step.step == "promise_withdrawn"])
    # Translators: as in "Ended on Thursday 26 November. No longer needed."
    return _("Ended on %(day)s. %(reason)s.", day=day, reason=reason) if reason else _("Ended on %(day)s.", day=day)


def _changes(parts, promise: Promise) -> list[Step]:
    return parts.store.steps_about(parts.settings.office.key, promise.id)


def _reason(settings, steps: list[Step]) -> str | None:
    names = {reason.key: reason.name for reason in settings.reasons.change}
    return said(names.get((steps[-1].note or {}).get("reason"), "")) if steps else None


def _given(parts, visit: Visit) -> list[str]:
    """The signposts that were given and not taken back, each once."""
    steps = parts.store.steps(parts.settings.office.key, visit=visit.id)
    undone = {step.undoes for step in steps}
    keys = [key for step in steps if step.press not in undone for key in (step.note or {}).get("signposts", ())]
    return [key for key in dict.fromkeys(keys) if key in parts.settings.signpost]


def _signpost(one) -> dict:
    # Translators: month and year in which somebody made sure that this is right
    checked = _("Checked in %(month)s", month=times.month(one.checked))
    words = {name: said(getattr(one, name)) or None for name in ("name", "about", "opening")}
    kept = {name: getattr(one, name) or None for name in ("key", "url", "address")}
    site = one.url.removeprefix("https://").rstrip("/") or None
    return {**words, **kept, **_reached(one.phone), "site": site, "checked": checked}


def _reached(phone: str, email: str = "") -> dict:
    return {
        "phone": phone or None,
        "tel": f"tel:{''.join(sign for sign in phone if sign in '+0123456789')}" if phone else None,
        "email": email or None,
        "mailto": f"mailto:{email}" if email else None,
    }


def _until(parts, visit: Visit) -> str | None:
    """Until when the link of a visit that has ended lives."""
    if visit.state not in ENDED:
        return None
    zone, ends = parts.settings.zone, parts.frontdesk.lives_until(visit)
    day = hours.day_of(ends, zone)
    if ends == hours.day_bounds(day, zone)[1] - 1:
        return _("You can come back to this page until the end of %(day)s.", day=_day(day))
    time = times.time_of_day(ends, zone)
    return _("You can come back to this page until %(time)s on %(day)s.", time=time, day=_day(day))


def _whole_day(promise: Promise, settings) -> bool:
    return promise.due_at == hours.day_bounds(promise.due_on, settings.zone)[1] - 1


def _day(day: str) -> str:
    return times.day(date.fromisoformat(day))
