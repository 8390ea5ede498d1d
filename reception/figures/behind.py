"""The visits that a figure counts: the same facts, asked one by one. Named as in a figure, so that a count and its list
cannot differ; outcomes are `outcome-` and their key. It words nothing and changes nothing.
"""

from dataclasses import dataclass

import numpy

from reception.figures import facts as columns
from reception.figures.asking import Asked
from reception.figures.facts import FLAG, KEYS, Facts
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
    judge,
)
from reception.figures.sums import matters, undecided_from
from reception.refusals import Refusal
from reception.visit import OUTCOMES, Visit

MISSES = (LATE, LEFT_LATE, NOT_THERE_LATE, CLOSED_LATE, WAITS_LATE)
UNSEEN = {
    "left": (LEFT_LATE, LEFT_IN_TIME),
    "no_shows": (NOT_THERE_LATE, NOT_THERE_IN_TIME),
    "closed_unserved": (CLOSED_LATE, CLOSED_IN_TIME),
}
JUDGED = {  # those into whose wait an outage fell, and the excluded, are counted apart
    "n": (HIT, *MISSES),
    "hits": (HIT,),
    "misses": MISSES,
    "left_in_time": (LEFT_IN_TIME, CLOSED_IN_TIME),
    "not_there_in_time": (NOT_THERE_IN_TIME,),
    "cancelled": (CANCELLED,),
}
THERE = {  # whatever was away meanwhile
    "seen": (HIT, LATE),
    "recent": (RECENT,),
    "left_without_being_seen": tuple(fate for fates in UNSEEN.values() for fate in fates),
    **UNSEEN,
}
FLAGGED = {  # the flag, and whether only of those seen
    "inferred": ("inferred", True),
    "late_returns": ("late_return", True),
    "auto_closed": ("auto_closed", False),
    "without_outcome": ("unsaid", False),
}
OF_MATTERS = ("carrying", "validated", "undecided")  # a council's references: whether anybody came back (sums.py)
OWN = sum(FLAG[flag] for flag, _of_seen in FLAGGED.values())
OF_OUTCOMES = tuple(f"outcome-{outcome}" for outcome in OUTCOMES)
WHAT = ("arrivals", *JUDGED, *THERE, *FLAGGED, "outage", "excluded", *OF_MATTERS, *OF_OUTCOMES)


@dataclass(frozen=True, slots=True)
class Found:
    """A visit, what became of the promise (one of `judging.FATES`), and how long they waited, in ms."""

    visit: Visit
    fate: str
    wait: int


def behind(
    figures, asked: Asked, what: str, now: int, *, longest_first: bool = False, start: int = 0, count: int = 50
) -> tuple[int, list[Found]]:
    """How many visits the figure `what` counts, and `count` of them from place `start`, in the order they came or by
    their wait.

    Refuses a need, since needs are kept apart from visits; other offices, whose visits are not shown here; and a name
    that is none of WHAT.
    """
    if what not in WHAT:
        raise Refusal("figures_no_such_figure", status=404, what=what[:40])
    if asked.need:
        raise Refusal("figures_need_apart", status=422)
    if set(asked.offices) - {figures.office}:
        raise Refusal("figures_own_visits", status=422)
    return figures.apart(_behind, asked, what, now, longest_first, start, count)


def _behind(figures, asked, what, now, longest_first, start, count) -> tuple[int, list[Found]]:
    with figures.look():
        facts = figures.lazy_facts(asked, now)
        rows = numpy.flatnonzero(counted(facts, what, _undecided_from(figures, asked, now)))
        values = -facts["wait"][rows].astype("i8") if longest_first else facts["arrived"][rows]
        return len(rows), _visits(figures, facts, rows[_smallest(values, start, start + count)], now)


def _undecided_from(figures, asked: Asked, now: int) -> int:
    rules = figures.history().between(asked.first, asked.last)
    return undecided_from(figures, [one for _day, one in rules], now)


def _smallest(values: numpy.ndarray, start: int, end: int) -> numpy.ndarray:
    """Where the values from place `start` to `end` of their order stand, of equals the first; most stay unsorted."""
    n = len(values)
    if bool((values[1:] >= values[:-1]).all()):  # as they came
        return numpy.arange(n)[start:end]
    unlike = (values - values.min()) * n + numpy.arange(n)
    found = numpy.argpartition(unlike, end - 1)[:end] if end < n else numpy.arange(n)
    return found[numpy.argsort(unlike[found])][start:end]


def counted(facts: Facts, what: str, undecided: int | None = None) -> numpy.ndarray:
    """Which rows the figure `what` counts; `undecided` is the day from which somebody may still come back in time."""
    fates, excluded, out = facts["fate"], facts.flag("excluded"), facts.flag("out")
    if what == "excluded":
        return excluded
    if what in OF_MATTERS:
        return matters(facts, ~excluded, undecided)[what]
    if what.startswith("outcome-"):
        return (facts["outcome"] == OUTCOMES.index(what.removeprefix("outcome-")) + 1) & ~excluded
    if what == "outage":
        return out & ~excluded & (fates != RECENT)
    if what == "arrivals":
        return ~excluded & (fates != RECENT)
    if what in FLAGGED:
        flag, of_seen = FLAGGED[what]
        return facts.flag(flag) & ~excluded & ((fates <= LATE) if of_seen else (fates != RECENT))
    if what in THERE:
        return numpy.isin(fates, THERE[what]) & ~excluded
    return numpy.isin(fates, JUDGED[what]) & ~excluded & ~out


def _visits(figures, facts: Facts, rows: numpy.ndarray, now: int) -> list[Found]:
    """The visits of these rows. Of those who came in the same millisecond, each row takes one of whom it says the
    same."""
    there: dict[int, list[Visit]] = {}
    for at in dict.fromkeys(facts["arrived"][rows].tolist()):
        there[at] = list(figures.store.visits_between(figures.office, at, at + 1))
    same = _judged(figures, [at for at, visits in there.items() if len(visits) > 1], there, now)
    found = []
    for row in rows.tolist():
        visits = there[int(facts["arrived"][row])]
        told = _told(facts, row)
        visit = next((one for one in visits if same.get(one.id, told) == told), None)
        if visit:
            visits.remove(visit)
            found.append(Found(visit, FATES[facts["fate"][row]], int(facts["wait"][row])))
    return found


def _judged(figures, instants: list[int], there: dict[int, list[Visit]], now: int) -> dict[str, tuple]:
    """visit -> what the facts say of it, of those who came in these milliseconds."""
    history, judged = figures.history(), []
    for at in instants:
        steps = figures.store.steps_that_matter(figures.office, at, at + 1)
        judged += [(one, judge(one, steps.get(one.id, ()), history.on(one.day), now)) for one in there[at]]
    facts = columns.of(judged, figures.zone)
    return {visit.id: _told(facts, row) for row, (visit, _one) in enumerate(judged)}


def _told(facts: Facts, row: int) -> tuple:
    """What tells apart, for any list, those who came in the same millisecond."""
    numbers = [int(facts[name][row]) for name in ("fate", "wait", "outcome")]
    return (*numbers, int(facts["flags"][row]) & OWN, *(facts.words[name][facts[name][row]] for name in KEYS))
