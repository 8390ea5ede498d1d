"""The door's hinge: how any change of an office is decided, stored and told. It knows no button.

A rule is handed to `_change`: from the room as it is, the moves to make and the answer. The rule and what it changes
are one durable transaction; listeners hear of it afterwards, in the order stored.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from reception import hours
from reception.by_the_clock import by_the_clock
from reception.clock import Clock
from reception.feedback.rows import SaidAndDone
from reception.line import Line
from reception.matters import FORGOTTEN_DAYS
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.rulings import line_rules
from reception.settings import Settings
from reception.store import Kept, Step, Store
from reception.things import Desk, Promise, Ruling
from reception.visit import ENDED, Visit
from reception.writer import Writer

log = logging.getLogger(__name__)
SYSTEM = "system"
DAY_MS = 86_400_000


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
    """An office's door. `writer` makes the writer from (store, tell); listeners get News and must be quick; `expects`
    answers what somebody may expect who has just come (the room with them, the visit), as fields of the visit."""

    settings: Settings
    store: Store
    clock: Clock = field(default_factory=Clock)
    writer: Any = Writer
    listeners: list[Callable[[News], None]] = field(default_factory=list)
    expects: Callable[[Room, Visit], dict] | None = None

    def __post_init__(self):
        self.office = self.settings.office.key
        self.writer = self.writer(self.store, self._tell)
        # Numbers of steps stored here and not yet passed by tell_of_others, with the change that took each.
        self._own: dict[int, list[int]] = {}

    def now(self) -> int:
        return self.clock.now()

    def look(self) -> tuple[int, Room]:
        """The newest step's number and the room as it is now, for pictures."""
        kept, at = self.store.now(self.office), self.now()
        return kept.newest, self._room_of(kept, at)

    def line(self, room: Room) -> Line:
        """The line as it stands in the room, by the settings and today's rulings."""
        return Line(line_rules(self.settings, room), room.visits.values(), room.desks, room.at, room.told)

    def catch_up(self) -> None:
        """What happens by the clock alone: days and holds end. Every change does it first; the clock asks, too."""
        self._change(lambda room: ([], None), by=SYSTEM)

    def record(self, step: str, *, by: str, note: dict, write: Callable[[Store], Any]) -> Any:
        """A change of keys or people: what `write` does with the store, told as a step with a note of ids and roles."""

        def rule(room: Room):
            answer = write(self.store)
            return [Move(step, None, note)], answer

        return self._change(rule, by=by)

    def unless_answered(self, once: Once) -> None:
        """Raises Answered if the question was answered before: for work of several turns, which ends with `answer`."""
        self.writer.do(lambda store: (self._unless_answered(store, once), None))

    def answer(self, answer: Any, *, by: str, once: Once | None) -> Any:
        """The answer, stored as the question's own."""
        return self._change(lambda room: ([], answer), by=by, once=once)

    def _change(self, rule: Rule, *, by: str, once: Once | None = None, printer: str | None = None) -> Any:
        """The rule's answer, once what it did is durable; with a `printer`, a print job for the last visit it moved."""
        own: list[int] = []
        try:
            answer = self.writer.do(lambda store: self._turn(store, rule, by, once, printer, own))
        except BaseException:
            for number in own:  # never stored: the numbers are free again, unless another change has them already
                if self._own.get(number) is own:
                    del self._own[number]
            raise
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def _turn(self, store: Store, rule: Rule, by: str, once: Once | None, printer: str | None, own: list[int]):
        if once:
            self._unless_answered(store, once)
        newest, room, before = self._room(store)
        try:
            moves, answer = rule(room)
        except Refusal as refusal:
            # Kept as the answer where it must be the same again, or where the night's closing goes with it.
            if not store.untouched or not (once or before):
                raise
            moves, answer = [], refusal
        steps = self._steps(before, newest + 1, room.at, SYSTEM)
        steps += self._steps(moves, newest + 1 + len(steps), room.at, by)
        own.extend(step.number for step in steps)
        self._own.update(dict.fromkeys(own, own))
        visits = self._save(store, before + moves, steps)
        printing = self._print(store, moves, visits, printer, room.at) if not isinstance(answer, Refusal) else ()
        if once:
            status, body = once.word(answer)
            store.save_answer(self.office, once.holder, once.key, once.asked, status, body, room.at)
        return answer, News(self.office, tuple(steps), tuple(visits), printing) if steps else None

    def _print(self, store: Store, moves: list[Move], visits: list[Visit], printer: str | None, at: int):
        """A slip for what was promised or for a signpost, else for the ticket: a job of the same transaction."""
        promised = [move.after for move in moves if isinstance(move.after, Promise)]
        slips = [(promise.visit or "", "promise", promise.id) for promise in promised]
        slips += [("", "signpost", move.note["slip"]) for move in moves if move.step == "signpost_given"]
        if moves and visits and not slips:  # what the clock alone did has no slip
            slips = [(visits[-1].id, "reprint" if moves[-1].step == "reprinted" else "ticket", None)]
        for visit, kind, about in slips if printer else ():
            store.add_print_job(self.office, visit, printer, kind, at, about=about)
        return (printer,) if printer and slips else ()

    def _unless_answered(self, store: Store, once: Once) -> None:
        found = store.answer(self.office, once.holder, once.key)
        if found and once.asked and once.asked != found[0]:
            raise Refusal("key_used_otherwise", status=422)
        if found:
            raise Answered(*found[1:])

    def _room(self, store: Store) -> tuple[int, Room, list[Move]]:
        """The newest step's number, the room as a rule sees it, and what the clock did that comes first."""
        newest, last_at = store.last_step(self.office)
        at = self.clock.now(after=last_at)
        room = self._room_of(store.open_visits(self.office, newest), at)
        before = by_the_clock(room, self.settings)
        if jump := self.clock.stepped():
            before.append(Move("clock_stepped", None, {"clock_ms": jump}))
            log.warning("The machine's clock was set by %d ms; waits go on counting.", jump)
        if before:
            ended = [move.after for move in before if isinstance(move.after, Visit) and move.after.state in ENDED]
            room = replace(room.after(before), closed={visit.id: visit for visit in ended})
        return newest, room, before

    def _room_of(self, kept: Kept, at: int) -> Room:
        day = hours.day_of(at, self.settings.zone)
        return Room(at, day, kept.visits, kept.desks, told=kept.told, rulings=kept.rulings)

    def _steps(self, moves: list[Move], first: int, at: int, by: str) -> list[Step]:
        return [
            Step(
                office=self.office,
                number=first + index,
                visit=move.after.id if isinstance(move.after, Visit) else move.visit,
                step=move.step,
                at=at,
                by=by,
                desk=move.desk,
                press=first,
                changes=changes(move.before, move.after),
                undoes=move.undoes,
                about=None if isinstance(move.after, Visit | Desk) else getattr(move.after, "id", move.tells_about),
                note=_note(move),
            )
            for index, move in enumerate(moves)
        ]

    def _save(self, store: Store, moves: list[Move], steps: list[Step]) -> list[Visit]:
        visits = [move.after for move in moves if isinstance(move.after, Visit)]
        store.save(self.office, visits, steps)
        for move, step in zip(moves, steps, strict=True):
            if move.after is not None and not isinstance(move.after, Visit | dict):
                store.save_thing(self.office, move.after)
            if move.undoes:
                store.drop_particulars(self.office, move.undoes)
            if isinstance(move.after, Ruling):
                store.delete_particulars_at(self.office, move.after.id, self._forget_at(step.at))  # what it said before
            if move.tells:
                self._keep_told(store, move, step)
            if isinstance(move.after, Promise):
                store.delete_particulars_at(self.office, move.after.id, self._promise_forgotten_at(move.after))
            elif forget_at := getattr(move.after, "forget_at", None):
                store.delete_particulars_at(self.office, move.after.id, forget_at)
        return visits

    def _keep_told(self, store: Store, move: Move, step: Step) -> None:
        """A visit's particulars go some days after its own day; a promise's some days after it was kept, a ruling's
        text once it may not be read any more."""
        about, delete_at = move.tells_about or move.after.id, None
        until = getattr(move.after, "until_at", None)
        if until or not isinstance(move.after, Promise | Ruling | SaidAndDone):
            delete_at = self._forget_at(until or step.at)
        longer = {"matter": FORGOTTEN_DAYS, "outage": self.settings.keeping.outage_note_days}
        for kind, text in move.tells.items():
            forgotten = self._forget_at(step.at, longer[kind]) if kind in longer else delete_at
            store.save_particular(self.office, about, kind, text, press=step.press, delete_at=forgotten)

    def _promise_forgotten_at(self, promise: Promise) -> int:
        """Some days after it was kept; one that nobody ever keeps is not remembered for ever either."""
        keeping = self.settings.keeping
        if promise.state == "open":
            return max(promise.made_at, promise.due_at) + keeping.open_promise_days * DAY_MS
        return promise.kept_at + keeping.promise_days * DAY_MS

    def _forget_at(self, at: int, days: int | None = None) -> int:
        """When what was told at an instant is deleted: some days after that office day."""
        ends = hours.day_bounds(hours.day_of(at, self.settings.zone), self.settings.zone)[1]
        return ends + (self.settings.keeping.particulars_days if days is None else days) * DAY_MS

    def tell_of_others(self, after: int) -> int:
        """Tells the listeners what other processes stored after a step's number; returns the newest number seen.

        This process's own steps are left to the writer, who may be telling them just now.
        """
        stored = self.store.steps(self.office, after=after)
        newest = stored[-1].number if stored else after
        steps = [step for step in stored if step.number not in self._own]
        for number in [number for number in list(self._own) if number <= newest]:
            self._own.pop(number, None)
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


def _note(move: Move) -> dict | None:
    """What the step remembers besides what changed: keys, and that something was told, never what."""
    recorded = {"recorded": sorted(move.tells)} if move.tells else {}
    return {**(move.note or {}), **recorded} or None


def changes(before, after) -> dict:
    """Each field that differs, as [before, after]. The phone's token is no part of the record: it is forgotten."""
    if after is None or isinstance(after, dict):
        return {name: [None, value] for name, value in (after or {}).items()}
    old = {name.name: getattr(before, name.name) if before else None for name in fields(after)}
    return {
        name: [old[name], getattr(after, name)] for name in old if old[name] != getattr(after, name) and name != "token"
    }
