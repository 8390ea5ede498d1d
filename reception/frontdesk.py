"""The front desk: one method for each button. Here are the calls; each other journey has a file of its own.

Every change of a visit is decided in these files; `door.py` saves and tells it.
"""

from dataclasses import replace

from reception.alerting import Alerting
from reception.arriving import Issued
from reception.desks import Desks
from reception.feedback.reminding import Reminding
from reception.merging import Merging
from reception.on_the_phone import OnThePhone
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.ruling import Ruling
from reception.slips import Slips
from reception.stepping import STEPS, Stepping
from reception.telling import Telling
from reception.things import Desk
from reception.undoing import LIFE, moved_on, press_to_undo, undone
from reception.visit import AT_DESK, Visit, take
from reception.warning.door import Warns

__all__ = ["ANYONE", "STEPS", "FrontDesk", "Issued"]
ANYONE = object()  # `leaving` was not said: whoever is at the desk


class FrontDesk(Stepping, Desks, Ruling, OnThePhone, Merging, Slips, Alerting, Reminding, Telling, Warns):
    """An office's buttons."""

    def call_next(self, *, desk: str, by: str, leaving=ANYONE, once=None) -> Visit | None:
        """Finishes whoever is at the desk, then calls who is next for it; None if nobody it can help waits."""

        def rule(room: Room):
            moves = self._make_way(room, desk, by, leaving)
            return self._calling_next(room, moves, desk)

        return self._change(rule, by=by, once=once)

    def call(
        self,
        *,
        desk: str,
        by: str,
        visit: str | None = None,
        number: str | None = None,
        reason: str | None = None,
        leaving=ANYONE,
        once=None,
    ) -> Visit:
        """Calls this visitor, by id or by number; who waits and is not next only with a reason, which is recorded."""

        def rule(room: Room):
            visitor = self._open_visit(room, visit) if visit else self._numbered(room, number)
            moves = self._make_way(room, desk, by, leaving, calling=visitor)
            note = None
            if visitor.state == "waiting" and visitor != self.line(room.after(moves)).next_for(desk):
                note = {"out_of_turn": self._reason("out_of_turn", reason, needed=True)}
            moves.append(self._calling(room, visitor, desk, note))
            return moves, moves[-1].after

        return self._change(rule, by=by, once=once)

    def walk_in(
        self,
        *,
        desk: str,
        service: str,
        by: str,
        wait: bool = False,
        needs=(),
        language: str = "",
        remark: str = "",
        party: int | None = None,
        leaving=ANYONE,
        once=None,
    ) -> Issued:
        """Somebody without a ticket: helped at the desk at once, or (`wait`) given a number and a place in the line."""

        def rule(room: Room):
            self._service(service)
            moves = [] if wait else self._make_way(room, desk, by, leaving)
            tells = self._tells(needs=needs, language=language, remark=remark)
            visit = self._arrival(
                room, service, "desk", party=party, acknowledged_at=room.at, **self._called_how(needs)
            )
            if wait:
                visit = self._told(room, visit, tells)
            moves.append(Move("issued", None, visit, desk, tells=tells))
            if not wait:
                call = self._calling(room, visit, desk)
                moves += [call, Move("started", call.after, take(call.after, "started", room.at), desk)]
            return moves, self._issued(room.after(moves), moves[-1].after)

        self._desk(desk)
        return self._change(rule, by=by, once=once)

    def finish(self, *, visit: str, by: str, desk: str | None = None, and_next: bool = False, once=None, **ended):
        """Ends the visit, or its leg, with what came of it (`Stepping._ending`); `and_next` calls the next as well.

        Returns the visit, or with `and_next` whoever was called (None: nobody waits).
        """

        def rule(room: Room):
            found = self._open_visit(room, visit)
            self._there(room, found, desk, by)
            moves, answer = self._ending(room, found, by, **ended)
            at = found.desk
            if not (and_next and at):
                return moves, answer
            self._mine(room, at, by)
            return self._calling_next(room, moves, at)

        printer = self._slip_printer(desk, ended)
        return self._change(rule, by=by, once=once, printer=printer)

    def undo(
        self,
        *,
        by: str,
        desk: str | None = None,
        visit: str | None = None,
        own: bool = False,
        press: int | None = None,
        once=None,
    ) -> list[Visit]:
        """Takes back the last press at a desk (or the last that changed a visit), whatever it was, clocks untouched.
        `own`: only if it was the asker's; `press`: only if it is that one."""

        def rule(room: Room):
            if desk:
                self._mine(room, desk, by)
            if visit:
                told = self.store.steps_of(self._visit(visit).id, turn=True)
            else:
                told = self.store.steps_at(self.office, desk, turn=True)
            last = press_to_undo(told)
            if last.at < room.at - self.settings.desk.undo_seconds * 1000:
                raise Refusal("too_late_to_undo", minutes=round(self.settings.desk.undo_seconds / 60))
            if (own and last.by != by) or press not in (None, last.press):
                raise Refusal("undo_overtaken", number=self._visit(last.visit, room).number)
            pressed = self.store.press(self.office, last.press, turn=True)
            self._not_moved_on(room, pressed)
            pairs = undone(pressed, lambda step: self._touched(step, room), room.at, room.at_desk)
            moves = [
                Move("undone", before, after, last.desk, undoes=last.press, visit=getattr(after, "visit", None))
                for before, after in pairs
            ]
            # A press may have moved one visitor twice (sent on and called again): how each stands in the end.
            stand = {move.after.id: move.after for move in moves if isinstance(move.after, Visit)}
            self._not_settled(room, *stand.values())
            return moves, list(stand.values())

        if desk:
            self._desk(desk)
        return self._change(rule, by=by, once=once)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _not_moved_on(self, room: Room, press: list) -> None:
        """Refuses to take back a press when somebody it moved has gone on since."""
        for step in press:
            if step.step in LIFE and step.visit and moved_on(self.store.steps_of(step.visit, turn=True), step.press):
                raise Refusal("undo_overtaken", number=self._visit(step.visit, room).number)

    def _calling_next(self, room: Room, moves: list[Move], desk: str):
        """The moves with a call of whoever is next for the desk once they are made."""
        line = self.line(room.after(moves))
        visitor = line.next_for(desk)
        if visitor is None:
            return moves, None
        why = line.why(visitor, desk)
        # An adjustment is about a person, so the record does not hold it.
        note = {"because": why.klass} if why.key == "head_start" and why.klass != "adjustment" else None
        moves.append(self._calling(room, visitor, desk, note))
        return moves, moves[-1].after

    def _make_way(self, room: Room, desk: str, by: str, leaving, calling: Visit | None = None) -> list[Move]:
        """Opens a closed desk and finishes whoever is there, if it is whom the screen showed."""
        self._desk(desk)
        self._mine(room, desk, by)
        here = room.at_desk(desk)
        if leaving is not ANYONE and leaving != (here.id if here else None):
            raise Refusal("screen_out_of_date", desk=self._desk(desk).name, number=here.number if here else None)
        if calling and calling.state in AT_DESK:
            raise Refusal("already_called", number=calling.number, desk=self._desk(calling.desk).name)
        moves = []
        now = room.desks.get(desk, Desk(desk))
        if now.state != "open":
            opened = replace(now, state="open", person=by, since_at=room.at, reason=None)
            moves.append(Move("opened", now, opened, desk))
        if here:
            moves += self._ending(room, here, by)[0]
        return moves

    def _calling(self, room: Room, visitor: Visit, desk: str, note: dict | None = None) -> Move:
        return Move("called", visitor, take(visitor, "called", room.at, desk=desk), desk, note=note)
