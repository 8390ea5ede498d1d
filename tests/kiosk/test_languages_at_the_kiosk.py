"""The language of the screens: chosen first or at any time, for one person, and with them to the ticket."""

import pytest
from playwright.sync_api import expect

from tests.kiosk.conftest import DESKS, OFFICE, sooner
from tests.outside import Server

SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A"},
    {"key": "housing", "name": "Housing", "letter": "B"},
]
TEXTS = {"cy": {"Housing": "Tai"}, "ur": {"Housing": "رہائش"}}


def an_office(folder, **kiosk) -> Server:
    return Server(
        folder,
        office=OFFICE,
        services=SERVICES,
        desks=DESKS[:1],
        catalogues={"offered": ["cy", "ur", "pl"]},
        texts=TEXTS,
        kiosk=kiosk,
    )


@pytest.fixture(scope="module")
def speaking(tmp_path_factory):
    server = an_office(tmp_path_factory.mktemp("speaking"))
    yield server
    server.close()


@pytest.fixture
def kiosk(kiosk_at, speaking):
    return kiosk_at(speaking)


def choose(kiosk, name: str) -> None:
    kiosk.page.get_by_role("button", name=name, exact=True).click()


def in_language(kiosk, tag: str) -> None:
    expect(kiosk.page.locator(f"html[data-language={tag}][data-server=here]")).to_be_attached()


def test_the_first_question_is_the_language_each_in_its_own_name_and_script(kiosk):
    expect(kiosk.heading).to_have_text("Choose your language")
    buttons = kiosk.page.locator("[data-reads-in]:visible")
    expect(buttons).to_have_text(["English", "Cymraeg", "اردو", "Polski"])
    expect(buttons.nth(2)).to_have_attribute("lang", "ur")
    expect(buttons.nth(2)).to_have_attribute("dir", "rtl")


def test_the_first_language_goes_on_at_once(kiosk):
    choose(kiosk, "English")
    kiosk.at_start()
    kiosk.press("Back")
    expect(kiosk.heading).to_have_text("Choose your language")


def test_another_language_stays_with_its_person_to_the_ticket_and_no_longer(kiosk, speaking):
    choose(kiosk, "Cymraeg")
    in_language(kiosk, "cy")
    kiosk.press("Tai")
    kiosk.page.locator("[data-said-needs]").press("Enter")
    assert kiosk.number.startswith("B")
    visit = max(speaking.door.store.visits_between("town", 0, 1 << 60), key=lambda visit: visit.place)
    assert visit.reads == "cy"
    kiosk.page.locator("[data-done]:visible").press("Enter")
    in_language(kiosk, "en")
    expect(kiosk.heading).to_have_text("Choose your language")


def test_urdu_runs_from_right_to_left_and_its_arrows_turn_round(kiosk):
    choose(kiosk, "اردو")
    in_language(kiosk, "ur")
    expect(kiosk.page.locator("html")).to_have_attribute("dir", "rtl")
    back, help_ = (kiosk.page.locator(f"[data-{name}]") for name in ("back", "help"))
    assert back.bounding_box()["x"] > help_.bounding_box()["x"]
    assert back.locator("svg").evaluate("(drawn) => getComputedStyle(drawn).scale") == "-1 1"


def test_in_the_midst_another_language_leads_back_to_the_same_question_with_what_was_chosen(kiosk):
    choose(kiosk, "English")
    kiosk.press("Larger text")
    kiosk.press("Housing")
    kiosk.press("More time")
    kiosk.page.locator("[data-reads]").press("Enter")
    choose(kiosk, "Polski")
    in_language(kiosk, "pl")
    time = kiosk.page.locator("[data-need=time]")
    expect(time).to_be_visible()
    expect(time).to_have_attribute("aria-pressed", "true")
    expect(kiosk.page.locator("html[data-larger-text]")).to_be_attached()
    assert kiosk.page.evaluate("sessionStorage.length") == 0


def test_whoever_walks_away_leaves_the_first_language(kiosk, page):
    sooner(kiosk)
    choose(kiosk, "Cymraeg")
    in_language(kiosk, "cy")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    in_language(kiosk, "en")


def test_an_office_may_leave_the_language_to_the_strip(tmp_path, kiosk_at):
    server = an_office(tmp_path, asks_language=False)
    try:
        kiosk = kiosk_at(server)
        kiosk.at_start()
        kiosk.press("Language")
        choose(kiosk, "Cymraeg")
        in_language(kiosk, "cy")
        expect(kiosk.button("Tai")).to_be_visible()
    finally:
        server.close()


def test_with_one_language_nothing_is_said_of_languages(kiosk_at, lobby):
    kiosk = kiosk_at(lobby)
    kiosk.at_start()
    expect(kiosk.button("Language")).to_have_count(0)


def test_what_a_manager_wrote_says_that_it_is_in_the_offices_language(kiosk, speaking):
    speaking.door.rule(kind="notice", subject="kiosk", value="on", text="The lift is out of order.", by="test")
    choose(kiosk, "Cymraeg")
    in_language(kiosk, "cy")
    notice = kiosk.page.get_by_text("The lift is out of order.").filter(visible=True)
    expect(notice).to_have_attribute("lang", "en")
    welsh = {"text": "The lift is out of order.", "texts": {"cy": "Nid yw'r lifft yn gweithio."}}
    speaking.door.rule(kind="notice", subject="kiosk", value="on", by="test", **welsh)
    notice = kiosk.page.get_by_text("Nid yw'r lifft yn gweithio.").filter(visible=True)
    expect(notice).to_be_visible()
    assert notice.get_attribute("lang") is None
    speaking.door.rule(kind="notice", subject="kiosk", value=None, by="test")


def test_how_it_went_is_told_in_three_touches_and_from_it_the_strip_leads_to_other_languages(kiosk, speaking):
    kiosk.press("Tell us how it went")
    kiosk.press("I want to complain")
    kiosk.press("Waiting")
    expect(kiosk.heading).to_have_text("Thank you. We have noted it.")
    kiosk.press("Done")
    expect(kiosk.heading).to_have_text("Choose your language")
    kiosk.press("Tell us how it went")
    kiosk.page.locator("[data-reads]").press("Enter")
    choose(kiosk, "Cymraeg")
    in_language(kiosk, "cy")
    expect(kiosk.page.locator("[data-feedback-kind=complaint]")).to_be_visible()
