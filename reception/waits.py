"""What a day's waits were, measured exactly: visits in, mergeable bins out, and from bins the figures.

Pure: no clock, no database, no words. A bin keeps every wait it counted, so bins of many days add up to the very
figures of those days together; nothing is ever averaged from averages. Instants and waits are integer milliseconds.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from math import sqrt
from zoneinfo import ZoneInfo

from reception.visit import Visit

DEFINITIONS = 1  # the version of every definition in this file; a change of meaning raises it
SHOW_INTERVAL_BELOW = 400  # judgements; with more, the interval says nothing that the share does not
Z95 = 1.959963984540054

# What a bin counts. All but `recent` are of the cohort: those whose wait began a target ago, so their fate is known.
COUNTS = (
    "arrivals",
    "hits",  # seen within the target
    "misses",
    "left",  # went from the line, unseen
    "no_shows",  # called, not there, unseen
    "closed_unserved",  # still in the line when the day ended
    "left_in_time",  # of those who left or were closed: before the target had passed; not judged
    "not_there_in_time",  # of the no-shows: called within the target; not judged
    "cancelled",  # mistakes; not judged
    "inferred",  # of those seen: nobody pressed "here", so the walking allowance stands in
    "auto_closed",  # ended by the system with the day
    "recent",  # arrived, but too lately to judge
)
_AT = {name: place for place, name in enumerate(COUNTS)}
Key = tuple[str, int]  # service, local hour of arrival


@dataclass(slots=True)
class Bin:
    """Those who came for one service in one hour. `longest` is (wait, minus the arrival) of the longest wait there was
    or is, whoever's: the minus makes the earlier of two equal waits the longest, in whatever order bins are merged."""

    counts: list[int] = field(default_factory=lambda: [0] * len(COUNTS))
    waits: array = field(default_factory=lambda: array("q"))
    longest: tuple[int, int] | None = None

    def count(self, *names: str) -> None:
        for name in names:
            self.counts[_AT[name]] += 1

    def took(self, wait: int, arrived_at: int) -> None:
        self.longest = max(self.longest or (wait, -arrived_at), (wait, -arrived_at))

    def add(self, other: "Bin") -> None:
        self.counts = [mine + theirs for mine, theirs in zip(self.counts, other.counts, strict=True)]
        self.waits.extend(other.waits)
        if other.longest:
            self.longest = max(self.longest or other.longest, other.longest)


Bins = dict[Key, Bin]


def bins(visits: Iterable[Visit], *, target_ms: int, now: int, zone: ZoneInfo, back: Collection[str] = ()) -> Bins:
    """Every visit counted in the bin of the service it came for and its local hour of arrival, as things are at `now`.

    `back` holds the ids of visitors who had been called, were put back in the line and left from there: they left,
    while anybody else who was called and never seen was not there.
    """
    found: Bins = {}
    for visit in visits:
        key = visit.first_service, datetime.fromtimestamp(visit.arrived_at / 1000, zone).hour
        _count(found.setdefault(key, Bin()), visit, target_ms, now, visit.id in back)
    for part in found.values():
        part.waits = array("q", sorted(part.waits))
    return found


def _count(part: Bin, visit: Visit, target_ms: int, now: int, back: bool) -> None:
    since = visit.waits_from
    judged = since <= now - target_ms
    wait = _wait(visit, now)
    if wait is not None:
        part.took(wait, visit.arrived_at)
    if not judged or (_still_waits(visit) and wait == target_ms):
        part.count("recent")
        return
    part.count("arrivals")
    if visit.ended_inferred:
        part.count("auto_closed")
    if visit.state == "cancelled":
        part.count("cancelled")
    elif visit.seen_at is not None:
        part.waits.append(wait)
        part.count("hits" if wait <= target_ms else "misses")
        if visit.seen_inferred:
            part.count("inferred")
    elif _still_waits(visit):
        part.count("misses")
    elif visit.first_called_at is not None and not back:
        part.count("no_shows", "not_there_in_time" if visit.first_called_at - since <= target_ms else "misses")
    else:
        went = "closed_unserved" if visit.ended_inferred else "left"
        part.count(went, "left_in_time" if visit.ended_at - since <= target_ms else "misses")


def _still_waits(visit: Visit) -> bool:
    return visit.seen_at is None and visit.state in ("waiting", "called", "held")


def _wait(visit: Visit, now: int) -> int | None:
    """The wait until seen, or so far; None for a mistake and for whoever went unseen."""
    if visit.state == "cancelled":
        return None
    if visit.seen_at is not None:
        return max(0, visit.seen_at - visit.waits_from)
    return max(0, now - visit.waits_from) if _still_waits(visit) else None


# -- adding up --------------------------------------------------------------------------------------------------------


def merged(days: Iterable[Mapping[Key, Bin]]) -> Bins:
    """The bins of several days as one. A merged bin's waits are not sorted yet: `together` sorts once."""
    total: Bins = {}
    for day in days:
        for key, part in day.items():
            total.setdefault(key, Bin()).add(part)
    return total


def together(parts: Iterable[Bin]) -> Bin:
    """Several bins as one, its waits sorted: what `figures` and `distribution` take."""
    total = Bin()
    for part in parts:
        total.add(part)
    total.waits = array("q", sorted(total.waits))
    return total


def pack(day: Mapping[Key, Bin]) -> bytes:
    """A day's bins as bytes for keeping: a line of JSON, then every wait as eight bytes, little end first."""
    parts = [[*key, part.counts, part.longest, len(part.waits)] for key, part in sorted(day.items())]
    waits = b"".join(day[service, hour].waits.tobytes() for service, hour, *_ in parts)
    return json.dumps(parts, separators=(",", ":")).encode() + b"\n" + waits


def unpack(data: bytes) -> Bins:
    """The bins that `pack` kept. Raises ValueError if these bytes are something else."""
    head, line, tail = data.partition(b"\n")
    parts = json.loads(head)
    if not line or len(tail) != 8 * sum(part[-1] for part in parts):
        raise ValueError("a summary is cut short")
    found, start = {}, 0
    for service, hour, counts, longest, count in parts:
        end = start + 8 * count
        found[service, hour] = Bin(counts, array("q", tail[start:end]), tuple(longest) if longest else None)
        start = end
    return found


# -- figures ----------------------------------------------------------------------------------------------------------


def figures(part: Bin) -> dict:
    """Everything published about a bin; a figure without data is None, never 0 or 1.

    `n` is how many were judged (hits and misses), `share` hits of those, `share_of_all` hits of all arrivals (the
    strict form), `interval` the share's 95% interval while n is small. Waits end in `_ms`. `longest_at` is the arrival
    of whoever waited longest.
    """
    counts = dict(zip(COUNTS, part.counts, strict=True))
    waits = part.waits
    n, unseen = counts["hits"] + counts["misses"], counts["left"] + counts["no_shows"] + counts["closed_unserved"]
    return {
        "n": n,
        "share": counts["hits"] / n if n else None,
        "interval": wilson(counts["hits"], n) if 0 < n < SHOW_INTERVAL_BELOW else None,
        "share_of_all": counts["hits"] / counts["arrivals"] if counts["arrivals"] else None,
        **counts,
        "seen": len(waits),
        "left_without_being_seen": unseen,
        "apart": counts["arrivals"] - n,
        "share_inferred": counts["inferred"] / len(waits) if waits else None,
        "median_ms": nearest_rank(waits, 50),
        "p90_ms": nearest_rank(waits, 90),
        "p95_ms": nearest_rank(waits, 95),
        "longest_ms": part.longest[0] if part.longest else None,
        "longest_at": -part.longest[1] if part.longest else None,
    }


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927), without continuity correction. `n` is at least 1."""
    share, z2 = hits / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of them do not exceed; None of nothing."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


def distribution(part: Bin, width_ms: int, steps: int) -> list[int]:
    """How many of those seen waited up to one width, more than one and up to two, …; the last counts all beyond.

    A wait of exactly a width is within it, as a wait of exactly the target is in time.
    """
    upto = [bisect_right(part.waits, width_ms * step) for step in range(1, steps + 1)]
    return [more - fewer for fewer, more in pairwise([0, *upto, len(part.waits)])]
