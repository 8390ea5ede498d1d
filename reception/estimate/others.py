"""What others tell people: three plain estimators beside ours, so that it can be seen whether ours is worth its while.

Each answers one number, and is told nothing but what the record holds.
"""

from collections import deque

from reception.estimate.floor import MINUTE, Floor
from reception.line import Line
from reception.reading import Step
from reception.visit import AT_DESK, Visit


class Other:
    """`see` is told each step with the visit before and after it; `expects` answers for somebody who has just come, in
    milliseconds until the call (None: it cannot say)."""

    name = ""

    def see(self, step: Step, before: Visit | None, after: Visit, floor: Floor) -> None:
        """Learns from a step."""

    def expects(self, visit: Visit, floor: Floor) -> float | None:
        line = floor.line()
        desks = [key for key in line.desks_for(visit) if key in floor.desks and floor.desks[key].state != "closed"]
        if not desks:
            return None
        here = [key for key in desks if floor.desks[key].state == "open"]
        ahead = _competing(line, visit)
        wait = 0.0 if not ahead and set(here) - set(floor.busy) else self.wait(visit, ahead, here or desks, floor)
        return max(wait, visit.not_before - floor.at)

    def wait(self, visit: Visit, ahead: int, desks: list[str], floor: Floor) -> float:
        raise NotImplementedError


class Typed(Other):
    """The place in the line times the minutes in the settings, shared among the desks: what most systems do."""

    name = "position × typed-in minutes"

    def wait(self, visit, ahead, desks, floor):
        part = floor.settings.service.get(visit.service)
        return (ahead + 1) * (part.minutes if part else 5) * MINUTE / len(desks)


class LastToEnter(Other):
    """As long as whoever was called last has waited, of the same service where that is known."""

    name = "the last one called"

    def __init__(self):
        self.waits: dict[str, float] = {}
        self.last = 0.0

    def see(self, step, before, after, floor):
        if step.step == "called" and before and before.first_called_at is None:
            self.last = self.waits[before.service] = max(0, step.at - before.waits_from)

    def wait(self, visit, ahead, desks, floor):
        return self.waits.get(visit.service, self.last)


class QueueLength(Other):
    """The place in the line times how long desks took lately from one call to being free again, shared among them."""

    name = "queue length × rate seen lately"
    NEWEST = 30

    def __init__(self):
        self.took: deque[float] = deque(maxlen=self.NEWEST)

    def see(self, step, before, after, floor):
        if before and before.state in AT_DESK and after.state not in AT_DESK and before.last_called_at:
            self.took.append(step.at - before.last_called_at)

    def wait(self, visit, ahead, desks, floor):
        each = sum(self.took) / len(self.took) if self.took else 5 * MINUTE
        return (ahead + 1) * each / len(desks)


class SharedQueueLength(QueueLength):
    """The same, but of somebody ahead whom other desks can call as well, only a share counts."""

    name = "the same, skills counted"

    def wait(self, visit, ahead, desks, floor):
        line, here, share = floor.line(), set(desks), 0.0
        for other in line.waiting():
            if other.id == visit.id or not line.is_due(other) or line.order(other) > line.order(visit):
                continue
            theirs = {key for key in line.desks_for(other) if key in floor.desks and floor.desks[key].state == "open"}
            share += len(theirs & here) / len(theirs) if theirs else 0.0
        return super().wait(visit, share, desks, floor)


def _competing(line: Line, visit: Visit) -> int:
    """How many some desk that could call either would call first: one line for all, as most systems count."""

    def desks_of(one: Visit) -> frozenset[str]:
        desks = line.desks_for(one)
        return frozenset(key for key in desks if key in line.desks and line.desks[key].state == "open") or desks

    def order(one: Visit, desk: str) -> tuple[int, int]:
        since, place = line.order(one)
        return since + line.handicap(one.service, desk), place

    own, others = desks_of(visit), [one for one in line.waiting() if line.is_due(one)]
    return sum(any(order(one, desk) < order(visit, desk) for desk in own & desks_of(one)) for one in others)


OTHERS = (Typed, LastToEnter, QueueLength, SharedQueueLength)
