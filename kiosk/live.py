"""What a kiosk asks and hears: a ticket for each showing of its list, people ahead, and what became of the slip.

    kiosk   {step, now, open, opens, services: [{key, open, why, ahead}, …]}
    slip    {visit, state, cause, sentence}      what the printer did with a ticket's slip

`opens` says in words when a closed office opens ("Monday 09:00", or null); `why` is a sentence for a service that gives
no tickets now. It decides nothing about the queue.
"""

import json
import time
from functools import lru_cache

from flask_babel import format_datetime
from flask_babel import gettext as _

from reception.door import Answered, Once
from reception.frontdesk import Issued
from reception.hours import is_open, local, next_opening
from reception.refusals import Refusal, StoreFault
from reception.room import Room
from reception.web.sockets import Face, Question, Text
from reception.web.words import sentence

DOORS = 5.0  # seconds between looking whether the office or a service has opened or closed
PRINTS = ("ok", "near_end", "unknown")  # conditions of a printer that is worth waiting for
SIMPLE_MASK = 2  # choosing the best of the eight costs six times as much and helps no phone


class Issue(Question):
    """`showing` is a random id of one showing of the list: it gives one ticket, whatever is pressed and how often."""

    service: Text
    showing: Text | None = None


class Shown(Question):
    visit: Text


class Kiosk(Face):
    face = "kiosk"
    picture_name = "kiosk"
    questions = {"issue": Issue, "shown": Shown}
    watching = False

    # -- questions ----------------------------------------------------------------------------------------------

    def issue(self, asker, question: Issue) -> dict:
        """`{ticket: {id, number, service, service_name, ahead, url, arrived_at}}`; its slip is a print job by then."""
        frontdesk, printers = self.parts.frontdesk, self.parts.settings.printers
        once = question.showing and Once(holder=asker.id, key=f"showing {question.showing}", word=self._stored)
        try:
            issued = frontdesk.issue(
                service=question.service,
                by=asker.by,
                channel="kiosk",
                printer=printers[0].key if printers else None,
                once=once or None,
            )
        except Answered as before:
            return self._told_again(json.loads(before.body))
        return {"ticket": self._ticket(issued)}

    def shown(self, asker, question: Shown) -> dict:
        """The number stands on the screen. Answers with the QR code of the visitor's own page, which can wait."""
        self.parts.frontdesk.acknowledge(visit=question.visit, how="shown", by=asker.by)
        self._tell_of_trouble(question.visit)
        visit = self.parts.store.visit(self.parts.settings.office.key, question.visit)
        url = self.parts.frontdesk.url(visit)
        return {"qr": qr(url) if url else None}

    def _tell_of_trouble(self, visit: str) -> None:
        """A printer in trouble speaks of the first slip it holds; whoever comes later hears of it from here."""
        printers = self.parts.printers.conditions() if self.parts.printers else []
        for printer in printers[:1]:
            if printer["jobs"] and printer["state"] not in PRINTS:
                self.slip(visit, "deferred", printer["cause"])

    def worded(self, refusal) -> str:
        # What ails the server is no visitor's business; that nothing was lost and who can help is.
        if isinstance(refusal, StoreFault):
            return _("No number can be given at the moment, and none was. Please ask a member of staff.")
        return super().worded(refusal)

    def _ticket(self, issued: Issued) -> dict:
        visit = issued.visit
        return {
            "id": visit.id,
            "number": visit.number,
            "service": visit.service,
            "service_name": self.parts.settings.service[visit.service].name,
            "ahead": issued.ahead,
            "url": issued.url,
            "arrived_at": visit.arrived_at,
        }

    def _stored(self, answer: Issued | Refusal) -> tuple[int, str]:
        # A refusal is kept as its key: it is worded when told, in the language of whoever reads it.
        if isinstance(answer, Refusal):
            return answer.status, json.dumps({"refused": answer.key, "values": answer.values})
        return 201, json.dumps({"ticket": self._ticket(answer)})

    def _told_again(self, stored: dict) -> dict:
        if "refused" in stored:
            raise Refusal(stored["refused"], **stored["values"])
        return stored

    # -- news ---------------------------------------------------------------------------------------------------

    def picture(self, asker) -> dict:
        frontdesk, settings = self.parts.frontdesk, self.parts.settings
        newest, room = frontdesk.look()
        line = frontdesk.line(room)
        return {
            "step": newest,
            "now": room.at,
            **self._doors(room.at),
            "services": [{**self._counter(key, room), "ahead": line.people_before(key)} for key in settings.service],
        }

    def slip(self, visit: str, state: str, cause: str | None = None) -> None:
        """Tells the kiosks what the printer did: "printing", "printed", "unconfirmed", or that there is no slip
        ("failed", "deferred", "dropped"), because of `cause` (a key of `reception.printing.words.CAUSES`)."""
        found = self.parts.store.visit(self.parts.settings.office.key, visit)
        if not found or not self.askers:
            return
        with self.app.test_request_context():
            words = slip_words(found.number, state, cause)
        news = {"visit": visit, "state": state, "cause": cause, "sentence": words}
        self.emit("slip", news, room=self.parts.settings.office.key)

    def joined(self, asker) -> None:
        if not self.watching:
            self.watching = True
            self.socketio.start_background_task(self._watch_doors)

    def _watch_doors(self) -> None:
        """Opening and closing are no steps, so the kiosks hear of them from here."""
        before = None
        while self.askers:
            now = self._openness(self.parts.frontdesk.look()[1])
            if before not in (None, now):
                self.refresh()
            before = now
            time.sleep(DOORS)
        self.watching = False

    def _openness(self, room: Room) -> list:
        settings = self.parts.settings
        shut = [self.parts.frontdesk.why_closed(key, room) for key in settings.service]
        return [self._is_open(room.at), *(refusal and (refusal.key, refusal.values) for refusal in shut)]

    def _is_open(self, at: int) -> bool:
        settings = self.parts.settings
        return is_open(at, settings.zone, settings.hours.weekly, settings.hours.closed_on)

    def _doors(self, at: int) -> dict:
        if self._is_open(at):
            return {"open": True, "opens": None}
        settings = self.parts.settings
        opens = next_opening(at, settings.zone, settings.hours.weekly, settings.hours.closed_on)
        # Translators: weekday and time, as in "Monday 09:00"
        words = opens and format_datetime(local(opens, settings.zone), "EEEE HH:mm", rebase=False)
        return {"open": False, "opens": words}

    def _counter(self, key: str, room: Room) -> dict:
        refusal = self.parts.frontdesk.why_closed(key, room)
        return {"key": key, "open": refusal is None, "why": refusal and sentence(refusal, self.parts.settings)}


def slip_words(number: str, state: str, cause: str | None) -> str:
    """What a visitor is told of their paper: never the machine's troubles, only what helps."""
    if state == "printing":
        return _("Your ticket is printing.")
    if state == "printed":
        return _("Please take your ticket.")
    if state == "unconfirmed":
        return _(
            "Please take your ticket. If there is none, take a photo of this screen or remember %(number)s.",
            number=number,
        )
    known = {"out": _("The printer is out of paper."), "cover": _("The printer is open.")}
    matter = known.get(cause) or _("The printer is not working.")
    return _("%(matter)s Your number is %(number)s: please take a photo or remember it.", matter=matter, number=number)


@lru_cache(maxsize=64)
def qr(url: str) -> dict:
    """A QR code as one SVG path: `{size, path}`, in modules."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=SIMPLE_MASK)
    code.add_data(url)
    code.make(fit=True)
    runs = []
    for y, row in enumerate(code.modules):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return {"size": code.modules_count, "path": "".join(runs)}
