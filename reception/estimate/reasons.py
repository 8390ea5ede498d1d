"""Why somebody is called later than they were told, from how things are now and what has changed since they came. Pure.

Keys only; what is about another person is never more than that somebody else is called first.
"""

from reception.estimate.snapshot import Snapshot
from reception.visit import Visit

NEAR = 2 * 60 * 60_000  # a booking so near may still come before whoever waits now


class Reasons:
    """Of everybody in one snapshot: what is asked of each is worked out once for all."""

    def __init__(self, snapshot: Snapshot):
        self.line, line = snapshot.line, snapshot.line
        waiting = line.waiting()
        self._booked = [line.desks_of_service(one.service) for one in snapshot.bookings
                        if one.booked_at < snapshot.at + NEAR]  # fmt: skip
        self._booked += [line.desks_for(one) for one in waiting if one.booked_at and not line.is_due(one)]
        here = [(line.order(one), one) for one in waiting if line.is_due(one)]
        self._here = [(order, one, line.desks_for(one)) for order, one in here]
        self._at_desks = [(None, one, line.desks_for(one)) for one in snapshot.busy.values()]

    def booked_first(self, desks: frozenset[str], visit: Visit | None) -> bool:
        """Whether somebody with an appointment may yet be called before whoever waits for these desks."""
        return not (visit and visit.booked_at) and any(desks & others for others in self._booked)

    def why_later(self, visit: Visit) -> str | None:
        """The key of the first reason that holds: "desk_closed" (or on a break), "booked_came", "others_first" (who
        needs to be seen sooner, was sent on or came back), "longer_visits". None where they asked to come later."""
        if visit.late_until:
            return None
        desks, since, own = self.line.desks_for(visit), visit.arrived_at, self.line.order(visit)
        there = [self.line.desks[key] for key in desks if key in self.line.desks]
        if any(desk.state != "open" and desk.since_at > since for desk in there):
            return "desk_closed"
        ahead = [one for order, one, theirs in self._here if order < own and desks & theirs]
        new = [one for one in ahead if one.arrived_at > since]
        new += [one for _order, one, theirs in self._at_desks if one.arrived_at > since and desks & theirs]
        if any(one.booked_at for one in new):
            return "booked_came"
        if new or any((one.last_called_at or 0) > since for one in ahead):  # they had been called and are back
            return "others_first"
        return "longer_visits"
