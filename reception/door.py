"""The door's hinge: how any change of an office is decided, stored and told. It knows no button.

A rule is handed to `_change`: from the room as it is, the moves to make and the answer. The rule and what it changes
are one durable transaction; listeners hear of it afterwards, in the order stored.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from reception import hours
from reception.clock import Clock
from reception.refusals import Refusal
from reception.settings import Settings
from reception.store import Desk, Step, Store
from reception.visit import AT_DESK, Visit, close
from reception.writer import Writer

log = logging.getLogger(__name__)
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Room:
    """What a rule sees: the instant, the office day, everyone open and the desks."""

    at: int
    day: str
    visits: dict[str, Visit]
    desks: dict[str, Desk]
    closed: dict[str, Visit] = field(default_factory=dict)  # left open overnight, as this very change ends them

    def at_desk(self, desk: str) -> Visit | None:
        return next((visit for visit in self.visits.values() if visit.desk == desk and visit.state in AT_DESK), None)


@dataclass(frozen=True, slots=True)
class Move:
    """A step a rule takes: what it changes, from `before` (None: it was not there) to `after`."""

    step: str
    before: Visit | Desk | None
    after: Visit | Desk | dict
    desk: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a change did: its steps in order, the visits after it, and the printers that have a new job."""

    office: str
    steps: tuple[Step, ...]
    visits: tuple[Visit, ...]
    printers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Once:
    """A question that has one answer however often it is asked: an Idempotency-Key, or one showing of the kiosk's list.

    `asked` is a digest of the question (a different one under the same key is refused; "" means any will do);
    `word` turns the answer, or a Refusal, into (status, body), which is stored with the change itself.
    """

    holder: str
    key: str
    word: Callable[[Any], tuple[int, str]]
    asked: str = ""


class Answered(Exception):
    """The question was answered before: the answer stored then."""

    def __init__(self, status: int, body: str):
        super().__init__(status)
        self.status, self.body = status, body


Rule = Callable[[Room], tuple[list[Move], Any]]


@dataclass
class Door:
    """An office's door. `writer` makes the writer from (store, tell); listeners get News and must be quick."""

    settings: Settings
    store: Store
    clock: Clock = field(default_factory=Clock)
    writer: Any = Writer
    listeners: list[Callable[[News], None]] = field(default_factory=list)

    def __post_init__(self):
        self.office = self.settings.office.key
        self.writer = self.writer(self.store, self._tell)
        self._own: set[int] = set()  # numbers of steps stored here and not yet passed by tell_of_others

    def now(self) -> int:
        return self.clock.now()

    def look(self) -> tuple[int, Room]:
        """The newest step's number and the room as it is now, for pictures."""
        newest, visits, desks = self.store.now(self.office)
        at = self.now()
        return newest, Room(at, hours.day_of(at, self.settings.zone), visits, desks)

    def close_days(self) -> None:
        """Ends what earlier office days left open. Every change does this first; the clock asks for it, too."""
        self._change(lambda room: ([], None), by=SYSTEM)

    def record(self, step: str, *, by: str, note: dict, write: Callable[[Store], Any]) -> Any:
        """A change of keys or people: what `write` does with the store, told as a step with a note of ids and roles."""

        def rule(room: Room):
            answer = write(self.store)
            return [Move(step, None, note)], answer

        return self._change(rule, by=by)

    def _change(self, rule: Rule, *, by: str, once: Once | None = None, printer: str | None = None) -> Any:
        """The rule's answer, once what it did is durable; with a `printer`, a print job for the last visit it moved."""
        own: list[int] = []
        try:
            answer = self.writer.do(lambda store: self._turn(store, rule, by, once, printer, own))
        except BaseException:
            self._own.difference_update(own)  # never stored: the numbers are free again
            raise
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def _turn(self, store: Store, rule: Rule, by: str, once: Once | None, printer: str | None, own: list[int]):
        if once:
            self._unless_answered(store, once)
        newest, room, overnight = self._room(store)
        try:
            moves, answer = rule(room)
        except Refusal as refusal:
            # Kept as the answer where it must be the same again, or where the night's closing goes with it.
            if not store.untouched or not (once or overnight):
                raise
            moves, answer = [], refusal
        steps = self._steps(overnight, newest + 1, room.at, SYSTEM)
        steps += self._steps(moves, newest + 1 + len(steps), room.at, by)
        own.extend(step.number for step in steps)
        self._own.update(own)
        visits = self._save(store, overnight + moves, steps)
        printing = (printer,) if printer and visits and not isinstance(answer, Refusal) else ()
        if printing:
            store.add_print_job(self.office, visits[-1].id, printer, "ticket", room.at)
        if once:
            status, body = once.word(answer)
            store.save_answer(self.office, once.holder, once.key, once.asked, status, body, room.at)
        return answer, News(self.office, tuple(steps), tuple(visits), printing) if steps else None

    def _unless_answered(self, store: Store, once: Once) -> None:
        found = store.answer(self.office, once.holder, once.key)
        if found and once.asked and once.asked != found[0]:
            raise Refusal("key_used_otherwise", status=422)
        if found:
            raise Answered(*found[1:])

    def _room(self, store: Store) -> tuple[int, Room, list[Move]]:
        """The newest step's number, the room as a rule sees it, and what the night left to be closed first."""
        newest, last_at = store.last_step(self.office)
        at = self.clock.now(after=last_at)
        visits, desks = store.open_visits(self.office, newest), store.desks(self.office)
        room = Room(at, hours.day_of(at, self.settings.zone), visits, desks)
        overnight = self._overnight(room)
        if overnight:
            closed = {move.after.id: move.after for move in overnight if isinstance(move.after, Visit)}
            room = replace(room, visits={key: v for key, v in visits.items() if key not in closed}, closed=closed)
        return newest, room, overnight

    def _overnight(self, room: Room) -> list[Move]:
        """Everyone still open from an earlier office day is closed with that day, and desks left open with them."""
        left = [visit for visit in room.visits.values() if visit.day < room.day]
        moves = []
        for visit in sorted(left, key=lambda visit: visit.place):
            step, after = close(visit, hours.day_bounds(visit.day, self.settings.zone)[1])
            moves.append(Move(step, visit, after))
        today = hours.day_bounds(room.day, self.settings.zone)[0]
        for desk in list(room.desks.values()):
            if desk.state != "closed" and desk.since_at < today:
                room.desks[desk.key] = Desk(desk.key, "closed", None, today)
                moves.append(Move("closed", desk, room.desks[desk.key], desk.key))
        if jump := self.clock.stepped():
            moves.append(Move("clock_stepped", None, {"clock_ms": jump}))
            log.warning("The machine's clock was set by %d ms; waits go on counting.", jump)
        return moves

    def _steps(self, moves: list[Move], first: int, at: int, by: str) -> list[Step]:
        return [
            Step(
                office=self.office,
                number=first + index,
                visit=getattr(move.after, "id", None),
                step=move.step,
                at=at,
                by=by,
                desk=move.desk,
                press=first,
                changes=changes(move.before, move.after),
                undoes=move.undoes,
            )
            for index, move in enumerate(moves)
        ]

    def _save(self, store: Store, moves: list[Move], steps: list[Step]) -> list[Visit]:
        after = [move.after for move in moves]
        visits = [value for value in after if isinstance(value, Visit)]
        store.save(self.office, visits, steps)
        for desk in after:
            if isinstance(desk, Desk):
                store.save_desk(self.office, desk)
        return visits

    def tell_of_others(self, after: int) -> int:
        """Tells the listeners what other processes stored after a step's number; returns the newest number seen.

        This process's own steps are left to the writer, who may be telling them just now.
        """
        stored = self.store.steps(self.office, after=after)
        newest = stored[-1].number if stored else after
        steps = [step for step in stored if step.number not in self._own]
        self._own.difference_update([number for number in list(self._own) if number <= newest])
        if not steps:
            return newest
        touched = dict.fromkeys(step.visit for step in steps if step.visit)
        visits = [visit for key in touched if (visit := self.store.visit(self.office, key))]
        self._tell(News(self.office, tuple(steps), tuple(visits), tuple(part.key for part in self.settings.printers)))
        return newest

    def _tell(self, news: News) -> None:
        for listener in self.listeners:
            try:
                listener(news)
            except Exception:
                log.exception("A listener failed; the change itself is safe.")


def changes(before, after) -> dict:
    """Each field that differs, as [before, after]. The phone's token is no part of the record: it is forgotten."""
    if isinstance(after, dict):
        return {name: [None, value] for name, value in after.items()}
    old = {name.name: getattr(before, name.name) if before else None for name in fields(after)}
    return {
        name: [old[name], getattr(after, name)] for name in old if old[name] != getattr(after, name) and name != "token"
    }
