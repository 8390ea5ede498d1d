"""What people tell of how it went, over the API: noted like that of a kiosk or a desk, and listed without its words.

Who deals with it, and what was written, is on the managers' pages alone.
"""

from typing import Annotated, Literal

from pydantic import Field

from reception.feedback.life import KINDS, SOURCES, STATES
from reception.figures import period
from reception.keys import SCREENS
from reception.refusals import Refusal
from reception.web.api.asking import GIVERS, MANAGERS, get, post
from reception.web.api.shapes import Answer, Instant, Question, Text, Words
from reception.web.parts import here
from reception.web.saying import today

OF_KIOSKS = ("kiosk", "api")  # the sources that a kiosk's key can say
Day = Annotated[str, Field(description="A date, such as 2026-03-02")]
Theme = Annotated[Text | None, Field(description="A key of the office's themes (/api/office)")]


class NewFeedback(Question):
    """A complaint needs a theme or a text; `put_right` says what was done about one at once."""

    kind: Literal[KINDS]
    theme: Theme = None
    text: Words = ""
    contact: Annotated[Words, Field(description="How to reach them, if they would like an answer")] = ""
    put_right: Annotated[Words, Field(description="Not for kiosks' keys.")] = ""
    visit: Annotated[Text | None, Field(description="Which visit it is about")] = None
    service: Text | None = None
    language: Annotated[Text | None, Field(description="The tag of the language they read")] = None
    source: Annotated[Literal[SOURCES], Field(description="How it came to you; kiosk or api for kiosks' keys")] = "api"


class PlainFeedback(Answer):
    """What whoever told it may know."""

    id: str
    reference: str
    kind: Literal[KINDS]
    state: Literal[STATES]
    theme: str | None
    answer_on: Annotated[str | None, Field(description="The last day on which a complaint is answered in time")]


class OneFeedback(PlainFeedback):
    source: Literal[SOURCES]
    made_at: Instant
    made_on: Day
    service: str | None
    visit: str | None
    language: str | None
    owner: Annotated[str | None, Field(description='"person:ID"')]
    stage: Annotated[int, Field(description="Of a complaint; 0: before the first, or none")]
    ended_at: Instant | None


class ToldOn(Question):
    """The days on which it was told; today's where none is given."""

    first: Annotated[str | None, Field(alias="from", description="First day, such as 2026-03-02; the last.")] = None
    last: Annotated[str | None, Field(alias="to", description="Last day, included; today.")] = None


class AllFeedback(Answer):
    """The newest first."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    feedback: list[OneFeedback]


def _noted(_parts, made, _path):
    return 201, _shown(PlainFeedback, made)


def _shown(model: type[Answer], row) -> dict:
    return {name: getattr(row, name) for name in model.model_fields}


@post("/api/feedback", roles=GIVERS, question=NewFeedback, answers={201: PlainFeedback}, word=_noted)
def give_feedback(asker, asked, once):
    """A compliment, a comment or a complaint; the answer has its reference, and by when a complaint is answered."""
    if asker.role in SCREENS and (asked.put_right or asked.source not in OF_KIOSKS):
        raise Refusal("not_allowed", status=403)
    return here().frontdesk.give_feedback(**{"source": "api", **asked.given()}, by=asker.by, once=once)


@get("/api/feedback", roles=MANAGERS, question=ToldOn, answers={200: AllFeedback})
def feedback(asker, asked):
    """What was told in some days, and how it stands, without anything that anybody wrote."""
    now = today()
    days = period(asked.first, asked.last or now.isoformat(), now)
    first, last = (day.isoformat() for day in days)
    found = here().frontdesk.feedbacks(first=first, last=last)
    return {"from": first, "to": last, "feedback": [_shown(OneFeedback, one) for one in found]}
