"""How far estimates were off before is what makes a range hold what it says."""

import random

import pytest

from reception.estimate import History
from reception.estimate.correction import chance_beyond, corrected, is_learning, learn
from tests.estimate.rooms import MINUTE

RAW = (8 * MINUTE, 12 * MINUTE, 17 * MINUTE)


def taught(wait, count: int = 200, key: str = "box") -> History:
    history = History()
    for _ in range(count):
        learn(history, key, RAW, wait() * MINUTE)
    return history


def test_ranges_of_an_office_that_is_slower_than_drawn_move_up_until_they_hold():
    chance = random.Random(1)
    slower = lambda: chance.gauss(20, 4)  # noqa: E731
    low, median, high = corrected(taught(slower), "box", RAW)
    assert median == pytest.approx(20 * MINUTE, rel=0.06)
    held = [low <= slower() * MINUTE <= high for _ in range(2000)]
    assert sum(held) / len(held) == pytest.approx(0.8, abs=0.06)


def test_what_was_learned_of_one_kind_of_estimate_leaves_the_others_alone():
    assert corrected(taught(lambda: 40), "other", RAW) == corrected(History(), "other", RAW)


def test_until_it_has_learned_the_range_is_wider_and_it_says_so():
    few, many = (taught(random.Random(2).choice, 0), taught(lambda: 12, 200))
    assert is_learning(few, "box") and not is_learning(many, "box")
    wide, narrow = (corrected(history, "box", RAW) for history in (few, many))
    assert wide[2] - wide[0] > narrow[2] - narrow[0]


def test_one_absurd_wait_does_not_run_away_with_the_range():
    history = taught(lambda: 12 * 60)
    assert corrected(history, "box", RAW)[2] < 60 * MINUTE


def test_the_chance_of_a_longer_wait_falls_with_its_length_and_is_certain_for_one_that_has_passed():
    history = taught(lambda: random.Random(3).gauss(12, 3))
    chances = [chance_beyond(history, "box", RAW, minutes * MINUTE) for minutes in (0, 5, 12, 20, 60)]
    assert chances == sorted(chances, reverse=True)
    assert chance_beyond(history, "box", RAW, -1) == 1.0 and chances[-1] == 0.0
