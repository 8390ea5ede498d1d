"""Rules of the day over the API: what a manager decides now, recorded with who and when."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from reception.ruling import KINDS
from reception.web.api.asking import MANAGERS, get, post
from reception.web.api.shapes import Answer, Instant, Question, Text, Words, plain
from reception.web.parts import here


class NewRuling(Question):
    """Of a kind, about a subject: service (its key: "open", "closed"), quota (a service's key: a number), notice
    ("kiosk" or "board": "shown"), kiosk (its id: "locked"), serves (a desk's key: "main services | services it helps
    with"), message (a desk's key, or "all": "shown"). `value` null goes back to the settings."""

    kind: Literal[KINDS]
    subject: Text
    value: Annotated[Annotated[str, AfterValidator(plain)] | None, Field(max_length=1000)]
    text: Annotated[Words, Field(description="The words of a notice, a lock or a message")] = ""
    until_at: Annotated[int | None, Field(description="UTC milliseconds; without it, until it is changed")] = None


class PlainRuling(Answer):
    kind: Literal[KINDS]
    subject: str
    value: str | None
    by: Annotated[str, Field(description="Who decided")]
    at: Instant
    until_at: Instant | None


class Ruling(PlainRuling):
    text: str | None


class Rulings(Answer):
    """What holds now, other than the settings say."""

    now: Instant
    rulings: list[Ruling]


def _shown(ruling) -> dict:
    return {name: getattr(ruling, name) for name in PlainRuling.model_fields}


@get("/api/rulings", roles=MANAGERS, answers={200: Rulings})
def rulings(asker, asked):
    """What managers have decided and holds now."""
    frontdesk = here().frontdesk
    _newest, room = frontdesk.look()
    holding = [one for one in room.rulings.values() if room.ruled(one.kind, one.subject) is not None]
    return {
        "now": room.at,
        "rulings": [{**_shown(one), "text": frontdesk.text_of(room, one.kind, one.subject)} for one in holding],
    }


@post(
    "/api/rulings",
    roles=MANAGERS,
    question=NewRuling,
    answers={200: PlainRuling},
    word=lambda _parts, ruling, _path: (200, _shown(ruling)),
)
def rule(asker, asked, once):
    """Decides something for today, at once."""
    return here().frontdesk.rule(by=asker.by, once=once, **asked.given())
