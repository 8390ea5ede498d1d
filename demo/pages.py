"""People who use the real pages, in a Chromium nobody sees: a visitor at the kiosk, a receptionist at the desk.

Playwright may be used by one thread only, so both are worked in turn by the thread that made them.
"""

import re
import time

from playwright.sync_api import Error, Page, sync_playwright

from demo.day import Day
from demo.doors import Lobby
from tests.browser import chromium

SETTLE = 3_000  # ms a page may take to answer a press
OUTCOMES = ("1", "1", "2", "3", "4")  # the keys of the finish panel: mostly resolved here
SERVICES = ("1", "2", "3", "4", "5")  # the keys of the panel that sends on


class Pages:
    """Opens the kiosk and a desk by their one-time links, and works both until the lobby is over."""

    def __init__(self, lobby: Lobby, day: Day, kiosk: str, desk: str, desk_name: str):
        self.lobby, self.day, self.links, self.desk = lobby, day, (kiosk, desk), desk_name

    def work(self) -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium())
            kiosk = self._open(browser, self.links[0], width=1080, height=1920)
            desk = self._open(browser, self.links[1], width=1280, height=800)
            desk.get_by_role("button", name=re.compile(self.desk)).first.click()
            desk.locator("[data-main]").wait_for()
            come_at, act_at = 0.0, 0.0
            while not self.lobby.over.wait(0.05):
                try:
                    if time.monotonic() >= come_at:
                        come_at = self._in(self.day.until_next_visitor())
                        self._take_a_ticket(kiosk)
                    if time.monotonic() >= act_at:
                        act_at = self._in(self._press(desk))
                except Error as error:
                    self.lobby.say(f"  a page did not answer: {str(error).splitlines()[0]}")
            browser.close()

    def _open(self, browser, link: str, **size) -> Page:
        page = browser.new_context(viewport=size).new_page()
        page.goto(link)
        page.wait_for_url(lambda address: "/enter/" not in address)
        return page

    def _in(self, minutes: float) -> float:
        return time.monotonic() + minutes * 60 / self.lobby.speed

    # -- a visitor ----------------------------------------------------------------------------------------------

    def _take_a_ticket(self, page: Page) -> None:
        for way_back in ("Done", "Start again"):  # from the last visitor's number, or a question they left unanswered
            button = page.get_by_role("button", name=way_back)
            if button.is_visible():
                button.click(timeout=SETTLE)
        # By keys: a second touch where the first fell counts only after half a second.
        if (english := page.locator("[data-reads-in=en]")).is_visible():
            english.press("Enter", timeout=SETTLE)
        page.locator(f"[data-service={self.day.service()}]").press("Enter", timeout=SETTLE)
        said, offered = page.locator("[data-said-needs]"), page.locator("[data-offered]:visible")
        said.or_(offered).filter(visible=True).first.wait_for(timeout=SETTLE)
        if offered.count():
            offered.press("Enter", timeout=SETTLE)
        self._say_needs(page)

    def _say_needs(self, page: Page) -> None:
        """What would make it easier, where the kiosk asks; mostly nothing."""
        said = page.locator("[data-said-needs]")
        if not said.count():
            return
        said.wait_for(timeout=SETTLE)
        wanted = page.locator(
            f"[data-need={(self.day.needs().get('needs') or ['nothing'])[0]}]:not([data-asks-language])"
        )
        if wanted.count():
            wanted.click(timeout=SETTLE)
        said.press("Enter", timeout=SETTLE)

    # -- a receptionist -----------------------------------------------------------------------------------------

    def _press(self, page: Page) -> float:
        """The next thing a receptionist presses; returns the minutes until the one after it."""
        if page.get_by_role("dialog").count():  # a question that was refused
            page.keyboard.press("Escape")
            return self.day.pause()
        situation = page.locator("[data-situation]").get_attribute("data-situation", timeout=SETTLE)
        if situation == "called":
            here = self.day.is_here()
            page.keyboard.press("s" if here else "h")
            return self.day.helping("benefits") if here else self.day.pause()
        if situation == "serving":
            self._go_on(page)
            return self.day.pause()
        main = page.locator("[data-main]")
        if main.get_attribute("aria-disabled", timeout=SETTLE) != "true":
            main.click(timeout=SETTLE)
        return self.day.walk()

    def _go_on(self, page: Page) -> None:
        """By the keys alone: on hold, sent on, back in the line, or finished with what came of it."""
        keys = {
            "hold": ("d", "1", "Enter"),
            "send_on": ("m", self.day.one_of(SERVICES), "Enter"),
            "put_back": ("b",),
        }.get(self.day.with_them(), ("f", self.day.one_of(OUTCOMES)))
        page.keyboard.press(keys[0])
        for key in keys[1:]:
            page.get_by_role("dialog").wait_for(timeout=SETTLE)
            page.keyboard.press(key)
