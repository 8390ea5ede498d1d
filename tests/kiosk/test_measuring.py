"""A kiosk's screen is measured once, and everything on it has its true size in millimetres from then on."""

import pytest
import requests
from playwright.sync_api import expect

from tests.kiosk.conftest import TABLET, UPRIGHT, WIDE, turned

SMALLEST = """() => [...document.querySelectorAll("button")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect())
    .reduce((least, { width, height }) => Math.min(least, width, height), Infinity)"""
FRAME = "() => document.querySelector('[data-frame]').getBoundingClientRect().width"


def screen_of(server) -> str:
    return next(f"screen:{key.id}" for key in server.keys.all() if key.role == "kiosk")


@pytest.fixture
def measured(kiosk, lobby):
    """Says what was measured of the kiosk's screen; afterwards it is as settings say."""

    def say(**what):
        lobby.door.prefer(who=screen_of(lobby), name="screen", value=what)
        kiosk.page.reload()
        kiosk.at_start()

    yield say
    lobby.door.prefer(who=screen_of(lobby), name="screen", value={})


@pytest.mark.wcag("2.5.8")
@pytest.mark.parametrize(
    ("size", "mm_per_px"),
    [(UPRIGHT, 0.18), (WIDE, 0.18), (UPRIGHT, 0.36), (WIDE, 0.36), (TABLET, 0.17)],
    ids=["15.6in upright", "15.6in wide", "32in upright", "32in wide", "10in tablet"],
)
def test_whatever_is_pressed_measures_twenty_millimetres_on_a_screen_of_any_size(kiosk, measured, size, mm_per_px):
    turned(kiosk.page, size)
    measured(mm_per_px=mm_per_px)
    for button in ("Housing", "An interpreter", "That is all, thank you"):
        assert kiosk.page.evaluate(SMALLEST) * mm_per_px >= 20 - 0.01
        kiosk.press(button)
    assert kiosk.page.evaluate(SMALLEST) * mm_per_px >= 20 - 0.01


@pytest.mark.wcag("2.5.7")
def test_a_frame_made_as_wide_as_a_card_measures_the_screen(kiosk, lobby, measured):
    page = kiosk.page
    page.goto(f"{lobby.url}/kiosk/calibrate")
    first = page.evaluate(FRAME)
    kiosk.button("Much wider").click()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FRAME) == pytest.approx(first + 9, abs=0.6)
    page.get_by_label("From the floor to the lower edge").fill("800")
    kiosk.button("Keep this").click()
    kiosk.at_start()
    kept = lobby.door.store.preferences("town", screen_of(lobby))["screen"]
    assert kept == {"mm_per_px": pytest.approx(85.6 / (first + 9), abs=0.0005), "bottom_mm": 800}
    assert float(page.locator("html").get_attribute("data-px-per-mm")) == pytest.approx(
        1 / kept["mm_per_px"], abs=0.001
    )


def test_a_height_that_is_none_is_refused_and_nothing_kept(kiosk, lobby, measured):
    page = kiosk.page
    page.goto(f"{lobby.url}/kiosk/calibrate")
    page.locator("form").evaluate("form => (form.noValidate = true)")
    page.get_by_label("From the floor to the lower edge").fill("5000")
    kiosk.button("Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the height in millimetres, from 0 to 1,100.")
    assert lobby.door.store.preferences("town", screen_of(lobby)).get("screen", {}) == {}


def test_only_a_paired_kiosk_is_measured(lobby):
    answer = requests.get(f"{lobby.url}/kiosk/calibrate", allow_redirects=False, timeout=10)
    assert answer.status_code == 302


@pytest.mark.en301549("8.3")
def test_nothing_to_press_is_out_of_reach_where_the_screen_hangs_high(kiosk, measured):
    measured(mm_per_px=0.25, bottom_mm=1000)  # so that 1,220 mm from the floor are 880 px up the screen
    kiosk.press("Lower down")
    highest = kiosk.page.evaluate(
        "Math.min(...[...document.querySelectorAll('button')].filter((one) => one.checkVisibility())"
        ".map((one) => one.getBoundingClientRect().top))"
    )
    assert highest >= UPRIGHT["height"] - 880 - 1
