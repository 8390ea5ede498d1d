"""Warnings while the server runs: once for each visitor, kept in the store, closed with what became of them."""

from contextlib import closing

import pytest

from reception.estimate.live import Expecting
from reception.warning.live import Warner
from tests.builders import office, open_door

SERVICES = [{"key": "tax", "name": "Council Tax", "letter": "A", "minutes": 60}]
LIKELY = 0.6  # well below what an estimate without a past says of them, whatever chance does to it
DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}]


@pytest.fixture
def settings():
    return office(services=SERVICES, desks=DESKS, warnings={"chance": LIKELY})


@pytest.fixture
def door(tmp_path, hands, settings):
    door = open_door(tmp_path / "r.db", hands, settings)
    with closing(door.store):
        yield door


def look(door) -> list:
    """The warnings that stand once everybody's wait was estimated anew."""
    expecting = Expecting(door)
    Warner(door, expecting)
    expecting.refresh()
    return door.warnings()


def busy(door) -> None:
    """Desk 1 has just called somebody, desk 2 is closed."""
    door.ticket()
    door.next("1")


def test_it_is_warned_once_of_whoever_is_likely_to_wait_too_long(door, hands):
    busy(door)
    waiting = door.ticket()
    (warning,) = look(door)
    assert (warning.visit, warning.service, warning.warned_at) == (waiting.id, "tax", hands.wall)
    assert warning.target_at == waiting.arrived_at + 300_000 and warning.chance >= LIKELY
    assert (warning.step, warning.step_desk) == ("open", "2")
    hands.go(seconds=30)
    assert look(door) == [warning]
    assert door.words().count("warned") == 1


def test_nobody_is_warned_of_twice_after_a_restart(door, hands, tmp_path, settings):
    busy(door)
    door.ticket()
    (warning,) = look(door)
    with closing(open_door(tmp_path / "r.db", hands, settings).store) as store:
        again = type(door)(settings, store, clock=hands.clock)
        hands.go(seconds=30)
        assert look(again) == [warning]


def test_where_a_desk_is_free_nobody_is_warned_of(door):
    busy(door)
    door.set_desk(desk="2", state="open", by="person:2")
    door.ticket()
    assert look(door) == []


@pytest.mark.parametrize(("minutes", "outcome"), [(2, "kept"), (6, "missed")])
def test_what_became_of_it_is_kept(door, hands, minutes, outcome):
    busy(door)
    waiting = door.ticket()
    look(door)
    hands.go(minutes=minutes)
    called = door.next("2")
    assert called.id == waiting.id
    assert len(look(door)) == 1, "called, and not seen yet"
    door.take("start", called, "2")
    assert look(door) == []
    over = door.warned_of([waiting.id])[waiting.id]
    assert (over.outcome, over.ended_at) == (outcome, hands.wall)


def test_who_leaves_in_time_was_neither_kept_nor_missed(door, hands):
    busy(door)
    waiting = door.ticket()
    look(door)
    hands.go(minutes=1)
    door.take("leave", waiting)
    assert look(door) == []
    assert door.warned_of([waiting.id])[waiting.id].outcome == "left"


def test_a_call_that_is_undone_does_not_warn_again(door, hands):
    busy(door)
    waiting = door.ticket()
    look(door)
    called = door.next("2")
    door.take("start", called, "2")
    assert look(door) == []
    door.undo(desk="2", by="person:2")
    door.undo(desk="2", by="person:2")
    assert door.stored(waiting).state == "waiting"
    assert look(door) == [] and door.words().count("warned") == 1


def test_looks_that_change_nothing_store_nothing(door, hands):
    busy(door)
    door.ticket()
    look(door)
    words = door.words()
    hands.go(seconds=30)
    look(door)
    assert [word for word in door.words() if word != "told"] == [word for word in words if word != "told"]


def test_switched_off_nobody_is_warned_of(tmp_path, hands):
    door = open_door(tmp_path / "off.db", hands, office(services=SERVICES, desks=DESKS, warnings={"tell": False}))
    with closing(door.store):
        busy(door)
        door.ticket()
        assert look(door) == [] and "warned" not in door.words()


def test_a_higher_chance_tells_of_fewer(tmp_path, hands):
    door = open_door(tmp_path / "high.db", hands, office(services=SERVICES, desks=DESKS, warnings={"chance": 0.99}))
    with closing(door.store):
        busy(door)
        door.ticket()
        assert look(door) == []
