"""Telling the office how it went: a compliment, a comment or a complaint, from whichever door, into one log.

A complaint is told at once by when it is answered. Nobody has to say who they are.
"""

import secrets
from dataclasses import replace
from datetime import date

from reception import hours, workdays
from reception.feedback.life import KINDS, OPEN, PUT_RIGHT, SOURCES, take
from reception.feedback.rows import Feedback, Stage
from reception.identifiers import uuid7
from reception.owing import Owing
from reception.refusals import Refusal
from reception.room import Move, Room

DAY_MS = 86_400_000
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another
LONGEST_CONTACT = 200
SHAPES = "\n\u200c\u200d"  # not seen, and still of the text: a line's end, and what joins letters or keeps them apart


class Giving(Owing):
    """What the doors of feedback ask."""

    def give_feedback(
        self,
        *,
        kind: str,
        source: str,
        by: str,
        theme: str | None = None,
        text: str = "",
        contact: str = "",
        put_right: str = "",
        visit: str | None = None,
        service: str | None = None,
        language: str | None = None,
        once=None,
    ) -> Feedback:
        """What somebody tells, noted. `theme` is a key of the office's themes, `put_right` what was done about a
        complaint on the spot; `contact` is how to reach them. Refused: an unknown kind, theme or service, a complaint
        about nothing at all, and texts that are too long."""
        tells = self._words(text=text, contact=contact, done=put_right)

        def rule(room: Room):
            self._makes_sense(kind, source, theme, tells)
            found = self._visit(visit, room) if visit else None
            if service:
                self._service(service)
            made = Feedback(
                id=uuid7(room.at),
                reference=self._new_reference(),
                kind=kind,
                state=OPEN,
                source=source,
                made_at=room.at,
                made_by=by,
                made_on=room.day,
                forget_at=self._feedback_forgotten_at(room.at),
                theme=theme,
                service=service or (found.service if found else None),
                visit=found.id if found else None,
                language=self._reads(language) if language else None,
            )
            return self._received(room, made, tells)

        return self._change(rule, by=by, once=once)

    def add_to_feedback(self, *, feedback: str, by: str, text: str = "", contact: str = "", once=None) -> Feedback:
        """Words, or how to reach them, from whoever told without: once, and while nobody has ended it. The same words
        again are those that are there."""
        tells = self._words(text=text, contact=contact)
        if not tells:
            raise Refusal("feedback_no_words", status=422)

        def rule(room: Room):
            found = self._feedback(feedback)
            told = self.store.particulars(self.office, [feedback], turn=True).get(feedback, {})
            there = {kind: told[kind] for kind in ("text", "contact") if kind in told}
            if there == tells:
                return [], found
            take(found.kind, found.state, "feedback_added")
            if there:
                raise Refusal("feedback_has_words")
            return [Move("feedback_added", found, found, tells=tells)], found

        return self._change(rule, by=by, once=once)

    def feedback(self, feedback: str) -> Feedback | None:
        return self.store.thing(Feedback, self.office, feedback)

    def feedbacks(self, *, first: str = "", last: str = "9999") -> list[Feedback]:
        """All that was told on the days from `first` to `last`, the newest first."""
        return self.store.things(
            Feedback, self.office, "AND made_on >= ? AND made_on <= ? ORDER BY made_at DESC, id DESC", (first, last)
        )

    def told_of_feedback(self, feedback: str, *, turn: bool = False) -> list[str]:
        """Which texts there are of it, never what they say."""
        return sorted(self.store.particulars(self.office, [feedback], turn=turn).get(feedback, {}))

    def working_days_left(self, day: str) -> int:
        """Working days from today to an ISO day; negative once it is over."""
        today = date.fromisoformat(hours.day_of(self.now(), self.settings.zone))
        return workdays.days_between(today, date.fromisoformat(day), **self._calendar)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _received(self, room: Room, made: Feedback, tells: dict[str, str]) -> tuple[list[Move], Feedback]:
        if made.kind != "complaint":
            return [Move("feedback_given", None, made, tells=tells)], made
        if "done" in tells:
            after = replace(made, state=take(made.kind, made.state, "feedback_put_right"), ended_at=room.at)
            return [Move("feedback_given", None, made, tells=tells), Move("feedback_put_right", made, after)], after
        stage = self._stage(room, made, 1)
        made = replace(made, stage=1, answer_on=stage.answer_on)
        return [Move("feedback_given", None, made, tells=tells), Move("feedback_stage", None, stage)], made

    def _stage(self, room: Room, feedback: Feedback, stage: int) -> Stage:
        """A stage that begins now; its days count from tomorrow."""
        days = self.settings.feedback.days[stage - 1]
        answer_on = self._working_day(room.day, days.answer)
        acknowledge_on = self._working_day(room.day, days.acknowledge) if days.acknowledge else None
        return Stage(feedback.id, stage, room.at, answer_on, answer_on, acknowledge_on)

    def _working_day(self, start: str, days: int) -> str:
        return workdays.by_when(date.fromisoformat(start), days, **self._calendar).isoformat()

    def _makes_sense(self, kind: str, source: str, theme: str | None, tells: dict[str, str]) -> None:
        themes = self.settings.feedback.theme
        if kind not in KINDS:
            raise Refusal("feedback_kind", status=422, kind=kind, kinds=", ".join(KINDS))
        if source not in SOURCES:
            raise Refusal("feedback_source", status=422, source=source, sources=", ".join(SOURCES))
        if theme is not None and theme not in themes:
            raise Refusal("feedback_theme", status=422, theme=theme, themes=", ".join(themes))
        if kind == "complaint" and theme is None and "text" not in tells:
            raise Refusal("feedback_nothing", status=422)
        if kind != "complaint" and "done" in tells:
            raise Refusal("feedback_step", state=PUT_RIGHT, kind=kind)

    def _words(self, **texts: str) -> dict[str, str]:
        """The texts as they are kept: without what cannot be seen, and none that is empty."""
        found = {}
        for kind, text in texts.items():
            seen = "".join(sign for sign in (text or "") if sign.isprintable() or sign in SHAPES).strip()
            longest = LONGEST_CONTACT if kind == "contact" else self.settings.feedback.longest
            if len(seen) > longest:
                raise Refusal("text_too_long", status=422, longest=longest)
            if seen:
                found[kind] = seen
        return found

    def _new_reference(self) -> str:
        """Short enough to be read out, and not to be guessed from another's."""
        while True:
            reference = "F-" + "".join(secrets.choice(SIGNS) for _place in range(5))
            if not self.store.things(Feedback, self.office, "AND reference = ?", (reference,), turn=True):
                return reference

    def _feedback(self, feedback: str) -> Feedback:
        found = self.store.thing(Feedback, self.office, feedback, turn=True)
        if not found:
            raise Refusal("unknown_feedback", status=404)
        return found

    def _feedback_forgotten_at(self, at: int) -> int:
        return self._forget_at(at, self.settings.feedback.keep_days)
