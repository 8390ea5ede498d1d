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


def live(door: FrontDesk, hands: Hands, *, until: int, staff: dict[str, str], seed: int = 6) -> None:
    """Lives from the hands' instant to `until` (UTC ms). `staff`: desk -> who calls there, as `by` says it."""
    day, last_call = Day(seed), until - round(LEFT_WAITING[0][0] * MINUTE)
    lives = [_visitors(door, day), *(_receptionist(door, day, desk, by) for desk, by in staff.items())]
    turns = [(hands.wall, place, one) for place, one in enumerate(lives)]
    while turns:
        at, place, one = heappop(turns)
        if at >= last_call and (place == 0 or door.look()[1].at_desk(list(staff)[place - 1]) is None):
            continue
        if at < until:
            hands.go(milliseconds=max(0, at - hands.wall))
            heappush(turns, (at + round(next(one) * MINUTE), place, one))
    for minutes, service in LEFT_WAITING:
        hands.go(milliseconds=max(0, until - round(minutes * MINUTE) - hands.wall))
        door.issue(service=service, by="screen:lobby")
    hands.go(milliseconds=until - hands.wall)


def _visitors(door: FrontDesk, day: Day) -> Iterator[float]:
    while True:
        door.issue(service=day.service(), by="screen:lobby")
        yield day.until_next_visitor() / WAYS_IN * QUIETER


def _receptionist(door: FrontDesk, day: Day, desk: str, by: str) -> Iterator[float]:
    while True:
        visit = door.call_next(desk=desk, by=by)
        if not visit:
            yield 0.3
            continue
        yield day.walk()
        if day.is_here():
            door.step("start", visit=visit.id, by=by, desk=desk)
            yield day.helping(visit.service)
            door.step("finish", visit=visit.id, by=by, desk=desk)
        else:
            door.step("recall", visit=visit.id, by=by, desk=desk)
            yield day.walk()
            door.step("not_here", visit=visit.id, by=by, desk=desk)
        yield day.pause()
