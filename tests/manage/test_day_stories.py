"""A manager's day in a real browser on a real server: deciding for today, taking in a file, correcting a visit."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reception.refusals import Refusal
from tests.builders import eventually
from tests.outside import Server, zone_where_it_is

PHONE = {"width": 360, "height": 740}
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(
        tmp_path_factory.mktemp("office"), office={"name": "Fernleigh Council", "timezone": zone_where_it_is(13)}
    )
    yield running
    running.close()


@pytest.fixture
def manager(server, page):
    """A manager's browser; the page's errors are the test's."""
    server.clear()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    person = server.keys.add_person(name="Sam", sign_in=f"sam-{len(server.keys.people())}", role="manager", by="test")
    given = server.keys.add(name="Sam", role="manager", kind="browser", by="test", person=person)
    server.enter(page.context, "manager", given)

    def opened(path: str):
        page.goto(server.url + path)
        return page

    yield opened
    assert wrong == []


def row(page, region: str, name: str):
    things = page.get_by_role("region", name=region).get_by_role("listitem")
    return things.filter(has=page.get_by_text(name, exact=True))


def is_fit_for_everybody(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    size = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate(SIDEWAYS) == 0
    page.set_viewport_size(size)


def test_a_service_is_closed_seen_on_now_and_opened_again(server, manager):
    page = manager("/manage/today")
    row(page, "Services", "Council Tax").locator("summary").click()
    is_fit_for_everybody(page)
    page.get_by_role("button", name="Close Council Tax").click()
    expect(page.get_by_role("status").filter(has_text="Council Tax is closed, until the end of today.")).to_be_visible()
    with pytest.raises(Refusal, match="service_closed"):
        server.door.issue(service="tax", by="kiosk:lobby")
    manager("/manage")
    decided = page.get_by_role("region", name="Decided for now")
    expect(decided).to_contain_text("Council Tax is closed")
    decided.get_by_role("link", name="Close or open a service").click()
    page.get_by_role("button", name="Back to the settings (Council Tax is closed)").click()
    expect(page.get_by_text("Everything is as the settings say.")).to_be_visible()
    server.door.issue(service="tax", by="kiosk:lobby")
    record = page.get_by_role("region", name="Decided today").get_by_role("listitem")
    expect(record.first).to_contain_text("Council Tax is as the settings say")
    expect(record.first).to_contain_text("Sam")


def test_a_kiosk_is_locked_in_ones_own_words_and_released(server, manager):
    server.keys.add(name="Door kiosk", role="kiosk", kind="browser", by="test")
    kiosk = next(key.id for key in server.keys.all() if key.name == "Door kiosk")
    page = manager("/manage/today")
    row(page, "Kiosks", "Door kiosk").locator("summary").click()
    page.get_by_label("What its screen says instead").fill("Back at two. Please ask at desk 1.")
    page.get_by_role("button", name="Lock Door kiosk").click()
    held = page.get_by_role("list", name="What holds now").get_by_role("listitem")
    expect(held).to_contain_text("Door kiosk is locked until the end of today Back at two. Please ask at desk 1.")
    room = server.door.look()[1]
    assert server.door.text_of(room, "kiosk", kiosk) == "Back at two. Please ask at desk 1."
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("status").filter(has_text="Door kiosk is unlocked")).to_be_visible()
    assert server.door.look()[1].ruled("kiosk", kiosk) is None


def test_what_was_typed_is_still_there_when_it_was_refused(manager):
    page = manager("/manage/today")
    row(page, "Services", "Housing").locator("summary").click()
    page.get_by_label("Tickets a day").filter(visible=True).fill("a dozen")
    page.get_by_role("button", name="Set the quota").filter(visible=True).click()
    expect(page.get_by_role("alert").filter(has_text="A quota is a number of tickets")).to_be_visible()
    expect(page.get_by_label("Tickets a day").filter(visible=True)).to_have_value("a dozen")
    is_fit_for_everybody(page)


def test_a_bad_file_is_taken_in_as_far_as_it_is_good(server, manager):
    today = server.door.look()[1].day
    text = (
        "reference,service,start\n"
        f"S1,tax,{today} 23:30\n"
        "S2,dentist,2026-03-02 09:00\n"
        "S3,tax,03/31/2026 09:00\n"
        f"S1,housing,{today} 23:40\n"
        f"S4,housing,{today} 23:45\n"
        "S5,hous"
    )
    page = manager("/manage/appointments")
    for said in ("2 appointments are new; 4 lines could not be read.", "Nothing is changed: all of this was here"):
        page.get_by_label("File").set_input_files(
            {"name": "bookings.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        page.get_by_role("button", name="Take it in").click()
        expect(page.locator(".says")).to_contain_text(said)
        left_out = page.get_by_role("region", name="What was left out, and why")
        for line in (3, 4, 5, 7):
            expect(left_out).to_contain_text(f"Line {line}:")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download as CSV").click()
        assert download.value.suggested_filename.startswith("appointments-report-")
        is_fit_for_everybody(page)
        page.get_by_role("link", name="Back to appointments").click()
    expect(page.get_by_text("2 appointments today.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="S4")).to_contain_text("Housing")


def test_flagged_times_are_corrected_and_the_figures_follow(server, manager):
    door = server.door
    visit = door.issue(service="housing", by="kiosk:lobby").visit
    door.call_next(desk="3", by="test")
    door.step("start", visit=visit.id, by="test", desk="3")
    door.finish(visit=visit.id, by="test", desk="3")
    door.flag_times(visit=visit.id, by="test")
    page = manager("/manage/visits")
    page.get_by_role("region", name="Times are wrong").get_by_role("link", name=visit.number).click()
    was = page.get_by_label("Came").input_value()
    page.get_by_label("Came").fill("00:00:01")
    page.get_by_role("button", name="Save the times").click()
    expect(page.get_by_role("status").filter(has_text="The figures today follow.")).to_be_visible()
    story = page.get_by_role("list", name="What happened").get_by_role("listitem")
    expect(story.last).to_contain_text(f"Came at 00:00:01; before, it said {was}.")
    expect(story.last).to_contain_text("Sam")
    is_fit_for_everybody(page)
    stored = eventually(lambda: door.store.visit(door.office, visit.id))
    assert stored.times_wrong == 0 and (stored.seen_at - stored.arrived_at) > (visit.arrived_at - stored.arrived_at)
    manager("/manage/figures")
    waited = page.get_by_role("row", name=re.compile("^Housing")).first
    longest = -(-(stored.seen_at - stored.arrived_at) // 1000)
    hours, minutes, seconds = longest // 3600, longest // 60 % 60, longest % 60
    said = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    expect(waited).to_contain_text(said)


def test_a_call_for_help_is_answered_and_stands_in_the_record(server, manager):
    server.door.set_desk(desk="2", state="open", by="key:desk-2")
    page = manager("/manage")
    server.door.help(desk="2", by="key:desk-2", step="ask")
    calls = page.get_by_role("region", name="Calls for help")
    expect(calls).to_contain_text("Desk 2")
    page.get_by_role("button", name="I am coming (Desk 2)").click()
    expect(page.get_by_role("region", name="Calls for help")).to_contain_text("Sam is coming.")
    server.door.help(desk="2", by="key:desk-2", step="end")
    expect(page.get_by_role("region", name="Calls for help")).to_be_hidden()
    page.get_by_role("link", name="Record of calls for help").click()
    expect(page.get_by_role("listitem").filter(has_text="Desk 2").first).to_contain_text("Sam answered after")


def test_a_receptionist_is_refused_every_page(server, page):
    server.enter(page.context, "receptionist")
    for path in ("today", "visits", "appointments", "help"):
        answer = page.goto(f"{server.url}/manage/{path}")
        assert answer.status == 403
        expect(page.get_by_text("may not do that")).to_be_visible()
