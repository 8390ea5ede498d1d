"""How it went: told at the kiosk, on a phone and at a desk, and what stands there afterwards."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.fernleigh import DEMO, Office
from tests.shots.camera import LANDSCAPE, PHONE, PORTRAIT, take
from tests.shots.kiosks import TABLET, TABLET_MM_PER_PX, measure, turn_to

SAID, DID = "It is cold by the window in winter.", "There is a heater beside the chairs."
OFFERED = {"offered": ["en", "cy", "ar"], "reviewed": ["en"]}
LOOKS = {  # name: what the address asks for, and the phone's own wishes
    "": ("?language=en", {}),
    "-dark": ("?language=en", {"color_scheme": "dark"}),
    "-larger": ("?language=en&text=large", {}),
    "-cy": ("?language=cy", {}),
    "-ar": ("?language=ar", {}),
}


def something_done(folder: Path) -> Office:
    """An office that has done something about what people said."""
    office = Office(folder, lived=True, catalogues=OFFERED, texts=DEMO["texts"])
    office.door.say_what_was_done(said=SAID, did=DID, theme="building", by="test")
    return office


def telling(browser: Browser, office: Office) -> None:
    for language in OFFERED["offered"]:
        for size in (PORTRAIT, LANDSCAPE):
            _at_the_kiosk(browser, office, f"kiosk-went-{language}", size, language)
    _at_the_kiosk(browser, office, "kiosk-went-larger", PORTRAIT, "en", ["larger", "contrast-more"])
    for look, (ask, wishes) in LOOKS.items():
        _on_a_phone(browser, office, f"phone-went{look}", ask, wishes)
    _at_a_desk(browser, office)
    measure(office, TABLET_MM_PER_PX)
    for name, wishes in {"kiosk-went-tablet": [], "kiosk-went-tablet-larger": ["larger"]}.items():
        _at_the_kiosk(browser, office, name, TABLET, "en", wishes)


def _at_the_kiosk(browser: Browser, office: Office, name: str, size, language: str, wishes=()) -> None:
    page = office.open(browser, f"/kiosk?language={language}", "Lobby kiosk", size)
    for wish in wishes:
        page.locator(f"[data-{wish}]").click()
    page.locator(f"[data-reads-in={language}]").press("Enter")
    way_in = "[data-open=feedback]:visible"
    while not page.locator(way_in).count():
        page.locator("[data-turn]:visible").press("Enter")
    take(page, f"{name}-start")
    page.locator(way_in).press("Enter")
    take(page, f"{name}-kind")
    turn_to(page, "[data-feedback-kind=complaint]")
    page.locator("[data-feedback-kind=complaint]").press("Enter")
    take(page, f"{name}-theme")
    turn_to(page, "[data-feedback-theme=building]")
    page.locator("[data-feedback-theme=building]").press("Enter")
    page.locator(".screen-thanks .qr path[d]").wait_for(state="attached")
    take(page, f"{name}-noted")
    page.context.close()


def _on_a_phone(browser: Browser, office: Office, name: str, ask: str, wishes: dict) -> None:
    visit = office.door.issue(service="council-tax", by="screen:lobby").visit
    office.door.call(desk="2", visit=visit.id, by="test", reason="quick")
    office.door.finish(visit=visit.id, by="test")
    page = office.open(browser, f"/t/{visit.token}{ask}", None, PHONE, **wishes)
    take(page, f"{name}-after")
    page.locator("a.button-next").click()
    take(page, f"{name}-form")
    page.locator("[value=complaint]").check()
    page.locator("button.button-next").click()
    take(page, f"{name}-wrong")
    page.locator("[value=building]").check()
    page.locator("button.button-next").click()
    take(page, f"{name}-noted", full=True)
    page.context.close()


def _at_a_desk(browser: Browser, office: Office) -> None:
    page = office.open(browser, "/desk/1", "Robin")
    page.locator("[data-situation=joining]").wait_for(state="detached")
    page.keyboard.press("g")
    take(page, "desk-feedback")
    page.keyboard.press("r")
    take(page, "desk-feedback-put-right")
    page.locator("dialog[open] [data-close]").click()
    for key in ("g", "3", "4"):
        page.keyboard.press(key)
    page.locator("[data-show=noted]").first.wait_for()
    take(page, "desk-feedback-noted")
    page.context.close()
