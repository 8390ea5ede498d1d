"""A visitor's own page, in a real browser of a phone's size on a real server."""

import re
import signal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from reception import hours
from reception.owing import Promised
from tests.builders import eventually
from tests.outside import Server
from tests.phone.visits import BILL, finish, issue

LOST = 30_000  # ms
FELT_AND_HEARD = """
    window.felt = 0;
    window.notes = 0;
    navigator.vibrate = () => (window.felt += 1);
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { window.notes += 1; return start.call(this, at); };
"""


def owed(page, heading: str = "What happens next"):
    return page.get_by_role("region", name=heading).get_by_role("listitem")


def test_the_phone_sees_its_place_and_its_call_without_loading_again(lobby, follow):
    first, mine = issue(lobby), issue(lobby)
    page = follow(mine)
    expect(page.get_by_role("heading")).to_have_text(f"Your number is {mine.number}")
    expect(page.get_by_text("1 person is ahead of you for this service.")).to_be_visible()
    assert lobby.door.call_next(desk="1", by="test").id == first.id
    expect(page.get_by_text("You are next.")).to_be_visible()
    lobby.door.call_next(desk="2", by="test")
    expect(page.locator(".call")).to_have_text(re.compile(r"Please go to\s+Desk 2"))
    expect(page).to_have_title(f"Go to Desk 2: {mine.number}")
    lobby.door.step("start", visit=mine.id, by="test")
    expect(page.get_by_text("You are at Desk 2")).to_be_visible()
    expect(page).to_have_title(f"Your number is {mine.number} – Fernleigh Council")
    finish(lobby, mine)
    expect(page.get_by_text("Your visit is finished.")).to_be_visible()
    expect(page.get_by_text("You can close this page.")).to_be_visible()


def test_whoever_was_not_there_is_told_what_helps_and_may_come_back(lobby, follow):
    mine = issue(lobby)
    page = follow(mine)
    lobby.door.call_next(desk="1", by="test")
    lobby.door.step("not_here", visit=mine.id, by="test")
    expect(page.get_by_text("We called you, but you were not there.")).to_be_visible()
    expect(page.get_by_text("please tell a member of staff that you are here")).to_be_visible()
    lobby.door.step("reinstate", visit=mine.id, by="test")
    expect(page.get_by_text("You are next.")).to_be_visible()


@pytest.mark.wcag("1.4.2")
def test_a_call_is_felt_and_heard_where_somebody_asked_for_it(lobby, follow, page):
    page.add_init_script(FELT_AND_HEARD)
    mine = issue(lobby)
    follow(mine)
    page.get_by_role("button", name="Alert me when I am called").click()
    expect(page.get_by_role("button", name="This phone will alert you")).to_have_attribute("aria-pressed", "true")
    sample = page.evaluate("notes")
    lobby.door.call_next(desk="1", by="test")
    expect(page.locator(".call")).to_be_visible()
    assert page.evaluate("[felt, notes]") == [1, sample + 2]
    lobby.door.step("recall", visit=mine.id, by="test")
    eventually(lambda: page.evaluate("felt") == 2)


@pytest.mark.wcag("1.3.2")
def test_without_scripts_the_page_says_the_same(lobby, plain):
    issue(lobby)
    mine = issue(lobby)
    plain.goto(f"{lobby.url}/t/{mine.token}")
    expect(plain.get_by_role("heading")).to_have_text(f"Your number is {mine.number}")
    expect(plain.get_by_text("1 person is ahead of you for this service.")).to_be_visible()
    expect(plain.get_by_role("button")).to_be_hidden()


def test_the_page_names_no_service(lobby, follow):
    page = follow(issue(lobby, "housing"))
    expect(page.get_by_text("You are next.")).to_be_visible()
    assert "housing" not in page.content().lower()


def test_it_needs_no_address_but_those_a_proxy_is_told_to_publish(lobby, follow, page):
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.on("websocket", lambda socket: asked.append(urlsplit(socket.url).path))
    follow(issue(lobby))
    page.wait_for_load_state("networkidle")
    assert "/socket.io/" in asked
    assert [path for path in asked if not path.startswith(("/t/", "/static/", "/socket.io/"))] == []


def test_somebody_on_hold_is_told_where_to_wait_and_until_when(lobby, follow):
    mine = issue(lobby)
    page = follow(mine)
    lobby.door.hold(visit=mine.id, by="test", minutes=20, room="one", reason="colleague")
    expect(page.get_by_text("You are on hold. Please wait in Interview room 1.")).to_be_visible()
    until = hours.local(lobby.door.look()[1].visits[mine.id].held_until, lobby.door.settings.zone)
    expect(page.get_by_text(f"back in the line where you were, by {until:%H:%M}.")).to_be_visible()
    expect(page.get_by_role("button", name="Alert me when I am called")).to_be_visible()
    assert "colleague" not in page.content().lower()


def test_somebody_with_more_to_do_is_told_so(lobby, follow):
    page = follow(issue(lobby, to_come=["housing"]))
    expect(page.get_by_text("After this, you have one more step today.")).to_be_visible()
    assert "housing" not in page.content().lower()


def test_a_discreet_call_fills_the_phone_with_what_to_do(lobby, follow, page):
    page.add_init_script(FELT_AND_HEARD)
    mine = issue(lobby, needs=["discreet"])
    follow(mine)
    expect(page.get_by_text("We will not call your number out loud or show it.")).to_be_visible()
    page.get_by_role("button", name="Alert me when I am called").click()
    lobby.door.call_next(desk="2", by="test")
    expect(page.get_by_role("alert").get_by_text("A member of staff will come to you.")).to_be_visible()
    expect(page.get_by_text("Please stay where you are. They will take you to Desk 2.")).to_be_visible()
    expect(page.get_by_text("Please go to")).to_be_hidden()
    expect(page).to_have_title(f"We are coming to you: {mine.number}")
    assert page.evaluate("felt") == 1
    lobby.door.step("not_here", visit=mine.id, by="test")
    expect(page.get_by_text("We came for you, but could not find you.")).to_be_visible()


def test_what_happens_next_is_on_the_page_and_done_when_it_is(lobby, follow):
    mine = issue(lobby)
    page = follow(mine)
    lobby.door.call_next(desk="1", by="test")
    finish(lobby, mine, promise=BILL, signposts=["advice"])
    (promise,) = lobby.door.promises_of(mine.id)
    expect(owed(page)).to_contain_text(["We will send your new bill."])
    expect(owed(page).get_by_text("By the end of")).to_be_visible()
    expect(owed(page)).to_contain_text([promise.reference])
    expect(owed(page).get_by_role("link", name="01632 960 101")).to_have_attribute("href", "tel:01632960101")
    expect(owed(page, "Others who can help")).to_contain_text(["Checked in October 2026"])
    expect(page.get_by_text("You can come back to this page until")).to_be_visible()
    expect(page.get_by_text("You can close this page.")).to_be_hidden()
    lobby.door.keep(promise=promise.id, by="test")
    expect(owed(page).get_by_text("Done on")).to_be_visible()
    expect(owed(page).get_by_text("By the end of")).to_be_hidden()


def test_without_scripts_what_happens_next_is_said_once_and_with_them_no_more_often(lobby, follow, plain):
    mine = issue(lobby)
    lobby.door.call_next(desk="1", by="test")
    finish(lobby, mine, promise=BILL)
    plain.goto(f"{lobby.url}/t/{mine.token}")
    expect(owed(plain)).to_have_count(1)
    words = owed(plain).inner_text()
    assert BILL.what in words and "Council Tax officer" in words
    page = follow(mine)
    assert owed(page).inner_text() == words


def test_what_staff_type_is_shown_as_they_typed_it(lobby, follow):
    mine = issue(lobby)
    typed = '<b>Bring</b> <script>alert(1)</script> & "papers" {{ 7 * 7 }}'
    page = follow(mine)
    lobby.door.promise(promised=Promised(typed, team="tax"), by="test", visit=mine.id)
    expect(owed(page).locator(".what")).to_have_text(typed)
    page.reload()
    expect(owed(page).locator(".what")).to_have_text(typed)
    assert page.locator(".what > *").count() == 0


def test_a_call_hides_everything_but_where_to_go(lobby, follow):
    mine = issue(lobby)
    lobby.door.promise(promised=BILL, by="test", visit=mine.id)
    page = follow(mine)
    expect(owed(page)).to_be_visible()
    lobby.door.call_next(desk="1", by="test")
    expect(page.locator(".call")).to_be_visible()
    expect(page.locator(".after")).to_be_hidden()


def test_a_lost_server_is_said_and_the_page_is_right_again_by_itself(tmp_path, page):
    server = Server(tmp_path)
    try:
        mine = issue(server)
        page.goto(f"{server.url}/t/{mine.token}")
        page.locator("html[data-server=here]").wait_for()
        server.stop()
        expect(page.get_by_text("Not connected just now.")).to_be_visible(timeout=LOST)
        server.door.call_next(desk="1", by="test")
        server.start()
        expect(page.locator(".call")).to_have_text(re.compile("Desk 1"), timeout=LOST)
        expect(page.get_by_text("Not connected just now.")).to_be_hidden()
    finally:
        server.process.send_signal(signal.SIGCONT)
        server.close()
