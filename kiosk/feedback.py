"""How it went, told at a kiosk in three touches; part of its socket (kiosk/live.py).

    give_feedback {kind, theme, showing}   -> {reference, by, qr, said_and_did}
                 `by` says until when a complaint is looked into, in words, or null; `qr` is the code of a page where
                 its words can be added; `said_and_did` something that was changed because people said so, or null.
                 One `showing` is noted once, however often it is asked.

No ticket is asked for or changed, and nothing is typed.
"""

import json

from reception.door import Answered, Once
from reception.refusals import Refusal, StoreFault
from reception.web.noted import by_words, link, said_and_did
from reception.web.qr import qr
from reception.web.sockets import Question, Text


class Feedback(Question):
    kind: Text
    theme: Text
    showing: Text


class Telling:
    """For the kiosk's namespace."""

    of_feedback = {"give_feedback": Feedback}

    def give_feedback(self, asker, question: Feedback) -> dict:
        once = Once(holder=asker.id, key=f"feedback {question.showing}", word=_stored)
        try:
            made = self.parts.frontdesk.give_feedback(
                kind=question.kind,
                theme=question.theme,
                source="kiosk",
                by=asker.by,
                language=self._reads(),
                once=once,
            )
            noted = _noted(made)
        except Answered as before:
            noted = json.loads(before.body)
        except StoreFault as fault:
            raise Refusal("feedback_away") from fault
        return {
            "reference": noted["reference"],
            "by": by_words(noted["answer_on"], reached=False),
            "qr": qr(link(noted["id"])),
            "said_and_did": said_and_did(question.theme),
        }


def _noted(made) -> dict:
    return {"id": made.id, "reference": made.reference, "answer_on": made.answer_on}


def _stored(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):
        raise answer
    return 201, json.dumps(_noted(answer))
