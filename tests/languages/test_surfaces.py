"""What is asked of a server in a language comes in it: script, direction and words, on visitors' surfaces alone."""

import html
import re

import pytest

from reception.languages import CATALOGUES
from tests.outside import Browser, Server

PHONE, KIOSK, BOARD = "/t/nothing-has-this-link", "/kiosk", "/display"
OFFERED = {"catalogues": {"offered": [*CATALOGUES], "reviewed": ["en", "cy"]}}
FACES = {KIOSK: "kiosk", BOARD: "display"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An office in Wales that offers every language, and one in England that offers none but its own."""
    made = [
        Server(tmp_path_factory.mktemp("wales"), office={"key": "town", "nation": "wales"}, **OFFERED),
        Server(tmp_path_factory.mktemp("england"), office={"key": "town"}),
    ]
    yield dict(zip(("wales", "england"), made, strict=True))
    for one in made:
        one.close()


@pytest.fixture
def read(server):
    """A page as a browser is sent it: (the root element's lang, its dir, the text)."""

    def read(where: str, path: str) -> tuple[str, str, str]:
        browser, face = Browser(server[where]), FACES.get(path.partition("?")[0])
        if face:  # let in by a manager
            browser.cookies.set(f"reception-{face}", server[where].key(face, "browser"))
        page = browser.get(path)
        found = re.search(r'<html lang="([^"]*)" dir="([^"]*)"', page.text)
        return found[1], found[2], page.text

    return read


@pytest.mark.wcag("3.1.1")
@pytest.mark.parametrize("tag", CATALOGUES)
def test_a_page_says_its_language_and_its_direction(read, tag):
    marks = (CATALOGUES[tag].locale.replace("_", "-"), CATALOGUES[tag].direction)
    assert {read("wales", f"{path}?language={tag}")[:2] for path in (PHONE, KIOSK)} == {marks}


def test_welsh_is_off_until_an_office_offers_it(read):
    for path in (PHONE, KIOSK):
        language, _direction, text = read("england", f"{path}?language=cy")
        assert (language, "Gofynnwch" in text, "Please ask a member of staff." in text) == ("en-GB", False, True)


def test_in_wales_welsh_comes_first_where_nobody_has_chosen(read):
    for path in (PHONE, KIOSK, BOARD):
        assert read("wales", path)[0] == "cy"
    text = read("wales", BOARD)[2]
    assert 0 < text.index("Cymerwch sedd") < text.index("Please take a seat")


def test_pages_for_staff_stay_english(read):
    language, _direction, text = read("wales", "/sign-in?language=cy")
    assert (language, "Sign in" in text) == ("en-GB", True)


def test_visitors_are_told_of_a_translation_that_no_council_has_checked(read, server):
    visit = server["wales"].door.issue(service="tax", by="kiosk:lobby").visit
    for path in (f"/t/{visit.token}", KIOSK):
        assert "Rada nie sprawdziła jeszcze tego tłumaczenia." in read("wales", f"{path}?language=pl")[2]
        assert "Nid yw'r cyngor wedi gwirio" not in html.unescape(read("wales", f"{path}?language=cy")[2])


@pytest.mark.wcag("3.1.2")
def test_an_offices_text_in_its_own_language_says_so_on_a_page_in_another(read):
    text = read("wales", f"{KIOSK}?language=ar")[2]
    assert '<span lang="en">Council Tax</span>' in text
