"""Visits, their waits and their legs as rows for analysts, a page at a time: by arrival, or those that steps changed.

It reads and rewords; what became of a promise is judged where the figures have it judged.
"""

from collections.abc import Iterator

from reception import hours
from reception.data.wording import Wording, plain, seconds, yes
from reception.figures.judging import FATES, HIT, LATE, WAITS_LATE, Judged, judge
from reception.figures.rules import History
from reception.visit import FIELDS, Visit

COLUMNS = ", ".join(FIELDS)
RESULTS = ("in time", *(plain(fate) for fate in FATES[1:]))
LONGEST_DAY_MS = 36 * 3_600_000  # who came longer ago has had a day's end since


def by_arrival(store, office: str, span: tuple[int, int], place: list | None, limit: int) -> list[tuple[list, Visit]]:
    """(place, visit) of the next ones to arrive in the half-open interval after a place, which is (arrived_at, id)."""
    start, end = span
    at, key = place or (start, "")
    rows = store.reader.execute(
        f"SELECT {COLUMNS} FROM visits WHERE office = ? AND arrived_at < ? AND (arrived_at, id) > (?, ?)"
        " ORDER BY arrived_at, id LIMIT ?",
        (office, end, max(at, start), key, limit),
    )
    return [([visit.arrived_at, visit.id], visit) for visit in (Visit(*row) for row in rows.fetchall())]


def changed(store, office: str, after: int, upto: int, limit: int) -> tuple[list[tuple[int, Visit]], int | None]:
    """(number of the first step, visit) of those that the next steps after a number changed, and the number that was
    looked at last; None when there are no more."""
    told = store.reader.execute(
        "SELECT number, visit FROM steps WHERE office = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?",
        (office, after, upto, limit),
    ).fetchall()
    firsts: dict[str, int] = {}
    for number, visit in told:
        if visit:
            firsts.setdefault(visit, number)
    found = {visit: store.visit(office, visit) for visit in firsts}
    last = told[-1][0] if len(told) == limit else None
    return [(number, found[visit]) for visit, number in firsts.items() if found[visit]], last


class Judging:
    """Judges visits of one office as the figures do, a few at a time and a day's outages once."""

    def __init__(self, store, office: str, history: History, zone, now: int):
        self.store, self.office, self.history, self.zone, self.now = store, office, history, zone, now

    def all(self, visits: list[Visit]) -> dict[str, Judged]:
        """visit's id -> what was judged of it."""
        found = {}
        for day, there in _by_day(visits).items():
            start, end = hours.day_bounds(day, self.zone)
            first, last = min(one.arrived_at for one in there), max(one.arrived_at for one in there)
            steps = self.store.steps_that_matter(self.office, first, last + 1)
            outages = self.store.server_outages(self.office, start, end, self.now)
            rules = self.history.on(day)
            for visit in there:
                found[visit.id] = judge(visit, steps.get(visit.id, ()), rules, self.now, outages)
        return found

    def settled(self, newest: int) -> int:
        """The number of the step up to which no visit's judgement changes by time alone."""
        target_ms = max(rules.target_ms for _day, rules in self.history.rows)
        row = self.store.reader.execute(
            "SELECT min(steps.number) FROM visits CROSS JOIN steps ON steps.visit = visits.id"
            " WHERE visits.office = ? AND arrived_at > ?"
            " AND max(arrived_at, coalesce(opens_at, 0), coalesce(booked_at, 0)) >= ?",
            (self.office, self.now - LONGEST_DAY_MS, self.now - target_ms),
        ).fetchone()
        return newest if row[0] is None else min(newest, row[0] - 1)


def _by_day(visits: list[Visit]) -> dict[str, list[Visit]]:
    days: dict[str, list[Visit]] = {}
    for visit in visits:
        days.setdefault(visit.day, []).append(visit)
    return days


# -- rows -------------------------------------------------------------------------------------------------------------


def visit_row(visit: Visit, says: Wording) -> dict:
    arrived = hours.local(visit.arrived_at, says.zone)
    return {
        "office": visit.office,
        "visit": visit.id,
        "day": visit.day,
        "weekday": arrived.isoweekday(),
        "hour": arrived.hour,
        "number": visit.number,
        **says.service("came_for", visit.first_service),
        **says.service("service", visit.service),
        "state": plain(visit.state),
        "channel": visit.channel,
        "language": visit.reads or None,
        **says.instant("arrived", visit.arrived_at),
        **says.instant("opens", visit.opens_at),
        **says.instant("booked", visit.booked_at),
        **says.instant("acknowledged", visit.acknowledged_at),
        **says.instant("told_by", visit.first_by_at),
        **says.instant("first_called", visit.first_called_at),
        **says.instant("last_called", visit.last_called_at),
        **says.instant("seen", visit.seen_at),
        "seen_inferred": yes(visit.seen_inferred),
        **says.instant("ended", visit.ended_at),
        "ended_inferred": yes(visit.ended_inferred),
        "outcome": plain(visit.outcome),
        **says.desk("desk", visit.desk),
        "recalls": visit.recalls,
        "legs": visit.leg,
        "party": visit.party,
        "appointment": visit.appointment,
        "times_wrong": yes(visit.times_wrong),
    }


def wait_row(visit: Visit, one: Judged, target_ms: int, says: Wording) -> dict:
    judged = one.fate <= WAITS_LATE and not one.excluded and not one.out
    return {
        "office": visit.office,
        "visit": visit.id,
        "day": visit.day,
        **says.service("came_for", visit.first_service),
        "channel": visit.channel,
        "target_seconds": target_ms // 1000,
        **says.instant("since", one.since),
        "wait_seconds": seconds(one.wait),
        "result": RESULTS[one.fate],
        "seen": yes(one.fate in (HIT, LATE)),
        "judged": yes(judged),
        "in_time": yes(one.fate == HIT) if judged else None,
        "outage": yes(one.out),
        "excluded": yes(one.excluded),
        "acknowledgement_seconds": seconds(one.acknowledgement),
        "call_wait_seconds": seconds(one.call_wait),
        "walk_seconds": seconds(one.walk),
        "service_seconds": seconds(one.service_time),
        "visit_seconds": seconds(one.visit_time),
        "early_seconds": seconds(one.early),
        "punctual": yes(one.punctual),
        "told_kept": yes(one.told == "kept") if one.told in ("kept", "late") else None,
        "late_return": yes(one.late_return),
    }


def leg_rows(visit: Visit, one: Judged, says: Wording) -> Iterator[dict]:
    whose = {"office": visit.office, "visit": visit.id, "day": visit.day}
    first = one.wait if visit.seen_at is not None else None
    legs = [(visit.first_service, one.since, first), *((leg.service, leg.since, leg.wait) for leg in one.legs)]
    for number, (service, since, wait) in enumerate(legs, 1):
        waited = {**says.instant("since", since), "wait_seconds": seconds(wait)}
        yield {**whose, "leg": number, **says.service("service", service), **waited}
