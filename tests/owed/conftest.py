"""An office with teams and two printers, at ten on a Monday morning, and two colleagues."""

import pytest

from tests.builders import OFFICE_HOURS
from tests.set_clock import House

TEAMS = [{"key": "tax", "name": "Council Tax team", "days": 5}, {"key": "repairs", "name": "Repairs team", "days": 3}]
PRINTERS = [
    {"key": "lobby", "name": "Lobby", "kind": "virtual"},
    {"key": "back", "name": "Back office", "kind": "virtual"},
]
DESKS = [{"key": "1", "name": "Desk 1", "printer": "back"}, {"key": "2", "name": "Desk 2"}]


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path, teams=TEAMS, printers=PRINTERS, desks=DESKS, hours=OFFICE_HOURS)
    yield found
    found.close()


@pytest.fixture
def robin(house):
    return house.person("Robin")


@pytest.fixture
def kim(house):
    return house.person("Kim")
