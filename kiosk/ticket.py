"""What a visitor reads at the end: the ticket, what became of its slip, and the QR code of their own page."""

from flask_babel import gettext as _

from reception.arriving import Issued
from reception.settings import Settings
from reception.web import expected
from reception.web.speaking import said


def ticket(settings: Settings, issued: Issued) -> dict:
    """`where`: "board" (watch it), "seat" (they are fetched), "desk" (called to `desk_name`) or "ask" (a person).

    `late`: the appointment's time is past, and they join the line now. `again`: it was given before, and has its slip.
    What somebody needs is no part of it.
    """
    visit = issued.visit
    desk = settings.desk_named.get(visit.desk)
    return {
        "id": visit.id,
        "number": visit.number,
        "service": visit.service,
        "service_name": settings.service[visit.service].name,
        "ahead": issued.ahead,
        "url": issued.url,
        "arrived_at": visit.arrived_at,
        "booked_at": visit.booked_at,
        "late": bool(visit.booked_at) and "appointment" not in visit.standing.split(),
        "again": issued.again,
        "where": _where(visit),
        "desk_name": desk and desk.name,
    }


def worded(ticket: dict) -> dict:
    """The ticket with its names in the language of whoever reads it; what is stored has them as the office wrote."""
    return ticket | {name: ticket[name] and said(ticket[name]) for name in ("service_name", "desk_name")}


def expects(parts, ticket: dict) -> dict:
    """What they may expect now (reception/web/expected.py). Of an appointment that is on time, nothing is said of
    people ahead; of somebody who does not wait, nothing at all."""
    waits = ticket["where"] in ("board", "seat")
    on_time = ticket["booked_at"] and not ticket["late"]
    found = expected.of_visit(parts, ticket["id"]) if waits else None
    return expected.told(found, parts.settings, ahead=ticket["ahead"] if waits and not on_time else None)


def _where(visit) -> str:
    if visit.state == "waiting":
        return "seat" if visit.discreet else "board"
    return "desk" if visit.state == "called" else "ask"


def slip_words(number: str, state: str, cause: str | None, *, where: str | None = None) -> str:
    """What a visitor is told of their paper: never the machine's troubles, only what helps. `where` names the printer
    when it is not the kiosk's own; the states are those of kiosk/paper.py."""
    if state in ("printing", "moved"):
        return _("Your ticket comes out at: %(printer)s.", printer=where) if where else _("Your ticket is printing.")
    if state == "printed":
        return _("Please take your ticket at: %(printer)s.", printer=where) if where else _("Please take your ticket.")
    if state == "unconfirmed" and not where:
        return _(
            "Please take your ticket. If there is none, take a photo of this screen or remember %(number)s.",
            number=number,
        )
    if state == "unconfirmed":
        return _(
            "Look for your ticket at: %(printer)s. If there is none, remember %(number)s.", printer=where, number=number
        )
    known = {"out": _("The printer is out of paper."), "cover": _("The printer is open.")}
    matter = known.get(cause) or _("The printer is not working.")
    return _("%(matter)s Your number is %(number)s: please take a photo or remember it.", matter=matter, number=number)
