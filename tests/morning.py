"""A plausible morning, lived in a moment: visitors come, receptionists call and help, by a clock that is set forward.

For pictures and for figures with something to show. Chance is demo/day.py's, with a seed, so that a morning repeats.
"""

from collections.abc import Iterator
from heapq import heappop, heappush

from demo.day import WAYS_IN, Day
from reception.frontdesk import FrontDesk
from tests.builders import Hands

MINUTE = 60_000
QUIETER = 1.3  # than the demo's lobby, which is always full
# At the end nobody is called for a while, and these are left: minutes ago, and what for.
LEFT_WAITING = [
    (6.3, "council-tax"),
    (4.4, "housing"),
    (3.2, "benefits"),
    (2.1, "council-tax"),
    (0.9, "parking"),
    (0.4, "other"),
]


def live(door: FrontDesk, hands: Hands, *, until: int, staff: dict[str, str], seed: int = 2) -> None:
    """Lives from the hands' instant to `until` (UTC ms). `staff`: desk -> who calls there, as `by` says it."""
    day, last_call = Day(seed), until - round((LEFT_WAITING[0][0] + 0.1) * MINUTE)
    lives = [_visitors(door, day, hands, last_call, until)]
    lives += [_receptionist(door, day, hands, last_call, desk, by) for desk, by in staff.items()]
    turns = [(hands.wall, place, one) for place, one in enumerate(lives)]
    while turns:
        at, place, one = heappop(turns)
        if at >= until:
            break
        hands.go(milliseconds=at - hands.wall)
        if (minutes := next(one, None)) is not None:
            heappush(turns, (at + max(1, round(minutes * MINUTE)), place, one))
    hands.go(milliseconds=until - hands.wall)


def _visitors(door: FrontDesk, day: Day, hands: Hands, last_call: int, until: int) -> Iterator[float]:
    while (pause := day.until_next_visitor() / WAYS_IN * QUIETER) * MINUTE < last_call - hands.wall:
        yield pause
        door.issue(service=day.service(), by="screen:lobby")
    for minutes, service in LEFT_WAITING:
        yield (until - hands.wall) / MINUTE - minutes
        door.issue(service=service, by="screen:lobby")


def _receptionist(door: FrontDesk, day: Day, hands: Hands, last_call: int, desk: str, by: str) -> Iterator[float]:
    while hands.wall < last_call:
        visit = door.call_next(desk=desk, by=by)
        if not visit:
            yield 0.3
            continue
        yield day.walk()
        if day.is_here():
            door.step("start", visit=visit.id, by=by, desk=desk)
            yield day.helping(visit.service)
            door.finish(visit=visit.id, by=by, desk=desk)
        else:
            door.step("recall", visit=visit.id, by=by, desk=desk)
            yield day.walk()
            door.step("not_here", visit=visit.id, by=by, desk=desk)
        yield day.pause()
