"""A manager's note on an outage, over the API. The outages themselves stand in /api/figures."""

from typing import Annotated

from pydantic import Field

from reception.web.api.asking import MANAGERS, post
from reception.web.api.shapes import Answer, Question, Words
from reception.web.parts import here


class OutageNote(Question):
    text: Annotated[Words, Field(description="In a sentence, of no person; empty, it takes the note away")]


class OutageNoted(Answer):
    """What was written is not repeated: answers are remembered longer than it may be."""

    noted: bool


def noted_said(parts, note, _path):
    return 200, {"noted": bool(note)}


@post(
    "/api/outages/<outage>/note",
    roles=MANAGERS,
    question=OutageNote,
    answers={200: OutageNoted},
    word=noted_said,
)
def note_outage(asker, asked, once, outage):
    """Writes beside an outage why it was, for whoever reads the figures later."""
    return here().frontdesk.note_outage(outage=outage, text=asked.text, by=asker.by, once=once)
