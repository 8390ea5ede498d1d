"""Staffing as pages and the API ask for it: answers at once from what is kept, and works out the rest aside.

A plan is made day by day, so that it can say how far it is and be stopped; it is kept in the store, and so is that one
was begun: a server that stops meanwhile says so when it is back. Everything else is worked out anew after a restart. If
something fails, it says so and the queue goes on.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, timedelta

from pydantic import TypeAdapter

from reception.staffing import work
from reception.staffing.made_of import changed_since, made_of
from reception.staffing.planning import goal_of
from reception.staffing.shapes import BackTest, Changes, DayPlan, Plan, Progress, Today, WhatIf

log = logging.getLogger(__name__)
PLANS = TypeAdapter(Plan)
DAYS = 7
REMEMBERED = 40  # what-ifs
FRESH_MS = 60_000  # how old the hour ahead may be
OLD_MS = 10 * 60_000  # older than that it is not told any more
NIGHT = 4  # o'clock: from then on a plan of yesterday's is made anew
EVERY = 300  # seconds between looking whether it is
TRIES = 2  # of a plan, over which the server stopped: by itself it is not begun a third time on the same day


class Staffing:
    """`parts.staffing`. `spawn(work)` goes on beside whoever asks (here: at once), `plans` and `questions` are
    processes (figures.link.Apart; None: none), one for each, so that nobody's question waits for a plan."""

    def __init__(self, parts):
        self.parts, self.settings = parts, parts.settings
        self.office = parts.settings.office.key
        self.spawn: Callable = lambda work: work()
        self.plans = self.questions = None
        self._progress = Progress()
        self._tried: date | None = None  # the last day on which a plan was begun
        self._turn = 0  # rises when a plan is begun or stopped: an older one is of no use any more
        self._answers: OrderedDict[tuple, WhatIf | None] = OrderedDict()
        self._today: Today | None = None
        self._looking = False

    # -- the plan -----------------------------------------------------------------------------------------------

    def kept(self) -> Plan | None:
        """The last plan; None: none was made yet, or by another version."""
        told = self.parts.store.staffing_plan(self.office)
        try:
            return PLANS.validate_json(told) if told else None
        except ValueError:
            return None

    def progress(self) -> Progress:
        return self._progress

    def start(self) -> None:
        """Makes a new plan of the coming seven days; nothing, where one is being made."""
        if self._progress.key == "working":
            return
        self._turn += 1
        turn, now = self._turn, self.parts.frontdesk.now()
        self._tried = self._day(now)
        self._progress = Progress("working", 0.0, self._day(now).isoformat(), now)
        self.spawn(lambda: self._make(turn, now))

    def cancel(self) -> None:
        """What is being worked on is finished and dropped; the last plan stays."""
        if self._progress.key == "working":
            self._turn += 1
            self._progress = Progress("cancelled")
            self._note(lambda store: store.forget_staffing_begun(self.office))

    def _make(self, turn: int, now: int) -> None:
        if turn != self._turn:
            return
        try:
            self._note(lambda store: store.note_staffing_begun(self.office, now))
            first, days = self._day(now), []
            for nth in range(DAYS):
                self._tell(turn, nth, (first + timedelta(days=nth)).isoformat(), now)
                days.append(self._apart(self.plans, work.day_plan, first + timedelta(days=nth), now))
                if turn != self._turn:
                    return
            self._tell(turn, DAYS, "", now)
            back = self._apart(self.plans, work.back_test, now)
            if turn == self._turn:
                self._keep(now, tuple(days), back)
                self._progress = Progress("idle", 1.0)
        except Exception:
            log.exception("The staffing plan could not be made.")
            if turn == self._turn:
                self._progress = Progress("failed")
                self._note(lambda store: store.forget_staffing_begun(self.office))

    def _tell(self, turn: int, nth: int, day: str, now: int) -> None:
        if turn == self._turn:
            self._progress = Progress("working", nth / (DAYS + 1), day, now)

    def _keep(self, now: int, days: tuple[DayPlan, ...], back: BackTest) -> None:
        target = self.settings.promise.target_seconds
        plan = Plan(now, goal_of(self.settings), target, days, back, made_of(self.settings))
        told = PLANS.dump_json(plan).decode()

        def keep(store):
            store.save_staffing_plan(self.office, now, told)
            store.forget_staffing_begun(self.office)

        self._note(keep)

    # -- questions ----------------------------------------------------------------------------------------------

    def what_if(self, day: date, changes: Changes) -> WhatIf | None:
        """None while it is being worked out."""
        now = self.parts.frontdesk.now()
        key = (day, changes, self._day(now))
        if key not in self._answers:
            self._answers[key] = None
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
            self.spawn(lambda: self._answer(key, now))
        found = self._answers.get(key)
        if found and found.key == "failed":
            del self._answers[key]  # whoever asks again has it tried again
        return found

    def what_if_now(self, day: date, changes: Changes) -> WhatIf:
        """The same, and waits for it."""
        now = self.parts.frontdesk.now()
        return self._answers.get((day, changes, self._day(now))) or self._apart(
            self.questions, work.what_if, day, changes, now
        )

    def _answer(self, key: tuple, now: int) -> None:
        day, changes, _today = key
        try:
            self._answers[key] = self._apart(self.questions, work.what_if, day, changes, now)
        except Exception:
            log.exception("What would be if could not be worked out.")
            self._answers[key] = WhatIf(day.isoformat(), changes, "failed")

    def today(self) -> Today | None:
        """The hour ahead, a minute old at most unless the machine is busy; None while the first is worked out."""
        now = self.parts.frontdesk.now()
        if not self._looking and (self._today is None or now - self._today.at > FRESH_MS):
            self._looking = True
            self.spawn(self._look)
        return self._today if self._today and now - self._today.at <= OLD_MS else None

    def today_now(self) -> Today:
        return self._apart(self.questions, work.ahead, self.parts.frontdesk.now())

    def _look(self) -> None:
        try:
            self._today = self.today_now()
        except Exception:
            log.exception("The hour ahead could not be worked out.")
        finally:
            self._looking = False

    # -- while the server runs ----------------------------------------------------------------------------------

    def work_aside(self, process: Callable, spawn: Callable) -> None:
        """From now on `process()` makes what works things out, and `spawn` goes on beside whoever asks."""
        self.plans, self.questions, self.spawn = process(), process(), spawn
        self.look_behind()

    def look_behind(self) -> None:
        """As the server starts: the plan that the last one was over when it stopped."""
        if begun := self.parts.store.staffing_begun(self.office):
            began_at, tries = begun
            self._progress = Progress("interrupted", started_at=began_at)
            self._tried = self._day(began_at) if tries >= TRIES else None

    def stop(self) -> None:
        self._turn += 1
        for process in (self.plans, self.questions):
            if process:
                process.stop()

    def serve(self, sleep: Callable[[float], None]) -> None:
        """Makes a plan each night, and where there is none. For as long as the server runs."""
        while True:
            sleep(EVERY)
            try:
                if self.is_due():
                    self.start()
            except Exception:
                log.exception("Whether a staffing plan is due could not be seen.")

    def is_due(self) -> bool:
        """Once a day: one that failed or was stopped is not begun again by itself."""
        now = self.parts.frontdesk.now()
        today, kept = self._day(now), self.kept()
        hour = (now - work.starts(self.settings, today)) // 3_600_000
        if self._tried == today:
            return False
        if kept is None or self._progress.key == "interrupted" or changed_since(kept.made_of, self.settings):
            return True
        return self._day(kept.made_at) < today and hour >= NIGHT

    # -- helpers ------------------------------------------------------------------------------------------------

    def _note(self, write: Callable) -> None:
        self.parts.frontdesk.writer.do(lambda store: (write(store), None))

    def _apart(self, process, function: Callable, *given):
        figures = self.parts.figures()
        return process(function, figures, *given) if process else figures.aside(function, figures, *given)

    def _day(self, at: int) -> date:
        return self.parts.figures().today(at)
