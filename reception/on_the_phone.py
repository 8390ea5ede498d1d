"""What visitors do themselves, on their own page: say that they come later, that they are here, and leave the line.

A link reaches its own visit and no other. Asking twice does it once; what does not fit is refused with what helps.
"""

from dataclasses import replace

from reception.arriving import MINUTE_MS
from reception.finding import Finding
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.visit import ENDED, SAID, Visit, take

VISITOR = "visitor"  # who took a step, where they took it themselves


class OnThePhone(Finding):
    """A visitor's own buttons."""

    def tell_late(self, *, visit: str, minutes: int) -> Visit:
        """Keeps their place while they are on their way: Next passes them over for so many minutes, from a booked time
        that is still to come. Some times at most, or a place could be kept all day."""
        rules = self.settings.phone
        if minutes not in rules.late_minutes:
            raise Refusal("late_minutes", status=422)

        def rule(room: Room):
            found = self._visit(visit, room)
            if found.state != "waiting":
                raise Refusal("late_called" if found.state == "called" else "late_not_waiting")
            if (found.late_until or 0) > room.at:
                return [], found
            if self._times_late(found) >= rules.late_times:
                raise Refusal("late_too_often")
            until = max(room.at, found.not_before) + minutes * MINUTE_MS
            if until >= self._all_end(room):
                raise Refusal("late_past_closing")
            after = replace(found, late_until=until, first_by_at=None, **dict.fromkeys(SAID))  # they are told anew
            return [Move("told_late", found, after, note={"minutes": minutes})], after

        return self._change(rule, by=VISITOR)

    def tell_here(self, *, visit: str) -> Visit:
        """Somebody who said that they come later is here: Next calls them again."""

        def rule(room: Room):
            found = self._visit(visit, room)
            if (found.late_until or 0) <= room.at or found.state in ENDED:
                return [], found
            after = replace(found, late_until=None)
            return [Move("told_here", found, after)], after

        return self._change(rule, by=VISITOR)

    def leave_line(self, *, visit: str) -> Visit:
        """They go home, and nobody calls for them. At a desk, that is for whoever helps them to say."""

        def rule(room: Room):
            found = self._visit(visit, room)
            if found.state in ENDED:
                return [], found
            if found.state == "serving":
                raise Refusal("leave_at_desk")
            after = take(found, "left", room.at)
            return [Move("left", found, after, found.desk)], after

        return self._change(rule, by=VISITOR)

    def _times_late(self, visit: Visit) -> int:
        steps = self.store.steps_of(visit.id, turn=True)
        undone = {step.undoes for step in steps}
        return sum(step.step == "told_late" and step.press not in undone for step in steps)
