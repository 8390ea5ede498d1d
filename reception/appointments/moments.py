"""Dates and times as files write them: 2026-03-02 or 02/03/2026, 09:30, 9.30 or 9:30am. Never guessed.

A date whose middle part cannot be a month was written in American order. It is wrong, and so is the whole file's
03/04/2026, which `csv_file` looks after.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from reception.appointments.booked import Known, Wrong

ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
BRITISH = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
TIME = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]{1,9})?)?)?(?: ?([ap])\.?m\.?)?"
    r"(?: ?(z|[+-][0-9]{2}:?[0-9]{2}))?",
    re.IGNORECASE,
)
BOTH = re.compile(r"([0-9./-]+)(?:T|,? )(.+)", re.IGNORECASE)
MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")


def apart(text: str) -> tuple[str, str] | None:
    """The date and the time of "2026-03-02T09:30" or "02/03/2026 9.30am"; None where it is not both."""
    both = BOTH.fullmatch(text)
    return (both[1], both[2]) if both else None


def day(text: str, known: Known) -> tuple[date, bool]:
    """The date, and whether somebody American would read another one. Midnight behind it is a spreadsheet's doing."""
    text = MIDNIGHT.sub("", text)
    if iso := ISO.fullmatch(text):
        return _near(_date(int(iso[1]), int(iso[3]), int(iso[4])), known), False
    british = BRITISH.fullmatch(text)
    if not british:
        raise Wrong("poor_date")
    first, middle, year = int(british[1]), int(british[3]), int(british[4])
    dotted = british[2] == "."
    if not dotted and middle > 12 and 1 <= first <= 12 and middle <= 31:
        raise Wrong("american_date")
    return _near(_date(year, middle, first), known), not dotted and first <= 12 and first != middle


def at(the_day: date, text: str, zone: tzinfo) -> int:
    """The UTC millisecond of a wall time in the zone, unless the text brings an offset of its own."""
    match = TIME.fullmatch(text)
    if not match or not (match[2] or match[4]):
        raise Wrong("poor_time")
    hour, half = int(match[1]), (match[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise Wrong("poor_time")
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        wall = time(hour, int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        raise Wrong("poor_time") from None
    return instant(the_day, wall, _offset(match[5]) if match[5] else zone)


def instant(the_day: date, wall: time, zone: tzinfo) -> int:
    """UTC ms; the first where the clocks show it twice, and wrong where they leave it out."""
    local = datetime.combine(the_day, wall, zone)
    try:
        utc = local.astimezone(UTC)
        shown = utc.astimezone(zone)
    except (OverflowError, ValueError):
        raise Wrong("poor_date") from None
    if shown.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None):
        raise Wrong("no_such_time", day=the_day.isoformat(), time=f"{wall:%H:%M}")
    return round(utc.timestamp() * 1000)


def _date(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise Wrong("poor_date") from None


def _near(the_day: date, known: Known) -> date:
    if abs((the_day - known.today).days) > known.furthest_days:
        raise Wrong("too_far", day=the_day.isoformat(), longest=known.furthest_days)
    return the_day


def near(year: int, month: int, day_of_month: int, known: Known) -> date:
    """That date, if there is one and it is not too far away."""
    return _near(_date(year, month, day_of_month), known)


def _offset(text: str) -> timezone:
    if text in "zZ":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        raise Wrong("poor_time")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)
