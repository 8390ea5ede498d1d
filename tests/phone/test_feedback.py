"""How it went, told on a phone: after one's own visit, by anybody at the exit, and in more words than at the kiosk."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.outside import Browser, Server
from tests.phone.visits import OFFICE, PHONE, finish, issue, link_of, walk

REFERENCE = re.compile(r"F-[A-Z0-9]{5}")
NOT_KEPT = "What you have just written was not kept. Please tell us at a desk, with this reference."
COUNT = "() => { window.touches = 0; addEventListener('click', (event) => (window.touches += event.isTrusted), true); }"


@pytest.fixture(autouse=True)
def nothing_told(server):
    clear(server)


def clear(server) -> None:
    for table in ("feedback_stages", "feedback"):
        server.door.writer.do(lambda store, table=table: (store.execute(f"DELETE FROM {table}"), None))


def noted(server) -> list:
    return server.door.feedbacks()


def words_of(server, told) -> dict:
    return server.door.store.particulars(server.door.office, [told.id]).get(told.id, {})


def choose(page, *names: str) -> None:
    for name in names:
        page.get_by_label(name).check()


@pytest.fixture
def exit_page(page, lobby):
    """The page behind the code at the exit."""
    page.set_viewport_size(PHONE)
    page.goto(f"{lobby.url}/feedback")
    return page


def test_after_a_visit_the_page_asks_how_it_went_and_three_more_touches_tell_it(lobby, follow):
    mine = issue(lobby)
    page = follow(mine)
    expect(page.get_by_role("link", name="Tell us how it went")).to_be_hidden()
    walk(lobby, mine, "serving")
    finish(lobby, mine)
    page.get_by_role("link", name="Tell us how it went").click()
    expect(page.get_by_text(f"This is about your visit with the number {mine.number}.")).to_be_visible()
    choose(page, "Something was good", "The staff")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have noted it.")
    (told,) = noted(lobby)
    assert (told.kind, told.theme, told.source, told.visit) == ("compliment", "staff", "phone", mine.id)
    expect(page.get_by_text(f"Your reference is {told.reference}.")).to_be_visible()


def test_a_complaint_with_words_says_by_when_it_is_answered_and_shows_the_words_to_nobody(lobby, exit_page):
    page = exit_page
    choose(page, "I want to complain", "Waiting")
    page.get_by_label("In your own words").fill("Forty minutes, standing.")
    page.get_by_label("How can we reach you?").fill("ann@example.org")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We will answer you by the end of")).to_be_visible()
    (told,) = noted(lobby)
    assert (told.kind, told.source, told.visit) == ("complaint", "phone", None)
    assert words_of(lobby, told) == {"text": "Forty minutes, standing.", "contact": "ann@example.org"}
    expect(page.get_by_text("Forty minutes")).to_have_count(0)
    expect(page.get_by_role("button", name="Send")).to_have_count(0)


def test_the_way_in_from_the_exit_takes_three_touches(lobby, exit_page):
    page = exit_page
    page.evaluate("() => addEventListener('click', (event) => { if (event.isTrusted) document.title += '.' }, true)")
    before = len(page.title())
    page.get_by_text("Something was good").click()
    page.get_by_text("The building and access").click()
    assert len(page.title()) - before <= 4  # a label's click is told again to its circle
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(REFERENCE)).to_be_visible()


def test_what_is_missing_is_said_and_what_was_chosen_stays(lobby, exit_page):
    page = exit_page
    page.get_by_label("In your own words").fill("It was cold.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what it is")
    expect(page.get_by_label("In your own words")).to_have_value("It was cold.")
    choose(page, "I want to complain")
    page.get_by_label("In your own words").fill("")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what it is about")
    expect(page.get_by_label("I want to complain")).to_be_checked()
    assert noted(lobby) == []


def test_the_same_form_sent_twice_is_noted_once(lobby):
    mine = issue(lobby)
    form = {"kind": "compliment", "theme": "waiting", "telling": "one form"}
    first, again = (lobby.ask("POST", f"/t/{mine.token}/feedback", data=form) for _ in range(2))
    assert (first.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert len(noted(lobby)) == 1
    changed = form | {"theme": "staff"}  # after going back
    assert lobby.ask("POST", f"/t/{mine.token}/feedback", data=changed).headers["Location"] != first.headers["Location"]
    assert {told.theme for told in noted(lobby)} == {"waiting", "staff"}


def test_words_can_be_added_once_by_the_link_of_what_the_kiosk_noted(lobby, page):
    told = lobby.door.give_feedback(kind="complaint", theme="waiting", source="kiosk", by="screen:1")
    page.set_viewport_size(PHONE)
    page.goto(link_of(lobby, told))
    expect(page.get_by_text(f"Your reference is {told.reference}.")).to_be_visible()
    expect(page.get_by_text("Say how we can reach you")).to_be_visible()
    page.get_by_label("How can we reach you?").fill("01632 960 001")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We have added your words.")).to_be_visible()
    expect(page.get_by_text("We will answer you by the end of")).to_be_visible()
    assert words_of(lobby, told) == {"contact": "01632 960 001"}
    assert len(noted(lobby)) == 1
    expect(page.get_by_role("button", name="Send")).to_have_count(0)


def test_a_link_that_nobody_signed_or_that_is_too_old_shows_nothing(lobby, hands):
    told = lobby.door.give_feedback(kind="comment", theme="waiting", source="kiosk", by="screen:1")
    good = link_of(lobby, told).removeprefix(lobby.url)
    assert lobby.ask("GET", good).status_code == 200
    for wrong in (
        good[:-2] + "AA",
        "/feedback/x",
        f"/feedback/{told.id}",
        f"/feedback/{told.reference}",
        "/feedback/é",
    ):
        assert lobby.ask("GET", wrong).status_code == 404
    lobby.door.writer.do(lambda store: (store.execute("UPDATE feedback SET made_at = 1"), None))
    assert lobby.ask("GET", good).status_code == 404


def test_a_form_of_another_site_is_not_taken(lobby):
    answer = lobby.ask("POST", "/feedback", data={"kind": "comment", "theme": "waiting"})
    assert answer.status_code == 400
    assert noted(lobby) == []


def test_without_scripts_and_in_welsh_it_is_the_same(lobby, plain):
    mine = issue(lobby)
    walk(lobby, mine, "serving")
    finish(lobby, mine)
    plain.goto(f"{lobby.url}/t/{mine.token}?language=cy")
    plain.get_by_role("link", name="Dywedwch wrthym sut aeth hi").click()
    plain.get_by_label("Rwyf eisiau cwyno").check()
    plain.get_by_label("Aros").check()
    plain.get_by_role("button", name="Anfon").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Diolch. Rydym wedi ei nodi.")
    (told,) = noted(lobby)
    assert (told.kind, told.language) == ("complaint", "cy")


def test_an_address_that_tells_very_much_is_asked_to_wait_and_who_holds_a_ticket_is_not(tmp_path):
    server = Server(tmp_path, **OFFICE, access={"guesses": 2})
    visitor, said = Browser(server), {"kind": "comment", "theme": "waiting"}
    try:
        answers = [visitor.submit("/feedback", said).status_code for _form in range(24)]
        assert sorted({*answers}) == [303, 429] and answers.count(303) == len(noted(server)) == 20
        mine, others = (f"/t/{issue(server).token}/feedback" for _visit in range(2))
        assert [server.ask("POST", mine, data=said).status_code for _form in range(3)] == [303, 303, 429]
        assert server.ask("POST", others, data=said).status_code == 303
    finally:
        server.close()


def test_what_is_written_in_lines_and_with_joined_letters_stays_so(lobby):
    mine = issue(lobby)
    text = "I waited.\r\n\r\nThen I went.\rনির্\u200dমাণ\x07می\u200cشود"
    lobby.ask("POST", f"/t/{mine.token}/feedback", data={"kind": "comment", "text": text, "contact": "a\nb"})
    (told,) = noted(lobby)
    kept = "I waited.\n\nThen I went.\nনির্\u200dমাণ می\u200cشود"
    assert words_of(lobby, told) == {"text": kept, "contact": "a b"}


def test_the_code_for_the_exit_leads_to_the_page_for_anybody(lobby, page):
    page.set_viewport_size({"width": 400, "height": 400})
    page.goto(f"{lobby.url}/feedback/code.svg")
    code = zxingcpp.read_barcode(Image.open(io.BytesIO(page.screenshot())))
    assert code.text == f"{lobby.door.settings.address}/feedback"


def test_an_office_may_have_no_page_for_anybody(tmp_path):
    server = Server(tmp_path, **OFFICE, feedback={"public": False})
    try:
        assert server.ask("GET", "/feedback").status_code == 404
        mine = issue(server)
        assert server.ask("GET", f"/t/{mine.token}/feedback").status_code == 200
    finally:
        server.close()


def test_what_was_changed_because_people_said_so_stands_with_the_thanks_until_it_is_hidden(lobby):
    told = lobby.door.give_feedback(kind="comment", theme="staff", source="kiosk", by="screen:1")
    made = lobby.door.say_what_was_done(said="We waited long.", did="A fourth desk opens at noon.", by="test")
    page = link_of(lobby, told).removeprefix(lobby.url)
    assert "A fourth desk opens at noon." in lobby.ask("GET", page).text
    lobby.door.show_what_was_done(said_and_done=made.id, show=False, by="test")
    assert "A fourth desk" not in lobby.ask("GET", page).text


def test_what_is_too_long_is_refused_and_kept_in_the_form(tmp_path):
    server = Server(tmp_path, **OFFICE, feedback={"longest": 200})
    try:
        told = server.door.give_feedback(kind="comment", theme="staff", source="kiosk", by="screen:1")
        path, mine = link_of(server, told).removeprefix(server.url), issue(server)
        for where in (path, f"/t/{mine.token}/feedback"):
            answer = server.ask("POST", where, data={"kind": "comment", "theme": "staff", "text": "too long " * 30})
            assert answer.status_code == 422
            assert "at most 200 letters are kept" in answer.text and "too long too long" in answer.text
        assert words_of(server, told) == {}
    finally:
        server.close()


def test_once_it_has_ended_the_link_takes_no_more_words_and_promises_no_day(lobby):
    told = lobby.door.give_feedback(kind="complaint", theme="staff", source="kiosk", by="screen:1")
    path = link_of(lobby, told).removeprefix(lobby.url)
    lobby.door.put_feedback_right(feedback=told.id, by="test", done="We rang the team.")
    answer = lobby.ask("POST", path, data={"text": "And one thing more."})
    assert answer.status_code == 200 and told.reference in answer.text
    assert "by the end of" not in answer.text and "<textarea" not in answer.text
    assert words_of(lobby, told) == {"done": "We rang the team."}
    assert NOT_KEPT in answer.text and "We have noted it" not in answer.text


def test_later_words_that_are_not_kept_are_not_thanked_for_and_the_same_words_twice_are_kept_once(lobby):
    told = lobby.door.give_feedback(kind="comment", theme="staff", source="kiosk", by="screen:1")
    path, first = link_of(lobby, told).removeprefix(lobby.url), {"text": "It was cold."}
    answers = [lobby.ask("POST", path, data=first) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    later = lobby.ask("POST", f"{path}?added=1", data={"text": "And dark."}).text
    assert NOT_KEPT in later and told.reference in later and "We have added your words." not in later
    assert "We have noted it" not in later and "And dark." not in later
    assert words_of(lobby, told) == first
    assert NOT_KEPT not in lobby.ask("GET", path).text
    welsh = lobby.ask("POST", f"{path}?language=cy", data={"text": "And dark."}).text
    assert "Ni chadwyd yr hyn rydych newydd ei ysgrifennu." in welsh
