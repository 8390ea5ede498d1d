"""What the clock does without anybody pressing anything: holds run out, people become due, days end. Pure."""

from reception import hours
from reception.room import Move, Room
from reception.settings import Settings
from reception.things import Desk
from reception.visit import Visit, close, take


def by_the_clock(room: Room, settings: Settings) -> list[Move]:
    """What has to happen before anything else does at this instant."""
    ended = _ended_days(room, settings) + _after_closing(room, settings)
    gone = {move.after.id for move in ended if isinstance(move.after, Visit)}
    return [*ended, *(move for move in _holds(room) if move.after.id not in gone)]


def still_to_turn(room: Room) -> frozenset[str]:
    """What is going to change with time alone and without a step: who is not due yet, and what is ruled until some
    instant. Screens are told when it has changed."""
    not_due = {visit.id for visit in room.visits.values() if visit.not_before > room.at}
    ruled = {key for key, ruling in room.rulings.items() if ruling.until_at and ruling.until_at > room.at}
    return frozenset(not_due | ruled)


def _ended_days(room: Room, settings: Settings) -> list[Move]:
    """Everyone still open from an earlier office day is closed with that day, and desks left open with them."""
    left = [visit for visit in room.visits.values() if visit.day < room.day]
    moves = [
        _closing(visit, hours.day_bounds(visit.day, settings.zone)[1])
        for visit in sorted(left, key=lambda visit: visit.place)
    ]
    today = hours.day_bounds(room.day, settings.zone)[0]
    for desk in room.desks.values():
        if desk.state != "closed" and desk.since_at < today:
            moves.append(Move("closed", desk, Desk(desk.key, "closed", None, today), desk.key))
    return moves


def settles_at(at: int, settings: Settings) -> int | None:
    """When the system ends whoever is still here today: some time after closing. None on a day that stays closed."""
    timetable = settings.hours
    spans = hours.openings(at, settings.zone, timetable.weekly, timetable.closed_on)
    closes = max((end for _, end in spans), default=None)
    return None if closes is None else closes + settings.closing.after_minutes * 60_000


def _after_closing(room: Room, settings: Settings) -> list[Move]:
    """Some time after closing, whoever nobody has ended is ended: waiting, called, held and not here as having left,
    somebody being helped as finished. Not whom something still happened to since."""
    settles = settles_at(room.at, settings)
    if settles is None or room.at < settles:
        return []
    left = [visit for visit in room.visits.values() if is_settled(visit, room, settings)]
    return [_closing(visit, settles) for visit in sorted(left, key=lambda visit: visit.place)]


def is_settled(visit: Visit, room: Room, settings: Settings) -> bool:
    """Whether the closing of today has come for this visitor, if they are open: nothing has happened to them since."""
    settles = settles_at(room.at, settings)
    return settles is not None and settles <= room.at and visit.day == room.day and _last(visit) < settles


def _holds(room: Room) -> list[Move]:
    """Whoever was on hold until now is in the line again, where they were."""
    over = [v for v in room.visits.values() if v.state == "held" and v.held_until and v.held_until <= room.at]
    return [Move("resumed", visit, take(visit, "resumed", room.at)) for visit in sorted(over, key=lambda v: v.place)]


def _closing(visit: Visit, at: int) -> Move:
    step, after = close(visit, at)
    return Move(step, visit, after)


def _last(visit: Visit) -> int:
    """The last instant at which something is known to have happened to them, or still will."""
    known = (visit.arrived_at, visit.last_called_at, visit.seen_at, visit.missed_at, visit.held_until)
    return max(at for at in known if at)
