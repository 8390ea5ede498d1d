"""Working days, in which promises are counted. Pure: a day and an office's days in, a day or a number out.

A working day is a weekday the office works, neither a bank holiday of its nation (substitute days included) nor a day
it is closed. The day something happens never counts, as for a freedom of information request, which is due "not later
than the twentieth working day following the date of receipt" (Freedom of Information Act 2000, section 10); unlike
there, only the bank holidays of the office's own nation are left out.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from reception.hours import WEEKDAYS

# ISO 3166-2's parts of GB, by the names that settings use.
NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
_DAY = timedelta(days=1)


def calendar_of(settings) -> dict:
    """What a working day is in an office, as the functions below are asked: not a bank holiday of its nation, not a day
    it is closed."""
    weekly = settings.hours.weekly
    open_days = {number for number, name in enumerate(WEEKDAYS, 1) if weekly[name]} & {*MONDAY_TO_FRIDAY}
    return {
        "nation": settings.office.nation,
        "weekly": frozenset(open_days or MONDAY_TO_FRIDAY),
        "closed_on": settings.hours.closed_on,
    }


def by_when(
    start: date,
    days: int,
    *,
    nation: str,
    weekly: Collection[int] = MONDAY_TO_FRIDAY,
    closed_on: Collection[date] = (),
) -> date:
    """The date `days` working days after `start`; 0 is `start` itself if it is one, else the next.

    `weekly` holds the ISO weekdays worked (1 is Monday). ValueError, with a sentence, for negative days, an unknown
    nation, an office that works on no day, and a date that no calendar reaches.
    """
    if days < 0:
        raise ValueError(f"A promise cannot be for {days} working days. Give 0 or more.")
    _check(nation, weekly)
    if days == 0:
        start, days = start - _DAY if start > date.min else start, 1
    try:
        # Never for ever: more than half of the days an office works are left when holidays and closed days are taken.
        last = start + timedelta(days=14 * days + 7 * len(closed_on) + 366)
    except OverflowError:
        raise ValueError(f"{days} working days after {start} is beyond the calendar. Give fewer.") from None
    day = start
    while days and day < last:
        day += _DAY
        days -= is_working_day(day, nation=nation, weekly=weekly, closed_on=closed_on)
    if days:
        raise ValueError(f"There are too few working days after {start}. Look at the days the office is closed.")
    return day


def is_working_day(
    day: date, *, nation: str, weekly: Collection[int] = MONDAY_TO_FRIDAY, closed_on: Collection[date] = ()
) -> bool:
    _check(nation, weekly)
    return day.isoweekday() in weekly and day not in closed_on and day not in bank_holidays(nation, day.year)


def days_between(
    first: date,
    last: date,
    *,
    nation: str,
    weekly: Collection[int] = MONDAY_TO_FRIDAY,
    closed_on: Collection[date] = (),
) -> int:
    """How many working days lie after `first`, up to and with `last`; negative where `last` is the earlier."""
    if last < first:
        return -days_between(last, first, nation=nation, weekly=weekly, closed_on=closed_on)
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    return sum(is_working_day(day, nation=nation, weekly=weekly, closed_on=closed_on) for day in days)


@lru_cache(maxsize=256)
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The nation's bank holidays in the year. Substitute days are there beside the days they stand for."""
    import holidays  # it weighs 3 MB, and is asked when the first deadline is

    return frozenset(holidays.country_holidays("GB", subdiv=NATIONS[nation], years=year))


def _check(nation: str, weekly: Collection[int]) -> None:
    if nation not in NATIONS:
        raise ValueError(f"There is no nation called {nation!r}. The nations are: {', '.join(NATIONS)}.")
    if not weekly or not set(weekly) <= set(range(1, 8)):
        raise ValueError("The office works on no day of the week. Give its weekdays as 1 (Monday) to 7 (Sunday).")
