"""What a kiosk must reach: sizes in millimetres, contrast, weight, and silence while nobody is there."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.kiosk.conftest import UPRIGHT, WIDE

MM = 4  # px: default.toml's screen has 0.25 mm to the pixel
LEAST_TARGET, LEAST_GAP, LEAST_CAPITAL = 20, 1, 6.1  # mm
CAPITAL = 0.668  # of the letters' size in Atkinson Hyperlegible Next
MOST_BYTES = 150_000
HEARTBEATS = 2
BUTTONS = """() => [...document.querySelectorAll("button")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect())
    .map(({ x, y, width, height }) => [x, y, width, height])"""
LETTERS = """() => {
    const found = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const sizes = [];
    while (found.nextNode()) {
        const { textContent, parentElement } = found.currentNode;
        if (!textContent.trim() || !parentElement.checkVisibility()) continue;
        sizes.push(parseFloat(getComputedStyle(parentElement).fontSize));
    }
    return sizes;
}"""
CUT = """() => [...document.querySelectorAll(".screen, .choice-button, .strip-button, .top")]
    .filter((one) => one.checkVisibility())
    .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.className)"""


def screens(kiosk):
    """Goes through the screens a visitor meets; each is there while the loop's body runs."""
    kiosk.at_start()
    yield "start"
    kiosk.button("Council Tax and benefits").click()
    expect(kiosk.button("Help with money")).to_be_visible()
    yield "group"
    kiosk.button("Back").click()
    kiosk.button("Parking").click()
    expect(kiosk.button("Choose something else")).to_be_visible()
    yield "closed service"
    kiosk.button("Choose something else").click()
    kiosk.button("Births").click()
    expect(kiosk.page.get_by_text("Please take your ticket.")).to_be_visible()
    expect(kiosk.page.locator(".qr path[d]")).to_be_attached()
    yield "ticket"
    kiosk.button("Done").click()
    kiosk.at_start()


@pytest.mark.parametrize("size", [UPRIGHT, WIDE], ids=["upright", "wide"])
@pytest.mark.parametrize("larger", [False, True], ids=["normal", "larger"])
def test_whatever_is_pressed_is_large_apart_and_whole(kiosk, size, larger):
    page = kiosk.page
    page.set_viewport_size(size)
    if larger:
        kiosk.button("Larger text").click()
    for name in screens(kiosk):
        boxes = page.evaluate(BUTTONS)
        assert all(min(w, h) >= LEAST_TARGET * MM for _, _, w, h in boxes), (name, boxes)
        for index, one in enumerate(boxes):
            assert all(gap(one, other) >= LEAST_GAP * MM for other in boxes[index + 1 :]), name
            assert (
                one[0] >= 0 and one[1] >= 0 and one[0] + one[2] <= size["width"] and one[1] + one[3] <= size["height"]
            )
        assert page.evaluate(CUT) == [], name
        if larger:
            assert min(page.evaluate(LETTERS)) * CAPITAL >= LEAST_CAPITAL * MM, name


def gap(one, other) -> float:
    across = max(one[0], other[0]) - min(one[0] + one[2], other[0] + other[2])
    down = max(one[1], other[1]) - min(one[1] + one[3], other[1] + other[3])
    return max(across, down)


@pytest.mark.parametrize("more", [False, True], ids=["normal", "more contrast"])
def test_every_screen_keeps_the_rules_of_access(kiosk, more):
    if more:
        kiosk.button("Contrast").click()
        expect(kiosk.page.locator("html")).to_have_attribute("data-contrast", "more")
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    for name in screens(kiosk):
        found = Axe().run(kiosk.page, options=rules)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_larger_text_and_contrast_end_with_the_person(kiosk):
    kiosk.button("Larger text").click()
    kiosk.button("Contrast").click()
    kiosk.button("Housing").click()
    expect(kiosk.button("Larger text")).to_have_attribute("aria-pressed", "true")
    kiosk.button("Done").click()
    for name in ("Larger text", "Contrast"):
        expect(kiosk.button(name)).to_have_attribute("aria-pressed", "false")
    expect(kiosk.page.locator("html")).to_have_attribute("data-contrast", "normal")


def test_the_page_is_light_and_then_asks_for_nothing(kiosk_at, lobby, page):
    sizes, asked, beats = [], [], []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frame == "2" and beats.append(frame)))
    kiosk_at(lobby).at_start()
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= MOST_BYTES
    page.on("request", lambda request: asked.append(request.url))
    seen = len(beats)
    while len(beats) < seen + HEARTBEATS:  # Playwright hears of frames only while it is asked something
        page.evaluate("new Promise(requestAnimationFrame)")
    assert asked == []
