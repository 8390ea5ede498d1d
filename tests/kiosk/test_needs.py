"""What would make a visit easier, as a visitor says it at the kiosk; it costs everybody else one touch."""

import pytest
from playwright.sync_api import expect

from tests.kiosk.conftest import DESKS, OFFICE, SERVICES
from tests.outside import Server


def newest(server):
    return max(server.door.store.visits_between("town", 0, 1 << 60), key=lambda visit: visit.place)


def known(server) -> dict:
    visit = newest(server)
    return server.door.store.particulars("town", [visit.id]).get(visit.id, {})


def test_what_is_ticked_reaches_staff_and_is_not_shown_again(kiosk, lobby):
    kiosk.button("Housing").click()
    kiosk.button("More time").click()
    kiosk.button("Large print").click()
    expect(kiosk.button("More time")).to_have_attribute("aria-pressed", "true")
    kiosk.button("That is all, thank you").click()
    assert kiosk.number
    assert known(lobby) == {"needs": "time large-print"}
    expect(kiosk.page.get_by_text("More time").filter(visible=True)).to_have_count(0)
    kiosk.button("Done").click()
    kiosk.button("Housing").click()
    expect(kiosk.button("More time")).to_have_attribute("aria-pressed", "false")
    expect(kiosk.button("Nothing, thank you")).to_be_visible()


def test_the_language_is_asked_only_of_whoever_needs_an_interpreter(kiosk, lobby):
    kiosk.button("Housing").click()
    kiosk.button("An interpreter").click()
    kiosk.button("That is all, thank you").click()
    expect(kiosk.heading).to_have_text("Which language do you speak?")
    kiosk.button("Polski").click()
    assert kiosk.number
    assert known(lobby) == {"needs": "interpreter", "language": "Polish"}


@pytest.mark.wcag("3.2.2")
def test_back_leads_to_what_was_ticked_and_out_again(kiosk):
    kiosk.button("Council Tax and benefits").click()
    kiosk.button("Help with money").click()
    kiosk.button("An interpreter").click()
    kiosk.button("That is all, thank you").click()
    kiosk.button("Back").press("Enter")
    expect(kiosk.button("An interpreter")).to_have_attribute("aria-pressed", "true")
    kiosk.button("An interpreter").click()
    kiosk.button("Back").press("Enter")
    expect(kiosk.heading).to_have_text("Council Tax and benefits")
    kiosk.chooses("Help with money")
    assert kiosk.number.startswith("A")


def test_whoever_asks_for_a_discreet_call_is_not_sent_to_the_board(kiosk):
    kiosk.button("Housing").click()
    kiosk.button("Call me without board or voice").click()
    kiosk.button("That is all, thank you").click()
    expect(kiosk.page.get_by_text("Please take a seat. We will come to you.")).to_be_visible()
    expect(kiosk.page.get_by_text("watch the board")).to_be_hidden()


@pytest.fixture(scope="module")
def other_office(tmp_path_factory):
    """An office that asks how many have come, and nothing about needs."""
    server = Server(
        tmp_path_factory.mktemp("other"),
        office=OFFICE,
        services=SERVICES[2:],
        desks=DESKS,
        kiosk={"asks_needs": False, "asks_party": True},
    )
    yield server
    server.close()


def test_an_office_may_ask_how_many_have_come_instead(other_office, kiosk_at):
    kiosk = kiosk_at(other_office)
    kiosk.button("Housing").click()
    expect(kiosk.heading).to_have_text("How many have come together?")
    kiosk.button("3").click()
    assert kiosk.number
    assert newest(other_office).party == 3
    assert known(other_office) == {}
