"""One visit over the API: looking at it and at the line, and every step between its call and its end."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from reception.frontdesk import STEPS
from reception.owing import Promised
from reception.refusals import Refusal
from reception.visit import OUTCOMES
from reception.web.api import pictures
from reception.web.api.asking import CALLERS, MANAGERS, get, post
from reception.web.api.desks import Leaving, undone_said, visit_said
from reception.web.api.owed import Promise
from reception.web.api.shapes import (
    Answer,
    AtDesk,
    Instant,
    Keys,
    KnownVisit,
    Nothing,
    Party,
    Question,
    Reason,
    Text,
    Visit,
    Whom,
    Words,
    plain,
)
from reception.web.parts import here

Minutes = Annotated[int, Field(ge=0, le=24 * 60)]
Reference = Annotated[
    Annotated[str, Field(max_length=5000)] | None,
    Field(description="The council's own, of the matter, where the office keeps them; only a keyed digest is stored"),
]
STEP_NAMES = tuple(STEPS)  # what <step> may be; hyphens do as well as underscores


class CallTo(Leaving):
    desk: Text
    reason: Reason = None


class Step(Question):
    desk: AtDesk = None
    reason: Annotated[Text | None, Field(description="Why a visit is cancelled: a key of the office's reasons")] = None


class Finish(Question):
    """What came of it. Where more services are to come, the visit goes on with the next, unless they left."""

    desk: AtDesk = None
    outcome: Literal[OUTCOMES] | None = None
    delivered: Annotated[Keys, Field(description="Services that were given; without it, the visit's own")] = []
    party: Party = None
    note: Annotated[Words, Field(description="For staff; deleted after some days")] = ""
    signposts: Annotated[Keys, Field(description="Other bodies they were told of (/api/choices)")] = []
    promise: Annotated[Promise | None, Field(description="What happens next and by when")] = None
    reference: Reference = None
    print: Annotated[bool, Field(description="Print what was promised, at the nearest printer")] = False
    and_next: Annotated[bool, Field(description="Call the next as well, and answer with them")] = False


class Hold(Question):
    desk: AtDesk = None
    minutes: Annotated[Minutes | None, Field(description="Then they are in the line again by themselves")] = None
    mine: Annotated[bool, Field(description="Keep them for you alone")] = False
    reason: Reason = None
    room: Annotated[Text | None, Field(description="Where they wait: a key of the office's rooms")] = None


class Transfer(Question):
    """To a service, a desk or a person."""

    desk: AtDesk = None
    service: Text | None = None
    to: Whom = None
    later_minutes: Annotated[Minutes, Field(description="How long they wait first")] = 0
    come_back: Annotated[bool, Field(description="Bring them back to you afterwards")] = False
    reason: Reason = None
    said: Annotated[Words, Field(description="What the next receptionist should know")] = ""


class VisitPlan(Question):
    desk: AtDesk = None
    to_come: Annotated[Keys, Field(description="The further services of this visit, in order")]


class Offer(Question):
    desk: AtDesk = None
    service: Text
    wanted: bool


class Note(Question):
    """Only what is given changes; an empty text takes it away."""

    desk: AtDesk = None
    needs: Keys = []
    language: Annotated[str, Field(max_length=60), AfterValidator(plain)] = ""
    remark: Annotated[Words, Field(description="What staff should see before the call")] = ""
    note: Annotated[Words, Field(description="For staff; deleted after some days")] = ""
    party: Party = None
    reference: Reference = None


class Reprint(Question):
    desk: AtDesk = None
    printer: Annotated[Text | None, Field(description="A printer's key (/health); without it, the desk's nearest")] = (
        None
    )


class Times(Question):
    """Instants to put right. They stay in order, on the visit's own day."""

    arrived_at: Instant | None = None
    first_called_at: Instant | None = None
    seen_at: Instant | None = None
    ended_at: Instant | None = None

    @model_validator(mode="after")
    def _some(self):
        if None in self.given().values() or not self.given():
            raise ValueError("give at least one instant")
        return self


class Line(Answer):
    """Everyone open: at desks, then waiting in calling order, then on hold or called and not there."""

    step: Annotated[int, Field(description="The office's newest step: a larger one is newer")]
    now: Instant
    visits: list[KnownVisit]


@get("/api/line", roles=CALLERS, answers={200: Line})
def line(asker, asked):
    """Everyone open: at desks, then waiting in calling order, then on hold or called and not there."""
    newest, room = here().frontdesk.look()
    return {
        "step": newest,
        "now": room.at,
        "visits": pictures.everyone(here(), room, here().frontdesk.line(room)),
    }


@get("/api/visits/<visit>", roles=CALLERS, answers={200: KnownVisit})
def visit(asker, asked, visit):
    """One visit, open or ended, with what staff know of the visitor."""
    store, office = here().store, here().settings.office.key
    found = store.visit(office, visit)
    if found is None:
        raise Refusal("unknown_visit", status=404, visit=visit)
    line = here().frontdesk.line(here().frontdesk.look()[1])
    return pictures.with_known(here(), found, store.particulars(office, [visit]).get(visit, {}), line)


@post("/api/visits/<visit>/call", roles=CALLERS, question=CallTo, answers={200: Visit}, word=visit_said)
def call_visit(asker, asked, once, visit):
    """Calls this visitor to a desk; out of turn with a reason."""
    return here().frontdesk.call(visit=visit, by=asker.by, leaving=asked.whom, once=once, **asked.given("leaving"))


@post("/api/visits/<visit>/undo", roles=CALLERS, question=Nothing, answers={200: Visit}, word=undone_said)
def undo_visit(asker, asked, once, visit):
    """Takes back the last press that changed this visit, waits untouched."""
    return here().frontdesk.undo(visit=visit, by=asker.by, once=once)


@post("/api/visits/<visit>/finish", roles=CALLERS, question=Finish, answers={200: Visit, 204: None}, word=visit_said)
def finish(asker, asked, once, visit):
    """Ends the visit, or its leg. 204: `and_next` was asked, and nobody the desk can help waits."""
    said = asked.given("promise", "print")
    promise = Promised(**asked.promise.given()) if asked.promise else None
    return here().frontdesk.finish(visit=visit, by=asker.by, once=once, promise=promise, print_slip=asked.print, **said)


@post("/api/visits/<visit>/hold", roles=CALLERS, question=Hold, answers={200: Visit}, word=visit_said)
def hold(asker, asked, once, visit):
    """Sets the visitor aside for some minutes."""
    return here().frontdesk.hold(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/transfer", roles=CALLERS, question=Transfer, answers={200: Visit}, word=visit_said)
def transfer(asker, asked, once, visit):
    """Sends the visitor on to a service, a desk or a person; the wait's clock goes on."""
    return here().frontdesk.transfer(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/plan", roles=CALLERS, question=VisitPlan, answers={200: Visit}, word=visit_said)
def plan(asker, asked, once, visit):
    """The further services of this visit, each a leg of its own when the one before ends."""
    return here().frontdesk.plan(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/offer", roles=CALLERS, question=Offer, answers={200: Visit}, word=visit_said)
def offer(asker, asked, once, visit):
    """ "You may also want": another service was offered, and taken as a further leg if it is wanted."""
    return here().frontdesk.offer(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/note", roles=CALLERS, question=Note, answers={200: Visit}, word=visit_said)
def note(asker, asked, once, visit):
    """What staff should know of the visitor, or keep of the visit."""
    return here().frontdesk.note(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/reprint", roles=CALLERS, question=Reprint, answers={200: Visit}, word=visit_said)
def reprint(asker, asked, once, visit):
    """Prints the ticket's slip again, marked, with the same number; what still waits of it elsewhere is dropped."""
    return here().frontdesk.reprint(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/flag-times", roles=CALLERS, answers={200: Visit}, word=visit_said)
def flag_times(asker, asked, once, visit):
    """Says that the visit's times are wrong."""
    return here().frontdesk.flag_times(visit=visit, by=asker.by, once=once)


@post("/api/visits/<visit>/correct", roles=MANAGERS, question=Times, answers={200: Visit}, word=visit_said)
def correct(asker, asked, once, visit):
    """Puts times right; the record keeps what was there."""
    return here().frontdesk.correct(visit=visit, by=asker.by, once=once, **asked.given())


@post("/api/visits/<visit>/<step>", roles=CALLERS, question=Step, answers={200: Visit}, word=visit_said)
def step(asker, asked, once, visit, step):
    """Takes any other step of an open visit."""
    return here().frontdesk.step(step.replace("-", "_"), visit=visit, by=asker.by, once=once, **asked.given())
