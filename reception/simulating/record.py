"""What the software is told on a made-up day: steps and the rows they lead to, as the front desk itself writes them."""

from dataclasses import replace

from reception.door import changes
from reception.numbers import number
from reception.reading import Step
from reception.settings import Settings
from reception.simulating.coming import MINUTE, Comer
from reception.simulating.working import Worker
from reception.things import Appointment, Desk
from reception.visit import AT_DESK, ENDED, Visit, close, take

SYSTEM = "system"


class Record:
    """`now` and `day` are set by whoever lives the day. `telling` (a `telling.Telling`) tells people what to expect."""

    def __init__(self, settings: Settings, number: int, desks: dict[str, Desk] | None = None, telling=None):
        self.settings, self.office = settings, settings.office.key
        self.walk_ms = settings.promise.walking_allowance_seconds * 1000
        self.first, self.now, self.day, self.opens = number + 1, 0, "", 0
        self.steps: list[Step] = []
        self.telling = telling
        self.visits: dict[str, Visit] = {}
        self.here: dict[str, Visit] = {}  # those who have not ended
        self.desks: dict[str, Desk] = dict(desks or {})
        self.appointments: dict[str, Appointment] = {}
        self.told: dict[str, dict[str, str]] = {}
        self._counts: dict[str, int] = {}

    def arrive(self, comer: Comer, by: str) -> Visit:
        booking = self.appointments.get(comer.appointment)
        visit = Visit(
            *(comer.id, self.office, self.day, self._number(comer.service), comer.service, "waiting"),
            *(self.first + len(self.steps), "kiosk", None, self.now),
            opens_at=self.opens,
            acknowledged_at=self.now,
        )
        if booking:
            visit = replace(visit, booked_at=booking.booked_at, appointment=booking.id, **self._window(booking))
        if comer.needs:
            self.told[visit.id] = {"needs": comer.needs}
        note = {"recorded": ["needs"]} if comer.needs else None
        press = self._step("checked_in" if booking else "issued", by, None, visit, note=note)
        if self.telling:
            visit = self._tell(visit)
        if booking:
            self.book(booking.id, "appointment_arrived", by, press=press, state="arrived", visit=visit.id)
        return visit

    def take(
        self, identifier: str, step: str, by: str, desk: str | None = None, *, press: int | None = None, note=None
    ) -> int:
        visit = self.visits[identifier]
        after = take(visit, step, self.now, desk=desk, walk_ms=self.walk_ms)
        return self._step(step, by, visit, after, desk, press, note)

    def finish(self, worker: Worker) -> int | None:
        """Ends the visit that stands open at a desk, if one does; its press, for what is done with it."""
        identifier, worker.visit = worker.visit, None
        if identifier is None or self.visits[identifier].state not in AT_DESK:
            return None
        return self.take(identifier, "completed", worker.by, worker.key)

    def end(self, visit: Visit) -> None:
        step, after = close(visit, self.now)
        self._step(step, SYSTEM, visit, after)

    def set_desk(self, worker: Worker, step: str, **new) -> None:
        before = self.desks.get(worker.key, Desk(worker.key))
        person = None if step == "closed" else worker.by
        after = replace(before, **{"reason": None, **new, "person": person, "since_at": self.now})
        self.desks[worker.key] = after
        self._add(step, worker.by, None, worker.key, changes(before, after))

    def book(self, booking: str, step: str, by: str, *, press: int | None = None, **new) -> None:
        before = self.appointments[booking]
        after = replace(before, **new, **({"arrived_at": self.now} if step == "appointment_arrived" else {}))
        self.appointments[booking] = after
        self._add(step, by, after.visit, None, changes(before, after), press=press, about=booking)

    # -- helpers ------------------------------------------------------------------------------------------------

    def _step(self, step, by, before, after: Visit, desk=None, press=None, note=None) -> int:
        self.visits[after.id] = self.here[after.id] = after
        if after.state in ENDED:
            del self.here[after.id]
        return self._add(step, by, after.id, desk, changes(before, after), press=press, note=note)

    def _add(self, step, by, visit, desk, changed, *, press=None, about=None, note=None) -> int:
        nth = self.first + len(self.steps)
        self.steps.append(
            Step(self.office, nth, visit, step, self.now, by, desk, press or nth, changed, None, about, note)
        )
        if self.telling:
            self.telling.see(self.steps[-1])
        return press or nth

    def _tell(self, visit: Visit) -> Visit:
        """Whoever came with the newest step is told what to expect in that very step."""
        told = replace(visit, **self.telling.of(visit))
        self.visits[visit.id] = self.here[visit.id] = told
        self.steps[-1] = replace(self.steps[-1], changes=changes(None, told))
        return told

    def _number(self, service: str) -> str:
        letter = self.settings.service[service].letter
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return number(letter, self._counts[letter])

    def _window(self, booking: Appointment) -> dict:
        """As checking in decides it (`reception/arriving.py`): too late, they wait as somebody without a booking."""
        rules, early = self.settings.appointments, booking.booked_at - self.now
        if -early > rules.late_minutes * MINUTE:
            return {}
        due_at = booking.booked_at - round(rules.due_minutes * MINUTE)
        return {"standing": "appointment", "due_at": due_at if due_at > self.now else None}
