"""What people read and hear of their wait, in a browser: at the kiosk, by its voice, on the phone when it slips, on the
board."""

import re

import pytest
from playwright.sync_api import expect

from tests.kiosk.conftest import UPRIGHT
from tests.outside import Server
from tests.phone.visits import PHONE
from tests.voice.unseen import Unseen

SOON = 30_000  # ms: estimates follow an event within half a second, on a machine that is not busy
RANGE = r"(About \d+ to|Up to) \d+ minutes"
BY = rf"{RANGE}\. We expect to call you by \d\d:\d\d\."
SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A"},
    {"key": "parking", "name": "Parking", "letter": "B"},
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(
        tmp_path_factory.mktemp("expected"),
        services=SERVICES,
        desks=[{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}],
        kiosk={"asks_needs": False},
        board={"turn_seconds": 10},
    )
    yield server
    server.close()


@pytest.fixture
def lobby(server):
    """Both desks are open, and six wait."""
    server.clear()
    for desk in "12":
        server.door.set_desk(desk=desk, state="open", by=f"person:{desk}", take_over=True)
    for _ in range(6):
        server.door.issue(service="tax", by="test")
    return server


@pytest.fixture
def at(page, lobby):
    """Opens a page, as a screen of that role; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def open_page(path: str, size: dict, role: str | None = None):
        page.set_viewport_size(size)
        if role:
            lobby.enter(page.context, role)
        page.goto(lobby.url + path)
        page.locator("html[data-server=here]").wait_for()
        return page

    yield open_page
    assert wrong == []


def test_a_kiosk_says_it_before_the_number_with_the_number_and_to_whoever_listens(at):
    page = at("/kiosk", UPRIGHT, "kiosk")
    expect(page.get_by_role("button", name=re.compile(f"Council Tax.*{RANGE}", re.DOTALL))).to_be_visible(timeout=SOON)
    unseen = Unseen(page)
    unseen.begins()
    unseen.chooses("Council Tax", "We expect to call you by ")
    shown = page.locator(".ticket-wait")
    expect(shown).to_have_text(re.compile(BY))
    unseen.hears(shown.inner_text(), "6 people are ahead of you for this service.", "Updated ")


def test_a_phone_says_when_it_runs_later_than_was_said_and_why(at, lobby):
    mine = lobby.door.issue(service="tax", by="test").visit
    page = at(f"/t/{mine.token}", PHONE)
    expect(page.get_by_text(re.compile(BY))).to_be_visible(timeout=SOON)
    lobby.door.set_desk(desk="2", state="closed", by="person:2")
    later = page.get_by_text("Running later than we said: we now expect to call you by")
    expect(later).to_be_visible(timeout=SOON)
    expect(later).to_contain_text("This is because fewer desks are open now.")
    expect(page.get_by_text(re.compile(r"Updated \d\d:\d\d\."))).to_be_visible()


def test_a_greeter_reads_when_it_is_later_than_was_said_and_nothing_of_on_time_beside_it(at, lobby):
    mine = lobby.door.issue(service="tax", by="test").visit
    page = at("/greeter", {"width": 1024, "height": 768}, "receptionist")
    row = page.locator("[data-line]").get_by_role("listitem").filter(has_text=mine.number)
    expect(row.get_by_text("told: by").filter(visible=True)).to_be_visible(timeout=SOON)
    expect(row.get_by_text("On time")).to_be_visible()
    lobby.door.set_desk(desk="2", state="closed", by="person:2")
    expect(row.get_by_text("now by").filter(visible=True)).to_be_visible(timeout=SOON)
    expect(row.get_by_text("On time")).to_be_hidden()


def test_a_board_says_it_service_by_service_in_turn_with_how_many_wait(at):
    page = at("/display", {"width": 1920, "height": 1080}, "display")
    expect(page.get_by_text("6 people are waiting")).to_be_visible(timeout=SOON)
    strip = page.locator(".strip").bounding_box()["height"]
    expect(page.locator(".wait")).to_have_text(re.compile(rf"New numbers: Council Tax {RANGE}"), timeout=2 * SOON)
    assert page.locator(".strip").bounding_box()["height"] == strip
