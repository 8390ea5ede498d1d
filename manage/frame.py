"""The managers' blueprint and what all their pages share: filters, names, and reading a form. It has no page itself."""

from flask import Blueprint, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from manage import words
from reception import hours
from reception.web import saying
from reception.web.boards import desks_words, reach_words
from reception.web.parts import here

blueprint = Blueprint("manage", __name__, url_prefix="/manage", static_folder="static", template_folder="templates")
blueprint.add_app_template_filter(saying.time_of_day, "time_of_day")
blueprint.add_app_template_filter(reach_words, "reach_words")
LONGEST_NAME, LONGEST_SEEN = 60, 16
WAYS = (  # between the managers' pages, in the order they stand; one whose page is not there is left out
    ("manage.now", _l("Now")),
    ("manage.today", _l("Today")),
    ("manage.visits", _l("Visits")),
    ("manage.appointments", _l("Appointments")),
    ("manage.figures", _l("Figures")),
    ("manage.staffing", _l("Staffing")),
    ("manage.scorecard", _l("Charter")),
    ("manage.feedback", _l("Feedback")),
    ("manage.data", _l("Data")),
    ("manage.devices", _l("Devices")),
    ("manage.people", _l("People")),
)
FOR_ADMINS = ("manage.people",)


@blueprint.app_template_global("ways")
def ways(asker) -> list[tuple[str, str, bool]]:
    """(address, words, whether one is there) of each way that somebody may go."""
    at, found = request.path.rstrip("/"), []
    for endpoint, said in WAYS:
        if endpoint in current_app.view_functions and (endpoint not in FOR_ADMINS or asker.role == "admin"):
            address = url_for(endpoint)
            way = address.rstrip("/")
            is_there = at == way or (endpoint != "manage.now" and at.startswith(way + "/"))
            found.append((address, str(said), is_there))
    return found


@blueprint.app_template_filter("percent")
def percent(share):
    return words.percent(share)


@blueprint.app_template_filter("number")
def number(count):
    return words.number(count)


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
    return words.moment(hours.local(at, here().settings.zone), saying.today())


@blueprint.app_template_filter("service_name")
def service_name(key):
    return saying.service_name(key, here().settings)


@blueprint.app_template_filter("desk_name")
def desk_name(key):
    desk = here().settings.desk_named.get(key)
    return desk.name if desk else key


@blueprint.app_template_filter("desks_words")
def which_desks(screen):
    return desks_words(here().settings, screen)


@blueprint.app_template_filter("by_name")
def by_name(by):
    """Who did something, for managers: a person's or device's name."""
    return words.by(by, here().keys.name_of(by))


def typed(*names: str, longest: int = LONGEST_NAME) -> dict[str, str]:
    """Names and the like, as typed: without what cannot be seen, and no longer than `longest`."""
    return {name: saying.typed(name, longest, unseen="") for name in names}


def newest_seen() -> int | None:
    """The newest step that the form's page showed."""
    number = saying.typed("seen", LONGEST_SEEN)
    return int(number) if number.isascii() and number.isdigit() else None


def safe(cell):
    """A cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe before them."""
    return (
        f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") and cell else cell
    )
