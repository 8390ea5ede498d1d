"""How it went, told at the kiosk in three touches, in a real browser on a real server."""

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.builders import eventually
from tests.kiosk.conftest import sooner

REFERENCE = re.compile(r"F-[A-Z0-9]{5}")
TWICE = """() => {
    const theme = document.querySelector("[data-feedback-theme=waiting]");
    for (let i = 0; i < 3; i++) theme.click();
}"""


def noted(lobby) -> list:
    """What was told since the office was cleared, the oldest first."""
    return lobby.door.feedbacks()


@pytest.fixture(autouse=True)
def nothing_told(lobby):
    for table in ("feedback_stages", "feedback"):
        lobby.door.writer.do(lambda store, table=table: (store.execute(f"DELETE FROM {table}"), None))


@pytest.fixture
def counted(kiosk):
    """The kiosk, with the touches counted."""
    kiosk.page.evaluate("() => { window.touches = 0; addEventListener('click', () => (window.touches += 1), true); }")
    return kiosk


def touches(kiosk) -> int:
    return kiosk.page.evaluate("window.touches")


def test_a_complaint_takes_three_touches_and_leaves_a_reference_and_a_day(counted, lobby):
    kiosk = counted
    kiosk.press("Tell us how it went")
    kiosk.press("I want to complain")
    kiosk.press("Waiting")
    expect(kiosk.heading).to_have_text("Thank you. We have noted it.")
    assert touches(kiosk) == 3
    (told,) = noted(lobby)
    assert (told.kind, told.theme, told.source, told.visit) == ("complaint", "waiting", "kiosk", None)
    expect(kiosk.page.get_by_text(f"Your reference is {told.reference}.")).to_be_visible()
    expect(kiosk.page.get_by_text("We look into it by the end of")).to_be_visible()
    expect(kiosk.page.locator(".screen-thanks .qr path[d]")).to_be_visible()


def test_a_compliment_is_noted_without_a_day_and_done_begins_for_the_next(kiosk, lobby):
    kiosk.press("Tell us how it went")
    kiosk.press("Something was good")
    kiosk.press("The staff")
    expect(kiosk.page.get_by_text(REFERENCE)).to_be_visible()
    expect(kiosk.page.get_by_text("by the end of")).to_be_hidden()
    kiosk.press("Done")
    kiosk.at_start()
    assert [one.kind for one in noted(lobby)] == ["compliment"]


def test_however_often_a_theme_is_touched_it_is_noted_once(kiosk, lobby):
    kiosk.press("Tell us how it went")
    kiosk.press("I want to complain")
    kiosk.page.evaluate(TWICE)
    expect(kiosk.page.get_by_text(REFERENCE)).to_be_visible()
    assert len(noted(lobby)) == 1


def test_an_answer_that_was_lost_is_asked_for_again_and_noted_once(kiosk, lobby):
    kiosk.press("Tell us how it went")
    kiosk.press("I have an idea")
    lobby.process.send_signal(signal.SIGSTOP)
    kiosk.press("The building")
    expect(kiosk.heading).to_have_text("The answer did not come.", timeout=10_000)
    lobby.process.send_signal(signal.SIGCONT)
    kiosk.page.locator("html[data-server=here]").wait_for()
    if kiosk.button("Try again").is_visible():
        kiosk.press("Try again")
        expect(kiosk.page.get_by_text(REFERENCE)).to_be_visible()
    assert eventually(lambda: len(noted(lobby)) == 1)


def test_nobody_in_the_line_is_moved_by_it(kiosk, lobby):
    first = lobby.door.issue(service="housing", by="test").visit
    before = lobby.door.store.visit("town", first.id)
    kiosk.press("Tell us how it went")
    kiosk.press("Something was good")
    kiosk.press("Waiting")
    expect(kiosk.page.get_by_text(REFERENCE)).to_be_visible()
    assert lobby.door.store.visit("town", first.id) == before
    kiosk.press("Done")
    expect(kiosk.button("Housing")).to_contain_text("1 person ahead of you")


def test_whoever_walks_away_leaves_the_start_to_the_next(kiosk):
    sooner(kiosk)
    kiosk.press("Tell us how it went")
    kiosk.press("I want to complain")
    kiosk.at_start()
    kiosk.press("Tell us how it went")
    expect(kiosk.heading).to_have_text("What would you like to tell us?")


def test_back_leads_to_the_kind_and_another_is_what_counts(kiosk, lobby):
    kiosk.press("Tell us how it went")
    kiosk.press("I want to complain")
    kiosk.press("Back")
    kiosk.press("Something was good")
    kiosk.press("Waiting")
    expect(kiosk.page.get_by_text(REFERENCE)).to_be_visible()
    assert [one.kind for one in noted(lobby)] == ["compliment"]
