"""From facts to figures: counts, shares, ranks and the tail, for everybody or for each of many groups at once.

Pure. A figure without data is None, never 0 or 100%. Waits end in `_ms`; docs/figures.md holds the definitions.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from reception.figures import ranks
from reception.figures.facts import FLAG, FLAGS, UNKNOWN, Facts
from reception.figures.judging import (
    CANCELLED,
    CLOSED_IN_TIME,
    CLOSED_LATE,
    FATES,
    HIT,
    LATE,
    LEFT_IN_TIME,
    LEFT_LATE,
    NOT_THERE_IN_TIME,
    NOT_THERE_LATE,
    RECENT,
    WAITS_LATE,
)
from reception.figures.statistics import wilson

SHOW_INTERVAL_BELOW = 400  # judgements; with more, the interval says nothing that the share does not
PERCENTS = (50, 90, 95)
MISSES = [LATE, LEFT_LATE, NOT_THERE_LATE, CLOSED_LATE, WAITS_LATE]
DURATIONS = ("acknowledgement", "call_wait", "walk", "service_time", "visit_time")
CONTACTS = ("resolved", "passed_on", "appointment_made")  # whether the first contact answered is asked of these
JUDGED_APART = 3  # judged; an outage fell into it; excluded
MARKS = 1 << FLAGS.index("excluded") + 1  # the first flags are those that figures are counted by
_FLAGGED = {
    "inferred": "inferred", "auto_closed": "auto_closed", "late_returns": "late_return", "without_outcome": "unsaid",
}  # fmt: skip
ALMOST = 1e-9  # of a share: what adding up millions of factors may lose


def share(hits: int, n: int) -> dict:
    """`{n, hits, share, interval}`; the interval while n is small, both None where n is 0."""
    hits, n = int(hits), int(n)
    interval = wilson(hits, n) if 0 < n < SHOW_INTERVAL_BELOW else None
    return {"n": n, "hits": hits, "share": hits / n if n else None, "interval": interval}


# -- for each group ---------------------------------------------------------------------------------------------------


class Groups:
    """Facts to be put into groups, again and again: what every grouping needs is worked out once."""

    def __init__(self, facts: Facts):
        self.facts = facts
        flags, fate = facts["flags"], facts["fate"]
        whole = fate * numpy.uint16(MARKS) + (flags & numpy.uint16(MARKS - 1))
        there = numpy.bincount(whole, minlength=len(FATES) * MARKS) > 0  # few of the hundreds that could be
        self._codes = _Codes(numpy.flatnonzero(there))
        self._code = (numpy.cumsum(there) - 1).astype("u2").take(whole, mode="clip")
        excluded = (flags & FLAG["excluded"]) != 0
        seen, lasting = (fate <= LATE) & ~excluded, ((flags & FLAG["lasting"]) != 0) & ~excluded
        self._waits = ranks.Values(facts["wait"], seen)
        self._all_last = not (seen & ~lasting).any()  # else who was seen says nothing of the longest
        self._lasting = numpy.flatnonzero(lasting & ~seen if self._all_last else lasting)

    def by(self, key: numpy.ndarray, groups: int) -> list[dict]:
        """What is published of each group: `key` says which one (0 to `groups` - 1) each row belongs to."""
        found = self.parts(key, groups)
        return [figure([found[group]]) if group in found else figure([]) for group in range(groups)]

    def parts(self, key: numpy.ndarray, groups: int, room: ranks.Room = ranks.NO_ROOM) -> "dict[int, Part]":
        """What a figure is made of, of each group that anybody is in; `room` for what may be added to it later."""
        counts = ranks.counted(key, self._code, groups, len(self._codes))
        used = numpy.flatnonzero(counts.any(axis=1))
        if len(used) < groups:  # of a week's hours most are nobody's
            renamed = numpy.zeros(groups, "u2")
            renamed[used] = numpy.arange(len(used))
            key = renamed.take(key, mode="clip")
        return dict(zip(used.tolist(), self._of_used(key, counts[used], room), strict=True))

    def _of_used(self, key: numpy.ndarray, counts: numpy.ndarray, room: ranks.Room) -> "list[Part]":
        fates, flagged = self._codes.told(counts)
        waits, rows = self._waits.lots(key, len(counts), PERCENTS, room)
        longest = self._longest(key, waits, rows)
        return [
            Part(fates[group], {name: int(one[group]) for name, one in flagged.items()}, waits[group], longest[group])
            for group in range(len(counts))
        ]

    def _longest(self, key: numpy.ndarray, found: list[ranks.Lot], rows: numpy.ndarray) -> list[tuple[int, int] | None]:
        """Each group's longest wait, completed or current, and when whoever had it came: of equals the earliest. Of
        those seen it is the last one `found`, and `rows` are all that may have had it."""
        best = numpy.array([ranks.nth([one], one.n - 1) if one.n else UNKNOWN for one in found], "i4")
        rows = rows[self._waits.values[rows] == best[key[rows]]] if self._all_last else rows[:0]
        rows = numpy.concatenate((rows, self._lasting))
        waits, arrived = self.facts["wait"][rows].tolist(), self.facts["arrived"][rows].tolist()
        longest: dict[int, tuple[int, int]] = {}
        for group, wait, at in zip(key[rows].tolist(), waits, arrived, strict=True):
            if group not in longest or (-wait, at) < longest[group]:
                longest[group] = -wait, at
        return [longest.get(group) for group in range(len(found))]


class _Codes:
    """What rows' codes stand for: a fate, and some flags beside it."""

    def __init__(self, codes: numpy.ndarray):
        self._fate, self._flags = codes // MARKS, codes % MARKS
        excluded, out = ((self._flags & FLAG[name]) != 0 for name in ("excluded", "out"))
        self._apart = numpy.where(excluded, 2, out)
        seen, cohort = (self._fate <= LATE) & ~excluded, (self._fate != RECENT) & ~excluded
        self._flagged = {
            name: numpy.flatnonzero(mask & ((self._flags & FLAG[flag]) != 0))
            for (name, flag), mask in zip(_FLAGGED.items(), (seen, cohort, seen, cohort), strict=True)
        }

    def __len__(self) -> int:
        return len(self._fate)

    def told(self, counts: numpy.ndarray) -> tuple[numpy.ndarray, dict[str, numpy.ndarray]]:
        """`fates[group, fate, apart]` and how many of each group have each flag, of `counts[group, code]`."""
        fates = numpy.zeros((len(counts), len(FATES), JUDGED_APART), numpy.intp)
        for place, (fate, apart) in enumerate(zip(self._fate, self._apart, strict=True)):
            fates[:, fate, apart] += counts[:, place]
        return fates, {name: counts[:, places].sum(axis=1) for name, places in self._flagged.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """What a figure is made of: `fates[fate, judged, out or excluded]`, how many have each flag, the waits of those
    seen, and the longest of all (its negative, and when whoever had it came)."""

    fates: numpy.ndarray
    flagged: dict[str, int]
    waits: ranks.Lot
    longest: tuple[int, int] | None


def figure(parts: Sequence[Part]) -> dict:
    """What is published of a group that is in several parts; of nobody where there are none."""
    fates = sum((part.fates for part in parts), numpy.zeros((len(FATES), JUDGED_APART), numpy.intp))
    flagged = {name: sum(part.flagged[name] for part in parts) for name in _FLAGGED}
    waits = [part.waits for part in parts]
    longest = min((part.longest for part in parts if part.longest), default=None)
    return _figure(fates, [ranks.percentile(waits, percent) for percent in PERCENTS], flagged) | {
        "longest_ms": longest and -longest[0],
        "longest_at": longest and longest[1],
    }


def _figure(counts: numpy.ndarray, middles: list, flagged: dict[str, int]) -> dict:
    judged, out = counts[:, 0], counts[:, 1]
    there = judged + out
    hits, misses = int(judged[HIT]), int(judged[MISSES].sum())
    arrivals = int(there.sum() - there[RECENT])
    unseen = {
        "left": int(there[LEFT_LATE] + there[LEFT_IN_TIME]),
        "no_shows": int(there[NOT_THERE_LATE] + there[NOT_THERE_IN_TIME]),
        "closed_unserved": int(there[CLOSED_LATE] + there[CLOSED_IN_TIME]),
    }
    seen = int(there[HIT] + there[LATE])
    with_outages = share(there[HIT], there[HIT] + there[MISSES].sum())
    return {
        **share(hits, hits + misses),
        "misses": misses,
        "arrivals": arrivals,
        "share_of_all": int(there[HIT]) / arrivals if arrivals else None,
        **unseen,
        "left_in_time": int(judged[LEFT_IN_TIME] + judged[CLOSED_IN_TIME]),
        "not_there_in_time": int(judged[NOT_THERE_IN_TIME]),
        "cancelled": int(judged[CANCELLED]),
        "outage": int(out.sum() - out[RECENT]),
        "share_with_outages": with_outages["share"],
        "excluded": int(counts[:, 2].sum()),
        "recent": int(there[RECENT]),
        "seen": seen,
        "left_without_being_seen": sum(unseen.values()),
        "apart": arrivals - hits - misses,
        **flagged,
        "share_inferred": flagged["inferred"] / seen if seen else None,
        **{f"{name}_ms": ms for name, ms in zip(("median", "p90", "p95"), middles, strict=True)},
    }


# -- for everybody ----------------------------------------------------------------------------------------------------


def duration(lots: Sequence[ranks.Lot]) -> dict:
    """`{n, median_ms, p90_ms, p95_ms, longest_ms}` of what is known."""
    found = [ranks.percentile(lots, percent) for percent in (*PERCENTS, 100)]
    return {
        "n": sum(lot.n for lot in lots),
        **dict(zip(("median_ms", "p90_ms", "p95_ms", "longest_ms"), found, strict=True)),
    }


def known(values: numpy.ndarray, of: numpy.ndarray | None = None, room: ranks.Room = ranks.NO_ROOM) -> ranks.Lot:
    """The values that are known; `of` marks whose are asked for."""
    there = values != UNKNOWN
    if of is not None:
        there &= of
    ((lot,), _rows) = ranks.Values(values, there).lots(None, 1, PERCENTS, room)
    return lot


def tail(seen: Sequence[numpy.ndarray], lost: Sequence[numpy.ndarray]) -> dict:
    """`{p50_ms, p90_ms, p95_ms}` within which people were seen, where some left or wait still (Kaplan and Meier; the
    same as `statistics.kaplan_meier`, for millions). None where so many were lost that it cannot be said. Each is the
    waits of some in order."""
    gone = numpy.sort(numpy.concatenate(lost)) if lost else numpy.empty(0, "i4")
    n = sum(map(len, seen)) + len(gone)
    places = numpy.arange(len(gone)) + sum((one.searchsorted(gone, side="right") for one in seen), start=0)
    is_last = bool(len(gone)) and places[-1] == n - 1  # who was lost last of all changes nothing
    places = places[:-1] if is_last else places  # of equal waits, the seen come first
    more = numpy.cumprod((n - places) / (n - 1 - places))  # the factors of all are (n - 1) / n, (n - 2) / (n - 1), …

    def waiting(place: int) -> float:
        """The share that waits still after so many; it only falls, so where it falls to is found by halving."""
        before = int(places.searchsorted(place, side="right"))
        return (n - 1 - place) / n * (more[before - 1] if before else 1.0)

    found, last, everybody = {}, n - 1 if is_last else n, [ranks.Lot.whole(one) for one in (*seen, gone)]
    for percent in PERCENTS:
        place = bisect_left(range(last), True, key=lambda place: waiting(place) <= 1 - percent / 100 + ALMOST)
        found[f"p{percent}_ms"] = ranks.nth(everybody, place) if place < last else None
    return found


def distribution(ordered: numpy.ndarray, width_ms: int, steps: int) -> list[int]:
    """How many waited up to one width, more than one and up to two, …; the last counts all beyond. Exactly a width is
    within it, as exactly the target is in time."""
    ends = numpy.arange(1, steps + 1, dtype="i4") * numpy.int32(width_ms)
    upto = ordered.searchsorted(ends, side="right")
    return numpy.diff(upto, prepend=0, append=len(ordered)).tolist()
