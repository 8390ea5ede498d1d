"""What a rule sees and what it returns: the room as it is, and the moves to make. Values only."""

from dataclasses import dataclass, field, replace
from typing import Any

from reception.things import Desk, Ruling
from reception.visit import AT_DESK, ENDED, Visit


@dataclass(frozen=True, slots=True)
class Room:
    """What a rule sees: the instant, the office day, everyone open, the desks, today's rulings and what is known of
    each visitor (visit -> kind -> text)."""

    at: int
    day: str
    visits: dict[str, Visit]
    desks: dict[str, Desk]
    closed: dict[str, Visit] = field(default_factory=dict)  # ended by the system as part of this very change
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    rulings: dict[str, Ruling] = field(default_factory=dict)
    _at_desks: list[dict[str, Visit]] = field(init=False, repr=False, compare=False, default_factory=list)  # once asked

    def at_desk(self, desk: str) -> Visit | None:
        if not self._at_desks:
            there = (visit for visit in self.visits.values() if visit.desk and visit.state in AT_DESK)
            self._at_desks.append({visit.desk: visit for visit in there})
        return self._at_desks[0].get(desk)

    def ruled(self, kind: str, subject: str) -> str | None:
        """What a manager's ruling says now, if one holds."""
        ruling = self.rulings.get(f"{kind}:{subject}")
        holds = ruling and (ruling.until_at is None or self.at < ruling.until_at)
        return ruling.value if holds else None

    def after(self, moves: "list[Move]") -> "Room":
        """The room as the moves leave it, for a rule that goes on from there."""
        visits, desks, told = dict(self.visits), dict(self.desks), dict(self.told)
        for move in moves:
            if isinstance(move.after, Visit):
                visits[move.after.id] = move.after
                if move.tells:
                    told[move.after.id] = {**told.get(move.after.id, {}), **move.tells}
            elif isinstance(move.after, Desk):
                desks[move.after.key] = move.after
        visits = {key: visit for key, visit in visits.items() if visit.state not in ENDED}
        return replace(self, visits=visits, desks=desks, told=told)


@dataclass(frozen=True, slots=True)
class Move:
    """A step a rule takes: what it changes, from `before` (None: it was not there) to `after`.

    `note` holds keys worth remembering (a reason); `tells` what is now known of the visitor or thing (kind -> text),
    which no step repeats; `visit` whose step it is, when `after` is no visit. `tells_about` is whom it is known of,
    when that is not `after`.
    """

    step: str
    before: Any
    after: Any
    desk: str | None = None
    undoes: int | None = None
    note: dict | None = None
    tells: dict[str, str] | None = None
    tells_about: str | None = None
    visit: str | None = None
