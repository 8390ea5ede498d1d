"""What is asked of the figures, and what they answer, of days lived at the desk."""

from datetime import date

import pytest

from reception.figures import Asked, Figures
from reception.refusals import Refusal
from tests.builders import TEN, office, open_door
from tests.figures.a_monday import MONDAY, TUESDAY, a_monday, figures_of, kept, seen_after, with_kept


def test_a_day_at_the_desk_becomes_its_figures(door, hands):
    a_monday(door, hands)
    found = figures_of(door).between(MONDAY, MONDAY, hands.wall)
    total = found["total"]
    assert (total["n"], total["hits"], total["share"]) == (3, 2, 2 / 3)
    assert (total["median_ms"], total["p90_ms"], total["longest_ms"]) == (300_000, 840_000, 840_000)
    assert (total["longest_service"], total["longest_at"]) == ("housing", TEN + 360_000)
    assert (total["arrivals"], total["left"], total["no_shows"], total["left_without_being_seen"]) == (5, 1, 1, 2)
    assert [(service["name"], service["n"]) for service in found["services"]] == [
        ("Council Tax", 1), ("Parking", 0), ("Housing", 2),
    ]  # fmt: skip
    assert [(hour["hour"], hour["n"]) for hour in found["hours"]] == [(10, 3)]
    assert found["distribution"][0] == found["distribution"][4] == found["distribution"][13] == 1


def test_today_is_measured_as_it_stands(door, hands):
    seen_after(door, hands, minutes=1)
    waiting = door.ticket()
    hands.go(minutes=6)
    total = figures_of(door).between(MONDAY, MONDAY, hands.wall)["total"]
    assert (total["hits"], total["misses"], total["longest_ms"], total["longest_at"]) == (
        1,
        1,
        360_000,
        waiting.arrived_at,
    )
    assert kept(door) == {}


def test_last_years_figures_are_computed_by_last_years_settings(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    assert figures_of(door).note_rules(hands.wall)
    a_monday(door, hands)
    before = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)
    stricter = Figures(office(promise={"target_seconds": 60}), door.store, door.writer)
    assert stricter.note_rules(hands.wall)
    assert not stricter.note_rules(hands.wall)  # they are noted already
    assert stricter.between(MONDAY, MONDAY, hands.wall) == before
    seen_after(door, hands, minutes=2)
    hands.go(minutes=10)
    assert stricter.between(TUESDAY, TUESDAY, hands.wall)["total"]["hits"] == 0
    both = stricter.between(MONDAY, TUESDAY, hands.wall)
    assert (both["target_seconds"], [rule["target_seconds"] for rule in both["rules"]]) == (None, [300, 60])
    assert stricter.note_rules(hands.wall, since=MONDAY)  # the note came late: it held since Monday
    assert stricter.between(MONDAY, MONDAY, hands.wall)["total"]["hits"] == 1
    door.store.close()


def test_an_outage_of_the_server_takes_the_waits_it_fell_into_apart(door, hands):
    a_monday(door, hands)
    before = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]
    away = ("office", "o1", "server_away", "", TEN + 700_000, TEN + 710_000)
    sql = "INSERT INTO outages VALUES (?, ?, ?, ?, ?, ?)"
    door.writer.do(lambda store: (store.execute(sql, away), None))
    found = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)
    total = found["total"]
    assert (before["n"], total["n"], total["outage"], total["share"]) == (3, 2, 1, 1.0)
    assert total["share_with_outages"] == before["share"] == 2 / 3
    assert [outage["kind"] for outage in found["outages"]] == ["server_away"]


def test_what_is_excluded_is_counted_beside(door, hands):
    a_monday(door, hands)
    rules = office(figures={"punctual_minutes": 5, "return_days": 14, "exclude": {"services": ["housing"]}})
    total = Figures(rules, door.store).between(MONDAY, MONDAY, hands.wall)["total"]
    assert (total["n"], total["excluded"], total["arrivals"]) == (1, 2, 3)
    nobody = office(figures={"punctual_minutes": 5, "return_days": 14, "exclude": {"days": ["2026-03-02"]}})
    total = Figures(nobody, door.store).between(MONDAY, MONDAY, hands.wall)["total"]
    assert (total["n"], total["share"], total["median_ms"], total["excluded"]) == (0, None, None, 5)


def test_any_part_can_be_asked_for(door, hands):
    a_monday(door, hands)
    figures = figures_of(door)

    def n(**asked) -> int:
        return figures.of(Asked(MONDAY, MONDAY, **asked), hands.wall)["total"]["n"]

    assert (n(), n(services=("housing",)), n(services=("parking",))) == (3, 2, 0)
    assert (n(hours=(10,)), n(hours=(11,)), n(weekdays=(1,)), n(weekdays=(2,))) == (3, 0, 3, 0)
    assert (n(desks=("1",)), n(channels=("kiosk",)), n(channels=("desk",)), n(languages=("",))) == (3, 3, 0, 3)
    assert n(services=("housing",), hours=(10,), weekdays=(1, 2)) == 2


@pytest.mark.parametrize(
    "asked", [{"hours": (24,)}, {"weekdays": (0,)}, {"need": "bsl", "hours": (9,)}, {"offices": ("elsewhere",)}]
)
def test_what_cannot_be_asked_is_refused(door, hands, asked):
    with pytest.raises(Refusal):
        figures_of(door).of(Asked(MONDAY, MONDAY, **asked), hands.wall)


def test_a_database_that_takes_nothing_still_answers(door, hands):
    a_monday(door, hands)
    wanted = Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)
    pages = door.store.execute("PRAGMA page_count").fetchone()[0]
    door.store.execute("PRAGMA query_only = ON")
    assert figures_of(door).between(MONDAY, MONDAY, hands.wall) == wanted
    assert pages


def test_a_service_that_only_the_past_knows_is_still_shown(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    a_monday(door, hands)
    fewer = office(
        services=[{"key": "tax", "name": "Council Tax", "letter": "A"}], desks=[{"key": "1", "name": "Desk 1"}]
    )
    found = Figures(fewer, door.store).between(MONDAY, MONDAY, hands.wall)
    assert [(service["key"], service["name"]) for service in found["services"]] == [
        ("tax", "Council Tax"),
        ("housing", "housing"),
    ]


def test_nobody_came_is_no_figure(door, hands):
    found = figures_of(door).between(date(2025, 1, 1), date(2025, 12, 31), hands.wall)
    assert (found["total"]["n"], found["total"]["share"], found["hours"]) == (0, None, [])
