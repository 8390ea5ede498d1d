"""The desk's working screen as tests press and read it: only what somebody can see counts as said."""

import re

from playwright.sync_api import expect


def says(locator, text) -> None:
    expect(locator).to_contain_text(text, use_inner_text=True)


def says_not(locator, text) -> None:
    expect(locator).not_to_contain_text(text, use_inner_text=True)


class Working:
    """The working screen as somebody sees it."""

    def __init__(self, page, person, desk: str):
        self.page, self.person, self.desk = page, person, desk

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name: str):
        return self.page.get_by_role("button", name=name)

    @property
    def mine(self):
        return self.page.get_by_role("region", name=f"Desk {self.desk}")

    @property
    def main(self):
        """The one big next thing to press."""
        return self.page.locator("[data-main]")

    @property
    def line(self):
        return self.page.get_by_role("region", name="Line")

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    @property
    def refusal(self):
        return self.page.get_by_role("alert").filter(visible=True)

    def expect_visitor(self, visit, more: str = "") -> None:
        says(self.mine, re.compile(rf"At your desk:\s*{visit.number}.*{more}", re.DOTALL))

    def expect_nobody(self) -> None:
        says(self.mine, "Nobody is at your desk")
