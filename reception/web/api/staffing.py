"""How many desks it takes, over the API: the plan, what would change it, and the hour ahead."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, TypeAdapter

from reception.refusals import Refusal
from reception.staffing import Changes, Plan, Progress, Today, WhatIf
from reception.staffing.made_of import changed_since
from reception.staffing.working import DAYS
from reception.web.api.asking import MANAGERS, READERS, get, post
from reception.web.api.shapes import Answer, Question
from reception.web.parts import here

PAIR = re.compile(r"([^:,]+):([^,]+)")
WALL = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class WhatIfAsked(Question):
    day: Annotated[date | None, Field(strict=False, description="Such as 2026-03-02; today, or within a week.")] = None
    desks: Annotated[int, Field(strict=False, ge=-20, le=20, description="So many more; -1: without the last.")] = 0
    people: Annotated[int, Field(strict=False, ge=-100, le=100, description="Percent more or fewer.")] = 0
    earlier: Annotated[int, Field(strict=False, ge=0, le=240, description="Minutes by which it opens earlier.")] = 0
    skills: Annotated[str, Field(max_length=400, description="desk:service between commas, served as well.")] = ""
    lunches: Annotated[str, Field(max_length=400, description="desk:12:30 between commas, when a break begins.")] = ""


class Planned(Answer):
    """`plan` is null until one was made. `changed` names the settings that have changed since: "hours", "desks",
    "services", "promise", "line", "days" (those that the figures leave out)."""

    plan: Plan | None
    progress: Progress
    changed: list[str]


class WhatWouldBe(Answer):
    what_if: WhatIf


class HourAhead(Answer):
    today: Today


def _plain(**values) -> dict:
    """As JSON holds it."""
    return {name: TypeAdapter(type(value)).dump_python(value, mode="json") for name, value in values.items()}


@get("/api/staffing", roles=READERS, answers={200: Planned})
def staffing(asker, asked):
    """The last plan of the coming week: desks needed by the half hour, beside the roster; and whether one is being
    made."""
    return _planned(here())


@post(
    "/api/staffing", roles=MANAGERS, answers={202: Planned}, word=lambda parts, _answer, _path: (202, _planned(parts))
)
def plan_staffing(asker, asked, once):
    """Begins a new plan, which takes a minute or two; nothing, where one is being made."""
    here().staffing.start()


@post("/api/staffing/cancel", roles=MANAGERS, answers={200: Planned}, word=lambda parts, *_said: (200, _planned(parts)))
def cancel_staffing(asker, asked, once):
    """Stops the plan that is being made; the last one stays."""
    here().staffing.cancel()


@get("/api/staffing/what-if", roles=READERS, question=WhatIfAsked, answers={200: WhatWouldBe})
def what_if(asker, asked):
    """A day as it is and as it would be, for the same simulated people. Takes some seconds."""
    parts = here()
    today = parts.figures().today(parts.frontdesk.now())
    day = asked.day or today
    if not today <= day < today + timedelta(days=DAYS):
        raise Refusal("staffing_no_such_day", status=422, day=day.isoformat())
    changes = Changes(asked.desks, asked.people, asked.earlier, _skills(parts, asked), _lunches(parts, asked))
    return _plain(what_if=parts.staffing.what_if_now(day, changes))


@get("/api/staffing/today", roles=READERS, answers={200: HourAhead})
def staffing_today(asker, asked):
    """How likely the goal is missed in the next half hour and hour, and what one desk more now would do."""
    return _plain(today=here().staffing.today_now())


def _planned(parts) -> dict:
    plan = parts.staffing.kept()
    changed = changed_since(plan.made_of, parts.settings) if plan else ()
    return _plain(plan=plan, progress=parts.staffing.progress(), changed=list(changed))


def _skills(parts, asked: WhatIfAsked) -> tuple[tuple[str, str], ...]:
    found = tuple(_pairs(parts, asked.skills))
    for _desk, service in found:
        if service not in parts.settings.service:
            services = ", ".join(parts.settings.service)
            raise Refusal("unknown_service", status=422, service=service, services=services)
    return found


def _lunches(parts, asked: WhatIfAsked) -> tuple[tuple[str, int], ...]:
    found = []
    for desk, wall in _pairs(parts, asked.lunches):
        if not (at := WALL.fullmatch(wall)):
            raise Refusal("staffing_no_such_change", status=422)
        found.append((desk, int(at[1]) * 60 + int(at[2])))
    return tuple(found)


def _pairs(parts, text: str):
    for word in filter(None, (word.strip() for word in text.split(","))):
        if not (pair := PAIR.fullmatch(word)):
            raise Refusal("staffing_no_such_change", status=422)
        yield parts.settings.find_desk(pair[1]).key, pair[2]
