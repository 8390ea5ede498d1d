"""The figures of a period: who asks gets one consistent look, whatever changes meanwhile; and finished days are kept.

It keeps nothing in the process but what `memory` is for.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from reception import hours
from reception.figures.asking import Asked
from reception.figures.rules import FIRST, History, packed, rules_of, unpacked
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings
from reception.store import Store

log = logging.getLogger(__name__)


class Figures:
    """`writer` keeps what is finished (None: it is measured afresh each time); `aside(work, *arguments)` runs long
    reads where they hold nobody up; `apart(work, figures, *arguments)` in a process of its own (link.py; None: aside).
    `memory` (memory.py) remembers what was measured of kept days. Ask on the thread that asks the front desk."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        writer=None,
        aside: Callable = lambda work, *given: work(*given),
        apart: Callable | None = None,
        memory=None,
    ):
        self.settings, self.store, self.writer, self.aside, self._apart = settings, store, writer, aside, apart
        self.memory = memory
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

        Refuses a service, desk, channel, language, need or office that nothing is known of.
        """
        return self.apart(_report, asked, now)

    def of_each(self, asked: Sequence[Asked], now: int) -> list[dict]:
        """The same of several questions, which are sent to the figures' process together."""
        return self.apart(_reports, asked, now)

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

    def warm(self, now: int) -> None:
        """Asks for all that ever was, so that whoever asks for it next need not wait while it is measured."""
        at = self.store.first_arrival(self.office)
        if at is not None:
            ever, keys = Asked(self.today(at), self.today(now)), tuple(key for key, _name in self.offices())
            for offices in {(), keys if len(keys) > 1 else ()}:
                self.apart(warmed, replace(ever, offices=offices), now)

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

    def lazy_facts(self, asked: Asked, now: int):
        """The facts of what is asked for; a column is read when it is asked for."""
        from reception.figures.kept import Several

        kept, live, _name = self.facts_apart(asked, now)
        return Several([kept, live])

    def facts_apart(self, asked: Asked, now: int) -> tuple:
        """The same: those of days that are kept; those of the others; and what names the first and nothing that was
        ever kept besides, None where nothing does."""
        from reception.figures.facts import Facts, Fitting
        from reception.figures.kept import OfficeFacts, Several
        from reception.figures.known import refuse_unknown
        from reception.figures.needs import needing

        refuse_unknown(self, asked, now)
        if asked.need:
            return Facts.of_nobody(), needing(self, asked, now), None
        found = [
            OfficeFacts(self.store, office, self.history(office)).apart(asked.first, asked.last, now)
            for office in self.offices_asked(asked)
        ]
        kept, live, names = zip(*found, strict=True)
        fits = replace(asked, first=date.min, last=date.min, offices=())
        name = (fits, *names) if all(names) else None
        facts = Several.of(kept), Several.of(live)
        return *((Fitting(one, asked) for one in facts) if asked.narrowed else facts), name

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


def _report(figures: Figures, asked: Asked, now: int) -> dict:
    from reception.figures.whole import report_of  # it brings in numpy, which a start need not wait for

    return report_of(figures, asked, now)


def _reports(figures: Figures, asked: Sequence[Asked], now: int) -> list[dict]:
    return [_report(figures, one, now) for one in asked]


def warmed(figures: Figures, asked: Asked, now: int) -> None:
    """Remembers what is asked, and tells nobody."""
    _report(figures, asked, now)


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
