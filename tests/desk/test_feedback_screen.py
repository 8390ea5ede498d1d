"""What a visitor says of how it went, written down at the desk by a few keys, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.desk.screen import says, says_not

NOTED = re.compile(r"Noted\. Their reference is F-[A-Z0-9]{5}\.")


@pytest.fixture
def noted(house):
    """What was told, the newest first; nothing at first."""
    for table in ("feedback_stages", "feedback"):
        house.door.writer.do(lambda store, table=table: (store.execute(f"DELETE FROM {table}"), None))
    return house.door.feedbacks


def words_of(house, told) -> dict:
    return house.door.store.particulars(house.door.office, [told.id]).get(told.id, {})


def helping(house, sit):
    (visit,) = house.tickets("tax")
    screen = sit()
    screen.press("n")
    says(screen.main, "Start")
    screen.press("s")
    says(screen.mine, "With you")
    return screen, visit


def test_a_complaint_of_the_visitor_at_the_desk_takes_three_presses(house, sit, noted):
    screen, visit = helping(house, sit)
    screen.press("g", "3", "4")
    says(screen.mine, NOTED)
    says(screen.mine, re.compile(r"It is answered by \w+day \d+ \w+"))
    (told,) = noted()
    assert (told.kind, told.theme, told.source, told.visit) == ("complaint", "waiting", "desk", visit.id)
    assert (told.service, told.made_by) == ("tax", screen.person.by)
    screen.expect_visitor(visit)


def test_what_was_put_right_at_once_needs_no_answer_later(house, sit, noted):
    screen, _visit = helping(house, sit)
    screen.press("g", "r")
    expect(screen.dialog.get_by_label("Complaint")).to_be_checked()
    expect(screen.page.get_by_label("What was done")).to_be_focused()
    screen.page.keyboard.type("Printed the letter that was missing")
    screen.press("Tab", "Escape")
    expect(screen.dialog).to_be_hidden()
    screen.press("g", "5")
    says(screen.mine, NOTED)
    says_not(screen.mine, "It is answered by")
    (told,) = noted()
    assert (told.kind, told.theme, told.state, told.stage) == ("complaint", "staff", "put_right", 0)
    assert words_of(house, told) == {"done": "Printed the letter that was missing"}


def test_their_words_are_kept_for_those_who_deal_with_it(house, sit, noted):
    screen, _visit = helping(house, sit)
    screen.press("g", "1", "w")
    screen.page.get_by_label("What they say").fill("Robin was kind to my mother.")
    screen.page.get_by_label("How to reach them").fill("01632 960 001")
    screen.press("Enter")
    says(screen.mine, NOTED)
    (told,) = noted()
    assert (told.kind, told.theme) == ("compliment", None)
    assert words_of(house, told) == {"text": "Robin was kind to my mother.", "contact": "01632 960 001"}
    screen.press("g")
    expect(screen.page.get_by_label("What they say")).to_have_value("")


def test_a_complaint_about_nothing_is_refused_in_the_dialog(house, sit, noted):
    screen, _visit = helping(house, sit)
    screen.press("g", "3")
    screen.button("Save without a theme").click()
    says(screen.refusal, "A complaint needs a theme or a few words")
    assert noted() == []


def test_somebody_who_has_no_ticket_can_tell_it_too(house, sit, noted):
    screen = sit()
    screen.press("g", "6")
    says(screen.mine, NOTED)
    (told,) = noted()
    assert (told.kind, told.theme, told.visit) == ("comment", "information", None)


def test_the_dialog_keeps_the_rules_of_access(house, sit, noted):
    screen, _visit = helping(house, sit)
    screen.press("g", "w")
    screen.page.get_by_label("What they say").wait_for()
    found = Axe().run(screen.page)
    assert found.violations_count == 0, found.generate_report()


def test_one_showing_of_the_dialog_notes_the_same_words_once(house, noted):
    robin = house.person("Robin").socket()
    robin.ask("sit", {"desk": "1"})
    said = {"kind": "comment", "theme": "staff", "showing": "one showing"}
    first, again = (robin.ask("give_feedback", said)["noted"] for _press in range(2))
    assert again == first and len(noted()) == 1
    robin.ask("give_feedback", said | {"text": "It was cold."})
    assert len(noted()) == 2
