"""Erlang's formula against the values that others have printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.staffing.erlang import chance_to_wait, desks_for, share_on, share_within


@pytest.mark.parametrize(
    ("desks", "load", "chance"),
    # One desk: its load. Two at 1, three at 2, five at 4: the fractions of every textbook's table.
    [(1, 0.6, 0.6), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9), (5, 4.0, 0.5541), (55, 48.0, 0.239)],
)
def test_the_chance_to_wait_is_the_published_one(desks, load, chance):
    assert chance_to_wait(desks, load) == pytest.approx(chance, abs=5e-4)


@pytest.mark.parametrize(("agents", "waits", "within"), [(11, 0.682, 0.390), (13, 0.285, 0.796), (14, 0.174, 0.888)])
def test_a_call_centre_of_a_hundred_calls_of_three_minutes_in_half_an_hour(agents, waits, within):
    """The worked example that is printed with nearly every calculator; answered within 20 seconds."""
    assert chance_to_wait(agents, 10) == pytest.approx(waits, abs=5e-4)
    assert share_within(agents, 100 / 30, 3, 20 / 60) == pytest.approx(within, abs=5e-4)


def test_the_fewest_desks_are_found():
    assert desks_for(0.8, [100 / 30], 3, 20 / 60) == 14
    assert desks_for(0.79, [100 / 30], 3, 20 / 60) == 13


def test_more_than_can_be_helped_are_never_seen_in_time_and_no_number_of_desks_is_made_up():
    assert share_within(3, 1, 3, 5) == 0.0
    assert desks_for(0.8, [100.0], 30, 5, most=10) is None


def test_with_nobody_to_come_one_desk_is_enough():
    assert desks_for(0.8, [0.0], 10, 5) == 1


def test_days_that_differ_need_more_than_their_mean():
    assert share_on(4, [0.2, 0.4], 10, 5) < share_on(4, [0.3], 10, 5)


@given(st.integers(1, 40), st.floats(0, 60), st.floats(0.1, 60), st.floats(0, 30))
def test_one_desk_more_is_never_worse(desks, load, minutes, within):
    rate = load / minutes
    assert share_within(desks + 1, rate, minutes, within) >= share_within(desks, rate, minutes, within) - 1e-12
    assert 0 <= share_within(desks, rate, minutes, within) <= 1
