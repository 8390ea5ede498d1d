"""Simulated weeks against the slow reference: a made-up past, a change of rules in between, an office opening late."""

import random
from datetime import date, timedelta

import pytest

from demo.past import plant
from reception.figures import Asked
from tests.builders import LONDON, OFFICE_HOURS, office
from tests.figures.living import Lived, agrees, same
from tests.figures.reference import Reference, Rules, figure

MONDAY = date(2026, 3, 2)
WEEKLY = (("09:00", "17:00"),) * 7
DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}, {"key": "3", "name": "Desk 3"}]


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """Twelve days round the night on which the clocks go forward, planted by the simulator, as of some weeks later."""
    folder = tmp_path_factory.mktemp("past")
    settings = office(hours=OFFICE_HOURS, desks=DESKS)
    plant(folder / "reception.db", settings, date(2026, 3, 23), date(2026, 4, 3), seed=5, a_day=45)
    lived = Lived(folder, "2026-05-04 12:00", Rules(hours=WEEKLY), hours=OFFICE_HOURS, desks=DESKS)
    yield lived, lived.reference()
    lived.close()


def test_a_made_up_past_is_what_the_definitions_say_day_by_day_and_whole(past):
    lived, reference = past
    first, last = date(2026, 3, 23), date(2026, 4, 3)
    days = [first + timedelta(days=n) for n in range(12)]
    for start, end in [*((day, day) for day in days), (first, last), (date(2026, 3, 26), date(2026, 3, 30))]:
        agrees(lived, start, end, reference=reference)


@pytest.mark.parametrize(
    "only",
    [{"services": ("tax",)}, {"desks": ("1", "2")}, {"weekdays": (1, 5)}, {"hours": (9, 12)}, {"channels": ("kiosk",)}],
    ids=str,
)
def test_any_part_of_a_made_up_past_is_what_the_definitions_say(past, only):
    lived, reference = past
    report = agrees(lived, date(2026, 3, 24), date(2026, 4, 2), reference=reference, **only)
    assert report["total"]["n"] > 20


def test_kept_days_and_a_kept_month_say_the_same(past):
    lived, reference = past
    lived.figures().catch_up(lived.hands.wall)
    assert ("2026-03-23", "2026-03-31") in lived.door.rows("SELECT DISTINCT first, last FROM kept_facts")
    agrees(lived, date(2026, 3, 25), date(2026, 4, 1), reference=reference)
    agrees(lived, date(2026, 3, 25), date(2026, 4, 1), reference=reference, services=("housing",))


def test_a_quarter_is_shown_by_the_week(tmp_path):
    settings = office(hours=OFFICE_HOURS, desks=DESKS)
    plant(tmp_path / "reception.db", settings, date(2026, 1, 5), date(2026, 3, 20), seed=2, a_day=4)
    lived = Lived(tmp_path, "2026-05-04 12:00", Rules(hours=WEEKLY), hours=OFFICE_HOURS, desks=DESKS)
    reference = lived.reference()
    weeks = agrees(lived, date(2026, 1, 1), date(2026, 3, 31), reference=reference)["points"]
    assert [(one["first"], one["last"]) for one in weeks[:2]] == [
        ("2026-01-05", "2026-01-11"),
        ("2026-01-12", "2026-01-18"),
    ]
    lived.close()


def test_several_offices_are_counted_as_one(tmp_path):
    settings = [office(office={"key": key, "name": key, "timezone": "Europe/London"}) for key in ("north", "south")]
    plant(tmp_path / "reception.db", settings, date(2026, 3, 23), date(2026, 3, 27), seed=2, a_day=30)
    lived = Lived(tmp_path, "2026-05-04 12:00", office={"key": "north", "name": "North", "timezone": "Europe/London"})
    first, last, now = date(2026, 3, 23), date(2026, 3, 27), lived.hands.wall
    both = lived.figures().of(Asked(first, last, offices=("north", "south")), now)
    people = [
        one
        for key in ("north", "south")
        for one in Reference(lived.path, LONDON, lived.rules_on, key).verdicts(first, last, now)
    ]
    same(both["total"], figure(people), ("total",))
    for service in both["services"]:
        same(service, figure([one for one in people if one.life.service == service["key"]]), (service["key"],))
    lived.close()


def test_each_day_is_judged_by_its_own_rules(tmp_path):
    """A stricter target, a longer walk and another exclusion from Tuesday on, inside one period."""
    hands_of = Lived(tmp_path, "2026-03-02 10:00")
    hands_of.figures().note_rules(hands_of.hands.wall)
    a_day(hands_of)
    hands_of.close()
    strict = Rules(target=120_000, walk=40_000, punctual=0, without_services=("parking",))
    parts = {
        "promise": {"target_seconds": 120, "walking_allowance_seconds": 40},
        "figures": {"punctual_minutes": 0, "exclude": {"services": ["parking"]}},
    }
    lived = Lived(tmp_path, "2026-03-03 10:00", **parts)
    lived.later_rules["2026-03-03"] = strict
    lived.figures().note_rules(lived.hands.wall)
    a_day(lived)
    lived.hands.go(days=1)
    lived.door.catch_up()
    tuesday = MONDAY + timedelta(days=1)
    for first, last in ((MONDAY, MONDAY), (tuesday, tuesday), (MONDAY, tuesday)):
        report = agrees(lived, first, last)
    assert [rule["target_seconds"] for rule in report["rules"]] == [300, 120]
    assert (report["total"]["excluded"], report["total"]["hits"]) == (1, 4)
    lived.figures().catch_up(lived.hands.wall)
    agrees(lived, MONDAY, tuesday)
    lived.close()


def a_day(lived: Lived) -> None:
    """Three people wait a minute, two and a half, and four; one of them is never said to be there."""
    door, hands = lived.door, lived.hands
    for service, seconds in (("tax", 60), ("parking", 150), ("housing", 240)):
        visit = door.ticket(service)
        hands.go(seconds=seconds)
        door.next("2")
        if service == "tax":
            door.take("start", visit, "2")
        hands.go(seconds=70)
        door.finish(visit=visit.id, by="person:2", desk="2", outcome="resolved")
    hands.go(minutes=10)


def test_an_office_that_opens_late_starts_the_clock_when_it_opens(tmp_path):
    late = {**OFFICE_HOURS, "monday": ["11:00-17:00"]}
    weekly = (("11:00", "17:00"), *WEEKLY[1:])
    lived = Lived(tmp_path, "2026-03-02 10:45", Rules(hours=weekly), hours=late)
    for _visitor in range(2):
        lived.door.walk_in(desk="1", service="tax", by="person:1", wait=True)
        lived.hands.go(minutes=10)
    for _visitor in range(2):
        visit = lived.door.take("start", lived.door.next())
        lived.door.finish(visit=visit.id, by="person:1", desk="1", outcome="resolved")
    lived.hands.go(minutes=30)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    assert (total["hits"], total["longest_ms"]) == (2, 5 * 60_000)
    lived.close()


def test_littles_law_holds_of_a_day_at_the_desks(tmp_path):
    """The mean number waiting, counted in the room every other second, is arrivals a second times the mean wait."""
    lived, chance = Lived(tmp_path, "2026-03-02 10:00"), random.Random(3)
    door, hands = lived.door, lived.hands
    counted, ends, whole = 0, {}, 3 * 3600
    for second in range(0, whole, 2):
        if second < whole - 3000 and chance.random() < 1 / 35:
            door.ticket(chance.choice(["tax", "housing"]))
        for desk in ("1", "2"):
            here = door.look()[1].at_desk(desk)
            if here and ends[here.id] <= second:
                door.finish(visit=here.id, by=f"person:{desk}", desk=desk, outcome="resolved")
            if (not here or ends[here.id] <= second) and (visit := door.next(desk)):
                door.take("start", visit, desk)
                ends[visit.id] = second + round(chance.expovariate(1 / 120))
        counted += sum(visit.state == "waiting" for visit in door.look()[1].visits.values())
        hands.go(seconds=2)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    waits = lived.figures().facts(Asked(MONDAY, MONDAY), hands.wall)["wait"]
    assert total["arrivals"] == total["seen"] > 100
    assert counted / (whole / 2) == pytest.approx(total["arrivals"] / whole * waits.mean() / 1000, rel=0.01)
    lived.close()
