"""A visitor's own page, in a real browser of a phone's size on a real server."""

import re
import signal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.builders import eventually
from tests.outside import Server

PHONE = {"width": 360, "height": 740}
LOST = 15_000  # ms
FELT_AND_HEARD = """
    window.felt = 0;
    window.notes = 0;
    navigator.vibrate = () => (window.felt += 1);
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { window.notes += 1; return start.call(this, at); };
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("phone"), office={"key": "town", "name": "Fernleigh Council"})
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

    def open_page(visit):
        page.goto(f"{lobby.url}/t/{visit.token}")
        page.locator("html[data-server=here]").wait_for()
        return page

    yield open_page
    assert wrong == []


def issue(lobby, service: str = "tax"):
    return lobby.door.issue(service=service, by="test").visit


def test_the_phone_sees_its_place_and_its_call_without_loading_again(lobby, follow):
    first, mine = issue(lobby), issue(lobby)
    page = follow(mine)
    expect(page.get_by_role("heading")).to_have_text(f"Your number is {mine.number}")
    expect(page.get_by_text("1 person is ahead of you.")).to_be_visible()
    assert lobby.door.call_next(desk="1", by="test").id == first.id
    expect(page.get_by_text("You are next.")).to_be_visible()
    lobby.door.call_next(desk="2", by="test")
    expect(page.locator(".call")).to_have_text(re.compile(r"Please go to\s+Desk 2"))
    expect(page).to_have_title(f"Go to Desk 2: {mine.number}")
    lobby.door.step("start", visit=mine.id, by="test")
    expect(page.get_by_text("You are at Desk 2")).to_be_visible()
    expect(page).to_have_title(f"Your number is {mine.number} – Fernleigh Council")
    lobby.door.step("finish", visit=mine.id, by="test")
    expect(page.get_by_text("Your visit is finished.")).to_be_visible()


def test_whoever_was_not_there_is_told_what_helps_and_may_come_back(lobby, follow):
    mine = issue(lobby)
    page = follow(mine)
    lobby.door.call_next(desk="1", by="test")
    lobby.door.step("not_here", visit=mine.id, by="test")
    expect(page.get_by_text("We called you, but you were not there.")).to_be_visible()
    expect(page.get_by_text("please tell a member of staff that you are here")).to_be_visible()
    lobby.door.step("reinstate", visit=mine.id, by="test")
    expect(page.get_by_text("You are next.")).to_be_visible()


def test_a_call_is_felt_and_heard_where_somebody_asked_for_it(lobby, follow, page):
    page.add_init_script(FELT_AND_HEARD)
    mine = issue(lobby)
    follow(mine)
    page.get_by_role("button", name="Alert me when I am called").click()
    expect(page.get_by_role("button", name="This phone will alert you")).to_have_attribute("aria-pressed", "true")
    sample = page.evaluate("notes")
    lobby.door.call_next(desk="1", by="test")
    expect(page.locator(".call")).to_be_visible()
    assert page.evaluate("[felt, notes]") == [1, sample + 2]
    lobby.door.step("recall", visit=mine.id, by="test")
    eventually(lambda: page.evaluate("felt") == 2)


def test_without_scripts_the_page_says_the_same(lobby, browser):
    issue(lobby)
    mine = issue(lobby)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{lobby.url}/t/{mine.token}")
    expect(page.get_by_role("heading")).to_have_text(f"Your number is {mine.number}")
    expect(page.get_by_text("1 person is ahead of you.")).to_be_visible()
    expect(page.get_by_role("button")).to_be_hidden()
    context.close()


def test_the_page_names_no_service(lobby, follow):
    page = follow(issue(lobby, "housing"))
    expect(page.get_by_text("You are next.")).to_be_visible()
    assert "housing" not in page.content().lower()


def test_it_needs_no_address_but_those_a_proxy_is_told_to_publish(lobby, follow, page):
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.on("websocket", lambda socket: asked.append(urlsplit(socket.url).path))
    follow(issue(lobby))
    page.wait_for_load_state("networkidle")
    assert "/socket.io/" in asked
    assert [path for path in asked if not path.startswith(("/t/", "/static/", "/socket.io/"))] == []


def test_every_state_keeps_the_rules_of_access_on_a_narrow_phone(lobby, follow):
    mine = issue(lobby)
    page = follow(mine)
    page.set_viewport_size({"width": 320, "height": 640})
    for state, step in (("waiting", None), ("called", "call"), ("no_show", "not_here"), ("completed", "call")):
        if step == "call":
            lobby.door.call(desk="1", visit=mine.id, by="test")
        elif step:
            lobby.door.step(step, visit=mine.id, by="test")
        if state == "completed":
            lobby.door.step("finish", visit=mine.id, by="test")
        expect(page.locator("html")).to_have_attribute("data-state", state)
        found = Axe().run(page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}})
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_lost_server_is_said_and_the_page_is_right_again_by_itself(tmp_path, page):
    server = Server(tmp_path)
    try:
        mine = issue(server)
        page.goto(f"{server.url}/t/{mine.token}")
        page.locator("html[data-server=here]").wait_for()
        server.stop()
        expect(page.get_by_text("Not connected just now.")).to_be_visible(timeout=LOST)
        server.door.call_next(desk="1", by="test")
        server.start()
        expect(page.locator(".call")).to_have_text(re.compile("Desk 1"), timeout=LOST)
        expect(page.get_by_text("Not connected just now.")).to_be_hidden()
    finally:
        server.process.send_signal(signal.SIGCONT)
        server.close()
