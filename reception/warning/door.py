"""Warnings through the front desk's door: each is stored once for a visit, whatever happens to the server, and closed
when it is known what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reception.finding import Finding
from reception.identifiers import uuid7
from reception.room import Move, Room
from reception.warning.rows import Warned, became, still_waits

if TYPE_CHECKING:  # numpy comes with them, and few commands need that
    from reception.warning.advice import Advice
    from reception.warning.due import Near

SYSTEM = "system"


class Warns(Finding):
    """What whoever looks after estimates asks."""

    def warn(self, found: Sequence[tuple[Near, Advice]]) -> None:
        """Stores a warning of each who is still waiting and was not warned of, and closes those that are over."""

        def rule(room: Room):
            known = self.warned_of([near.visit.id for near, _advice in found], turn=True)
            moves = [
                Move("warned", None, _warned(near, advice, room.at), visit=near.visit.id)
                for near, advice in found
                if near.visit.id not in known and still_waits(room, near.visit.id)
            ]
            return [*moves, *self._over(room)], None

        if found or self._over(self.look()[1], turn=False):
            self._change(rule, by=SYSTEM)

    def warnings(self, *, turn: bool = False) -> list[Warned]:
        """Those of which it is not known yet what became of them, the oldest first."""
        return self.store.things(Warned, self.office, "AND ended_at IS NULL ORDER BY id", turn=turn)

    def warned_of(self, visits: Iterable[str], *, turn: bool = False) -> dict[str, Warned]:
        """Visit -> the warning of them, of those visits of whom there was one."""
        wanted = list(visits)
        where = f"AND visit IN ({', '.join('?' * len(wanted))})"
        found = self.store.things(Warned, self.office, where, tuple(wanted), turn=turn) if wanted else []
        return {one.visit: one for one in found}

    # -- helpers ------------------------------------------------------------------------------------------------

    def _over(self, room: Room, *, turn: bool = True) -> list[Move]:
        moves = []
        for one in self.warnings(turn=turn):
            visit = room.visits.get(one.visit) or self.store.visit(self.office, one.visit, turn=turn)
            outcome = became(visit, one.target_at) if visit else "left"
            if outcome:
                after = replace(one, ended_at=room.at, outcome=outcome)
                moves.append(Move("warning_over", one, after, visit=one.visit))
        return moves


def _warned(near: Near, advice: Advice, at: int) -> Warned:
    return Warned(
        id=uuid7(at),
        visit=near.visit.id,
        service=near.visit.service,
        warned_at=at,
        target_at=near.target_at,
        chance=round(near.chance, 3),
        why=advice.why,
        why_desk=advice.why_desk,
        why_count=advice.count,
        step=advice.step,
        step_desk=advice.step_desk,
        step_chance=None if advice.chance is None else round(advice.chance, 3),
    )
