"""An office with a spring behind it, made up quickly, and that spring as a database for analysts."""

import json
import sqlite3
from datetime import date

import pytest

from demo.past import plant
from reception.data import database
from reception.figures import Figures
from tests.builders import OFFICE_HOURS, Hands, instant, office, open_door

DESKS = [{"key": key, "name": f"Desk {key}"} for key in "123"]
FIRST, LAST = date(2026, 2, 16), date(2026, 4, 10)  # the clocks go forward in between
END_OF_MARCH = (date(2026, 3, 23), date(2026, 4, 2))


def settings_of():
    return office(office={"name": "Fernleigh Council"}, hours=OFFICE_HOURS, desks=DESKS)


def a_while_later(path):
    """A door on what `fortnight` planted, two days after."""
    return open_door(path, Hands(instant("2026-04-04 12:00")), settings_of())


@pytest.fixture(scope="session")
def fortnight(tmp_path_factory):
    path = tmp_path_factory.mktemp("fortnight") / "reception.db"
    plant(path, settings_of(), *END_OF_MARCH, seed=9, a_day=30)
    door = a_while_later(path)
    yield door
    door.store.close()


@pytest.fixture(scope="session")
def spring(tmp_path_factory):
    """(path of the office's own database, its settings, the truth that was planted)."""
    path = tmp_path_factory.mktemp("spring") / "reception.db"
    settings = settings_of()
    return path, settings, plant(path, settings, FIRST, LAST, seed=25, a_day=60)


@pytest.fixture(scope="session")
def later(spring):
    """The office in May: its door on the planted past, for looking only."""
    door = open_door(spring[0], Hands(instant("2026-05-20 12:00")), spring[1])
    yield door
    door.store.close()


@pytest.fixture(scope="session")
def figures(later):
    return Figures(later.settings, later.store)


@pytest.fixture(scope="session")
def analysts(later, figures, tmp_path_factory):
    """The analysts' database, with its metadata beside it: (path, what the metadata says)."""
    file = tmp_path_factory.mktemp("analysts") / "front-desk.db"
    database.write(figures, file, later.now())
    database.write_metadata(later.settings, file.with_name("metadata.json"), file.stem)
    return file, json.loads(file.with_name("metadata.json").read_text())


@pytest.fixture
def sql(analysts):
    """Asks the analysts' database."""
    found = sqlite3.connect(analysts[0])
    yield lambda text, *parameters: found.execute(text, parameters).fetchall()
    found.close()


@pytest.fixture
def week(tmp_path, hands):
    """An office that has helped somebody on each of three days, the evening after."""
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    for day in ("2026-03-30", "2026-03-31", "2026-04-01"):
        hands.go_to(f"{day} 10:00")
        visit = door.ticket()
        hands.go(minutes=2)
        door.next()
        door.take("start", visit, "1")
        hands.go(minutes=5)
        door.take("finish", visit, "1")
    hands.go_to("2026-04-01 20:00")
    yield door
    door.store.close()
