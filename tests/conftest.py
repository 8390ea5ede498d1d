"""What every test may ask for. Properties are checked with the same examples each time, so that CI is never lucky."""

import os

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from tests.browser import chromium
from tests.builders import Hands, open_door

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
# HYPOTHESIS_PROFILE=search looks further, for a night.
settings.register_profile(
    "search", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
expect.set_options(timeout=15_000)  # ms: a busy machine is slow, not wrong
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def door(tmp_path, hands):
    """A front desk open at all hours, at ten on a Monday morning, with an empty database."""
    desk = open_door(tmp_path / "reception.db", hands)
    yield desk
    desk.store.close()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The one browser of all tests, started as the lobby's own are: it may sound without a touch."""
    found = chromium()
    return {"args": ["--autoplay-policy=no-user-gesture-required"]} | ({"executable_path": found} if found else {})
