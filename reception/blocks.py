"""Blocks of numbers lent to a kiosk that gives them by itself while the server is away. Pure.

The server lends counts out of the very row it counts with, so no number is given twice; the kiosk gives each at most
once. What is left of a block when its day ends is nobody's.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reception.numbers import number
from reception.things import Block

NUMBER = re.compile(r"([A-Z])([0-9]{3,6})")


@dataclass(frozen=True, slots=True)
class Alone:
    """A ticket that a kiosk gave by itself. Its id and its page's token are minted there; `number` is of a block of
    `day`; `arrived_at` is in UTC milliseconds of the server's clock as well as the kiosk knows it, and `about` says
    that it could not know it well. `showing` is the kiosk's own, `shown_at` when the number stood on its screen."""

    id: str
    token: str
    day: str
    number: str
    service: str
    arrived_at: int
    showing: str = ""
    shown_at: int | None = None
    about: bool = False
    needs: tuple[str, ...] = ()
    language: str = ""
    reads: str = ""
    party: int | None = None


def to_lend(
    letters: Iterable[str],
    days: Iterable[str],
    lent: Collection[Block],
    used_up: Collection[str],
    *,
    most: int,
    before: Collection[Block] = (),
) -> list[tuple[str, str]]:
    """The (day, letter) of which the kiosk gets another block: all it has none of, and those whose newest block is
    among `used_up` (ids), as long as fewer than `most` of the day's numbers have been lent to it. `before` are those
    lent to other machines under its name."""
    found = []
    for day in days:
        for letter in letters:
            ours = [block for block in lent if (block.day, block.letter) == (day, letter)]
            newest = max(ours, key=lambda block: block.first, default=None)
            theirs = [block for block in before if (block.day, block.letter) == (day, letter)]
            count = sum(block.last - block.first + 1 for block in [*ours, *theirs])
            if (newest is None or newest.id in used_up) and count < most:
                found.append((day, letter))
    return found


def holding(lent: Iterable[Block], day: str, given: str) -> Block | None:
    """The block that a number of a day is of; None where it was never lent, or is no number."""
    match = NUMBER.fullmatch(given)
    if not match or number(match[1], int(match[2])) != given:
        return None
    where = (day, match[1])
    return next(
        (one for one in lent if (one.day, one.letter) == where and one.first <= int(match[2]) <= one.last), None
    )


def next_number(lent: Iterable[Block], day: str, letter: str, given: Collection[str]) -> str | None:
    """The lowest number of the day that was lent and not given yet; None when there is none left."""
    for block in sorted((one for one in lent if (one.day, one.letter) == (day, letter)), key=lambda one: one.first):
        for count in range(block.first, block.last + 1):
            if (found := number(letter, count)) not in given:
                return found
    return None


def used_up(lent: Collection[Block], given: dict[str, Collection[str]]) -> list[str]:
    """The ids of the newest blocks of which less than half is left; `given` are the numbers given of each day."""
    newest: dict[tuple[str, str], Block] = {}
    for block in sorted(lent, key=lambda one: one.first):
        newest[block.day, block.letter] = block
    return [
        block.id
        for block in newest.values()
        if 2 * sum(holding([block], block.day, one) is not None for one in given.get(block.day, ()))
        > block.last - block.first
    ]
