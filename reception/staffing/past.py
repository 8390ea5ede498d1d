"""The days behind an office, as staffing looks at them: who came, what was booked, which desks were really open.

`read` is the only one here that asks the store. Spans are milliseconds of the office's local day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from reception import hours
from reception.settings import Settings
from reception.things import Appointment
from reception.visit import Visit
from reception.workdays import bank_holidays

NOON = 12 * 3_600_000
ONE = timedelta(days=1)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PastDay:
    """`starts` is the UTC instant of its millisecond 0; `there`: desk -> when it stood open and was not paused."""

    day: date
    starts: int
    closes: int
    visits: Sequence[Visit]
    bookings: Sequence[Appointment] = ()
    there: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    after_holiday: bool = False


def read(store, settings: Settings, first: date, last: date) -> list[PastDay]:
    """The days from `first` to `last` on which anybody came, in order; none that the figures leave out."""
    office, zone, found = settings.office.key, settings.zone, []
    for number in range((last - first).days + 1):
        day = first + number * ONE
        start, end = hours.day_bounds(day.isoformat(), zone)
        visits = store.visits_between(office, start, end)
        if visits and day not in settings.figures.exclude.days:
            bookings = store.things(Appointment, office, "AND day = ?", (day.isoformat(),))
            found.append(past_day(settings, day, visits, bookings, store.desk_steps(office, start, end)))
    return found


def past_day(
    settings: Settings, day: date, visits: Iterable[Visit], bookings: Iterable[Appointment], desk_steps: Iterable[tuple]
) -> PastDay:
    """`desk_steps` are (desk, "opened", "paused" or "closed", UTC ms) in order."""
    start = starts(settings, day)
    came = [visit for visit in visits if visit.state != "cancelled"]
    closes = max((end for _start, end in spans(settings, day)), default=2 * NOON)
    return PastDay(
        *(day, start, closes, came, [one for one in bookings if one.state != "cancelled"]),
        there=_there(desk_steps, start, closes),
        after_holiday=is_after_holiday(settings, day),
    )


def spans(settings: Settings, day: date) -> list[Span]:
    """The day's opening times."""
    start, timetable = starts(settings, day), settings.hours
    found = hours.openings(start + NOON, settings.zone, timetable.weekly, timetable.closed_on)
    return [(max(0, opens - start), min(2 * NOON, closes - start)) for opens, closes in found]


def starts(settings: Settings, day: date) -> int:
    """The instant from which milliseconds of the day are counted, so that they fit the wall clock at noon: on the two
    days on which clocks are changed it is not midnight."""
    return round(datetime.combine(day, time(12), settings.zone).timestamp() * 1000) - NOON


def is_after_holiday(settings: Settings, day: date) -> bool:
    """Whether the last day on which the office would have been open by its week was a holiday, or closed."""
    timetable = settings.hours
    for back in range(1, 8):
        before = day - back * ONE
        if timetable.weekly[hours.WEEKDAYS[before.weekday()]]:
            return before in timetable.closed_on or before in bank_holidays(settings.office.nation, before.year)
    return False


def _there(desk_steps: Iterable[tuple], start: int, closes: int) -> dict[str, tuple[Span, ...]]:
    found, since = {}, {}
    for desk, step, at in desk_steps:
        if desk in since and step != "opened":
            found.setdefault(desk, []).append((since.pop(desk), at - start))
        elif step == "opened":
            since.setdefault(desk, at - start)
    for desk, began in since.items():
        found.setdefault(desk, []).append((began, max(began, closes)))
    return {desk: tuple(spans) for desk, spans in found.items()}
