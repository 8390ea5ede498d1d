"""What a visitor asks on their own page: to come later, to leave the line; by scripts, forms or keyboard."""

import pytest
from playwright.sync_api import expect

from tests.phone.visits import issue


def keep_place(page, minutes: int = 10) -> None:
    page.get_by_text("I am running late").click()
    page.get_by_role("button", name=f"{minutes} minutes").click()


def test_somebody_running_late_keeps_their_place_and_says_when_they_are_here(lobby, follow, page):
    mine = issue(lobby)
    follow(mine)
    keep_place(page)
    expect(page.get_by_text("We keep your place until")).to_be_visible()
    expect(page.get_by_text("I am running late")).to_be_hidden()
    assert lobby.door.call_next(desk="1", by="test") is None
    page.get_by_role("button", name="I am here now").click()
    expect(page.get_by_text("You are next.")).to_be_visible()
    assert lobby.door.call_next(desk="1", by="test").id == mine.id


def test_a_place_that_cannot_be_kept_again_is_said_on_the_page(lobby, follow, page):
    mine = issue(lobby)
    for _ in range(2):
        lobby.door.tell_late(visit=mine.id, minutes=5)
        lobby.door.tell_here(visit=mine.id)
    follow(mine)
    keep_place(page)
    expect(page.get_by_role("alert")).to_contain_text(["We cannot keep your place again."])


@pytest.mark.wcag("3.3.4")
def test_leaving_the_line_is_asked_once_and_then_done(lobby, follow, page):
    mine = issue(lobby)
    follow(mine)
    page.get_by_text("Leave the line", exact=True).click()
    assert lobby.door.look()[1].visits[mine.id].state == "waiting"
    page.get_by_role("button", name="Yes, I leave the line").click()
    expect(page.get_by_text("This number is no longer in the line.")).to_be_visible()
    assert mine.id not in lobby.door.look()[1].visits


@pytest.mark.wcag("2.1.1", "2.4.3")
def test_it_all_works_by_keyboard_alone_and_the_focus_is_never_lost(lobby, follow, page):
    follow(issue(lobby))
    page.get_by_text("I am running late").focus()
    for key in ("Enter", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("We keep your place until")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_without_scripts_a_visitor_can_ask_all_the_same(lobby, plain):
    mine = issue(lobby)
    plain.goto(f"{lobby.url}/t/{mine.token}?text=large")
    keep_place(plain)
    expect(plain.get_by_text("We keep your place until")).to_be_visible()
    plain.get_by_role("button", name="I am here now").click()
    expect(plain.get_by_text("You are next.")).to_be_visible()
    expect(plain.locator("html")).to_have_attribute("data-larger-text", "")
    plain.get_by_text("Leave the line", exact=True).click()
    plain.get_by_role("button", name="Yes, I leave the line").click()
    expect(plain.get_by_text("This number is no longer in the line.")).to_be_visible()
