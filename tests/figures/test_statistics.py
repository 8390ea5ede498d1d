"""The statistics against what was published of them, and against the slow way."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.figures import measures, ranks
from reception.figures.statistics import kaplan_meier, newcombe, run_rules

# Freireich et al. 1963, the 6-mercaptopurine arm: weeks in remission, (seen, lost) at each
LEUKAEMIA = [
    (6, 3, 1), (7, 1, 0), (9, 0, 1), (10, 1, 1), (11, 0, 1), (13, 1, 0), (16, 1, 0), (17, 0, 1), (19, 0, 1), (20, 0, 1),
    (22, 1, 0), (23, 1, 0), (25, 0, 1), (32, 0, 2), (34, 0, 1), (35, 0, 1),
]  # fmt: skip
WAITS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
    [((48, 80), (56, 70), 0.0524, 0.3339), ((3, 10), (9, 10), 0.1705, 0.8090), ((0, 10), (10, 10), 0.6075, 1.0)],
)
def test_the_difference_of_two_shares_has_the_published_interval(one, other, low, high):
    assert newcombe(*one, *other)[1:] == pytest.approx((low, high), abs=0.00005)


def test_the_tail_is_the_published_one():
    # Survival is 0.857 at 6 weeks, 0.690 at 13, 0.538 at 22, 0.448 at 23 and falls no further.
    assert kaplan_meier(LEUKAEMIA, [10, 25, 50, 75]) == {10: 6, 25: 13, 50: 23, 75: None}


@given(WAITS)
def test_the_tail_of_millions_is_the_tail_of_a_few(waits):
    counts = [
        (ms, sum(one == (ms, True) for one in waits), sum(one == (ms, False) for one in waits))
        for ms in sorted({ms for ms, _seen in waits})
    ]
    wanted = kaplan_meier(counts, measures.PERCENTS)
    ordered = [numpy.array(sorted(ms for ms, seen in waits if seen == which), "<i4") for which in (True, False)]
    found = measures.tail(ordered[:1], ordered[1:])
    assert found == {f"p{percent}_ms": ms for percent, ms in wanted.items()}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5_000)), max_size=60), st.integers(1, 64))
def test_ranks_of_groups_are_those_of_each_groups_values_in_order(rows, cells):
    key, values = (numpy.array([row[at] for row in rows], "<i4") for at in (0, 1))
    for group, found in enumerate(ranks.Values(values, cells=cells).ranks(key, 4, measures.PERCENTS)):
        ordered = sorted(value for one, value in rows if one == group)
        at = [-(-percent * len(ordered) // 100) - 1 for percent in measures.PERCENTS]
        assert found == ([ordered[place] for place in at] if ordered else [None] * 3)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1, 9, 1, 9, 1, 9, 1, 9], {"median": 5, "shifts": [], "trends": []}),
        ([1, 1, 1, 1, 1, 9, 9, 9, 9, 9], {"median": 5, "shifts": [], "trends": []}),  # five in a row are chance
        ([1] * 6 + [9] * 6, {"median": 5, "shifts": [(0, 5), (6, 11)], "trends": []}),
        ([1] * 3 + [None] + [1] * 3 + [9] * 6, {"median": 5, "shifts": [(0, 6), (7, 12)], "trends": []}),
        ([5, 1, 2, 3, 4, 5, 1], {"median": 3, "shifts": [], "trends": [(1, 5)]}),
        ([], {"median": None, "shifts": [], "trends": []}),
    ],
)
def test_a_run_chart_tells_what_is_more_than_chance(values, found):
    assert run_rules(values) == found


def test_ranks_are_the_same_over_many_pieces_and_for_all_together():
    key, values = (numpy.arange(200_000, dtype="<i4") * step % most for step, most in ((7, 3), (7919, 1_000_003)))
    groups = [sorted(values[key == group].tolist()) for group in range(3)]
    at = [[-(-percent * len(ordered) // 100) - 1 for percent in (1, 50, 100)] for ordered in groups]
    wanted = [[ordered[place] for place in places] for ordered, places in zip(groups, at, strict=True)]
    assert ranks.Values(values).ranks(key, 3, (1, 50, 100)) == wanted
    (everybody,) = ranks.Values(values).ranks(None, 1, (1, 50, 100))
    assert everybody == [sorted(values.tolist())[place] for place in (1_999, 99_999, 199_999)]
