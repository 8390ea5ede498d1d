"""Breaks that are well formed and still cannot be meant: `reception check` doubts them in a sentence."""

from datetime import date

import pytest

from reception.checking import warnings
from tests.builders import office

HOURS = {"monday": ["09:00-12:00", "13:00-17:00"], "saturday": ["09:00-13:00"]}


def doubts(*breaks: str, hours=HOURS) -> list[str]:
    settings = office(desks=[{"key": "1", "name": "Desk 1", "breaks": list(breaks)}], hours=hours)
    return [said for said in warnings(settings, date(2026, 3, 2)) if "break" in said]


@pytest.mark.parametrize("outside", ["18:00-18:30", "12:00-13:00"])
def test_a_break_outside_the_opening_hours_is_doubted(outside):
    hours = {"monday": HOURS["monday"]}
    (said,) = doubts("10:30-11:00", outside, hours=hours)
    assert said.startswith(f"desk '1' has a break from {outside[:5]} to {outside[6:]}, when the office is never open.")
    assert "Write when nobody is there" in said


@pytest.mark.parametrize("long", ["09:00-17:00", "08:00-00:00", "00:00-00:00"])
def test_a_break_all_day_is_doubted(long):
    (said,) = doubts(long)
    assert "which is all of the opening hours: a desk that is never there is better left out." in said


def test_a_break_that_somebody_takes_is_not():
    assert doubts("12:30-13:30", "09:00-13:00") == []
    assert doubts("12:00-13:00") == []  # on Saturdays
    assert doubts("09:00-17:00", hours={}) == []  # never open, which is said already
