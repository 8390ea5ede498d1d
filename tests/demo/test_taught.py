"""What the demo office knows of waits when its lobby opens."""

import statistics
from datetime import timedelta

import pytest

from demo import taught
from demo.day import SERVICE
from reception.estimate import History
from reception.settings import CONFIG, load
from reception.store import Store

SPEED = 12


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path))
    return load(CONFIG / "demo.toml")


def test_an_office_that_runs_faster_than_life_expects_visits_as_short_as_they_are_there(settings, monkeypatch):
    monkeypatch.setattr(taught, "DRAWS", 5)  # what visits take is learned from the steps alone
    assert taught.teach(settings, SPEED)
    store = Store(settings.server.data / "reception.db")
    step, _day, told = store.learned("demo")
    store.close()
    history = History.of(told)
    seconds = statistics.median(history.visits("council-tax")) / 1000
    assert step == 0 and 0.5 < seconds / (SERVICE["council-tax"] * 60 / SPEED) < 2


def test_everything_that_takes_time_takes_less_of_it_and_as_many_more_come():
    usual, faster = taught.at_speed(1), taught.at_speed(SPEED)
    assert faster.a_day == usual.a_day * SPEED
    assert faster.walk_seconds == tuple(one / SPEED for one in usual.walk_seconds)
    assert faster.patience_minutes == pytest.approx(usual.patience_minutes / SPEED)
    assert timedelta(minutes=faster.minutes["housing"]) == timedelta(minutes=SERVICE["housing"] / SPEED)
