"""A report put together: what was measured of the days that are kept, remembered or made now, with the other days'.

It judges nothing and words nothing; docs/figures.md says what each part is.
"""

from datetime import date

from reception import hours
from reception.figures import away, besides, report
from reception.figures import told as by_when
from reception.figures.asking import Asked
from reception.figures.facts import Facts, day_named
from reception.figures.kept import Several
from reception.figures.memory import Memory
from reception.figures.needs import by_need
from reception.figures.ranks import Room, Thin
from reception.figures.rules import DEFINITIONS, told
from reception.figures.sums import Shape, Sums, counted, sums_of, undecided_from

LEAST = 64  # values on both sides of each rank, for what may come to the same days
THRICE = 3  # as many as now is the other days' share, so that a day that goes on is not measured anew each time


def report_of(figures, asked: Asked, now: int) -> dict:
    with figures.look():
        return _Report(figures, asked, now).whole()


class _Report:
    def __init__(self, figures, asked: Asked, now: int):
        self.figures, self.asked, self.now = figures, asked, now
        self.offices = figures.offices_asked(asked)
        rules = [one for office in self.offices for _day, one in self._rules(office)]
        targets = {one.target_ms for one in rules}
        self.target_ms = targets.pop() if len(targets) == 1 else None
        self.undecided_from = undecided_from(figures, rules, now)

    def whole(self) -> dict:
        figures, asked = self.figures, self.asked
        rules, found = self._rules(self.offices[0]), self._measured()
        return {
            "definitions": DEFINITIONS,
            "office": self.offices[0],
            "offices": self.offices,
            "timezone": rules[-1][1].zone,
            "from": asked.first.isoformat(),
            "to": asked.last.isoformat(),
            "computed_at": self.now,
            "target_seconds": None if self.target_ms is None else self.target_ms // 1000,
            "rules": [told(day, one) for day, one in rules],
            **found,
            "needs": [] if asked.narrowed else by_need(figures, self.offices, asked, self.now),
        }

    def _rules(self, office: str) -> list:
        return self.figures.history(office).between(self.asked.first, self.asked.last)

    # -- what is measured -----------------------------------------------------------------------------------------

    def _measured(self) -> dict:
        kept, live, name = self.figures.facts_apart(self.asked, self.now)
        memory = self.figures.memory if name and self.figures.memory else Memory()
        days = [memory.get(("days", name), lambda: _days(kept)), _days(live)]
        first = min((one[0] for one in days if one), default=self.asked.first)
        last = max((one[1] for one in days if one), default=self.asked.last)
        shape = Shape(self.target_ms, self.undecided_from, report.unit(first, last))
        named, new = ("sums", name, shape), sums_of(live, shape, Room(len(live)))
        share = THRICE * len(live) / days[0][2] if days[0] else 0
        old = memory.get(named, lambda: sums_of(kept, shape, Room(LEAST, share)))
        whole = Several([kept, live])
        try:
            return self._told([old, new], first, last, whole)
        except Thin:
            memory.put(named, old := sums_of(kept, shape, Room(THRICE * len(live))))
            return self._told([old, new], first, last, whole)

    def _told(self, sums: list[Sums], first: date, last: date, facts: Facts) -> dict:
        settings = self.figures.settings
        names = {
            "services": {one.key: one.name for one in settings.services},
            "desks": {one.key: one.name for one in settings.desks},
        }
        total, found = report.total(sums, self.target_ms), report.parts(sums, first, last, names)
        width = (self.target_ms or self.figures.target_ms) // 5
        return {
            "total": total | {"longest_service": report.longest_service(found["services"], total)},
            **found,
            "distribution": report.distribution(sums, width),
            "told": by_when.report(counted(sums), names["services"]),
            **self._besides(sums, total, facts),
        }

    def _besides(self, sums: list[Sums], total: dict, facts: Facts) -> dict:
        store, offices, asked, now = self.figures.store, self.offices, self.asked, self.now
        start, end = self._instants()
        spans = {office: self.figures.history(office).spans(asked.first, asked.last) for office in offices}
        return {
            "outages": [one for office in offices for one in store.outages_between(office, start, end)],
            "appointments": besides.appointments(store, spans, asked, sums),
            "next_steps": besides.next_steps(store, offices, asked, sums, start, min(end, now)),
            "use": besides.use(sums),
            "quality": besides.quality(store, offices, sums, total, start, end)
            | away.kiosks_away(store, offices, facts, start, end, now),
        }

    def _instants(self) -> tuple[int, int]:
        first, last, zone = self.asked.first.isoformat(), self.asked.last.isoformat(), self.figures.zone
        return hours.day_bounds(first, zone)[0], hours.day_bounds(last, zone)[1]


def _days(facts: Facts) -> tuple[date, date, int] | None:
    """The first and last day that anybody came on, and how many came; None of nobody."""
    days = facts["day"]
    return (day_named(days.min()), day_named(days.max()), len(days)) if len(days) else None
