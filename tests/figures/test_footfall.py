"""When people come and what for, as the figures count them."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from reception.figures import Asked, Figures
from tests.builders import Hands, instant, office, open_door

MONDAY = date(2026, 3, 2)


def arrive(door, hands, *moments: str, service: str = "tax") -> None:
    for moment in moments:
        hands.go_to(moment)
        door.catch_up()
        door.ticket(service)


def footfall(door, now: int, **asked) -> dict:
    last = asked.pop("last", date(2026, 3, 31))
    return Figures(door.settings, door.store).of(Asked(MONDAY, last, **asked), now)["footfall"]


def test_each_quarter_hour_has_those_who_came_in_it_and_a_usual_day_is_of_the_days_that_were_open(door, hands):
    arrive(door, hands, "2026-03-02 09:00", "2026-03-02 09:14:59", "2026-03-02 09:15")
    arrive(door, hands, "2026-03-09 09:10", service="housing")
    arrive(door, hands, "2026-03-10 14:59")
    hands.go_to("2026-03-31 12:00")
    assert footfall(door, hands.wall) == {
        "days": [{"weekday": 1, "days": 2}, {"weekday": 2, "days": 1}],
        "quarters": [
            {"minute": 540, "arrivals": 3},
            {"minute": 555, "arrivals": 1},
            {"minute": 885, "arrivals": 1},
        ],
        "week": [
            {"weekday": 1, "minute": 540, "arrivals": 3, "a_day": 1.5},
            {"weekday": 1, "minute": 555, "arrivals": 1, "a_day": 0.5},
            {"weekday": 2, "minute": 885, "arrivals": 1, "a_day": 1.0},
        ],
        "cells": [
            {"service": "housing", "weekday": 1, "minute": 540, "arrivals": 1},
            {"service": "tax", "weekday": 1, "minute": 540, "arrivals": 2},
            {"service": "tax", "weekday": 1, "minute": 555, "arrivals": 1},
            {"service": "tax", "weekday": 2, "minute": 885, "arrivals": 1},
        ],
    }


def test_an_hour_that_the_clocks_give_twice_counts_as_one(tmp_path):
    hands = Hands(instant("2026-10-25 00:30"))
    door = open_door(tmp_path / "reception.db", hands)
    for _ in range(3):
        hands.go(minutes=60)
        door.ticket()
    hands.go_to("2026-10-26 12:00")
    asked = Asked(date(2026, 10, 25), date(2026, 10, 25))
    found = Figures(door.settings, door.store).of(asked, hands.wall)["footfall"]
    assert found["quarters"] == [{"minute": 90, "arrivals": 2}, {"minute": 150, "arrivals": 1}]
    door.store.close()


def test_nobody_and_those_left_out_are_no_footfall(tmp_path, hands):
    nothing = {"days": [], "quarters": [], "week": [], "cells": []}
    left_out = office(figures={"references": False, "exclude": {"services": ["tax"]}})
    door = open_door(tmp_path / "reception.db", hands, settings=left_out)
    assert footfall(door, hands.wall, last=MONDAY) == nothing
    door.ticket()
    hands.go(minutes=30)
    assert footfall(door, hands.wall, last=MONDAY) == nothing
    door.store.close()


def test_of_a_need_nobody_knows_when_they_came(door, hands):
    door.issue(service="tax", by="greeter", needs=["quiet"])
    hands.go(minutes=30)
    assert footfall(door, hands.wall, last=MONDAY, need="quiet")["quarters"] == []
    assert footfall(door, hands.wall, last=MONDAY)["quarters"] == [{"minute": 600, "arrivals": 1}]


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 24 * 60 - 1), st.sampled_from(["tax", "housing"])), max_size=12
    )
)
@settings(max_examples=15)
def test_every_table_comes_to_the_arrivals(tmp_path_factory, came):
    hands = Hands(instant("2026-03-02 00:00"))
    door = open_door(tmp_path_factory.mktemp("any") / "reception.db", hands)
    start = hands.wall
    for day, minute, service in sorted(came):
        hands.go(milliseconds=start + (day * 24 * 60 + minute) * 60_000 - hands.wall)
        door.catch_up()
        door.ticket(service)
    hands.go_to("2026-03-20 12:00")
    report = Figures(door.settings, door.store).of(Asked(MONDAY, date(2026, 3, 20)), hands.wall)
    found, arrivals = report["footfall"], report["total"]["arrivals"]
    assert arrivals == len(came)
    for table in ("quarters", "week", "cells"):
        assert sum(one["arrivals"] for one in found[table]) == arrivals
    by_weekday = {one["weekday"]: one["arrivals"] for one in report["weekdays"]}
    assert {day["weekday"] for day in found["days"]} == set(by_weekday)
    assert sum(one["days"] for one in found["days"]) == len({day for day, _minute, _service in came})
    door.store.close()
