"""What becomes of a ticket's paper, as a kiosk hears it and a visitor may answer; part of its socket (kiosk/live.py).

News:

    slip         {visit, state, cause, sentence, asks}
                 `state` is "printing", "printed", "unconfirmed", "deferred" (it waits for the printer), "moved"
                 (another printer has it now), "failed" or "dropped"; `sentence` is worded for the visitor, and names
                 the printer where it is not this kiosk's own. `asks`: the screen asks "Did your ticket print?" and
                 answers with `slip_came`. A later `slip` of the same visit takes an earlier one's place, question and
                 all.

Questions:

    slip_came    {visit, came}   -> {sentence, offers_reprint}
                 The visitor's word, true or false. `offers_reprint`: the screen offers to print it again
                 (`print_again`), with the same number; else the sentence says what helps.
    print_again  {visit}         -> {sentence}
                 Once for a ticket; its own `slip` news follow, which ask nothing again.
"""

from flask_babel import gettext as _

from kiosk.ticket import slip_words
from reception.print_jobs import TICKETS
from reception.printing.conditions import WELL
from reception.web.sockets import Question, Text
from reception.web.speaking import said


class SlipCame(Question):
    visit: Text
    came: bool


class PrintAgain(Question):
    visit: Text


class Paper:
    """For the kiosk's namespace."""

    of_slips = {"slip_came": SlipCame, "print_again": PrintAgain}

    def slip_came(self, asker, question: SlipCame) -> dict:
        frontdesk, office = self.parts.frontdesk, self.parts.settings.office.key
        frontdesk.slip_came(visit=question.visit, came=question.came, by=asker.by)
        number = self.parts.store.visit(office, question.visit).number
        if question.came:
            return {"sentence": _("Thank you. Your number is %(number)s.", number=number), "offers_reprint": False}
        last = self.parts.store.last_slip(question.visit)
        if last and last["state"] == "unconfirmed" and last["kind"] == "ticket" and self._prints(asker):
            again = _("We can print it again. Your number stays %(number)s.", number=number)
            return {"sentence": again, "offers_reprint": True}
        return {"sentence": slip_words(number, "failed", None), "offers_reprint": False}

    def print_again(self, asker, question: PrintAgain) -> dict:
        """At this kiosk's own printer, or at its backup while that one is in trouble."""
        printer = self._prints(asker) or self.own_printer(asker)
        found = self.parts.frontdesk.reprint(visit=question.visit, by=asker.by, printer=printer, visitors_choice=True)
        return {"sentence": slip_words(found.number, "printing", None, where=self._elsewhere(asker, printer))}

    # -- news ---------------------------------------------------------------------------------------------------

    def printer_says(self, event: dict) -> None:
        """An event of a printer's worker (reception/printing/jobs.py): of a ticket's slip, the kiosks hear."""
        if event["kind"] == "job" and event["slip"] in TICKETS:
            of_slip = {"printer": event["to"] or event["printer"], "reprint": event["slip"] == "reprint"}
            self.slip(event["visit"], event["state"], event["cause"], **of_slip)

    def slip(
        self, visit: str, state: str, cause: str | None = None, *, printer: str | None = None, reprint: bool = False
    ) -> None:
        """Tells the kiosks what a printer did with a ticket's slip (a `reprint`, or its first), and why: `cause` is a
        key of `reception.printing.words.CAUSES`."""
        found = self.parts.store.visit(self.parts.settings.office.key, visit)
        if not found:
            return
        asks = state == "unconfirmed" and cause != "not_monitored" and not reprint
        for sid, asker in list(self.askers.items()):
            with self.app.test_request_context(), self.worded_for(sid):
                words = slip_words(found.number, state, cause, where=self._elsewhere(asker, printer))
            news = {"visit": visit, "state": state, "cause": cause, "sentence": words, "asks": asks}
            self.emit("slip", news, room=sid)

    def tell_of_trouble(self, asker, visit: str) -> None:
        """A printer in trouble speaks of the first slip it holds; whoever comes later hears of it from here."""
        own = self._condition(self.own_printer(asker))
        if own and own["jobs"] and own["state"] not in WELL:
            self.slip(visit, "deferred", own["cause"], printer=own["key"])

    # -- which printer ------------------------------------------------------------------------------------------

    def own_printer(self, asker) -> str | None:
        return self.parts.settings.printer_of(asker.name)

    def _prints(self, asker) -> str | None:
        """The printer that can print for this kiosk now: its own, else its backup, else none."""
        own = self.own_printer(asker)
        backup = own and self.parts.settings.printer[own].backup
        for key in filter(None, (own, backup)):
            now = self._condition(key)
            if now is None or now["state"] in WELL:
                return key
        return None

    def _condition(self, printer: str | None) -> dict | None:
        known = self.parts.printers.conditions() if self.parts.printers else []
        return next((one for one in known if one["key"] == printer), None)

    def _elsewhere(self, asker, printer: str | None) -> str | None:
        """The printer's name, where a visitor at this kiosk has to go to it."""
        if printer is None or printer == self.own_printer(asker):
            return None
        return said(self.parts.settings.printer[printer].name)
