"""What a visitor may ask on their own page: to come later, to be in the line again, to leave it.

Each is one method of the front desk and reaches the link's own visit alone. It is the same by the page's socket and,
where a browser runs no scripts, by its forms.
"""

from typing import Annotated

from pydantic import Field

from phone.place import visit_of
from reception.refusals import Refusal
from reception.web.sockets import Question


class Late(Question):
    minutes: Annotated[int, Field(ge=1, le=1_000)]


QUESTIONS = {"tell_late": Late, "tell_here": Question, "leave": Question}


def ask(parts, token: str, name: str, **said) -> None:
    """Does what was asked, for the visit of this link; a Refusal where it does not fit or the link has ended."""
    visit = visit_of(parts, token)
    if visit is None:
        raise Refusal("page_ended", status=404)
    desk = parts.frontdesk
    do = {"tell_late": desk.tell_late, "tell_here": desk.tell_here, "leave": desk.leave_line}[name]
    do(visit=visit.id, **said)
