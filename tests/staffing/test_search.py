"""What the search asks for, beside every roster there is, tried one after another."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from reception.line import Takes
from reception.staffing.planning import ground
from reception.staffing.search import Search
from reception.staffing.trials import Trials
from tests.staffing.rooms import MINUTE, NINE, comer, rules, weeks

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
    """A short morning, on which so many come as on a whole day."""
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
    found = None
    for counts in sorted(product(each, repeat=len(PARTS)), key=lambda one: sum(map(sum, one))):
        grid = {(part, kind): count for part, row in zip(PARTS, counts, strict=True) for kind, count in enumerate(row)}
        if asked.holds(grid):
            return sum(grid.values())
    return found


def _is_asked_for(asked: Search, counts: tuple[int, ...]) -> bool:
    """One beyond the office's own only where all of those are there."""
    more = any(count > own for count, own in zip(counts, asked.own, strict=True))
    all_there = all(count >= own for count, own in zip(counts, asked.own, strict=True))
    return 0 < sum(counts) <= asked.most and (all_there or not more)


@pytest.mark.parametrize("name", OFFICES)
@pytest.mark.parametrize(("a_day", "goal", "seed"), [(30, 0.8, 2), (50, 0.7, 3), (70, 0.6, 1)])
def test_it_is_within_a_desk_hour_a_day_of_the_fewest_that_hold(name, a_day, goal, seed):
    asked = search(name, a_day, goal, seed=seed)
    found = asked.find()
    assert not found.missed and asked.holds(found.grid)
    assert sum(found.grid.values()) - fewest(asked) <= 2


def test_none_can_be_taken_away_from_what_it_asks_for():
    asked = search("two specialists", 50)
    found = asked.find()
    for one, count in found.grid.items():
        if count:
            assert not asked.holds({**found.grid, one: count - 1})


def test_the_kind_that_is_added_is_the_one_that_whoever_is_missed_needs():
    kinds = OFFICES["two specialists"][0]
    for service, kind in (("housing", 1), ("parking", 0)):
        one = [comer(at, service, work=15) for at in range(0, 60, 5)]
        asked = Search(Trials([one, one], rules(), 8), kinds, [1, 1], PARTS, SPANS, 0.8, 6)
        found = asked.find()
        assert found.grid[18, kind] > 1 and found.grid[18, 1 - kind] <= 1


def test_more_than_can_be_tried_is_said_to_be_so():
    crowd = [comer(0, work=60)] * 30
    found = Search(Trials([crowd], rules(), 8), *OFFICES["two alike"], PARTS, SPANS, 0.9, 3).find()
    assert found.missed == {18}


def test_a_service_that_people_come_for_is_never_left_without_a_desk():
    few = [comer(at) for at in range(0, 120, 10)] + [comer(60, "housing")]
    found = Search(Trials([sorted(few)], rules(), 8), *OFFICES["two specialists"], PARTS, SPANS, 0.5, 3).find()
    assert found.grid[20, 1] == 1 and found.grid[18, 1] == 0
