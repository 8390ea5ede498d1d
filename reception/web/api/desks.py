"""Desks over the API: Next and who it would be, calls, walk-ins, undo; opening, pausing, handing over, help."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reception.frontdesk import ANYONE
from reception.rulings import line_rules
from reception.things import Desk as Row
from reception.web.api import pictures
from reception.web.api.arriving import ticket_said
from reception.web.api.asking import CALLERS, get, post
from reception.web.api.shapes import Answer, Instant, Keys, KnownVisit, Question, Reason, Text, Ticket, Visit
from reception.web.parts import here
from reception.web.why import sentence


class Leaving(Question):
    leaving: Annotated[
        Text | None,
        Field(description="The visit your screen shows at the desk, or null for nobody; wrong, nothing is done."),
    ] = None

    @property
    def whom(self):
        return self.leaving if "leaving" in self.model_fields_set else ANYONE


class Call(Leaving):
    """Exactly one of `visit` and `number`; a reason where somebody else would be next."""

    visit: Text | None = None
    number: Text | None = None
    reason: Reason = None

    @model_validator(mode="after")
    def _one_of_them(self):
        if (self.visit is None) == (self.number is None):
            raise ValueError("give either visit or number")
        return self


class WalkIn(Leaving):
    service: Text
    wait: Annotated[bool, Field(description="Give a place in the line instead of helping them at once.")] = False
    needs: Keys = []


class OpenDesk(Question):
    take_over: Annotated[bool, Field(description="Also a desk that somebody else has open.")] = False


class PauseDesk(Question):
    reason: Reason = None


class HandOver(Question):
    to: Annotated[Text, Field(description='Who sits down here: "person:ID"')]


class Help(Question):
    step: Annotated[
        Literal["ask", "answer", "end"],
        Field(description='"ask" at this desk, "answer" (I am coming) from anywhere, "end" by whoever asked'),
    ]


class DeskState(Answer):
    key: str
    name: str
    state: Literal["open", "paused", "closed"]
    since_at: Instant


class PlainDesk(DeskState):
    services: list[str]


class HelpCalled(Answer):
    since_at: Instant
    by: Annotated[str, Field(description="Who called")]
    coming: Annotated[str | None, Field(description="Who is coming")]


class StaffedDesk(DeskState):
    person: Annotated[str | None, Field(description='Who has it open: "person:ID" or "key:ID"')]
    reason: Annotated[str | None, Field(description="Why it is paused: a key of the office's reasons")]
    help: HelpCalled | None


class Desk(StaffedDesk, PlainDesk):
    """What the desk takes is as managers decided today."""


class Desks(Answer):
    step: int
    now: Instant
    desks: list[Desk]


class Why(Answer):
    key: Literal["kept_for_you", "head_start", "longest"]
    sentence: str
    waited_ms: int
    klass: Annotated[str | None, Field(alias="class", description="The class whose head start counts")]
    head_start_ms: int
    passed: Annotated[int, Field(description="How many whom the desk could help have waited longer")]


class Next(Answer):
    """Whom Next would call now, and why; both null when nobody it can help waits."""

    visit: KnownVisit | None
    why: Why | None


def visit_said(parts, visit, _path):
    return (200, pictures.shown(parts.settings, visit)) if visit else (204, None)


def undone_said(parts, visits, path):
    """Of what the press touched, the visit asked about; at a desk, the one it was pressed for."""
    asked = next((visit for visit in visits if visit.id == path.get("visit")), None)
    found = asked or (visits[0] if visits else parts.store.visit(parts.settings.office.key, path["visit"]))
    return 200, pictures.shown(parts.settings, found)


def _desk_said(parts, desk, _path):
    return 200, pictures.staffed(parts.settings, desk)


# -- the visitors ------------------------------------------------------------------------------------------------


@get("/api/desks/<desk>/next", roles=CALLERS, answers={200: Next})
def who_is_next(asker, asked, desk):
    """Whom Next would call at the desk now, and why in a sentence."""
    parts = here()
    parts.settings.find_desk(desk)
    _newest, room = parts.frontdesk.look()
    line = parts.frontdesk.line(room)
    visit = line.next_for(desk)
    if visit is None:
        return {"visit": None, "why": None}
    why = line.why(visit, desk)
    return {
        "visit": pictures.with_known(parts, visit, room.told.get(visit.id, {}), line),
        "why": {
            "key": why.key,
            "sentence": sentence(why),
            "waited_ms": why.waited_ms,
            "class": why.klass,
            "head_start_ms": why.head_start_ms,
            "passed": why.passed,
        },
    }


@post("/api/desks/<desk>/next", roles=CALLERS, question=Leaving, answers={200: Visit, 204: None}, word=visit_said)
def call_next(asker, asked, once, desk):
    """Finishes whoever is at the desk and calls who is next for it; 204 when nobody it can help waits."""
    return here().frontdesk.call_next(desk=desk, by=asker.by, leaving=asked.whom, once=once)


@post("/api/desks/<desk>/call", roles=CALLERS, question=Call, answers={200: Visit}, word=visit_said)
def call_at(asker, asked, once, desk):
    """Calls this visitor to the desk, by id or by number; out of turn with a reason."""
    said = asked.given("leaving")
    return here().frontdesk.call(desk=desk, by=asker.by, leaving=asked.whom, once=once, **said)


@post("/api/desks/<desk>/walk-in", roles=CALLERS, question=WalkIn, answers={201: Ticket}, word=ticket_said)
def walk_in(asker, asked, once, desk):
    """Helps somebody without a ticket at once, or gives them a place in the line."""
    said = asked.given("leaving")
    return here().frontdesk.walk_in(desk=desk, by=asker.by, leaving=asked.whom, once=once, **said)


@post("/api/desks/<desk>/undo", roles=CALLERS, answers={200: Visit}, word=undone_said)
def undo_at(asker, asked, once, desk):
    """Takes back the last press at the desk, waits untouched."""
    return here().frontdesk.undo(desk=desk, by=asker.by, once=once)


# -- the desk itself ---------------------------------------------------------------------------------------------


@get("/api/desks", roles=CALLERS, answers={200: Desks})
def desks(asker, asked):
    """Every desk: what it takes today, who has it open, why it is paused, whether it calls for help."""
    parts = here()
    newest, room = parts.frontdesk.look()
    takes = line_rules(parts.settings, room).desks
    rows = [room.desks.get(part.key, Row(part.key)) for part in parts.settings.desks]
    shown = [
        {**pictures.desk(parts.settings, row, takes[row.key]), **pictures.staffed(parts.settings, row)} for row in rows
    ]
    return {"step": newest, "now": room.at, "desks": shown}


@post("/api/desks/<desk>/open", roles=CALLERS, question=OpenDesk, answers={200: StaffedDesk}, word=_desk_said)
def open_desk(asker, asked, once, desk):
    """Opens the desk."""
    return _set(asker, asked, once, desk, "open")


@post("/api/desks/<desk>/pause", roles=CALLERS, question=PauseDesk, answers={200: StaffedDesk}, word=_desk_said)
def pause_desk(asker, asked, once, desk):
    """Pauses the desk, with a reason from the office's list."""
    return _set(asker, asked, once, desk, "paused")


@post("/api/desks/<desk>/close", roles=CALLERS, answers={200: StaffedDesk}, word=_desk_said)
def close_desk(asker, asked, once, desk):
    """Closes the desk; not while somebody is at it."""
    return _set(asker, asked, once, desk, "closed")


@post("/api/desks/<desk>/hand-over", roles=CALLERS, question=HandOver, answers={200: StaffedDesk}, word=_desk_said)
def hand_over(asker, asked, once, desk):
    """The end of a shift: somebody else sits down here, and whoever is at the desk stays."""
    return here().frontdesk.hand_over(desk=desk, by=asker.by, to=asked.to, once=once)


@post("/api/desks/<desk>/help", roles=CALLERS, question=Help, answers={200: StaffedDesk}, word=_desk_said)
def call_for_help(asker, asked, once, desk):
    """The silent call for help: nothing of it is ever said in the lobby."""
    return here().frontdesk.help(desk=desk, by=asker.by, step=asked.step, once=once)


def _set(asker, asked, once, desk, state):
    return here().frontdesk.set_desk(desk=desk, state=state, by=asker.by, once=once, **asked.given())
