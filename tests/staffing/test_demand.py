"""Who is to be expected: from the last days like it, whatever one odd day did."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reception.staffing.demand import PART, booked, foresee
from reception.staffing.drawing import Drawing
from reception.staffing.past import PastDay, is_after_holiday, past_day, spans, starts
from reception.staffing.planning import ground
from reception.staffing.shapes import Changes
from reception.staffing.taught import taught
from reception.things import Appointment
from tests.builders import visit
from tests.staffing.rooms import FIRST, MINUTE, NINE, WEEKDAYS, room, weeks

SETTINGS = room()
MONDAYS = [FIRST + timedelta(weeks=nth) for nth in range(9)]


def day(on: date, *minutes: float, service: str = "tax", bookings=()) -> PastDay:
    """A day on which somebody came at each of these minutes after nine."""
    start = starts(SETTINGS, on) + NINE
    came = [
        visit(id=f"{on} {nth}", service=service, arrived_at=start + round(at * MINUTE))
        for nth, at in enumerate(minutes)
    ]
    return past_day(SETTINGS, on, came, bookings, [])


def appointment(on: date, at: float) -> Appointment:
    return Appointment(
        f"{on} {at}", f"{on} {at}", on.isoformat(), "tax", starts(SETTINGS, on) + NINE + round(at * MINUTE)
    )


def test_each_half_hour_and_service_has_its_share_of_a_usual_day():
    past = [day(on, 5, 10, 40, 70) for on in MONDAYS[:8]]
    found = foresee(past, SETTINGS, MONDAYS[8])
    assert found.days == 8 and found.rates == {(18, "tax"): 2.0, (19, "tax"): 1.0, (20, "tax"): 1.0}


def test_one_odd_day_moves_neither_how_many_come_nor_when_by_much():
    past = [day(on, *range(0, 400, 10)) for on in MONDAYS[:8]]
    past[3] = day(MONDAYS[3], *[1] * 400)
    found = foresee(past, SETTINGS, MONDAYS[8])
    assert found.level == pytest.approx(40) and found.rates[18, "tax"] < 8


def test_what_comes_every_fourth_week_is_expected_a_quarter_of_a_time():
    past = [day(on, *range(0, 400, 10)) for on in MONDAYS[:8]]
    for nth in (2, 6):
        past[nth] = replace(past[nth], visits=[*past[nth].visits, *day(past[nth].day, 100, service="housing").visits])
    assert foresee(past, SETTINGS, MONDAYS[8]).rates[21, "housing"] == pytest.approx(0.25, rel=0.05)


def test_only_the_same_weekday_counts_and_only_its_last_eight():
    past = [day(on, 5) for on in MONDAYS[:8]] + [day(FIRST + timedelta(1), *range(50))]
    old = [day(FIRST - timedelta(weeks=nth), *range(100)) for nth in (1, 2)]
    assert foresee([*old, *past], SETTINGS, MONDAYS[8]).level == 1.0


def test_the_first_day_after_a_holiday_is_marked_and_is_no_usual_monday():
    tuesday = date(2026, 4, 7)  # after Easter Monday
    assert is_after_holiday(SETTINGS, tuesday)
    assert not is_after_holiday(SETTINGS, tuesday + timedelta(1)) and not is_after_holiday(SETTINGS, MONDAYS[3])
    closed = room(hours={**WEEKDAYS, "closed_on": [MONDAYS[3]]})
    assert is_after_holiday(closed, MONDAYS[3] + timedelta(1))
    busy = [day(tuesday - timedelta(weeks=nth), 5) for nth in range(4, 0, -1)] + [day(tuesday, *range(20))]
    assert foresee(busy, SETTINGS, tuesday + timedelta(weeks=1)).level == 1.0


def test_days_after_holidays_are_expected_as_much_busier_as_they_were():
    tuesdays = [date(2026, 4, 7) + timedelta(weeks=nth) for nth in range(-6, 7)]
    after = {date(2026, 4, 7), date(2026, 5, 5)}  # Easter Monday, early May
    past = [day(on, *range(60 if on in after else 40)) for on in tuesdays]
    found = foresee(past, SETTINGS, date(2026, 5, 26))  # after the spring bank holiday
    assert found.after_holiday and found.level == pytest.approx(60)
    assert not foresee(past, SETTINGS, date(2026, 6, 2)).after_holiday


def test_nothing_is_made_up_where_there_is_no_day_like_it():
    assert foresee([], SETTINGS, MONDAYS[0]).days == 0
    assert foresee([day(FIRST, 5)], SETTINGS, FIRST + timedelta(1)).days == 0


def test_bookings_are_those_of_the_day_once_they_are_as_many_as_usual():
    past = [day(on, 5, bookings=[appointment(on, 60), appointment(on, 120)]) for on in MONDAYS[:8]]
    own = booked([appointment(MONDAYS[8], at) for at in (30, 45)], starts(SETTINGS, MONDAYS[8]))
    assert foresee(past, SETTINGS, MONDAYS[8], own).bookings == (own,)
    usual = foresee(past, SETTINGS, MONDAYS[8], own[:1]).bookings
    assert len(usual) == 8 and usual[0] == ((NINE + 60 * MINUTE, "tax"), (NINE + 120 * MINUTE, "tax"))
    assert foresee(past, SETTINGS, MONDAYS[8], own[:1], near=True).bookings == (own[:1],)


def test_days_that_differ_more_than_chance_are_seen_to_do_so():
    steady = [day(on, *range(40)) for on in MONDAYS[:8]]
    wild = [day(on, *range(20 if nth % 2 else 60)) for nth, on in enumerate(MONDAYS[:8])]
    assert foresee(wild, SETTINGS, MONDAYS[8]).differs > 0.3 > 0.1 > foresee(steady, SETTINGS, MONDAYS[8]).differs
    assert foresee(wild[:2], SETTINGS, MONDAYS[2]).unsure > foresee(wild, SETTINGS, MONDAYS[8]).unsure


def test_drawn_days_are_as_full_as_was_foreseen_and_the_same_again():
    settings, past = weeks()
    on = ground(past, settings, past[-1].day, count=120)
    per_day = on.trials.people.sum()
    expected = on.demand.level + sum(map(len, on.demand.bookings)) / len(on.demand.bookings) * on.history.attending()
    assert per_day == pytest.approx(expected, rel=0.05)
    again = ground(past, settings, past[-1].day, count=2)
    assert again.trials.days == on.trials.days[:2]


def test_more_people_are_the_same_people_and_others():
    settings, past = weeks()
    on = ground(past, settings, past[-1].day, count=1)
    of = {
        percent: set(Drawing(on.demand, on.history, settings, on.spans, changes=Changes(people=percent)).comers(3))
        for percent in (-100, -20, 0, 20, 100)
    }
    assert not of[-100] and of[-20] < of[0] < of[20] < of[100]
    assert len(of[100]) == pytest.approx(2 * len(of[0]), rel=0.3)


def test_whoever_comes_before_opening_waits_from_the_opening_on():
    past = [day(on, -20, -10, 30) for on in MONDAYS[:8]]
    demand = foresee(past, SETTINGS, MONDAYS[8])
    drawing = Drawing(demand, taught(past, SETTINGS), SETTINGS, spans(SETTINGS, MONDAYS[8]))
    early = [one for nth in range(30) for one in drawing.comers(nth) if one.part == 17]
    assert early and all(one.there == one.since == NINE for one in early)
    assert PART == 30 * MINUTE


def test_a_day_with_a_lost_hour_keeps_its_wall_clock():
    sunday = date(2026, 3, 29)
    open_on_sunday = room(hours={**WEEKDAYS, "sunday": ["09:00-17:00"]})
    assert spans(open_on_sunday, sunday) == [(NINE, NINE + 8 * 60 * MINUTE)]
    always = room(hours=dict.fromkeys(SETTINGS.hours.weekly, ["00:00-00:00"]))
    assert spans(always, sunday)[0][1] == 24 * 60 * MINUTE


def completed(name: str, arrived: float, called: float, ended: float):
    """At desk 1; minutes after nine."""
    nine = starts(SETTINGS, FIRST) + NINE
    came, call, end = (nine + round(at * MINUTE) for at in (arrived, called, ended))
    at = {"arrived_at": came, "first_called_at": call, "last_called_at": call, "seen_at": call, "ended_at": end}
    return visit("completed", id=name, desk="1", **at)


def lengths(*visits) -> list[float]:
    """In minutes, as they are learned."""
    history = taught([past_day(SETTINGS, FIRST, visits, [], [])], SETTINGS)
    return [took / MINUTE for took in history.services["tax"].values]


def test_a_visit_that_stood_open_all_day_is_no_measure_of_how_long_they_take():
    assert lengths(completed("a", 0, 1, 11), completed("b", 20, 21, 450)) == [10]


def test_of_a_visit_that_ended_as_somebody_new_was_called_nobody_knows_how_long_it_took():
    """It may have been forgotten; not so where they had waited."""
    first = completed("a", 0, 0, 30)
    assert lengths(first, completed("b", 29.8, 30, 36)) == [6]
    assert lengths(first, completed("b", 25, 30, 36)) == [30, 6]
