"""Arriving: a ticket from the kiosk or the greeter, an appointment's check-in, and what a visitor needs."""

from dataclasses import dataclass, replace
from pathlib import Path

from reception import matters
from reception.appointments.match import is_theirs, plain
from reception.finding import Finding
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.things import Appointment
from reception.visit import Visit

MINUTE_MS = 60_000
LONGEST = 500  # characters of a text about a visit


@dataclass(frozen=True, slots=True)
class Issued:
    """A ticket: the visit, how many are ahead of it, where its own page is, and whether it was given before."""

    visit: Visit
    ahead: int
    url: str | None
    again: bool = False


class Arriving(Finding):
    """The buttons of whoever comes in."""

    def issue(
        self,
        *,
        service: str,
        by: str,
        channel: str = "kiosk",
        printer: str | None = None,
        needs=(),
        language: str = "",
        reads: str = "",
        remark: str = "",
        party: int | None = None,
        to_come=(),
        greeted: bool = False,
        once=None,
    ) -> Issued:
        """A ticket for a service, in the line. With a `printer`, its slip is a print job of the same transaction.

        `needs` are keys of settings, `language` the interpreter's, `reads` the tag of the language they chose to read
        and hear, `remark` what staff should see before the call; `to_come` further services of the same visit;
        `greeted`: a person has told them their number.
        """

        def rule(room: Room):
            self._not_locked(room, by)
            self._welcoming(room, service)
            legs = " ".join(self._further(room, to_come))
            how = {"reads": self._reads(reads), **self._called_how(needs)}
            visit = self._arrival(room, service, channel, party=party, to_come=legs, **how)
            if greeted:
                visit = replace(visit, acknowledged_at=room.at)
            tells = self._tells(needs=needs, language=language, remark=remark)
            visit = self._told(room, visit, tells)
            moves = [Move("issued", None, visit, tells=tells)]
            return moves, self._issued(room.after(moves), visit)

        return self._change(rule, by=by, once=once, printer=printer)

    def check_in(
        self,
        *,
        by: str,
        reference: str = "",
        postcode: str = "",
        initial: str = "",
        appointment: str | None = None,
        channel: str = "kiosk",
        printer: str | None = None,
        needs=(),
        language: str = "",
        reads: str = "",
        remark: str = "",
        greeted: bool = False,
        anyway: bool = False,
        desk: str | None = None,
        once=None,
    ) -> Issued:
        """Somebody with an appointment is here: the same appointment gives the same ticket, however often it is asked.

        Found by its id, its reference, or postcode and initial together. Too late, they join the line as somebody
        without one; too early is refused unless `anyway` (staff).
        """

        def rule(room: Room):
            self._not_locked(room, by)
            booking = self._booked(room, appointment, reference, postcode, initial)
            if booking.visit and (before := room.visits.get(booking.visit)):
                return [], replace(self._issued(room, before), again=True)
            standing, due_at = self._window(room, booking, anyway)
            known = self.store.particulars(self.office, [booking.id], turn=True).get(booking.id, {})
            wanted = [*(need for need in known.get("needs", "").split() if need in self.settings.need), *needs]
            booked = {"booked_at": booking.booked_at, "appointment": booking.id, "standing": standing, "due_at": due_at}
            how = {"reads": self._reads(reads), **self._called_how(wanted)}
            told_at = room.at if greeted else None
            visit = self._arrival(room, booking.service, channel, acknowledged_at=told_at, **booked, **how)
            tells = self._tells(needs=wanted, language=language, remark=remark, name=known.get("name", ""))
            visit = self._told(room, visit, tells)
            arrived = replace(booking, state="arrived", visit=visit.id, arrived_at=room.at)
            moves = [
                Move("checked_in", None, visit, desk, tells=tells),
                Move("appointment_arrived", booking, arrived, desk, visit=visit.id),
            ]
            return moves, self._issued(room.after(moves), visit)

        return self._change(rule, by=by, once=once, printer=printer)

    def acknowledge(self, *, visit: str, how: str, by: str) -> None:
        """The visitor has been told their number: printed, shown, spoken or greeted. Only the first time counts."""

        def rule(room: Room):
            found = self._visit(visit, room)
            if found.acknowledged_at:
                return [], None
            told = "print_confirmed" if how == "printed" else "acknowledged"
            return [Move(told, found, replace(found, acknowledged_at=room.at))], None

        self._change(rule, by=by)

    def offer_online(self, *, service: str, taken: bool, by: str) -> None:
        """A kiosk has shown that a service can be had online, or somebody has chosen it. Counted without any visit, so
        that nobody is followed."""
        self._service(service)
        step = "online_taken" if taken else "online_shown"
        self.record(step, by=by, note={"service": service}, write=lambda store: None)

    def give_signpost(self, *, signpost: str, by: str, printer: str | None, reads: str = "", once=None) -> None:
        """A slip with how to reach somebody else who can help, in the language that is read. It is nobody's visit."""

        def rule(room: Room):
            self._signposts([signpost])
            note = {"slip": f"{signpost}@{self._reads(reads)}"}
            return [Move("signpost_given", None, {"signpost": signpost}, note=note)], None

        self._change(rule, by=by, once=once, printer=printer)

    def note(
        self,
        *,
        visit: str,
        by: str,
        desk: str | None = None,
        party: int | None = None,
        reference: str | None = None,
        once=None,
        **known,
    ) -> Visit:
        """What staff should know of a visitor before the call, or keep of the visit: `needs` (keys), `language`,
        `remark`, `note` (private), `party`, `reference` (the council's own, of the matter). Only what is given changes;
        an empty text takes it away."""

        def rule(room: Room):
            found = self._visit(visit, room)
            after = found if party is None else replace(found, party=party)
            if "needs" in known:
                after = replace(after, **self._called_how(known["needs"]))
            tells = {**(self._tells(keep_empty=True, **known) or {}), **self._matter(reference)}
            if after == found and not tells:
                return [], found
            return [Move("noted", found, after, desk or found.desk, tells=tells)], after

        return self._change(rule, by=by, once=once)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _welcoming(self, room: Room, service: str) -> None:
        if refusal := self.why_closed(service, room, turn=True):
            raise refusal

    def _not_locked(self, room: Room, by: str) -> None:
        """A kiosk that a manager has locked gives no tickets; it says why in the manager's words."""
        if by.startswith("screen:") and (text := self.text_of(room, "kiosk", by.removeprefix("screen:"), turn=True)):
            raise Refusal("kiosk_locked", text=text)

    def _told(self, room: Room, visit: Visit, tells: dict[str, str] | None) -> Visit:
        """The visit with what they are told to expect, if anybody can tell."""
        if self.expects is None:
            return visit
        return replace(visit, **self.expects(room.after([Move("issued", None, visit, tells=tells)]), visit))

    def _issued(self, room: Room, visit: Visit) -> Issued:
        return Issued(visit, self.people_ahead(room, visit) if visit.state == "waiting" else 0, self.url(visit))

    def _called_how(self, needs) -> dict:
        """Whether they are to be called discreetly, as a field of the visit: the board has to know."""
        self._needs(needs)
        return {"discreet": int(any(self.settings.need[need].discreet for need in needs))}

    def _reads(self, tag: str) -> str:
        if tag and tag not in self.settings.languages:
            raise Refusal("unknown_language", status=422, tag=tag, tags=", ".join(self.settings.languages))
        return tag

    def _tells(self, *, keep_empty: bool = False, needs=None, **texts: str) -> dict[str, str] | None:
        """Particulars of a visitor, checked; None where there is nothing to tell."""
        told = {} if needs is None else {"needs": self._needs(needs)}
        for kind, text in texts.items():
            told[kind] = " ".join((text or "").split()) if kind != "note" else (text or "").strip()
            if len(told[kind]) > LONGEST:
                raise Refusal("text_too_long", status=422, longest=LONGEST)
        return {kind: text for kind, text in told.items() if text or keep_empty} or None

    def _matter(self, reference: str | None) -> dict[str, str]:
        """The particular that a council's reference leaves; none where none was given."""
        if reference is None:
            return {}
        if not self.settings.figures.references:
            raise Refusal("references_not_kept", status=422)
        return {"matter": matters.digest(reference, Path(self.store.path).parent)}

    def _booked(self, room: Room, appointment, reference: str, postcode: str, initial: str) -> Appointment:
        """The one appointment meant, today's; a Refusal that tells nobody whether somebody else has one."""
        if appointment:
            found = self.store.thing(Appointment, self.office, appointment, turn=True)
            found = [found] if found else []
        elif plain(reference):
            found = self.store.things(
                Appointment, self.office, "AND plain = ? ORDER BY booked_at", (plain(reference),), turn=True
            )
        else:
            today = self.store.things(Appointment, self.office, "AND day = ?", (room.day,), turn=True)
            known = self.store.particulars(self.office, [one.id for one in today], turn=True)
            found = [one for one in today if is_theirs(known.get(one.id, {}), postcode, initial)]
            if len({known[one.id].get("name", "").casefold() for one in found if one.state == "booked"}) > 1:
                raise Refusal("appointment_of_several")  # a household: nobody is given another's
        found = [one for one in found if one.state != "cancelled"]
        todays = [one for one in found if one.day == room.day]
        if not todays and found:
            raise Refusal("appointment_other_day", booked_at=found[0].booked_at)
        if not todays:
            raise Refusal("appointment_not_found", status=404)
        open_ones = [one for one in todays if one.state == "booked"] or todays
        return min(open_ones, key=lambda one: (abs(one.booked_at - room.at), one.id))

    def _window(self, room: Room, booking: Appointment, anyway: bool) -> tuple[str, int | None]:
        """The standing and the due instant of whoever checks in now for this booking."""
        rules, early = self.settings.appointments, booking.booked_at - room.at
        if booking.state == "arrived":
            raise Refusal("appointment_used")
        if early > rules.early_minutes * MINUTE_MS and not anyway:
            opens = booking.booked_at - round(rules.early_minutes * MINUTE_MS)
            raise Refusal("appointment_early", booked_at=booking.booked_at, from_at=opens)
        if -early > rules.late_minutes * MINUTE_MS:
            return "", None
        due_at = booking.booked_at - round(rules.due_minutes * MINUTE_MS)
        return "appointment", due_at if due_at > room.at else None
