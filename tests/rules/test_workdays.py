"""Promises are counted in working days of the office's own nation, and counting always comes to an end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.workdays import NATIONS, by_when, days_between, is_working_day

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
OFFICES = st.fixed_dictionaries(
    {
        "nation": st.sampled_from(sorted(NATIONS)),
        "weekly": st.sets(st.integers(1, 7), min_size=1),
        "closed_on": st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20),
    }
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-04-03", ""),  # Good Friday
        ("2026-04-06", "scotland"),  # Easter Monday
        ("2026-01-02", "england wales northern-ireland"),
        ("2026-03-17", "england wales scotland"),  # Saint Patrick
        ("2026-07-13", "england wales scotland"),  # the twelfth of July is a Sunday
        ("2027-07-12", "england wales scotland"),
        ("2026-08-03", "england wales northern-ireland"),  # Scotland's summer bank holiday
        ("2026-08-31", "scotland"),
        ("2026-11-30", "england wales northern-ireland"),  # Saint Andrew
        ("2026-12-28", ""),  # for Boxing Day, a Saturday
        ("2027-12-27", ""),  # for Christmas Day, a Saturday
        ("2027-12-28", ""),
        ("2026-12-29", "england wales scotland northern-ireland"),
        ("2022-09-19", ""),  # the Queen's funeral: by proclamation
    ],
)
def test_each_nation_has_its_own_bank_holidays(day, works):
    day = date.fromisoformat(day)
    assert {nation for nation in NATIONS if is_working_day(day, nation=nation)} == set(works.split())


@pytest.mark.parametrize(
    ("start", "days", "nation", "due"),
    [
        ("2026-03-02", 10, "england", "2026-03-16"),  # Monday to the Monday two weeks later
        ("2026-03-06", 1, "england", "2026-03-09"),
        ("2026-04-02", 1, "england", "2026-04-07"),  # over Easter
        ("2026-04-02", 1, "scotland", "2026-04-06"),
        ("2026-12-24", 1, "england", "2026-12-29"),
        ("2026-12-31", 1, "scotland", "2027-01-05"),  # 2 January is a Saturday, so Monday stands for it
        ("2026-12-31", 1, "england", "2027-01-04"),
        ("2026-03-07", 0, "england", "2026-03-09"),
        ("2026-03-09", 0, "england", "2026-03-09"),
    ],
)
def test_by_when_counts_the_working_days_after_the_start(start, days, nation, due):
    assert by_when(date.fromisoformat(start), days, nation=nation) == date.fromisoformat(due)


def test_an_offices_own_week_and_its_closed_days_are_left_out_too():
    saturdays_too = {"nation": "england", "weekly": {2, 3, 4, 5, 6}, "closed_on": [date(2026, 3, 7)]}
    assert by_when(date(2026, 3, 6), 1, **saturdays_too) == date(2026, 3, 10)
    assert by_when(date(2026, 3, 6), 1, **saturdays_too | {"closed_on": []}) == date(2026, 3, 7)


@given(DAYS, st.integers(1, 60), OFFICES)
def test_between_the_start_and_the_day_promised_lie_as_many_working_days(start, days, office):
    due = by_when(start, days, **office)
    assert due > start and is_working_day(due, **office)
    assert days_between(start, due, **office) == days == -days_between(due, start, **office)


@given(DAYS, OFFICES)
def test_no_days_at_all_is_the_first_working_day_from_today(start, office):
    due = by_when(start, 0, **office)
    assert due >= start and is_working_day(due, **office)
    assert days_between(start - timedelta(days=1), due, **office) == 1


@given(DAYS, st.integers(-500, 500), st.integers(-500, 500), OFFICES)
def test_counts_add_up(first, further, onward, office):
    middle = first + timedelta(days=further)
    last = middle + timedelta(days=onward)
    whole = days_between(first, last, **office)
    assert whole == days_between(first, middle, **office) + days_between(middle, last, **office)


@pytest.mark.parametrize(
    ("start", "days", "office", "told"),
    [
        ("2026-03-02", -1, {}, "Give 0 or more"),
        ("2026-03-02", 5, {"weekly": ()}, "works on no day"),
        ("2026-03-02", 5, {"weekly": {8}}, "works on no day"),
        ("2026-03-02", 5, {"nation": "cornwall"}, "no nation called 'cornwall'"),
        ("2026-03-02", 10**12, {}, "beyond the calendar"),
        ("9999-12-30", 5, {}, "beyond the calendar"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_sentence(start, days, office, told):
    with pytest.raises(ValueError, match=told):
        by_when(date.fromisoformat(start), days, **{"nation": "england"} | office)


def test_an_office_closed_for_years_is_told_so_or_counted_over():
    closed = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(1_500)]
    assert by_when(date(2026, 3, 2), 1, nation="wales", closed_on=frozenset(closed)) == date(2030, 2, 11)
