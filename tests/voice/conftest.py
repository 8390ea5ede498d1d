"""Voices: the real synthesiser, shared by a folder's tests; offices that use it; somebody who listens there."""

import pytest

from reception.voice import Engine
from tests.kiosk.conftest import GROUPS, OFFICE, SERVICES, UPRIGHT
from tests.outside import Server, zone_where_it_is
from tests.voice.unseen import HEADING, Unseen

FULL = {"key": "dogs", "name": "Dog licences", "letter": "G", "quota": 0, "group": "money"}
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


@pytest.fixture
def unseen_at(page):
    """Somebody who does not see stands at a server's kiosk; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size(UPRIGHT)

    def stands(server) -> Unseen:
        server.enter(page.context, "kiosk")
        page.goto(f"{server.url}/kiosk")
        page.locator("html[data-server=here]").wait_for()
        return Unseen(page)

    yield stands
    assert wrong == []


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    """One with a group, a closed service, one without tickets left, and appointments."""
    server = Server(
        tmp_path_factory.mktemp("unseen"),
        office={**OFFICE, "timezone": zone_where_it_is(13)},
        groups=GROUPS,
        services=[*SERVICES, FULL],
        desks=TWO[:1],
        kiosk={"asks_appointment": "always", "guesses": 1_000},
        waits={"tell": False},
    )
    yield server
    server.close()


@pytest.fixture
def unseen(unseen_at, open_office):
    """Somebody who has begun to listen there, with nobody waiting."""
    open_office.clear()
    unseen = unseen_at(open_office)
    unseen.begins(HEADING, "choices.")
    return unseen
