"""The figures of a period: who asks gets one consistent look, whatever changes meanwhile; and finished days are kept.

It keeps nothing in the process: what is asked twice is counted twice.
"""

import logging
from collections.abc import Callable
from datetime import date

from reception import hours
from reception.figures.asking import Asked
from reception.figures.rules import DEFINITIONS, FIRST, History, packed, rules_of, told, unpacked
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings
from reception.store import Store

log = logging.getLogger(__name__)


class Figures:
    """`writer` keeps what is finished (None: it is measured afresh each time); `aside(work, *arguments)` runs long
    reads where they hold nobody up; `apart(work, figures, *arguments)` in a process of its own (link.py; None: aside).
    Ask on the thread that asks the front desk."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        writer=None,
        aside: Callable = lambda work, *given: work(*given),
        apart: Callable | None = None,
    ):
        self.settings, self.store, self.writer, self.aside, self._apart = settings, store, writer, aside, apart
        self.office, self.zone = settings.office.key, settings.zone
        self.target_ms = settings.promise.target_seconds * 1000

    def today(self, now: int) -> date:
        return hours.local(now, self.zone).date()

    def offices(self) -> list[tuple[str, str]]:
        """(key, name) of the offices whose visits this database has; of others only the key is known."""
        keys = dict.fromkeys([self.office, *self.store.offices_measured()])
        return [(key, self.settings.office.name if key == self.office else key) for key in keys]

    def of(self, asked: Asked, now: int) -> dict:
        """The report of what is asked for, as things stand at `now`: see docs/figures.md for its parts.

        Refuses a service, desk or office that nothing is known of.
        """
        return self.apart(Figures._report, asked, now)

    def apart(self, work: Callable, *given):
        """What `work(figures, *given)` returns, a module's or a class's own function that only reads."""
        return self._apart(work, self, *given) if self._apart else self.aside(work, self, *given)

    def between(self, first: date, last: date, now: int) -> dict:
        """The report of the days from `first` to `last`, both included."""
        return self.of(Asked(first, last), now)

    def arrivals(self, asked: Asked, now: int) -> dict[str, int]:
        """How many came in each month ("2026-03"), whether judged or not; mistakes are none."""
        from reception.figures.months import arrivals

        return self.apart(arrivals, asked, now)

    def facts(self, asked: Asked, now: int):
        """The facts that a report is made of (facts.py), whole: every column is read."""

        def work():
            with self.look():
                found = self.lazy_facts(asked, now)
                for name in self._columns():
                    found[name]
                return found

        return self.aside(work)

    # -- asking, on any thread --------------------------------------------------------------------------------------

    def _report(self, asked: Asked, now: int) -> dict:
        from reception.figures import measures, report

        with self.look():
            offices = self.offices_asked(asked)
            history = self.history(offices[0])
            rules = history.between(asked.first, asked.last)
            targets = {one.target_ms for office in offices for _day, one in self._rules(office, asked)}
            target_ms = targets.pop() if len(targets) == 1 else None
            facts = self.lazy_facts(asked, now)
            names = {
                "services": {one.key: one.name for one in self.settings.services},
                "desks": {one.key: one.name for one in self.settings.desks},
            }
            groups = measures.Groups(facts)
            total = report.total(facts, target_ms, self._undecided_from(offices, asked, now), groups)
            found = report.parts(facts, asked.first, asked.last, names, groups)
            width = (target_ms or self.target_ms) // 5
            return {
                "definitions": DEFINITIONS,
                "office": offices[0],
                "offices": offices,
                "timezone": rules[-1][1].zone,
                "from": asked.first.isoformat(),
                "to": asked.last.isoformat(),
                "computed_at": now,
                "target_seconds": None if target_ms is None else target_ms // 1000,
                "rules": [told(day, one) for day, one in rules],
                "total": total | {"longest_service": report.longest_service(found["services"], total)},
                **found,
                "distribution": measures.distribution(report.waits_of_seen(facts), width, report.FIFTHS),
                **self._besides(offices, asked, facts, now),
            }

    def _besides(self, offices: list[str], asked: Asked, facts, now: int) -> dict:
        from reception.figures import away, besides

        start, end = self._instants(asked)
        spans = {office: self.history(office).spans(asked.first, asked.last) for office in offices}
        return {
            "needs": [] if asked.narrowed else self._needs(offices, asked, now),
            "outages": [one for office in offices for one in self.store.outages_between(office, start, end)],
            "appointments": besides.appointments(self.store, spans, asked, facts),
            "next_steps": besides.next_steps(self.store, offices, asked, facts, start, min(end, now)),
            "use": besides.use(facts),
            "quality": besides.quality(self.store, offices, facts, start, end)
            | away.kiosks_away(self.store, offices, facts, start, end, now),
        }

    def lazy_facts(self, asked: Asked, now: int):
        from reception.figures.facts import fitting
        from reception.figures.kept import OfficeFacts, Several
        from reception.figures.needs import needing

        if asked.need:
            return needing(self, asked, now)
        found = []
        for office in self.offices_asked(asked):
            found.append(OfficeFacts(self.store, office, self.history(office)).between(asked.first, asked.last, now))
        facts = found[0] if len(found) == 1 else Several(found)
        mask = fitting(facts, asked)
        return facts if mask is None else facts.where(mask, fitting(facts, asked, "later_"))

    def _needs(self, offices: list[str], asked: Asked, now: int) -> list[dict]:
        from reception.figures.needs import by_need

        return by_need(self, offices, asked, now)

    def _columns(self) -> tuple[str, ...]:
        from reception.figures.facts import TYPES

        return tuple(TYPES)

    def offices_asked(self, asked: Asked) -> list[str]:
        """Their keys; refuses one that has no visits here."""
        known = [key for key, _name in self.offices()]
        for office in asked.offices:
            if office not in known:
                raise Refusal("unknown_office", status=404, office=office[:40])
        return list(asked.offices) or [self.office]

    def _rules(self, office: str, asked: Asked) -> list:
        return self.history(office).between(asked.first, asked.last)

    def _undecided_from(self, offices: list[str], asked: Asked, now: int) -> int:
        """The first day (its number) from which somebody may still come back about the same matter in time."""
        from reception.figures.facts import day_number

        days = max(one.return_days for office in offices for _day, one in self._rules(office, asked))
        return day_number(self.today(now)) - days

    def _instants(self, asked: Asked) -> tuple[int, int]:
        first, last = asked.first.isoformat(), asked.last.isoformat()
        return hours.day_bounds(first, self.zone)[0], hours.day_bounds(last, self.zone)[1]

    def look(self):
        return _Look(self.store.reader)

    # -- the rules --------------------------------------------------------------------------------------------------

    def history(self, office: str | None = None) -> History:
        """An office's rules since it began; this one's settings stand in while none were noted."""
        rows = self.store.figure_rules(office or self.office)
        found = tuple((day, unpacked(text)) for day, text, _at, _by in rows)
        return History(found or ((FIRST, rules_of(self.settings)),))

    def note_rules(self, now: int, *, since: date | None = None, by: str = "system") -> bool:
        """Notes the rules of the settings where they differ from the newest noted, from today or from `since` on;
        whether that was so. The first ever hold for all that came before."""
        rules, rows = rules_of(self.settings), self.store.figure_rules(self.office)
        if rows and unpacked(rows[-1][1]) == rules and (since is None or rows[-1][0] == since.isoformat()):
            return False
        day = FIRST if not rows else (since or self.today(now)).isoformat()
        self._write(lambda store: store.note_figure_rules(self.office, day, packed(rules), now, by))
        return True

    # -- keeping ----------------------------------------------------------------------------------------------------

    def rebuild(self, now: int) -> int:
        """Measures every finished day again and keeps it, whatever was kept; how many days that were."""
        self._write(lambda store: store.drop_kept(self.office))
        return self.catch_up(now)

    def catch_up(self, now: int, pause: Callable[[], None] = lambda: None) -> int:
        """Keeps all finished days that are not kept yet, then months as one; how many days those were.

        It takes one day at a time and calls `pause` after each, so that a server can let others go first.
        """
        done = 0
        for day in self.aside(self._to_keep, now):
            done += self._keep(day, now)
            pause()
        for first, last in self.aside(self._months):
            self._write(lambda store, first=first, last=last: self._put_together(store, first, last))
            pause()
        return done

    def keep_needs(self, now: int) -> None:
        """Keeps the waits by need of the days that are over, before the needs themselves are forgotten."""
        from reception.figures.needs import finished_rows

        rows = self.aside(finished_rows, self, now)
        self._write(lambda store: store.keep_need_waits(rows))

    def _to_keep(self, now: int) -> list[date]:
        with self.look():
            return list(self._own().days_to_keep(now))

    def _months(self) -> list[tuple[date, date]]:
        with self.look():
            return list(self._own().months_to_keep())

    def _own(self):
        from reception.figures.kept import OfficeFacts

        return OfficeFacts(self.store, self.office, self.history())

    def _keep(self, day: date, now: int) -> int:
        """Keeps a day, but for one that a later step touched; 1 if it was kept."""

        def work():
            from reception.figures.needs import kept_rows

            with self.look():
                own, newest = self._own(), self.store.newest_step(self.office)
                came_back = self.store.matters(self.office, day.isoformat())
                return own.rows(day, day, own.measured(day, day, now)), kept_rows(self, day, now), newest, came_back

        rows, needs, newest, came_back = self.aside(work)

        def turn(store: Store):
            touched = day.isoformat() in store.days_touched(self.office, newest)
            if touched or came_back != store.matters(self.office, day.isoformat(), turn=True):
                return 0
            store.keep_facts(rows)
            store.keep_need_waits(needs)
            return 1

        return self._write(turn) or 0

    def _put_together(self, store: Store, first: date, last: date) -> None:
        """In a turn: a month's days become one row a column, if all of them are there still."""
        from reception.figures.kept import Stored

        own = self._own()
        days = store.kept_within(self.office, first.isoformat(), last.isoformat())
        if len(days) != (last - first).days + 1 or any(basis != own.history.basis(day, day) for day, basis in days):
            return
        whole = Stored(own, first, last, [(day, day) for day, _basis in days], [])
        rows = own.rows(first, last, whole)
        store.drop_kept(self.office, first.isoformat(), last.isoformat())
        store.keep_facts(rows)

    def _write(self, turn: Callable[[Store], object]):
        if not self.writer:
            return None
        try:
            return self.writer.do(lambda store: (turn(store), None))
        except StoreFault as fault:
            log.warning("The figures of finished days were not kept (%s); they are measured again.", fault)
            return None


class _Look:
    """One read transaction: what is read in it is of one instant."""

    def __init__(self, reader):
        self._reader = reader

    def __enter__(self):
        self._reader.execute("BEGIN")

    def __exit__(self, *_error):
        self._reader.execute("COMMIT")


def rebuild(frontdesk) -> int:
    """`reception figures rebuild`: every finished day anew; how many days that were."""
    return Figures(frontdesk.settings, frontdesk.store, frontdesk.writer).rebuild(frontdesk.now())


def note_rules(frontdesk, since: date | None = None, by: str = "system") -> bool:
    """At each start, and by `reception figures rules --from`: what the settings say now is noted, if it is news."""
    figures = Figures(frontdesk.settings, frontdesk.store, frontdesk.writer)
    return figures.note_rules(frontdesk.now(), since=since, by=by)
