"""The office's own clock: days of 23, 24 and 25 hours, midnight, breaks and closed days."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.hours import WEEKDAYS, day_bounds, day_of, is_open, local, next_opening, opened_at, openings
from tests.builders import LONDON, instant

HOUR = 3_600_000
SUNDAYS_OFF = {day: [(time(9), time(12)), (time(13), time(17))] for day in WEEKDAYS} | {"sunday": []}
ALL_DAY = dict.fromkeys(WEEKDAYS, [(time(0), time(0))])
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/London", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe", "Asia/Kolkata")
]


@pytest.mark.parametrize(("day", "hours_long"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_lasts_as_long_as_the_clocks_make_it(day, hours_long):
    first, last = day_bounds(day, LONDON)
    assert last - first == hours_long * HOUR
    assert [day_of(at, LONDON) for at in (first - 1, first, last - 1, last)] == [
        day_of(first - 1, LONDON),
        day,
        day,
        day_of(last, LONDON),
    ]
    assert day_of(first - 1, LONDON) < day < day_of(last, LONDON)


@given(st.integers(instant("2020-01-01"), instant("2035-01-01")), st.sampled_from(ZONES))
def test_every_instant_lies_within_the_bounds_of_its_own_day(at, zone):
    first, last = day_bounds(day_of(at, zone), zone)
    assert first <= at < last


def test_in_summer_the_day_turns_at_local_midnight_not_at_utc():
    assert day_of(instant("2026-06-30 23:59"), LONDON) == "2026-06-30"
    assert day_of(instant("2026-07-01 00:00"), LONDON) == "2026-07-01"
    assert local(instant("2026-07-01 00:00"), LONDON).hour == 0


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-03-02 08:59:59.999", False),
        ("2026-03-02 09:00", True),
        ("2026-03-02 11:59:59.999", True),
        ("2026-03-02 12:00", False),
        ("2026-03-02 13:00", True),
        ("2026-03-02 17:00", False),
        ("2026-03-01 10:00", False),
    ],
)
def test_it_is_open_from_the_first_instant_of_a_span_and_shut_at_its_last(at, answer):
    assert is_open(instant(at), LONDON, SUNDAYS_OFF, []) is answer


def test_a_day_named_as_closed_has_no_openings():
    at = instant("2026-12-25 10:00")
    assert is_open(at, LONDON, SUNDAYS_OFF, [])
    assert openings(at, LONDON, SUNDAYS_OFF, [date(2026, 12, 25)]) == []


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-10-26"])
def test_all_day_is_the_whole_of_a_short_and_of_a_long_day(day):
    assert openings(instant(f"{day} 12:00"), LONDON, ALL_DAY, []) == [day_bounds(day, LONDON)]


def test_nine_is_nine_on_the_wall_after_the_clocks_have_changed():
    weekly = dict.fromkeys(WEEKDAYS, [(time(9), time(17))])
    for day, length in (("2026-03-29", 8), ("2026-10-25", 8)):
        ((start, end),) = openings(instant(f"{day} 12:00"), LONDON, weekly, [])
        assert (local(start, LONDON).hour, local(end, LONDON).hour, (end - start) // HOUR) == (9, 17, length)


def test_a_span_across_the_hour_that_is_repeated_is_an_hour_longer():
    weekly = dict.fromkeys(WEEKDAYS, [(time(0), time(3))])
    ((start, end),) = openings(instant("2026-10-25 12:00"), LONDON, weekly, [])
    assert end - start == 4 * HOUR


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        ("2026-03-02 08:00", "2026-03-02 09:00"),
        ("2026-03-02 10:00", "2026-03-02 09:00"),
        ("2026-03-02 12:30", "2026-03-02 13:00"),
        ("2026-03-02 14:00", "2026-03-02 13:00"),
        ("2026-03-02 18:00", None),
        ("2026-03-01 10:00", None),
    ],
)
def test_a_wait_before_opening_counts_from_the_opening_it_waits_for(at, opened):
    assert opened_at(instant(at), LONDON, SUNDAYS_OFF, []) == (opened and instant(opened))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-02 08:00", "2026-03-02 09:00"),
        ("2026-03-02 09:00", "2026-03-02 13:00"),
        ("2026-03-02 17:00", "2026-03-03 09:00"),
        ("2026-02-28 18:00", "2026-03-02 09:00"),
        ("2026-03-28 18:00", "2026-03-30 09:00"),
        ("2026-10-24 18:00", "2026-10-26 09:00"),
    ],
)
def test_the_next_opening_is_found_over_nights_closed_days_and_clock_changes(at, opens):
    assert next_opening(instant(at), LONDON, SUNDAYS_OFF, []) == instant(opens)


def test_an_office_that_never_opens_has_no_next_opening():
    assert next_opening(instant("2026-03-02 08:00"), LONDON, dict.fromkeys(WEEKDAYS, []), []) is None
