"""One day on the floor: visitors wait, desks call, people go to lunch. Pure chance in order of time, by the real rules.

Each desk has chance of its own. What is recorded goes through `record.py`; what is true is noted beside it.
"""

import random
from heapq import heappop, heappush
from itertools import count

from reception.line import Line
from reception.settings import Settings
from reception.simulating.coming import MINUTE, Comer
from reception.simulating.habits import Habits
from reception.simulating.record import SYSTEM, Record
from reception.simulating.truth import Away, Truth
from reception.simulating.working import Worker, absences, some
from reception.things import Appointment
from reception.visit import Visit

KIOSK, GREETER = "screen:made-kiosk", "person:made-welcome"
SECOND = 1_000
CALLS_AGAIN, GIVES_UP = 40 * SECOND, 35 * SECOND  # after calling somebody who is not there


class Floor(Record):
    """`run` lives the day; then `steps`, `visits`, `appointments`, `truth` and `away` are there."""

    def __init__(self, settings: Settings, habits: Habits, seed: str, *, number: int = 0, desks=None, telling=None):
        super().__init__(settings, number, desks, telling)
        self.habits, self.chance = habits, random.Random(f"{seed} floor")
        self.rules = settings.line_rules
        self.workers = {
            desk.key: Worker(desk, random.Random(f"{seed} desk {desk.key}"), habits) for desk in settings.desks
        }
        self.truth: dict[str, Truth] = {}
        self.away: list[Away] = []
        self.gone: set[str] = set()  # silently, and nobody has noticed
        self.comers: dict[str, Comer] = {}
        self._events, self._order = [], count()

    def run(self, day: str, comers: list[Comer], bookings: list[Appointment], opens: int, closes: int, ends=0) -> None:
        """Lives from `opens` until the system ends the day: some time after `closes`, at the latest at `ends`."""
        self.day, self.opens, self.closes = day, opens, closes
        self.appointments = {booking.id: booking for booking in bookings}
        self.comers = {comer.id: comer for comer in comers}
        if self.telling:
            self.telling.begin(bookings, self.told)
        for worker in self.workers.values():
            self._at(opens + some(worker.chance, self.habits.opens_late_minutes) * MINUTE, self._open, worker)
            for absence in absences(worker, self.settings.zone, day, opens, closes):
                self._at(absence.at, self._wants_away, worker, absence)
        for comer in comers:
            self._at(comer.at, self._comes, comer)
        for booking in bookings:
            late = self.settings.appointments.not_attended_minutes * MINUTE
            self._at(booking.booked_at + late, self._not_attended, booking.id)
        self._at(closes, self._closing)
        settles = closes + self.settings.closing.after_minutes * MINUTE
        settles = min(settles, ends - 1) if ends else settles
        while self._events and self._events[0][0] < settles:
            self.now, _order, happens, what = heappop(self._events)
            happens(*what)
        self.now = settles
        self._settle()

    def _at(self, at: float, happens, *what) -> None:
        heappush(self._events, (round(at), next(self._order), happens, what))

    # -- visitors -----------------------------------------------------------------------------------------------

    def _comes(self, comer: Comer) -> None:
        visit = self.arrive(comer, KIOSK)
        self.truth[visit.id] = Truth(visit.id, visit.service, visit.arrived_at, visit.booked_at)
        if comer.patience:
            self._at(max(comer.at, visit.waits_from) + comer.patience, self._goes, visit.id)
        self._at(max(self.now, visit.not_before), self._look_up)

    def _goes(self, identifier: str) -> None:
        if self.visits[identifier].state != "waiting" or self.truth[identifier].called_at:
            return
        truth, comer = self.truth[identifier], self.comers[identifier]
        truth.left_at, truth.silently = self.now, comer.silent
        if comer.silent:
            self.gone.add(identifier)
        else:
            self.take(identifier, "left", GREETER)

    def _comes_back(self, identifier: str) -> None:
        if self.visits[identifier].state == "no_show":
            self.take(identifier, "reinstated", GREETER)
            self._look_up()

    def _not_attended(self, booking: str) -> None:
        if self.appointments[booking].state == "booked":
            self.book(booking, "not_attended", SYSTEM, state="not_attended")

    def _look_up(self) -> None:
        """Whoever sits idle notices that somebody waits, each in their own time."""
        for worker in self.workers.values():
            if worker.idle:
                self._at(self.now + some(worker.chance, self.habits.notices_seconds) * SECOND, self._notices, worker)

    # -- desks --------------------------------------------------------------------------------------------------

    def _open(self, worker: Worker) -> None:
        self.set_desk(worker, "opened", state="open")
        self._is_free(worker)

    def _notices(self, worker: Worker) -> None:
        if worker.idle and self._choose(worker):
            self._is_free(worker)

    def _is_free(self, worker: Worker) -> None:
        """Done with one visitor: away, the next, or nobody to help."""
        worker.idle = False
        if worker.wants:
            self._goes_away(worker, worker.wants.pop(0))
        elif chosen := self._choose(worker):
            self._calls(worker, *chosen)
        elif self.now >= self.closes:
            self.finish(worker)
            self.set_desk(worker, "closed", state="closed")
        else:
            if not worker.chance.random() < self.habits.forgets_finish:
                self.finish(worker)
            worker.idle = True

    def _choose(self, worker: Worker) -> tuple[Visit, dict | None] | None:
        """Whom the software offers; now and then the receptionist takes another, with a reason."""
        line = Line(self.rules, self.here.values(), self.desks, self.now, self.told)
        offered = line.next_for(worker.key)
        if offered and self.habits.out_of_turn and worker.chance.random() < self.habits.out_of_turn:
            could = [one for one in line.waiting() if line.is_due(one) and worker.key in line.desks_for(one)]
            chosen = worker.chance.choice(could)
            return chosen, {"out_of_turn": "quick"} if chosen is not offered else None
        return (offered, None) if offered else None

    def _calls(self, worker: Worker, visit: Visit, note: dict | None) -> None:
        press = self.finish(worker)
        self.take(visit.id, "called", worker.by, worker.key, press=press, note=note)
        worker.visit = visit.id
        comer, truth = self.comers[visit.id], self.truth[visit.id]
        if visit.id in self.gone or (comer.outside and not truth.called_at):
            truth.called_at = truth.called_at or self.now
            self._at(self.now + CALLS_AGAIN, self._calls_again, worker)
            return
        truth.called_at = truth.called_at or self.now
        began = self.now + round(worker.chance.uniform(*self.habits.walk_seconds) * SECOND)
        truth.began_at, truth.ended_at = began, began + round(comer.work * worker.pace)
        if worker.chance.random() >= self.habits.not_started:
            self._at(began, self._begins, worker)
        self._at(truth.ended_at, self._ends, worker)

    def _begins(self, worker: Worker) -> None:
        if self.visits[worker.visit].state == "called":
            self.take(worker.visit, "started", worker.by, worker.key)

    def _ends(self, worker: Worker) -> None:
        note = some(worker.chance, self.habits.note_seconds) * SECOND
        if worker.chance.random() >= self.habits.by_next:
            self.finish(worker)
        self._at(self.now + note, self._is_free, worker)

    def _calls_again(self, worker: Worker) -> None:
        self.take(worker.visit, "recalled", worker.by, worker.key)
        self._at(self.now + GIVES_UP, self._gives_up, worker)

    def _gives_up(self, worker: Worker) -> None:
        identifier, worker.visit = worker.visit, None
        self.take(identifier, "no_show", worker.by, worker.key)
        if identifier not in self.gone:
            self._at(self.now + worker.chance.uniform(1, 8) * MINUTE, self._comes_back, identifier)
        self._at(self.now + 3 * SECOND, self._is_free, worker)

    # -- away from the desk -------------------------------------------------------------------------------------

    def _wants_away(self, worker: Worker, absence) -> None:
        if self.now >= self.closes or worker.key not in self.desks or self.desks[worker.key].state == "closed":
            return
        worker.wants.append(absence)
        if worker.idle:
            self._is_free(worker)

    def _goes_away(self, worker: Worker, absence) -> None:
        back = self.now + absence.length
        self.finish(worker)
        if absence.marked:
            self.set_desk(worker, "paused", state="paused", reason="lunch")
        self.away.append(Away(worker.key, self.now, back, absence.why, absence.marked))
        self._at(back, self._is_back, worker)

    def _is_back(self, worker: Worker) -> None:
        if self.desks[worker.key].state == "paused":
            self.set_desk(worker, "opened", state="open")
        self._is_free(worker)

    # -- the end of the day -------------------------------------------------------------------------------------

    def _closing(self) -> None:
        for worker in self.workers.values():
            worker.wants.clear()
            if worker.idle:
                self._is_free(worker)

    def _settle(self) -> None:
        """The system ends whoever is still here, some time after closing, and whoever forgot to close a desk does."""
        for visit in list(self.here.values()):
            self.end(visit)
        for worker in self.workers.values():
            if worker.key in self.desks and self.desks[worker.key].state != "closed":
                self.set_desk(worker, "closed", state="closed")
