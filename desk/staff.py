"""The staff's pages beside the desk's screen (greeter, appointments, owed): their blueprint and the words they share.

Who may use them is who may use the desk. It has no page itself.
"""

from datetime import date

from flask import Blueprint
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from reception.refusals import Refusal, StoreFault
from reception.settings import Settings
from reception.web.parts import here
from reception.web.saying import today
from reception.web.words import SENTENCES, sentence

blueprint = Blueprint("staff", __name__)


def day_said(day: date) -> str:
    """ "today", "tomorrow", "yesterday", "Thursday 3 December"; with the year where it is another."""
    apart = (day - today()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return near.get(apart) or format_date(day, "EEEE d MMMM" if day.year == today().year else "EEEE d MMMM y")


def lasting(ms: int) -> str:
    """ "4 minutes", "2 hours", "1 hour 20 minutes": nothing is said more finely than it is known."""
    whole = round(ms / 60_000)
    minutes = ngettext("%(num)d minute", "%(num)d minutes", whole % 60)
    if whole < 60:
        return minutes
    many = ngettext("%(num)d hour", "%(num)d hours", whole // 60)
    return many if whole % 60 == 0 else _("%(hours)s %(minutes)s", hours=many, minutes=minutes)


def needs_said(settings: Settings, keys: str, language: str = "") -> list[str]:
    """Needs by their names; the one that asks for a language says which."""
    found = [settings.need[key] for key in keys.split() if key in settings.need]
    return [
        _("%(need)s: %(language)s", need=need.name, language=language) if need.language and language else need.name
        for need in found
    ]


def said_to_staff(refusal: Refusal | StoreFault) -> str:
    """The refusal's sentence, in the words for staff where a visitor would be told another."""
    ours = f"{refusal.key}_for_staff"
    if ours in SENTENCES:
        refusal = Refusal(ours, status=refusal.status, **refusal.values)
    return sentence(refusal, here().settings)


def printer_named(key: str | None) -> str | None:
    """The key of a printer of this office; None where no paper is wanted."""
    printers = here().settings.printer
    if key and key not in printers:
        raise Refusal("unknown_printer", status=422, printer=key, printers=", ".join(printers))
    return key or None
