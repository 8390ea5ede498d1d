"""Which days are meant, and which are none."""

from datetime import date

import pytest

from reception.figures import period
from reception.figures.asking import LONGEST_PERIOD
from reception.refusals import Refusal
from tests.figures.a_monday import MONDAY, TUESDAY


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, (TUESDAY, TUESDAY)),
        ("", "", (TUESDAY, TUESDAY)),
        ("2026-03-02", None, (MONDAY, MONDAY)),
        (None, "2026-03-02", (MONDAY, MONDAY)),
        ("2026-03-02", "2026-03-03", (MONDAY, TUESDAY)),
        ("2024-03-03", "2026-03-03", (date(2024, 3, 3), TUESDAY)),
    ],
)
def test_a_period_is_whole_days(first, last, days):
    assert period(first, last, TUESDAY) == days


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-03-03", "2026-03-02", "period_backwards"),
        ("2026-03-03", "2026-03-04", "period_not_over"),
        ("1986-03-03", "2026-03-03", "period_too_long"),
        ("2006-01-01", "2026-03-03", "period_too_long"),
        ("yesterday", None, "period_unreadable"),
        ("2026-02-30", None, "period_unreadable"),
        ("20260302", None, "period_unreadable"),
        ("2026-W10-1", None, "period_unreadable"),
        ("٢٠٢٦-٠٣-٠٢", None, "period_unreadable"),
        ("0000-00-00", "9999-99-99", "period_unreadable"),
    ],
)
def test_a_period_that_is_none_is_refused_with_its_reason(first, last, why):
    with pytest.raises(Refusal) as refused:
        period(first, last, TUESDAY)
    assert (refused.value.key, refused.value.status) == (why, 422)
    assert LONGEST_PERIOD == 7320  # twenty years
