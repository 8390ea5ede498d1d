"""What people told an office in its made-up past, and what the office did about it: day by day beside the visits, with
its steps among theirs. The steps are those that the front desk takes; a test holds rows and steps against each other.
"""

import json
import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush

from demo.past_day import PastDay
from demo.past_office import MINUTE, PastOffice, identifier
from demo.past_words import ANSWERS, DONE, NOTE, PAIRS, REASON, SAID
from reception import hours, workdays
from reception.door import changes
from reception.feedback.giving import DAY_MS, SIGNS
from reception.feedback.life import OPEN, take
from reception.feedback.rows import Feedback, SaidAndDone, Stage

TELL = 0.03  # of visits; letters and calls among them
KINDS = {"complaint": 12, "compliment": 10, "comment": 8}
SOURCES = {"kiosk": 34, "phone": 26, "desk": 12, "telephone": 10, "email": 10, "letter": 8}
OF_VISITS = ("kiosk", "phone", "desk")  # told as somebody leaves
THEMES = {"waiting": 40, "staff": 16, "information": 14, "decision": 14, "building": 8, "other": 8}
FOUND = {"upheld": 40, "partly": 24, "not_upheld": 31, "no_finding": 5}
AT_ONCE = 0.28  # of complaints at a desk are put right there and then
IN_TIME, WITHDRAWN, RIGHT, EXTENDED, ACKNOWLEDGED, ESCALATED, REFERRED = 0.91, 0.03, 0.05, 0.05, 0.4, 0.14, 0.3
TEAM, WELCOME, SHOWN_ON = "person:past-team", "person:past-welcome", 12  # the day of a month that pairs are shown on


class PastFeedback:
    """One office's feedback as it goes on. `rows` is how things stand; `texts` are (about, kind, press, text)."""

    def __init__(self, office: PastOffice, seed: object):
        self.office, self.rules = office, office.settings.feedback
        self.random = random.Random(f"{seed} {office.key} feedback")
        self.calendar = workdays.calendar_of(office.settings)
        self.rows: dict[str, Feedback | Stage | SaidAndDone] = {}
        self.texts: list[tuple[str, str, int, str]] = []
        self._due: list[tuple[int, int, str, str]] = []  # instant, in the order thought of, what is done, to which
        self._references: set[str] = set()
        self._pairs, self._untold = list(PAIRS), []

    def live(self, day: PastDay) -> None:
        """What is told on a day that was lived, and done on it about what was told before."""
        self.day, self._ends = day, hours.day_bounds(day.iso, self.office.zone)[1]
        told = [visitor for visitor in day.visitors if self.random.random() < TELL]
        for visitor in told:
            self._told(visitor)
        if self._pairs and told and day.day.day >= SHOWN_ON and day.day.month % 2:
            self._show_what_was_done()
        while self._due and self._due[0][0] < self._ends:
            at, _nth, what, feedback = heappop(self._due)
            self._do(what, self.rows[feedback], self._there(at))

    def settle(self) -> None:
        """Once the day's steps have their numbers: which press told which text."""
        presses = self.day.told.presses
        self.texts += [(about, kind, presses[seq], text) for about, kind, seq, text in self._untold]
        self._untold.clear()

    # -- being told -------------------------------------------------------------------------------------------------

    def _told(self, visitor) -> None:
        chance, row = self.random, visitor.row
        kind, source = self._one(KINDS), self._one(SOURCES)
        theme = self._one({theme: THEMES.get(theme, 8) for theme in self.rules.theme}) if self.rules.theme else None
        leaving = source in OF_VISITS and row["state"] == "completed"
        at = row["ended_at"] + int(chance.uniform(1, 6) * MINUTE) if leaving else visitor.arrived + 7 * MINUTE
        at = self._there(min(at, self._ends - MINUTE))
        made = Feedback(
            id=identifier(chance, at),
            reference=self._reference(),
            kind=kind,
            state=OPEN,
            source=source,
            made_at=at,
            made_by={"kiosk": "screen:past-kiosk", "phone": "visitor"}.get(source, WELCOME),
            made_on=self.day.iso,
            forget_at=self._forgotten_at(at),
            theme=theme,
            service=row["service"] if leaving or chance.random() < 0.5 else None,
            visit=row["id"] if leaving and source != "kiosk" else None,
            language=(row["reads"] or None) if leaving else None,
        )
        said = SAID[kind].get(theme) or SAID[kind][""]
        words = {"text": chance.choice(said)} if source != "kiosk" or theme is None else {}
        if kind != "complaint":
            self._step("feedback_given", at, made.made_by, None, made, words)
            step = "feedback_passed_on" if kind == "compliment" else "feedback_closed"
            self._later(step, made, self._on(self._workday(self.day.iso, chance.choice((1, 1, 2, 3, 4)))))
        elif source == "desk" and chance.random() < AT_ONCE:
            self._step("feedback_given", at, made.made_by, None, made, {**words, "done": DONE})
            right = replace(made, state=take(kind, OPEN, "feedback_put_right"), ended_at=at)
            self._step("feedback_put_right", at, made.made_by, made, right, with_last=True)
        else:
            stage = self._stage(made, 1, at)
            made = replace(made, stage=1, answer_on=stage.answer_on)
            self._step("feedback_given", at, made.made_by, None, made, words)
            self._step("feedback_stage", at, made.made_by, None, stage, with_last=True)
            self._think_of(stage)

    def _think_of(self, stage: Stage) -> None:
        """What the office will do in a stage, and when."""
        chance, began = self.random, hours.day_of(stage.began_at, self.office.zone)
        about, length = self.rows[stage.feedback], self.rules.days_of(stage.stage).answer
        if stage.acknowledge_on or length > 2 and chance.random() < ACKNOWLEDGED:
            late = 4 if chance.random() > IN_TIME else chance.choice((1, 1, 2))
            self._later("feedback_acknowledged", about, self._on(self._workday(began, late)))
        luck, days = chance.random(), chance.randint(1, length)
        if luck < WITHDRAWN:
            return self._later("feedback_withdrawn", about, self._on(self._workday(began, days)))
        if luck < WITHDRAWN + RIGHT:
            return self._later("feedback_put_right", about, self._on(self._workday(began, days)))
        if luck < WITHDRAWN + RIGHT + EXTENDED:
            self._later("feedback_extended", about, self._on(stage.answer_on, first=9))
            days = length + chance.randint(1, 3)
        elif chance.random() > IN_TIME:
            days = length + chance.choice((1, 1, 2, 4))
        return self._later("feedback_answered", about, self._on(self._workday(began, max(2, days))))

    # -- what the office does ---------------------------------------------------------------------------------------

    def _do(self, what: str, found: Feedback, at: int) -> None:
        stage = self.rows.get(f"{found.id} {found.stage}")
        if what == "feedback_acknowledged":
            if found.state == OPEN and not stage.acknowledged_at:
                self._step(what, at, TEAM, stage, self._acknowledged(stage, at))
        elif what == "feedback_extended":
            answer_on = self._workday(stage.answer_on, 3)
            later = replace(stage, answer_on=answer_on, extended=stage.extended + 1)
            words, note = {f"reason {stage.stage}.{later.extended}": REASON}, {"answer_on": answer_on}
            self._step(what, at, TEAM, found, replace(found, answer_on=answer_on), words, note)
            self._step("feedback_stage", at, TEAM, stage, later, with_last=True)
        elif what == "feedback_escalated":
            begun = self._stage(found, found.stage + 1, at)
            after = replace(found, state=OPEN, stage=begun.stage, answer_on=begun.answer_on, ended_at=None)
            self._step(what, at, TEAM, found, after)
            self._step("feedback_stage", at, TEAM, None, begun, with_last=True)
            self._think_of(begun)
        elif what == "feedback_referred":
            self._step(what, at, TEAM, found, found)
        else:
            self._end(what, found, stage, at)

    def _end(self, what: str, found: Feedback, stage: Stage | None, at: int) -> None:
        ended = {"state": take(found.kind, found.state, what), "ended_at": at, "forget_at": self._forgotten_at(at)}
        after, note, finding = replace(found, **ended), None, None
        words = {"feedback_passed_on": {f"note {what}": NOTE}, "feedback_put_right": {"done": DONE}}.get(what, {})
        if what == "feedback_answered":
            finding = self._one(FOUND)
            words, note = {f"answer {stage.stage}": ANSWERS[finding]}, {"finding": finding}
        self._step(what, at, TEAM, found, after, words, note)
        if what in ("feedback_answered", "feedback_put_right"):
            known = stage if stage.acknowledged_at else self._acknowledged(stage, at)
            answered = replace(known, answered_at=at, answered_on=self.day.iso, finding=finding)
            self._step("feedback_stage", at, TEAM, stage, answered, with_last=True)
        if what == "feedback_answered":
            self._not_content(after, at)

    def _not_content(self, found: Feedback, at: int) -> None:
        """Some who are answered ask for the next stage; after the last, some are told of the ombudsman."""
        last = found.stage >= len(self.rules.days)
        step, share = ("feedback_referred", REFERRED) if last else ("feedback_escalated", ESCALATED)
        if self.random.random() < share:
            day = self.day.day + timedelta(days=self.random.randint(1, 12))
            self._later(step, found, max(at, self._on(self._workday(day.isoformat(), 0))))

    def _show_what_was_done(self) -> None:
        at = self._there(self._on(self.day.iso))
        if any(isinstance(row, SaidAndDone) and at - row.made_at < 40 * DAY_MS for row in self.rows.values()):
            return
        said, did, theme = self._pairs.pop(0)
        theme = theme if theme in self.rules.theme else None
        made = SaidAndDone(identifier(self.random, at), at, TEAM, theme, shown_at=at)
        self._step("said_and_done", at, TEAM, None, made, {"said": said, "did": did})

    # -- helpers ----------------------------------------------------------------------------------------------------

    def _step(self, step, at, by, before, after, words=None, note=None, *, with_last=False) -> None:
        """A step as the front desk records it: what changed, and that something was told, never what."""
        noted = {**(note or {}), **({"recorded": sorted(words)} if words else {})} or None
        told = json.dumps(changes(before, after))
        seq = self.day.told.add(step, at, by, None, None, told, about=after.id, note=noted, with_last=with_last)
        self._untold += [(after.id, kind, seq, text) for kind, text in (words or {}).items()]
        self.rows[after.id] = after

    def _stage(self, found: Feedback, number: int, at: int) -> Stage:
        days = self.rules.days[number - 1]
        answer_on = self._workday(self.day.iso, days.answer)
        acknowledge_on = self._workday(self.day.iso, days.acknowledge) if days.acknowledge else None
        return Stage(found.id, number, at, answer_on, answer_on, acknowledge_on)

    def _acknowledged(self, stage: Stage, at: int) -> Stage:
        return replace(stage, acknowledged_at=at, acknowledged_on=self.day.iso)

    def _later(self, what: str, about: Feedback, at: int) -> None:
        heappush(self._due, (at, len(self.rows) * 10 + len(self._due), what, about.id))

    def _one(self, shares: dict[str, float]) -> str:
        return self.random.choices(list(shares), list(shares.values()))[0]

    def _reference(self) -> str:
        while (reference := "F-" + "".join(self.random.choice(SIGNS) for _place in range(5))) in self._references:
            pass
        self._references.add(reference)
        return reference

    def _workday(self, start: str, days: int) -> str:
        return workdays.by_when(date.fromisoformat(start), days, **self.calendar).isoformat()

    def _on(self, day: str, *, first: float = 10, last: float = 16) -> int:
        """Some time of a day at work."""
        begins = datetime.combine(date.fromisoformat(day), time(int(first)), self.office.zone)
        return round(begins.timestamp() * 1000) + int(self.random.random() * (last - first) * 60 * MINUTE)

    def _there(self, at: int) -> int:
        start, end = self.day.away
        return end if start <= at < end else at

    def _forgotten_at(self, at: int) -> int:
        ends = hours.day_bounds(hours.day_of(at, self.office.zone), self.office.zone)[1]
        return ends + self.rules.keep_days * DAY_MS
