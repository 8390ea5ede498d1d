"""What rules look up, or refuse: the service, desk, visit, reason somebody named. It changes nothing."""

from reception import hours
from reception.by_the_clock import is_settled, settles_at
from reception.door import Door
from reception.identifiers import token, uuid7
from reception.numbers import number
from reception.refusals import Refusal
from reception.room import Room
from reception.rulings import is_shut, why_closed
from reception.things import Appointment, Desk, Promise
from reception.visit import ENDED, Visit


class Finding(Door):
    """The door with its look-ups."""

    def people_ahead(self, room: Room, visit: Visit) -> int:
        return self.line(room).people_ahead(visit)

    def url(self, visit: Visit) -> str | None:
        """The visitor's own page, while its link lives."""
        return f"{self.settings.address}/t/{visit.token}" if visit.token else None

    def why_closed(self, service: str, room: Room, *, turn: bool = False) -> Refusal | None:
        """Why a ticket for the service cannot be had in this room; None when it can."""
        self._service(service)
        return why_closed(self.settings, room, service, self.store.count(self.office, room.day, service, turn=turn))

    def text_of(self, room: Room, kind: str, subject: str, language: str = "", *, turn: bool = False) -> str | None:
        """The words of a notice, a lock or a message that holds now; in this language where it has them."""
        texts = self.texts_of(room, kind, subject, turn=turn)
        return texts.get(language) or texts.get(self.settings.office.language)

    def texts_of(self, room: Room, kind: str, subject: str, *, turn: bool = False) -> dict[str, str]:
        """The words of what holds now, by the languages (tags) that they were written in; none while nothing holds."""
        if room.ruled(kind, subject) is None:
            return {}
        key, own = f"{kind}:{subject}", self.settings.office.language
        told = self.store.particulars(self.office, [key], turn=turn).get(key, {})
        kinds = {tag: "text" if tag == own else f"text-{tag}" for tag in (own, *self.settings.languages)}
        return {tag: text for tag, kind in kinds.items() if (text := told.get(kind))}

    def numbered(self, number: str) -> Visit:
        """Today's visitor with this number, however it is typed, still here or not."""
        return self._with_number(hours.day_of(self.now(), self.settings.zone), number)

    def lives_until(self, visit: Visit) -> int:
        """Until when the visitor's page lives: some hours after the visit, or as long as something is promised."""
        ended = visit.ended_at or self.now()
        return max(ended + round(self.settings.keeping.link_hours_after * 3_600_000), visit.page_until or 0)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    @property
    def _walk_ms(self) -> int:
        return self.settings.promise.walking_allowance_seconds * 1000

    def _service(self, service: str):
        if service not in self.settings.service:
            raise Refusal("unknown_service", status=422, service=service, services=", ".join(self.settings.service))
        return self.settings.service[service]

    def _taken(self, room: Room, service: str, to: str | None = None) -> None:
        """Refuses to send somebody where nobody could help them."""
        part = self._service(service)
        if is_shut(self.settings, room, service):
            raise Refusal("transfer_closed", service=part.name)
        if not to and not any(service in takes.main | takes.helps for takes in self.line(room).rules.desks.values()):
            raise Refusal("transfer_unserved", service=part.name)

    def _further(self, room: Room, services) -> list[str]:
        """The further services of a visit, each once and each to be had."""
        for service in services:
            self._taken(room, service)
        return list(dict.fromkeys(services))

    def _not_settled(self, room: Room, *visits: Visit) -> None:
        """Refuses to put somebody back whom today's closing would end at once."""
        for visit in visits:
            if visit.state not in ENDED and is_settled(visit, room, self.settings):
                raise Refusal("day_settled", number=visit.number)

    def _desk(self, desk: str):
        return self.settings.find_desk(desk)

    def _reason(self, kind: str, reason: str | None, *, needed: bool = False) -> str | None:
        """A reason's key from the office's list; free text stands in no step."""
        known = {one.key: one for one in getattr(self.settings.reasons, kind)}
        if reason is None and not needed:
            return None
        if reason not in known:
            key = "unknown_reason" if reason else "reason_needed"
            raise Refusal(key, status=422, reason=reason or "", reasons=", ".join(known))
        return reason

    def _needs(self, needs) -> str:
        for need in needs:
            if need not in self.settings.need:
                raise Refusal("unknown_need", status=422, need=need, needs=", ".join(self.settings.need))
        return " ".join(dict.fromkeys(needs))

    def _visit(self, visit: str, room: Room | None = None) -> Visit:
        found = room and (room.visits.get(visit) or room.closed.get(visit))
        found = found or self.store.visit(self.office, visit, turn=True)
        if not found:
            raise Refusal("unknown_visit", status=404, visit=visit)
        return found

    def _open_visit(self, room: Room, visit: str) -> Visit:
        found = self._visit(visit, room)
        if found.state in ENDED:
            raise Refusal("visit_ended", number=found.number, state=found.state)
        return found

    def _numbered(self, room: Room, number: str | None) -> Visit:
        return self._open_visit(room, self._with_number(room.day, number, turn=True).id)

    def _with_number(self, day: str, number: str | None, *, turn: bool = False) -> Visit:
        wanted = "".join((number or "").split()).upper()
        found = self.store.visit_by_number(self.office, day, wanted, turn=turn)
        if not found:
            raise Refusal("unknown_number", status=404, number=(number or "")[:20])
        return found

    def _there(self, room: Room, visit: Visit, desk: str | None, by: str) -> None:
        """Refuses a step that one desk takes of a visitor who is at another, or where somebody else sits now."""
        if desk and visit.desk and visit.desk != desk:
            raise Refusal("at_another_desk", number=visit.number, desk=self._desk(visit.desk).name)
        if desk and visit.desk:
            self._mine(room, desk, by)

    def _mine(self, room: Room, desk: str, by: str, take_over: bool = False) -> None:
        now = room.desks.get(desk, Desk(desk))
        if now.state == "closed" or take_over or now.person in (None, by) or not by.startswith("person:"):
            return
        raise Refusal("desk_is_anothers", desk=self._desk(desk).name)

    def _whom(self, whom: str | None, room: Room) -> str | None:
        """A desk or person that a visitor is kept for: "desk:KEY" of this office, or somebody who may sign in."""
        kind, _, key = (whom or "").partition(":")
        if kind == "desk":
            self._desk(key)
        elif kind == "person":
            self._person(whom, room)
        elif whom:
            raise Refusal("unknown_whom", status=422, whom=whom)
        return whom

    def _person(self, by: str, room: Room) -> str:
        row = self.store.execute(
            "SELECT 1 FROM people WHERE office = ? AND id = ? AND left_at IS NULL",
            (self.office, by.removeprefix("person:")),
        ).fetchone()
        if not row:
            raise Refusal("unknown_person", status=404)
        return by

    def _touched(self, step, room: Room):
        """What a step changed, as it is now: a promise, an appointment, or a visit."""
        if not step.about:
            return self._visit(step.visit, room)
        kind = Appointment if step.step.startswith("appointment") else Promise
        return self.store.thing(kind, self.office, step.about, turn=True)

    def _day_ends(self, day: str) -> int:
        return hours.day_bounds(day, self.settings.zone)[1]

    def _all_end(self, room: Room) -> int:
        """When the system will have ended everybody's visit: some time after closing, or with the day."""
        settles, ends = settles_at(room.at, self.settings), self._day_ends(room.day)
        return min(ends, settles) if settles and room.at < settles else ends

    def _arrival(self, room: Room, service: str, channel: str, *, held: str | None = None, **more) -> Visit:
        """A new visit, with the day's next number of its service's letter unless the visitor `held` one already."""
        part = self._service(service)
        given = held or number(part.letter, self.store.next_count(self.office, room.day, part.letter))
        self.store.next_count(self.office, room.day, service)  # for the day's quota
        timetable = self.settings.hours
        minted = {"id": more.pop("id", None) or uuid7(room.at), "token": more.pop("token", None) or token()}
        return Visit(
            office=self.office,
            day=room.day,
            number=given,
            service=service,
            state="waiting",
            place=self.store.kept[self.office].newest + 1,
            channel=channel,
            arrived_at=room.at,
            opens_at=hours.opened_at(room.at, self.settings.zone, timetable.weekly, timetable.closed_on),
            **minted,
            **more,
        )
