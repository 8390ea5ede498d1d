"""What the address of the staffing page asks for: a day of the plan, and a change to try on it. It works nothing out.

The same words stand in the address of every answer, so that each can be kept and sent.
"""

from datetime import date
from typing import NamedTuple

from flask import request

from reception.refusals import Refusal
from reception.settings import Settings
from reception.staffing import Changes, DayPlan, Plan
from reception.staffing.shapes import HALF_HOUR


class Slider(NamedTuple):
    least: int
    most: int
    step: int


NAMES = ("day", "desks", "people", "earlier", "skill", "lunch", "lunch-at")
DESKS = Slider(-2, 3, 1)
PEOPLE = Slider(-30, 50, 5)  # per cent
EARLIER = Slider(0, 120, 30)  # minutes
QUARTER = 15
LONGEST = 90  # of anything here: two keys


def day_of(plan: Plan) -> DayPlan | None:
    """The day that is asked for; else the first on which the desks fall short, else the first that has any hours."""
    if asked := request.args.get("day", "")[:LONGEST]:
        try:
            found = plan.day(date.fromisoformat(asked).isoformat())
        except ValueError:
            found = None
        if found is None:
            raise Refusal("staffing_no_such_day", status=404, day=asked)
        return found
    open_days = [one for one in plan.days if one.half_hours]
    return next((one for one in open_days if one.shortfalls), open_days[0] if open_days else None)


def changes(settings: Settings, day: DayPlan) -> Changes:
    """What is to be tried; a Refusal where it cannot be."""
    skill, lunch = (request.args.get(name, "")[:LONGEST] for name in ("skill", "lunch"))
    if skill and skill not in dict(skills(settings)):
        raise Refusal("staffing_no_such_change", status=422)
    if lunch and lunch not in dict(lunches(settings)):
        raise Refusal("staffing_no_such_change", status=422)
    desk, _colon, service = skill.partition(":")
    return Changes(
        desks=_number("desks", DESKS),
        people=_number("people", PEOPLE),
        earlier=_number("earlier", EARLIER),
        skills=((desk, service),) if skill else (),
        lunches=((lunch, _number("lunch-at", lunch_slider(day))),) if lunch else (),
    )


def _number(name: str, slider: Slider) -> int:
    try:
        number = int(request.args.get(name, "")[:LONGEST] or 0)
    except ValueError:
        raise Refusal("staffing_no_such_change", status=422) from None
    if not (slider.least <= number <= slider.most):
        raise Refusal("staffing_no_such_change", status=422)
    return number


def skills(settings: Settings) -> list[tuple[str, tuple[str, str]]]:
    """("desk:service", their names) of all that a desk does not do of its own yet."""
    takes = settings.line_rules.desks
    return [
        (f"{desk.key}:{service.key}", (desk.name, service.name))
        for desk in settings.desks
        for service in settings.services
        if service.key not in takes[desk.key].main
    ]


def lunches(settings: Settings) -> list[tuple[str, tuple[str, int]]]:
    """(desk, (its name, when its first break begins)) of each desk that has one."""
    first = {desk.key: min(desk.breaks)[0] for desk in settings.desks if desk.breaks}
    return [(key, (settings.desk_named[key].name, 60 * at.hour + at.minute)) for key, at in first.items()]


def lunch_slider(day: DayPlan) -> Slider:
    return Slider(day.half_hours[0].minute, day.half_hours[-1].minute + HALF_HOUR - QUARTER, QUARTER)
