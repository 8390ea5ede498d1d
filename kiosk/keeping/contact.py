"""Being in contact with the server: whether it is there, the numbers it lends, and telling it what happened without it.

It is asked every few seconds. When it comes back, what was given alone is told first, and then it is there again.
"""

import logging
from dataclasses import asdict

import gevent
from flask_babel import lazy_gettext as _
from gevent.event import Event

from kiosk.keeping.clock import KeptClock
from kiosk.keeping.cupboard import Cupboard
from kiosk.keeping.desk import SmallDesk
from kiosk.keeping.server import FAULTS, Away, Refused, Server
from reception import __version__
from reception.blocks import used_up
from reception.identifiers import digest
from reception.refusals import StoreFault
from reception.things import Block

log = logging.getLogger(__name__)
PATIENCE = 4.0  # seconds for an answer to what nobody waits for at the kiosk
FORGET_EVERY = 3_600_000  # ms
OUT_OF_USE = _("This screen is not in use. Please ask a member of staff.")
DISK = (
    "This machine's disk keeps nothing (%s): free some of it. The kiosk can go on only as long as the server is there."
)


def blocks_of(contact: dict) -> tuple[Block, ...]:
    """The numbers lent, from what the server answered last."""
    return tuple(
        Block(one["day"], one["letter"], one["first"], one["last"], "", one["lent_at"]) for one in contact["blocks"]
    )


class Contact:
    """`run` in a greenlet. `there`: the server answers.

    `changed` is called when that changes, `settings_changed` when the office's settings have, `all_told` when what was
    to be told has been, or the server has been started anew. `fits` says whether this release knows such settings.
    """

    def __init__(self, server: Server, desk: SmallDesk, cupboard: Cupboard, clock: KeptClock):
        self.server, self.desk, self.cupboard, self.clock = server, desk, cupboard, clock
        self.there = False
        self.changed = self.settings_changed = self.all_told = lambda: None
        self._again = Event()
        self.fits = lambda settings: True
        self._last, self._digest = cupboard.get("contact"), None
        desk.blocks = blocks_of(self._last)
        self._keeper = cupboard.keeper(desk.writer, clock.now())
        self._known, self._forgotten_at, self._telling = None, 0, False
        self._complaints: set[tuple] = set()
        self._stuck: set[str] = set()  # tickets at which the server fails, or told and not to be noted
        if cupboard.get("refused") == digest(server.key):  # it stays so when the machine is started again
            desk.out_of_use = OUT_OF_USE

    def run(self) -> None:
        while True:
            try:
                self.look()
            except Exception:
                log.exception("The server could not be asked this time.")
                self.lost()
            self._again.wait(self.desk.settings.keeper.contact_seconds)
            self._again.clear()

    def lost(self) -> None:
        """Somebody waited for the server in vain: the kiosk goes on without it until it answers again."""
        if self.there:
            log.warning("The server is away. The kiosk goes on without it.")
            self.there = False
            self.changed()

    def hurry(self) -> None:
        """There is something to tell."""
        self._again.set()

    def to_tell(self) -> int:
        """How many tickets the server still has to be told of."""
        return self.cupboard.count_untold() - len(self._stuck)

    def look(self) -> None:
        asked = self.clock.steady()
        question = {
            "keeper": self._keeper,
            "settings": self._digest,
            "used_up": used_up(self.desk.blocks, self._given()),
        }
        try:
            answer = self.server.ask("/api/keeper/contact", question, seconds=PATIENCE)
            self._take_what_can_be_kept(answer, asked)
            self._tell_tickets()
            self._tell_outcomes()
        except Away as away:
            log.debug("The server is away: %s", away)
            self.lost()
        except Refused as refused:
            self._refused(refused)
        else:
            self._found()

    # -- what the server says ---------------------------------------------------------------------------------------

    def _take_what_can_be_kept(self, answer: dict, asked: int) -> None:
        """A full disk is no reason to go on without a server that answers."""
        if self.desk.out_of_use:
            self.desk.out_of_use = None
            self.changed()
        try:
            self._take(answer, asked)
            if self.cupboard.get("refused"):
                self.cupboard.put(self.desk.writer, refused="")
        except StoreFault as fault:
            self._complain(DISK, fault.key)

    def _take(self, answer: dict, asked: int) -> None:
        if self.clock.heard(answer["now"], asked=asked):
            self.cupboard.put(self.desk.writer, clock=self.clock.kept())
        known = {name: answer[name] for name in ("desks", "rulings")}
        if known != self._known:
            self.desk.know(**known)
            self._known = known
        if self._digest != answer["digest"]:  # it has been started anew, or we have
            self._telling = True
            self._stuck.clear()
        told, before = answer["settings"], self._last
        kept = {name: answer[name] for name in ("blocks", "kiosk", "name")}
        kept["settings"] = told if told and self.fits(told) else before["settings"]
        if kept != before:
            self.cupboard.put(self.desk.writer, contact=kept)
            self._last = kept
            self.desk.blocks = blocks_of(kept)
        self._digest = answer["digest"]
        if answer["version"] != __version__:
            self._complain(
                "The server is release %s, this machine %s: install the same.", answer["version"], __version__
            )
        if any(kept[name] != before[name] for name in ("settings", "name", "kiosk")):
            self.settings_changed()

    def _refused(self, refused: Refused) -> None:
        if refused.status in (401, 403):
            self.desk.out_of_use = OUT_OF_USE
            self._note_refused()
            self._complain("The server does not know this kiosk's key any more. Give it a new one: docs/keeper.md.")
        else:
            self._complain("The server refused to be asked: %s", refused.code)
        self.lost()
        self.changed()

    def _note_refused(self) -> None:
        key = digest(self.server.key)
        try:
            if self.cupboard.get("refused") != key:
                self.cupboard.put(self.desk.writer, refused=key)
        except StoreFault as fault:
            self._complain(DISK, fault.key)

    def _complain(self, sentence: str, *values: str) -> None:
        """Once, not every few seconds, until the server is back."""
        if (sentence, values) not in self._complaints:
            self._complaints.add((sentence, values))
            log.error(sentence, *values)

    def _found(self) -> None:
        if self.to_tell():
            self.hurry()  # given while we told the others
        elif not self.there:
            log.info("The server is there.")
            self.there = True
            self._complaints.clear()
            self.changed()
        elif self._telling:
            self.all_told()
        self._telling = False
        if self.clock.now() - self._forgotten_at > FORGET_EVERY:
            self._forgotten_at = self.clock.now()
            self._stuck.clear()
            self.cupboard.forget(self.desk.writer, self.desk.office, self._forgotten_at)

    # -- what it is told --------------------------------------------------------------------------------------------

    def _tell_tickets(self) -> None:
        """Every ticket given alone, with its true instant as we know it now."""
        while tickets := self.cupboard.untold(self.desk.office, but=self._stuck):
            self._tell([self._ticket(*one) for one in tickets])
            gevent.sleep(0)

    def _tell(self, tickets: list[dict]) -> None:
        try:
            asked = {"keeper": self._keeper, "tickets": tickets}
            answer = self.server.ask("/api/keeper/tickets", asked, seconds=PATIENCE + len(tickets))["tickets"]
        except Refused as refused:
            if refused.status not in (413, 422) and refused.code not in FAULTS:
                raise
            if len(tickets) > 1:  # one that cannot be read, or taken in, holds up no other
                for ticket in tickets:
                    self._tell([ticket])
                return
            if refused.code in FAULTS:
                log.error("The server failed at a ticket that was given here. It is told again later.")
                self._stuck.add(tickets[0]["id"])
                return
            answer = [{"id": tickets[0]["id"], "visit": None, "code": refused.code, "detail": "It cannot be read."}]
        for one in answer:
            if one["visit"] is None:
                log.error("The server refused a ticket that was given here: %s", one["detail"])
        told = {one["id"]: one["visit"] or f"refused: {one['code']}" for one in answer}
        try:
            self.cupboard.tell(self.desk.writer, told)
        except StoreFault as fault:  # told again later, which is all the same to the server
            self._stuck |= told.keys()
            self._complain(DISK, fault.key)

    def _ticket(self, given, moment) -> dict:
        at, about = self.clock.truly(moment)
        shown_at = given.shown_at and max(at, given.shown_at + at - given.arrived_at)
        known = {
            name: value for name, value in asdict(given).items() if name not in ("arrived_at", "shown_at", "about")
        }
        return {**known, "needs": list(given.needs), "arrived_at": at, "shown_at": shown_at, "about": about}

    def _tell_outcomes(self) -> None:
        for number, body in self.cupboard.outcomes():
            self._telling = True
            try:
                if not str(body.get("visit", "")).startswith("refused"):
                    self.server.ask("/api/keeper/printing", body, seconds=PATIENCE)
            except Refused as refused:
                log.warning("The server did not take what became of a slip: %s", refused.code)
            try:
                self.cupboard.drop_outcome(self.desk.writer, number)
            except StoreFault as fault:  # told again later, which is all the same to the server
                self._complain(DISK, fault.key)
                return

    def _given(self) -> dict[str, set[str]]:
        days = {block.day for block in self.desk.blocks}
        return {day: self.desk.store.numbers_given(self.desk.office, day) for day in days}
