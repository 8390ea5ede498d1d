"""The database file: what is kept, what it refuses by itself, and when the kept visits are out of date."""

import sqlite3
from dataclasses import replace

import pytest

from reception.door import Once
from reception.store import Store
from reception.things import Desk
from reception.visit import OPEN
from tests.builders import open_door, replayed, visit


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "r.db")
    yield made
    made.close()


def save(store, *visits):
    store.begin()
    store.open_visits("office", store.last_step("office")[0])
    store.save("office", visits, [])
    store.commit()


def test_every_field_of_a_visit_comes_back_as_it_was_saved(store):
    whole = visit(
        "completed",
        opens_at=1,
        booked_at=2,
        acknowledged_at=3,
        first_called_at=4,
        last_called_at=5,
        seen_at=6,
        seen_inferred=1,
        ended_at=7,
        ended_inferred=1,
        outcome="resolved",
        desk="2",
        recalls=3,
    )
    save(store, whole)
    assert store.visit("office", "v1") == store.visit_by_token("t1") == whole
    assert store.visit_by_number("office", "2026-03-02", "A001") == whole
    assert store.visit("elsewhere", "v1") is None


def test_no_two_visits_of_a_day_can_have_one_number(store):
    save(store, visit())
    with pytest.raises(sqlite3.IntegrityError, match="day, visits.number"):
        save(store, visit(id="v2", token="t2"))
    store.rollback()
    save(store, visit(id="v2", token="t2", day="2026-03-03"), visit(id="v3", token="t3", office="elsewhere"))


@pytest.mark.parametrize("there", ["called", "serving"])
@pytest.mark.parametrize("comes", ["called", "serving"])
def test_no_two_visitors_can_be_at_one_desk(store, there, comes):
    save(store, visit(there, desk="1"))
    with pytest.raises(sqlite3.IntegrityError, match="office, visits.desk"):
        save(store, visit(comes, desk="1", id="v2", token="t2", number="A002"))
    store.rollback()
    save(store, visit(comes, desk="2", id="v2", token="t2", number="A002"))
    save(store, visit("completed", desk="1", id="v3", token="t3", number="A003"))


def test_no_state_is_stored_that_the_table_does_not_know(store):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        save(store, visit("lost"))


def test_counts_go_up_by_one_for_each_letter_day_and_office(store):
    store.begin()
    asked = [
        ("office", "d1", "A"),
        ("office", "d1", "A"),
        ("office", "d1", "B"),
        ("office", "d2", "A"),
        ("x", "d1", "A"),
    ]
    assert [store.next_count(*which) for which in asked] == [1, 2, 1, 1, 1]
    store.commit()


def test_a_look_is_of_one_instant_and_holds_everyone_open(store):
    states = ("waiting", "called", "no_show", "completed", "left")
    save(store, *(visit(state, id=state, number=f"A{n}", token=state, desk="1") for n, state in enumerate(states)))
    store.begin()
    store.save_thing("office", Desk("1", "open", "person:ann", 7))
    store.commit()
    kept = store.now("office")
    assert (kept.newest, set(kept.visits)) == (0, {"waiting", "called", "no_show"})
    assert kept.desks == {"1": Desk("1", "open", "person:ann", 7)}
    assert {found.state for found in kept.visits.values()} <= set(OPEN)


def test_the_kept_visits_are_read_again_once_another_process_has_written(tmp_path, hands):
    here, elsewhere = open_door(tmp_path / "r.db", hands), open_door(tmp_path / "r.db", hands)
    first = here.ticket()
    assert elsewhere.next("1").id == first.id
    assert here.next("2") is None
    second = elsewhere.ticket()
    assert (second.number, here.next("2").id) == ("A002", second.id)
    assert replayed(here.told()) == {found.id: replace(found, token=None) for found in here.visits()}


def test_somebody_whose_ticket_was_not_kept_after_all_is_not_called(tmp_path, hands):
    here, elsewhere = open_door(tmp_path / "r.db", hands), open_door(tmp_path / "r.db", hands)

    def cannot_be_said(answer):
        raise ValueError("no words")

    with pytest.raises(ValueError, match="no words"):
        here.issue(service="tax", by="key:7", once=Once("key:7", "k1", cannot_be_said))
    only = elsewhere.ticket("housing")
    assert [visit and visit.id for visit in (here.next("1"), here.next("2"))] == [only.id, None]


def test_the_kept_visits_are_those_stored(door):
    for _ in range(3):
        door.ticket()
    door.next("1")
    door.next("1")
    kept = door.store.kept["office"]
    assert kept == door.store.now("office")
    assert kept.newest == door.told()[-1].number


def test_recent_calls_are_those_that_stand_newest_first(door, hands):
    first, second, third = (door.ticket() for _ in range(3))
    for desk in ("1", "2"):
        hands.go(seconds=1)
        door.next(desk)
    hands.go(seconds=1)
    door.call(desk="3", visit=third.id, by="person:3", reason="quick")
    hands.go(seconds=1)
    door.take("recall", first)
    assert [call[1] for call in door.store.recent_calls("office", 0, 5)] == ["A001", "A003", "A002"]
    hands.go(seconds=1)
    door.undo(desk="3", by="person:3")
    door.take("return_to_line", second)
    assert [call[1:3] for call in door.store.recent_calls("office", 0, 5)] == [("A001", "1")]


def test_a_call_that_no_longer_stood_does_not_come_back_when_the_visit_ends(door):
    sent_back, helped = door.ticket(), door.ticket()
    for desk in ("1", "2"):
        door.next(desk)
    door.take("return_to_line", sent_back)
    for gone in (sent_back, helped):
        door.take("leave", gone)
    assert [call[1] for call in door.store.recent_calls("office", 0, 5)] == ["A002"]


def test_what_managers_look_for_is_found_without_reading_the_whole_record(door):
    door.ticket()
    second = door.ticket()
    door.flag_times(visit=second.id, by="person:1")
    door.help(desk="1", by="person:1", step="ask")
    asked = []
    door.store.reader.set_trace_callback(asked.append)
    assert [step.step for step in door.store.steps_named("office", ("help_asked", "closed"))] == ["help_asked"]
    assert [visit.id for visit in door.store.visits_flagged("office")] == [second.id]
    door.store.reader.set_trace_callback(None)
    plans = [door.rows(f"EXPLAIN QUERY PLAN {sql}")[0][3] for sql in asked]
    assert ["steps_of_nobody" in plans[0], "visits_flagged" in plans[1]] == [True, True], plans


def test_what_is_read_cannot_write(store):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.reader.execute("DELETE FROM visits")


def test_the_file_is_for_the_servers_own_account_and_durable(store, tmp_path):
    assert (tmp_path / "r.db").stat().st_mode & 0o077 == 0
    asked = [store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert asked == ["wal", 2]


def test_opening_a_database_again_keeps_what_is_in_it(tmp_path):
    for number in ("A001", "A002"):
        store = Store(tmp_path / "r.db")
        save(store, visit(id=number, number=number, token=number))
        store.close()
    again = Store(tmp_path / "r.db")
    assert [found.number for found in again.visits_between("office", 0, 1 << 60)] == ["A001", "A002"]
    again.close()


def test_only_who_looks_within_a_turn_sees_what_it_has_not_stored_yet(store):
    store.begin()
    store.save_thing("office", Desk("1", "open"))
    assert store.desks("office", turn=True).keys() == {"1"}
    assert store.desks("office") == {}
    store.commit()
    assert store.desks("office").keys() == {"1"}
