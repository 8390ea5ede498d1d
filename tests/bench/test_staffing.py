"""The rows about staffing say what they measured."""

from bench.staffing import _one_more


def test_one_desk_more_is_told_to_be_no_worse_whatever_the_roster():
    row = _one_more(5)
    assert row.held and "of 5" in row.measured
