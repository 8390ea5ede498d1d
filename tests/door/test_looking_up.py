"""What a page asks of the front desk before anything is done."""

import pytest

from reception.owing import Promised
from reception.refusals import Refusal


def test_somebody_is_found_by_todays_number_however_it_is_typed_even_when_gone(door):
    visit = door.ticket()
    gone = door.take("cancel", visit)
    assert door.numbered(f" {visit.number[0].lower()} {visit.number[1:]} ") == gone


def test_yesterdays_number_is_nobodys_today(door, hands):
    number = door.ticket().number
    hands.go(days=1)
    with pytest.raises(Refusal, match="unknown_number"):
        door.numbered(number)


def test_working_days_left_are_counted_without_the_day_itself_and_turn_negative(door, hands):
    made = door.promise(Promised("We will write.", days=3), by="person:1")  # made on a Monday
    left = []
    for _day in range(8):
        left.append(door.days_left(made, door.now()))
        hands.go(days=1)
    assert left == [3, 2, 1, 0, -1, -1, -1, -2]  # Friday is one too many, and the weekend no more than that
