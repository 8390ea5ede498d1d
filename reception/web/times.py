"""Days and times of day as CLDR writes them in the language that is now worded in, by the office's clock.

The hour is the United Kingdom's, 0 to 23, in every language: a slip, the board's clock and the letter about an
appointment say one and the same. Figures are 0 to 9 everywhere, since numbers of tickets and desks are.
"""

import re
from datetime import date
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import DateTimePattern, parse_pattern
from flask_babel import get_locale

from reception.hours import local

YEAR = re.compile(r"[,،]?\s*('de')?\s*y$")  # every language here ends its full date with the year
DAY_BEFORE_MONTH = re.compile(r"(?<=d) (?=M)")
HOUR = "Hm"
BRITISH = Locale("en", "GB")


def time_of_day(at: int, zone: ZoneInfo) -> str:
    """ "10:14", at a UTC millisecond."""
    return _minute(at // 60_000, zone, _locale())


def weekday_and_time(at: int, zone: ZoneInfo) -> str:
    """ "Monday 09:00"."""
    return _said("weekday_and_time", local(at, zone))


def day(the_day: date) -> str:
    """ "Wednesday 2 December 2026", with its weekday, which people remember."""
    return _said("day", the_day)


def day_and_time(at: int, zone: ZoneInfo) -> str:
    """ "Wednesday 2 December, 10:14", of a day that is near."""
    return _said("day_and_time", local(at, zone))


def full_day_and_time(at: int, zone: ZoneInfo) -> str:
    """ "Wednesday 2 December 2026, 10:14"."""
    return _said("full_day_and_time", local(at, zone))


def short_day_and_time(at: int, zone: ZoneInfo) -> str:
    """ "Wed 2 Dec 2026, 10:14", which fits a line of the slip."""
    return _said("short_day_and_time", local(at, zone))


def month(the_day: date) -> str:
    """ "March 2026"."""
    return _said("month", the_day)


def short_month(the_day: date) -> str:
    """ "Mar", alone, as below a point of a chart."""
    return _said("short_month", the_day)


def _said(shape: str, when) -> str:
    locale = _locale()
    return _patterns(locale)[shape].apply(when, locale)


def _locale() -> Locale:
    locale = get_locale()
    return BRITISH if locale is None or str(locale) == "en" else locale  # not the American way


@lru_cache(maxsize=1024)  # every ticket says the same few
def _minute(minute: int, zone: ZoneInfo, locale: Locale) -> str:
    return _patterns(locale)["time"].apply(local(minute * 60_000, zone), locale)


@cache
def _patterns(locale: Locale) -> dict[str, DateTimePattern]:
    shapes = locale.datetime_skeletons
    time, full = str(shapes[HOUR]), DAY_BEFORE_MONTH.sub("\N{NO-BREAK SPACE}", locale.date_formats["full"].pattern)
    short = str(shapes["yMMMEd"])
    if locale.language in ("en", "cy"):
        full, short = full.replace(",", ""), short.replace(",", "")  # as GOV.UK and GOV.WALES write a date
    both = str(locale.datetime_formats["medium"])
    written = {
        "time": time,
        "weekday_and_time": re.sub("E+", "EEEE", str(shapes[f"E{HOUR}"])),
        "day": full,
        "day_and_time": both.format(time, YEAR.sub("", full)),
        "full_day_and_time": both.format(time, full),
        "short_day_and_time": both.format(time, short),
        "month": str(shapes["yMMMM"]),
        "short_month": "LLL",
    }
    return {shape: parse_pattern(pattern) for shape, pattern in written.items()}
