"""The figures of a period: today measured as it is asked for, finished days from exact summaries kept in the database.

A summary is kept when a finished day is first asked for, and is as good as the visits: the database drops it when
a visit of its day changes, and its basis names what it was measured by. It judges nothing and words nothing.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from reception import hours, waits
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings
from reception.store import Store
from reception.waits import Bins

LONGEST_PERIOD = 731  # days: two years, so that one can be compared with the one before
log = logging.getLogger(__name__)


def period(first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """The days from `first` to `last` (ISO dates, both included); today where neither is given, one day where one is.

    Refuses what is no date, what runs backwards, what has not come yet and what is longer than two years.
    """
    start, end = _date(first or last, today), _date(last or first, today)
    if end < start:
        raise Refusal("period_backwards", status=422, first=start.isoformat(), last=end.isoformat())
    if end > today:
        raise Refusal("period_not_over", status=422, last=end.isoformat(), today=today.isoformat())
    if (end - start).days >= LONGEST_PERIOD:
        raise Refusal("period_too_long", status=422, days=(end - start).days + 1, longest=LONGEST_PERIOD)
    return start, end


def _date(text: str | None, today: date) -> date:
    if not text:
        return today
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:  # it reads other spellings, too
            return day
    except ValueError:
        pass
    raise Refusal("period_unreadable", status=422, given=text[:20])


class Figures:
    """`writer` keeps summaries (None: they are measured afresh each time); `aside(work, *arguments)` runs long reads
    where they hold nobody up. Ask on the thread that asks the front desk."""

    def __init__(
        self, settings: Settings, store: Store, writer=None, aside: Callable = lambda work, *given: work(*given)
    ):
        self.settings, self.store, self.writer, self.aside = settings, store, writer, aside
        self.office, self.zone = settings.office.key, settings.zone
        self.target_ms = settings.promise.target_seconds * 1000

    @property
    def basis(self) -> str:
        """What a summary was measured by. One kept under another basis is not read."""
        return f"{waits.DEFINITIONS} {self.target_ms} {self.zone.key}"

    def today(self, now: int) -> date:
        return hours.local(now, self.zone).date()

    def between(self, first: date, last: date, now: int) -> dict:
        """The figures of the days from `first` to `last`, both included, as they stand at `now`.

        `total`, each of `services` (with `key`, `name`) and each of `hours` (with `hour`) hold what `waits.figures`
        says; `distribution` counts waits in fifths of the target, the last count being all beyond four targets.
        """
        report, fresh, newest = self.aside(self._report, first, last, now)
        self._keep(fresh, newest)
        return report

    def rebuild(self, now: int) -> int:
        """Measures every finished day again and keeps it, whatever was kept; how many days that were."""
        self._write(lambda store: store.execute("DELETE FROM summaries WHERE office = ?", (self.office,)))
        return self.catch_up(now)

    def catch_up(self, now: int, pause: Callable[[], None] = lambda: None) -> int:
        """Keeps the summaries of all finished days that are not kept yet; how many days those were.

        It takes one day at a time and calls `pause` after each, so that a server can let others go first.
        """
        rows = self.store.reader.execute(
            "SELECT day FROM summaries WHERE office = ? AND basis = ?", (self.office, self.basis)
        ).fetchall()
        kept, done = {day for (day,) in rows}, 0
        for day in list(self._days(date.min, self.today(now))):
            if day not in kept:
                asked = date.fromisoformat(day)
                _, fresh, newest = self.aside(self._measured, asked, asked, now)
                self._keep(fresh, newest)
                done += len(fresh)
                pause()
        return done

    # -- measuring, on any thread -----------------------------------------------------------------------------------

    def _report(self, first: date, last: date, now: int) -> tuple[dict, dict[str, bytes], int]:
        bins, fresh, newest = self._measured(first, last, now)
        total = waits.together(bins.values())
        report = {
            "definitions": waits.DEFINITIONS,
            "office": self.office,
            "timezone": self.zone.key,
            "from": first.isoformat(),
            "to": last.isoformat(),
            "computed_at": now,
            "target_seconds": self.settings.promise.target_seconds,
            "total": waits.figures(total) | {"longest_service": _longest_service(bins, total)},
            "services": [
                {"key": key, "name": name} | waits.figures(waits.together(b for (k, _), b in bins.items() if k == key))
                for key, name in self._services(bins)
            ],
            "hours": [
                {"hour": hour} | waits.figures(waits.together(b for (_, h), b in bins.items() if h == hour))
                for hour in sorted({hour for _, hour in bins})
            ],
            "distribution": waits.distribution(total, self.target_ms // 5, 20),
        }
        return report, fresh, newest

    def _measured(self, first: date, last: date, now: int) -> tuple[Bins, dict[str, bytes], int]:
        """Merged bins, the summaries worth keeping, and the step up to which they are right: one consistent look."""
        reader, fresh = self.store.reader, {}

        def each_day() -> Iterator[Bins]:  # one at a time: a year's thousands of bins at once would stay in memory
            unfinished = self._unfinished(reader)
            for day in self._days(first, last):
                bins = _unpacked(self._kept(reader, day))
                if bins is None:
                    start, end = hours.day_bounds(day, self.zone)
                    bins = self._measure(start, end, now)
                    if end <= now - self.target_ms and not any(start <= at < end for at in unfinished):
                        fresh[day] = waits.pack(bins)
                yield bins

        reader.execute("BEGIN")
        try:
            newest = self._newest(reader.execute)
            return waits.merged(each_day()), fresh, newest
        finally:
            reader.execute("COMMIT")

    def _measure(self, start: int, end: int, now: int) -> Bins:
        visits = self.store.visits_between(self.office, start, end)
        called = [v.id for v in visits if v.state == "left" and v.seen_at is None and v.first_called_at is not None]
        back = {visit for visit in called if self._left_the_line(visit)}
        return waits.bins(visits, target_ms=self.target_ms, now=now, zone=self.zone, back=back)

    def _left_the_line(self, visit: str) -> bool:
        """Whether somebody who had been called was back in the line when they left."""
        left = [step for step in self.store.steps(self.office, visit=visit) if step.step == "left"]
        return bool(left) and left[-1].changes["state"][0] in ("waiting", "held")

    def _days(self, first: date, last: date) -> Iterator[str]:
        start = max(first, self._first_day() or last + timedelta(days=1))
        for days in range((last - start).days + 1):
            yield (start + timedelta(days=days)).isoformat()

    def _first_day(self) -> date | None:
        row = self.store.reader.execute(
            "SELECT min(arrived_at) FROM visits WHERE office = ?", (self.office,)
        ).fetchone()
        return None if row[0] is None else hours.local(row[0], self.zone).date()

    def _kept(self, reader, day: str) -> bytes | None:
        row = reader.execute(
            "SELECT bins FROM summaries WHERE office = ? AND day = ? AND basis = ?", (self.office, day, self.basis)
        ).fetchone()
        return row and row[0]

    def _unfinished(self, reader) -> list[int]:
        """When those arrived who are still here: their days are not finished."""
        rows = reader.execute(
            "SELECT arrived_at FROM visits INDEXED BY open_visits WHERE office = ?"
            " AND state IN ('waiting', 'called', 'serving', 'held', 'no_show')",
            (self.office,),
        )
        return [at for (at,) in rows.fetchall()]

    def _newest(self, execute) -> int:
        return execute("SELECT coalesce(max(number), 0) FROM steps WHERE office = ?", (self.office,)).fetchone()[0]

    def _services(self, bins: Bins) -> list[tuple[str, str]]:
        """Key and name of each service, in the settings' order; then those that only the past knows, by their keys."""
        known = {service.key: service.name for service in self.settings.services}
        return [*known.items(), *((key, key) for key in sorted({key for key, _ in bins} - known.keys()))]

    # -- keeping ------------------------------------------------------------------------------------------------------

    def _keep(self, fresh: dict[str, bytes], newest: int) -> None:
        """Keeps summaries measured at step `newest`, but for days that a later step touched."""

        def turn(store: Store):
            touched = store.execute(
                "SELECT DISTINCT visits.day FROM steps JOIN visits ON visits.id = steps.visit"
                " WHERE steps.office = ? AND steps.number > ?",
                (self.office, newest),
            ).fetchall()
            for day in fresh.keys() - {day for (day,) in touched}:
                row = (self.office, day, self.basis, fresh[day])
                store.execute("INSERT OR REPLACE INTO summaries (office, day, basis, bins) VALUES (?, ?, ?, ?)", row)

        if fresh:
            try:
                self._write(turn)
            except StoreFault as fault:
                log.warning(
                    "The summaries of %d finished days were not kept (%s); figures are right.", len(fresh), fault
                )

    def _write(self, turn: Callable[[Store], object]) -> None:
        if self.writer:
            self.writer.do(lambda store: (turn(store), None))


def _unpacked(data: bytes | None) -> Bins | None:
    try:
        return None if data is None else waits.unpack(data)
    except (ValueError, KeyError, TypeError) as error:
        log.warning("A kept summary cannot be read and is measured again: %s", error)
        return None


def _longest_service(bins: Bins, total: waits.Bin) -> str | None:
    return next(
        (key for (key, _), part in sorted(bins.items()) if part.longest and part.longest == total.longest), None
    )


def rebuild(frontdesk) -> int:
    """`reception figures rebuild`: every finished day's summary anew; how many days that were."""
    return Figures(frontdesk.settings, frontdesk.store, frontdesk.writer).rebuild(frontdesk.now())
