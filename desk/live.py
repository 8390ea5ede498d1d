"""A desk's socket: its questions, each one method of the front desk, and its picture (`picture.py`).

Which desk a question is for: the one it names, else the one the screen shows (`auth` of the connection, or `sit`), else
the one where the asker sits. It decides nothing about visits.
"""

from flask import request

from desk.asking import AskingOfVisits
from desk.at_work import AtDesk, AtWork
from desk.bookings import Bookings
from desk.feedback import Telling
from desk.picture import Common, common, personal
from reception.keys import Holder
from reception.refusals import Refusal
from reception.undoing import press_to_undo
from reception.web import alone, warning_words
from reception.web.sockets import Face, Text

WARNINGS = 2  # at once on a desk's screen: calm, and the rest waits its turn


class Sit(AtDesk):
    desk: Text
    take_over: bool = False


def _turn(state: str):
    """A question that opens or closes the desk."""

    def ask(self, asker: Holder, question: AtDesk) -> dict:
        return self._set(self._desk(asker, question), state, asker)

    return ask


class Desk(AskingOfVisits, Telling, AtWork, Face):
    face = "desk"
    picture_name = "desk"
    shared = False
    every = 0.1  # here somebody has just pressed a key
    questions = {
        "sit": Sit,
        "open": AtDesk,
        "close": AtDesk,
        **AskingOfVisits.of_visits,
        **Telling.of_feedback,
        **AtWork.at_work,
    }

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self.shows: dict[str, str] = {}  # connection -> the desk its screen shows
        self._undoable: dict[str, tuple | None] = {}  # desk -> (step, number, at) of its last press, until it changes
        self.bookings = Bookings(parts)

    # -- connections --------------------------------------------------------------------------------------------

    def let_in(self, auth: dict) -> Holder | None:
        asker = super().let_in(auth)
        if asker and auth.get("desk"):
            self.shows[request.sid] = self.parts.settings.find_desk(str(auth["desk"])[:60]).key
        return asker

    def on_disconnect(self, reason=None):
        self.shows.pop(request.sid, None)
        super().on_disconnect(reason)

    # -- questions ----------------------------------------------------------------------------------------------

    def sit(self, asker: Holder, question: Sit) -> dict:
        said = self._set(question.desk, "open", asker, take_over=question.take_over)
        self.shows[request.sid] = question.desk
        self.refresh()
        return said

    open, close = _turn("open"), _turn("closed")

    def _desk(self, asker: Holder, question: AtDesk) -> str:
        named = question.desk or self.shows.get(request.sid)
        if named:
            return self.parts.settings.find_desk(named).key
        desks = self.parts.store.desks(asker.office).values()
        sits_at = next((desk.key for desk in desks if desk.person == asker.by and desk.state != "closed"), None)
        if sits_at is None:
            raise Refusal("no_desk")
        return sits_at

    def _set(self, desk: str, state: str, asker: Holder, **how) -> dict:
        now = self.parts.frontdesk.set_desk(desk=desk, state=state, by=asker.by, **how)
        return {"desk": {"key": now.key, "state": now.state}}

    # -- the picture --------------------------------------------------------------------------------------------

    def momentary(self, news) -> None:
        self.bookings.hear(news)
        pressed = {step.desk for step in news.steps}
        self._undoable = {desk: last for desk, last in self._undoable.items() if desk not in pressed}

    def picture(self, asker: Holder) -> dict:
        return self._personal(self._common(), request.sid, asker)

    def send_pictures(self) -> None:
        shared = self._common()
        for sid, asker in list(self.askers.items()):
            self.emit(self.picture_name, self._personal(shared, sid, asker), room=sid)

    def _common(self) -> Common:
        newest, room = self.parts.frontdesk.look()
        conditions = self.parts.printers.conditions() if self.parts.printers else []
        line, name_of = self.parts.frontdesk.line(room), self.parts.keys.name_of
        bookings = self.bookings.of(room.day)
        shared = common(self.parts.settings, newest, room, line, name_of, conditions=conditions, bookings=bookings)
        if self.parts.settings.warnings.tell:
            shared.warnings.extend(warning_words.standing(self.parts.frontdesk.warnings(), room, line))
        for one in alone.troubles(self.parts):
            shared.picture["troubles"].append({"state": None, "sentence": one.pop("matter"), **one})
        return shared

    def _personal(self, shared: Common, sid: str, asker: Holder) -> dict:
        desk = self.shows.get(sid)
        can_undo = desk and self._can_undo(desk, shared.room.at)
        picture = {**personal(shared, asker.by, desk, can_undo), "warnings": self._warnings(shared, desk)}
        return self.with_people(picture, shared.room, asker, desk)

    def _warnings(self, shared: Common, desk: str | None) -> list[dict]:
        """Of those whom this desk could call: who is likely to wait too long, and the step that would save them."""
        room, line = shared.room, shared.the_line
        mine = [one for one in shared.warnings if desk in line.desks_for(room.visits[one.visit])]
        found = warning_words.groups(self.parts.settings, room, line, mine, desk=desk)[:WARNINGS]
        press = found[0]["own_press"] if found and not room.at_desk(desk) else None  # whose own step stands first
        return [_warning(one, line.next_for(desk), None if index else press) for index, one in enumerate(found)]

    def _can_undo(self, desk: str, at: int) -> dict | None:
        """What Undo would take back, for its button: the step and whose; None where there is nothing, or too late."""
        known = self._undoable  # of this moment: a press that is told meanwhile begins another
        if desk not in known:
            known[desk] = self._last_press(desk)
        last = known[desk]
        if last is None or last[2] < at - self.parts.settings.desk.undo_seconds * 1000:
            return None
        return {"step": last[0], "number": last[1]}

    def _last_press(self, desk: str) -> tuple | None:
        store, office = self.parts.store, self.parts.frontdesk.office
        try:
            last = press_to_undo(store.steps_at(office, desk))
        except Refusal:
            return None
        return last.step, store.visit(office, last.visit).number, last.at


def _warning(one: dict, upcoming, press: str | None) -> dict:
    """A warning as a desk is shown it. What was tried is that the desk calls as it always does: whoever is next."""
    calls = upcoming if press == "call" else None
    return {
        **{name: one[name] for name in ("key", "sentence", "reasons", "remedy", "own")},
        "opens": press == "open",
        "visit": calls and calls.id,
        "number": calls and calls.number,
    }
