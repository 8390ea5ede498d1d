"""The managers' blueprint and what all their pages share: filters, names, and reading a form. It has no page itself."""

from datetime import date

from flask import Blueprint, request
from flask_babel import format_datetime

from manage import words
from reception import hours
from reception.web.parts import here
from reception.web.words import UNSEEN

blueprint = Blueprint("manage", __name__, url_prefix="/manage", static_folder="static", template_folder="templates")
LONGEST_NAME = 60


@blueprint.app_template_filter("percent")
def percent(share):
    return words.percent(share)


@blueprint.app_template_filter("clock")
def clock(ms):
    return words.clock(ms)


@blueprint.app_template_filter("span")
def span(ms):
    return words.span(ms)


@blueprint.app_template_filter("instant")
def instant(at):
    return hours.local(at, here().settings.zone).isoformat(timespec="seconds")


@blueprint.app_template_filter("said_at")
def said_at(at):
    return words.moment(hours.local(at, here().settings.zone), today())


@blueprint.app_template_filter("time_of_day")
def time_of_day(at):
    """ "10:14" by the office's clock."""
    return format_datetime(hours.local(at, here().settings.zone), "HH:mm", rebase=False)


@blueprint.app_template_filter("service_name")
def service_name(key):
    """A service's name; its key, where an older visit's service is no longer in the settings."""
    service = here().settings.service.get(key)
    return service.name if service else key


@blueprint.app_template_filter("desk_name")
def desk_name(key):
    desk = here().settings.desk_named.get(key)
    return desk.name if desk else key


@blueprint.app_template_filter("by_name")
def by_name(by):
    """Who did something, for managers: a person's or device's name."""
    return words.by(by, here().keys.name_of(by))


def today() -> date:
    return hours.local(here().frontdesk.now(), here().settings.zone).date()


def day_asked() -> str:
    """The office day that the address asks for (?day=2026-03-02); today for none, or for what is no date."""
    try:
        return date.fromisoformat(request.args.get("day", "")[:10]).isoformat()
    except ValueError:
        return today().isoformat()


def typed(*names: str, longest: int = LONGEST_NAME) -> dict[str, str]:
    """What was typed: without what cannot be seen, and no longer than `longest`."""
    found = {name: UNSEEN.sub("", request.form.get(name, "")) for name in names}
    return {name: text.strip()[:longest] for name, text in found.items()}


def safe(cell):
    """A cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe before them."""
    return (
        f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") and cell else cell
    )
