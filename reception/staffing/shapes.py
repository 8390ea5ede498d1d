"""What is said about staffing, as values: how many desks keep the promise, and how sure that is. Words are the pages'.

Shares are of 1 and always come with a range and the days they rest on; a minute is of the office's local day (570 is
09:30). Where nothing honest can be said, the number is None and `key` says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Share:
    """How many of 1 are seen within the target. All None: nobody is expected, or no desk is there to say it of.

    `low` to `high`: what as many days as it rests on (`days`) come to, nine times in ten.
    """

    share: float | None = None
    low: float | None = None
    high: float | None = None
    people: float = 0.0  # judged, on an average day
    days: int = 0


@dataclass(frozen=True, slots=True)
class HalfHour:
    """`needed` and `skills` keep the goal for whoever comes then; None: more than an office could open, or nothing is
    known. `roster` may be a half: a desk that goes to lunch within it."""

    minute: int
    people: float  # expected to come, booked or not
    roster: float  # desks there, by the settings
    needed: int | None
    share: Share  # with the roster
    skills: tuple[str, ...] = ()  # what those needed are like: a desk's key each, as often as one like it is needed

    @property
    def is_short(self) -> bool:
        return self.needed is not None and self.needed > self.roster

    def is_beyond(self, goal: float) -> bool:
        """Whether it takes more than the office could open."""
        return self.needed is None and self.share.share is not None and self.share.share < goal


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Neighbouring half hours in which the goal is missed with the roster, and what one desk more does there."""

    from_minute: int
    until_minute: int
    roster: float  # the fewest desks there
    now: Share
    one_more: Share
    like: str | None  # the key of the desk whose services the one more has; None: it serves everything


@dataclass(frozen=True, slots=True)
class DayPlan:
    """`key`: "ok", "few_days" (fewer than three like it: believe it less), or, with no half hours: "closed",
    "no_history", "no_desks" (the office has none, or none that serves anything)."""

    day: str  # ISO date
    key: str
    days: int = 0  # of the log that it rests on
    after_holiday: bool = False  # the first day open after a bank holiday or another day closed
    method: str = ""  # "erlang": every desk serves everything; "trials": simulated days
    half_hours: tuple[HalfHour, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    whole: Share = Share()  # the day, with the roster
    differs: float = 0.0  # how much days like it differ (CV), beside chance
    needed_hours: float = 0.0  # of one desk
    roster_hours: float = 0.0
    at_least: bool = False  # some half hour takes more than the office could open: there every desk it has is counted
    unserved: tuple[tuple[str, float], ...] = ()  # (service, people who come for it) of each that no desk serves


@dataclass(frozen=True, slots=True)
class Week:
    """A past week with the desks really open: what would have been expected beforehand, and what came. None: nobody
    was judged, or fewer than three days like each were known before."""

    first: str  # ISO date, a Monday
    expected: float | None
    happened: float | None
    people: int  # judged


@dataclass(frozen=True, slots=True)
class BackTest:
    """The last four weeks, the oldest first. `off`: how many points (of 100) the expected share was above what
    happened, all weeks together. `key`: "trusted", "chance" (off by more than 5 points, yet such weeks stray so far by
    chance), "off" (by more than 5 points and than chance: grey the advice out), "too_early". `happened`: all weeks
    together; `low` to `high`: what such weeks come to by chance, 99 times in 100."""

    key: str = "too_early"
    weeks: tuple[Week, ...] = ()
    off: float | None = None
    happened: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The coming seven days, closed ones too."""

    made_at: int  # UTC ms
    goal: float  # the share that the office promises (the standard measured by seen_in_time)
    target_seconds: int
    days: tuple[DayPlan, ...]
    back_test: BackTest = BackTest()
    made_of: Mapping[str, str] = field(default_factory=dict)  # part of the settings -> its digest (made_of.py)

    def day(self, day: str) -> DayPlan | None:
        return next((one for one in self.days if one.day == day), None)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a manager wonders about; all at once, against the roster as it is."""

    desks: int = 0  # so many more, which serve everything; -1: without the last one
    people: int = 0  # per cent more or fewer
    earlier: int = 0  # minutes: the office opens earlier, and half of the first hour's people come so much earlier
    skills: tuple[tuple[str, str], ...] = ()  # (desk, service) that it serves as well
    lunches: tuple[tuple[str, int], ...] = ()  # (desk, minute): its first break begins then instead


@dataclass(frozen=True, slots=True)
class Changed:
    minute: int
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`key` as a DayPlan's, or "failed". Both are of the same simulated people: the difference is not chance."""

    day: str
    changes: Changes
    key: str
    before: Share = Share()
    after: Share = Share()
    half_hours: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """Those who wait and whoever comes within the next `minutes`: how likely fewer than the goal are seen in time.
    None: nobody is expected."""

    minutes: int
    chance: float | None
    one_more: float | None  # with one desk more from now on
    people: float


@dataclass(frozen=True, slots=True)
class Today:
    """`key`: "ok", "closed" (the office is), "no_history", "no_desks" (all are closed: `ahead` is as if that
    stays; without, the office has none that serves anything)."""

    at: int  # UTC ms
    key: str
    days: int = 0
    ahead: tuple[Ahead, ...] = ()  # 30 and 60 minutes
    desk: str | None = None  # a desk not open now that would be the one more; None: all are, and it serves everything


@dataclass(frozen=True, slots=True)
class Progress:
    """`key`: "idle", "working", "cancelled", "failed", "interrupted" (the server stopped meanwhile). `day` is the one
    being worked on, "" for the weeks behind."""

    key: str = "idle"
    done: float = 0.0  # of 1
    day: str = ""
    started_at: int | None = None
