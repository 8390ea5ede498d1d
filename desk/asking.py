"""What a desk may ask about one visitor: the payloads, and the answers, each from one method of the front desk.

It decides nothing about visits; `live.py` says which desk a question is for.
"""

from datetime import date
from typing import Annotated

from flask_babel import gettext as _
from pydantic import Field, model_validator

from desk.at_work import AtDesk
from desk.staff import day_said
from desk.visitors import visitor
from reception.frontdesk import ANYONE, STEPS
from reception.keys import Holder
from reception.owing import Promised
from reception.refusals import Refusal
from reception.visit import Visit
from reception.web.sockets import Question, Text

Words = Annotated[str, Field(max_length=5000)]  # what is too long for the record, the front desk says in a sentence
Keys = Annotated[list[Text], Field(max_length=40)]
Party = Annotated[int, Field(ge=1, le=99)]
Days = Annotated[int, Field(ge=0, le=400)]


class Leaving(AtDesk):
    """`leaving` is whom the screen shows (an id, or null for nobody); not said, it means whoever is there."""

    leaving: Text | None = None

    @property
    def whom(self):
        return self.leaving if "leaving" in self.model_fields_set else ANYONE


class Call(Leaving):
    visit: Text | None = None
    number: Text | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def one_of_them(self):
        if bool(self.visit) == bool(self.number):
            raise ValueError("say either visit or number")
        return self


class WalkIn(Leaving):
    service: Text
    wait: bool = False
    needs: Keys = []


class OfVisit(AtDesk):
    visit: Text

    def more(self) -> dict:
        """What was asked besides whose visit and which desk."""
        return self.model_dump(exclude={"visit", "desk"}, exclude_unset=True)


class Cancel(OfVisit):
    reason: Text | None = None


class Promising(Question):
    """What happens next, by which team or owner, and by when (`owing.Promised`)."""

    what: Words
    team: Text | None = None
    owner: Text | None = None
    days: Days | None = None
    due_on: Text | None = None
    contact: Words = ""


class Finish(OfVisit):
    outcome: Text | None = None
    delivered: Keys = []
    party: Party | None = None
    note: Words = ""
    signposts: Keys = []
    promise: Promising | None = None
    reference: Words | None = None
    print_slip: bool = False
    and_next: bool = False


class Hold(OfVisit):
    minutes: int | None = None
    mine: bool = False
    reason: Text | None = None
    room: Text | None = None


class Transfer(OfVisit):
    service: Text | None = None
    to: Text | None = None
    later_minutes: int = 0
    come_back: bool = False
    reason: Text | None = None
    said: Words = ""


class Plan(OfVisit):
    to_come: Keys


class Offer(OfVisit):
    service: Text
    wanted: bool


class Note(OfVisit):
    """Only what is given changes; an empty text takes it away."""

    needs: Keys | None = None
    language: Words | None = None
    remark: Words | None = None
    note: Words | None = None
    party: Party | None = None
    reference: Words | None = None


class Reprint(OfVisit):
    """The ticket's slip again; no printer named: the one nearest to the desk."""

    printer: Text | None = None


class CheckIn(AtDesk):
    appointment: Text


class ByWhen(AtDesk):
    """When a promise of so many working days, or of a date, or of a team's usual days would be due."""

    days: Days | None = None
    due_on: Text | None = None
    team: Text | None = None


def _step(name: str):
    """A question that is one step of one visit."""

    def ask(self, asker: Holder, question: OfVisit) -> dict:
        step, desk = self.parts.frontdesk.step, self._desk(asker, question)
        return self._visit(step(name, visit=question.visit, by=asker.by, desk=desk, **question.more()))

    return ask


def _of_visit(name: str):
    """A question that is one method of the front desk about one visit."""

    def ask(self, asker: Holder, question: OfVisit) -> dict:
        change = getattr(self.parts.frontdesk, name)
        desk = self._desk(asker, question)
        return self._visit(change(visit=question.visit, by=asker.by, desk=desk, **question.more()))

    return ask


class AskingOfVisits:
    """The questions, for the desk's namespace."""

    of_visits = {
        **dict.fromkeys(STEPS, OfVisit),
        "cancel": Cancel,
        "call_next": Leaving,
        "call": Call,
        "walk_in": WalkIn,
        "finish": Finish,
        "hold": Hold,
        "transfer": Transfer,
        "plan": Plan,
        "offer": Offer,
        "note": Note,
        "reprint": Reprint,
        "flag_times": OfVisit,
        "check_in": CheckIn,
        "look_at": OfVisit,
        "by_when": ByWhen,
        "undo": AtDesk,
    }

    def call_next(self, asker: Holder, question: Leaving) -> dict:
        desk = self._desk(asker, question)
        return self._visit(self.parts.frontdesk.call_next(desk=desk, by=asker.by, leaving=question.whom))

    def call(self, asker: Holder, question: Call) -> dict:
        called = self.parts.frontdesk.call(
            desk=self._desk(asker, question),
            by=asker.by,
            visit=question.visit,
            number=question.number,
            reason=question.reason,
            leaving=question.whom,
        )
        return self._visit(called)

    def walk_in(self, asker: Holder, question: WalkIn) -> dict:
        issued = self.parts.frontdesk.walk_in(
            desk=self._desk(asker, question),
            service=question.service,
            by=asker.by,
            wait=question.wait,
            needs=question.needs,
            leaving=question.whom,
        )
        return {**self._visit(issued.visit), "ahead": issued.ahead}

    recall, start, not_here, resume = _step("recall"), _step("start"), _step("not_here"), _step("resume")
    return_to_line, reinstate = _step("return_to_line"), _step("reinstate")
    cancel, leave = _step("cancel"), _step("leave")
    hold, transfer, plan = _of_visit("hold"), _of_visit("transfer"), _of_visit("plan")
    offer, note = _of_visit("offer"), _of_visit("note")

    def finish(self, asker: Holder, question: Finish) -> dict:
        """The visit, or with `and_next` whoever was called; and what was promised, as the visitor is told it."""
        said = question.more()
        if question.promise:
            said["promise"] = Promised(**question.promise.model_dump(exclude_unset=True))
        desk = self._desk(asker, question)
        visit = self.parts.frontdesk.finish(visit=question.visit, by=asker.by, desk=desk, **said)
        promised = question.promise and self._promised(self.parts.frontdesk.promises_of(question.visit)[-1])
        return {**self._visit(visit), "promised": promised}

    def reprint(self, asker: Holder, question: Reprint) -> dict:
        """The visit, and the name of the printer where its slip comes out."""
        desk, frontdesk = self._desk(asker, question), self.parts.frontdesk
        printer = question.printer or frontdesk.nearest_printer(desk)
        visit = frontdesk.reprint(visit=question.visit, by=asker.by, desk=desk, printer=printer)
        return {**self._visit(visit), "slip_at": self.parts.settings.printer[printer].name}

    def flag_times(self, asker: Holder, question: OfVisit) -> dict:
        return self._visit(self.parts.frontdesk.flag_times(visit=question.visit, by=asker.by))

    def check_in(self, asker: Holder, question: CheckIn) -> dict:
        """Somebody with an appointment, who came to the desk instead of the kiosk."""
        asked = {"appointment": question.appointment, "desk": self._desk(asker, question)}
        issued = self.parts.frontdesk.check_in(**asked, by=asker.by, channel="desk", greeted=True, anyway=True)
        return {**self._visit(issued.visit), "ahead": issued.ahead}

    def look_at(self, asker: Holder, question: OfVisit) -> dict:
        """One visitor, with what is known of them; it changes nothing."""
        _newest, room = self.parts.frontdesk.look()
        if question.visit not in room.visits:
            raise Refusal("unknown_visit", status=404, visit=question.visit)
        return self._visit(room.visits[question.visit])

    def by_when(self, asker: Holder, question: ByWhen) -> dict:
        due_on = self.parts.frontdesk.by_when(team=question.team, days=question.days, due_on=question.due_on)
        words = day_said(date.fromisoformat(due_on))
        if not self.parts.frontdesk.works_on(due_on):
            words = _("%(day)s, when the office is closed", day=words)
        return {"due_on": due_on, "words": words}

    def undo(self, asker: Holder, question: AtDesk) -> dict:
        undone = self.parts.frontdesk.undo(by=asker.by, desk=self._desk(asker, question))
        return {"visits": [self._visit(visit)["visit"] for visit in undone]}

    def _visit(self, visit: Visit | None) -> dict:
        if visit is None:
            return {"visit": None}
        room = self.parts.frontdesk.look()[1]
        return {"visit": visitor(visit, self.parts.settings, room.told.get(visit.id, {}), self.parts.keys.name_of)}

    def _promised(self, promise) -> dict:
        """What to tell the visitor, in parts; what was promised they have just said themselves."""
        team = self.parts.settings.team.get(promise.team)
        return {
            "reference": promise.reference,
            "by_when": day_said(date.fromisoformat(promise.due_on)),
            "team": team and team.name,
            "phone": team and team.phone,
        }
