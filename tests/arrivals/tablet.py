"""The greeter's tablet as tests tap and read it: only what somebody can see counts."""

from playwright.sync_api import expect


class Tablet:
    def __init__(self, page):
        self.page = page

    def button(self, name: str, **how):
        return self.page.get_by_role("button", name=name, **how).filter(visible=True)

    def tap(self, name: str, **how) -> None:
        self.button(name, **how).first.tap()

    def greet(self, service: str) -> None:
        """One tap on a service; the card with the number is there."""
        self.tap(service)
        expect(self.card).to_be_visible()

    def choose(self, *names: str) -> None:
        """Switches needs, or further services, on or off."""
        for name in names:
            self.page.get_by_text(name, exact=True).filter(visible=True).first.tap()

    def part(self, name: str) -> None:
        """One of the parts of the page, by the buttons at its foot."""
        self.page.get_by_role("navigation", name="Parts of this page").get_by_role("button", name=name).tap()

    @property
    def number(self):
        """The visitor's number, very large."""
        return self.page.locator(".giant")

    @property
    def card(self):
        return self.page.locator("[data-part=card]")

    @property
    def line(self):
        return self.page.get_by_role("region", name="The line")

    def row(self, number: str):
        return self.line.get_by_role("listitem").filter(has_text=number)

    @property
    def refusal(self):
        return self.page.get_by_role("alert").filter(visible=True)

    def expect_number(self, number: str) -> None:
        expect(self.card).to_be_visible()
        expect(self.number).to_have_text(number)
