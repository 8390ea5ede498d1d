"""How right it would have been: said in points, and off where it was off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reception.figures.judging import HIT, LEFT_IN_TIME, judge
from reception.figures.rules import rules_of
from reception.simulating import Habits, simulate
from reception.staffing.looking_back import LIMIT, looked_back
from reception.staffing.past import NOON
from tests.staffing.rooms import FIRST, behind, room, weeks


def happened(settings, past):
    """As the office's figures judge it."""
    rules = rules_of(settings)

    def of(first: date, last: date) -> tuple[int, int]:
        days = [day for day in past if first <= day.day <= last]
        fates = [judge(visit, (), rules, day.starts + 2 * NOON).fate for day in days for visit in day.visits]
        return fates.count(HIT), sum(fate < LEFT_IN_TIME for fate in fates)

    return of


def back(settings, past, today=FIRST + timedelta(weeks=12), of=None):
    return looked_back(past, settings, today, happened(settings, of or past), count=15)


def steady():
    return weeks(12, a_day=45, seed=4)


def test_weeks_like_those_before_are_foreseen_within_five_points():
    settings, past = steady()
    found = back(settings, past)
    assert found.key == "trusted" and abs(found.off) <= 5
    assert [week.first for week in found.weeks] == [(FIRST + timedelta(weeks=nth)).isoformat() for nth in range(8, 12)]
    assert all(abs(week.expected - week.happened) < 0.2 and week.people > 150 for week in found.weeks)


def test_a_month_that_nobody_could_foresee_greys_the_advice_out():
    settings = room()
    calm, full = (Habits(a_day=count, booked=0.15) for count in (30, 75))
    past = behind(settings, simulate(settings, FIRST, 40, habits=calm))
    past += behind(settings, simulate(settings, FIRST + timedelta(weeks=8), 20, habits=full))
    found = back(settings, past)
    assert found.key == "off" and found.off > 5


def test_weeks_that_chance_alone_explains_are_told_apart_from_those_it_does_not():
    """The same weeks, in which a little or far more than expected missed the goal."""
    settings, past = steady()
    real = back(settings, past)
    middle = sum(week.expected * week.people for week in real.weeks) / sum(week.people for week in real.weeks)
    assert real.low < middle < real.high and real.high - real.low > 2 * LIMIT / 100

    def verdict(share: float):
        of = happened(settings, past)
        return looked_back(
            past, settings, FIRST + timedelta(weeks=12), lambda *week: _so_many(of(*week), share), count=15
        )

    by_chance, not_by_chance = verdict((real.low + middle) / 2), verdict(real.low - 0.05)
    assert not_by_chance.key == "off" and not_by_chance.happened < not_by_chance.low
    assert by_chance.key == ("chance" if by_chance.off > LIMIT else "trusted")
    assert verdict(middle - (LIMIT + 0.3) / 100).key == "chance"


def _so_many(of: tuple[int, int], share: float) -> tuple[float, int]:
    return share * of[1], of[1]


def test_the_desks_that_were_really_open_are_what_counts():
    settings, past = steady()
    today = FIRST + timedelta(weeks=12)
    without = [_with_one_desk(day) if day.day >= today - timedelta(weeks=4) else day for day in past]
    whole, half = (back(settings, days, of=past) for days in (past, without))
    for a, b in zip(whole.weeks, half.weeks, strict=True):
        assert b.expected < a.expected - 0.1


def _with_one_desk(day):
    return replace(day, there={"1": day.there["1"]})


def test_too_early_is_no_verdict():
    settings, past = steady()
    recent = [day for day in past if day.day >= FIRST + timedelta(weeks=9)]
    found = back(settings, recent)
    assert found.key == "too_early"
    assert back(settings, []).key == "too_early"


def test_a_week_in_which_the_office_was_closed_is_left_out():
    settings, past = steady()
    closed = FIRST + timedelta(weeks=10)
    open_days = [day for day in past if not closed <= day.day < closed + timedelta(weeks=1)]
    found = back(settings, open_days)
    assert (found.weeks[2].expected, found.weeks[2].happened, found.weeks[2].people) == (None, None, 0)
    assert found.off == pytest.approx(0, abs=10)
