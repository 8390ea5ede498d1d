"""People who use the real pages, in a Chromium nobody sees: a visitor at the kiosk, a receptionist at the desk.

Playwright may be used by one thread only, so both are worked in turn by the thread that made them.
"""

import re
import time

from playwright.sync_api import Error, Page, sync_playwright

from demo.day import Day
from demo.people import Lobby
from tests.browser import chromium

SETTLE = 1_500  # ms a page may take to answer a press


class Pages:
    """Opens the kiosk and a desk by their one-time links, and works both until the lobby is over."""

    def __init__(self, lobby: Lobby, day: Day, links: dict[str, str], desk: str):
        self.lobby, self.day, self.links, self.desk = lobby, day, links, desk

    def work(self) -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium())
            kiosk = self._open(browser, self.links["Kiosk"], width=1080, height=1920)
            desk = self._open(browser, self.links["Desk"], width=1280, height=800)
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

    def _take_a_ticket(self, page: Page) -> None:
        done = page.get_by_role("button", name="Done")
        if done.is_visible():
            done.click()
        buttons = page.locator("[data-service]:visible")
        if buttons.count():
            page.locator(f"[data-service={self.day.service()}]").click(timeout=SETTLE)

    def _press(self, page: Page) -> float:
        """Presses the biggest button, whatever it is; returns the minutes until the next press."""
        main = page.locator("[data-main]")
        words = main.inner_text(timeout=SETTLE).split()[0]
        if words == "Start" and not self.day.is_here():
            page.keyboard.press("h")
            return self.day.pause()
        if main.get_attribute("aria-disabled") != "true":
            main.click(timeout=SETTLE)
        return {"Next": self.day.walk(), "Start": self.day.helping("benefits")}.get(words, self.day.pause())
