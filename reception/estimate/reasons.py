"""Why somebody is called later than they were told, from how things are now and what has changed since they came. Pure.

Keys only; what is about another person is never more than that somebody else is called first.
"""

from reception.estimate.snapshot import Snapshot
from reception.visit import AT_DESK, Visit

NEAR = 2 * 60 * 60_000  # a booking so near may still come before whoever waits now


def booked_first(snapshot: Snapshot, desks: frozenset[str], visit: Visit | None) -> bool:
    """Whether somebody with an appointment may yet be called before whoever waits for these desks."""
    line, at = snapshot.line, snapshot.at
    if visit and visit.booked_at:
        return False
    if any(one.booked_at < at + NEAR and desks & line.desks_of_service(one.service) for one in snapshot.bookings):
        return True
    later = (one for one in line.waiting() if one.booked_at and not line.is_due(one))
    return any(desks & line.desks_for(one) for one in later)


def why_later(snapshot: Snapshot, visit: Visit) -> str | None:
    """The key of the first reason that holds: "desk_closed" (or on a break), "booked_came", "others_first" (who needs
    to be seen sooner, was sent on or came back), "longer_visits". None where they themselves asked to come later."""
    line, since = snapshot.line, visit.arrived_at
    if visit.late_until:
        return None
    desks = line.desks_for(visit)
    there = [line.desks[key] for key in desks if key in line.desks]
    if any(desk.state != "open" and desk.since_at > since for desk in there):
        return "desk_closed"
    own = line.order(visit)
    ahead = [one for one in line.waiting() if line.is_due(one) and line.order(one) < own]
    ahead += [one for one in snapshot.busy.values() if one.state in AT_DESK]
    ahead = [one for one in ahead if one.arrived_at > since and desks & line.desks_for(one)]
    if any(one.booked_at for one in ahead):
        return "booked_came"
    if ahead or any(_joined_since(one, since) for one in line.waiting() if line.order(one) < own):
        return "others_first"
    return "longer_visits"


def _joined_since(visit: Visit, since: int) -> bool:
    """Came back into the line lately: they hold their place by when they came first."""
    return (visit.placed_at or 0) > since or bool(visit.first_called_at and (visit.last_called_at or 0) > since)
