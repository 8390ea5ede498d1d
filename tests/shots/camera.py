"""The camera: sizes, and what every walk does with a page."""

from playwright.sync_api import Page

from tests.serving import ROOT

SHOTS = ROOT / "shots"
PORTRAIT, LANDSCAPE, PHONE = (1080, 1920), (1920, 1080), (360, 740)
PAPER = (1680, 1000)  # a screen with room for several slips
UPRIGHT, ACROSS = (768, 1024), (1024, 768)  # a tablet


def take(page: Page, name: str, *, full: bool = False) -> None:
    page.evaluate("document.fonts.ready")
    path = SHOTS / "{0}-{width}x{height}.png".format(name, **page.viewport_size)
    page.screenshot(path=path, full_page=full, animations="disabled")
    print(path.relative_to(ROOT), flush=True)


def see(page: Page, words: str) -> None:
    page.get_by_text(words).filter(visible=True).first.wait_for()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).filter(visible=True).first.click()
