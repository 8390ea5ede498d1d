"""What a visitor does at the kiosk, in a real browser on a real server."""

import re
import signal
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from reception.hours import WEEKDAYS
from tests.builders import LONDON, eventually
from tests.kiosk.conftest import sooner
from tests.outside import Server
from tests.serving import HEAD, HOURS, TAIL, Served, free_port

BOTH_AT_ONCE = """() => {
    const button = (key) => document.querySelector(`[data-service=${key}]`);
    for (const key of ["housing", "births", "housing", "other"]) button(key).click();
    const nothing = document.querySelector("[data-said-needs]");
    for (let i = 0; i < 3; i++) nothing.click();
    button("births").click();
    nothing.click();
}"""
EASIER = "Is there anything we can do to make this easier?"
LOST = 15_000  # ms: within this time a kiosk says that it has lost its server
SLOW_ANSWER = 10_000  # ms


def visits(server) -> list:
    return server.door.store.visits_between("town", 0, 1 << 60)


def issued(server) -> int:
    return len(visits(server))


@pytest.mark.wcag("2.5.1", "2.5.7")
def test_one_touch_gives_a_number_that_is_stored_told_and_printed(kiosk, lobby):
    kiosk.chooses("Housing")
    number = kiosk.number
    expect(kiosk.page.get_by_text("You are next. Please take a seat")).to_be_visible()
    expect(kiosk.page.get_by_text("Please take your ticket.")).to_be_visible()
    last = max(visits(lobby), key=lambda visit: visit.place)
    assert (last.number, last.service, last.channel, last.state) == (number, "housing", "kiosk", "waiting")
    assert eventually(lambda: lobby.door.store.visit("town", last.id).acknowledged_at)


def test_each_button_says_how_many_are_ahead_and_keeps_up(kiosk, lobby):
    housing, births = kiosk.button("Housing"), kiosk.button("Births")
    expect(housing).to_contain_text("Nobody ahead of you")
    lobby.door.issue(service="housing", by="test")
    expect(housing).to_contain_text("1 person ahead of you")
    lobby.door.issue(service="other", by="test")
    expect(housing).to_contain_text("2 people ahead of you")
    expect(births).to_contain_text("Nobody ahead of you")  # Desk 2 takes nothing else
    lobby.door.set_desk(desk="1", state="open", by="test")
    expect(births).to_contain_text("2 people ahead of you")  # but is not the one that is open
    kiosk.chooses("Births")
    expect(kiosk.page.get_by_text("2 people are ahead of you for this service.")).to_be_visible()


def test_a_group_opens_its_services_and_back_leads_out_again(kiosk):
    kiosk.button("Council Tax and benefits").click()
    expect(kiosk.heading).to_have_text("Council Tax and benefits")
    expect(kiosk.button("Housing")).to_be_hidden()
    kiosk.button("Back").click()
    kiosk.at_start()
    kiosk.button("Council Tax and benefits").click()
    kiosk.chooses("Help with money")
    assert re.fullmatch(r"A\d{3}", kiosk.number)


@pytest.mark.en301549("5.8")
def test_one_showing_of_the_list_gives_one_ticket_whatever_is_pressed(kiosk, lobby):
    before = issued(lobby)
    kiosk.page.evaluate(BOTH_AT_ONCE)
    first = kiosk.number
    assert issued(lobby) == before + 1
    kiosk.button("Done").click()
    kiosk.chooses("Housing")
    expect(kiosk.page.locator(".ticket-number b")).not_to_have_text(first)
    assert issued(lobby) == before + 2


@pytest.mark.en301549("5.8")
def test_a_trembling_finger_strikes_once(kiosk, lobby):
    before = issued(lobby)
    kiosk.button("Council Tax and benefits").dblclick()  # a service's button lies under the second strike
    expect(kiosk.heading).to_have_text("Council Tax and benefits")
    kiosk.button("Help with money").dblclick()
    expect(kiosk.heading).to_have_text(EASIER)
    kiosk.button("Nothing, thank you").dblclick()
    assert kiosk.number
    assert issued(lobby) == before + 1


@pytest.mark.wcag("2.1.1", "2.4.7")
def test_the_keyboard_alone_is_enough_and_always_shows_where_it_is(kiosk):
    page = kiosk.page
    kiosk.at_start()
    page.keyboard.press("Tab")
    expect(kiosk.button("Council Tax and benefits")).to_be_focused()
    page.keyboard.press("Tab")
    expect(kiosk.button("Housing")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(kiosk.heading).to_be_focused()
    expect(kiosk.heading).to_have_text(EASIER)
    page.keyboard.press("Tab")
    expect(kiosk.button("Nothing, thank you")).to_be_focused()  # the first, so that one key passes by
    page.keyboard.press("Enter")
    expect(page.locator(".ticket-number")).to_be_focused()  # so that a screen reader says the number
    expect(page.locator(".ticket-number")).to_have_text(re.compile(r"Your number is\s+B\d{3}"))
    page.keyboard.press("Tab")
    expect(kiosk.button("Done")).to_be_focused()
    page.keyboard.press("Space")
    kiosk.at_start()


def test_a_closed_service_says_so_and_gives_no_number(kiosk, lobby):
    before = issued(lobby)
    expect(kiosk.button("Parking")).to_contain_text("Closed now")
    kiosk.button("Parking").click()
    expect(kiosk.heading).to_have_text("Parking and travel is closed. Please ask a member of staff.")
    kiosk.button("Choose something else").click()
    kiosk.button("Street parties").click()
    expect(kiosk.heading).to_have_text("Street parties is closed now.")
    assert issued(lobby) == before


def test_a_closed_office_says_when_it_opens(tmp_path, kiosk_at):
    tomorrow = WEEKDAYS[(datetime.now(LONDON) + timedelta(days=1)).weekday()]
    server = Server(tmp_path, hours={tomorrow: ["09:00-17:00"]})
    try:
        kiosk = kiosk_at(server)
        expect(kiosk.heading).to_have_text("We are closed now.")
        expect(kiosk.page.get_by_text(f"We open again: {tomorrow.capitalize()} 09:00")).to_be_visible()
        expect(kiosk.button("Help from a person")).to_be_visible()
        expect(kiosk.button("Housing")).to_be_hidden()
    finally:
        server.close()


def test_whoever_walks_away_is_asked_first_and_leaves_no_trace(kiosk, page):
    sooner(kiosk)
    kiosk.button("Larger text").click()
    kiosk.button("Council Tax and benefits").click()
    asked = page.get_by_role("alertdialog", name="Are you still there?")
    for _ in range(2):  # as often as asked
        expect(asked).to_be_visible()
        kiosk.button("Yes, I am still here").click()
        expect(asked).to_be_hidden()
        expect(kiosk.heading).to_have_text("Council Tax and benefits")
    expect(asked).to_be_visible()
    kiosk.at_start()
    expect(asked).to_be_hidden()
    expect(kiosk.button("Larger text")).to_have_attribute("aria-pressed", "false")


@pytest.mark.wcag("2.2.1")
def test_the_office_leaves_twenty_seconds_to_answer(kiosk):
    assert float(kiosk.page.locator("[data-kiosk]").get_attribute("data-warning-seconds")) >= 20


@pytest.mark.wcag("2.2.1")
def test_the_number_stays_as_long_as_somebody_wants_it(kiosk):
    kiosk.chooses("Housing")
    clears = kiosk.page.locator(".clears")
    expect(clears).to_contain_text("in 19 seconds")
    kiosk.button("Keep this on the screen").click()
    expect(clears).to_contain_text("in 20 seconds")


def test_help_from_a_person_covers_nothing_up(kiosk):
    kiosk.chooses("Housing")
    number = kiosk.number
    kiosk.button("Help from a person").click()
    expect(kiosk.page.get_by_role("dialog")).to_contain_text("Please ask at the welcome desk.")
    kiosk.page.get_by_role("dialog").get_by_role("button").click()
    assert kiosk.number == number


def test_a_printer_that_is_away_costs_nobody_a_number(tmp_path, kiosk_at):
    away = {"key": "lobby", "kind": "network", "host": "127.0.0.1", "port": free_port()}
    server = Server(tmp_path, printers=[away])
    try:
        kiosk = kiosk_at(server)
        kiosk.chooses("Housing")
        number = kiosk.number
        told = f"The printer is not working. Your number is {number}: please take a photo or remember it."
        expect(kiosk.page.get_by_text(told)).to_be_visible(timeout=SLOW_ANSWER)
    finally:
        server.close()


def test_a_kiosk_without_a_printer_asks_to_remember_the_number(tmp_path, kiosk_at):
    desk = '[[desks]]\nkey = "1"\nname = "Desk 1"\n'
    service = '[[services]]\nkey = "housing"\nname = "Housing"\nletter = "B"\n'
    server = Served(tmp_path, "printers = []\n" + HEAD + HOURS + TAIL + service + desk)
    try:
        kiosk = kiosk_at(server)
        kiosk.chooses("Housing")
        assert kiosk.number == "B001"
        expect(kiosk.page.get_by_text("Take a photo of this screen, or remember your number.")).to_be_visible()
    finally:
        server.close()


@pytest.fixture
def own_lobby(tmp_path):
    """A server that a test may stop."""
    server = Server(tmp_path, office={"key": "town", "help": "Please ask at the welcome desk."})
    yield server
    server.process.send_signal(signal.SIGCONT)
    server.close()


def test_a_lost_server_is_said_and_found_again_by_itself(own_lobby, kiosk_at):
    kiosk = kiosk_at(own_lobby)
    own_lobby.stop()
    expect(kiosk.heading).to_have_text("This screen cannot give numbers at the moment.", timeout=LOST)
    expect(kiosk.page.get_by_role("main")).to_contain_text("Please ask at the welcome desk.")
    own_lobby.start()
    expect(kiosk.heading).to_have_text("What have you come about?", timeout=LOST)
    kiosk.chooses("Housing")
    assert kiosk.number


def test_a_number_already_given_stays_when_the_server_is_lost(own_lobby, kiosk_at):
    kiosk = kiosk_at(own_lobby)
    kiosk.chooses("Housing")
    number = kiosk.number
    own_lobby.stop()
    expect(kiosk.page.locator("html[data-server=lost]")).to_be_attached(timeout=LOST)
    assert kiosk.number == number


def test_an_answer_lost_on_the_way_is_the_same_number_when_asked_again(own_lobby, kiosk_at):
    kiosk = kiosk_at(own_lobby)
    own_lobby.process.send_signal(signal.SIGSTOP)
    kiosk.chooses("Housing")
    expect(kiosk.heading).to_have_text("The answer did not come.", timeout=SLOW_ANSWER)
    own_lobby.process.send_signal(signal.SIGCONT)
    eventually(lambda: issued(own_lobby) == 1)
    kiosk.page.locator("html[data-server=here]").wait_for()
    kiosk.button("Try again").click() if kiosk.button("Try again").is_visible() else kiosk.chooses("Housing")
    assert kiosk.number == "B001"
    assert issued(own_lobby) == 1


def test_larger_letters_on_the_screen_are_larger_on_the_slip(kiosk, lobby):
    kiosk.button("Larger text").click()
    kiosk.chooses("Housing")
    assert kiosk.number
    (visit,) = lobby.door.look()[1].visits.values()
    assert lobby.door.store.particulars(lobby.door.office, [visit.id])[visit.id] == {"needs": "large-print"}
