"""Wrong times: flagged by whoever saw it, corrected by a manager, with the trail of what was there."""

import pytest

from tests.builders import TEN
from tests.door.conftest import refused

MINUTE = 60_000


@pytest.fixture
def ended(door, hands):
    """Arrived at ten, called and seen three minutes later, finished at ten past."""
    visit = door.ticket()
    hands.go(minutes=3)
    door.next("1")
    hands.go(minutes=7)
    return door.finish(visit=visit.id, by="person:1", desk="1", outcome="resolved")


def test_a_flag_marks_the_visit_until_it_is_corrected(door, ended):
    assert door.flag_times(visit=ended.id, by="person:1").times_wrong == 1
    assert door.correct(visit=ended.id, by="person:boss", seen_at=TEN + 4 * MINUTE).times_wrong == 0


def test_a_correction_keeps_what_was_there_and_is_no_guess_any_more(door, ended):
    assert ended.seen_inferred == 1
    right = door.correct(visit=ended.id, by="person:boss", seen_at=TEN + 4 * MINUTE)
    assert (right.seen_at, right.seen_inferred) == (TEN + 4 * MINUTE, 0)
    assert door.told()[-1].changes["seen_at"] == [ended.seen_at, TEN + 4 * MINUTE]
    assert door.told()[-1].by == "person:boss"


def test_an_only_call_is_corrected_as_the_last_one_too(door, ended):
    right = door.correct(visit=ended.id, by="person:boss", first_called_at=TEN + MINUTE)
    assert (right.first_called_at, right.last_called_at) == (TEN + MINUTE, TEN + MINUTE)


@pytest.mark.parametrize(
    "times",
    [
        {"seen_at": TEN + 11 * MINUTE},  # after it ended
        {"seen_at": TEN},  # before the call
        {"ended_at": TEN + 60 * MINUTE},  # still to come
        {"arrived_at": TEN - 10 * 60 * MINUTE - 1},  # the evening before
        {"arrived_at": TEN + 4 * MINUTE},  # after the call
    ],
)
def test_times_that_cannot_be_are_refused(door, ended, times):
    with refused("times_implausible"):
        door.correct(visit=ended.id, by="person:boss", **times)
    assert door.stored(ended) == ended


def test_a_time_that_never_was_is_not_invented(door):
    visit = door.ticket()
    with refused("times_implausible"):
        door.correct(visit=visit.id, by="person:boss", seen_at=TEN)


def test_a_correction_can_be_undone(door, ended):
    door.correct(visit=ended.id, by="person:boss", seen_at=TEN + 4 * MINUTE)
    (back,) = door.undo(visit=ended.id, by="person:boss")
    assert back == ended


def test_a_visit_of_yesterday_ended_yesterday(door, hands, ended):
    hands.go(days=1)
    with refused("times_implausible"):
        door.correct(visit=ended.id, by="person:boss", ended_at=TEN + 14 * 60 * MINUTE + 1)
    assert (
        door.correct(visit=ended.id, by="person:boss", ended_at=TEN + 14 * 60 * MINUTE).ended_at == TEN + 840 * MINUTE
    )
