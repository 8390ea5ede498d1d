"""The rows about staffing say what they measured."""

from bench import looking_back, next_hour
from bench.staffing import _one_more
from reception.staffing import BackTest


def test_one_desk_more_is_told_to_be_no_worse_whatever_the_roster():
    row = _one_more(5)
    assert row.held and "of 5" in row.measured


def test_chances_are_judged_in_fifths_by_how_often_they_came_true():
    right = [(chance, nth < 100 * chance) for chance in (0.1, 0.3, 0.5, 0.7, 0.9) for nth in range(100)]
    row = next_hour._row(right)
    assert row.held and "500 asked: 10, 30, 50, 70, 90% likely came in 10, 30, 50, 70, 90 of" in row.measured
    assert not next_hour._row([(chance, False) for chance, _came in right]).held


def test_each_hour_that_is_asked_about_has_its_chance_and_what_came():
    found = list(next_hour.chances("2 desks", 1))
    assert len(found) == len(next_hour.HOURS)
    assert all(0 <= chance <= 1 and came in (True, False) for chance, came in found)


def test_what_is_greyed_out_by_chance_is_counted_apart_from_what_is_far_off():
    found = [BackTest("off", off=8.0), *[BackTest("chance", off=-6.0)] * 2, *[BackTest("trusted", off=1.0)] * 37]
    row = looking_back._row(found)
    assert row.held and row.measured == "**1** of 40 (3 off by more than 5 points; +0.8 on average)"
    assert not looking_back._row(found[:10]).held
