"""What a kiosk must reach: sizes in millimetres, contrast, weight, and silence while nobody is there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reception.appointments.booked import Booked
from tests.kiosk.conftest import TABLET, UPRIGHT, WIDE, turned

MM = 4  # px: default.toml's screen has 0.25 mm to the pixel
TABLET_MM_PER_PX = 0.17
LEAST_TARGET, LEAST_GAP, LEAST_CAPITAL = 20, 1, 6.1  # mm
CAPITAL = 0.668  # of the letters' size in Atkinson Hyperlegible Next
NOTICE = "The lift is out of order. Please ring the bell by the door and we will come to you."
LOCK = "This screen is being cleaned. Please use the one by the door."
MOST_BYTES = 150_000
HEARTBEATS = 2
BUTTONS = """() => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("button")]
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
WHOLE = ".screen, .choice-button, .strip-button, .tick, .key, .more, .button, .top, .over"
CUT = """(whole) => [...document.querySelectorAll(whole)]
    .filter((one) => one.checkVisibility())
    .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.className)"""
OVER = """() => {
    const boxes = [...document.querySelectorAll(".screen:not([hidden]) > *, .strip, .top")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.className, one.getBoundingClientRect()]);
    const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.flatMap(([name, box], at) =>
        boxes.slice(at + 1).filter(([, other]) => over(box, other)).map(([other]) => [name, other]));
}"""


@pytest.fixture
def full(lobby, kiosk):
    """A kiosk that has everything to show: a notice, and appointments."""
    at = lobby.door.now() + 20 * 60_000
    booked = Booked("HX-1", "births", at, 20, "Ann Other", "AB1 2CD", (), False, 1)
    lobby.door.take_in([booked], by="key:1", source="test")
    lobby.door.rule(kind="notice", subject="kiosk", value="on", text=NOTICE, by="test")
    expect(kiosk.page.get_by_text(NOTICE).filter(visible=True)).to_be_visible()
    yield kiosk
    lobby.door.rule(kind="notice", subject="kiosk", value=None, by="test")


def screens(kiosk, lobby):
    """Goes through the screens a visitor meets; each is there while the loop's body runs."""
    kiosk.at_start()
    yield "start"
    press(kiosk, "Council Tax and benefits")
    expect(kiosk.button("Help with money")).to_be_visible()
    yield "group"
    press(kiosk, "Back")
    press(kiosk, "Parking")
    expect(kiosk.button("Choose something else")).to_be_visible()
    yield "closed service"
    press(kiosk, "Choose something else")
    yield from checking_in(kiosk)
    yield from telling(kiosk)
    yield from locking(kiosk, lobby)
    press(kiosk, "Births")
    yield "needs"
    press(kiosk, "An interpreter")
    press(kiosk, "That is all, thank you")
    yield "language"
    press(kiosk, "Another language")
    expect(kiosk.page.get_by_text("Please take your ticket.")).to_be_visible()
    expect(kiosk.page.locator(".qr path[d]")).to_be_attached()
    yield "ticket"
    press(kiosk, "Done")
    kiosk.at_start()


def locking(kiosk, lobby):
    key = next(key.id for key in lobby.keys.all() if key.role == "kiosk")
    lobby.door.rule(kind="kiosk", subject=key, value="on", text=LOCK, by="test")
    expect(kiosk.heading).to_have_text(LOCK)
    yield "locked"
    lobby.door.rule(kind="kiosk", subject=key, value=None, by="test")
    kiosk.at_start()


def checking_in(kiosk):
    press(kiosk, "I have an appointment")
    yield "appointment"
    press(kiosk, "My postcode and surname")
    press(kiosk, "Go on")
    expect(kiosk.page.get_by_role("alert").filter(visible=True)).to_be_visible()
    yield "postcode"
    kiosk.page.keyboard.type("W1", delay=300)
    expect(kiosk.page.get_by_role("textbox")).to_have_value("W1")
    press(kiosk, "Go on")
    yield "initial"
    kiosk.page.keyboard.press("w")
    press(kiosk, "Nothing, thank you")
    expect(kiosk.heading).to_have_text("We cannot find this appointment today.")
    yield "not found"
    press(kiosk, "Take a number")
    kiosk.at_start()


def telling(kiosk):
    press(kiosk, "Tell us how it went")
    yield "what kind"
    press(kiosk, "I want to complain")
    yield "what about"
    press(kiosk, "Waiting")
    expect(kiosk.page.locator(".screen-thanks .reference b")).to_have_text(re.compile("F-"))
    yield "noted"
    assert kiosk.page.locator(".screen-thanks .reference b").is_visible()
    press(kiosk, "Start again")  # with all that was wished
    kiosk.at_start()


def press(kiosk, name: str) -> None:
    kiosk.press(name)


MODES = {"normal": [], "larger": ["Larger text"], "low": ["Lower down"], "larger, low": ["Larger text", "Lower down"]}
SCREENS = [("upright", UPRIGHT, mode) for mode in MODES] + [("wide", WIDE, mode) for mode in MODES]
SCREENS += [("tablet", TABLET, "normal"), ("tablet", TABLET, "larger")]  # which is within reach as a whole


@pytest.mark.en301549("5.1.4")
@pytest.mark.parametrize(("name", "size", "mode"), SCREENS, ids=[f"{name}, {mode}" for name, _, mode in SCREENS])
def test_whatever_is_pressed_is_large_apart_and_whole(full, lobby, name, size, mode):
    kiosk, page = full, full.page
    mm = 1 / TABLET_MM_PER_PX if name == "tablet" else MM
    turned(page, size)
    if name == "tablet":
        measured(kiosk, lobby, TABLET_MM_PER_PX)
    for wish in MODES[mode]:
        kiosk.button(wish).click()
    for screen in screens(kiosk, lobby):
        boxes = page.evaluate(BUTTONS)
        fits(boxes, size, mm, screen, low="Lower down" in MODES[mode])
        assert page.evaluate(CUT, WHOLE) == [], screen
        assert page.evaluate(OVER) == [], screen
        if "Larger text" in MODES[mode]:
            assert min(page.evaluate(LETTERS)) * CAPITAL >= LEAST_CAPITAL * mm - 0.1, screen
    measured(kiosk, lobby, None)


def measured(kiosk, lobby, mm_per_px: float | None) -> None:
    key = next(key.id for key in lobby.keys.all() if key.role == "kiosk")
    lobby.door.prefer(who=f"screen:{key}", name="screen", value={"mm_per_px": mm_per_px} if mm_per_px else {})
    kiosk.page.reload()
    kiosk.page.locator("html[data-server=here]").wait_for()


def fits(boxes: list, size: dict, mm: float, screen: str, *, low: bool) -> None:
    for index, (x, y, w, h) in enumerate(boxes):
        assert min(w, h) >= LEAST_TARGET * mm - 0.1, (screen, boxes)
        assert x >= 0 and y >= 0 and x + w <= size["width"] and y + h <= size["height"], screen
        assert y >= size["height"] / 2 - 1 or not low, screen
        assert all(gap(boxes[index], other) >= LEAST_GAP * mm for other in boxes[index + 1 :]), screen


def gap(one, other) -> float:
    across = max(one[0], other[0]) - min(one[0] + one[2], other[0] + other[2])
    down = max(one[1], other[1]) - min(one[1] + one[3], other[1] + other[3])
    return max(across, down)


@pytest.mark.parametrize("mode", [[], ["Contrast"], ["Larger text", "Lower down"]], ids=", ".join)
def test_every_screen_keeps_the_rules_of_access(full, lobby, mode):
    kiosk = full
    for wish in mode:
        kiosk.button(wish).click()
        expect(kiosk.button(wish)).to_have_attribute("aria-pressed", "true")
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    for name in screens(kiosk, lobby):
        found = Axe().run(kiosk.page, options=rules)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


@pytest.mark.wcag("1.4.4")
def test_at_twice_the_size_every_screen_is_still_whole(full, lobby):
    """Zooming in leaves a page half as many pixels of its own."""
    turned(full.page, {name: length // 2 for name, length in UPRIGHT.items()})
    for screen in screens(full, lobby):
        assert full.page.evaluate(CUT, WHOLE) == [], screen
        assert full.page.evaluate(OVER) == [], screen


def test_wishes_end_with_the_person(kiosk):
    for name in ("Larger text", "Contrast", "Lower down"):
        kiosk.button(name).click()
    kiosk.chooses("Housing")
    expect(kiosk.button("Larger text")).to_have_attribute("aria-pressed", "true")
    kiosk.button("Done").click()
    for name in ("Larger text", "Contrast", "Lower down"):
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
