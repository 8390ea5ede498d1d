"""A long past is copies of a made-up one, and each is as true as that: its steps replay, its figures are the truth."""

from datetime import date, timedelta

import pytest

from bench.long_past import TIMEZONE, plant_long
from reception.figures import Asked, Figures
from reception.figures.facts import ALL_KEYS, TYPES
from reception.figures.kept import OfficeFacts
from tests.builders import OFFICE_HOURS, SERVICES, Hands, instant, office, open_door, replayed

DESKS = [{"key": key, "name": f"Desk {key}"} for key in "123"]
OFFICES, WEEKS, YEARS = ["north", "south"], 5, 2
NOW = "2026-05-20 12:00"


def settings_of(key: str):
    part = {"key": key, "name": key.title(), "timezone": TIMEZONE}
    return office(office=part, hours=OFFICE_HOURS, services=SERVICES, desks=DESKS)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Two offices, each with two years of five weeks: (path, what was planted)."""
    path = tmp_path_factory.mktemp("long") / "reception.db"
    return path, plant_long(path, settings_of("north"), OFFICES, YEARS, date(2026, 4, 30), a_day=90, weeks=WEEKS)


@pytest.fixture(params=OFFICES)
def door(planted, request):
    door = open_door(planted[0], Hands(instant(NOW)), settings_of(request.param))
    yield door
    door.store.close()


def test_the_steps_of_every_copy_replay_to_its_rows_and_rise_with_time(door):
    told = door.told()
    assert replayed(told) == {visit.id: visit for visit in door.visits()}
    assert [step.at for step in told] == sorted(step.at for step in told)
    at_desks = [step for step in told if step.step in ("opened", "paused", "closed") and step.visit is None]
    stands = {}
    for step in at_desks:
        before, after = step.changes["since_at"]
        assert before == stands.get(step.desk, 0) and after == step.at
        stands[step.desk] = step.at


def test_the_figures_of_any_days_are_what_was_planted(planted, door):
    figures, key, past = Figures(door.settings, door.store), door.settings.office.key, planted[1]
    assert past.last - past.first == timedelta(weeks=WEEKS * YEARS, days=-1)
    spans = [(past.first, past.last), (past.first + timedelta(8), past.first + timedelta(50)), (past.last, past.last)]
    for first, last in spans:
        found, true = figures.between(first, last, door.now())["total"], past.of(key, first, last)
        assert {name: found[name] for name in true.expected()} == true.expected()
        assert found["outcomes"] == dict.fromkeys(found["outcomes"], 0) | true.outcomes
    assert past.of(key, *spans[0]).counts["arrivals"] > 3_000


def test_what_is_kept_is_what_is_measured_from_the_visits(planted, door):
    first, last, now = planted[1].first, planted[1].last, door.now()
    own = OfficeFacts(door.store, door.settings.office.key, Figures(door.settings, door.store).history())
    assert not own.between(first, last, now)._live
    kept, measured = own.between(first, last, now), own.measured(first, last, now)
    for name in TYPES:
        assert told(kept, name) == told(measured, name), name
    assert len(kept) == len(measured) > 3_000


def told(facts, name: str) -> list:
    """A column, in words where it has them."""
    values = facts[name].tolist()
    return [facts.words[name][value] for value in values] if name in ALL_KEYS else values


def test_no_two_copies_are_alike(planted):
    past, middle = planted[1], planted[1].first + timedelta(weeks=WEEKS)
    halves = [(past.first, middle - timedelta(days=1)), (middle, past.last)]
    counts = {past.of(office, *half).counts["arrivals"] for office in OFFICES for half in halves}
    assert len(counts) == 4 and sum(counts) == len(past)


def test_all_offices_together_are_their_sum(planted, door):
    past, asked = planted[1], Asked(planted[1].first, planted[1].last, offices=tuple(OFFICES))
    found = Figures(door.settings, door.store).of(asked, door.now())["total"]
    assert found["arrivals"] == len(past)
