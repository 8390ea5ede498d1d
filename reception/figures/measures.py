"""From facts to figures: counts, shares, ranks and the tail, for everybody or for each of many groups at once.

Pure. A figure without data is None, never 0 or 100%. Waits end in `_ms`; docs/figures.md holds the definitions.
"""

import numpy

from reception.figures.facts import FLAG, UNKNOWN, Facts
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
from reception.figures.statistics import rank, wilson
from reception.visit import OUTCOMES

SHOW_INTERVAL_BELOW = 400  # judgements; with more, the interval says nothing that the share does not
PERCENTS = (50, 90, 95)
MISSES = [LATE, LEFT_LATE, NOT_THERE_LATE, CLOSED_LATE, WAITS_LATE]
DURATIONS = ("acknowledgement", "call_wait", "walk", "service_time", "visit_time")
CONTACTS = ("resolved", "passed_on", "appointment_made")  # whether the first contact answered is asked of these
JUDGED_APART = 3  # judged; an outage fell into it; excluded
SECOND, LONGEST_SECONDS = 1000, 86_400 * 2
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
        flags = facts["flags"]
        excluded = (flags & FLAG["excluded"]) != 0
        apart = numpy.where(excluded, 2, (flags & FLAG["out"]) != 0).astype("i4")
        self._code = facts["fate"] * numpy.int32(JUDGED_APART) + apart
        self._seen = Chosen(facts, (facts["fate"] <= LATE) & ~excluded)
        lasting = ((flags & FLAG["lasting"]) != 0) & ~excluded
        self._lasting = self._seen if (lasting == self._seen.mask).all() else Chosen(facts, lasting)
        cohort = (facts["fate"] != RECENT) & ~excluded
        self._flagged = {
            name: numpy.flatnonzero(mask & facts.flag(flag))
            for name, flag, mask in (
                ("inferred", "inferred", self._seen.mask),
                ("auto_closed", "auto_closed", cohort),
                ("late_returns", "late_return", self._seen.mask),
                ("without_outcome", "unsaid", cohort),
            )
        }

    def by(self, key: numpy.ndarray, groups: int) -> list[dict]:
        """What is published of each group: `key` says which one (0 to `groups` - 1) each row belongs to."""
        size = len(FATES) * JUDGED_APART
        key = key.astype("i4")
        counts = numpy.bincount(key * numpy.int32(size) + self._code, minlength=groups * size)
        counts = counts.reshape(groups, len(FATES), JUDGED_APART)
        flagged = {name: numpy.bincount(key[rows], minlength=groups) for name, rows in self._flagged.items()}
        percents = (*PERCENTS, 100)
        found = self._seen.ranks(key, groups, percents)
        longest = self._longest(key, groups, found)
        return [
            _figure(counts[group], found[group][:-1], {name: int(one[group]) for name, one in flagged.items()})
            | longest[group]
            for group in range(groups)
        ]

    def _longest(self, key: numpy.ndarray, groups: int, found: list) -> list[dict]:
        """The longest wait of each group, completed or current, and when whoever had it came: of equals the
        earliest."""
        if self._lasting is not self._seen:
            found = self._lasting.ranks(key, groups, (100,))
        best = numpy.array([UNKNOWN if one[-1] is None else one[-1] for one in found], dtype="i4")
        rows = self._lasting.rows
        at_best = rows[self._lasting.waits == best[key[rows]]]
        arrived = self.facts["arrived"][at_best].tolist() if len(at_best) else []
        first: dict[int, int] = {}
        for group, at in zip(key[at_best].tolist(), arrived, strict=True):
            first[group] = min(first.get(group, at), at)
        return [{"longest_ms": one[-1], "longest_at": first.get(group)} for group, one in enumerate(found)]


class Chosen:
    """Some rows' waits, and which second each falls into."""

    def __init__(self, facts: Facts, mask: numpy.ndarray):
        self.mask, self.rows = mask, numpy.flatnonzero(mask)
        self.waits = facts["wait"][self.rows]
        self.seconds = numpy.minimum(self.waits // SECOND, LONGEST_SECONDS - 1)

    def ranks(self, key: numpy.ndarray, groups: int, percents) -> list[list[int | None]]:
        return ranks(key[self.rows], self.waits, groups, percents, self.seconds)


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


def ranks(key, values, groups: int, percents=PERCENTS, seconds=None) -> list[list[int | None]]:
    """The exact nearest ranks of each group's values, without putting millions in order: how many fall into each
    second, then the few of the one second that the rank falls into."""
    if not len(values):
        return [[None] * len(percents) for _ in range(groups)]
    if seconds is None:
        seconds = numpy.minimum(values // SECOND, LONGEST_SECONDS - 1)
    width = int(seconds.max()) + 1
    cell = key.astype("i4") * numpy.int32(width) + seconds.astype("i4")
    upto = numpy.bincount(cell, minlength=groups * width).reshape(groups, width).cumsum(axis=1)
    wanted: dict[int, list] = {}
    found = [[None] * len(percents) for _ in range(groups)]
    for group in range(groups):
        if n := int(upto[group, -1]):
            for place, percent in enumerate(percents):
                nth = rank(n, percent)
                second = int(numpy.searchsorted(upto[group], nth, side="right"))
                before = int(upto[group, second - 1]) if second else 0
                wanted.setdefault(group * width + second, []).append((group, place, nth - before))
    is_wanted = numpy.zeros(groups * width, bool)
    is_wanted[list(wanted)] = True
    rows = numpy.flatnonzero(is_wanted[cell])
    order = numpy.lexsort((values[rows], cell[rows]))
    cells, ordered = cell[rows][order], values[rows][order]
    for one, asked in wanted.items():
        start = int(numpy.searchsorted(cells, one))
        for group, place, nth in asked:
            found[group][place] = int(ordered[start + nth])
    return found


# -- for everybody ----------------------------------------------------------------------------------------------------


def whole(facts: Facts, target_ms: int | None, undecided_from: int | None = None) -> dict:
    """What is measured of everybody together, beside what `by_group` says."""
    cohort = (facts["fate"] != RECENT) & (facts["fate"] != CANCELLED) & ~facts.flag("excluded")
    times = {name: duration(facts[name][cohort]) for name in DURATIONS}
    if target_ms is not None:
        known = facts["acknowledgement"][cohort]
        known = known[known != UNKNOWN]
        times["acknowledgement"] |= {"within": share((known <= target_ms).sum(), len(known))}
    later = facts["later_wait"]
    return {
        "tail": tail(facts["wait"][cohort], facts["fate"][cohort] <= LATE),
        **times,
        "later_legs": duration(later),
        **outcomes(facts, undecided_from),
    }


def duration(values: numpy.ndarray) -> dict:
    """`{n, median_ms, p90_ms, p95_ms, longest_ms}` of those that are known."""
    known = values[values != UNKNOWN]
    (found,) = ranks(numpy.zeros(len(known), "i4"), known, 1, (*PERCENTS, 100))
    return {"n": len(known), **dict(zip(("median_ms", "p90_ms", "p95_ms", "longest_ms"), found, strict=True))}


def tail(waits: numpy.ndarray, seen: numpy.ndarray) -> dict:
    """`{p50_ms, p90_ms, p95_ms}` within which people were seen, where some left or wait still (Kaplan and Meier; the
    same as `statistics.kaplan_meier`, for millions). None where so many were lost that it cannot be said."""
    n = len(waits)
    coded = numpy.sort(waits * numpy.int32(2) + ~seen)  # of equal waits, the seen come first
    factors = numpy.divide(numpy.arange(n - 1, -1, -1.0), numpy.arange(n, 0, -1.0))
    factors[coded % 2 == 1] = 1.0
    waiting = numpy.cumprod(factors, out=factors)
    found = {}
    for percent in PERCENTS:  # it only falls, so the first place is found by halving
        place = int(numpy.searchsorted(-waiting, -(1 - percent / 100 + ALMOST)))
        found[f"p{percent}_ms"] = int(coded[place] // 2) if place < n else None
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
