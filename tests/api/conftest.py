"""A server for the API's tests, and a client that holds every answer against the API's own document."""

from datetime import datetime, timedelta

import pytest

from tests.api.contract import Api
from tests.builders import LONDON
from tests.outside import Server, zone_where_it_is

NOON = zone_where_it_is(12)  # so that a day of appointments lies around every test
NEVER: dict = dict.fromkeys("monday tuesday wednesday thursday friday saturday sunday".split(), [])
SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A"},
    {"key": "housing", "name": "Housing", "letter": "B"},
    {"key": "appeals", "name": "Appeals", "letter": "C", "open": False},
    {"key": "permits", "name": "Permits", "letter": "D", "hours": NEVER},
]


def soon(**later) -> str:
    """A moment of today by the office's clock, as a booking system writes it; a minute from now unless said."""
    return (datetime.now(LONDON) + timedelta(**later or {"minutes": 1})).isoformat(timespec="seconds")


@pytest.fixture(scope="session")
def api_server(tmp_path_factory):
    server = Server(
        tmp_path_factory.mktemp("api"),
        office={"timezone": NOON},
        services=SERVICES,
        access={"guesses": 100_000},
        kiosk={"guesses": 100_000},
        keeping={"busy_seconds": 0.4},
        figures={"references": True},
        waits={"tell": False},  # lest steps come by themselves; what is told: tests/expected
    )
    yield server
    server.close()


@pytest.fixture
def api(api_server):
    """The API with nobody in the room, asked with a manager's key unless another is given."""
    api_server.clear()
    return Api(api_server)
