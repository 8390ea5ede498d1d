"""Keeping appointments: taking in what was read, so that reading it again changes nothing, and who did not attend."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reception import hours
from reception.appointments.booked import Booked
from reception.appointments.match import plain
from reception.finding import Finding
from reception.identifiers import digest, uuid7
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.things import Appointment

AT_ONCE = 100  # appointments in one turn of the writer: about 20 ms, between which desks go on calling
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many appointments were new, changed, the same as before, cancelled, and left alone: they have arrived, or
    their day is over."""

    new: int = 0
    changed: int = 0
    same: int = 0
    cancelled: int = 0
    kept: int = 0

    def __add__(self, other: "TakenIn") -> "TakenIn":
        return TakenIn(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Bookings(Finding):
    """The buttons of appointments, but for their check-in (`arriving.py`)."""

    def take_in(self, booked: Iterable[Booked], *, by: str, source: str, pause=lambda: None) -> TakenIn:
        """Keeps appointments by their reference. Nothing happens twice: the same again changes nothing, and one that
        has arrived stays as it is. `pause` is called between turns. A step a turn tells how many, of nobody."""
        booked, total = list(booked), TakenIn()
        for start in range(0, len(booked), AT_ONCE):
            part = booked[start : start + AT_ONCE]
            total += self._take_part_in(part, by=by, source=source)
            pause()
        return total

    def cancel_appointment(self, *, appointment: str, by: str, once=None) -> Appointment:
        """It will not take place; the booking system, or somebody on the telephone, said so."""

        def rule(room: Room):
            found = self.store.thing(Appointment, self.office, appointment, turn=True)
            if not found:
                raise Refusal("appointment_not_found", status=404)
            if found.state == "arrived":
                raise Refusal("appointment_used")
            after = replace(found, state="cancelled")
            return ([Move("appointment_cancelled", found, after)] if after != found else []), after

        return self._change(rule, by=by, once=once)

    def appointments(self, day: str) -> list[Appointment]:
        """An office day's appointments, the earliest first."""
        return self.store.things(Appointment, self.office, "AND day = ? ORDER BY booked_at, id", (day,))

    def attendance(self, day: str, at: int) -> dict[str, int]:
        """How many of an office day's appointments are to come, missing (their time has passed), arrived, not_attended
        and cancelled at an instant."""
        rows = self.store.reader.execute(
            "SELECT CASE WHEN state <> 'booked' THEN state WHEN booked_at <= ? THEN 'missing' ELSE 'to_come' END,"
            " count(*) FROM appointments WHERE office = ? AND day = ? GROUP BY 1",
            (at, self.office, day),
        )
        return dict.fromkeys(("to_come", "missing", "arrived", "not_attended", "cancelled"), 0) | dict(rows.fetchall())

    def catch_up(self) -> None:
        """What happens by the clock alone; also that somebody did not attend."""

        def rule(room: Room):
            late = room.at - round(self.settings.appointments.not_attended_minutes * 60_000)
            missed = self.store.things(
                Appointment, self.office, "AND state = 'booked' AND booked_at <= ?", (late,), turn=True
            )
            return [Move("not_attended", one, replace(one, state="not_attended")) for one in missed], None

        self._change(rule, by="system")

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _take_part_in(self, part: list[Booked], *, by: str, source: str) -> TakenIn:
        def rule(room: Room):
            total = TakenIn()
            for one in part:
                total += self._kept(room, one, source)
            counts = {name: getattr(total, name) for name in TakenIn.__slots__}
            changed = total.new + total.changed + total.cancelled
            return ([Move("appointments_taken_in", None, counts)] if changed else []), total

        return self._change(rule, by=by)

    def _kept(self, room: Room, one: Booked, source: str) -> TakenIn:
        found = self.store.things(Appointment, self.office, "AND reference = ?", (one.reference,), turn=True)
        before = found[0] if found else None
        said = digest(repr(replace(one, line=0)))
        if before and before.digest == said:
            return TakenIn(same=1)
        day = hours.day_of(one.booked_at, self.settings.zone)
        if day < room.day or (before and before.state == "arrived"):
            return TakenIn(kept=1)
        if before is None and one.cancelled:
            return TakenIn(same=1)
        after = Appointment(
            id=before.id if before else uuid7(room.at),
            reference=one.reference,
            day=day,
            service=one.service,
            booked_at=one.booked_at,
            state="cancelled" if one.cancelled else "booked",
            minutes=one.minutes,
            source=source,
            plain=plain(one.reference),
            digest=said,
        )
        self.store.save_thing(self.office, after)
        delete_at = self._day_ends(day) + self.settings.keeping.appointment_days * DAY_MS
        known = {"name": one.name, "postcode": one.postcode, "needs": " ".join(one.needs)}
        for kind, text in known.items():
            if text or before:
                # One row a kind, whichever import said it: press 0 is no press, so nothing can undo it.
                self.store.save_particular(self.office, after.id, kind, text, press=0, delete_at=delete_at)
        return TakenIn(cancelled=1) if one.cancelled else TakenIn(changed=1) if before else TakenIn(new=1)
