"""What an office has taught comes back after a restart, and can be made anew from the record."""

from datetime import date

import pytest

from reception.estimate import estimate
from reception.estimate.kept import learner, load, rebuild, steps_of
from reception.simulating import Habits, simulate
from reception.simulating.written import write
from reception.store import Store
from reception.writer import Writer
from tests.builders import OFFICE_HOURS, office
from tests.estimate.rooms import BOTH, SERVICES

SETTINGS = office(hours=OFFICE_HOURS, services=SERVICES, desks=BOTH)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "reception.db")
    write(store, SETTINGS, simulate(SETTINGS, date(2026, 3, 2), 4, habits=Habits(booked=0.3)))
    yield store
    store.close()


def writer(store) -> Writer:
    return Writer(store, lambda news: None)


def test_after_a_restart_everybody_is_told_the_same(store):
    whole = learner(store, SETTINGS)
    for step in steps_of(store, "office"):
        whole.see(step)
    _steps, day = rebuild(store, writer(store), SETTINGS)
    assert day == "2026-03-04"  # the fourth day is not known to be over
    again = load(store, SETTINGS)
    assert again.history.told() == whole.history.told()
    snapshots = [one.floor.snapshot(("tax", "housing")) for one in (whole, again)]
    answers = [estimate(at, one.history, seed=1) for at, one in zip(snapshots, (whole, again), strict=True)]
    assert answers[0] == answers[1] and len(answers[0]) >= 2


def test_learning_anew_changes_nothing(store):
    rebuild(store, writer(store), SETTINGS)
    kept = store.learned("office")
    rebuild(store, writer(store), SETTINGS)
    assert store.learned("office") == kept


def test_before_a_day_is_over_nothing_is_kept(tmp_path):
    store = Store(tmp_path / "new.db")
    assert rebuild(store, writer(store), SETTINGS) == (0, "")
    assert store.learned("office") is None
    assert load(store, SETTINGS).floor.here == {}
    store.close()
