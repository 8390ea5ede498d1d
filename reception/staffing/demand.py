"""Who is to be expected on a day, by half hour and service, from the last eight days like it.

How many come is the median of those days, so that one odd day counts for little; how they spread over half hours and
services is the mean of the days' own shares, since of what comes every other week the median is nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import mean, median

from reception.settings import Settings
from reception.staffing.past import PastDay, is_after_holiday
from reception.staffing.shapes import HALF_HOUR
from reception.things import Appointment

PART = HALF_HOUR * 60_000
PARTS = 48
LIKE = 8  # days like it
WEEKS = 10  # so far back at most, for days that were closed are no days like it
FEW, USUAL = 10, 0.12  # until so many days were seen, days are thought to differ so much (CV), too
MARKED = 2  # days after holidays, until it is believed that they are different
Booked = tuple[tuple[int, str], ...]  # (millisecond of the day, service) of each


@dataclass(frozen=True, slots=True)
class Demand:
    """`rates`: (half hour of the day, service) -> how many come without an appointment on an average such day.
    `bookings`: one or more ways in which the day may be booked, each of (millisecond of the day, service). `differs`:
    days like it, beside chance (CV)."""

    day: date
    days: int
    rates: Mapping[tuple[int, str], float] = field(default_factory=dict)
    bookings: tuple[Booked, ...] = ()
    differs: float = USUAL
    after_holiday: bool = False

    @property
    def level(self) -> float:
        return sum(self.rates.values())

    @property
    def unsure(self) -> float:
        """How far off the level itself may be, for it is of few days (CV)."""
        chance = 1 / self.level if self.level else 0.0
        return (1.57 * (self.differs**2 + chance) / self.days) ** 0.5 if self.days else 0.0


def foresee(past: Sequence[PastDay], settings: Settings, day: date, own: Booked = (), *, near: bool = False) -> Demand:
    """From the days before `day`. `own` is what is booked for it so far, `near` that little more will be."""
    before = [one for one in past if day - timedelta(weeks=WEEKS) <= one.day < day]
    marked = is_after_holiday(settings, day)
    like = _like(before, day)
    if not like:
        return Demand(day, 0, after_holiday=marked)
    level = median(map(_walked_in, like)) * (_after_holidays(before) if marked else 1.0)
    return Demand(
        *(day, len(like), _rates(like, level, set(settings.service)), _booked(like, own, near)),
        differs=_differs(before),
        after_holiday=marked,
    )


def _like(before: Sequence[PastDay], day: date) -> list[PastDay]:
    """The last of the same weekday, days after holidays left out unless there is nothing else."""
    same = [one for one in before if one.day.weekday() == day.weekday()]
    return ([one for one in same if not one.after_holiday] or same)[-LIKE:]


def _walked_in(day: PastDay) -> int:
    return sum(visit.booked_at is None for visit in day.visits)


def _rates(like: Sequence[PastDay], level: float, services: set[str]) -> dict[tuple[int, str], float]:
    counts: dict[tuple[int, str], float] = defaultdict(float)
    days = [one for one in like if _walked_in(one)]
    for day in days:
        each = 1 / _walked_in(day) / len(days)
        for visit in day.visits:
            part = min(PARTS - 1, max(0, (visit.arrived_at - day.starts) // PART))
            if visit.booked_at is None and visit.first_service in services:
                counts[part, visit.first_service] += each
    return {key: level * share for key, share in sorted(counts.items())}


def _booked(like: Sequence[PastDay], own: Booked, near: bool) -> tuple[Booked, ...]:
    """The day's own bookings once they are as many as usual, or the day is near; before, those of days like it."""
    if near or len(own) >= median(len(one.bookings) for one in like):
        return (own,)
    return tuple(booked(one.bookings, one.starts) for one in like)


def booked(bookings: Iterable[Appointment], starts: int) -> Booked:
    """Of the appointments of a day that begins at the instant `starts`, when each is and for what."""
    return tuple((one.booked_at - starts, one.service) for one in bookings if one.state != "cancelled")


def _after_holidays(before: Sequence[PastDay]) -> float:
    """How many times as many come on days after holidays."""
    found = []
    for one in before:
        usual = [_walked_in(other) for other in before if other.day.weekday() == one.day.weekday() and other is not one]
        if one.after_holiday and usual and median(usual):
            found.append(_walked_in(one) / median(usual))
    return median(found) if len(found) >= MARKED else 1.0


def _differs(before: Sequence[PastDay]) -> float:
    """How much days differ from those like them, beyond what chance alone makes of them (gamma–Poisson)."""
    squares, found = 0.0, 0
    for weekday in range(7):
        counts = [_walked_in(one) for one in before if one.day.weekday() == weekday and not one.after_holiday]
        if len(counts) > 1 and (level := mean(counts)):
            squares += sum((one - level) ** 2 - level for one in counts) * len(counts) / (len(counts) - 1) / level**2
            found += len(counts)
    return (max(0.0, squares + FEW * USUAL**2) / (found + FEW)) ** 0.5
