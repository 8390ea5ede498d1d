"""What stands on a slip, worded in its reader's language. No person's name is looked up, so none can stand there.

A promise's text is read from its particulars when the slip is about to be drawn; no print job holds it.
"""

import re
from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from reception import hours
from reception.printing.shaping import can_draw
from reception.things import Promise
from reception.visit import ENDED, Visit
from reception.web import expected, times
from reception.web.speaking import in_language, said

MINUTE = 60_000
WELSH, ENGLISH = "cy", "en"
LARGE_PRINT = "large-print"  # the need whose slip is in large print
Text = str | list[tuple[str, str]]  # as slip.Text


def slip(parts, job: dict) -> dict | None:
    """What the job's slip says (`slip.Slip`, `slip.PromiseSlip`, `slip.SignpostSlip`), or None when nobody wants it any
    more: the visit has ended, the promise is kept or withdrawn, the signpost is settings' no longer."""
    office = parts.settings.office.key
    if job["kind"] == "signpost":
        key, _at, reads = job["about"].partition("@")
        signpost = parts.settings.signpost.get(key)
        return signpost and _signposted(parts.settings, signpost, reads)
    if job["kind"] == "promise":
        promise = parts.store.thing(Promise, office, job["about"])
        return _promised(parts, promise) if promise and promise.state == "open" else None
    visit = parts.store.visit(office, job["visit"])
    return _ticket(parts, visit, job) if visit and visit.state not in ENDED else None


def languages(settings, reads: str) -> list[str]:
    """Those a slip is worded in, for somebody who chose to read `reads` ("": nobody asked). In Wales whoever reads
    Welsh or English has both, Welsh first. What cannot be drawn here gives way to the office's first language."""
    chosen = reads if reads in settings.languages and can_draw(reads) else settings.languages[0]
    both = [tag for tag in settings.languages if tag in (WELSH, ENGLISH)]
    return both if settings.office.nation == "wales" and chosen in both else [chosen]


def _ticket(parts, visit: Visit, job: dict) -> dict:
    settings = parts.settings
    tags, service = languages(settings, visit.reads), settings.service.get(visit.service)
    name = service.name if service else visit.service
    scan = _each(tags, lambda: _("Scan to follow your place on your phone."))
    seat = _each(tags, lambda: _("Please take a seat. We will come to you."))
    return {
        "office": _each(tags, lambda: said(settings.office.name)),
        "number": visit.number,
        "service": _each([*tags, settings.office.language], lambda: said(name)),  # staff read it as well
        "wait_line": _each(tags, lambda: _expected(parts, visit)["wait"]),
        "ahead_line": _each(tags, lambda: _when(parts, visit)),
        "besides_line": _each(tags, lambda: _besides(parts, visit)),
        "issued_line": _each(tags, lambda: times.short_day_and_time(visit.arrived_at, settings.zone)),
        "footer": [seat, scan] if visit.discreet else [scan],
        "url": parts.frontdesk.url(visit),
        "mark": _each(tags, lambda: _mark(settings, job)) or None,
        "language": tags[0],
        "large": _in_large_print(parts, visit.id),
    }


def _signposted(settings, signpost, reads: str) -> dict:
    tags = languages(settings, reads)
    lines = (signpost.about, signpost.phone, signpost.address, signpost.opening, readable(signpost.url))
    return {
        "office": _each(tags, lambda: said(settings.office.name)),
        "heading": _each(tags, lambda: _("Others who can help")),
        "name": _each(tags, lambda: said(signpost.name)),
        "lines": [_each(tags, lambda line=line: said(line)) for line in lines if line],
        "url": signpost.url or None,
        "language": tags[0],
    }


def readable(address: str) -> str:
    """An address as people write it down: "www.example.org/council-tax"."""
    return re.sub(r"^https?://|/$", "", address)


def _each(tags: list[str], word: Callable[[], str]) -> Text:
    """What `word` says in each of the languages; a text that is the same in several stands once."""
    found = {}
    for tag in tags:
        with in_language(tag):
            found.setdefault(str(word()), tag)
    texts = [(tag, text) for text, tag in found.items()]
    return texts if len(texts) > 1 else texts[0][1]


def _in_large_print(parts, visit: str) -> bool:
    known = parts.store.particulars(parts.settings.office.key, [visit]).get(visit, {})
    return LARGE_PRINT in known.get("needs", "").split()


def _mark(settings, job: dict) -> str:
    """What staff who find the slip must know: that there may be another, and where somebody waits for it."""
    reprint = _("Reprint") if job["kind"] == "reprint" else ""
    meant_for = next((printer.name for printer in settings.printers if printer.key == job["meant_for"]), None)
    elsewhere = _("Meant for %(printer)s", printer=said(meant_for)) if meant_for else ""
    return " – ".join(filter(None, (reprint, elsewhere)))


def _when(parts, visit: Visit) -> str:
    """The time of an appointment; else who is ahead, which would say little to somebody who is called at a time."""
    if visit.booked_at and "appointment" in visit.standing.split():
        return _("Your appointment is at %(time)s.", time=times.time_of_day(visit.booked_at, parts.settings.zone))
    return _expected(parts, visit)["ahead"]


def _besides(parts, visit: Visit) -> str:
    """What else there is to say of the wait; when that was known only on a slip printed later: each tells its time."""
    said, found = _expected(parts, visit), expected.of_visit(parts, visit.id)
    later = found and found.at - visit.arrived_at >= MINUTE
    return " ".join(filter(None, (said["besides"], said["updated"] if later else "")))


def _expected(parts, visit: Visit) -> dict:
    ahead = parts.frontdesk.people_ahead(parts.frontdesk.look()[1], visit)  # None: a kiosk alone knows nobody else
    return expected.told(expected.of_visit(parts, visit.id), parts.settings, ahead=ahead)


def _promised(parts, promise: Promise) -> dict:
    """A call-back's says nothing of what it is about and whom to ring: that was told in confidence."""
    settings, office = parts.settings, parts.settings.office
    visit = parts.store.visit(office.key, promise.visit) if promise.visit else None
    tags = languages(settings, visit.reads if visit else "")
    what = parts.store.particulars(office.key, [promise.id]).get(promise.id, {}).get("what", "")
    heading, what, by_when, issued_line = _words(promise, what, tags, settings)
    return {
        "office": _each(tags, lambda: said(office.name)),
        "heading": heading,
        "what": what,
        "by_when": by_when,
        "reference_heading": _each(tags, lambda: _("Your reference")),
        "reference": promise.reference,
        "contact": [_each(tags, lambda line=line: said(line)) for line in _contact(settings.team.get(promise.team))],
        "others_heading": _each(tags, lambda: _("Others who can help")),
        "others": [[_each(tags, lambda line=line: said(line)) for line in other] for other in _others(parts, promise)],
        "footer": [_each(tags, lambda: _("Scan to see when it is done."))],
        "url": _page(parts, visit),
        "issued_line": issued_line,
        "language": tags[0],
        "large": bool(visit) and _in_large_print(parts, visit.id),
    }


def _words(promise: Promise, what: str, tags: list[str], settings) -> tuple[Text, Text, Text, Text]:
    """Heading, what is promised, by when, and when it was. What staff typed stays as they wrote it."""

    def made() -> str:
        return times.short_day_and_time(promise.made_at, settings.zone)

    if promise.kind == "documents":
        return (
            _each(tags, lambda: _("Your papers")),
            _each(tags, lambda: _("We have received: %(papers)s", papers=what)),
            _each(tags, lambda: _("We will deal with them by %(day)s", day=_due(promise, settings))),
            _each(tags, lambda: _("Received on %(day)s", day=made())),
        )
    by_when = _each(tags, lambda: _("By %(day)s", day=_due(promise, settings)))
    if promise.kind == "call_back":
        return _each(tags, lambda: _("We will ring you back")), "", by_when, _each(tags, made)
    return _each(tags, lambda: _("What happens next")), _each(tags, lambda: said(what)), by_when, _each(tags, made)


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


def _page(parts, visit: Visit | None) -> str | None:
    """The visitor's own page, where the promise will be seen kept, if its link still lives."""
    lives = visit and parts.frontdesk.now() < parts.frontdesk.lives_until(visit)
    return parts.frontdesk.url(visit) if lives else None
