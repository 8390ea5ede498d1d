"""What the search asks for, beside every roster there is, tried one after another."""

import pytest

from reception.staffing.search import PATIENCE, Search
from reception.staffing.trials import Trials
from tests.staffing.rooms import comer, rules
from tests.staffing.small import OFFICES, PARTS, SPANS, fewest, search


@pytest.mark.parametrize("name", OFFICES)
@pytest.mark.parametrize(("a_day", "goal", "seed"), [(30, 0.8, 2), (50, 0.7, 3), (70, 0.6, 1)])
def test_it_is_within_a_desk_hour_a_day_of_the_fewest_that_hold(name, a_day, goal, seed):
    asked = search(name, a_day, goal, seed=seed)
    found = asked.find()
    assert not found.missed and asked.holds(found.grid)
    assert sum(found.grid.values()) - fewest(asked) <= 2


@pytest.mark.parametrize(("a_day", "goal", "seed", "most"), [(100, 0.7, 1, 3), (70, 0.9, 2, 4), (70, 0.9, 5, 4)])
def test_it_gives_no_half_hour_up_where_desks_of_other_kinds_about_then_save_it(a_day, goal, seed, most):
    """Days on which few of all rosters hold, and none that differs in one half hour from what adding desks comes to."""
    asked = search("two specialists", a_day, goal, most, seed)
    found = asked.find()
    assert not found.missed and asked.holds(found.grid)


def test_it_gives_up_what_not_even_a_crowd_would_save_and_keeps_the_goal_elsewhere():
    lost = [comer(30 + nth, "moving house") for nth in range(5)]
    served = [comer(at, service, work=8) for at in range(0, 120, 8) for service in ("tax", "housing")]
    asked = Search(Trials([sorted(served + lost)], rules(), 8), *OFFICES["two specialists"], PARTS, SPANS, 0.9, 4)
    found = asked.find()
    assert found.missed == {19} and asked.patience == PATIENCE
    assert min(found.run.shares()[[18, 20, 21]]) >= 0.9


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
