"""What a kiosk asks and hears: a ticket for each showing of its screens, people ahead, and what became of the slip.

    kiosk   what the screen shows (kiosk/picture.py)
    slip    what became of a ticket's paper, and what may be answered: kiosk/paper.py
    to_print {printer}   a slip waits for a printer that the kiosk's own machine drives (docs/keeper.md)

It decides nothing about the queue.
"""

import json
import time
from contextlib import suppress
from typing import Annotated

from flask import request
from flask_babel import gettext as _
from pydantic import Field

from kiosk.feedback import Telling
from kiosk.paper import Paper
from kiosk.picture import picture
from kiosk.ticket import expects, ticket, worded
from reception.appointments.match import wanted
from reception.arriving import Issued
from reception.door import Answered, Once
from reception.printing.wording import LARGE_PRINT
from reception.refusals import Refusal, StoreFault
from reception.web.qr import qr
from reception.web.sockets import Face, Question, Text

DOORS = 5.0  # seconds between looking whether something has changed by the clock alone


class Giving(Question):
    """`showing` is a random id of one showing of the screens: it gives one ticket, whatever is pressed and how often.
    `needs` and `language` are keys of the settings. `larger`: the text was made larger, so the slip's is, too."""

    showing: Text | None = None
    larger: bool = False
    needs: Annotated[list[Text], Field(max_length=20)] = []
    language: Text = ""


class Issue(Giving):
    service: Text
    party: Annotated[int, Field(ge=1, le=99)] | None = None


class CheckIn(Giving):
    """A reference, typed or read from a code (which may be an address), or a postcode and an initial."""

    reference: Annotated[str, Field(max_length=500)] = ""
    postcode: Text = ""
    initial: Text = ""


class Shown(Question):
    visit: Text


class Online(Question):
    """`taken`: somebody goes on with it; else it was shown."""

    service: Text
    taken: bool


class Signposted(Question):
    """`showing` as a ticket's: one slip of each signpost, however often it is pressed."""

    signpost: Text
    showing: Text


class Speaking(Question):
    on: bool


class Kiosk(Telling, Paper, Face):
    face = "kiosk"
    picture_name = "kiosk"
    expects = True
    for_visitors = True
    repeats = False
    questions = {
        "issue": Issue,
        "check_in": CheckIn,
        "shown": Shown,
        "online": Online,
        "signpost": Signposted,
        "speaking": Speaking,
        **Telling.of_feedback,
        **Paper.of_slips,
    }
    shared = False  # a lock is for one kiosk
    watching = False

    # -- questions ----------------------------------------------------------------------------------------------

    def issue(self, asker, question: Issue) -> dict:
        """`{ticket}` (kiosk/ticket.py); its slip is a print job by then."""
        ask = self.parts.frontdesk.issue
        return self._give(asker, question, ask, service=question.service, party=question.party)

    def check_in(self, asker, question: CheckIn) -> dict:
        """`{ticket}` of somebody with an appointment. Wrong tries are counted, and after some nobody is let in here."""
        meant = {"postcode": question.postcode, "initial": question.initial}
        if question.reference:
            meant = {"reference": wanted(question.reference).reference}
        with self.parts.guesses.at_appointments(asker.id):
            return self._give(asker, question, self.parts.frontdesk.check_in, **meant)

    def shown(self, asker, question: Shown) -> dict:
        """The number stands on the screen. Answers with the QR code of the visitor's own page, which can wait."""
        self.parts.frontdesk.acknowledge(visit=question.visit, how="shown", by=asker.by)
        self.tell_of_trouble(asker, question.visit)
        visit = self.parts.store.visit(self.parts.settings.office.key, question.visit)
        url = self.parts.frontdesk.url(visit)
        return {"qr": qr(url) if url else None}

    def online(self, asker, question: Online) -> None:
        self.parts.frontdesk.offer_online(service=question.service, taken=question.taken, by=asker.by)

    def signpost(self, asker, question: Signposted) -> dict:
        """`{sentence}`: what becomes of the slip with how to reach somebody else."""
        once = Once(holder=asker.id, key=f"signpost {question.showing} {question.signpost}", word=_nothing)
        printer = self.own_printer(asker)
        with suppress(Answered):
            self.parts.frontdesk.give_signpost(
                signpost=question.signpost, by=asker.by, printer=printer, reads=self._reads(), once=once
            )
        return {"sentence": _("Please take your slip. If there is none, take a photo of this screen.")}

    def speaking(self, asker, question: Speaking) -> None:
        """It speaks to somebody, or has ended: the boards beside it are silent meanwhile."""
        if board := self.parts.faces.get("/display"):
            board.hush(asker, question.on)

    def on_disconnect(self, reason=None) -> None:
        asker = self.askers.get(request.sid)
        super().on_disconnect(reason)
        if asker:
            self.speaking(asker, Speaking(on=False))  # whoever it spoke to has gone, or hears nothing any more

    def worded(self, refusal) -> str:
        # What ails the server is no visitor's business; that nothing was lost and who can help is.
        if isinstance(refusal, StoreFault):
            return _("No number can be given at the moment, and none was. Please ask a member of staff.")
        if refusal.key == "too_many_guesses":
            return _("Nobody can check in at this screen for a while: too many appointments were not found.")
        if refusal.key in ("reprint_by_staff", "slip_is_printing"):
            return _("Please ask a member of staff.")
        if refusal.key == "appointment_not_found":
            return _("We cannot find this appointment today.")
        return super().worded(refusal)

    # -- one showing, one ticket ----------------------------------------------------------------------------------

    def _give(self, asker, question: Giving, ask, **what) -> dict:
        once = question.showing and Once(holder=asker.id, key=f"showing {question.showing}", word=self.stored)
        try:
            issued = ask(
                by=asker.by,
                channel="kiosk",
                printer=self.own_printer(asker),
                needs=self._needs(question),
                language=self._language(question.language),
                reads=self._reads(),
                once=once or None,
                **what,
            )
        except Answered as before:
            return self._shown(json.loads(before.body)["ticket"])
        return self._shown(ticket(self.parts.settings, issued))

    def _shown(self, ticket: dict) -> dict:
        return {"ticket": {**worded(ticket), "expected": expects(self.parts, ticket)}}

    def _needs(self, question: Giving) -> list[str]:
        """What was said; and large print for whoever read the screen in larger letters, where the office knows it."""
        large = [LARGE_PRINT] if question.larger and LARGE_PRINT in self.parts.settings.need else []
        return list(dict.fromkeys([*question.needs, *large]))

    def _reads(self) -> str:
        """The language of the page that asks, where there was a choice."""
        return self.languages.get(request.sid, "") if len(self.parts.settings.languages) > 1 else ""

    def _language(self, key: str) -> str:
        """The language's name, as staff read it."""
        named = {one.key: one.name for one in self.parts.settings.kiosk.interpreters}
        if key and key not in named:
            raise Refusal("unknown_kind", status=422, kind=key, kinds=", ".join(named))
        return named.get(key, "")

    def stored(self, answer: Issued | Refusal) -> tuple[int, str]:
        # A refusal is not kept: it gave nothing, and may hold what a manager wrote. Asked again, it is decided anew.
        if isinstance(answer, Refusal):
            raise answer
        return 201, json.dumps({"ticket": ticket(self.parts.settings, answer)})

    # -- news ---------------------------------------------------------------------------------------------------

    def picture(self, asker) -> dict:
        return picture(self.parts, asker.id)

    def momentary(self, news) -> None:
        """A slip waits for a printer that the machine of a kiosk drives."""
        for printer in news.printers:
            at = self.parts.settings.printer[printer].at
            for sid, asker in list(self.askers.items()) if at else ():
                if self.parts.settings.is_at(at, asker.name):
                    self.emit("to_print", {"printer": printer}, room=sid)

    def joined(self, asker) -> None:
        if not self.watching:
            self.watching = True
            self.socketio.start_background_task(self._watch_doors)

    def _watch_doors(self) -> None:
        """Opening and closing are no steps, nor is the end of a notice, so the kiosks hear of them from here."""
        while self.askers:
            self.refresh()
            time.sleep(DOORS)
        self.watching = False


def _nothing(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):
        raise answer
    return 200, "{}"
