"""The staff's pages beside the desk's screen (greeter, appointments, owed): their blueprint and the words they share.

Who may use them is who may use the desk. It has no page itself.
"""

from datetime import date, timedelta

from flask import Blueprint, request
from flask_babel import format_date, format_datetime, ngettext
from flask_babel import gettext as _

from reception import hours
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings
from reception.web.parts import here
from reception.web.words import SENTENCES, UNSEEN, sentence

blueprint = Blueprint("staff", __name__)
LONGEST_TYPED = 2_000  # characters of a field that are looked at; the front desk says how many it keeps


def today() -> date:
    return hours.local(here().frontdesk.now(), here().settings.zone).date()


def time_of_day(at: int) -> str:
    return format_datetime(hours.local(at, here().settings.zone), "HH:mm", rebase=False)


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


def service_said(key: str | None, settings: Settings) -> str:
    """A service's name; its key, where it is no longer in the settings."""
    return settings.service[key].name if key in settings.service else key or ""


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


def typed(name: str) -> str:
    """What was typed into a form's field, without what cannot be seen."""
    return UNSEEN.sub(" ", request.form.get(name, "")).strip()[:LONGEST_TYPED]


def day_asked() -> date:
    """The day that the address asks for (?day=2026-03-02); today for none, and for what is no date near enough."""
    try:
        asked = date.fromisoformat(request.args.get("day", "")[:10])
    except ValueError:
        return today()
    return asked if abs(asked - today()) < timedelta(days=3_650) else today()
