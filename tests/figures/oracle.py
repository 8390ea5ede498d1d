"""What the figures must be, worked out the slow way from the definitions alone: no bins, no shortcuts, no Reception.

It reads what happened to each visitor (a `Story`), not the rows that Reception kept of it.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isclose, sqrt


@dataclass
class Story:
    """What happened, as (instant, step) in order; what was undone is not in it. `closed` is the system's closing."""

    service: str
    arrived: int
    opens: int | None = None
    booked: int | None = None
    happened: list[tuple[int, str]] = field(default_factory=list)


class Judged:
    """One visitor at `now`, by each line of the definitions in turn."""

    def __init__(self, story: Story, target: int, now: int, walk: int):
        since = max(moment for moment in (story.arrived, story.opens, story.booked) if moment is not None)
        state, seen, inferred, first_call, last_call, ended, auto, before_end = (
            "line",
            None,
            False,
            None,
            None,
            None,
            False,
            None,
        )
        for at, step in story.happened:
            if step in ("called", "recalled"):
                state, last_call = "desk", at
                first_call = at if first_call is None else first_call
            elif step == "started" and seen is None:
                state, seen = "served", at
            elif step == "started":
                state = "served"
            elif step == "no_show":
                state = "absent"
            elif step in ("returned", "reinstated", "held", "resumed"):
                state = "line"
            elif step == "transferred":
                if state == "desk" and seen is None:
                    seen, inferred = min(at, last_call + walk), True
                state = "line"
            elif step == "completed":
                if seen is None:
                    seen, inferred = min(at, last_call + walk), True
                before_end, state, ended = state, "over", at
            elif step in ("left", "cancelled"):
                before_end, state, ended = state, step, at
            elif step == "closed":
                before_end, ended, auto = state, at, True
                state = "over" if state == "served" else "left"
        self.service, self.arrived, self.seen, self.auto, self.inferred = (
            story.service,
            story.arrived,
            seen,
            auto,
            inferred,
        )
        self.mistake = state == "cancelled"
        self.current = seen is None and state in ("line", "desk")
        self.wait = None
        if not self.mistake and seen is not None:
            self.wait = max(0, seen - since)
        elif not self.mistake and self.current:
            self.wait = max(0, now - since)
        undecided = self.current and now - since == target
        self.in_cohort = since <= now - target and not undecided
        unseen = seen is None and not self.mistake and not self.current
        # Somebody called, who was not at the desk when they were last heard of, was not there; else they left the line.
        self.not_there = unseen and (state == "absent" or before_end in ("absent", "desk"))
        self.gone = unseen and not self.not_there
        self.called_in_time = self.not_there and first_call - since <= target
        self.left_in_time = self.gone and ended - since <= target
        self.hit = not self.mistake and seen is not None and self.wait <= target
        self.miss = (
            (not self.mistake and seen is not None and self.wait > target)
            or (self.current and self.wait > target)
            or (self.not_there and not self.called_in_time)
            or (self.gone and not self.left_in_time)
        )


def expected(stories: list[Story], *, target: int, now: int, walk: int, start: int, end: int, zone) -> dict:
    """{"total": figures, "services": {key: figures}, "hours": {hour: figures}} of those who arrived in [start, end)."""
    judged = [Judged(story, target, now, walk) for story in stories if start <= story.arrived < end]
    services, hours = {}, {}
    for one in judged:
        services.setdefault(one.service, []).append(one)
        local = datetime.fromtimestamp(one.arrived // 1000, UTC).astimezone(zone)
        hours.setdefault(local.hour, []).append(one)
    return {
        "total": _figures(judged),
        "services": {key: _figures(group) for key, group in services.items()},
        "hours": {key: _figures(group) for key, group in hours.items()},
    }


def _figures(everyone: list[Judged]) -> dict:
    cohort = [one for one in everyone if one.in_cohort]
    hits, misses = sum(one.hit for one in cohort), sum(one.miss for one in cohort)
    completed = [one for one in cohort if one.seen is not None and not one.mistake]
    waits = [one.wait for one in completed]
    longest = None
    for one in everyone:
        better = one.wait is not None and (
            longest is None or (one.wait, -one.arrived) > (longest.wait, -longest.arrived)
        )
        longest = one if better else longest
    return {
        "n": hits + misses,
        "hits": hits,
        "misses": misses,
        "share": hits / (hits + misses) if hits + misses else None,
        "interval": interval(hits, hits + misses) if 0 < hits + misses < 400 else None,
        "share_of_all": hits / len(cohort) if cohort else None,
        "arrivals": len(cohort),
        "apart": len([one for one in cohort if not one.hit and not one.miss]),
        "recent": len(everyone) - len(cohort),
        "seen": len(completed),
        "median_ms": percentile(waits, 50),
        "p90_ms": percentile(waits, 90),
        "p95_ms": percentile(waits, 95),
        "longest_ms": longest.wait if longest else None,
        "longest_at": longest.arrived if longest else None,
        "left": sum(one.gone and not one.auto for one in cohort),
        "closed_unserved": sum(one.gone and one.auto for one in cohort),
        "left_in_time": sum(one.left_in_time for one in cohort),
        "no_shows": sum(one.not_there for one in cohort),
        "not_there_in_time": sum(one.called_in_time for one in cohort),
        "left_without_being_seen": sum(one.gone or one.not_there for one in cohort),
        "cancelled": sum(one.mistake for one in cohort),
        "inferred": sum(one.inferred for one in completed),
        "share_inferred": sum(one.inferred for one in completed) / len(completed) if completed else None,
        "auto_closed": sum(one.auto for one in cohort),
    }


def percentile(values: list[int], percent: int) -> int | None:
    """Nearest rank by its meaning: the smallest value with at least so many of all at or below it."""
    for value in sorted(set(values)):
        if 100 * sum(other <= value for other in values) >= percent * len(values):
            return value
    return None


def interval(hits: int, n: int) -> tuple[float, float]:
    """The shares that a score test at 5% does not reject: the roots of (share - p)^2 = z^2 p (1 - p) / n."""
    z2, share = 1.959963984540054**2, hits / n
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share * share
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def same(found: dict, wanted: dict) -> bool:
    """Whether `found` says all that `wanted` says: counts and milliseconds exactly, shares to the last rounding."""
    for name, value in wanted.items():
        if name == "interval" and value and found[name]:
            if not all(isclose(a, b, abs_tol=1e-9) for a, b in zip(value, found[name], strict=True)):
                raise AssertionError((name, value, found[name]))
        elif found[name] != value:
            raise AssertionError((name, "wanted", value, "found", found[name]))
    return True
