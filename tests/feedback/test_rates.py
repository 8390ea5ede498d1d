"""Complaints for each thousand visits, beside a published table of exact Poisson limits."""

import pytest

from reception.feedback.rates import FEWEST, byar, rate, top_of_scale


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(1, 0.03, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89), (50, 37.11, 65.92)],
)
def test_the_interval_is_that_of_the_exact_table_but_for_a_twentieth(count, low, high):
    """The limits of Ulm 1990, from the chi-squared distribution."""
    found = byar(count)
    assert found[0] == pytest.approx(low, abs=0.05)
    assert found[1] == pytest.approx(high, abs=0.05)


def test_nobody_complaining_is_not_proof_that_nobody_ever_will():
    found = rate(0, 1000)
    assert (found["per_1000"], found["low"]) == (0, 0)
    assert 3 < found["high"] < 4


def test_a_rate_is_of_a_thousand_visits_and_of_few_there_is_none():
    assert rate(6, 4000)["per_1000"] == 1.5
    assert rate(3, FEWEST - 1)["per_1000"] is None
    assert rate(0, 0)["per_1000"] is None


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (0.9, 1), (1.1, 2), (3, 5), (7, 10), (12, 20), (21, 50)])
def test_a_scale_ends_at_a_round_number(highest, top):
    assert top_of_scale(highest) == top
