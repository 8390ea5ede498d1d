"""Kiosks that were alone: numbers lent to them beforehand, and the tickets they gave by themselves taken in afterwards.

Nobody who holds such a number is turned away for what has happened meanwhile: the office closed, a service full or
paused, even the day settled. What a kiosk cannot truly have done is refused, and harms nothing else.
"""

import json
from dataclasses import replace

from reception import hours
from reception.arriving import Arriving
from reception.blocks import Alone, holding, to_lend
from reception.door import Answered, Once
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.things import Block
from reception.visit import ENDED, Visit, take

TOLERANCE = 2_000  # ms by which a kiosk that heard from us just now may be wrong


class Merging(Arriving):
    """What a kiosk's keeper asks."""

    def lend(self, *, kiosk: str, by: str, used_up=()) -> list[Block]:
        """The numbers lent to the kiosk (its key's id, and its machine's) for today and for the next day with opening
        hours, with more where there were none or the newest block is in `used_up` (ids): asked twice, it is lent once.
        All machines with one key share what a kiosk is lent at most."""
        rules = self.settings.keeper
        at = self.now()
        days = self._lent_days(at)
        lent = self.lent(kiosk, days)
        letters = sorted({service.letter for service in self.settings.services})
        if not to_lend(letters, days, lent, used_up, most=rules.most, before=self._lent_besides(kiosk, days)):
            return lent

        def rule(room: Room):
            lent, before = self.lent(kiosk, days, turn=True), self._lent_besides(kiosk, days, turn=True)
            moves = []
            for day, letter in to_lend(letters, days, lent, used_up, most=rules.most, before=before):
                first, last = self.store.lend_counts(self.office, day, letter, rules.numbers)
                moves.append(Move("numbers_lent", None, Block(day, letter, first, last, kiosk, room.at)))
            return moves, [*lent, *(move.after for move in moves)]

        return self._change(rule, by=by)

    def lent_to(self, day: str) -> set[str]:
        """The kiosks (their keys' ids) that have numbers of their own for this day or a later one."""
        return {kiosk.partition(" ")[0] for kiosk in self.store.lent_to(self.office, day)}

    def lent(self, kiosk: str, days, *, turn: bool = False) -> list[Block]:
        marks = ", ".join("?" * len(days))
        where = f"AND kiosk = ? AND day IN ({marks}) ORDER BY day, letter, first"
        return self.store.things(Block, self.office, where, (kiosk, *days), turn=turn)

    def _lent_besides(self, kiosk: str, days, *, turn: bool = False) -> list[Block]:
        """To other machines with the kiosk's key."""
        key, marks = kiosk.partition(" ")[0], ", ".join("?" * len(days))
        where = f"AND kiosk >= ? AND kiosk < ? AND kiosk <> ? AND day IN ({marks})"
        return self.store.things(Block, self.office, where, (f"{key} ", f"{key}!", kiosk, *days), turn=turn)

    def _ever_lent(self, kiosk: str, day: str) -> list[Block]:
        """To the kiosk's machine, under whatever key it had: who holds its numbers is not lost with a key."""
        machine = kiosk.partition(" ")[2]
        where = "AND day = ? AND (kiosk = ? OR (? <> '' AND kiosk LIKE '% ' || ?))"
        return self.store.things(Block, self.office, where, (day, kiosk, machine, machine), turn=True)

    def merge(self, given: Alone, *, kiosk: str, by: str, once: Once, remark: str = "") -> Visit:
        """Takes in a ticket that the kiosk gave by itself: in the line by its true arrival, however often it is told.

        `once` is its showing's: where we had given it a ticket whose answer never came, there is no second visit, and
        the one there is has the number that the visitor holds. `remark` is for staff, where a kiosk had the day wrong
        and the visit has another number than its slip.
        """
        try:
            issued = self._change(lambda room: self._taking_in(room, given, kiosk, remark), by=by, once=once)
        except Answered as before:
            ours = (json.loads(before.body).get("ticket") or {}).get("id", "")
            issued = self._change(lambda room: self._renumbering(room, ours, given, kiosk, remark), by=by)
        return issued.visit

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _lent_days(self, at: int) -> list[str]:
        zone, timetable = self.settings.zone, self.settings.hours
        today = hours.day_of(at, zone)
        ends = hours.day_bounds(today, zone)[1]
        opens = hours.next_opening(ends - 1, zone, timetable.weekly, timetable.closed_on)
        return [today] if opens is None else [today, hours.day_of(opens, zone)]

    def _taking_in(self, room: Room, given: Alone, kiosk: str, remark: str):
        if before := self.store.visit(self.office, given.id, turn=True):
            return [], replace(self._issued(room, before), again=True)
        block = self._truly_given(room, given, kiosk)
        visit = self._alone(room, given, min(max(given.arrived_at, block.lent_at), room.at))
        remark = remark if visit.number != given.number else ""
        tells = self._tells(needs=self._known_needs(given), language=given.language, remark=remark)
        note = {"alone": True, **({"about": True} if given.about else {})}
        moves = [Move("issued", None, visit, note=note, tells=tells)]
        return moves, self._issued(room.after(moves), visit)

    def _truly_given(self, room: Room, given: Alone, kiosk: str) -> Block:
        """The block the number is of; a Refusal where the kiosk had no such number, or not at that time."""
        block = holding(self._ever_lent(kiosk, given.day), given.day, given.number)
        if block is None:
            raise Refusal("number_not_lent", number=given.number, day=given.day, status=422)
        taken = self.store.visit_by_number(self.office, given.day, given.number, turn=True)
        if taken or self.store.visit_by_token(given.token, turn=True):
            raise Refusal("number_given", number=given.number)
        if given.arrived_at > room.at + TOLERANCE:
            raise Refusal("arrival_implausible", number=given.number, status=422)
        return block

    def _alone(self, room: Room, given: Alone, at: int) -> Visit:
        """The visit as of its arrival; with the number it holds, unless the kiosk had the day wrong."""
        then = replace(room, at=at, day=hours.day_of(at, self.settings.zone))
        return self._arrival(
            then,
            self._still_had(given),
            "kiosk",
            held=given.number if given.day == then.day else None,
            id=given.id,
            token=given.token,
            acknowledged_at=given.shown_at and min(max(given.shown_at, at), room.at),
            party=given.party,
            reads=given.reads if given.reads in self.settings.languages else "",
            **self._called_how(self._known_needs(given)),
        )

    def _still_had(self, given: Alone) -> str:
        """The service, or one of the same letter where the settings have it no more: its people wait all the same."""
        letters = {service.key: service.letter for service in self.settings.services}
        like = [key for key, letter in letters.items() if letter == given.number[0]]
        return given.service if given.service in letters else [*like, *letters][0]

    def _known_needs(self, given: Alone) -> list[str]:
        return [need for need in given.needs if need in self.settings.need]

    def _renumbering(self, room: Room, ours: str, given: Alone, kiosk: str, remark: str):
        """The visitor of our own ticket holds the kiosk's number: the visit takes it, with its page."""
        found = room.visits.get(ours) or room.closed.get(ours) or self.store.visit(self.office, ours, turn=True)
        called_in_vain = found and found.state in ENDED and not found.ended_inferred
        if not found or called_in_vain or found.day != given.day:
            return self._taking_in(room, given, kiosk, remark)
        if found.id == given.id or found.number == given.number:
            return [], replace(self._issued(room, found), again=True)
        self._truly_given(room, given, kiosk)
        self.store.drop_waiting_slips(found.id, room.at)
        after = replace(found, number=given.number, token=given.token)
        moves = [Move("renumbered", found, after, note={"alone": True})]
        if after.state == "no_show":
            moves.append(Move("reinstated", after, take(after, "reinstated", room.at)))
        return moves, self._issued(room.after(moves), moves[-1].after)
