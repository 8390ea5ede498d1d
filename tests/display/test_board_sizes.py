"""A call is seen under 0.7 degrees from the farthest seat and the rest at a 150th of its distance: letters measured as
they are drawn, in millimetres of the screen."""

import math

import pytest
from playwright.sync_api import expect

from reception.boards import screens
from tests.outside import Server

FIVE = [{"key": str(key), "name": f"Desk {key}"} for key in range(1, 6)]
# Every text in sight: what it is, what it says, and the height of its capitals in pixels.
CAPITALS = """() => {
    const brush = document.createElement("canvas").getContext("2d");
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const [text, element] = [texts.currentNode.textContent.trim(), texts.currentNode.parentElement];
        if (!text || !element.checkVisibility() || element.getBoundingClientRect().width <= 1) continue;
        if (element.closest(".visually-hidden, h2, .sound-off")) continue;
        const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
        brush.font = `${fontWeight} ${fontSize} ${fontFamily}`;
        found.push([Boolean(element.closest(".call")), text, brush.measureText("H").actualBoundingBoxAscent]);
    }
    return found;
}"""
WHOLE = """() => [...document.querySelectorAll("[data-fit] > *, [data-part]")].every((text) => {
    if (!text.checkVisibility()) return true;
    const outer = text.closest("section, .notice, .strip");
    const [inner, room] = [text, outer].map((box) => box.getBoundingClientRect());
    return inner.left >= room.left - 1 && inner.right <= room.right + 1
        && inner.top >= room.top - 1 && inner.bottom <= room.bottom + 1;
})"""


@pytest.fixture
def hung(tmp_path, page):
    """Hangs a screen: the page of a board of these settings, and a function that measures it in millimetres."""
    made = []

    def hang(size, *, inches, metres, **parts):
        board = {"screen_inches": inches, "screen_pixels": list(size), "farthest_metres": metres, "keep_seconds": 600}
        board["waits"] = False  # written smaller
        office = Server(tmp_path, desks=FIVE, board=board | parts.pop("board", {}), **parts)
        made.append(office)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        office.enter(page.context, "display")
        page.goto(f"{office.url}/display")
        page.locator("html[data-server=here]").wait_for()
        assert not screens(office.door.settings)[-1].is_too_small
        return office, page

    yield hang
    for office in made:
        office.close()


def call(office, desk: str) -> None:
    office.door.issue(service="tax", by="test")
    office.door.call_next(desk=desk, by="test")


def too_small(page, *, size, inches, metres) -> list:
    """The texts that the farthest seat cannot read, with their height and what it needs, in mm."""
    mm_per_px = inches * 25.4 / math.hypot(*size)
    needs = {True: metres * 1000 * math.tan(math.radians(0.7)), False: metres * 1000 / 150}
    found = page.evaluate(CAPITALS)
    assert {called for called, *_ in found} == {True, False}
    short = [
        (text, round(px * mm_per_px, 1), round(needs[called], 1))
        for called, text, px in found
        if px * mm_per_px < needs[called] - 0.4
    ]
    return short


SCREENS = [  # and how many calls at once there is room for above a notice
    ((1920, 1080), 43, 5.0, 3),
    ((3840, 2160), 65, 7.5, 3),
    ((1080, 1920), 43, 4.5, 2),
    ((1920, 1080), 32, 2.0, 4),
]


@pytest.mark.en301549("5.1.4")
@pytest.mark.parametrize(("size", "inches", "metres", "count"), SCREENS)
def test_every_letter_can_be_read_from_the_farthest_seat(hung, size, inches, metres, count):
    office, page = hung(size, inches=inches, metres=metres, board={"notice": "The lift is out of order."})
    for desk in "12345"[:count]:
        call(office, desk)
    expect(page.get_by_role("article")).to_have_count(count)
    assert too_small(page, size=size, inches=inches, metres=metres) == []
    page.wait_for_function(WHOLE)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_two_languages_can_both_be_read_from_there(hung, size):
    texts = {f'"Desk {key}"': f"Desg {key}" for key in range(1, 6)}
    languages = {"catalogues": {"offered": ["en", "cy"]}, "texts.cy": texts}
    office, page = hung(size, inches=55, metres=4.4, board={"keep_seconds": 1}, **languages)
    for desk in "12345":
        call(office, desk)
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("Desg 5")
    assert too_small(page, size=size, inches=55, metres=4.4) == []
    page.wait_for_function(WHOLE)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_of_five_called_at_once_four_are_large_and_the_first_heads_the_list_marked(hung, size):
    office, page = hung(size, inches=43, metres=4.5)
    for desk in "12345":
        call(office, desk)
    large = page.get_by_role("region", name="Now calling").get_by_role("article")
    listed = page.get_by_role("region", name="Called before").get_by_role("listitem")
    expect(large.locator(".number")).to_have_text(["A005", "A004", "A003", "A002"])
    expect(listed.locator(".before-number")).to_have_text(["A001"])
    assert listed.get_attribute("data-fresh") == ""
    page.wait_for_function(WHOLE)


def test_a_call_lays_a_full_screen_out_a_few_times_and_not_once_for_every_size_of_every_word(hung):
    office, page = hung((1920, 1080), inches=43, metres=5)
    network = page.context.new_cdp_session(page)
    network.send("Performance.enable")

    def layouts() -> int:
        return next(
            one["value"] for one in network.send("Performance.getMetrics")["metrics"] if one["name"] == "LayoutCount"
        )

    for desk in "12345" * 3:
        call(office, desk)
    expect(page.get_by_role("article").first).to_contain_text("A015")
    page.wait_for_function(WHOLE)
    before = layouts()
    call(office, "1")
    expect(page.get_by_role("article").first).to_contain_text("A016")
    page.wait_for_function(WHOLE)
    assert layouts() - before < 100


def test_a_long_notice_is_shown_in_parts_that_are_whole_and_large(hung):
    words = ("The payment office is closed because of a leak. Please pay at the post office. " * 4)[:300].strip()
    office, page = hung((1920, 1080), inches=43, metres=5, board={"notice": words})
    call(office, "1")
    expect(page.get_by_role("article")).to_be_visible()
    part = page.locator("[data-part]")
    expect(part).to_have_text("The payment office is closed because of a leak.")
    expect(page.get_by_text(words)).to_be_attached()  # the whole, for screen readers
    page.wait_for_function(WHOLE)
    assert too_small(page, size=(1920, 1080), inches=43, metres=5) == []


def test_the_page_for_setting_up_draws_200_mm_and_says_how_far_it_can_be_read(hung):
    office, page = hung((1920, 1080), inches=43, metres=5)
    page.goto(f"{office.url}/display/set-up")
    expect(page.get_by_text("A 43-inch screen can be read from 5 m.")).to_be_visible()
    ruler = page.locator(".ruler").bounding_box()["width"] * 43 * 25.4 / math.hypot(1920, 1080)
    assert ruler == pytest.approx(200, abs=1)
