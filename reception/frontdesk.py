"""The front desk: one method for each button. Every change of a visit is decided here; `door.py` saves and tells it."""

from dataclasses import dataclass, replace

from reception import hours, line
from reception.door import Door, Move, Room
from reception.identifiers import token, uuid7
from reception.numbers import number
from reception.refusals import Refusal
from reception.store import Desk
from reception.undoing import press_to_undo, undone_visits
from reception.visit import AT_DESK, ENDED, Visit, take

ANYONE = object()  # `leaving` was not said: whoever is at the desk


@dataclass(frozen=True, slots=True)
class Issued:
    """A ticket: the visit, how many are ahead of it, and where its own page is."""

    visit: Visit
    ahead: int
    url: str


class FrontDesk(Door):
    """An office's buttons."""

    # -- the visitor --------------------------------------------------------------------------------------------

    def issue(self, *, service: str, by: str, channel: str = "kiosk", printer: str | None = None, once=None) -> Issued:
        """A ticket for a service, in the line. With a `printer`, its slip is a print job of the same transaction."""

        def rule(room: Room):
            self._welcoming(room, service)
            visit = self._arrival(room, service, channel)
            return [Move("issued", None, visit)], self._issued(room, visit)

        return self._change(rule, by=by, once=once, printer=printer)

    def acknowledge(self, *, visit: str, how: str, by: str) -> None:
        """The visitor has been told their number: printed, shown, spoken or greeted. Only the first time counts."""

        def rule(room: Room):
            found = self._visit(visit, room)
            if found.acknowledged_at:
                return [], None
            told = "print_confirmed" if how == "printed" else "acknowledged"
            return [Move(told, found, replace(found, acknowledged_at=room.at))], None

        self._change(rule, by=by)

    # -- the desk -----------------------------------------------------------------------------------------------

    def call_next(self, *, desk: str, by: str, leaving=ANYONE, once=None) -> Visit | None:
        """Finishes whoever is at the desk, then calls who is next for it; None if nobody it can help waits."""

        def rule(room: Room):
            moves = self._make_way(room, desk, by, leaving)
            visitor = line.next_for(self.settings.serves[desk], room.visits.values())
            if visitor is None:
                return moves, None
            moves.append(self._calling(room, visitor, desk))
            return moves, moves[-1].after

        return self._change(rule, by=by, once=once)

    def call(
        self, *, desk: str, by: str, visit: str | None = None, number: str | None = None, leaving=ANYONE, once=None
    ) -> Visit:
        """Calls this visitor out of turn, by id or by number; also somebody who was not there."""

        def rule(room: Room):
            visitor = self._open_visit(room, visit) if visit else self._numbered(room, number)
            moves = self._make_way(room, desk, by, leaving, calling=visitor)
            moves.append(self._calling(room, visitor, desk))
            return moves, moves[-1].after

        return self._change(rule, by=by, once=once)

    def walk_in(self, *, desk: str, service: str, by: str, wait: bool = False, leaving=ANYONE, once=None) -> Issued:
        """Somebody without a ticket: helped at the desk at once, or (`wait`) given a number and a place in the line."""

        def rule(room: Room):
            self._service(service)
            moves = [] if wait else self._make_way(room, desk, by, leaving)
            visit = replace(self._arrival(room, service, "desk"), acknowledged_at=room.at)
            moves.append(Move("issued", None, visit, desk))
            if not wait:
                call = self._calling(room, visit, desk)
                moves += [call, Move("started", call.after, take(call.after, "started", room.at), desk)]
            return moves, self._issued(room, moves[-1].after)

        self._desk(desk)
        return self._change(rule, by=by, once=once)

    def step(self, step: str, *, visit: str, by: str, desk: str | None = None, once=None) -> Visit:
        """Any other step of an open visit, by its question (`STEPS`); `desk` is the asker's, if they sit at one."""
        told = STEPS.get(step)
        if told is None:
            raise Refusal("unknown_step", status=404, step=step, steps=", ".join(sorted({*STEPS, "call", "undo"})))

        def rule(room: Room):
            found = self._open_visit(room, visit)
            if desk and found.desk and found.desk != desk:
                raise Refusal("at_another_desk", number=found.number, desk=self._desk(found.desk).name)
            after = take(found, told, room.at, walk_ms=self._walk_ms)
            return [Move(told, found, after, desk or found.desk)], after

        return self._change(rule, by=by, once=once)

    def undo(self, *, by: str, desk: str | None = None, visit: str | None = None, once=None) -> list[Visit]:
        """Takes back the last press at a desk (or the last that changed a visit), whatever it was, clocks untouched."""

        def rule(room: Room):
            told = self.store.steps_of(self._visit(visit).id) if visit else self.store.steps_at(self.office, desk)
            last = press_to_undo(told)
            if last.at < room.at - self.settings.desk.undo_seconds * 1000:
                raise Refusal("too_late_to_undo", minutes=round(self.settings.desk.undo_seconds / 60))
            press = self.store.press(self.office, last.press)
            pairs = undone_visits(press, lambda found: self._visit(found, room), room.at, room.at_desk)
            moves = [Move("undone", before, after, last.desk, undoes=last.press) for before, after in pairs]
            return moves, [move.after for move in moves]

        if desk:
            self._desk(desk)
        return self._change(rule, by=by, once=once)

    def set_desk(self, *, desk: str, state: str, by: str, take_over: bool = False, once=None) -> Desk:
        """Opens ("open"), pauses or closes a desk. One that somebody else has open is theirs unless taken over."""

        def rule(room: Room):
            now = room.desks.get(desk, Desk(desk))
            self._mine(room, desk, by, take_over)
            if state == "closed" and (visitor := room.at_desk(desk)):
                raise Refusal("desk_has_visitor", desk=self._desk(desk).name, number=visitor.number)
            after = replace(now, state=state, person=None if state == "closed" else by, since_at=room.at)
            if (now.state, now.person) == (after.state, after.person):
                return [], now
            others = [d for d in room.desks.values() if d.person == by and d.key != desk and d.state != "closed"]
            left = [
                Move("closed", d, Desk(d.key, "closed", None, room.at), d.key)
                for d in others
                if not room.at_desk(d.key)
            ]
            told = {"open": "opened", "paused": "paused", "closed": "closed"}[state]
            return [*(left if by.startswith("person:") else []), Move(told, now, after, desk)], after

        self._desk(desk)
        return self._change(rule, by=by, once=once)

    # -- looking -----------------------------------------------------------------------------------------------

    def people_ahead(self, room: Room, visit: Visit) -> int:
        return line.people_ahead(room.visits.values(), self.settings.serves, visit.service, of=visit)

    def url(self, visit: Visit) -> str | None:
        """The visitor's own page, while its link lives."""
        return f"{self.settings.address}/t/{visit.token}" if visit.token else None

    def why_closed(self, service: str, at: int) -> Refusal | None:
        """Why a ticket for the service cannot be had at this instant; None when it can."""
        part, zone, office = self._service(service), self.settings.zone, self.settings.hours
        for key, timetable in (("office_closed", office), ("service_shut", self.settings.hours_of(part))):
            if not hours.is_open(at, zone, timetable.weekly, office.closed_on):
                opens = hours.next_opening(at, zone, timetable.weekly, office.closed_on)
                return Refusal(key, service=part.name, opens_at=opens)
        return None if part.open else Refusal("service_closed", service=part.name)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    @property
    def _walk_ms(self) -> int:
        return self.settings.promise.walking_allowance_seconds * 1000

    def _welcoming(self, room: Room, service: str) -> None:
        if refusal := self.why_closed(service, room.at):
            raise refusal

    def _service(self, service: str):
        if service not in self.settings.service:
            raise Refusal("unknown_service", status=422, service=service, services=", ".join(self.settings.service))
        return self.settings.service[service]

    def _desk(self, desk: str):
        if desk not in self.settings.desk_named:
            raise Refusal("unknown_desk", status=404, desk=desk, desks=", ".join(self.settings.desk_named))
        return self.settings.desk_named[desk]

    def _visit(self, visit: str, room: Room | None = None) -> Visit:
        found = room and (room.visits.get(visit) or room.closed.get(visit))
        found = found or self.store.visit(self.office, visit, turn=True)
        if not found:
            raise Refusal("unknown_visit", status=404, visit=visit)
        return found

    def _open_visit(self, room: Room, visit: str) -> Visit:
        found = self._visit(visit, room)
        if found.state in ENDED:
            raise Refusal("visit_ended", number=found.number, state=found.state)
        return found

    def _numbered(self, room: Room, number: str | None) -> Visit:
        wanted = "".join((number or "").split()).upper()
        found = self.store.visit_by_number(self.office, room.day, wanted, turn=True)
        if not found:
            raise Refusal("unknown_number", status=404, number=(number or "")[:20])
        return self._open_visit(room, found.id)

    def _arrival(self, room: Room, service: str, channel: str) -> Visit:
        part = self._service(service)
        count = self.store.next_count(self.office, room.day, part.letter)
        timetable = self.settings.hours
        return Visit(
            id=uuid7(room.at),
            office=self.office,
            day=room.day,
            number=number(part.letter, count),
            service=service,
            state="waiting",
            place=self.store.last_step(self.office)[0] + 1,
            channel=channel,
            token=token(),
            arrived_at=room.at,
            opens_at=hours.opened_at(room.at, self.settings.zone, timetable.weekly, timetable.closed_on),
        )

    def _issued(self, room: Room, visit: Visit) -> Issued:
        return Issued(visit, self.people_ahead(room, visit) if visit.state == "waiting" else 0, self.url(visit))

    def _mine(self, room: Room, desk: str, by: str, take_over: bool = False) -> None:
        now = room.desks.get(desk, Desk(desk))
        if now.state == "closed" or take_over or now.person in (None, by) or not by.startswith("person:"):
            return
        raise Refusal("desk_is_anothers", desk=self._desk(desk).name)

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
            moves.append(Move("opened", now, Desk(desk, "open", by, room.at), desk))
        if here:
            moves.append(Move("completed", here, take(here, "completed", room.at, walk_ms=self._walk_ms), desk))
        return moves

    def _calling(self, room: Room, visitor: Visit, desk: str) -> Move:
        return Move("called", visitor, take(visitor, "called", room.at, desk=desk), desk)


# question -> the step it tells
STEPS = {
    "recall": "recalled",
    "start": "started",
    "not_here": "no_show",
    "finish": "completed",
    "return_to_line": "returned",
    "reinstate": "reinstated",
    "leave": "left",
    "cancel": "cancelled",
}
