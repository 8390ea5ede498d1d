"""The steps of one visit between its call and its end: hold, transfer, back to the line, legs, corrections, the end."""

from dataclasses import replace

from reception import hours
from reception.arriving import MINUTE_MS
from reception.owing import Owing
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.things import Appointment
from reception.visit import AT_DESK, OUTCOMES, Visit, next_leg, take

# question -> the step it tells, for those that need nothing but the visit
STEPS = {
    "recall": "recalled",
    "start": "started",
    "not_here": "no_show",
    "return_to_line": "returned",
    "resume": "resumed",
    "reinstate": "reinstated",
    "leave": "left",
    "cancel": "cancelled",
}
TIMES = ("arrived_at", "first_called_at", "seen_at", "ended_at")  # in the order they must be in


class Stepping(Owing):
    """The buttons beside Next."""

    def step(
        self, step: str, *, visit: str, by: str, desk: str | None = None, reason: str | None = None, once=None
    ) -> Visit:
        """A step that needs no more than its question (`STEPS`); `desk` is the asker's, if they sit at one."""
        told = STEPS.get(step)
        if told is None:
            raise Refusal("unknown_step", status=404, step=step, steps=", ".join(sorted({*STEPS, *FURTHER})))

        def rule(room: Room):
            found = self._open_visit(room, visit)
            self._there(room, found, desk, by)
            after = take(found, told, room.at, walk_ms=self._walk_ms, **self._where(told, found, room))
            self._not_settled(room, after)
            note = {"reason": self._reason("cancel", reason)} if reason else None
            moves = [Move(told, found, after, desk or found.desk, note=note)]
            return moves + (self._freed(found) if told == "cancelled" else []), after

        return self._change(rule, by=by, once=once)

    def hold(
        self,
        *,
        visit: str,
        by: str,
        desk: str | None = None,
        minutes: int | None = None,
        mine: bool = False,
        reason: str | None = None,
        room: str | None = None,
        once=None,
    ) -> Visit:
        """Sets a visitor aside for `minutes`; then they are in the line again by themselves, where they were.

        `mine` keeps them for whoever asks; `room` is a key of the office's rooms, shown to staff and on their phone.
        """
        rules = self.settings.holds
        minutes = rules.minutes if minutes is None else minutes
        if not 1 <= minutes <= rules.longest_minutes:
            raise Refusal("hold_too_long", status=422, longest=rules.longest_minutes)
        if room and room not in {one.key for one in self.settings.rooms}:
            raise Refusal("unknown_room", status=422, room=room)
        note = {"reason": self._reason("hold", reason)} if reason else None

        def rule(inside: Room):
            found = self._open_visit(inside, visit)
            self._there(inside, found, desk, by)
            until = inside.at + minutes * MINUTE_MS
            self._before_the_day_ends(inside, until)
            kept_for = self._keeper(by, desk or found.desk) if mine else found.kept_for
            after = take(found, "held", inside.at, held_until=until, kept_for=kept_for, room=room)
            return [Move("held", found, after, desk or found.desk, note=note)], after

        return self._change(rule, by=by, once=once)

    def transfer(
        self,
        *,
        visit: str,
        by: str,
        desk: str | None = None,
        service: str | None = None,
        to: str | None = None,
        later_minutes: int = 0,
        come_back: bool = False,
        reason: str | None = None,
        said: str = "",
        once=None,
    ) -> Visit:
        """Sends a visitor on to a service, a desk or a person (`to`: "desk:KEY", "person:ID"): a new leg, the clock
        going on. `later_minutes` they wait first; `come_back` brings them back to whoever asks afterwards; `said` is
        what the next receptionist should know."""
        if not (service or to):
            raise Refusal("transfer_nowhere", status=422)
        if not 0 <= later_minutes <= self.settings.holds.longest_minutes:
            raise Refusal("hold_too_long", status=422, longest=self.settings.holds.longest_minutes)
        note = {"reason": self._reason("transfer", reason)} if reason else None

        def rule(room: Room):
            found = self._open_visit(room, visit)
            self._there(room, found, desk, by)
            wanted = service or found.service
            self._taken(room, wanted, to)
            back = [f"{found.service}@{self._keeper(by, desk or found.desk)}"] if come_back else []
            leg = {"service": wanted, "kept_for": self._whom(to, room), "due_at": self._later(room, later_minutes)}
            legs = " ".join([*back, *found.to_come.split()])
            after = take(found, "transferred", room.at, walk_ms=self._walk_ms, to_come=legs, **leg)
            tells = self._tells(said=said)
            return [Move("transferred", found, after, desk or found.desk, note=note, tells=tells)], after

        return self._change(rule, by=by, once=once)

    def plan(self, *, visit: str, by: str, to_come, desk: str | None = None, once=None) -> Visit:
        """The further services of this visit, in order; each is a leg of its own when the one before ends."""

        def rule(room: Room):
            found = self._open_visit(room, visit)
            kept = [leg for leg in found.to_come.split() if "@" in leg]  # "and come back to me" stays
            after = replace(found, to_come=" ".join([*self._further(room, to_come), *kept]))
            return ([Move("planned", found, after, desk or found.desk)] if after != found else []), after

        return self._change(rule, by=by, once=once)

    def offer(self, *, visit: str, by: str, service: str, wanted: bool, desk: str | None = None, once=None) -> Visit:
        """ "You may also want": another service was offered, counted, and taken as a further leg if it is wanted."""

        def rule(room: Room):
            self._service(service)
            found = self._open_visit(room, visit)
            legs = found.to_come.split()
            if wanted and service not in legs:
                legs += self._further(room, [service])
            after = replace(found, to_come=" ".join(legs))
            return [
                Move("offered", found, after, desk or found.desk, note={"service": service, "wanted": wanted})
            ], after

        return self._change(rule, by=by, once=once)

    def flag_times(self, *, visit: str, by: str, once=None) -> Visit:
        """Says that a visit's times are wrong; a manager can correct them."""

        def rule(room: Room):
            found = self._visit(visit, room)
            after = replace(found, times_wrong=1)
            return ([Move("times_flagged", found, after)] if after != found else []), after

        return self._change(rule, by=by, once=once)

    def correct(self, *, visit: str, by: str, once=None, before: dict[str, int] | None = None, **times: int) -> Visit:
        """Puts right instants of a visit (`TIMES`); the step keeps what was there. They must stay in order, and none
        may lie in the future or on another day. `before` is what whoever corrects has seen of them: refused where one
        is another by now."""

        def rule(room: Room):
            found = self._visit(visit, room)
            if any(getattr(found, name) != at for name, at in (before or {}).items()):
                raise Refusal("times_changed", number=found.number)
            after = replace(found, times_wrong=0, **times, **self._following(found, times))
            self._plausible(room, found, after)
            return ([Move("corrected", found, after)] if after != found else []), after

        return self._change(rule, by=by, once=once)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _ending(
        self,
        room: Room,
        visit: Visit,
        by: str,
        *,
        outcome: str | None = None,
        delivered=(),
        party: int | None = None,
        note: str = "",
        signposts=(),
        promise=None,
        reference: str | None = None,
    ) -> tuple[list[Move], Visit]:
        """The moves that end a visit, or its leg where there are more to come, and the visit after them.

        `promise` is an `owing.Promised`: what happens next and by when; `reference` the council's own, of the matter.
        """
        if outcome is not None and outcome not in OUTCOMES:
            raise Refusal("unknown_outcome", status=422, outcome=outcome, outcomes=", ".join(OUTCOMES))
        ended = {"outcome": outcome or visit.outcome, "party": visit.party if party is None else party}
        for service in delivered:
            self._service(service)
        ended["delivered"] = " ".join(dict.fromkeys([*visit.delivered.split(), *(delivered or [visit.service])]))
        noted = {"signposts": self._signposts(signposts)} if signposts else {}
        moves = []
        if visit.to_come and outcome != "left":
            to = next_leg(visit)
            after = take(visit, "transferred", room.at, walk_ms=self._walk_ms, **ended, **to)
            step, noted = "transferred", {**noted, "reason": "to_come"}
        else:
            step = "left" if outcome == "left" else "completed"
            after = take(visit, step, room.at, walk_ms=self._walk_ms, **ended)
        if promise:
            promised, tells = self._promised(room, promise, by, visit=after)
            after = replace(after, page_until=max(after.page_until or 0, promised.due_at))
            moves.append(Move("promised", None, promised, visit.desk, visit=visit.id, tells=tells))
        tells = {**(self._tells(note=note) or {}), **self._matter(reference or None)}
        moves.insert(0, Move(step, visit, after, visit.desk, note=noted or None, tells=tells or None))
        return moves, after

    def _signposts(self, keys) -> list[str]:
        for key in keys:
            if key not in self.settings.signpost:
                raise Refusal("unknown_signpost", status=422, signpost=key)
        return list(keys)

    def _where(self, step: str, visit: Visit, room: Room) -> dict:
        """Where in the line somebody comes who is put back, or who came back."""
        rules = self.settings.line
        if step == "returned" and visit.state in AT_DESK:
            return {"due_at": room.at + round(rules.cool_down_seconds * 1000)}
        if step == "reinstated" and visit.missed_at is not None:
            late = room.at - visit.missed_at > rules.come_back_minutes * MINUTE_MS
            return {"placed_at": room.at} if late else {}
        return {}

    def _freed(self, visit: Visit) -> list[Move]:
        """A ticket taken by mistake was no arrival: the appointment it was for may be checked in again."""
        booking = visit.appointment and self.store.thing(Appointment, self.office, visit.appointment, turn=True)
        if not booking or booking.visit != visit.id:
            return []
        after = replace(booking, state="booked", visit=None, arrived_at=None)
        return [Move("appointment_freed", booking, after, visit=visit.id)]

    def _keeper(self, by: str, desk: str | None) -> str:
        """Whom "for me" means: the person, or the desk where a key is used by several."""
        if by.startswith("person:") or not desk:
            return by
        return f"desk:{desk}"

    def _later(self, room: Room, minutes: int) -> int | None:
        """When somebody is to be in the line again who waits so long first; None: at once."""
        if not minutes:
            return None
        due_at = room.at + minutes * MINUTE_MS
        self._before_the_day_ends(room, due_at)
        return due_at

    def _before_the_day_ends(self, room: Room, at: int) -> None:
        """Refuses a time by which the system will have ended everybody's visit."""
        if at >= (ends := self._all_end(room)):
            raise Refusal("hold_past_day", ends_at=ends)

    def _following(self, visit: Visit, times: dict) -> dict:
        """What else is right once these times are: no guess any more, the opening of the day, an only call."""
        follows = {f"{name.removesuffix('_at')}_inferred": 0 for name in ("seen_at", "ended_at") if name in times}
        if "arrived_at" in times:
            timetable = self.settings.hours
            zone, arrived = self.settings.zone, times["arrived_at"]
            follows["opens_at"] = hours.opened_at(arrived, zone, timetable.weekly, timetable.closed_on)
        if "first_called_at" in times and visit.first_called_at == visit.last_called_at:
            follows["last_called_at"] = times["first_called_at"]
        return follows

    def _plausible(self, room: Room, before: Visit, after: Visit) -> None:
        known = [at for name in TIMES if (at := getattr(after, name)) is not None]
        missing = [name for name in TIMES if getattr(after, name) is not None and getattr(before, name) is None]
        start, end = hours.day_bounds(before.day, self.settings.zone)
        called = after.first_called_at is None or after.first_called_at <= after.last_called_at
        if missing or not called or known != sorted(known) or known[-1] > min(room.at, end) or known[0] < start:
            raise Refusal("times_implausible", status=422, number=before.number)


FURTHER = ("call", "hold", "transfer", "finish", "note", "plan", "offer", "flag_times", "correct", "undo")
