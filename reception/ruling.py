"""Rules of the day: what a manager decides now, at once, with who and when recorded; and the day's appointments."""

from dataclasses import replace

from reception import hours
from reception.annotating import Annotating
from reception.appointments.keeping import Bookings
from reception.door import Rule
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.rulings import serves
from reception.things import Ruling as Ruled

LONGEST = 300
KINDS = ("service", "quota", "notice", "kiosk", "serves", "message")
# Kinds that are words: what their value says while they hold. The words are particulars, and no value repeats them.
WITH_TEXT = {"notice": "shown", "kiosk": "locked", "message": "shown"}


class Ruling(Bookings, Annotating):
    """A manager's buttons."""

    def rule(
        self,
        *,
        kind: str,
        subject: str,
        value: str | None,
        by: str,
        text: str = "",
        texts: dict[str, str] | None = None,
        until_at: int | None = None,
        once=None,
        notice: str = "",
        seen: int | None = None,
    ) -> Ruled:
        """Decides (`things.Ruling`); `value` None goes back to the settings. Without `until_at` it holds until changed,
        but a message only for the time settings say. `texts`: the same words in other languages, by their tags.
        `notice`: why a service is closed, as the kiosk's notice while it is. `seen`: the newest step that whoever
        decides has seen; refused where something else was decided about it since. None asks nothing."""
        rule = self._ruling(kind, subject, value, by, text, texts, until_at, notice, seen)
        return self._change(rule, by=by, once=once)

    def day_ends_at(self) -> int:
        """The end of the office's day, for rulings that hold today alone."""
        return self._day_ends(hours.day_of(self.now(), self.settings.zone))

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _ruling(
        self,
        kind: str,
        subject: str,
        value: str | None,
        by: str,
        text: str = "",
        texts: dict[str, str] | None = None,
        until_at: int | None = None,
        notice: str = "",
        seen: int | None = None,
    ) -> Rule:
        """The rule that decides; what makes no sense is refused before."""
        text, others = " ".join(text.split()), self._in_other_languages(texts or {})
        value = None if value is None else WITH_TEXT.get(kind, value)
        self._checked(kind, subject, value, text)
        for other in (*others.values(), notice):
            self._not_too_long(other)

        def rule(room: Room):
            if until_at is not None and until_at <= room.at:
                raise Refusal("until_past", status=422)
            if kind == "kiosk" and value is not None:
                self._kiosk(subject)
            before, until = room.rulings.get(f"{kind}:{subject}"), until_at
            if kind == "message" and until is None:
                until = room.at + round(self.settings.desk.notice_minutes * 60_000)
            after = Ruled(kind, subject, value, by, room.at, until)
            tells = {"text": text, **others} if kind in WITH_TEXT and value is not None else None
            if seen is not None and self._decided_since(after.id, seen):
                if not self._says_so_already(before, after, tells):
                    raise Refusal("ruling_changed")
                return [], before
            return [_move(before, after, tells), *self._notice_beside(room, before, after, notice)], after

        return rule

    def _decided_since(self, ruling: str, seen: int) -> bool:
        steps = self.store.steps_about(self.office, ruling, turn=True)
        return bool(steps) and steps[-1].number > seen

    def _says_so_already(self, before: Ruled, after: Ruled, tells: dict | None) -> bool:
        """Whether what stands is what is asked, as after a press that came twice."""
        told = self.store.particulars(self.office, [after.id], turn=True).get(after.id, {})
        same_words = all(told.get(kind, "") == text for kind, text in (tells or {}).items())
        return (before.value, before.until_at) == (after.value, after.until_at) and same_words

    def _notice_beside(self, room: Room, before: Ruled | None, after: Ruled, notice: str) -> list[Move]:
        """The kiosk's notice of why a service is closed: put up as it closes, and taken back as it gives tickets again,
        unless somebody has put up another since."""
        stands = room.rulings.get("notice:kiosk")
        if notice:
            put_up = replace(after, kind="notice", subject="kiosk", value=WITH_TEXT["notice"])
            return [_move(stands, put_up, {"text": notice, **self._in_other_languages({})})]
        was_closed = before and (before.kind, before.value) == ("service", "closed")
        if was_closed and stands and stands.value and (stands.by, stands.at) == (before.by, before.at):
            is_over = after.value != "closed"  # else it is closed once more, and the notice says why as before
            value, until_at = (None, None) if is_over else (stands.value, after.until_at)
            return [_move(stands, replace(after, kind="notice", subject="kiosk", value=value, until_at=until_at))]
        return []

    def _in_other_languages(self, texts: dict[str, str]) -> dict[str, str]:
        """The words by their kind of particular. An empty one, too, is told: what stood there before holds no more."""
        own = self.settings.office.language
        written = {tag: " ".join(texts.get(tag, "").split()) for tag in self.settings.languages if tag != own}
        return {f"text-{tag}": text for tag, text in written.items()}

    def _not_too_long(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Refusal("text_too_long", status=422, longest=LONGEST)

    def _kiosk(self, key: str) -> None:
        row = self.store.execute(
            "SELECT 1 FROM keys WHERE office = ? AND id = ? AND role = 'kiosk'", (self.office, key)
        ).fetchone()
        if not row:
            raise Refusal("unknown_key", status=404, key=key[:60])

    def _checked(self, kind: str, subject: str, value: str | None, text: str) -> None:
        if kind not in KINDS:
            raise Refusal("unknown_kind", status=422, kind=kind, kinds=", ".join(KINDS))
        if kind in ("service", "quota"):
            self._service(subject)
        elif kind == "serves" or (kind == "message" and subject != "all"):
            self._desk(subject)
        elif kind == "notice" and subject not in ("kiosk", "board"):
            raise Refusal("unknown_kind", status=422, kind=subject, kinds="kiosk, board")
        self._not_too_long(text)
        if value is None:
            return
        if kind in WITH_TEXT and not text:
            raise Refusal("text_needed", status=422)
        if kind == "service" and value not in ("open", "closed"):
            raise Refusal("unknown_kind", status=422, kind=value, kinds="open, closed")
        if kind == "quota" and not (value.isascii() and value.isdigit() and len(value) < 6):
            raise Refusal("quota_no_number", status=422)
        if kind == "serves":
            main, helps = serves(value)
            for service in (*main, *helps):
                self._service(service)
            if not (main or helps):
                raise Refusal("serves_nothing", status=422, desk=self._desk(subject).name)


def _move(before: Ruled | None, after: Ruled, tells: dict | None = None) -> Move:
    return Move("ruled", before, after, note={"kind": after.kind, "subject": after.subject}, tells=tells)
