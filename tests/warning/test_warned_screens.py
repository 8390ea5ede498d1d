"""A warning on the screens of a desk, a manager and the back office, on a real server, and the press that helps."""

import pytest
from playwright.sync_api import expect

from tests.outside import Server

SERVICES = [{"key": "tax", "name": "Council Tax", "letter": "A", "minutes": 60}]
DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}]


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path, services=SERVICES, desks=DESKS, warnings={"chance": 0.6})
    yield running
    running.close()


def test_desk_manager_and_wallboard_are_told_until_the_step_is_done(server, browser):
    desk, manager, wall = (opened(server, browser, *where) for where in SCREENS)
    server.door.issue(service="tax", by="kiosk:lobby")
    server.door.call_next(desk="1", by="person:1")
    server.door.issue(service="tax", by="kiosk:lobby")
    expect(desk.get_by_text("A002 will probably wait longer than promised.")).to_be_visible()
    expect(wall.get_by_text("A002 will probably wait longer than promised.")).to_be_visible()
    told = manager.get_by_role("region", name="Likely to wait too long")
    expect(told).to_contain_text("A002")
    expect(told).to_contain_text("Open Desk 2.")
    told.get_by_role("button", name="Open it").click()
    expect(manager.get_by_text("Desk 2 is open in your name.")).to_be_visible()
    for page in (desk, manager, wall):
        expect(page.get_by_text("Likely to wait too long")).to_be_hidden()
    expect(wall.get_by_text("A002 will")).to_be_hidden()
    assert [one.visit for one in server.door.warnings()], "what becomes of it is still to be seen"


SCREENS = [
    ("receptionist", "/desk/1", "[data-desk]"),
    ("manager", "/manage", "[data-now][data-filled]"),
    ("manager", "/manage/wall", "[data-wall][data-filled]"),
]


def opened(server, browser, role: str, path: str, ready: str):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    server.enter(context, role)
    page = context.new_page()
    page.goto(server.url + path)
    page.locator(ready).wait_for()
    return page
