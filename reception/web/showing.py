"""One showing of a form that makes something new: posted twice with the same words, it makes it once. Other words in
the same form, as after going back in the browser, are something new.
"""

from secrets import token_urlsafe

from flask import request

from reception.door import Once
from reception.identifiers import digest
from reception.refusals import Refusal
from reception.web.saying import typed

LONGEST = 60


def showing() -> str:
    """What the form's hidden field holds: a refused one stays the same showing."""
    return typed("showing", LONGEST) or token_urlsafe(12)


def once(asker, what: str) -> Once | None:
    """The posted form as a question with one answer, the id of what was made; None without a showing."""
    if not typed("showing", LONGEST):
        return None
    said = sorted((name, text) for name, text in request.form.items() if name != "csrf_token")
    return Once(asker.id, f"{what} {digest(repr(said))}", _stored)


def _stored(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):  # corrected and sent again, the form is another question
        raise answer
    return 201, answer.id
