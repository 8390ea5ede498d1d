"""What a manager decides, and who is there to help, as a visitor meets it at the kiosk."""

import pytest
from playwright.sync_api import expect

LOCK = "This screen is being cleaned. Please use the one by the door."
NOTICE = "The lift is out of order. Please ring the bell and we will come to you."


@pytest.fixture
def rule(lobby):
    """Decides as a manager does; afterwards everything is as the settings say."""
    made = []

    def decide(kind: str, subject: str, value: str | None = "on", text: str = "") -> None:
        made.append((kind, subject))
        lobby.door.rule(kind=kind, subject=subject, value=value, text=text, by="person:boss")

    yield decide
    for kind, subject in made:
        lobby.door.rule(kind=kind, subject=subject, value=None, by="person:boss")


@pytest.fixture
def key(lobby, kiosk) -> str:
    """The id of the kiosk's key."""
    return next(key.id for key in lobby.keys.all() if key.role == "kiosk")


def test_a_locked_kiosk_says_why_and_how_to_get_help_and_nothing_else(kiosk, rule, key):
    kiosk.at_start()
    rule("kiosk", key, text=LOCK)
    expect(kiosk.heading).to_have_text(LOCK)
    expect(kiosk.page.get_by_role("main")).to_contain_text("Please ask at the welcome desk.")
    expect(kiosk.page.get_by_role("main").get_by_role("button").filter(visible=True)).to_have_count(0)
    expect(kiosk.button("Help from a person")).to_be_visible()
    rule("kiosk", key, None)
    kiosk.at_start()
    kiosk.chooses("Housing")
    assert kiosk.number


def test_whoever_is_half_done_at_a_kiosk_that_is_locked_is_told(kiosk, rule, key):
    kiosk.button("Housing").click()
    kiosk.button("More time").click()
    rule("kiosk", key, text=LOCK)
    expect(kiosk.heading).to_have_text(LOCK)
    rule("kiosk", key, None)
    kiosk.at_start()
    kiosk.button("Housing").click()
    expect(kiosk.button("More time")).to_have_attribute("aria-pressed", "false")


def test_a_number_already_given_stays_when_the_kiosk_is_locked(kiosk, rule, key):
    kiosk.chooses("Housing")
    number = kiosk.number
    rule("kiosk", key, text=LOCK)
    expect(kiosk.page.get_by_text("Please take your ticket.")).to_be_visible()
    assert kiosk.number == number
    kiosk.button("Done").click()
    expect(kiosk.heading).to_have_text(LOCK)


def test_a_notice_stands_on_the_start_while_it_holds(kiosk, rule):
    shown = kiosk.page.get_by_role("status").get_by_text(NOTICE).filter(visible=True)
    rule("notice", "kiosk", text=NOTICE)
    expect(shown).to_be_visible()
    rule("notice", "kiosk", None)
    expect(shown).to_be_hidden()


def test_a_service_that_a_manager_closes_is_closed_at_once(kiosk, rule):
    rule("service", "housing", "closed")
    expect(kiosk.button("Housing").get_by_text("Closed now")).to_be_visible()
    kiosk.button("Housing").click()
    expect(kiosk.heading).to_have_text("Housing is closed. Please ask a member of staff.")


def test_it_says_before_the_number_that_nobody_can_help_just_now(kiosk, lobby):
    told = "Nobody can help with this just now. You can still take a number."
    expect(
        kiosk.page.get_by_text("Nobody can help just now. You can still take a number.").filter(visible=True)
    ).to_be_visible()
    lobby.door.set_desk(desk="2", state="open", by="test")  # which takes births alone
    expect(kiosk.button("Housing").get_by_text("Nobody to help just now")).to_be_visible()
    expect(kiosk.button("Births").get_by_text("ahead of you").filter(visible=True)).to_be_visible()
    kiosk.button("Housing").click()
    expect(kiosk.page.get_by_text(told).filter(visible=True)).to_be_visible()
    lobby.door.set_desk(desk="1", state="open", by="test")
    expect(kiosk.page.get_by_text(told).filter(visible=True)).to_have_count(0)
    kiosk.needs_nothing()
    assert kiosk.number
