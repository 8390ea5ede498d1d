"""Weeks behind small offices, made up, as staffing looks at them; and plain visitors for days played by hand."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from reception.line import Takes
from reception.simulating import Day, Habits, simulate
from reception.staffing.past import PastDay, past_day
from reception.staffing.playing import Comer, Post, Rules
from tests.builders import office

MINUTE = 60_000
NINE, FIVE = 9 * 60 * MINUTE, 17 * 60 * MINUTE
FIRST = date(2026, 1, 12)  # a Monday; until Good Friday, 3 April, no holiday is near
SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A", "minutes": 6},
    {"key": "parking", "name": "Parking", "letter": "A", "minutes": 5},
    {"key": "housing", "name": "Housing", "letter": "B", "minutes": 12},
]
POOLED = [{"key": key, "name": f"Desk {key}"} for key in "12"]
SKILLED = [
    {"key": "1", "name": "Desk 1", "services": ["tax", "parking"], "breaks": ["12:00-12:45"]},
    {"key": "2", "name": "Desk 2", "services": ["housing"], "helps": ["tax"], "breaks": ["13:00-13:45"]},
]
WEEKDAYS = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}


def room(desks=None, **parts):
    return office(**{"hours": WEEKDAYS, "services": SERVICES, "desks": SKILLED if desks is None else desks, **parts})


def behind(settings, days: Iterable[Day]) -> list[PastDay]:
    found = []
    for day in days:
        steps = [
            (step.desk, step.step, step.at)
            for step in day.steps
            if step.visit is None and step.desk and step.step in ("opened", "paused", "closed")
        ]
        found.append(past_day(settings, date.fromisoformat(day.day), day.visits, day.appointments, steps))
    return found


@cache
def weeks(count: int = 9, desks: str = "skilled", seed: int = 1, a_day: float = 60):
    """(settings, the days behind): so many weeks of five days."""
    settings = room(SKILLED if desks == "skilled" else POOLED)
    habits = Habits(a_day=a_day, booked=0.15)
    return settings, behind(settings, simulate(settings, FIRST, 5 * count, habits=habits, seed=seed))


def comer(at: float, service: str = "tax", work: float = 10, **more) -> Comer:
    """Minutes after nine."""
    here = NINE + at * MINUTE
    return Comer(here, here, service, here, work * MINUTE, part=int(here // (30 * MINUTE)), **more)


def post(services: str = "tax", helps: str = "", spans=((NINE, FIVE),), **more) -> Post:
    return Post(Takes(frozenset(services.split()), frozenset(helps.split())), tuple(spans), **more)


def rules(minutes: float = 5, **more) -> Rules:
    return Rules(minutes * MINUTE, 0, FIVE, **more)
