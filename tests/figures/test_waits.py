import random
from datetime import date
from itertools import pairwise

import numpy
import pytest
from hypothesis import given

from reception.figures import facts, measures, report, statistics
from reception.figures.judging import judge
from reception.figures.rules import rules_of
from reception.figures.sums import Shape, sums_of
from reception.hours import day_bounds
from reception.visit import Visit, close, take
from tests.builders import office
from tests.figures.oracle import Story, expected, same
from tests.figures.stories import LONDON, TARGET, WALK, Day, days, london_day, told

START, END = day_bounds("2026-01-12", LONDON)
NINE = START + 9 * 3_600_000
LATER = END + TARGET


def a_visit(arrived_at=NINE, **fields) -> Visit:
    given = {"service": "housing", "state": "waiting", "place": 1, "channel": "kiosk", "token": None} | fields
    return Visit(id=str(arrived_at), office="demo", day="2026-01-12", number="C001", arrived_at=arrived_at, **given)


RULES = rules_of(office())


def facts_of(visits, *, now, steps=None):
    return facts.of([(one, judge(one, (steps or {}).get(one.id, ()), RULES, now)) for one in visits], LONDON)


def measured(*visits, now=LATER, steps=None):
    return total(facts_of(visits, now=now, steps=steps))


def total(found):
    return report.total([sums_of(found, Shape(TARGET))], TARGET)


def called(at, visit=None):
    return take(visit or a_visit(), "called", at, desk="1")


def seen(at, visit=None):
    return take(called(at, visit), "started", at)


@given(days())
def test_figures_are_what_the_definitions_say_to_the_millisecond(day: Day):
    wanted = expected(day.stories, target=TARGET, now=day.now, walk=WALK, start=day.start, end=day.end, zone=LONDON)
    found = facts_of(day.visits, now=day.now, steps=day.steps)
    assert same(total(found), wanted["total"])
    first = london_day(day.start)
    parts = report.parts([sums_of(found, Shape(TARGET, unit=report.itself))], first, first, {})
    for of, name in (("services", "key"), ("hours", "hour")):
        assert {one[name] for one in parts[of]} == set(wanted[of])
        for one in parts[of]:
            assert same(one, wanted[of][one[name]])


def test_300_seconds_is_in_time_and_a_millisecond_more_is_not():
    assert [measured(seen(NINE + wait))["share"] for wait in (TARGET, TARGET + 1)] == [1.0, 0.0]


def test_somebody_before_opening_waits_from_opening_and_never_less_than_nothing():
    early = a_visit(NINE - 600_000, opens_at=NINE)
    assert measured(seen(NINE + 120_000, early))["longest_ms"] == 120_000
    assert measured(seen(NINE - 1_000, early))["longest_ms"] == 0


def test_a_booked_visitor_waits_from_the_booked_time():
    assert measured(seen(NINE + 700_000, a_visit(booked_at=NINE + 600_000)))["median_ms"] == 100_000


def test_somebody_who_arrived_less_than_the_target_ago_is_not_judged_yet_but_can_wait_longest():
    figures = measured(a_visit(), now=NINE + TARGET - 1)
    assert (figures["n"], figures["arrivals"], figures["recent"]) == (0, 0, 1)
    assert figures["longest_ms"] == TARGET - 1


def test_still_waiting_past_the_target_is_a_miss_and_counts_for_the_longest():
    figures = measured(a_visit(), seen(NINE + 1_000, a_visit(NINE + 1)), now=NINE + TARGET + 1)
    assert (figures["hits"], figures["misses"], figures["longest_ms"]) == (1, 1, TARGET + 1)


def test_leaving_before_the_target_is_apart_and_after_it_a_miss():
    early, late = (take(a_visit(), "left", NINE + after) for after in (TARGET - 1, TARGET + 1))
    assert [measured(one)["n"] for one in (early, late)] == [0, 1]
    assert [measured(one)["left_without_being_seen"] for one in (early, late)] == [1, 1]


def test_called_in_time_and_not_there_is_apart_and_called_late_a_miss():
    in_time, late = (take(called(NINE + after), "no_show", NINE + after + 9_000) for after in (TARGET, TARGET + 1))
    assert [(measured(one)["n"], measured(one)["no_shows"]) for one in (in_time, late)] == [(0, 1), (1, 1)]


def test_a_no_show_closed_with_the_day_is_still_a_no_show():
    _, closed = close(take(called(NINE + 1_000), "no_show", NINE + 9_000), END)
    figures = measured(closed)
    assert (figures["no_shows"], figures["closed_unserved"], figures["auto_closed"]) == (1, 0, 1)


def test_somebody_put_back_in_the_line_who_leaves_after_the_target_is_a_miss():
    back = take(called(NINE + 1_000), "returned", NINE + 2_000)
    gone = take(back, "left", NINE + TARGET + 1)
    assert measured(gone, steps={gone.id: [told("left", gone.ended_at, back, gone)]})["misses"] == 1
    assert measured(gone)["no_shows"] == 1  # without having been put back


def test_the_clock_runs_on_through_recall_and_return_and_the_first_time_seen_counts():
    twice = take(take(seen(NINE + 60_000), "returned", NINE + 90_000), "called", NINE + 900_000, desk="2")
    assert measured(take(twice, "started", NINE + 910_000))["median_ms"] == 60_000


def test_a_mistake_is_no_wait_of_anybodys():
    figures = measured(take(a_visit(), "cancelled", NINE + 900_000))
    assert (figures["n"], figures["apart"], figures["longest_ms"]) == (0, 1, None)


def test_nobody_is_no_share_at_all():
    figures = measured()
    assert (figures["n"], figures["share"], figures["interval"], figures["median_ms"]) == (0, None, None, None)


def test_zero_waits_count():
    assert measured(seen(NINE), seen(NINE + 60_001, a_visit(NINE + 1)))["median_ms"] == 0


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(hits, n, low, high):
    assert statistics.wilson(hits, n) == pytest.approx((low, high), abs=0.00005)


def test_percentiles_are_values_that_were_measured():
    # The textbook example of nearest rank
    values = [15, 20, 35, 40, 50]
    assert [statistics.nearest_rank(values, percent) for percent in (5, 30, 40, 50, 100)] == [15, 20, 20, 35, 50]


def test_a_wait_of_exactly_a_width_is_drawn_within_it():
    counts = measures.distribution(numpy.array([0, 1, 60_000, 60_001, 1_200_000, 1_200_001]), 60_000, 20)
    assert (counts[0], counts[1], counts[19], counts[20], sum(counts)) == (3, 1, 1, 1, 6)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_hour_is_the_office_clocks_when_the_clocks_change(day):
    start, end = day_bounds(day.isoformat(), LONDON)
    found = facts_of([a_visit(start), a_visit(end - 1)], now=end + TARGET)
    assert set(found["minute"] // 60) == {0, 23}


def test_littles_law_holds_on_a_simulated_day():
    """Mean number waiting = arrivals a second × mean wait: nobody is lost and nobody counted twice."""
    chance, free, visits = random.Random(7), [NINE] * 3, []
    arrivals = sorted(NINE + chance.randrange(8 * 3_600_000) for _ in range(400))
    for arrived in arrivals:
        free.sort()
        start = max(arrived, free[0])
        free[0] = start + round(chance.expovariate(1 / 200_000))
        visits.append(seen(start, a_visit(arrived)))
    changes = sorted([(v.arrived_at, 1) for v in visits] + [(v.seen_at, -1) for v in visits])
    first, last = changes[0][0], changes[-1][0]
    waiting = area = 0
    for (at, change), (then, _) in pairwise(changes):
        waiting += change
        area += waiting * (then - at)
    found = facts_of(visits, now=LATER)
    mean_wait = sums_of(found, Shape(TARGET)).seen.mean()
    rate = total(found)["arrivals"] / (last - first)
    assert area / (last - first) == pytest.approx(rate * mean_wait, rel=0.01)


def test_the_oracle_can_fail():
    story = Story("housing", NINE, happened=[(NINE + 1_000, "called"), (NINE + 1_000, "started")])
    wanted = expected([story], target=TARGET, now=LATER, walk=WALK, start=START, end=END, zone=LONDON)
    with pytest.raises(AssertionError):
        same(measured(seen(NINE + 1_001)), wanted["total"])
