"""Voices: the real synthesiser, shared by a folder's tests, and offices that use it."""

import pytest

from reception.voice import Engine
from tests.outside import Server

TWO = [{"key": "1", "name": "Desk 1"}, {"key": "3", "name": "Desk 3"}]


@pytest.fixture(scope="session")
def engine():
    engine = Engine()
    engine.start()
    assert engine.missing == "", "the synthesiser comes with the packages of requirements/runtime.lock"
    yield engine
    engine.stop()


@pytest.fixture(scope="module")
def office_server(tmp_path_factory):
    """An office that offers Welsh and Urdu beside English."""
    folder = tmp_path_factory.mktemp("voice")
    server = Server(folder, catalogues={"offered": ["en", "cy", "ur"]}, desks=TWO, kiosk={"guesses": 1_000})
    yield server
    server.close()
