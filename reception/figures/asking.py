"""What is asked of the figures: which days, and which visits of them. Pure."""

from dataclasses import dataclass
from datetime import date

from reception.refusals import Refusal

EARLIEST = date(1970, 1, 1)  # there are no instants before
LONGEST_YEARS = 20
LONGEST_PERIOD = LONGEST_YEARS * 366  # days: longer than any office has kept records


@dataclass(frozen=True, slots=True)
class Asked:
    """The days from `first` to `last`, both included, by the office's clock, and of them the visits that fit everything
    named; an empty tuple means all.

    `services` are those people came for, `desks` those that saw them last, `languages` the tags they chose ("" for the
    office's own), `hours` the local hours of arrival from 0, `quarters` the minutes of the day with which its quarter
    hours begin, `weekdays` 1 (Monday) to 7, `need` one need's key, which no other part goes with. `offices` empty is
    the settings' own.
    """

    first: date
    last: date
    services: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    need: str | None = None
    offices: tuple[str, ...] = ()
    quarters: tuple[int, ...] = ()

    def __post_init__(self):
        times = ((self.hours, range(24)), (self.weekdays, range(1, 8)), (self.quarters, range(0, 24 * 60, 15)))
        if any(not {*asked} <= {*there} for asked, there in times):
            raise Refusal("figures_no_such_time", status=422)
        if self.need and self.narrowed:
            raise Refusal("figures_need_alone", status=422)

    @property
    def narrowed(self) -> bool:
        """Whether anything but days and offices is asked for."""
        named = (self.services, self.desks, self.channels, self.languages, self.hours, self.weekdays, self.quarters)
        return any(named)


def period(first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """The days from `first` to `last` (ISO dates, both included); today where neither is given, one day where one is.

    Refuses what is no date, what runs backwards, what has not come yet, what is longer than twenty years and what is
    longer ago than there are instants.
    """
    start, end = _date(first or last, today), _date(last or first, today)
    if end < start:
        raise Refusal("period_backwards", status=422, first=start.isoformat(), last=end.isoformat())
    if end > today:
        raise Refusal("period_not_over", status=422, last=end.isoformat(), today=today.isoformat())
    if (end - start).days >= LONGEST_PERIOD:
        raise Refusal("period_too_long", status=422, first=start.isoformat(), last=end.isoformat(), years=LONGEST_YEARS)
    if start < EARLIEST:
        raise Refusal("period_too_early", status=422, first=start.isoformat(), earliest=EARLIEST.isoformat())
    return start, end


def _date(text: str | None, today: date) -> date:
    if not text:
        return today
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:  # it reads other spellings, too
            return day
    except ValueError:
        pass
    raise Refusal("period_unreadable", status=422, given=text[:20])
