"""What the office owes people: what happens next and by when, documents handed in, call-backs. One list for all.

A promise has an owner or a team, and a date in working days; it is kept by one press, and changed only with a reason.
"""

from dataclasses import dataclass, replace
from datetime import date

from reception import hours, workdays
from reception.arriving import Arriving
from reception.identifiers import uuid7
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.things import Promise
from reception.visit import Visit

KINDS = ("promise", "documents", "call_back")


@dataclass(frozen=True, slots=True)
class Promised:
    """What is promised: `what` in a sentence (or the papers), to whom (`contact`), by which team or owner, and by when:
    `days` working days, or the date `due_on`, or for a call-back `minutes`."""

    what: str
    kind: str = "promise"
    team: str | None = None
    owner: str | None = None
    days: int | None = None
    due_on: str | None = None
    minutes: int | None = None
    service: str | None = None
    contact: str = ""


class Owing(Arriving):
    """The buttons of promises."""

    def promise(
        self, promised: Promised, *, by: str, visit: str | None = None, printer: str | None = None, once=None
    ) -> Promise:
        """Something owed without ending a visit: papers handed in, a call-back, or a promise made later."""

        def rule(room: Room):
            found = self._visit(visit, room) if visit else None
            made, tells = self._promised(room, promised, by, visit=found)
            moves = [Move("promised", None, made, visit=visit, tells=tells)]
            if found:
                later = replace(found, page_until=max(found.page_until or 0, made.due_at))
                moves = ([Move("noted", found, later)] if later != found else []) + moves
            return moves, made

        return self._change(rule, by=by, once=once, printer=printer)

    def keep(self, *, promise: str, by: str, once=None) -> Promise:
        """It is done; the visitor's page says so while its link lives."""

        def rule(room: Room):
            found = self._open_promise(promise)
            after = replace(found, state="kept", kept_at=room.at, kept_by=by)
            return [Move("promise_kept", found, after, visit=found.visit)], after

        return self._change(rule, by=by, once=once)

    def still_owed(self, *, promise: str, by: str, once=None) -> Promise:
        """Takes the keeping back while a press can be undone: it was the wrong row."""

        def rule(room: Room):
            found = self.store.thing(Promise, self.office, promise, turn=True)
            if not (found and found.state == "kept"):
                raise Refusal("nothing_to_undo")
            if found.kept_at < room.at - self.settings.desk.undo_seconds * 1000:
                raise Refusal("too_late_to_undo", minutes=round(self.settings.desk.undo_seconds / 60))
            told = self.store.steps_about(self.office, promise, turn=True)
            kept = [step for step in told if step.step == "promise_kept"]
            after = replace(found, state="open", kept_at=None, kept_by=None)
            return [Move("undone", found, after, undoes=kept[-1].press, visit=found.visit)], after

        return self._change(rule, by=by, once=once)

    def change_promise(
        self,
        *,
        promise: str,
        by: str,
        reason: str,
        days: int | None = None,
        due_on: str | None = None,
        owner: str | None = None,
        team: str | None = None,
        withdraw: bool = False,
        once=None,
    ) -> Promise:
        """A new date, owner or team, or that it is no longer needed; always with a reason, which is recorded. Given to
        a team, it is nobody's own any more unless an owner is named as well."""
        note = {"reason": self._reason("change", reason, needed=True)}

        def rule(room: Room):
            found = self._open_promise(promise)
            if withdraw:
                after = replace(found, state="withdrawn", kept_at=room.at, kept_by=by)
                return [Move("promise_withdrawn", found, after, visit=found.visit, note=note)], after
            after = replace(found, **self._whose(room, owner, team))
            if days is not None or due_on is not None:
                due_on_, due_at = self._by_when(room, days, due_on)
                after = replace(after, due_on=due_on_, due_at=due_at)
            moves = [Move("promise_changed", found, after, visit=found.visit, note=note)]
            if found.visit and (visit := self.store.visit(self.office, found.visit, turn=True)):
                later = replace(visit, page_until=max(visit.page_until or 0, after.due_at))
                moves += [Move("noted", visit, later)] if later != visit else []
            return moves, after

        return self._change(rule, by=by, once=once)

    def promises(self, *, ended_since: int | None = None) -> list[Promise]:
        """Everything owed, the earliest due first; with `ended_since`, also what was kept or withdrawn since."""
        found = self.store.things(Promise, self.office, "AND state = 'open' ORDER BY due_at, id")
        if ended_since is not None:
            ended = "AND state <> 'open' AND kept_at >= ? ORDER BY kept_at DESC, id"
            found += self.store.things(Promise, self.office, ended, (ended_since,))
        return found

    def promises_of(self, visit: str) -> list[Promise]:
        """What was promised to one visitor, for their page, the oldest first."""
        return self.store.things(Promise, self.office, "AND visit = ? ORDER BY made_at, id", (visit,))

    def works_on(self, day: str) -> bool:
        """Whether an ISO date is a working day here."""
        return workdays.is_working_day(date.fromisoformat(day), **self._calendar)

    def by_when(self, *, team: str | None = None, days: int | None = None, due_on: str | None = None) -> str:
        """The day by which something promised now would be due, to be shown before it is promised."""
        return self._due(self.look()[1], Promised("", team=team, days=days, due_on=due_on))[0]

    def standing_of(self, promise: Promise, at: int) -> str:
        """How a promise stands at an instant: open, due, late, kept or withdrawn."""
        if promise.state != "open":
            return promise.state
        if at > promise.due_at:
            return "late"
        if promise.kind == "call_back":
            return "due"
        return "due" if self.days_left(promise, at) <= self.settings.promises.due_soon_days else "open"

    def days_left(self, promise: Promise, at: int) -> int:
        """How many working days after an instant's day the promise is due; negative when that day is over."""
        return self._working_days_between(hours.local(at, self.settings.zone).date(), promise.due_on)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _promised(self, room: Room, promised: Promised, by: str, *, visit: Visit | None) -> tuple[Promise, dict]:
        """The row and its particulars."""
        if promised.kind not in KINDS:
            raise Refusal("unknown_kind", status=422, kind=promised.kind, kinds=", ".join(KINDS))
        if not promised.what.strip():
            raise Refusal("promise_without_words", status=422)
        if promised.kind == "call_back" and not promised.contact.strip():
            raise Refusal("call_back_to_nobody", status=422)
        self._team(promised.team)
        service = promised.service or (visit.service if visit else None)
        if service:
            self._service(service)
        due_on, due_at = self._due(room, promised)
        count = self.store.next_count(self.office, room.day, "promise:")  # no service's key
        made = Promise(
            id=uuid7(room.at),
            kind=promised.kind,
            state="open",
            reference=f"{room.day.replace('-', '')[2:]}-{count:03d}",
            due_at=due_at,
            due_on=due_on,
            made_at=room.at,
            made_by=by,
            visit=visit.id if visit else None,
            service=service,
            team=promised.team,
            owner=self._whom(promised.owner, room) or (None if promised.team else by),
            first_due_at=due_at,
        )
        return made, self._tells(what=promised.what, contact=promised.contact)

    def _whose(self, room: Room, owner: str | None, team: str | None) -> dict:
        """What giving it to somebody else changes; nothing where neither is named."""
        self._team(team)
        whose = {"team": team, "owner": None} if team else {}
        return {**whose, "owner": self._whom(owner, room)} if owner else whose

    def _team(self, team: str | None) -> None:
        if team and team not in self.settings.team:
            raise Refusal("unknown_team", status=422, team=team, teams=", ".join(self.settings.team))

    def _due(self, room: Room, promised: Promised) -> tuple[str, int]:
        if promised.kind == "call_back" and promised.days is None and promised.due_on is None:
            minutes = self.settings.promises.call_back_minutes if promised.minutes is None else promised.minutes
            if not 1 <= minutes <= 7 * 24 * 60:
                raise Refusal("due_implausible", status=422)
            at = self._within_hours(room.at, minutes * 60_000)
            return hours.day_of(at, self.settings.zone), at
        days = promised.days
        if days is None and promised.due_on is None:
            usual, team = self.settings.promises, self.settings.team.get(promised.team)
            days = usual.documents_days if promised.kind == "documents" else team.days if team else usual.days
        return self._by_when(room, days, promised.due_on)

    def _by_when(self, room: Room, days: int | None, due_on: str | None) -> tuple[str, int]:
        """The last day, and the last instant at which it is in time: the end of that day."""
        today = date.fromisoformat(room.day)
        try:
            day = date.fromisoformat(due_on) if due_on is not None else workdays.by_when(today, days, **self._calendar)
        except ValueError as error:
            raise Refusal("due_implausible", status=422) from error
        if not 0 <= (day - today).days <= 800:
            raise Refusal("due_implausible", status=422)
        return day.isoformat(), self._day_ends(day.isoformat()) - 1

    @property
    def _calendar(self) -> dict:
        return workdays.calendar_of(self.settings)

    def _working_days_between(self, first: date, last: str) -> int:
        return workdays.days_between(first, date.fromisoformat(last), **self._calendar)

    def _within_hours(self, at: int, lasts_ms: int) -> int:
        """When so much opening time has passed: what is asked for at closing is due the next morning."""
        zone, timetable = self.settings.zone, self.settings.hours
        left, from_at = lasts_ms, at
        for _day in range(60):
            for start, end in hours.openings(from_at, zone, timetable.weekly, timetable.closed_on):
                here = max(start, at)
                if here < end and left <= end - here:
                    return here + left
                left -= max(0, end - here)
            from_at = hours.day_bounds(hours.day_of(from_at, zone), zone)[1]
        return at + lasts_ms

    def _open_promise(self, promise: str) -> Promise:
        found = self.store.thing(Promise, self.office, promise, turn=True)
        if not found:
            raise Refusal("unknown_promise", status=404)
        if found.state != "open":
            raise Refusal("promise_ended", reference=found.reference, state=found.state)
        return found

    def _slip_printer(self, desk: str | None, ended: dict) -> str | None:
        """The printer nearest to a desk, if what was promised there is to be printed."""
        if not (ended.get("promise") and ended.pop("print_slip", False)):
            ended.pop("print_slip", None)
            return None
        return self.nearest_printer(desk)

    def nearest_printer(self, desk: str | None) -> str | None:
        own = self.settings.desk_named[desk].printer if desk in self.settings.desk_named else None
        return own or (self.settings.printers[0].key if self.settings.printers else None)
