"""Weeks behind an office, lived in a moment: each working day as tests/morning.py lives one, and an evening.

For pictures and tests of figures that need more than a day. A seed repeats it.
"""

from datetime import date, datetime, timedelta

from reception.frontdesk import FrontDesk
from tests.builders import Hands
from tests.morning import live


def weeks(door: FrontDesk, hands: Hands, *, until: date, days: int, staff: dict[str, str], closes: int = 12) -> None:
    """Lives the last `days` working days before `until`, each from nine to `closes` o'clock."""
    day, found = until, []
    while len(found) < days:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    for number, day in enumerate(reversed(found)):
        start = datetime(day.year, day.month, day.day, 9, tzinfo=door.settings.zone)
        hands.go(milliseconds=round(start.timestamp() * 1000) - hands.wall)
        here = dict(list(staff.items())[: 2 if number % 5 == 1 else None])  # one day of the week is short of people
        live(door, hands, until=round(start.replace(hour=closes).timestamp() * 1000), staff=here, seed=number + 1)
        for desk, by in staff.items():
            if visitor := door.look()[1].at_desk(desk):
                door.finish(visit=visitor.id, by=by, desk=desk, outcome="resolved")
            door.set_desk(desk=desk, state="closed", by=by)
        hands.go(hours=12)
        door.catch_up()
