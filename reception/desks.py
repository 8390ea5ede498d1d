"""The people at work: opening, pausing and closing desks, handing over, the silent call for help, preferences."""

import json
from dataclasses import replace

from reception.finding import Finding
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.things import Desk

PREFERENCES = {"keys": dict, "letter_keys": bool, "and_next": bool, "name_on_phone": bool, "team": str, "screen": dict}
LONGEST_PREFERENCE = 2000


class Desks(Finding):
    """A desk's own buttons."""

    def set_desk(
        self, *, desk: str, state: str, by: str, take_over: bool = False, reason: str | None = None, once=None
    ) -> Desk:
        """Opens ("open"), pauses (with a reason) or closes a desk. One that somebody else has open is theirs unless
        taken over."""

        def rule(room: Room):
            now = room.desks.get(desk, Desk(desk))
            self._mine(room, desk, by, take_over)
            if state == "closed" and (visitor := room.at_desk(desk)):
                raise Refusal("desk_has_visitor", desk=self._desk(desk).name, number=visitor.number)
            why = self._reason("pause", reason) if state == "paused" else None
            after = replace(now, state=state, person=None if state == "closed" else by, since_at=room.at, reason=why)
            if state == "closed":
                after = replace(after, help_at=None, help_by=None, help_coming=None)
            if (now.state, now.person, now.reason) == (after.state, after.person, after.reason):
                return [], now
            told = {"open": "opened", "paused": "paused", "closed": "closed"}[state]
            return [*self._leaving_others(room, desk, by), Move(told, now, after, desk)], after

        self._desk(desk)
        return self._change(rule, by=by, once=once)

    def hand_over(self, *, desk: str, by: str, to: str, once=None) -> Desk:
        """The end of a shift: somebody else sits down here. Whoever is at the desk stays, and visitors kept for the one
        who goes are kept for the one who comes."""

        def rule(room: Room):
            self._mine(room, desk, by)
            now = room.desks.get(desk, Desk(desk))
            if now.state == "closed":
                raise Refusal("desk_closed", desk=self._desk(desk).name)
            self._person(to, room)
            if to == now.person:
                return [], now
            calls = {"help_by": to} if now.help_at else {}
            after = replace(now, person=to, state="open", since_at=room.at, reason=None, **calls)
            kept = [v for v in room.visits.values() if v.kept_for == now.person and now.person]
            moves = [Move("kept_for_another", visit, replace(visit, kept_for=to), desk) for visit in kept]
            return [*self._leaving_others(room, desk, to), *moves, Move("handed_over", now, after, desk)], after

        self._desk(desk)
        return self._change(rule, by=by, once=once)

    def help(self, *, desk: str, by: str, step: str, once=None) -> Desk:
        """The silent call for help: "ask" at one's own desk, "answer" ("I am coming") from anywhere, "end" by whoever
        asked. Nothing of it is ever said in the lobby."""

        def rule(room: Room):
            now, name = room.desks.get(desk, Desk(desk)), self._desk(desk).name
            if step == "ask":
                self._mine(room, desk, by)
                if now.help_at:
                    return [], now
                return self._helped(now, "help_asked", help_at=room.at, help_by=by)
            if not now.help_at:
                raise Refusal("no_help_asked", desk=name)
            if step == "answer":
                return self._helped(now, "help_answered", help_coming=by) if now.help_coming is None else ([], now)
            if by != now.help_by:
                raise Refusal("help_is_anothers", desk=name)
            return self._helped(now, "help_ended", help_at=None, help_by=None, help_coming=None)

        if step not in ("ask", "answer", "end"):
            raise Refusal("unknown_step", status=404, step=step, steps="answer, ask, end")
        self._desk(desk)
        return self._change(rule, by=by, once=once)

    def prefer(self, *, who: str, name: str, value) -> None:
        """How somebody likes to work: their keys, letter keys on or off, the next call by itself, their team; and what
        was measured of a screen."""
        kind = PREFERENCES.get(name)
        text = json.dumps(value)
        if kind is None or not isinstance(value, kind) or len(text) > LONGEST_PREFERENCE:
            raise Refusal("unknown_preference", status=422, name=str(name)[:40], names=", ".join(PREFERENCES))

        def turn(store):
            store.execute("INSERT OR REPLACE INTO preferences VALUES (?, ?, ?, ?)", (self.office, who, name, text))
            return None, None

        self.writer.do(turn)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _leaving_others(self, room: Room, desk: str, by: str) -> list[Move]:
        """Nobody sits at two desks: another one they have open, with nobody at it, is closed."""
        if not by.startswith("person:"):
            return []
        others = [d for d in room.desks.values() if d.person == by and d.key != desk and d.state != "closed"]
        return [
            Move("closed", d, Desk(d.key, "closed", None, room.at), d.key) for d in others if not room.at_desk(d.key)
        ]

    def _helped(self, now: Desk, step: str, **changes) -> tuple[list[Move], Desk]:
        after = replace(now, **changes)
        return [Move(step, now, after, now.key)], after
