"""What a kiosk says before the number, never in its way: what to bring, what can be done online, who else can help."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.builders import eventually
from tests.kiosk.conftest import DESKS, OFFICE, turned
from tests.outside import Server

ONLINE = "https://www.example.org/parking"
SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A"},
    {"key": "housing", "name": "Housing", "letter": "B", "bring": ["Your tenancy agreement", "A payslip"]},
    {"key": "parking", "name": "Parking", "letter": "C", "online": ONLINE, "online_name": "Apply for a permit"},
]
ADVICE = {"key": "advice", "name": "Citizens Advice", "phone": "0800 000 0001", "url": "https://advice.example.org/"}
SIGNPOSTS = [
    {**ADVICE, "about": "Free advice", "opening": "Monday to Friday", "checked": "2026-03-02", "kiosk": True},
    {"key": "staff-only", "name": "Water company", "checked": "2026-03-02"},
]

SMALL = {"width": 872, "height": 544}  # a tablet, 218 mm by 136, at default.toml's 0.25 mm to the pixel
OUTSIDE = """() => [...document.querySelectorAll(".screen:not([hidden]) :is(.heading, li, p, button)")]
    .filter((one) => one.checkVisibility() && !one.matches(".visually-hidden"))
    .filter((one) => one.getBoundingClientRect().top < -1 || one.getBoundingClientRect().bottom > innerHeight + 1)
    .map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def helpful_office(tmp_path_factory):
    server = Server(
        tmp_path_factory.mktemp("helpful"),
        office=OFFICE,
        services=SERVICES,
        desks=DESKS[:1],
        signposts=SIGNPOSTS,
    )
    yield server
    server.close()


@pytest.fixture
def kiosk(kiosk_at, helpful_office):
    return kiosk_at(helpful_office)


def code_shown(page) -> str:
    """What a phone reads on the screen."""
    drawn = page.locator(".qr:visible")
    expect(drawn).to_be_visible()
    return zxingcpp.read_barcode(Image.open(io.BytesIO(page.screenshot()))).text


def counted(server) -> list[tuple]:
    steps = server.door.store.steps("town", after=0)
    return [(step.step, step.changes["service"][1], step.visit) for step in steps if step.step.startswith("online")]


def test_what_to_bring_is_said_and_the_number_is_the_next_thing_to_press(kiosk):
    kiosk.press("Housing")
    expect(kiosk.heading).to_have_text("Housing")
    expect(kiosk.page.get_by_role("listitem").filter(visible=True)).to_have_text(
        ["Your tenancy agreement", "A payslip"]
    )
    kiosk.page.keyboard.press("Tab")
    expect(kiosk.button("Get my number")).to_be_focused()
    kiosk.press("Get my number")
    kiosk.needs_nothing()
    assert kiosk.number.startswith("B")


def test_a_service_with_nothing_to_say_asks_the_next_question_at_once(kiosk):
    kiosk.press("Council Tax")
    expect(kiosk.button("Nothing, thank you")).to_be_visible()


def test_what_can_be_done_online_is_a_code_and_counted_without_anybody(kiosk, helpful_office):
    before = counted(helpful_office)
    kiosk.press("Parking")
    kiosk.press("Do it online instead")
    expect(kiosk.heading).to_have_text("Apply for a permit")
    expect(kiosk.page.get_by_text("www.example.org/parking")).to_be_visible()
    assert code_shown(kiosk.page) == ONLINE
    new = [("online_shown", "parking", None), ("online_taken", "parking", None)]
    assert eventually(lambda: counted(helpful_office)[len(before) :] == new)
    kiosk.press("Done")
    kiosk.at_start()


def test_whoever_looked_at_the_code_can_have_a_number_after_all(kiosk):
    kiosk.press("Parking")
    kiosk.press("Do it online instead")
    kiosk.press("Get my number after all")
    kiosk.needs_nothing()
    assert kiosk.number.startswith("C")


def test_back_leads_from_the_needs_to_what_to_bring_and_on_again(kiosk):
    kiosk.press("Housing")
    kiosk.press("Get my number")
    kiosk.press("Back")
    expect(kiosk.heading).to_have_text("Housing")
    kiosk.press("Get my number")
    expect(kiosk.button("Nothing, thank you")).to_be_visible()


def test_what_is_not_the_councils_has_its_address_and_its_code(kiosk):
    kiosk.press("Others who can help")
    expect(kiosk.button("Water company")).to_have_count(0)
    kiosk.press("Citizens Advice")
    expect(kiosk.page.get_by_role("main")).to_contain_text("0800 000 0001")
    assert code_shown(kiosk.page) == "https://advice.example.org/"
    kiosk.press("Take a number")
    kiosk.at_start()


def test_on_a_tablet_in_large_letters_nothing_of_it_is_cut_off(kiosk):
    """What has no room is turned over, as choices are."""
    turned(kiosk.page, SMALL)
    kiosk.press("Larger text")
    kiosk.press("Others who can help")
    kiosk.press("Citizens Advice")
    told = set()
    while not {"0800 000 0001", "Monday to Friday", "advice.example.org"} <= told:
        before = len(told)
        told |= {one.strip() for one in kiosk.page.locator(".reach:visible > li:visible").all_inner_texts()}
        assert len(told) > before
        assert kiosk.page.evaluate(OUTSIDE) == []
        if (more := kiosk.page.locator("[data-turn]:visible")).count():
            more.press("Enter")


def test_how_to_reach_somebody_else_is_printed_once_and_is_nobodys_visit(kiosk, helpful_office):
    jobs = "SELECT visit, kind, about FROM print_jobs WHERE kind = 'signpost'"
    kiosk.press("Others who can help")
    kiosk.press("Citizens Advice")
    kiosk.press("Print this")
    expect(kiosk.page.get_by_text("Please take your slip.")).to_be_visible()
    expect(kiosk.button("Print this")).to_be_hidden()
    assert [tuple(row) for row in helpful_office.door.store.execute(jobs)] == [("", "signpost", "advice@")]
    (step,) = [step for step in helpful_office.door.store.steps("town", after=0) if step.step == "signpost_given"]
    assert (step.visit, step.changes) == (None, {"signpost": [None, "advice"]})
