"""What is said of a wait: rounded as people say it, never flickering, never later without saying so."""

from hypothesis import given
from hypothesis import strategies as st

from reception.estimate import Expectation
from reception.estimate.said import said
from tests.builders import TEN, instant

MINUTE = 60_000
TARGET, WALK = 5 * MINUTE, 25_000
MINUTES = st.integers(0, 12 * 60 * MINUTE).map(lambda ms: ms / MINUTE)


def told(low: float, high: float, *, at: int = TEN, **more):
    """What is said of an estimate in minutes."""
    found = Expectation("range", round(low * MINUTE), round((low + high) / 2 * MINUTE), round(high * MINUTE), False)
    return said(found, at=at, target_ms=TARGET, walk_ms=WALK, **more)


@st.composite
def estimates(draw):
    """(low, high in minutes, the instant, what was said before or None)."""
    low, high = sorted((draw(MINUTES), draw(MINUTES)))
    at = TEN + draw(st.integers(0, 86_400_000))
    before = draw(st.none() | st.integers(-60, 600).map(lambda minutes: (at // MINUTE + minutes) * MINUTE))
    return low, high, at, before


@given(estimates())
def test_a_range_holds_its_own_time_and_is_of_five_minutes_at_least(asked):
    low, high, at, before = asked
    found = told(low, high, at=at, before=before)
    assert 0 <= found.low < found.high and found.low % 5 == 0
    assert found.low <= (found.by_at - at) / MINUTE <= found.high
    assert found.by_at % MINUTE == 0 and found.by_at >= at


@given(estimates())
def test_nothing_is_said_that_the_estimate_does_not_hold(asked):
    low, high, at, _before = asked
    found = told(low, high, at=at)
    assert found.low <= low and high <= found.high
    assert at + high * MINUTE - 1 <= found.by_at < at + (high + 5) * MINUTE


@given(estimates())
def test_a_time_once_said_moves_by_five_minutes_or_not_at_all(asked):
    low, high, at, before = asked
    found = told(low, high, at=at, before=before)
    if before is not None:
        assert found.by_at == before or abs(found.by_at - before) >= 5 * MINUTE
        assert found.later == (found.by_at > before)
        assert found.by_at > before or before > at  # what has passed is said no more


@given(estimates())
def test_nobody_sees_a_countdown(asked):
    """As long as nothing changes but the time, the same "by" is said until it has come."""
    low, high, at, _before = asked
    first = told(low, high, at=at)
    passed = min(high, 4.9)
    again = told(max(0, low - passed), high - passed, at=round(at + passed * MINUTE), before=first.by_at)
    assert again.by_at == first.by_at or again.by_at <= first.by_at - 5 * MINUTE or first.by_at <= again.at


def test_within_the_target_the_walk_to_the_desk_counts():
    found = told(0, 4, at=instant("2026-03-02 10:27"))
    assert (found.key, found.low, found.high, found.by_at) == ("within", 0, 5, instant("2026-03-02 10:31"))
    assert told(0, 4.9).key == "range"  # called in 4:54, and seen after five minutes


def test_ends_are_rounded_as_people_say_them():
    at = instant("2026-03-02 10:20")
    ends = [(told(low, high, at=at).low, told(low, high, at=at).high) for low, high in
            ((3, 7), (11, 24), (24, 31), (38, 58), (59, 61), (75, 100))]  # fmt: skip
    assert ends == [(0, 10), (10, 25), (20, 40), (35, 60), (55, 75), (75, 105)]
    assert told(11, 24, at=at).by_at == instant("2026-03-02 10:45")
    assert told(3, 7, at=at).by_at == instant("2026-03-02 10:27")  # so near, to the minute


def test_an_estimate_to_the_millisecond_is_said_as_a_range():
    assert (told(5, 5).low, told(5, 5).high) == (0, 5)


def test_long_or_wide_is_a_reason_to_come_back_another_time():
    assert [told(low, high).offer for low, high in ((0, 4), (10, 25), (5, 40), (40, 50))] == [False, False, True, True]


def test_an_earlier_time_is_said_and_is_no_slip():
    found = told(1, 20, before=TEN + 40 * MINUTE, first=TEN + 40 * MINUTE)
    assert (found.by_at, found.later) == (TEN + 20 * MINUTE, False)


def test_it_stays_later_than_was_said_first_until_it_is_not():
    then = {"before": TEN + 30 * MINUTE, "first": TEN + 20 * MINUTE}
    assert told(5, 29, **then).later is True
    assert told(5, 19, **then).later is False


def test_a_delay_after_an_earlier_time_is_one_for_as_long_as_it_stands():
    first = TEN + 30 * MINUTE
    slip = told(5, 20, before=TEN + 15 * MINUTE, first=first)
    assert (slip.by_at, slip.later) == (TEN + 20 * MINUTE, True)
    assert told(5, 20, before=slip.by_at, first=first, slipped=True).later is True
    assert told(5, 10, before=slip.by_at, first=first, slipped=True).later is False  # earlier again


def test_where_there_is_no_telling_by_when_no_time_is_given():
    found = said(Expectation("from", 12 * MINUTE, 40 * MINUTE, None), at=TEN, target_ms=TARGET)
    assert (found.key, found.low, found.high, found.by_at, found.offer) == ("from", 10, None, None, True)
    nobody = Expectation("no_number", opens_at=TEN + 60 * MINUTE)
    found = said(nobody, at=TEN, target_ms=TARGET, before=TEN + MINUTE)
    assert (found.key, found.low, found.opens_at, found.by_at) == ("no_number", None, TEN + 60 * MINUTE, None)
    assert found.later
