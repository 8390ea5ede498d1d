"""What a planted past truly was, month by month: kept while it is made up, and never read back from the database.

So it can be held against the figures, which know only what the database says. Instants and waits are milliseconds.
"""

from array import array
from collections import Counter
from dataclasses import dataclass, field

PERCENTS = (50, 90, 95)


@dataclass
class Month:
    """One office's month. `counts` are of visits, by the names that figures have; `waits` of everybody seen."""

    counts: Counter = field(default_factory=Counter)
    outcomes: Counter = field(default_factory=Counter)
    services: Counter = field(default_factory=Counter)
    waits: array = field(default_factory=lambda: array("q"))

    def waited(self, percent: int) -> int | None:
        """The wait that so many of a hundred of those seen did not exceed: somebody's own, never in between."""
        ordered = sorted(self.waits)
        return ordered[max(0, -(-percent * len(ordered) // 100) - 1)] if ordered else None

    @property
    def longest(self) -> int | None:
        return max(self.waits, default=None)

    def expected(self) -> dict:
        """The same as the figures' total should say it."""
        hits, misses = self.counts["hits"], self.counts["misses"]
        judged = hits + misses
        named = ("left", "no_shows", "closed_unserved", "left_in_time", "not_there_in_time", "cancelled", "outage")
        beside = ("arrivals", "seen", "inferred", "auto_closed", "late_returns", "without_outcome")
        return {
            "n": judged,
            "hits": hits,
            "misses": misses,
            "share": hits / judged if judged else None,
            **{name: self.counts[name] for name in (*named, *beside)},
            **dict(zip(("median_ms", "p90_ms", "p95_ms"), map(self.waited, PERCENTS), strict=True)),
            "longest_ms": self.longest,
        }


class Truth:
    """`months` maps (office, "2026-03") to what that month was."""

    def __init__(self, target_ms: int):
        self.target_ms, self.months = target_ms, {}

    def __len__(self) -> int:
        """How many visits there were."""
        return sum(month.counts["arrivals"] for month in self.months.values())

    def of(self, office: str, day: str) -> Month:
        """The month of an ISO day, or the month itself."""
        return self.months.setdefault((office, day[:7]), Month())

    def tell(self, office: str, day: str, visitor) -> None:
        """Somebody's visit is over: `visitor` is a `past_visitor.Visitor`."""
        month, wait = self.of(office, day), visitor.until - visitor.since
        in_time, counts = wait <= self.target_ms, month.counts
        counts["arrivals"] += 1
        month.services[visitor.came_for] += 1
        counts[visitor.went] += visitor.went in ("left", "no_shows", "closed_unserved", "seen")
        if visitor.went == "seen":
            month.waits.append(wait)
            for flag in ("inferred", "late_returns"):
                counts[flag] += getattr(visitor, flag)
        counts["auto_closed"] += visitor.auto_closed
        counts["without_outcome"] += visitor.finished and visitor.outcome is None
        if visitor.outcome:
            month.outcomes[visitor.outcome] += 1
        if told := _told(visitor):
            counts[f"told_{'appointments' if visitor.row['appointment'] else 'walk_ins'}_{told}"] += 1
        if visitor.outage:
            counts["outage"] += 1
        elif visitor.went == "cancelled":
            counts["cancelled"] += 1
        elif visitor.went == "seen":
            counts["hits" if in_time else "misses"] += 1
        elif visitor.went == "no_shows":
            counts["not_there_in_time" if visitor.called - visitor.since <= self.target_ms else "misses"] += 1
        else:
            counts["left_in_time" if in_time else "misses"] += 1

    def date_due(self, office: str, day: str) -> None:
        """A date was promised."""
        self.of(office, day).counts["dates_due"] += 1

    def date_kept(self, office: str, day: str) -> None:
        """What was promised for this day was done by then."""
        self.of(office, day).counts["dates_kept"] += 1

    def appointment(self, office: str, day: str, attended: bool) -> None:
        counts = self.of(office, day).counts
        counts["booked"] += 1
        counts["attended"] += attended


def _told(visitor) -> str:
    """What became of the time by which they were to be called: "hits", "late" or "gone" before it; "": of none."""
    by_at = visitor.row["first_by_at"]
    if by_at is None or visitor.went == "cancelled":
        return ""
    if visitor.called:
        return "hits" if visitor.called <= by_at else "late"
    return "gone" if visitor.until <= by_at else "late"
