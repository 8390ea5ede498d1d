"""What the figures of a period must be: docs/figures.md read aloud in slow, plain Python over everybody's life.

It uses nothing of reception.figures: every list is gone through from end to end for every figure.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import floor, sqrt

from tests.figures import besides
from tests.figures.oracle import interval, percentile
from tests.figures.record import Life, lives, read

CONTACTS = ("resolved", "passed_on", "appointment_made")
OUTCOMES = (*CONTACTS, "signposted", "not_ours", "left")


@dataclass(frozen=True)
class Rules:
    """What is in force on a day; milliseconds and keys. `hours`: weekday from 0 (Monday) -> ("09:00", "17:00")."""

    target: int = 300_000
    walk: int = 25_000
    punctual: int = 300_000
    return_days: int = 14
    without_services: tuple = ()
    without_channels: tuple = ()
    without_days: tuple = ()
    hours: tuple | None = None  # None: at all hours


class Verdict:
    """One visitor at `now`, by each line of the definitions in turn."""

    def __init__(self, life: Life, rules: Rules, now: int, zone, outages):
        self.life, self.id = life, life.id
        local = at_office(life.arrived, zone)
        self.day, self.hour, self.weekday = local.date(), local.hour, local.isoweekday()
        self.since = max(at for at in (life.arrived, life.opened, life.booked) if at is not None)
        self.mistake = life.state == "mistake"
        unseen = life.seen is None and not self.mistake
        self.current = unseen and life.state in ("line", "desk")
        self.not_there = unseen and (
            life.state == "absent" or (life.ended is not None and life.state_before_end in ("absent", "desk"))
        )
        self.gone = unseen and not self.current and not self.not_there
        self.seen = life.seen is not None and not self.mistake
        self.until = self._until(now)
        self.wait = max(0, self.until - self.since)
        self.recent = self.since > now - rules.target or (
            life.seen is None and self.current and self.wait == rules.target
        )
        self.excluded = (
            life.service in rules.without_services
            or life.channel in rules.without_channels
            or self.day.isoformat() in rules.without_days
        )
        self.out = any(
            kind == "server_away" and start < self.until and (now if end is None else end) > self.since
            for kind, start, end in outages
        )
        self.called_in_time = self.not_there and life.calls[0] - self.since <= rules.target
        self.left_in_time = self.gone and self.wait <= rules.target
        self.hit = self.seen and self.wait <= rules.target
        self.miss = ((self.seen or self.current or self.gone) and self.wait > rules.target) or (
            self.not_there and not self.called_in_time
        )
        self.punctual = rules.punctual
        self.return_days = rules.return_days

    def _until(self, now: int) -> int:
        """Seen; or the call at which they were not there; or gone; or still here."""
        life = self.life
        if life.seen is not None:
            return life.seen
        if self.not_there:
            return life.calls[-1]
        return now if life.ended is None else life.ended

    # -- durations, None where nobody can know --

    def acknowledgement(self):
        return after(self.life.arrived, self.life.acknowledged)

    def call_wait(self):
        return after(self.life.arrived, self.life.calls[0] if self.life.calls else None)

    def walk(self):
        if not self.seen or self.life.inferred:
            return None
        return self.life.seen - max(at for at in self.life.calls if at <= self.life.seen)

    def service_time(self):
        """From seen to the end, less every time between two stays at a desk."""
        if not self.helped_to_the_end():
            return None
        seen, ended, stays = self.life.seen, self.life.ended, self.life.stays
        away = 0
        for (_, left), (back, _) in zip(stays, stays[1:], strict=False):
            away += max(0, min(back, ended) - left) if left >= seen else 0
        return max(0, ended - seen - away)

    def visit_time(self):
        return after(self.life.arrived, self.life.ended) if self.helped_to_the_end() else None

    def helped_to_the_end(self) -> bool:
        return self.seen and self.life.state == "over"

    def late_return(self) -> bool:
        return self.seen and any(at <= self.life.seen for at in self.life.missed)


def after(start: int, end: int | None) -> int | None:
    return None if end is None else max(0, end - start)


def at_office(at: int, zone) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(zone)


class Reference:
    """Everything recorded in a database, to be asked for any period. `rules_on(day)` are the rules of a date."""

    def __init__(self, path, zone, rules_on, office: str = "office"):
        self.zone, self.rules_on = zone, rules_on
        self.record = read(path, office)
        self.lives = lives(self.record, lambda at: rules_on(at_office(at, zone).date()).walk)

    def verdicts(self, first: date, last: date, now: int, **only) -> list[Verdict]:
        """Who came on these days and fits what is asked: `only` are the parts of a question, each a tuple of values."""
        found = []
        for life in self.lives:
            day = at_office(life.arrived, self.zone).date()
            if first <= day <= last:
                found.append(Verdict(life, self.rules_on(day), now, self.zone, self.record.outages))
        wanted = {name: values for name, values in only.items() if values}
        return [one for one in found if all(belongs(one, name) in values for name, values in wanted.items())]

    def of(self, first: date, last: date, now: int, **only) -> dict:
        """The report: `total`, then what is beside it, then each group by its key."""
        everyone = self.verdicts(first, last, now, **only)
        bounds = midnight(first, self.zone), midnight(last + timedelta(days=1), self.zone)
        every_day = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        targets = {self.rules_on(day).target for day in every_day}
        target = targets.pop() if len(targets) == 1 else None
        report = {"total": figure(everyone) | self.whole(everyone, target, now)}
        for name in ("services", "desks", "channels", "languages", "weekdays", "hours"):
            report[name] = grouped(everyone, name)
        if target:
            report["distribution"] = distribution(everyone, target // 5)
        report["appointments"] = besides.appointments(self, everyone, first, last, only.get("services"))
        report["next_steps"] = besides.next_steps(self, everyone, bounds, now, only.get("services"))
        report["told"] = besides.told(everyone, now)
        report["quality"] = besides.quality(self, everyone, bounds, now)
        report["footfall"] = besides.footfall(self, everyone)
        report["use"] = besides.use(self, every_day, now)
        return report

    def whole(self, everyone: list[Verdict], target: int | None, now: int) -> dict:
        cohort = [one for one in everyone if not one.excluded and not one.recent and not one.mistake]
        names = ("acknowledgement", "call_wait", "walk", "service_time", "visit_time")
        found = {name: durations([getattr(one, name)() for one in cohort]) for name in names}
        if target is not None:
            known = [one.acknowledgement() for one in cohort if one.acknowledgement() is not None]
            found["acknowledgement"]["within"] = share(sum(ms <= target for ms in known), len(known))
        legs = [leg for one in everyone if not one.excluded and not one.mistake for leg in one.life.legs]
        waits = sorted(one.wait for one in everyone if one.seen and not one.recent and not one.excluded)
        said = [one for one in everyone if not one.excluded and not one.mistake]
        of_contact = [one for one in said if one.life.outcome in CONTACTS]
        return found | {
            "later_legs": durations([after(leg.since, leg.seen) for leg in legs]),
            "tail": tail([(one.wait, one.seen) for one in cohort]),
            "median_interval_ms": median_interval(waits),
            "outcomes": {name: sum(one.life.outcome == name for one in said) for name in OUTCOMES},
            "resolved": share(sum(one.life.outcome == "resolved" for one in of_contact), len(of_contact)),
            "validated": besides.validated(self, everyone, of_contact, now),
        }


def midnight(day: date, zone) -> int:
    return round(datetime.combine(day, time(0), zone).timestamp() * 1000)


def belongs(one: Verdict, name: str):
    """What a question's part, or a grouping, asks of somebody."""
    return {
        "services": one.life.service, "desks": one.life.desk, "channels": one.life.channel,
        "languages": one.life.language, "hours": one.hour, "weekdays": one.weekday,
    }[name]  # fmt: skip


def grouped(everyone: list[Verdict], name: str) -> dict:
    keys = {belongs(one, name) for one in everyone}
    return {key: figure([one for one in everyone if belongs(one, name) == key]) for key in keys}


# -- one figure -------------------------------------------------------------------------------------------------------


def counted(everyone: list[Verdict]) -> dict[str, list[Verdict]]:
    """Who stands behind each count, by its name."""
    there = [one for one in everyone if not one.excluded]
    cohort = [one for one in there if not one.recent]
    judged = [one for one in cohort if not one.out]
    seen = [one for one in cohort if one.seen]
    return {
        "n": [one for one in judged if one.hit or one.miss],
        "hits": [one for one in judged if one.hit],
        "misses": [one for one in judged if one.miss],
        "arrivals": cohort,
        "recent": [one for one in there if one.recent],
        "excluded": [one for one in everyone if one.excluded],
        "outage": [one for one in cohort if one.out],
        "left_in_time": [one for one in judged if one.left_in_time],
        "not_there_in_time": [one for one in judged if one.called_in_time],
        "cancelled": [one for one in judged if one.mistake],
        "left": [one for one in cohort if one.gone and not one.life.auto],
        "closed_unserved": [one for one in cohort if one.gone and one.life.auto],
        "no_shows": [one for one in cohort if one.not_there],
        "left_without_being_seen": [one for one in cohort if one.gone or one.not_there],
        "seen": seen,
        "inferred": [one for one in seen if one.life.inferred],
        "late_returns": [one for one in seen if one.late_return()],
        "auto_closed": [one for one in cohort if one.life.auto],
        "without_outcome": [one for one in cohort if one.life.state == "over" and one.life.outcome is None],
    }


def figure(everyone: list[Verdict]) -> dict:
    who = counted(everyone)
    found = {name: len(people) for name, people in who.items()}
    all_hits = sum(one.hit for one in who["arrivals"])
    all_judged = sum(one.hit or one.miss for one in who["arrivals"])
    waits = [one.wait for one in who["seen"]]
    there = [one for one in everyone if not one.excluded and not one.mistake and (one.seen or one.current)]
    longest = max((one.wait for one in there), default=None)
    return found | share(found["hits"], found["n"]) | {
        "apart": found["arrivals"] - found["n"],
        "share_of_all": all_hits / found["arrivals"] if found["arrivals"] else None,
        "share_with_outages": all_hits / all_judged if all_judged else None,
        "share_inferred": found["inferred"] / found["seen"] if found["seen"] else None,
        "median_ms": percentile(waits, 50),
        "p90_ms": percentile(waits, 90),
        "p95_ms": percentile(waits, 95),
        "longest_ms": longest,
        "longest_at": min((one.life.arrived for one in there if one.wait == longest), default=None),
    }  # fmt: skip


def share(hits: int, n: int) -> dict:
    return {
        "n": n,
        "hits": hits,
        "share": hits / n if n else None,
        "interval": interval(hits, n) if 0 < n < 400 else None,
    }


def durations(values: list[int | None]) -> dict:
    known = [value for value in values if value is not None]
    ranks = {f"{name}_ms": percentile(known, percent) for name, percent in (("median", 50), ("p90", 90), ("p95", 95))}
    return {"n": len(known), **ranks, "longest_ms": max(known, default=None)}


def tail(waits: list[tuple[int, bool]]) -> dict:
    """Kaplan and Meier by the textbook: at each wait at which somebody was seen, the share of those still there whom
    nobody had seen shrinks; in fractions, so that nothing is rounded."""
    found, unseen = {"p50_ms": None, "p90_ms": None, "p95_ms": None}, Fraction(1)
    for at in sorted({wait for wait, seen in waits if seen}):
        here = sum(wait >= at for wait, _ in waits)
        unseen *= 1 - Fraction(sum(wait == at and seen for wait, seen in waits), here)
        for percent in (50, 90, 95):
            if found[f"p{percent}_ms"] is None and unseen <= 1 - Fraction(percent, 100):
                found[f"p{percent}_ms"] = at
    return found


def median_interval(waits: list[int]) -> tuple[int, int] | None:
    """The sign test's interval: so many of n toss-ups fall outside by chance, two standard deviations each way."""
    n = len(waits)
    if n < 6:
        return None
    low = max(0, floor(n / 2 - 1.959963984540054 * sqrt(n) / 2))
    return waits[low], waits[n - 1 - low]


def distribution(everyone: list[Verdict], width: int) -> list[int]:
    """How many waited up to one width, up to two, … up to twenty, and longer."""
    waits = [one.wait for one in everyone if one.seen and not one.recent and not one.excluded]
    edges = [(number * width, (number + 1) * width) for number in range(20)]
    within = [sum((low < wait or low == 0) and wait <= high for wait in waits) for low, high in edges]
    return [*within, sum(wait > 20 * width for wait in waits)]
