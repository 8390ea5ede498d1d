"""Who goes while they wait: the curve that calls nobody answered are laid through."""

import random

import numpy as np
import pytest

from reception.estimate import History
from reception.estimate.leaving import WAITED, Leaving

MINUTE = 60_000
LUCK = (np.arange(2000) + 0.5) / 2000


def gone(leaving: Leaving, waited: float) -> float:
    """The share who have gone without a word after so many minutes."""
    return float(np.mean(leaving.silently(LUCK) <= waited * MINUTE))


def taught(absent, calls: int = 4000, longest: float = 60, seed: int = 1) -> Leaving:
    """Calls after waits of up to `longest` minutes; of those after `w` minutes `absent(w)` are not answered."""
    chance, history = random.Random(seed), History()
    for _call in range(calls):
        waited = chance.random() * longest
        history.count_call(waited * MINUTE)
        if chance.random() < absent(waited):
            history.count_absent(waited * MINUTE)
    return history.leaving()


@pytest.mark.parametrize(
    "absent",
    [
        lambda waited: 1 - 0.5 ** (waited / 60),  # as many in each minute
        lambda waited: 1 - 0.5 ** ((waited / 45) ** 3),  # hardly anybody at first
        lambda waited: 0.04,  # who does not hear the call, however short the wait
        lambda waited: 0.0,
    ],
    ids=["steadily", "late", "never there", "nobody"],
)
def test_the_curve_is_the_one_that_calls_nobody_answered_tell_of(absent):
    found = taught(absent)
    assert [gone(found, waited) for waited in (3, 10, 20, 40)] == pytest.approx(
        [absent(waited) for waited in (3, 10, 20, 40)], abs=0.03
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_few_calls_hardly_move_what_is_believed_at_first(seed):
    at_first, few = Leaving.of({}), taught(lambda waited: 0.5, calls=2, seed=seed)
    assert gone(at_first, 10) < 0.03 < gone(at_first, 60) < 0.25
    assert gone(few, 10) < 0.25


def test_those_who_say_that_they_go_are_as_many_more_as_did():
    found = Leaving.of({f"called {step}": 100.0 for step in range(len(WAITED))} | {"absent 6": 20.0, "left": 300.0})
    silent = sum(100 * gone(found, waited) for waited in WAITED)
    assert found.told == pytest.approx(300 / (silent + 5), rel=0.1)
    both = np.minimum(found.telling(LUCK), found.silently(LUCK[::-1]))
    assert np.mean(both <= 37 * MINUTE) > gone(found, 37)


def test_whoever_was_seen_at_a_desk_had_not_gone_by_then():
    found = Leaving(missing=0.04, shape=2.0, half=30.0, told=1.0)
    after = found.silently(LUCK, 25 * MINUTE)
    assert after.min() >= 25 * MINUTE
    assert np.median(after) == pytest.approx(np.sqrt(25**2 + 30**2) * MINUTE, rel=0.01)
    assert np.mean(found.silently(LUCK) <= 0) == pytest.approx(0.04, abs=0.001)


def test_whoever_has_waited_and_is_there_goes_later_than_now():
    found = Leaving(missing=0.0, shape=2.0, half=30.0, told=1.0)
    after = found.telling(LUCK, 25 * MINUTE)
    assert after.min() >= 25 * MINUTE
    assert np.median(after) == pytest.approx(np.sqrt(25**2 + 30**2) * MINUTE, rel=0.01)
    assert np.array_equal(found.telling(LUCK, -MINUTE), found.telling(LUCK, 0))  # the office has not opened yet
