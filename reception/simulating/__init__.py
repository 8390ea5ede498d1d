"""Days of an office, made up from its settings, with the truth beside them: what was done, and what nobody pressed.

Visitors wait in the line of `reception/line.py` and steps are taken by `reception/visit.py`, so a made-up log is one
that the front desk could have written. Pure and seeded; `written.py` alone touches a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reception import hours
from reception.reading import Step
from reception.settings import Settings
from reception.simulating.coming import Town
from reception.simulating.floor import Floor
from reception.simulating.habits import Habits
from reception.simulating.truth import Away, Truth
from reception.things import Appointment, Desk
from reception.visit import Visit

ALL_DAY = 20 * 3_600_000
__all__ = ["Away", "Day", "Habits", "Truth", "open_days", "simulate"]


@dataclass(slots=True)
class Day:
    """One day: what the record holds (`visits` as they stand at its end), and what truly happened."""

    day: str
    opens: int
    closes: int
    steps: list[Step]
    visits: list[Visit]
    appointments: list[Appointment]
    truth: list[Truth]
    away: list[Away]
    told: dict[str, dict[str, str]]  # visit -> kind -> text: needs, which steps never hold
    desks: dict[str, Desk]  # as the day leaves them


def simulate(
    settings: Settings, first: date, count: int, *, habits: Habits | None = None, seed: object = 1, telling=None
) -> Iterator[Day]:
    """Each of the `count` opening days from `first` on, in turn; the same again with the same seed.

    `telling` (a `telling.Telling`): visitors are told by when they will be called, which changes nothing else.
    """
    town = Town(settings, habits or Habits(), seed)
    number, desks = 0, {}
    for day, opens, closes in open_days(settings, first, count):
        floor = Floor(
            settings, town.habits, f"{seed} {settings.office.key} {day}", number=number, desks=desks, telling=telling
        )
        comers, bookings = town.comers(day, opens, closes)
        floor.run(day.isoformat(), comers, bookings, opens, closes, hours.day_bounds(day.isoformat(), settings.zone)[1])
        number, desks = number + len(floor.steps), floor.desks
        yield Day(
            day=day.isoformat(),
            opens=opens,
            closes=closes,
            steps=floor.steps,
            visits=list(floor.visits.values()),
            appointments=list(floor.appointments.values()),
            truth=list(floor.truth.values()),
            away=floor.away,
            told=floor.told,
            desks=floor.desks,
        )


def open_days(settings: Settings, first: date, count: int) -> Iterator[tuple[date, int, int]]:
    """The next `count` days on which the office opens, with its first opening and its last closing.

    An office that never closes is lived in as one that is open from nine to five.
    """
    timetable, day, found = settings.hours, first, 0
    while found < count and day < first + timedelta(days=count * 8 + 60):
        noon = sum(hours.day_bounds(day.isoformat(), settings.zone)) // 2
        if spans := hours.openings(noon, settings.zone, timetable.weekly, timetable.closed_on):
            found += 1
            opens, closes = spans[0][0], max(end for _start, end in spans)
            if closes - opens > ALL_DAY:
                walls = (datetime.combine(day, time(hour), settings.zone) for hour in (9, 17))
                opens, closes = (round(wall.timestamp() * 1000) for wall in walls)
            yield day, opens, closes
        day += timedelta(days=1)
