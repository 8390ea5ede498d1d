"""The clock never goes back: what was set on the wall does not shorten anybody's wait."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TEN, Hands

HOUR = 3_600_000


def test_time_passes_as_the_wall_says():
    hands = Hands()
    clock = hands.clock
    assert clock.now() == TEN
    hands.go(seconds=5)
    assert clock.now() == TEN + 5_000


def test_set_back_an_hour_time_flows_on_from_the_last_instant():
    hands = Hands()
    clock = hands.clock
    clock.now()
    hands.set_by(hours=-1)
    assert clock.now() == TEN
    hands.go(seconds=90)
    assert clock.now() == TEN + 90_000


def test_set_forward_the_wall_is_believed():
    hands = Hands()
    clock = hands.clock
    clock.now()
    hands.set_by(hours=1)
    assert clock.now() == TEN + HOUR


def test_it_is_never_before_what_is_already_recorded():
    assert Hands().clock.now(after=TEN + 7) == TEN + 7


def test_after_a_record_from_the_future_time_flows_on_from_there():
    hands = Hands()
    clock = hands.clock
    clock.now(after=TEN + HOUR)
    hands.go(seconds=1)
    assert clock.now() == TEN + HOUR + 1_000


def test_a_step_is_reported_once_with_its_size():
    hands = Hands()
    clock = hands.clock
    assert clock.stepped() is None
    hands.set_by(hours=-1)
    assert [clock.stepped(), clock.stepped()] == [-HOUR, None]
    hands.set_by(minutes=5)
    assert [clock.stepped(), clock.stepped()] == [300_000, None]


def test_two_seconds_are_no_step_but_small_ones_add_up():
    hands = Hands()
    clock = hands.clock
    clock.stepped()
    hands.set_by(seconds=2)
    assert clock.stepped() is None
    hands.set_by(seconds=1)
    assert clock.stepped() == 3_000


def test_time_that_merely_passes_is_no_step():
    hands = Hands()
    clock = hands.clock
    clock.stepped()
    hands.go(days=3)
    assert clock.stepped() is None


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(-HOUR, HOUR))))
def test_however_the_clock_is_set_no_instant_is_before_the_last_and_no_time_is_lost(turns):
    hands = Hands()
    clock = hands.clock
    last = clock.now()
    for passed, turned in turns:
        hands.go(milliseconds=passed)
        hands.set_by(milliseconds=turned)
        at = clock.now()
        assert at >= last + passed
        last = at
