"""How many tickets a roll still gives, and when somebody has changed it."""

import pytest

from reception.printing.rolls import Roll, RollWatch, tickets_left

METRES = {"roll_metres": 80, "near_end_metres": 3, "slip_mm": 90}
NEW, LOW = Roll(changed_at=1), Roll(changed_at=1, used_mm=79_000, near_end_mm=78_000)
OUT = Roll(changed_at=1, used_mm=80_000, near_end_mm=78_000, out=1)


@pytest.mark.parametrize(
    ("roll", "left"),
    [
        (NEW, 888),
        (Roll(changed_at=1, used_mm=71_000), 100),
        (Roll(used_mm=5_000), None),  # nobody saw it put in
        (Roll(used_mm=5_000, near_end_mm=5_000), 33),  # the printer's word is enough
        (LOW, 22),
        (Roll(changed_at=1, used_mm=90_000), 0),
        (OUT, 0),
    ],
)
def test_tickets_are_counted_from_what_is_known(roll, left):
    assert tickets_left(roll, **METRES) == left


def noticed(roll: Roll, *states: str) -> list[bool]:
    watch = RollWatch()
    return [watch.changed(state, roll) for state in states]


def test_paper_where_there_was_none_is_a_new_roll():
    assert noticed(OUT, "out", "cover", "ok") == [False, False, True]
    assert noticed(OUT, "out", "near_end") == [False, True]


def test_a_low_roll_that_is_not_low_once_the_cover_was_open_is_another():
    assert noticed(LOW, "near_end", "cover", "ok") == [False, False, True]


def test_a_sensor_that_wavers_is_believed_when_it_says_so_twice():
    assert noticed(LOW, "near_end", "ok", "near_end", "ok", "ok") == [False, False, False, False, True]


def test_a_roll_that_was_not_low_is_the_same_after_the_cover_was_open():
    assert noticed(NEW, "ok", "cover", "ok", "offline", "ok", "unknown", "ok") == [False] * 7
