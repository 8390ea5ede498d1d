"""Plans made up for pages: a week in which Tuesday falls short, and in place of whoever works plans out one that says
what it was given. Whether plans are right is tests/staffing's.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from reception.staffing import (
    Ahead,
    BackTest,
    Changed,
    Changes,
    DayPlan,
    HalfHour,
    Plan,
    Progress,
    Share,
    Shortfall,
    Today,
    Week,
    WhatIf,
)
from tests.builders import instant

MONDAY = date(2026, 3, 9)
TUESDAY = "2026-03-10"
NEEDED = (1, 2, 2, 3, 3, 3, 2, 2, 2, 2, 3, 2, 2, 2, 1, 1)
HARD = (2, 2, 3, 4, 5, 5, 4, 3, 3, 3, 3, 3, 2, 2, 2, 1)
ROSTER = (3, 3, 3, 3, 3, 3, 2.5, 2, 2.5, 3, 3, 3, 3, 3, 3, 3)


def share(middle: float, half: float = 0.08, people: float = 9.0) -> Share:
    return Share(middle, max(0, middle - half), min(1, middle + half), people, 8)


def half_hours(needed=NEEDED, roster=ROSTER) -> tuple[HalfHour, ...]:
    return tuple(
        HalfHour(540 + 30 * nth, 2.4 * desks, there, desks, share(min(0.99, 0.86 + 0.12 * (there - desks)), 0.09),
                 tuple("123"[:desks]))
        for nth, (desks, there) in enumerate(zip(needed, roster, strict=True))
    )  # fmt: skip


def day(iso: str, **other) -> DayPlan:
    found = DayPlan(iso, "ok", days=8, method="trials", half_hours=half_hours(), whole=share(0.93, 0.04, 84),
                    differs=0.12, needed_hours=17.5, roster_hours=23)  # fmt: skip
    return replace(found, **other)


def short_day(iso: str = TUESDAY, **other) -> DayPlan:
    short = (
        Shortfall(630, 720, 3, share(0.61), share(0.86, 0.06), None),
        Shortfall(720, 780, 2.5, share(0.71), share(0.78, 0.07), "3"),
    )
    half = half_hours(HARD)
    more = {"shortfalls": short, "whole": share(0.74, 0.06, 118), "needed_hours": 23.5} | other
    return day(iso, half_hours=half, **more)


def closed_day(iso: str, key: str = "closed") -> DayPlan:
    return DayPlan(iso, key)


def plan(*days: DayPlan, back_test: BackTest | None = None) -> Plan:
    week = [(MONDAY + timedelta(days=nth)).isoformat() for nth in range(7)]
    days = days or (day(week[0]), short_day(week[1]), *map(day, week[2:5]), *map(closed_day, week[5:]))
    return Plan(instant("2026-03-09 06:10"), 0.8, 300, days, trusted() if back_test is None else back_test)


def trusted(off: float = 1.5, key: str = "trusted") -> BackTest:
    weeks = tuple(
        Week((MONDAY - timedelta(weeks=4 - nth)).isoformat(), came + off / 100, came, people)
        for nth, (came, people) in enumerate(((0.84, 402), (0.81, 417), (0.79, 431), (0.86, 388)))
    )
    expected, strays = 0.824 + off / 100, 0.08 if key == "chance" else 0.04
    return BackTest(key, weeks, off, 0.824, expected - strays, expected + strays)


def hour_ahead(first: float = 0.35, more: float = 0.1, **other) -> Today:
    ahead = (Ahead(30, first, more, 7.2), Ahead(60, first - 0.1, more / 2, 13.1))
    return replace(Today(instant("2026-03-09 10:00"), "ok", 8, ahead, "3"), **other)


@dataclass
class Planned:
    """Says what it was given; notes what it was asked. What a change does is there after so many `looks`."""

    plan: Plan | None = None
    now: Today | None = None
    making: Progress = Progress()
    looks: int = 0
    fails: bool = False
    asked: list = field(default_factory=list)

    def kept(self) -> Plan | None:
        return self.plan

    def today(self) -> Today | None:
        return self.now

    def progress(self) -> Progress:
        return self.making

    def start(self) -> None:
        self.asked.append("start")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def what_if(self, day: date, changes: Changes) -> WhatIf | None:
        self.asked.append((day.isoformat(), changes))
        if self.looks:
            self.looks -= 1
            return None
        if self.fails:
            return WhatIf(day.isoformat(), changes, "failed")
        more = 0.06 * changes.desks - 0.004 * changes.people
        found = self.plan.day(day.isoformat())
        halves = tuple(Changed(one.minute, one.share, moved(one.share, more)) for one in found.half_hours)
        return WhatIf(day.isoformat(), changes, "ok", found.whole, moved(found.whole, more), halves)


def moved(found: Share, more: float) -> Share:
    low, middle, high = (min(0.99, max(0.01, one + more)) for one in (found.low, found.share, found.high))
    return replace(found, share=middle, low=low, high=high)
