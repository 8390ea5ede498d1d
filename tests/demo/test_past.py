"""The made-up past: its figures are the truth that was planted, its steps are a real day's, and a seed repeats it."""

import calendar
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date

import pytest

from demo.past import plant
from demo.past_office import MONTH
from reception.feedback import KINDS, SOURCES, counts, said_and_done
from reception.feedback.life import STATES
from reception.feedback.rows import SaidAndDone, Stage
from reception.figures import Figures
from reception.visit import FIELDS, NEXT, Visit, take
from tests.builders import OFFICE_HOURS, SERVICES, Counter, Hands, instant, office, open_door, replayed

DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}, {"key": "3", "name": "Desk 3"}]
KEYS = ("north", "south", "always")
TOLD = ("hits", "late", "gone")


def settings_of(key: str):
    part = {"key": key, "name": key.title(), "timezone": "Europe/London"}
    own = {} if key == "always" else {"hours": OFFICE_HOURS}
    return office(office={**part}, services=SERVICES, desks=DESKS, **own)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Three offices' winter and spring, the clocks going forward in between: (path, truth)."""
    path = tmp_path_factory.mktemp("past") / "reception.db"
    offices = [settings_of(key) for key in KEYS]
    return path, plant(path, offices, date(2026, 2, 2), date(2026, 4, 30), seed=11, a_day=110)


def opened(planted, key: str) -> Counter:
    return open_door(planted[0], Hands(instant("2026-05-20 12:00")), settings_of(key))


def month(figures: Figures, number: int, now: int) -> dict:
    last = calendar.monthrange(2026, number)[1]
    return figures.between(date(2026, number, 1), date(2026, number, last), now)


@pytest.mark.parametrize("key", KEYS)
def test_the_figures_of_each_month_are_what_was_planted(planted, key):
    door, truth = opened(planted, key), planted[1]
    figures = Figures(door.settings, door.store)
    for number in (2, 3, 4):
        found, true = month(figures, number, door.now()), truth.of(key, f"2026-{number:02d}")
        assert true.counts["arrivals"] > 1_500
        assert {name: found["total"][name] for name in true.expected()} == true.expected()
        assert found["total"]["outcomes"] == dict.fromkeys(found["total"]["outcomes"], 0) | true.outcomes
        assert {one["key"]: one["arrivals"] for one in found["services"]} == dict(true.services)
        dates = found["next_steps"]["kept"]
        assert (dates["n"], dates["hits"]) == (true.counts["dates_due"], true.counts["dates_kept"])
        booked = found["appointments"]
        assert (booked["booked"], booked["arrived"]) == (true.counts["booked"], true.counts["attended"])
        for who in ("walk_ins", "appointments"):  # who were called by the time that they were told, and who were not
            told, (hits, late, gone) = found["told"][who], (true.counts[f"told_{who}_{what}"] for what in TOLD)
            assert (told["hits"], told["n"], told["gone"]) == (hits, hits + late, gone)
        assert number == 2 or 0.85 < found["told"]["walk_ins"]["share"] < 1
    door.store.close()


def test_nobody_is_told_by_when_before_earlier_days_have_taught_how_long_people_wait(tmp_path):
    path, first = tmp_path / "reception.db", date(2026, 2, 2)
    plant(path, settings_of("north"), first, date(2026, 2, 16), seed=3, a_day=60)
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT day, arrived_at, first_by_at FROM visits").fetchall()
    assert {by_at for day, _came, by_at in rows if day == first.isoformat()} == {None}
    later = [(came, by_at) for day, came, by_at in rows if day > "2026-02-09"]
    told = [(came, by_at) for came, by_at in later if by_at]
    assert len(told) > len(later) / 2 and all(by_at > came for came, by_at in told)


def test_everything_that_may_happen_to_somebody_happens(planted):
    months = planted[1].months.values()
    total = sum((one.counts for one in months), start=type(next(iter(months)).counts)())
    there = "hits misses left no_shows closed_unserved left_in_time not_there_in_time cancelled outage inferred"
    for name in (*there.split(), "auto_closed", "late_returns", "without_outcome", "dates_kept", "attended"):
        assert total[name] > 0, name


@pytest.mark.parametrize("key", KEYS)
def test_every_step_is_one_that_the_front_desk_takes(planted, key):
    door = opened(planted, key)
    told, rows = door.told(), {visit.id: visit for visit in door.visits()}
    assert replayed(told) == rows
    stands: dict[str, Visit] = {}
    at_desk: dict[str, str] = {}
    last = 0
    for step in told:
        assert step.at >= last, step
        last = step.at
        if not step.visit or step.about:
            continue
        before = stands.get(step.visit)
        values = {name: after for name, (_, after) in step.changes.items()}
        after = replace(before, **values) if before else Visit(**dict.fromkeys(Visit.__slots__) | values)
        if before and step.step in NEXT[before.state]:
            assert all(getattr(before, name) == old for name, (old, _) in step.changes.items()), step
            assert after.state == NEXT[before.state][step.step]
            if step.by != "system" or step.step == "resumed":
                assert after == taken(before, step, values), step
        elif before:
            assert step.step in ("undone", "print_confirmed"), step
        stands[step.visit] = after
        _one_visitor_a_desk(at_desk, before, after)
    door.store.close()


def taken(before: Visit, step, values: dict) -> Visit:
    """What the real table makes of the step, with what else a press says."""
    said = {
        "held": ("held_until",),
        "returned": ("due_at",),
        "reinstated": ("placed_at",),
        "transferred": ("service", "due_at", "kept_for"),
        "completed": ("outcome", "delivered", "page_until"),
    }.get(step.step, ())
    more = {name: values[name] for name in said if name in values}
    return take(before, step.step, step.at, desk=step.desk, walk_ms=25_000, **more)


def _one_visitor_a_desk(at_desk: dict[str, str], before: Visit | None, after: Visit) -> None:
    if before and at_desk.get(before.desk) == before.id:
        del at_desk[before.desk]
    if after.state in ("called", "serving"):
        assert after.desk not in at_desk, after
        at_desk[after.desk] = after.id


def test_nobody_is_left_open_and_nothing_else_stands_in_the_way(planted):
    with closing(sqlite3.connect(planted[0])) as database:
        states = {state for (state,) in database.execute("SELECT DISTINCT state FROM visits")}
        desks = {state for (state,) in database.execute("SELECT DISTINCT state FROM desks")}
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert states == {"completed", "left", "cancelled"}
    assert desks == {"closed"}
    assert {"one_number_a_day", "steps_of_visit", "kept_facts_after_update", "promises_by_date"} <= names


def test_a_seed_repeats_a_past_and_another_makes_another(tmp_path):
    def rows(name: str, seed: int) -> list:
        plant(tmp_path / name, settings_of("north"), date(2026, 3, 2), date(2026, 3, 6), seed=seed, a_day=30)
        with closing(sqlite3.connect(tmp_path / name)) as database:
            return [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("visits", "steps", "promises")]

    assert rows("one.db", 5) == rows("two.db", 5) != rows("three.db", 6)


def test_an_office_that_has_a_past_is_given_no_other(tmp_path):
    path, days = tmp_path / "reception.db", (date(2026, 3, 2), date(2026, 3, 3))
    plant(path, settings_of("north"), *days, a_day=10)
    with pytest.raises(ValueError, match="north has a past already"):
        plant(path, settings_of("north"), *days)
    plant(path, settings_of("south"), *days, a_day=10)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """An office to which people told something for three months: its door, ten days after."""
    path, settings = tmp_path_factory.mktemp("told") / "reception.db", settings_of("north")
    plant(path, settings, date(2026, 1, 5), date(2026, 4, 10), seed=4, a_day=90, feedback=True)
    door = open_door(path, Hands(instant("2026-04-20 12:00")), settings)
    yield door
    door.store.close()


def test_what_was_told_is_what_its_steps_say(told):
    rows, last = {}, 0
    for step in told.told():
        assert step.at >= last and step.number >= step.press
        last = step.at
        if step.step.startswith(("feedback_", "said_and")):
            row = rows.setdefault(step.about, {})
            assert all(row.get(name) == old for name, (old, _new) in step.changes.items()), step
            row |= {name: new for name, (_old, new) in step.changes.items()}
    stored = [*told.feedbacks(), *told.store.things(Stage, told.office), *told.store.things(SaidAndDone, told.office)]
    assert len(rows) == len(stored) > 150
    for one in stored:
        assert {name: value for name, value in asdict(one).items() if value is not None} == {
            name: value for name, value in rows[one.id].items() if value is not None
        }
        assert one.id in told.store.particulars(told.office, [one.id]) or not isinstance(one, SaidAndDone)


def test_feedback_of_every_kind_comes_to_every_end_and_can_be_dealt_with_still(told):
    found = told.feedbacks()
    assert {one.state for one in found} == {*STATES}
    assert {(one.kind, one.source) for one in found} == {(kind, source) for kind in KINDS for source in SOURCES} - {
        (kind, "api") for kind in KINDS
    }
    winter = counts(told.store, told.office, date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 20))
    assert winter["stage1"]["n"] > 40 and 0.8 < winter["stage1"]["met"] / winter["stage1"]["n"] < 1
    assert winter["stage2"]["n"] and len(said_and_done(told.store, told.office)) == 2
    one = next(one for one in found if one.state == "open" and one.kind == "complaint")
    told.answer_feedback(feedback=one.id, by="person:1", finding="upheld", answer="You are right.")
    told.take_back_feedback(feedback=one.id, press=told.last_done_to_feedback(one.id).press, by="person:1")
    assert told.feedback(one.id) == one


def test_a_seed_repeats_what_was_told_and_leaves_the_visits_as_they_are(tmp_path):
    def rows(name: str, table: str, **more) -> list:
        if not (tmp_path / name).exists():
            plant(tmp_path / name, settings_of("north"), date(2026, 3, 2), date(2026, 3, 13), a_day=40, **more)
        with closing(sqlite3.connect(tmp_path / name)) as database:
            return database.execute(f"SELECT * FROM {table}").fetchall()

    for table in ("feedback", "feedback_stages", "said_and_done", "particulars"):
        assert rows("one.db", table, feedback=True) == rows("two.db", table, feedback=True)
    place = FIELDS.index("place")
    alike = [[(*row[:place], *row[place + 1 :]) for row in rows(name, "visits")] for name in ("one.db", "none.db")]
    assert rows("one.db", "feedback") and alike[0] == alike[1]


def test_no_month_is_so_unlike_the_two_before_it_that_a_plan_of_desks_made_of_those_is_far_off():
    for month, usual in MONTH.items():
        before = (MONTH[(month - 2) % 12 + 1] + MONTH[(month - 3) % 12 + 1]) / 2
        assert 0.92 < usual / before < 1.08
