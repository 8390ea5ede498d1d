"""From facts to figures: counts, shares, ranks and the tail, for everybody or for each of many groups at once.

Pure. A figure without data is None, never 0 or 100%. Waits end in `_ms`; docs/figures.md holds the definitions.
"""

from bisect import bisect_left

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
from reception.visit import OUTCOMES

SHOW_INTERVAL_BELOW = 400  # judgements; with more, the interval says nothing that the share does not
PERCENTS = (50, 90, 95)
MISSES = [LATE, LEFT_LATE, NOT_THERE_LATE, CLOSED_LATE, WAITS_LATE]
DURATIONS = ("acknowledgement", "call_wait", "walk", "service_time", "visit_time")
CONTACTS = ("resolved", "passed_on", "appointment_made")  # whether the first contact answered is asked of these
JUDGED_APART = 3  # judged; an outage fell into it; excluded
MARKS = 1 << FLAGS.index("excluded") + 1  # the first flags are those that figures are counted by
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
        counts = ranks.counted(key, self._code, groups, len(self._codes))
        used = numpy.flatnonzero(counts.any(axis=1))
        if len(used) < groups:  # of a week's hours most are nobody's
            renamed = numpy.zeros(groups, "u2")
            renamed[used] = numpy.arange(len(used))
            key = renamed.take(key, mode="clip")
        found = dict(zip(used.tolist(), self._of_used(key, counts[used]), strict=True))
        return [found.get(group) or _nobody() for group in range(groups)]

    def _of_used(self, key: numpy.ndarray, counts: numpy.ndarray) -> list[dict]:
        fates, flagged = self._codes.told(counts)
        found, rows = self._waits.ranked(key, len(counts), (*PERCENTS, 100))
        longest = self._longest(key, found, rows)
        return [
            _figure(fates[group], found[group][:-1], {name: int(one[group]) for name, one in flagged.items()})
            | longest[group]
            for group in range(len(counts))
        ]

    def _longest(self, key: numpy.ndarray, found: list[list], rows: numpy.ndarray) -> list[dict]:
        """Each group's longest wait, completed or current, and when whoever had it came: of equals the earliest. Of
        those seen it is the last one `found`, and `rows` are all that may have had it."""
        best = numpy.array([UNKNOWN if one[-1] is None else one[-1] for one in found], "i4")
        rows = rows[self._waits.values[rows] == best[key[rows]]] if self._all_last else rows[:0]
        rows = numpy.concatenate((rows, self._lasting))
        waits, arrived = self.facts["wait"][rows].tolist(), self.facts["arrived"][rows].tolist()
        longest: dict[int, tuple[int, int]] = {}
        for group, wait, at in zip(key[rows].tolist(), waits, arrived, strict=True):
            if group not in longest or (-wait, at) < longest[group]:
                longest[group] = -wait, at
        none = {"longest_ms": None, "longest_at": None}
        return [
            {"longest_ms": -longest[group][0], "longest_at": longest[group][1]} if group in longest else none
            for group in range(len(found))
        ]


class _Codes:
    """What rows' codes stand for: a fate, and some flags beside it."""

    def __init__(self, codes: numpy.ndarray):
        self._fate, self._flags = codes // MARKS, codes % MARKS
        excluded, out = ((self._flags & FLAG[name]) != 0 for name in ("excluded", "out"))
        self._apart = numpy.where(excluded, 2, out)
        seen, cohort = (self._fate <= LATE) & ~excluded, (self._fate != RECENT) & ~excluded
        self._flagged = {
            name: numpy.flatnonzero(mask & ((self._flags & FLAG[flag]) != 0))
            for name, flag, mask in (
                ("inferred", "inferred", seen),
                ("auto_closed", "auto_closed", cohort),
                ("late_returns", "late_return", seen),
                ("without_outcome", "unsaid", cohort),
            )
        }

    def __len__(self) -> int:
        return len(self._fate)

    def told(self, counts: numpy.ndarray) -> tuple[numpy.ndarray, dict[str, numpy.ndarray]]:
        """`fates[group, fate, apart]` and how many of each group have each flag, of `counts[group, code]`."""
        fates = numpy.zeros((len(counts), len(FATES), JUDGED_APART), numpy.intp)
        for place, (fate, apart) in enumerate(zip(self._fate, self._apart, strict=True)):
            fates[:, fate, apart] += counts[:, place]
        return fates, {name: counts[:, places].sum(axis=1) for name, places in self._flagged.items()}


def _nobody() -> dict:
    """The figure of a group that has nobody."""
    nobody = numpy.zeros((len(FATES), JUDGED_APART), numpy.intp)
    flagged = dict.fromkeys(("inferred", "auto_closed", "late_returns", "without_outcome"), 0)
    return _figure(nobody, [None] * len(PERCENTS), flagged) | {"longest_ms": None, "longest_at": None}


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


def whole(facts: Facts, target_ms: int | None, undecided_from: int | None = None) -> dict:
    """What is measured of everybody together, beside what `by_group` says."""
    cohort = (facts["fate"] != RECENT) & (facts["fate"] != CANCELLED) & ~facts.flag("excluded")
    times = {name: duration(facts[name], cohort) for name in DURATIONS}
    if target_ms is not None:
        within = (facts["acknowledgement"] != UNKNOWN) & (facts["acknowledgement"] <= target_ms) & cohort
        times["acknowledgement"] |= {"within": share(within.sum(), times["acknowledgement"]["n"])}
    return {
        "tail": tail(facts["wait"][cohort], facts["fate"][cohort] <= LATE),
        **times,
        "later_legs": duration(facts["later_wait"]),
        **outcomes(facts, undecided_from),
    }


def duration(values: numpy.ndarray, of: numpy.ndarray | None = None) -> dict:
    """`{n, median_ms, p90_ms, p95_ms, longest_ms}` of those that are known; `of` marks whose are asked for."""
    known = values != UNKNOWN
    if of is not None:
        known &= of
    (found,) = ranks.Values(values, known).ranks(None, 1, (*PERCENTS, 100))
    return {"n": int(known.sum()), **dict(zip(("median_ms", "p90_ms", "p95_ms", "longest_ms"), found, strict=True))}


def tail(waits: numpy.ndarray, seen: numpy.ndarray) -> dict:
    """`{p50_ms, p90_ms, p95_ms}` within which people were seen, where some left or wait still (Kaplan and Meier; the
    same as `statistics.kaplan_meier`, for millions). None where so many were lost that it cannot be said."""
    n = len(waits)
    coded = numpy.sort(waits * numpy.int32(2) + ~seen)  # of equal waits, the seen come first
    lost = numpy.flatnonzero(coded & 1)
    lost = lost[lost < n - 1]
    more = numpy.cumprod((n - lost) / (n - 1 - lost))  # the factors of all are (n - 1) / n, (n - 2) / (n - 1), …

    def waiting(place: int) -> float:
        """The share that waits still after so many; it only falls, so where it falls to is found by halving."""
        before = int(lost.searchsorted(place, side="right"))
        return (n - 1 - place) / n * (more[before - 1] if before else 1.0)

    found, last = {}, n - 1 if n and coded[-1] & 1 else n  # who was lost last of all changes nothing
    for percent in PERCENTS:
        place = bisect_left(range(last), True, key=lambda place: waiting(place) <= 1 - percent / 100 + ALMOST)
        found[f"p{percent}_ms"] = int(coded[place] // 2) if place < last else None
    return found


def outcomes(facts: Facts, undecided_from: int | None = None) -> dict:
    """`{outcomes: {key: count}, resolved, validated}`: what came of visits, and how many first contacts resolved them:
    as was said, and as nobody's coming back showed (`_validated`)."""
    there = ~facts.flag("excluded")
    counts = numpy.bincount(facts["outcome"][there], minlength=len(OUTCOMES) + 1)
    found = {name: int(counts[place]) for place, name in enumerate(OUTCOMES, 1)}
    n = sum(found[name] for name in CONTACTS)
    return {
        "outcomes": found,
        "resolved": share(found["resolved"], n),
        "validated": _validated(facts, undecided_from) if facts.flag("carries").any() else None,
    }


def _validated(facts: Facts, undecided_from: int | None) -> dict | None:
    """Of the visits that carry a reference: those resolved about which nobody came back soon. A share, with `carrying`,
    how many of all such visits carry one, and `undecided`, how many came too lately (on the day with the number
    `undecided_from`, or later) to know. None where no visit that counts carries one."""
    counts = numpy.isin(facts["outcome"], [OUTCOMES.index(name) + 1 for name in CONTACTS]) & ~facts.flag("excluded")
    carries = counts & facts.flag("carries")
    decided = numpy.ones(len(facts), bool) if undecided_from is None else facts["day"] < undecided_from
    n, undecided = int((carries & decided).sum()), int((carries & ~decided).sum())
    if not n and not undecided:
        return None
    resolved = facts["outcome"] == OUTCOMES.index("resolved") + 1
    hits = (carries & decided & resolved & ~facts.flag("returned")).sum()
    return share(hits, n) | {"carrying": share(n, (counts & decided).sum()), "undecided": undecided}


def distribution(waits: numpy.ndarray, width_ms: int, steps: int) -> list[int]:
    """How many waited up to one width, more than one and up to two, …; the last counts all beyond. Exactly a width is
    within it, as exactly the target is in time."""
    place = numpy.minimum(numpy.maximum(-(-waits // width_ms) - 1, 0), steps)
    return numpy.bincount(place, minlength=steps + 1).tolist()
