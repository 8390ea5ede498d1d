"""A clock that somebody sets: waits go on counting, instants never decrease, and the record says that it happened."""

import pytest

from reception.refusals import Refusal
from tests.builders import TEN, Hands, open_door

HOUR = 3_600_000


def test_a_clock_set_back_an_hour_leaves_waits_counting(door, hands):
    ticket = door.ticket()
    hands.go(minutes=4)
    hands.set_by(hours=-1)
    hands.go(minutes=2)
    door.next("1")
    assert door.stored(ticket).last_called_at == TEN + 360_000


def test_a_step_of_the_clock_is_recorded_by_the_next_change(door, hands, caplog):
    door.ticket()
    hands.set_by(hours=-1)
    door.ticket()
    told = door.told()[1]
    assert (told.step, told.by, told.visit, told.changes) == (
        "clock_stepped",
        "system",
        None,
        {"clock_ms": [None, -HOUR]},
    )
    assert "clock was set by -3600000 ms" in caplog.text
    door.ticket()
    assert door.words() == ["issued", "clock_stepped", "issued", "issued"]


def test_a_step_of_the_clock_is_recorded_even_by_a_change_that_is_refused(door, hands):
    door.ticket()
    hands.set_by(hours=-1)
    with pytest.raises(Refusal):
        door.ticket("no-such-service")
    assert door.words() == ["issued", "clock_stepped"]


def test_a_clock_set_forward_is_believed_and_recorded(door, hands):
    door.ticket()
    hands.set_by(hours=1)
    assert door.ticket().arrived_at == TEN + HOUR
    assert door.told()[1].changes == {"clock_ms": [None, HOUR]}


def test_a_second_of_correction_is_not_recorded(door, hands):
    door.ticket()
    hands.set_by(seconds=-2)
    door.ticket()
    assert door.words() == ["issued", "issued"]


def test_a_restart_with_the_clock_an_hour_behind_goes_on_from_the_last_instant(door, hands, tmp_path):
    first = door.ticket()
    door.store.close()
    behind = Hands(TEN - HOUR)
    again = open_door(tmp_path / "reception.db", behind)
    second = again.ticket()
    behind.go(seconds=30)
    assert [again.stored(first).arrived_at, second.arrived_at, again.ticket().arrived_at] == [TEN, TEN, TEN + 30_000]


def test_instants_never_decrease(door, hands):
    for turn in (-3600, 7200, -60, -86_400, 1):
        door.ticket()
        hands.set_by(seconds=turn)
        hands.go(seconds=1)
    at = [step.at for step in door.told()]
    assert at == sorted(at)
    assert [step.number for step in door.told()] == list(range(1, len(at) + 1))
