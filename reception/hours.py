"""When the office is open, on its own clock. Pure: hours and an instant in, an answer out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Span = tuple[time, time]


def local(at: int, zone: ZoneInfo) -> datetime:
    """The office's wall clock at the UTC millisecond `at`."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)


def day_of(at: int, zone: ZoneInfo) -> str:
    """The office day (ISO date) that the instant falls in; days turn at local midnight."""
    return local(at, zone).date().isoformat()


@lru_cache(maxsize=512)
def day_bounds(day: str, zone: ZoneInfo) -> tuple[int, int]:
    """First millisecond of the local day and of the next: 23 or 25 hours apart when the clocks change."""
    first = date.fromisoformat(day)
    return _instant(first, time(0), zone), _instant(first + timedelta(days=1), time(0), zone)


def spans(day: date, weekly: Mapping[str, Sequence[Span]], closed_on: Sequence[date]) -> list[Span]:
    return [] if day in closed_on else sorted(weekly[WEEKDAYS[day.weekday()]])


def openings(at: int, zone: ZoneInfo, weekly, closed_on) -> list[tuple[int, int]]:
    """Today's opening times as instants. A span that ends at 00:00 ends with the day."""
    day = local(at, zone).date()
    found = []
    for start, end in spans(day, weekly, closed_on):
        last = day + timedelta(days=1) if end == time(0) else day
        found.append((_instant(day, start, zone), _instant(last, end, zone)))
    return found


def opened_at(at: int, zone: ZoneInfo, weekly, closed_on) -> int | None:
    """When the office opened, or opens, for somebody here at `at`: None on a day it stays closed or after closing."""
    return next((start for start, end in openings(at, zone, weekly, closed_on) if at < end), None)


def is_open(at: int, zone: ZoneInfo, weekly, closed_on) -> bool:
    return any(start <= at < end for start, end in openings(at, zone, weekly, closed_on))


def next_opening(at: int, zone: ZoneInfo, weekly, closed_on) -> int | None:
    """The next instant at which the office opens, within four weeks."""
    for days in range(29):
        probe = _instant(local(at, zone).date() + timedelta(days=days), time(0), zone)
        for start, _ in openings(probe, zone, weekly, closed_on):
            if start > at:
                return start
    return None


@lru_cache(maxsize=512)  # asked for today's openings at every change
def _instant(day: date, wall: time, zone: ZoneInfo) -> int:
    return round(datetime.combine(day, wall, zone).timestamp() * 1000)
