"""The greeter's page and its socket: somebody standing in the lobby with a tablet, who welcomes, checks in and helps.

Each question is a method or two of the front desk; the picture is `lobby.py`'s. It decides nothing about visits.
"""

from typing import Annotated

from flask import render_template
from pydantic import Field

from desk import lobby
from desk.bookings import Bookings, may_change
from desk.staff import blueprint, printer_named, said_to_staff
from reception.door import Answered, Once
from reception.frontdesk import Issued
from reception.identifiers import digest
from reception.keys import Holder
from reception.refusals import Refusal, StoreFault
from reception.web.access import only
from reception.web.parts import here
from reception.web.sockets import Face, Question, Text

Keys = Annotated[list[Text], Field(max_length=40)]
Words = Annotated[str, Field(max_length=2_000)]  # the front desk says how many it keeps
Party = Annotated[int, Field(ge=1, le=99)]


@blueprint.get("/greeter", strict_slashes=False)
@only("greeter")
def greeter(asker):
    return render_template("desk/greeter.html", asker=asker, settings=here().settings)


class OfVisit(Question):
    visit: Text


class Find(Question):
    """By `number`, however it is typed, or by its id; today's alone."""

    visit: Text | None = None
    number: Text | None = None


class Arrives(Question):
    """What is known of somebody who comes in; `printer` none: no paper."""

    needs: Keys = []
    language: Words = ""
    remark: Words = ""
    printer: Text | None = None


class Greet(Arrives):
    """`showing` is a random id of one showing of the form: with the same words it gives one number, however often it
    is pressed."""

    service: Text
    party: Party | None = None
    to_come: Keys = []
    showing: Text | None = None


class CheckIn(Arrives):
    reference: Text = ""
    postcode: Text = ""
    initial: Text = ""
    appointment: Text | None = None
    anyway: bool = False


class Note(OfVisit):
    """Only what is given changes."""

    needs: Keys | None = None
    language: Words | None = None
    remark: Words | None = None
    party: Party | None = None
    to_come: Keys | None = None


class Cancel(OfVisit):
    reason: Text | None = None


class Reprint(OfVisit):
    """The ticket's slip again; no printer named: the first."""

    printer: Text | None = None


def _step(name: str):
    def ask(self, asker: Holder, question: OfVisit) -> dict:
        reason = getattr(question, "reason", None)
        return self._shown(self.parts.frontdesk.step(name, visit=question.visit, by=asker.by, reason=reason))

    return ask


class Greeter(Face):
    """/greeter: for whoever may use a desk. Also tells the lists of appointments and promises to look again."""

    face = "greeter"
    picture_name = "greeter"
    expects = True
    questions = {
        "greet": Greet,
        "check_in": CheckIn,
        "find": Find,
        "note": Note,
        "acknowledge": OfVisit,
        "reinstate": OfVisit,
        "leave": OfVisit,
        "cancel": Cancel,
        "take_back": OfVisit,
        "reprint": Reprint,
    }

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self.bookings = Bookings(parts)

    # -- questions ----------------------------------------------------------------------------------------------

    def greet(self, asker: Holder, question: Greet) -> dict:
        words = digest(repr(sorted(question.model_dump().items())))  # changed, the form is another question
        once = question.showing and Once(asker.id, f"greeting {words}", _stored)
        asked = question.model_dump(exclude={"showing", "printer"})
        try:
            issued = self.parts.frontdesk.issue(
                **asked,
                by=asker.by,
                channel="greeter",
                printer=printer_named(question.printer),
                greeted=True,
                once=once or None,
            )
        except Answered as before:
            return self.find(asker, Find(visit=before.body))
        return self._shown(issued.visit)

    def check_in(self, asker: Holder, question: CheckIn) -> dict:
        asked = question.model_dump(exclude={"printer"})
        printer = printer_named(question.printer)
        return self._shown(
            self.parts.frontdesk.check_in(**asked, by=asker.by, channel="greeter", printer=printer, greeted=True).visit
        )

    def find(self, asker: Holder, question: Find) -> dict:
        store, office = self.parts.store, self.parts.frontdesk.office
        if question.visit:
            found = store.visit(office, question.visit)
        else:
            found = self.parts.frontdesk.numbered(question.number or "")
        if not found:
            raise Refusal("unknown_visit", status=404)
        return self._shown(found)

    def note(self, asker: Holder, question: Note) -> dict:
        known = question.model_dump(exclude={"visit", "to_come"}, exclude_none=True)
        noted = self.parts.frontdesk.note(visit=question.visit, by=asker.by, **known)
        wanted = question.to_come
        if wanted is not None and wanted != [leg for leg in noted.to_come.split() if "@" not in leg]:
            noted = self.parts.frontdesk.plan(visit=question.visit, by=asker.by, to_come=wanted)
        return self._shown(noted)

    def acknowledge(self, asker: Holder, question: OfVisit) -> dict:
        self.parts.frontdesk.acknowledge(visit=question.visit, how="greeted", by=asker.by)
        return self.find(asker, Find(visit=question.visit))

    reinstate, leave, cancel = _step("reinstate"), _step("leave"), _step("cancel")

    def take_back(self, asker: Holder, question: OfVisit) -> dict:
        """Undoes the asker's own last press; a greeting taken back cancels its number. What a desk did since stays."""
        self.parts.frontdesk.undo(visit=question.visit, by=asker.by, own=True)
        return self.find(asker, Find(visit=question.visit))

    def reprint(self, asker: Holder, question: Reprint) -> dict:
        frontdesk = self.parts.frontdesk
        return self._shown(frontdesk.reprint(visit=question.visit, by=asker.by, printer=question.printer))

    def worded(self, refusal: Refusal | StoreFault) -> str:
        return said_to_staff(refusal)

    def _shown(self, visit) -> dict:
        room = self.parts.frontdesk.look()[1]
        visit = room.visits.get(visit.id, visit)
        known = self.parts.store.particulars(visit.office, [visit.id]).get(visit.id, {})
        line = self.parts.frontdesk.line(room)
        return {"visitor": lobby.visitor(visit, self.parts, line, known)}

    # -- news ---------------------------------------------------------------------------------------------------

    def momentary(self, news) -> None:
        """A promise or an appointment changed: the lists that other pages show are to be looked at again."""
        self.bookings.hear(news)
        if may_change(news):
            self.emit("look_again", {}, room=self.parts.settings.office.key)

    def picture(self, asker: Holder | None) -> dict:
        newest, room = self.parts.frontdesk.look()
        line, settings = self.parts.frontdesk.line(room), self.parts.settings
        shown = lobby.lobby(self.parts, newest, room, line)
        return {**shown, **lobby.expected(settings, self.bookings.of(room.day), room.at)}


def _stored(answer: Issued | Refusal) -> tuple[int, str]:
    if isinstance(answer, Refusal):  # corrected and pressed again, it is another question
        raise answer
    return 201, answer.visit.id
