"""What a visitor says of how it went, written down at the desk; part of its socket (desk/live.py).

    give_feedback {kind, theme, text, contact, put_right, visit, showing}   -> {noted: {reference, by_when}}

`visit` is whoever is at the desk, or left out. `showing` is a random id of one showing of the dialog: the same words in
it are noted once. `put_right` says what was done at once, so that nothing is left to do.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from desk.at_work import AtDesk
from desk.staff import day_said
from reception.door import Answered, Once
from reception.identifiers import digest
from reception.keys import Holder
from reception.refusals import Refusal
from reception.web.sockets import Text

Words = Annotated[str, Field(max_length=5000)]  # what is too long for the record, the front desk says in a sentence


class GiveFeedback(AtDesk):
    kind: Text
    theme: Text | None = None
    text: Words = ""
    contact: Words = ""
    put_right: Words = ""
    visit: Text | None = None
    showing: Text | None = None


class Telling:
    """A mixin of the desk's face."""

    of_feedback = {"give_feedback": GiveFeedback}

    def give_feedback(self, asker: Holder, question: GiveFeedback) -> dict:
        self._desk(asker, question)
        said = question.model_dump(exclude={"desk", "showing"}, exclude_unset=True)
        words = digest(repr((question.showing, sorted(said.items()))))
        once = Once(asker.id, f"feedback {words}", _stored) if question.showing else None
        frontdesk = self.parts.frontdesk
        try:
            noted = frontdesk.give_feedback(**said, source="desk", by=asker.by, once=once)
        except Answered as before:
            noted = frontdesk.feedback(before.body)
        by_when = noted.answer_on and day_said(date.fromisoformat(noted.answer_on))
        return {"noted": {"reference": noted.reference, "by_when": by_when}}


def _stored(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):  # corrected and pressed again, it is another question
        raise answer
    return 201, answer.id
