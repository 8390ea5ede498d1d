"""Days so short that every roster there is can be tried, beside what the search asks for."""

from dataclasses import replace
from functools import cache
from itertools import product

from reception.line import Takes
from reception.staffing.planning import ground
from reception.staffing.search import Search
from reception.staffing.trials import Trials
from tests.staffing.rooms import MINUTE, NINE, weeks

PARTS = (18, 19, 20, 21)  # nine to eleven
SPANS = [(NINE, NINE + 120 * MINUTE)]
BOTH = Takes(frozenset(("tax", "parking", "housing")))
TAX = Takes(frozenset(("tax", "parking")))
HOUSING = Takes(frozenset(("housing",)), frozenset(("tax",)))
OFFICES = {
    "two specialists": ([(TAX, "1"), (HOUSING, "2")], [1, 1]),
    "a generalist and a specialist": ([(BOTH, "1"), (TAX, "2")], [1, 1]),
    "two alike": ([(BOTH, "1")], [2]),
}


@cache
def days(a_day: float, seed: int = 1):
    """The first two hours of days on which about so many come."""
    office, past = weeks(5, a_day=a_day, seed=seed)
    drawn = ground(past, office, past[-1].day, count=24).trials
    morning = [[one for one in day if one.part in PARTS and one.there < SPANS[0][1]] for day in drawn.days]
    return Trials(morning, replace(drawn.rules, closes=SPANS[0][1]), drawn.rests_on)


def search(name: str, a_day: float, goal: float = 0.7, most: int = 3, seed: int = 1) -> Search:
    kinds, own = OFFICES[name]
    return Search(days(a_day, seed), kinds, own, PARTS, SPANS, goal, most)


def fewest(asked: Search) -> int | None:
    """Half hours of desks in the smallest roster that holds, of all there are."""
    each = [counts for counts in product(range(asked.most + 1), repeat=len(asked.own)) if _is_asked_for(asked, counts)]
    for counts in sorted(product(each, repeat=len(PARTS)), key=lambda one: sum(map(sum, one))):
        grid = {(part, kind): count for part, row in zip(PARTS, counts, strict=True) for kind, count in enumerate(row)}
        if asked.holds(grid):
            return sum(grid.values())
    return None


def _is_asked_for(asked: Search, counts: tuple[int, ...]) -> bool:
    """One beyond the office's own only where all of those are there."""
    more = any(count > own for count, own in zip(counts, asked.own, strict=True))
    all_there = all(count >= own for count, own in zip(counts, asked.own, strict=True))
    return 0 < sum(counts) <= asked.most and (all_there or not more)
