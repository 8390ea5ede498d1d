"""The managers' pages in a real browser on a real server; visitors and desks act from this process."""

import re
import socket
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.builders import LONDON, Hands, instant, open_door
from tests.outside import Server

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
DAY = datetime.now(LONDON).date() - timedelta(days=1)
YESTERDAY = f"/manage/figures?from={DAY}&to={DAY}"
PAGES = (
    "/manage", "/manage/today", "/manage/visits", "/manage/appointments", "/manage/appointments/columns",
    "/manage/help", "/manage/figures", YESTERDAY, "/manage/devices", "/manage/people",
)  # fmt: skip
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOST = 10_000  # ms: within this time a page says that it has lost its server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An office whose printer's address answers nobody."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        printer = {"key": "lobby", "name": "Lobby printer", "kind": "network", "host": "127.0.0.1"}
        printers = [printer | {"port": nobody.getsockname()[1]}]
        folder = tmp_path_factory.mktemp("office")
        a_day(folder)
        running = Server(folder, office={"name": "Fernleigh Council"}, printers=printers)
        yield running
        running.close()


def a_day(folder) -> None:
    """Twelve visitors of yesterday, stored before the server starts; of six for Housing two waited seven minutes."""
    hands = Hands(instant(f"{DAY} 10:00"))
    door = open_door(folder / "data" / "reception.db", hands)
    for service, minutes in [("tax", 1)] * 6 + [("housing", 1)] * 4 + [("housing", 7)] * 2:
        door.ticket(service)
        hands.go(minutes=minutes)
        door.take("finish", door.take("start", door.next()))
    door.store.close()


@pytest.fixture
def manager(server, page):
    """A manager's browser; the page's errors are the test's."""
    server.clear()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size(WIDE)
    server.enter(page.context, "admin")

    def opened(path: str = "/manage"):
        page.goto(server.url + path)
        return page

    yield opened
    assert wrong == []


def issue(server, service: str = "tax"):
    return server.door.issue(service=service, by="kiosk:lobby").visit


def test_now_follows_a_visitor_from_ticket_to_desk(server, manager):
    page = manager()
    expect(page.get_by_text("Nobody is waiting.").first).to_be_visible()
    visit = issue(server, "housing")
    expect(page.get_by_text("1 person is waiting.")).to_be_visible()
    expect(page.get_by_role("region", name="The line").get_by_role("listitem")).to_contain_text(visit.number)
    expect(page.get_by_role("row", name=re.compile("^Housing"))).to_contain_text("1")
    server.door.call_next(desk="3", by="test")
    desk = page.get_by_role("row", name=re.compile("^Desk 3"))
    expect(desk).to_contain_text(f"Has called {visit.number}")
    server.door.step("start", visit=visit.id, by="test", desk="3")
    expect(desk).to_contain_text(f"Helping {visit.number}")
    server.door.finish(visit=visit.id, by="test", desk="3")
    expect(desk).to_contain_text("Free")
    expect(page.get_by_text("1 desk is open.")).to_be_visible()


def test_whoever_no_open_desk_can_help_is_shown_with_the_remedy(server, manager):
    page = manager()
    server.door.set_desk(desk="3", state="open", by="test")
    visit = issue(server, "tax")
    alone = page.get_by_role("region", name="Waiting for a service that no open desk takes")
    expect(alone).to_contain_text(visit.number)
    expect(alone).to_contain_text("Open a desk that takes it")
    server.door.set_desk(desk="1", state="open", by="test")
    expect(alone).to_be_hidden()


def test_a_printer_in_trouble_is_shown_with_cause_and_remedy(manager):
    trouble = manager().get_by_role("region", name="Needs somebody")
    expect(trouble).to_contain_text("Lobby printer")
    expect(trouble).to_contain_text("The printer does not answer at its address.")
    expect(trouble).to_contain_text("Check that the printer is switched on")


def test_a_board_is_let_in_by_its_code_seen_and_sent_away(server, manager, browser):
    elsewhere = browser.new_context()
    screen = elsewhere.new_page()
    screen.goto(f"{server.url}/display")
    code = screen.locator(".pairing-code").inner_text().strip()
    page = manager("/manage/devices")
    page.get_by_label("Code on its screen").fill(code)
    page.get_by_label("Board, which shows who is called").check()
    page.get_by_label("Name").fill("Lobby board")
    page.get_by_role("button", name="Let it in").click()
    expect(page.get_by_text("Lobby board is let in.")).to_be_visible()
    screen.wait_for_url(re.compile("/display"), timeout=20_000)
    manager()
    expect(page.get_by_role("row", name=re.compile("Lobby board"))).to_contain_text("Connected")
    manager("/manage/devices")
    page.get_by_role("listitem").filter(has_text="Lobby board").locator("summary").click()
    page.get_by_role("button", name="End access of Lobby board").click()
    expect(page.get_by_text("Lobby board has no access any more.")).to_be_visible()
    screen.wait_for_url(re.compile("/pair/display"), timeout=20_000)
    elsewhere.close()


def test_yesterdays_figures_are_drawn_of_who_was_seen(manager):
    page = manager(YESTERDAY)
    expect(page.locator("main p").first).to_contain_text("83% of 12 people were seen within 5 minutes")
    drawing = page.get_by_role("img", name="How many people waited how long")
    assert drawing.locator(".bar").count() == 2  # ten after a minute, two after seven
    expect(page.get_by_role("row", name=re.compile("^Housing")).first).to_contain_text("67%")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename.startswith("figures-")


def test_what_has_just_happened_is_too_recent_to_judge_and_said_to_be(server, manager):
    issue(server)
    expect(manager("/manage/figures").locator("main p").first).to_contain_text("too recently to be judged")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_desk_and_a_phone_and_is_accessible(server, manager, path):
    issue(server)
    page = manager(path)
    if path == "/manage":
        expect(page.get_by_text("1 person is waiting.")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize(
    ("path", "name", "beside"),
    [
        ("/manage/charter", "We see you within 5 minutes of arriving.", "How it went"),
        (f"/manage/visits?day={DAY}", "A001", "Waited"),
        (f"/manage/visits?from={DAY}&to={DAY}&what=hits", "A001", "The promise"),
        (YESTERDAY, "Housing", "9 in 10 within"),
    ],
)
def test_on_a_telephone_each_row_of_a_wide_table_is_a_card(manager, path, name, beside):
    page = manager(path)
    row = page.get_by_role("row").filter(has_text=name)
    head, cell = page.get_by_role("columnheader", name=beside), row.locator(f'[data-head="{beside}"]')
    expect(head).to_be_visible()
    page.set_viewport_size(PHONE)
    expect(head).to_be_hidden()
    box = cell.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate(SIDEWAYS) == 0


def test_now_says_that_it_lost_its_server_and_is_right_again(tmp_path, page):
    server = Server(tmp_path)
    try:
        server.enter(page.context, "manager")
        page.goto(f"{server.url}/manage")
        expect(page.get_by_text("Nobody is waiting.").first).to_be_visible()
        server.stop(kill=True)
        banner = page.get_by_role("alert").filter(has_text="cannot reach the server")
        expect(banner).to_be_visible(timeout=LOST)
        issue(server)
        server.start()
        expect(page.get_by_text("1 person is waiting.")).to_be_visible(timeout=LOST)
        expect(banner).to_be_hidden()
    finally:
        server.close()
