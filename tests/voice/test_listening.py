"""How listening begins, is silenced, said again, made louder, put into another language, and ends with each person."""

import pytest
from playwright.sync_api import expect

from reception.translations import translations
from tests.kiosk.conftest import OFFICE
from tests.outside import Server
from tests.voice.unseen import EASIER, HEADING

SILENCED = """() => {
    const speaks = () => document.documentElement.hasAttribute("data-speaking");
    const before = speaks();
    dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
    return [before, speaks()];
}"""
TOUCHED = SILENCED.replace('KeyboardEvent("keydown", { key: "Shift" })', 'PointerEvent("pointerdown")')


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("listening"), office=OFFICE)
    yield server
    server.close()


@pytest.fixture(scope="module")
def office_in_three(tmp_path_factory):
    """An office that speaks English, Welsh and Urdu."""
    folder = tmp_path_factory.mktemp("languages")
    server = Server(folder, office=OFFICE, catalogues={"offered": ["en", "cy", "ur"]})
    yield server
    server.close()


@pytest.fixture
def unseen(unseen_at, office):
    return unseen_at(office)


def speaking(page):
    return page.locator("html[data-speaking]")


def test_the_kiosk_is_silent_unless_asked(unseen, page):
    page.get_by_role("button", name="Housing").click()
    page.get_by_role("button", name="Nothing, thank you").press("Enter")
    expect(page.get_by_text("Please take your ticket.")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".heading:visible")).to_have_text(HEADING)
    assert unseen.ever == []
    unseen.begins(HEADING)


@pytest.mark.wcag("1.4.2")
def test_the_button_of_the_strip_begins_and_ends_it(unseen, page):
    listen = page.get_by_role("button", name="Listen")
    listen.click()
    unseen.hears(HEADING)
    expect(listen).to_have_attribute("aria-pressed", "true")
    unseen.until(lambda: pressed(listen) or "Listening is off." in unseen.words, "the end")
    expect(listen).to_have_attribute("aria-pressed", "false")


def pressed(button) -> None:
    """Once more: a second strike that comes too soon is none."""
    button.press("Enter")


@pytest.mark.en301549("5.1.3.9")
def test_plugging_in_a_headset_begins_it_where_the_browser_tells(unseen, page):
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    unseen.hears("You are listening to this screen.", HEADING)


@pytest.mark.wcag("1.4.2")
@pytest.mark.en301549("5.1.3.4")
@pytest.mark.parametrize("action", [SILENCED, TOUCHED], ids=["key", "touch"])
def test_any_key_or_touch_silences_it_at_once(unseen, page, action):
    unseen.begins(HEADING)
    expect(speaking(page)).to_be_attached()
    assert page.evaluate(action) == [True, False]


def test_what_was_still_to_be_said_is_never_said_after_a_key(unseen, page):
    unseen.begins(HEADING)
    expect(speaking(page)).to_be_attached()
    unseen.press("Shift")
    unseen.press("ArrowDown")
    unseen.hears("of 4.")
    expect(speaking(page)).to_be_attached()
    expect(speaking(page)).not_to_be_attached()
    assert "choices." not in unseen.words


@pytest.mark.en301549("5.1.3.4")
def test_the_last_thing_is_said_again(unseen):
    unseen.begins(HEADING)
    unseen.finds("Housing")
    before = list(unseen.said)
    unseen.press("F8")
    unseen.until(lambda: unseen.said == before, "the same again")


@pytest.mark.en301549("5.1.3.12", "5.1.3.13")
def test_volume_goes_in_five_steps_and_back_to_normal_with_the_next_person(unseen, page):
    unseen.begins(HEADING)
    for key, said in (("F7", 4), ("F7", 5), ("F7", 5), ("F6", 4)):
        unseen.press(key)
        unseen.hears(f"Volume {said} of 5.")
    page.get_by_role("button", name="Housing").click()
    page.get_by_role("button", name="Nothing, thank you").press("Enter")
    page.get_by_role("button", name="Done").press("Enter")
    expect(page.get_by_role("button", name="Listen")).to_have_attribute("aria-pressed", "false")
    unseen.begins(HEADING)
    unseen.press("F6")
    unseen.hears("Volume 2 of 5.")


def test_the_next_person_finds_a_silent_kiosk(unseen, page):
    unseen.begins(HEADING)
    unseen.chooses("Housing", "Is there anything")
    unseen.chooses("Nothing, thank you", "Your number is")
    unseen.chooses("Done")
    expect(page.locator(".heading:visible")).to_have_text(HEADING)
    said = len(unseen.ever)
    unseen.press("ArrowDown")
    expect(page.locator("button:focus")).to_be_visible()
    assert len(unseen.ever) == said
    expect(speaking(page)).not_to_be_attached()


def test_boards_hear_that_a_kiosk_speaks_and_that_it_has_ended(unseen, office):
    board = office.screen("display", key=office.key("display"))
    unseen.begins(HEADING)
    unseen.until(lambda: {"on": True} in board.of("hush"), "the board to wait")
    unseen.press("Shift")
    unseen.until(lambda: board.of("hush")[-1] == {"on": False}, "the board to go on")


@pytest.mark.en301549("5.1.3.7")
@pytest.mark.parametrize(("tag", "own"), [("cy", "Cymraeg"), ("ur", "اردو")])
def test_each_language_is_offered_in_its_own_voice_and_the_rest_is_said_in_it(unseen_at, office_in_three, tag, own):
    unseen = unseen_at(office_in_three)
    unseen.begins("Choose your language")
    unseen.finds(own)
    assert unseen.said[0] == (tag, own)
    for question in (HEADING, EASIER):
        unseen.press("Enter")
        unseen.hears(translations(tag).gettext(question), language=tag)
        unseen.press("ArrowDown")
        unseen.until(lambda: unseen.said, "its first answer")
    unseen.press("Enter")
    number = unseen.number()
    visit = max(office_in_three.door.store.visits_between("town", 0, 1 << 60), key=lambda visit: visit.place)
    assert (number, visit.reads) == (visit.number, tag)
    assert (tag, ", ".join(number)) in unseen.said
    assert sum(language == tag for language, _text in unseen.said) >= 5


@pytest.mark.wcag("2.2.1")
def test_the_warning_is_said_and_one_key_stays_as_often_as_wanted(tmp_path, unseen_at):
    server = Server(tmp_path, office=OFFICE, kiosk={"idle_seconds": 8})
    try:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.finds("Housing")
        for _ in range(2):
            unseen.said.clear()
            unseen.hears("Are you still there?", "Otherwise this screen starts again", "Yes, I am still here")
            unseen.press("Enter")
            unseen.hears("Housing")
    finally:
        server.close()
