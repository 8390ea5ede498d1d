"""What pages of several faces say, and read, alike: today, a time of day, a service's name, the day asked for, a field.

Times are by the office's clock.
"""

import re
from datetime import date, timedelta

from flask import request

from reception import hours
from reception.settings import Settings
from reception.web import times
from reception.web.parts import here
from reception.web.words import UNSEEN

LONGEST_TYPED = 2_000  # characters of a field that are looked at; the front desk says how many it keeps
LINE_END = re.compile("\r\n|\r|\n")
FARTHEST = timedelta(days=3_650)


def today() -> date:
    return hours.local(here().frontdesk.now(), here().settings.zone).date()


def time_of_day(at: int) -> str:
    """ "10:14"."""
    return times.time_of_day(at, here().settings.zone)


def service_name(key: str | None, settings: Settings) -> str:
    """A service's name; its key, where an older visit's service is no longer in the settings."""
    return settings.service[key].name if key in settings.service else key or ""


def day_asked() -> date:
    """The day that the address asks for (?day=2026-03-02); today for none, and for what is no date near enough."""
    try:
        asked = date.fromisoformat(request.args.get("day", "")[:10])
    except ValueError:
        return today()
    return asked if abs(asked - today()) < FARTHEST else today()


def typed(name: str, longest: int = LONGEST_TYPED, unseen: str = " ", *, lines: bool = False) -> str:
    """What was typed into a form's field, with `unseen` for each character that cannot be seen; `lines`: in its lines,
    where a field has several."""
    given = request.form.get(name, "")
    found = LINE_END.split(given) if lines else [given]
    return "\n".join(UNSEEN.sub(unseen, line) for line in found).strip()[:longest]
