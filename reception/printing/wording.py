"""What stands on a slip, worded in the language it is asked in. No person's name is looked up, so none can stand there.

A promise's text is read from its particulars when the slip is about to be drawn; no print job holds it.
"""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from reception import hours
from reception.things import Promise
from reception.visit import ENDED, Visit
from reception.web import times


def slip(parts, job: dict) -> dict | None:
    """What the job's slip says (`slip.Slip`, or `slip.PromiseSlip`), or None when nobody wants it any more: the visit
    has ended, the promise is kept or withdrawn."""
    office = parts.settings.office.key
    if job["kind"] == "promise":
        promise = parts.store.thing(Promise, office, job["about"])
        return _promised(parts, promise) if promise and promise.state == "open" else None
    visit = parts.store.visit(office, job["visit"])
    return _ticket(parts, visit, job["kind"]) if visit and visit.state not in ENDED else None


def _ticket(parts, visit: Visit, kind: str) -> dict:
    settings, frontdesk = parts.settings, parts.frontdesk
    service = settings.service.get(visit.service)
    return {
        "office": settings.office.name,
        "number": visit.number,
        "service": service.name if service else visit.service,
        "ahead_line": _when(parts, visit),
        "issued_line": times.short_day_and_time(visit.arrived_at, settings.zone),
        "footer": [_("Scan to follow your place on your phone.")],
        "url": frontdesk.url(visit),
        "mark": _("Reprint") if kind == "reprint" else None,
    }


def _when(parts, visit: Visit) -> str:
    """The time of an appointment; else how many are ahead, who would say little to somebody who is called at a time."""
    if visit.booked_at and "appointment" in visit.standing.split():
        return _("Your appointment is at %(time)s", time=times.time_of_day(visit.booked_at, parts.settings.zone))
    ahead = parts.frontdesk.people_ahead(parts.frontdesk.look()[1], visit)
    if not ahead:
        return _("You are next")
    return ngettext("%(num)d person is ahead of you", "%(num)d people are ahead of you", ahead)


def _promised(parts, promise: Promise) -> dict:
    """A call-back's says nothing of what it is about and whom to ring: that was told in confidence."""
    settings, made = parts.settings, times.short_day_and_time(promise.made_at, parts.settings.zone)
    what = parts.store.particulars(settings.office.key, [promise.id]).get(promise.id, {}).get("what", "")
    day = _due(promise, settings)
    words = {
        "promise": (_("What happens next"), what, _("By %(day)s", day=day), made),
        "documents": (
            _("Your papers"),
            _("We have received: %(papers)s", papers=what),
            _("We will deal with them by %(day)s", day=day),
            _("Received on %(day)s", day=made),
        ),
        "call_back": (_("We will ring you back"), "", _("By %(day)s", day=day), made),
    }
    heading, what, by_when, issued_line = words[promise.kind]
    return {
        "office": settings.office.name,
        "heading": heading,
        "what": what,
        "by_when": by_when,
        "reference_heading": _("Your reference"),
        "reference": promise.reference,
        "contact": _contact(settings.team.get(promise.team)),
        "others_heading": _("Others who can help"),
        "others": _others(parts, promise),
        "footer": [_("Scan to see when it is done.")],
        "url": _page(parts, promise),
        "issued_line": issued_line,
    }


def _due(promise: Promise, settings) -> str:
    """The day in words, and the time where it is not the whole day."""
    if promise.due_at == hours.day_bounds(promise.due_on, settings.zone)[1] - 1:
        return times.day(date.fromisoformat(promise.due_on))
    return times.full_day_and_time(promise.due_at, settings.zone)


def _contact(team) -> list[str]:
    return [line for line in (team.role or team.name, team.phone, team.email) if line] if team else []


def _others(parts, promise: Promise) -> list[list[str]]:
    """The signposts given with the press that made the promise."""
    steps = parts.store.steps(parts.settings.office.key, visit=promise.visit) if promise.visit else []
    press = next((step.press for step in steps if step.about == promise.id), None)
    given = [key for step in steps if step.press == press for key in (step.note or {}).get("signposts", ())]
    known = [parts.settings.signpost[key] for key in given if key in parts.settings.signpost]
    return [[line for line in (one.name, one.phone, one.opening) if line] for one in known]


def _page(parts, promise: Promise) -> str | None:
    """The visitor's own page, where the promise will be seen kept, if its link still lives."""
    visit = parts.store.visit(parts.settings.office.key, promise.visit) if promise.visit else None
    lives = visit and parts.frontdesk.now() < parts.frontdesk.lives_until(visit)
    return parts.frontdesk.url(visit) if lives else None
