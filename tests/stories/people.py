"""The people of the stories and their screens: what each presses and sees, by role and label, as they would say it.

Each has a browser of their own. Nothing here looks into the server or the database.
"""

import csv
import re
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page, expect

LOST_WITHIN = 10_000  # ms in which every screen owns up to having lost the server
BACK_WITHIN = 15_000  # ms after the server answers again


class Screen:
    """A browser at one address. `lost_words` stand there while it has lost the server."""

    size = (1280, 800)
    path = "/"
    role: str | None = None  # as which it is paired or signed in
    lost_words = "What it shows may be old."

    def __init__(self, page: Page):
        self.page = page

    @classmethod
    def opened(cls, browser, server, address: str | None = None):
        """In a browser of its own, paired or signed in, with its first picture."""
        width, height = cls.size
        context = browser.new_context(viewport={"width": width, "height": height})
        if cls.role:
            server.enter(context, cls.role)
        screen = cls(context.new_page())
        screen.page.goto(address or server.url + cls.path)
        screen.is_right()
        return screen

    def shows(self, words: str) -> None:
        """These words can be read somewhere on the page."""
        found = self.page.get_by_role("main").get_by_text(words).filter(visible=True)
        expect(found.first).to_be_visible(timeout=BACK_WITHIN)

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def types(self, key: str) -> None:
        self.page.keyboard.press(key)

    def is_right(self) -> None:
        expect(self.page.locator("html")).to_have_attribute("data-server", "here", timeout=BACK_WITHIN)
        expect(self.page.get_by_text(self.lost_words)).to_be_hidden()

    def says_it_is_lost(self) -> None:
        expect(self.page.get_by_text(self.lost_words)).to_be_visible(timeout=LOST_WITHIN)


class Kiosk(Screen):
    """The kiosk, and the visitor who stands before it."""

    size, path, role = (1080, 1920), "/kiosk", "kiosk"
    lost_words = "This screen cannot give numbers at the moment."

    def takes(self, service: str) -> str:
        """Touches a service, and reads the number."""
        self.asks_for(service)
        heading = self.page.get_by_role("heading", name="Your number is")
        expect(heading).to_be_visible()
        return heading.inner_text().split()[-1]

    def asks_for(self, service: str) -> None:
        """Touches a service, and passes by what might be needed (by a key: a second touch where the first fell counts
        only after half a second)."""
        self.presses(service)
        self.page.get_by_role("button", name="Nothing, thank you").press("Enter")

    def is_done(self) -> None:
        self.presses("Done")
        self.asks()

    def asks(self) -> None:
        """Stands at its start."""
        expect(self.page.get_by_role("heading", name="What have you come about?")).to_be_visible(timeout=BACK_WITHIN)


class Board(Screen):
    size, path, role = (1920, 1080), "/display", "display"
    lost_words = "Not up to date since"

    def calls(self, number: str, desk: str) -> None:
        """The newest call, in the largest type there is."""
        call = self.page.get_by_role("article").first
        expect(call).to_contain_text(number, timeout=BACK_WITHIN)
        expect(call).to_contain_text(desk)


class Receptionist(Screen):
    path, role = "/desk", "receptionist"

    def sits_at(self, desk: str) -> None:
        self.presses(desk)
        expect(self.page.get_by_role("heading", name=desk, level=1)).to_be_visible()
        self.is_right()
        self.shows("Nobody is at your desk")

    def is_told(self, words: str) -> None:
        expect(self.page.get_by_role("alert").get_by_text(words).filter(visible=True)).to_be_visible()

    def has_waiting(self, *numbers: str) -> None:
        """The line holds exactly these."""
        rows = self.page.get_by_role("region", name="Line").get_by_role("listitem").filter(visible=True)
        expect(rows).to_have_text([re.compile(number) for number in numbers], timeout=BACK_WITHIN)


class Phone(Screen):
    """A visitor's telephone, at the address of the slip's QR code."""

    size = (360, 740)
    lost_words = "Not connected just now."

    def sends_them_to(self, desk: str) -> None:
        call = self.page.get_by_role("alert").filter(has_text="Please go to").filter(visible=True)
        expect(call).to_contain_text(desk, timeout=BACK_WITHIN)


class Manager(Screen):
    path, role = "/manage", "manager"

    def looks_at_figures(self) -> None:
        self.page.get_by_role("link", name="Figures").click()

    def row(self, name: str) -> list[str]:
        """The cells of the first row with this name."""
        return self.page.get_by_role("row", name=name).first.get_by_role("cell").all_inner_texts()

    def downloads(self) -> list[dict[str, str]]:
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download as CSV").click()
        return list(csv.DictReader(StringIO(Path(download.value.path()).read_text("utf-8"))))
