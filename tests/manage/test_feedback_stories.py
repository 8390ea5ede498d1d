"""A complaint in a manager's browser, from the kiosk's word to the printed letter and the ombudsman's file."""

import re
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.outside import Server, zone_where_it_is

COUNT_PRINTS = "window.printed = 0; window.print = () => { window.printed += 1; }"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(
        tmp_path_factory.mktemp("office"),
        office={"name": "Fernleigh Council", "timezone": zone_where_it_is(13)},
        feedback={"ombudsman": {"name": "the Local Government Ombudsman"}},
    )
    yield running
    running.close()


@pytest.fixture
def sam(server, page):
    """A manager's browser; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    person = server.keys.add_person(name="Sam", sign_in=f"sam-{len(server.keys.people())}", role="manager", by="test")
    given = server.keys.add(name="Sam", role="manager", kind="browser", by="test", person=person)
    server.enter(page.context, "manager", given)
    page.add_init_script(COUNT_PRINTS)
    yield page
    assert wrong == []


def is_fit_for_everybody(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def open_step(page, name: str):
    """A further step, opened."""
    step = page.locator("details").filter(has=page.get_by_text(name, exact=True))
    step.locator("summary").click()
    return step


def test_a_complaint_is_put_off_by_letter_answered_and_handed_out(server, sam, tmp_path):
    told = server.door.give_feedback(
        kind="complaint", theme="waiting", source="kiosk", by="screen:lobby", text="Forty minutes."
    )
    sam.goto(f"{server.url}/manage/feedback")
    expect(sam.get_by_text("1 is open")).to_be_visible()
    sam.get_by_role("link", name=told.reference).click()
    expect(sam.get_by_text("Forty minutes.")).to_be_visible()

    later = open_step(sam, "Put the answer off")
    later.get_by_label("By how many working days").fill("2")
    later.get_by_label("Why").fill("We wait for the landlord.")
    later.get_by_role("button", name="Put it off").click()
    sam.get_by_role("link", name="That the answer takes longer").click()
    expect(sam.get_by_role("heading", name="Our answer to your complaint takes longer")).to_be_visible()
    expect(sam.get_by_text("We wait for the landlord.")).to_be_visible()
    is_fit_for_everybody(sam)
    sam.get_by_role("button", name="Print").click()
    assert sam.evaluate("window.printed") == 1
    sam.emulate_media(media="print")
    expect(sam.get_by_role("navigation")).to_be_hidden()
    expect(sam.get_by_role("button", name="Print")).to_be_hidden()
    sam.emulate_media(media="screen")

    sam.get_by_role("link", name=told.reference).click()
    sam.get_by_label("What was found").select_option("Upheld")
    sam.get_by_role("textbox", name="The answer").fill("You waited too long, and two desks were closed.")
    sam.get_by_role("button", name="Save the answer").click()
    expect(sam.get_by_text("It is answered. The letter is ready below.")).to_be_visible()
    is_fit_for_everybody(sam)
    with sam.expect_download() as download:
        sam.get_by_role("button", name="Everything in one file").click()
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        names = {re.sub("^[^/]*/", "", name) for name in packed.namelist()}
    assert {"README.txt", "timeline.csv", "letters/answered-1.txt", "letters/extended-1-1.txt"} <= names


def test_what_was_done_reaches_the_phone_of_who_tells_something(server, sam, context):
    sam.goto(f"{server.url}/manage/feedback/said")
    sam.get_by_label("You said").fill("The hall is cold.")
    sam.get_by_label("We did").fill("The heating starts at seven.")
    sam.get_by_role("button", name="Save it").click()
    expect(
        sam.get_by_role("region", name="What everybody reads").get_by_text("The hall is cold.").first
    ).to_be_visible()
    is_fit_for_everybody(sam)
    visitor = context.new_page()
    visitor.goto(f"{server.url}/feedback")
    visitor.locator("input[name=kind][value=comment]").check(force=True)
    visitor.locator("input[name=theme][value=building]").check(force=True)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_text("The heating starts at seven.")).to_be_visible()
