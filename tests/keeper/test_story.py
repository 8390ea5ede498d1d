"""A visitor at the kiosk's own screen, before, during and after the network is away."""

import pytest
from playwright.sync_api import expect

from tests.keeper.conftest import visits
from tests.kiosk.conftest import Kiosk


class Lobby(Kiosk):
    """The kiosk whose browser talks to its own machine."""

    def open(self) -> "Lobby":
        self.page.goto(f"{self.server.url}/kiosk/")
        self.page.locator("html[data-server=here]").wait_for()
        return self

    def takes(self, service: str) -> str:
        self.chooses(service)
        number = self.number
        self.button("Done").press("Enter")
        self.at_start()
        return number


@pytest.fixture
def lobby(machine, page):
    return Lobby(page, machine).open()


def test_a_ticket_before_during_and_after(lobby, machine, server):
    expect(lobby.button("Council Tax Nobody ahead of you")).to_be_visible()
    before = lobby.takes("Council Tax")
    machine.network.is_("stalled")
    during = [lobby.takes("Council Tax"), lobby.takes("Housing")]
    expect(lobby.button("Council Tax Choose")).to_be_visible()
    machine.network.is_("passes")
    expect(lobby.button("Council Tax 3 people ahead of you")).to_be_visible(timeout=60_000)
    after = lobby.takes("Council Tax")
    numbers = [before, *during, after]
    assert numbers == ["A021", "A001", "B001", "A022"]
    assert [visit.number for visit in visits(server)] == numbers


def test_the_page_is_loaded_and_every_language_chosen_while_the_server_is_away(lobby, machine, server):
    server.stop(kill=True)
    lobby.page.reload()
    lobby.at_start()
    lobby.chooses("Housing")
    assert lobby.number == "B001"
    expect(lobby.page.get_by_text("people ahead")).to_be_hidden()
    expect(lobby.page.get_by_text("You are next.")).to_be_hidden()


def test_how_it_went_is_told_to_the_server_and_not_offered_while_that_is_away(lobby, machine, server):
    way_in = lobby.button("Tell us how it went")
    for press in ("Tell us how it went", "Something was good", "The staff"):
        lobby.press(press)
    expect(lobby.page.locator(".screen-thanks .reference b")).to_be_visible()
    lobby.press("Done")
    assert [one.kind for one in server.door.feedbacks()] == ["compliment"]
    lobby.press("Tell us how it went")
    lobby.press("I want to complain")
    server.stop(kill=True)
    machine.is_alone()
    lobby.press("Waiting")
    expect(lobby.heading).to_have_text("We cannot note it at the moment. Please tell a member of staff.")
    lobby.press("Done")
    lobby.at_start()
    expect(way_in.filter(visible=True)).to_have_count(0)
