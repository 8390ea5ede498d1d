"""The server's time on a machine whose own clock is wrong, is set, or has lost the time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.keeping.clock import KeptClock
from tests.builders import TEN

HOUR = 3_600_000


class Hands:
    """A machine's clocks: what `passes` for all of them, and how wrong the one on the wall is."""

    def __init__(self, wrong: int = 0):
        self.true, self.wrong, self.steady, self.boot = TEN, wrong, 5_000, "first"

    def passes(self, ms: int) -> None:
        self.true, self.steady = self.true + ms, self.steady + ms

    def starts_again(self, *, off: int, wrong: int) -> None:
        self.true, self.steady, self.boot, self.wrong = self.true + off, 5_000, "second", wrong

    def clock(self, kept: dict | None = None) -> KeptClock:
        return KeptClock(kept, wall=lambda: self.true + self.wrong, steady=lambda: self.steady, boot=self.boot)

    def hears(self, clock: KeptClock, takes: int = 0) -> None:
        """The server says its time half way through what the question takes."""
        asked = self.steady
        self.passes(takes)
        clock.heard(self.true - takes // 2, asked=asked)


@pytest.mark.parametrize("wrong", [-HOUR, 0, HOUR, -30 * 365 * 24 * HOUR])
def test_once_the_server_was_heard_the_machines_own_clock_does_not_matter(wrong):
    hands = Hands(wrong)
    clock = hands.clock()
    hands.hears(clock, takes=40)
    hands.passes(2 * HOUR)
    assert (clock.now(), clock.about) == (hands.true, False)


def test_the_quickest_answer_says_best_when_it_was():
    hands = Hands()
    clock = hands.clock()
    hands.hears(clock, takes=10)
    asked = hands.steady
    clock.heard(hands.true, asked=asked - 900)  # an answer that was long under way, all of it on the way there
    assert clock.now() == hands.true
    hands.true += HOUR  # the server's clock has been set
    hands.hears(clock, takes=900)
    assert clock.now() == hands.true


@pytest.mark.parametrize("step", [-HOUR, -3_000, 3_000, HOUR])
def test_nor_does_setting_it_in_between(step):
    hands = Hands()
    clock = hands.clock()
    hands.hears(clock)
    hands.passes(60_000)
    hands.wrong += step
    hands.passes(60_000)
    assert clock.now() == hands.true


@pytest.mark.parametrize("wrong", [-HOUR, HOUR])
def test_a_keeper_that_is_started_again_goes_on_exactly(wrong):
    hands = Hands(wrong)
    clock = hands.clock()
    hands.hears(clock)
    hands.passes(HOUR)
    hands.wrong = 0  # somebody has put it right meanwhile
    again = hands.clock(clock.kept())
    assert (again.now(), again.about) == (hands.true, False)


def test_a_machine_that_starts_again_with_a_clock_as_wrong_as_before_is_right_but_says_that_it_is_not_sure():
    hands = Hands(wrong=HOUR)
    clock = hands.clock()
    hands.hears(clock)
    hands.starts_again(off=10 * 60_000, wrong=HOUR)
    again = hands.clock(clock.kept())
    assert (again.now(), again.about) == (hands.true, True)


def test_a_machine_that_has_lost_the_time_goes_on_from_when_it_last_heard():
    hands = Hands()
    clock = hands.clock()
    hands.hears(clock)
    heard = hands.true
    hands.starts_again(off=10 * 60_000, wrong=-30 * 365 * 24 * HOUR)
    again = hands.clock(clock.kept())
    hands.passes(1_000)
    assert (again.now(), again.about) == (heard + hands.steady, True)


def test_what_happened_since_it_started_is_known_exactly_once_the_server_is_heard():
    hands = Hands()
    clock = hands.clock()
    hands.hears(clock)
    hands.starts_again(off=HOUR, wrong=7 * HOUR)
    again = hands.clock(clock.kept())
    happened, moment = hands.true, again.moment()
    hands.passes(20 * 60_000)
    hands.hears(again)
    assert moment.about
    assert again.truly(moment) == (happened, False)


def test_what_happened_before_the_machine_started_again_stays_as_it_was_taken_to_be():
    hands = Hands()
    clock = hands.clock()
    hands.hears(clock)
    hands.passes(60_000)
    happened, moment = hands.true, clock.moment()
    hands.starts_again(off=HOUR, wrong=-9 * HOUR)
    again = hands.clock(clock.kept())
    hands.hears(again)
    assert again.truly(moment) == (happened, False)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("passes"), st.integers(1, 4 * HOUR)),
        st.tuples(st.just("is set"), st.integers(-4 * HOUR, 4 * HOUR)),
        st.tuples(st.just("hears"), st.integers(0, 4_000)),
        st.tuples(st.just("issues"), st.just(0)),
        st.tuples(st.just("restarts"), st.just(0)),
    ),
    max_size=30,
)


@given(steps, st.integers(-4 * HOUR, 4 * HOUR))
def test_arrivals_are_true_and_in_order_whatever_happens_to_the_clock(happens, wrong):
    """Within half of what a question took; and never later than now."""
    hands = Hands(wrong)
    clock = hands.clock()
    hands.hears(clock)
    issued, slowest = [], 0
    for what, by in happens:
        if what == "passes":
            hands.passes(by)
        elif what == "is set":
            hands.wrong += by
        elif what == "hears":
            hands.hears(clock, takes=by)
            slowest = max(slowest, by)
        elif what == "issues":
            issued.append((hands.true, clock.moment()))
        else:
            clock = hands.clock(clock.kept())
    hands.hears(clock, takes=20)
    told = [clock.truly(moment)[0] for _, moment in issued]
    assert told == sorted(told)
    assert all(abs(at - true) <= slowest + 20 and at <= clock.now() for (true, _), at in zip(issued, told, strict=True))
