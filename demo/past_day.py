"""One day of an office's made-up past: who comes, who is called where, what goes wrong. Pure chance, in order of time.

Desks call whoever has waited longest of those they can help; each is at one desk at a time, as at a real one.
"""

from datetime import date
from heapq import heapify, heappop, heappush

from demo.past_office import BREAK, MINUTE, Owed, PastDesk, PastOffice
from demo.past_told import Told
from demo.past_visitor import Visitor, changed
from demo.truth import Truth
from reception.numbers import number
from reception.visit import IN_LINE

COMES_BACK, FORGOTTEN, NOT_PRESSED, PROMISED, BOOKED, STAYS_AWAY = 0.6, 0.1, 0.16, 0.86, 0.09, 0.12
OUTAGE = 1 / 60  # of days
LAST_CALL = 3 * MINUTE  # after closing; whoever still waits then is not helped
KIOSK, GREETER, SYSTEM = "screen:past-kiosk", "person:past-welcome", "system"
A_CALL_CHANGES = (*IN_LINE, "state", "desk", "first_called_at", "last_called_at", "recalls")


class PastDay:
    """Lived at once by `live`; then `visitors`, `told`, `appointments`, `promises`, `kept` and `outages` are there."""

    def __init__(self, office: PastOffice, day: date, truth: Truth):
        self.office, self.day, self.truth, self.random = office, day, truth, office.random
        self.iso, self.told, self.counts = day.isoformat(), Told(), {}
        self.visitors, self.appointments, self.promises, self.kept, self.outages = [], [], [], [], []
        self.away = (0, 0)

    def live(self) -> "PastDay":
        opening = self.office.opening(self.day)
        if opening is None:
            return self
        self.opens, self.closes = opening
        self.opened, self.shuts = self.office.stated(self.day)
        if self.random.random() < OUTAGE:
            self._be_away()
        for nth, desk in enumerate(self.office.desks):
            self._open(desk, nth)
        self._keep_promises()
        line = [self._come(at) for at in self.office.arrivals(self.day, self.opens, self.closes)]
        line = [(ready, nth, visitor) for nth, (ready, visitor) in enumerate(line) if visitor]
        heapify(line)
        while line:
            ready, nth, visitor = heappop(line)
            if visitor.called is None:
                self.office.telling.tell(visitor, ready)
            if again := self._next(visitor, ready):
                heappush(line, (max(again, ready), nth, visitor))
        self._close()
        return self

    # -- the building -----------------------------------------------------------------------------------------------

    def _be_away(self) -> None:
        """The server stands still for some minutes: nothing is told meanwhile, and it says so itself."""
        start = self.opens + int(self.random.uniform(0.1, 0.9) * (self.closes - self.opens))
        self.away = start, start + int(self.random.uniform(2, 9) * MINUTE)
        self.outages.append((self.office.identifier(start), "server_away", "", *self.away))

    def _there(self, at: int) -> int:
        """The instant, or when the server was back."""
        start, end = self.away
        return end if start <= at < end else at

    def _after(self, at: int, ms: float) -> int:
        return self._there(at + int(ms))

    def _open(self, desk: PastDesk, nth: int) -> None:
        desk.free, desk.forgotten = self.opens, False
        desk.break_at = self.opens + int((self.closes - self.opens) * 0.36) + nth % 4 * (BREAK + 5 * MINUTE)
        self._desk(desk, "opened", self._there(self.opens - 2 * MINUTE))

    def _desk(self, desk: PastDesk, step: str, at: int, reason: str | None = None, by: str | None = None) -> None:
        was = {"state": desk.state, "person": desk.by if desk.state != "closed" else None, "since_at": desk.since}
        desk.state, desk.since = {"opened": "open"}.get(step, step), at
        row = was | {"key": desk.key, "reason": "lunch" if was["state"] == "paused" else None}
        now = {"state": desk.state, "person": None if step == "closed" else desk.by, "since_at": at, "reason": reason}
        self.told.add(step, at, by or desk.by, desk.key, None, changed(row, now))

    def _close(self) -> None:
        """Whoever is still here is ended by the system, and desks close."""
        settles = self.office.settles_at(self.day)
        for visitor in self.visitors:
            if visitor.row["state"] not in ("completed", "left", "cancelled"):
                visitor.is_closed(settles, settles)
            start, end = self.away
            visitor.outage = start < visitor.until and end > visitor.since
            self.truth.tell(self.office.key, self.iso, visitor)
        self.office.telling.learn()
        for desk in self.office.desks:
            at = settles if desk.forgotten else self._there(max(self.closes, desk.free) + 3 * MINUTE)
            self._desk(desk, "closed", at, by=SYSTEM if desk.forgotten else None)

    # -- coming -----------------------------------------------------------------------------------------------------

    def _come(self, at: int) -> tuple[int, Visitor | None]:
        """From when on somebody can be called, and who that is; nobody, where a booking stood for nothing."""
        office, chance = self.office, self.random
        at, service = self._there(at), office.service()
        booked = self._booked(at, service) if at > self.opens and chance.random() < BOOKED else None
        if booked and booked[1] is None:
            return 0, None
        channel = "kiosk" if booked else office.channel()
        row = {
            "id": office.identifier(at), "office": office.key, "day": self.iso, "number": self._number(service),
            "service": service, "state": "waiting", "channel": channel, "arrived_at": at,
            "opens_at": self.opened if at < self.shuts else None, "reads": office.reads() if channel == "kiosk" else "",
            "acknowledged_at": at if channel in ("greeter", "desk") else None,
        }  # fmt: skip
        if booked:
            row |= {"booked_at": booked[1], "appointment": booked[0], "standing": "appointment", "due_at": booked[2]}
        plan = "plain" if booked else office.plan()
        visitor = Visitor(self.told, row, plan, office.helping(service), office.patience(), office.outcome())
        self._arrive(visitor, booked)
        return max(at, self.opens, (booked and booked[2]) or 0), visitor

    def _arrive(self, visitor: Visitor, booked: tuple | None) -> None:
        row, at = visitor.row, visitor.arrived
        by = {"kiosk": KIOSK, "api": "key:past"}.get(row["channel"], GREETER)
        visitor.comes(by, "checked_in" if booked else "issued")
        self.visitors.append(visitor)
        if booked:
            arrived = {"state": "booked", "visit": None, "arrived_at": None}
            told = changed(arrived, {"state": "arrived", "visit": row["id"], "arrived_at": at})
            self.told.add("appointment_arrived", at, by, None, row["id"], told, with_last=True, about=booked[0])
            self.appointments.append((booked[0], row["service"], booked[1], "arrived", row["id"], at))
        if row["channel"] == "kiosk" and self.random.random() < 0.97:
            printed = self._after(at, self.random.uniform(900, 4_000))
            visitor.step("print_confirmed", printed, SYSTEM, None, {"acknowledged_at": printed})

    def _booked(self, at: int, service: str) -> tuple | None:
        """(id, booked time, not before) of an appointment; with no time where nobody came for it."""
        quarter = 15 * MINUTE
        booked = -(-at // quarter) * quarter
        if booked >= self.closes:
            return None
        identifier, came = self.office.identifier(booked - 86_400_000), self.random.random() >= STAYS_AWAY
        self.truth.appointment(self.office.key, self.iso, came)
        if came:
            due_at = booked - round(self.office.settings.appointments.due_minutes * MINUTE)
            return identifier, booked, due_at if due_at > at else None
        missed = booked + round(self.office.settings.appointments.not_attended_minutes * MINUTE)
        told = changed({"state": "booked"}, {"state": "not_attended"})
        self.told.add("not_attended", self._there(missed), SYSTEM, None, None, told, about=identifier)
        self.appointments.append((identifier, service, booked, "not_attended", None, None))
        return identifier, None, None

    def _number(self, service: str) -> str:
        letter = self.office.letters[service]
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return number(letter, self.counts[letter])

    # -- being called -----------------------------------------------------------------------------------------------

    def _next(self, visitor: Visitor, ready: int) -> int | None:
        """What becomes of somebody in the line; from when on they are in the line again, if they are."""
        if visitor.row["state"] == "held":
            visitor.is_back_in_line(ready)
        elif visitor.row["state"] == "no_show":
            visitor.comes_back(ready, GREETER, ready - visitor.row["missed_at"] <= self.office.keeps_place_ms)
        desk, at = self._desk_for(visitor, ready)
        if visitor.plan == "cancelled":
            mistaken = self._after(visitor.arrived, self.random.uniform(15_000, 50_000))
            if mistaken < at:
                visitor.is_a_mistake(mistaken, GREETER)
                return None
        if visitor.called is None and visitor.since + visitor.patience < at:
            visitor.goes(self._there(visitor.since + visitor.patience), GREETER)
            return None
        if desk is None or at > self.closes + LAST_CALL:
            return None
        return self._at_desk(visitor, desk, at)

    def _desk_for(self, visitor: Visitor, ready: int) -> tuple[PastDesk | None, int]:
        """The first desk that can help them, and when it calls."""
        best, best_at, service = None, 1 << 60, visitor.row["service"]
        able = [desk for desk in self.office.desks if not desk.takes or service in desk.takes] or self.office.desks
        for desk in able:
            at = max(desk.free, ready)
            if at >= desk.break_at and not desk.forgotten:
                at = max(self._break(desk), ready)
            if at < best_at and not desk.forgotten:
                best, best_at = desk, at
        return best, self._there(best_at)

    def _break(self, desk: PastDesk) -> int:
        start = self._there(max(desk.break_at, desk.free))
        desk.break_at, desk.free = 1 << 60, self._after(start, BREAK)
        self._desk(desk, "paused", start, "lunch")
        self._desk(desk, "opened", desk.free)
        return desk.free

    def _at_desk(self, visitor: Visitor, desk: PastDesk, at: int) -> int | None:
        plan, by, key = visitor.plan, desk.by, desk.key
        visitor.plan = "plain"
        if plan == "undone":
            at = self._call_taken_back(visitor, desk, at)
        visitor.is_called(at, by, key)
        if plan == "not_there":
            return self._not_there(visitor, desk, at)
        if plan == "put_back":
            back = self._after(at, 20_000)
            desk.free = back + 2_000
            visitor.is_put_back(back, back + self.office.cool_down_ms, by, key)
            return self._after(back, self.office.cool_down_ms)
        began = self._after(at, self.office.walking())
        if self.random.random() >= NOT_PRESSED or plan == "held":
            visitor.begins(began, by, key)
        late = at > self.closes - 15 * MINUTE and visitor.row["state"] == "serving"
        if late and self.random.random() < FORGOTTEN:
            desk.forgotten = True
            return None
        minutes = visitor.minutes / 2 if plan in ("held", "sent_on") else visitor.minutes
        return self._goes_on(visitor, desk, plan, self._after(began, minutes * MINUTE))

    def _goes_on(self, visitor: Visitor, desk: PastDesk, plan: str, at: int) -> int | None:
        """After some helping: on hold, sent on, or the end."""
        desk.free = self._after(at, self.random.expovariate(1 / 18_000))
        if plan == "held" and at + 15 * MINUTE < self.closes:
            until = at + self.random.choice((5, 10)) * MINUTE
            visitor.is_held(at, until, desk.by, desk.key)
            visitor.minutes /= 2
            return self._there(until)
        if plan == "sent_on":
            service = self.office.service(besides=visitor.row["service"])
            visitor.is_sent_on(at, desk.by, desk.key, service, self.office.walk_ms)
            visitor.minutes = self.office.helping(service)
            return at
        self._finish(visitor, desk, at)
        return None

    def _call_taken_back(self, visitor: Visitor, desk: PastDesk, at: int) -> int:
        """A slip of the finger, taken back at once; when the same visitor is called after all."""
        before = {name: visitor.row[name] for name in A_CALL_CHANGES}
        seq = visitor.is_called(at, desk.by, desk.key)
        back = self._after(at, 6_000)
        visitor.step("undone", back, desk.by, desk.key, before, undoes=seq)
        visitor.called = before["first_called_at"]
        return self._after(back, 9_000)

    def _not_there(self, visitor: Visitor, desk: PastDesk, at: int) -> int | None:
        again = self._after(at, self.random.uniform(25_000, 60_000))
        visitor.is_called_again(again, desk.by, desk.key)
        gone = self._after(again, self.random.uniform(20_000, 50_000))
        visitor.is_not_there(gone, desk.by, desk.key)
        desk.free = self._after(gone, 5_000)
        back = self._after(gone, self.random.expovariate(1 / 9) * MINUTE)
        return back if self.random.random() < COMES_BACK and back < self.closes else None

    # -- what comes of it -------------------------------------------------------------------------------------------

    def _finish(self, visitor: Visitor, desk: PastDesk, at: int) -> None:
        promised = visitor.means == "passed_on" and self.random.random() < PROMISED
        if not promised:
            visitor.is_finished(at, desk.by, desk.key, self.office.walk_ms, None)
            return
        office, chance = self.office, self.random
        days = chance.choice((3, 5, 5, 10))
        due_on, due_at = office.due(self.day, days)
        visitor.is_finished(at, desk.by, desk.key, office.walk_ms, due_at)
        team = chance.choice(office.teams) if office.teams else None
        self.counts["promise:"] = self.counts.get("promise:", 0) + 1
        row = {
            "id": office.identifier(at), "kind": "promise", "state": "open",
            "reference": f"{self.iso.replace('-', '')[2:]}-{self.counts['promise:']:03d}",
            "due_at": due_at, "due_on": due_on, "made_at": at, "made_by": desk.by, "visit": visitor.row["id"],
            "service": visitor.row["service"], "team": team, "owner": None if team else desk.by,
            "first_due_at": due_at, "kept_at": None, "kept_by": None,
        }  # fmt: skip
        told = changed(dict.fromkeys(row), row)
        self.told.add("promised", at, desk.by, desk.key, row["visit"], told, with_last=True, about=row["id"])
        self.promises.append(tuple(row.values()))
        self.truth.date_due(office.key, due_on)
        if kept_at := office.kept_when(at, due_at):
            office.will_keep(Owed(kept_at, row["id"], row["visit"], due_on, due_at))

    def _keep_promises(self) -> None:
        """In the morning the teams say what they have done since."""
        for nth, owed in enumerate(self.office.kept_by(self.closes)):
            at = self._there(self.opens + 30 * MINUTE + nth * 20_000)
            by = "person:past-team"
            told = changed({"state": "open", "kept_at": None, "kept_by": None},
                           {"state": "kept", "kept_at": at, "kept_by": by})  # fmt: skip
            self.told.add("promise_kept", at, by, None, owed.visit, told, about=owed.id)
            self.kept.append((at, by, owed.id))
            if at <= owed.due_at:
                self.truth.date_kept(self.office.key, owed.due_on)
