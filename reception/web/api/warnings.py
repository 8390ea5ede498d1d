"""How right warnings were, over the API."""

from typing import Annotated

from pydantic import Field

from reception.web.api.asking import READERS, get
from reception.web.api.shapes import Answer, Question
from reception.web.parts import here

Share = Annotated[float | None, Field(description="Null where nobody was counted")]


class Weeks(Question):
    weeks: Annotated[int, Field(strict=False, ge=1, le=53, description="So many, with this one.")] = 8


class Week(Answer):
    """Days from Monday on, by the office's clock; counts are of visitors."""

    first: Annotated[str, Field(description="Such as 2026-03-02")]
    last: str
    missed: Annotated[int, Field(description="Waited longer than promised")]
    foreseen: Annotated[int, Field(description="Of those, warned of while a call could still be in time")]
    early: Annotated[int, Field(description="Of those, with two minutes left to call them")]
    warned: Annotated[int, Field(description="Warned of, whatever became of it")]
    kept: Annotated[int, Field(description="Of those, seen in time after all")]
    left: Annotated[int, Field(description="Of those, gone before, a mistake or not judged")]
    recall: Share
    recall_early: Share
    precision: Share


class HowRight(Answer):
    weeks: Annotated[list[Week], Field(description="The newest first; none before the first warning")]


@get("/api/warnings", roles=READERS, question=Weeks, answers={200: HowRight})
def warnings(asker, asked):
    """How many misses of the target were warned of in time, and how many warnings came true, by the week."""
    from reception.warning.weeks import weeks  # it brings in numpy, which a start need not wait for

    parts = here()
    found = weeks(parts.figures(), parts.frontdesk.now(), asked.weeks)
    return {"weeks": [_week(one) for one in found]}


def _week(one) -> dict:
    counted = {name: getattr(one.quality, name) for name in Week.model_fields if name not in ("first", "last")}
    return {"first": one.first.isoformat(), "last": one.last.isoformat(), **counted}
