"""A server with phones of its visitors on it, in a real browser of a phone's size; and phones without one."""

import threading

import pytest

from tests.builders import eventually
from tests.outside import Server
from tests.phone.following import Phones
from tests.phone.visits import OFFICE, PHONE


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("phone"), **OFFICE, waits={"tell": False})
    yield server
    server.close()


@pytest.fixture
def lobby(server):
    server.clear()
    return server


@pytest.fixture
def follow(page, lobby):
    """Opens the page of a visit's link, as a phone that knows nothing else; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size(PHONE)

    def open_page(visit, ask=""):
        page.goto(f"{lobby.url}/t/{visit.token}{ask}")
        page.locator("html[data-server=here]").wait_for()
        return page

    yield open_page
    assert wrong == []


@pytest.fixture
def plain(lobby, browser):
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def phones(tmp_path, hands):
    threads = set(threading.enumerate())
    phones = Phones(tmp_path, hands)
    yield phones
    for socket in phones.sockets:
        if socket.is_connected("/phone"):
            socket.disconnect(namespace="/phone")
    eventually(lambda: set(threading.enumerate()) <= threads)
    phones.door.store.close()
