"""The figures of some weeks in a real browser: laid out at every size, kept to the rules of access, and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.fernleigh import Office

SIZES = [(1280, 800), (640, 800), (360, 740)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
OUTSIDE = """[...document.querySelectorAll(".chart svg[role=img] text")].filter((one) => {
    const box = one.getBoundingClientRect(), within = one.closest(".week, figure").getBoundingClientRect();
    return box.width && !one.closest(".week-long") && (box.left < within.left - 1 || box.right > within.right + 1);
}).map((one) => one.textContent)"""
OVERLAID = """[...document.querySelectorAll(".chart svg[role=img]")].flatMap((svg) => {
    const boxes = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.width);
    return boxes.flatMap(([mine, a], place) => boxes.slice(place + 1).filter(([, b]) => a.left < b.right - 1
        && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
        .map(([other]) => `${mine} | ${other}`));
})"""

LONGEST = """[...document.querySelectorAll(".chart svg .said")].filter((said) => {
    if (said.closest("svg").textContent.includes("half")) said.textContent = "half 1:00:00 · 9 in 10 1:00:00";
    else if (said.textContent.includes("% of ")) said.textContent = "88% of 399 (85 to 91)";
    return said.previousElementSibling.getBoundingClientRect().right > said.getBoundingClientRect().left;
}).map((one) => one.previousElementSibling.textContent)"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("weeks") / "office", lived=True, days=12)
    yield office
    office.close()


@pytest.fixture
def weeks_asked(office, browser):
    """Opens the figures of all that happened, at a size, with another period beside it."""

    def opened(size, scheme="light"):
        page = office.open(browser, "/manage/figures?with=before", "Sam", size, color_scheme=scheme)
        page.get_by_role("link", name="All time").click()
        page.get_by_role("heading", name="Day by day").wait_for()
        return page

    yield opened
    for context in browser.contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_leaves_its_place_and_no_words_lie_on_others(weeks_asked, size):
    page = weeks_asked(size)
    assert (page.evaluate(SIDEWAYS), page.evaluate(OUTSIDE), page.evaluate(OVERLAID)) == (0, [], [])
    page.evaluate(OPEN)
    assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("size", [(360, 740), (320, 640)])
def test_on_a_phone_a_bar_has_room_for_its_name_and_the_longest_that_is_said_of_it(weeks_asked, size):
    page = weeks_asked(size)
    assert page.locator(".chart svg .said", has_text="half").count()
    assert page.evaluate(LONGEST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_keeps_the_rules_of_access(weeks_asked, scheme):
    page = weeks_asked(SIZES[0], scheme)
    page.evaluate(OPEN)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_every_picture_has_a_sentence_and_a_table(weeks_asked):
    page = weeks_asked(SIZES[0])
    pictures = page.get_by_role("img")
    assert pictures.count() >= 6
    for picture in pictures.all():
        assert picture.get_attribute("aria-label")
    for says in page.locator(".chart-says").all():
        assert says.inner_text().endswith(".")
    assert page.locator("details.as-table").count() >= 6


def test_the_manager_goes_from_a_picture_to_a_visit_and_its_story(weeks_asked):
    page = weeks_asked(SIZES[0])
    page.locator(".part", has=page.get_by_role("heading", name="By service")).locator("tfoot .behind").nth(1).click()
    expect(page.locator(".says")).to_contain_text("Not in time:")
    page.get_by_role("link", name="The longest first").click()
    page.locator("table.visits a.number").first.click()
    expect(page.locator("ol.story")).to_contain_text("Got the number")


def test_the_form_keeps_what_is_asked_and_the_address_can_be_kept(weeks_asked):
    page = weeks_asked(SIZES[0])
    page.get_by_label("Service", exact=True).select_option("housing")
    page.get_by_label("Compare with").select_option("service:benefits")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Housing, compared with Help with money")).to_be_visible()
    page.goto(page.url)
    expect(page.get_by_label("Service", exact=True)).to_have_value("housing")
    expect(page.get_by_label("Compare with")).to_have_value("service:benefits")


def test_paper_has_the_figures_and_nothing_to_press(weeks_asked):
    page = weeks_asked((794, 1123))
    page.emulate_media(media="print")
    for gone in (".page-head", ".asking", ".as-table", ".ways-out"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".says").is_visible() and page.locator("table.figures").first.is_visible()
    assert page.evaluate(SIDEWAYS) == 0
