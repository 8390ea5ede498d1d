"""What a visitor says of how it went, written down at the desk; part of its socket (desk/live.py).

    give_feedback {kind, theme, text, contact, put_right, visit}   -> {noted: {reference, by_when}}

`visit` is whoever is at the desk, or left out. `put_right` says what was done at once, so that nothing is left to do.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from desk.at_work import AtDesk
from desk.staff import day_said
from reception.keys import Holder
from reception.web.sockets import Text

Words = Annotated[str, Field(max_length=5000)]  # what is too long for the record, the front desk says in a sentence


class GiveFeedback(AtDesk):
    kind: Text
    theme: Text | None = None
    text: Words = ""
    contact: Words = ""
    put_right: Words = ""
    visit: Text | None = None


class Telling:
    """A mixin of the desk's face."""

    of_feedback = {"give_feedback": GiveFeedback}

    def give_feedback(self, asker: Holder, question: GiveFeedback) -> dict:
        self._desk(asker, question)
        said = question.model_dump(exclude={"desk"}, exclude_unset=True)
        noted = self.parts.frontdesk.give_feedback(**said, source="desk", by=asker.by)
        by_when = noted.answer_on and day_said(date.fromisoformat(noted.answer_on))
        return {"noted": {"reference": noted.reference, "by_when": by_when}}
