"""How it went, told at the kiosk in three touches, in a real browser on a real server."""

import io
import re
import signal

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.builders import eventually
from tests.kiosk.conftest import OFFICE, sooner
from tests.outside import Server

REFERENCE = re.compile(r"F-[A-Z0-9]{5}")
UNASKED = {"asks_language": False}
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
    code = zxingcpp.read_barcode(Image.open(io.BytesIO(kiosk.page.screenshot()))).text
    kiosk.page.goto(code)
    expect(kiosk.page.get_by_text(f"Your reference is {told.reference}.")).to_be_visible()
    expect(kiosk.page.get_by_label("In your own words")).to_be_visible()


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
    kiosk.press("The building and access")
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


def test_what_was_changed_because_people_said_so_stands_beside_the_thanks(kiosk, lobby):
    lobby.door.say_what_was_done(said="It is cold by the door.", did="There is a heater.", by="test", theme="building")
    lobby.door.say_what_was_done(said="We waited long.", did="A fourth desk opens at noon.", by="test", theme="waiting")
    kiosk.press("Tell us how it went")
    kiosk.press("I have an idea")
    kiosk.press("The building and access")
    expect(kiosk.page.get_by_text("There is a heater.")).to_be_visible()
    expect(kiosk.page.get_by_text("A fourth desk")).to_have_count(0)


def test_the_kind_goes_along_into_another_language_and_the_reference_does_not(tmp_path, kiosk_at):
    server = Server(tmp_path, office=OFFICE, catalogues={"offered": ["en", "cy"], "reviewed": ["en"]}, kiosk=UNASKED)
    try:
        kiosk = kiosk_at(server)
        kiosk.press("Tell us how it went")
        kiosk.press("I want to complain")
        kiosk.press("Language")
        kiosk.press("Cymraeg")
        expect(kiosk.heading).to_have_text("Am beth mae'n sôn?")
        kiosk.press("Aros")
        expect(kiosk.heading).to_have_text("Diolch. Rydym wedi ei nodi.")
        expect(kiosk.page.get_by_text("Byddwn yn edrych i mewn i hyn erbyn diwedd")).to_be_visible()
        (told,) = server.door.feedbacks()
        assert (told.kind, told.theme, told.language) == ("complaint", "waiting", "cy")
        kiosk.press("Wedi gorffen")
        expect(kiosk.heading).to_have_text("What have you come about?")
    finally:
        server.close()


def test_it_can_be_told_after_the_office_has_closed_by_whoever_was_still_at_it(kiosk, lobby):
    kiosk.press("Tell us how it went")
    kiosk.press("I want to complain")
    for service in lobby.door.settings.service:
        lobby.door.rule(kind="service", subject=service, value="closed", by="test")
    expect(kiosk.heading).to_have_text("What is it about?")
    kiosk.press("Waiting")
    expect(kiosk.page.get_by_text(REFERENCE)).to_be_visible()
    for service in lobby.door.settings.service:
        lobby.door.rule(kind="service", subject=service, value=None, by="test")


def test_an_office_without_themes_does_not_ask(tmp_path, kiosk_at):
    server = Server(tmp_path, office=OFFICE, feedback={"themes": []})
    try:
        kiosk = kiosk_at(server)
        kiosk.at_start()
        expect(kiosk.button("Tell us how it went")).to_have_count(0)
    finally:
        server.close()
