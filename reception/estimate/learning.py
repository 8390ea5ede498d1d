"""Learns from an office's record, step by step: what `History` holds, and how far each estimate was off.

On every arrival it makes the estimate that the visitor would have been given, and judges it when they are called.
"""

import math
from collections import deque
from collections.abc import Callable

from reception.estimate import DRAWS, Expectation, estimate
from reception.estimate.beside import MARK, Both, both, of_room
from reception.estimate.correction import error, learn
from reception.estimate.floor import MINUTE, Bookings, Floor, Told
from reception.estimate.history import History
from reception.reading import Step
from reception.settings import Settings
from reception.things import Desk
from reception.visit import AT_DESK, Visit

WINDOW = 30 * MINUTE, 75 * MINUTE  # a pause that begins so long before or after a break's time is that break
LONGEST = 10 * 60 * MINUTE
LATELY, SLOWEST = 10, 4.0  # the pace is that of so many visits; none counts as longer than so many times the usual


class Learner:
    """`see` takes one step after another. `floor` is the office then, `history` what it has taught.

    `told` is called with each arrival (the visit and its Expectation), `moved` with each step of a visit. Of those who
    come within `apart` milliseconds only the first is estimated: a rush teaches little, and would take all the time.
    """

    def __init__(self, settings: Settings, history: History | None = None, *, bookings: Bookings = lambda day: (),
                 known: Told = lambda visit: {}, draws: int = DRAWS, apart: int = 0):  # fmt: skip
        self.floor = Floor(settings, bookings, known)
        self.history = history or History()
        self.history.minutes = {one.key: one.minutes for one in settings.services}
        self.draws, self.day_over, self.apart, self._estimated_at = draws, "", apart, -math.inf
        self.last_call: dict[str, int] = {}  # desk -> when it called last today
        self.pending: dict[str, tuple[int, Both]] = {}  # visit -> when they came, and what either said
        self._paces: deque[float] = deque(maxlen=LATELY)
        self.told: Callable[[Visit, Expectation], None] = lambda visit, expected: None
        self.moved: Callable[[Step, Visit | None, Visit, Floor], None] = lambda step, before, after, floor: None

    def see(self, step: Step) -> None:
        floor = self.floor
        if step.at >= floor.ends_at:
            self.end_day()
            floor.begin_day(step.at)
        desk_before = floor.desks.get(step.desk) if step.desk else None
        silent = floor.silent.get(step.desk) if step.desk else None
        unopened = step.desk and step.desk not in floor.opened
        before, after = floor.see(step)
        if after is not None:
            self._learn_visit(step, before, after, silent)
            self.moved(step, before, after, floor)
        elif step.about:
            self._learn_booking(step)
        elif step.desk and step.desk in floor.desks:
            self._learn_desk(step, desk_before or Desk(step.desk), floor.desks[step.desk], unopened)

    # -- visits -------------------------------------------------------------------------------------------------

    def _learn_visit(self, step: Step, before: Visit | None, after: Visit, silent: tuple[int, bool] | None) -> None:
        if before is None and after.state == "waiting" and step.at - self._estimated_at >= self.apart:
            self._estimated_at = step.at
            snapshot = self.floor.snapshot()
            expected = estimate(snapshot, self.history, draws=self.draws, seed=step.number)[after.id]
            if expected.box:
                room, key = of_room(snapshot, self.history), expected.box.removeprefix(MARK)
                self.pending[after.id] = step.at, both(self.history, room, key, expected.played)
            self.told(after, expected)
        elif step.step == "called":
            self._called(step, before, silent)
        if before is None or step.step in ("undone", "called") or step.by == "system":
            return
        if before.state == "called":
            self._learn_answer(step, before, after)
        took = step.at - (before.last_called_at or step.at)
        is_over = before.state in AT_DESK and after.state not in AT_DESK and step.step not in ("returned", "no_show")
        if is_over and took < LONGEST:
            self._see_pace(took / max(1.0, self.history.visits(before.service).mean()))
            self.history.add_visit(before.service, took)
        elif before.state == "waiting" and step.step == "left":
            self.history.count("left")
            self.pending.pop(after.id, None)

    def _learn_answer(self, step: Step, before: Visit, after: Visit) -> None:
        """What becomes of a call teaches who goes without a word, and how long a desk waits for them."""
        is_absent, called_at = step.step == "no_show", self.floor.seen.get(before.desk, step.at)
        if before.recalls and after.state != "called":
            self.history.count("recalled")
            self.history.count("unanswered", is_absent)
        if is_absent:
            self.history.add("absent", step.at - called_at)
            if called_at == before.first_called_at:
                self.history.count_absent(called_at - before.waits_from)

    def _called(self, step: Step, before: Visit, silent: tuple[int, bool] | None) -> None:
        self._pass_over(step.desk, silent[0] if silent else step.at)
        if silent:
            since, after_visit = silent
            if not self._silent_break(step.desk, since, step.at):
                self.history.add("turnaround" if after_visit else "notice", step.at - since)
        self._unseen_break(step.desk, step.at)
        self.last_call[step.desk] = step.at
        if before.first_called_at is None:
            self.history.count_call(step.at - before.waits_from)
            if found := self.pending.pop(before.id, None):
                self._judge(step.at - found[0], found[1])

    def _judge(self, wait: int, answers: Both) -> None:
        """What a call teaches of the two answers given on arrival."""
        corrector = self.history.corrector
        for one in (answers.simulation, answers.learned):
            learn(self.history, one.box, one.raw, wait)
        corrector.learn(answers.seen, error(answers.simulation.raw, wait))
        corrector.judge(*(abs(one.said[1] - wait) / MINUTE for one in (answers.simulation, answers.learned)))

    def _see_pace(self, pace: float) -> None:
        self._paces.append(min(SLOWEST, pace))
        self.floor.pace = (sum(self._paces) + LATELY) / (len(self._paces) + LATELY)

    # -- desks and bookings -------------------------------------------------------------------------------------

    def _learn_desk(self, step: Step, before: Desk, after: Desk, unopened: bool) -> None:
        if after.state == "open" and before.state == "closed" and unopened:
            self.history.add_opening(step.desk, step.at - self.floor.day_at)
        if after.state == "paused" and before.state != "paused":
            self._pass_over(step.desk, step.at)
            self._break_taken(step.desk, step.at)
        if before.state == "paused" and after.state == "open" and step.at - before.since_at < LONGEST:
            self.history.add_pause(before.reason or "", step.at - before.since_at)

    def _learn_booking(self, step: Step) -> None:
        booking = self.floor.bookings.get(step.about)
        if booking and step.step == "appointment_arrived":
            self.history.add("late", step.at - booking.booked_at)
            self.history.count("came")
        elif booking and step.step == "not_attended":
            self.history.count("missed")

    def _break_taken(self, desk: str, at: int) -> bool:
        planned = self.floor.breaks.get(desk)
        if not planned or not planned[0].from_at - WINDOW[0] <= at <= planned[0].from_at + WINDOW[1]:
            return False
        # Whoever goes has wanted to for some part of the visit before, and finished that.
        since = min(at, max(self.last_call.get(desk, at), planned[0].from_at))
        self.history.add("break_late", (since + at) / 2 - planned.pop(0).from_at)
        self.history.count("taken")
        return True

    def _silent_break(self, desk: str, since: int, at: int) -> bool:
        """A desk that was silent for half a break's length about its time was on it, whoever pressed what."""
        planned = self.floor.breaks.get(desk)
        if not planned or at - since < (planned[0].until_at - planned[0].from_at) / 2:
            return False
        if taken := self._break_taken(desk, since):
            self.history.count("unmarked")
        return taken

    def _unseen_break(self, desk: str, at: int) -> None:
        """A desk that had nobody for as long as its break lasts may have been on it: nothing is learned of that."""
        planned, free = self.floor.breaks.get(desk), self.floor.free.get(desk, at)
        if not planned or at - free < planned[0].until_at - planned[0].from_at:
            return
        if free < planned[0].from_at + WINDOW[1] and at > planned[0].until_at:
            planned.pop(0)

    def _pass_over(self, desk: str, at: int) -> None:
        """A break that was not taken gives way to the next."""
        planned = self.floor.breaks.get(desk, [])
        while len(planned) > 1 and at > min(planned[0].from_at + WINDOW[1], planned[1].from_at - WINDOW[0]):
            planned.pop(0)
            self.history.count("not_taken")

    # -- days ---------------------------------------------------------------------------------------------------

    def end_day(self) -> None:
        """What only a day that is over can teach; once for each."""
        floor = self.floor
        if floor.day == self.day_over:
            return
        self.day_over = floor.day
        for desk, planned in floor.breaks.items():
            for _one in planned if desk in floor.opened else ():
                self.history.count("not_taken")
        for key in floor.rules.desks:
            if floor.opened and key not in floor.opened:
                self.history.add_opening(key, math.nan)
        self.last_call.clear()
        self._paces.clear()
        self.pending.clear()
        self.history.corrector.end_day()
        self.history.fade()
