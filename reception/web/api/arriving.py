"""Arriving over the API: a ticket for a service, and the check-in of somebody with an appointment."""

from contextlib import nullcontext
from typing import Annotated

from pydantic import Field, model_validator

from reception.keys import SCREENS
from reception.refusals import Refusal
from reception.web.api import pictures
from reception.web.api.asking import GIVERS, post
from reception.web.api.shapes import Keys, Party, Question, Text, Ticket, Words
from reception.web.parts import here

OF_STAFF = ("remark", "greeted", "appointment", "anyway")  # what a kiosk cannot say


class Arriving(Question):
    needs: Annotated[Keys, Field(description="Keys of the office's needs")] = []
    language: Annotated[Text | None, Field(description="The interpreter's")] = None
    reads: Annotated[Text | None, Field(description="The tag of an offered language, for slip and phone")] = None
    remark: Annotated[Words, Field(description="What staff should see before the call. Not for kiosks' keys.")] = ""
    print: Annotated[bool | None, Field(description="Print a slip. Without it: only for kiosks' keys.")] = None
    greeted: Annotated[bool, Field(description="A person has told them their number. Not for kiosks' keys.")] = False


class NewTicket(Arriving):
    service: Text
    party: Party = None
    to_come: Annotated[Keys, Field(description="Further services of the same visit")] = []


class CheckIn(Arriving):
    """By `reference`, by `postcode` and `initial` together, or (staff) by the appointment's id."""

    reference: Text | None = None
    postcode: Text | None = None
    initial: Text | None = None
    appointment: Text | None = None
    anyway: Annotated[bool, Field(description="However early they are. Not for kiosks' keys.")] = False

    @model_validator(mode="after")
    def _one_of_them(self):
        by_postcode = None if self.postcode is None and self.initial is None else (self.postcode and self.initial)
        if sum(said is not None for said in (self.reference, self.appointment, by_postcode)) != 1 or by_postcode == "":
            raise ValueError("give either reference, or postcode and initial, or appointment")
        return self


def ticket_said(parts, issued, _path):
    return 201, pictures.ticket(parts, issued)


@post("/api/tickets", roles=GIVERS, question=NewTicket, answers={201: Ticket}, word=ticket_said)
def issue(asker, asked, once):
    """Gives a ticket for a service."""
    return here().frontdesk.issue(**_said(asker, asked), once=once)


@post("/api/check-in", roles=GIVERS, question=CheckIn, answers={201: Ticket}, word=ticket_said)
def check_in(asker, asked, once):
    """Somebody with an appointment is here. However often it is asked, they have one ticket. A kiosk's key has only so
    many tries that find nobody."""
    with here().guesses.at_appointments(asker.id) if asker.role in SCREENS else nullcontext():
        return here().frontdesk.check_in(**_said(asker, asked), once=once)


def _said(asker, asked: Arriving) -> dict:
    """What was said, with who asks and where the slip comes out."""
    kiosk = asker.role in SCREENS
    if kiosk and asked.model_fields_set & {*OF_STAFF}:
        raise Refusal("not_allowed", status=403)
    wanted = kiosk if asked.print is None else asked.print
    return {
        **{name: value for name, value in asked.given("print").items() if value is not None},
        "by": asker.by,
        "channel": "kiosk" if kiosk else "api",
        "printer": here().settings.printer_of(asker.name) if wanted else None,
    }
