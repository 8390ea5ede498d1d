"""What those who wait are told to expect, put on record: with the ticket, once it can be said, and when it moves.

It estimates nothing: `expects` is whoever does. What was promised first stays on the visit, kept or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reception.finding import Finding
from reception.room import Move, Room
from reception.visit import Visit

if TYPE_CHECKING:  # numpy comes with it, and few commands need that
    from reception.estimate.said import Said

SYSTEM = "system"


class Telling(Finding):
    """The front desk's half of honest waits."""

    def tell_expected(self, found: Mapping[str, Said]) -> None:
        """Records what is said now to those who wait (visit -> what), where it is news: nothing was said yet, or
        another time than stands."""

        def rule(room: Room):
            moves = []
            for key, said in found.items():
                before = room.visits.get(key)
                if before and is_news(before, said):
                    note = {"why": said.why} if said.why else None
                    moves.append(Move("told", before, replace(before, **as_told(before, said, room.at)), note=note))
            return moves, None

        self._change(rule, by=SYSTEM)


def is_news(visit: Visit, said: Said) -> bool:
    """Whether what is said now has to be put on record: an earlier time too, so that it stands from then on."""
    return visit.state == "waiting" and said.by_at is not None and said.by_at != visit.said_by_at


def as_told(visit: Visit, said: Said, at: int) -> dict[str, int | None]:
    """The fields of a visit that is told this."""
    if said.low is None:
        return {}
    told = {"said_at": at, "said_low": said.low, "said_by_at": said.by_at}
    return told | {"first_by_at": visit.first_by_at or said.by_at}
