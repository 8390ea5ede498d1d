"""What is owed, as the list and a promise's own page show it: worded for staff, looked up for one promise or many."""

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from desk.staff import day_said, lasting
from reception import hours
from reception.keys import Holder
from reception.store import Step
from reception.things import Promise
from reception.web.parts import here
from reception.web.saying import service_name, time_of_day

KINDS = {
    "promise": lazy_gettext("What happens next"),
    "documents": lazy_gettext("Papers handed in"),
    "call_back": lazy_gettext("Ring back"),
}
STEPS = {
    "promised": lazy_gettext("Promised"),
    "promise_changed": lazy_gettext("Changed"),
    "promise_kept": lazy_gettext("Kept"),
    "promise_withdrawn": lazy_gettext("Withdrawn"),
    "undone": lazy_gettext("Taken back"),
}
DAY_MS = 86_400_000


def rows(promises: list[Promise], at: int) -> list[dict]:
    """`due` says by when, `left` how much time there is, `ended` by whom and when it was kept or withdrawn."""
    store, office = here().store, here().frontdesk.office
    known = store.particulars(office, [promise.id for promise in promises])
    return [_row(promise, known.get(promise.id, {}), at) for promise in promises]


def _row(promise: Promise, known: dict[str, str], at: int) -> dict:
    parts = here()
    visit = promise.visit and parts.store.visit(parts.frontdesk.office, promise.visit)
    return {
        "id": promise.id,
        "reference": promise.reference,
        "kind": KINDS[promise.kind],
        "standing": parts.frontdesk.standing_of(promise, at),
        "what": known.get("what") or None,
        "contact": known.get("contact") or None,
        "number": visit.number if visit else None,
        "service": service_name(promise.service, parts.settings),
        "whose": whose(promise),
        "due": due(promise),
        "left": left(promise, at) if promise.state == "open" else None,
        "ended": _by_and_when(promise.kept_by, promise.kept_at) if promise.kept_at else None,
        "undoable": promise.state == "kept" and at - promise.kept_at <= parts.settings.desk.undo_seconds * 1000,
    }


def whose(promise: Promise) -> str:
    """The owner, else the team; a promise has at least one of them."""
    names = [promise.owner and name_of(promise.owner), _team(promise.team)]
    return ", ".join(name for name in names if name)


def due(promise: Promise) -> str:
    day = day_said(date.fromisoformat(promise.due_on))
    if promise.kind == "call_back" and not _ends_its_day(promise):
        return _("%(time)s %(day)s", time=time_of_day(promise.due_at), day=day)
    return day


def first_due(promise: Promise) -> str | None:
    """By when it was promised first, where that has changed since."""
    at = promise.first_due_at
    if at in (None, promise.due_at):
        return None
    return due(replace(promise, due_at=at, due_on=hours.day_of(at, here().settings.zone)))


def left(promise: Promise, at: int) -> str:
    """How much time there is, or since when it is late."""
    if promise.kind == "call_back" and abs(promise.due_at - at) < DAY_MS:
        apart = lasting(max(60_000, abs(promise.due_at - at)))
        return _("%(time)s left", time=apart) if promise.due_at >= at else _("%(time)s late", time=apart)
    days = here().frontdesk.days_left(promise, at)
    if at > promise.due_at:
        return ngettext("%(num)d working day late", "%(num)d working days late", max(1, -days))
    return ngettext("%(num)d working day left", "%(num)d working days left", days) if days else _("the last day")


def trail(promise: Promise) -> list[dict]:
    """What became of it, step by step: what, by whom, when, why, and what changed."""
    parts, reasons = here(), {reason.key: reason.name for reason in here().settings.reasons.change}
    return [
        {
            "what": STEPS.get(step.step, step.step),
            "by": _by_and_when(step.by, step.at),
            "why": reasons.get((step.note or {}).get("reason")),
            "changes": _changed(step),
        }
        for step in parts.store.steps_about(parts.frontdesk.office, promise.id)
    ]


def _changed(step: Step) -> list[str]:
    if step.step != "promise_changed":
        return []
    found = []
    if "due_on" in step.changes:
        before, after = (day_said(date.fromisoformat(day)) for day in step.changes["due_on"])
        found.append(_("by %(after)s instead of %(before)s", before=before, after=after))
    if "owner" in step.changes and step.changes["owner"][1]:
        found.append(_("now with %(name)s", name=name_of(step.changes["owner"][1])))
    elif "team" in step.changes:
        found.append(_("now with %(name)s", name=_team(step.changes["team"][1])))
    return found


def name_of(by: str | None) -> str:
    """Who somebody is to colleagues: a person's or key's name, or a desk's."""
    kind, _colon, key = (by or "").partition(":")
    if kind == "desk":
        desk = here().settings.desk_named.get(key)
        return desk.name if desk else key
    return here().keys.name_of(by) or (_("by the clock") if by == "system" else _("somebody who has left"))


def owners(asker: Holder) -> list[tuple[str, str, list]]:
    """Who could keep a promise, in groups for a list: (heading, [(value, name), …])."""
    parts = here()
    people = [(f"person:{one.id}", one.name) for one in parts.keys.people() if f"person:{one.id}" != asker.by]
    teams = [(f"team:{team.key}", team.name) for team in parts.settings.teams]
    return [(_("Teams"), teams), (_("People"), people)]


def _team(key: str | None) -> str | None:
    """A team's name; its key, where it is no longer in the settings."""
    team = here().settings.team.get(key)
    return team.name if team else key


def _by_and_when(by: str | None, at: int) -> str:
    day = hours.local(at, here().settings.zone).date()
    return _("%(name)s, %(day)s %(time)s", name=name_of(by), day=day_said(day), time=time_of_day(at))


def _ends_its_day(promise: Promise) -> bool:
    """Whether it is due within a day, not at a time of it."""
    return promise.due_at == hours.day_bounds(promise.due_on, here().settings.zone)[1] - 1
