"""The kiosk for everyone: large, low, in more contrast, on a tablet, in other languages, measured and in doubt."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.fakes.printer import FakePrinter
from tests.fernleigh import DEMO, Office
from tests.shots.camera import LANDSCAPE, PORTRAIT, take

TABLET, TABLET_MM_PER_PX = (1280, 800), 0.17
MODES = {
    "larger": ["larger"],
    "low": ["lower"],
    "larger-low": ["larger", "lower"],
    "larger-contrast": ["larger", "contrast-more"],
}
ON_A_TABLET = {"tablet": [], "tablet-larger": ["larger"]}
LANGUAGES = ("cy", "ur")


def for_everyone(browser: Browser, office: Office) -> None:
    for name, wishes in MODES.items():
        for size in (PORTRAIT, LANDSCAPE):
            walk(browser, office, f"kiosk-{name}", size, wishes)
    measure(office, TABLET_MM_PER_PX)
    for name, wishes in ON_A_TABLET.items():
        walk(browser, office, f"kiosk-{name}", TABLET, wishes)
    page = office.open(browser, "/kiosk/calibrate", "Lobby kiosk", TABLET)
    take(page, "kiosk-calibrate", full=True)


def measure(office: Office, mm_per_px: float) -> None:
    key = next(key.id for key in office.keys.all() if key.role == "kiosk")
    office.door.prefer(who=f"screen:{key}", name="screen", value={"mm_per_px": mm_per_px})


def speaking(folder: Path) -> Office:
    """Everything the demo office says in other languages."""
    return Office(folder, lived=True, catalogues=DEMO["catalogues"], texts=DEMO["texts"])


def in_languages(browser: Browser, office: Office) -> None:
    for tag in LANGUAGES:
        for size in (PORTRAIT, LANDSCAPE):
            walk(browser, office, f"kiosk-{tag}", size, language=tag)
        walk(browser, office, f"kiosk-{tag}-larger", PORTRAIT, ["larger"], language=tag)


def unsure(folder: Path, printer: FakePrinter) -> Office:
    """A printer that never says whether it printed."""
    lobby = {"key": "lobby", "name": "Lobby", "kind": "network", "host": printer.host, "port": printer.port}
    return Office(folder, printers=[lobby])


def may_not_print(browser: Browser, office: Office) -> None:
    for size in (PORTRAIT, LANDSCAPE):
        page = walk(browser, office, "kiosk-unsure", size, shoot=False)
        page.locator("[data-came=no]").wait_for()
        take(page, "kiosk-did-it-print")
        page.locator("[data-came=no]").press("Enter")
        page.locator("[data-print-again]").wait_for()
        take(page, "kiosk-print-again")


def walk(
    browser: Browser, office: Office, name: str, size, wishes=(), *, language: str = "en", shoot: bool = True
) -> Page:
    """From the first question to the number, by attributes: the words are in many languages."""
    page = office.open(browser, f"/kiosk?language={language}", "Lobby kiosk", size)
    snap = (lambda screen: take(page, f"{name}-{screen}")) if shoot else (lambda screen: None)
    for wish in wishes:
        page.locator(f"[data-{wish}]").click()
    if page.locator("[data-reads-in]").count():
        snap("reads")
        page.locator(f"[data-reads-in={language}]").press("Enter")
    turn_to(page, "[data-service=parking]")
    snap("start")
    page.locator("[data-service=parking]").press("Enter")
    snap("offer")
    page.locator("[data-screen=offer-parking] [data-offered]").press("Enter")
    snap("needs")
    page.locator("[data-said-needs]").press("Enter")
    page.locator(".screen-ticket .qr path[d]").wait_for(state="attached")
    snap("ticket")
    return page


def turn_to(page: Page, control: str) -> None:
    while not page.locator(control).is_visible():
        page.locator("[data-turn]:visible").press("Enter")
