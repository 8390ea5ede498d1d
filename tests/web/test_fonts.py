"""The letters of a page come from the office's own server, and only those that the page has."""

import pytest

from tests.outside import Server


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    server = Server(
        tmp_path_factory.mktemp("letters"), catalogues={"offered": ["en", "cy", "ur", "ar", "pa", "bn", "gu"]}
    )
    yield server
    server.close()


def faces(page, server, language: str) -> set[str]:
    """The families that a visitor's page in this language has loaded."""
    token = server.door.issue(service="tax", by="screen:lobby").visit.token
    page.goto(f"{server.url}/t/{token}?language={language}")
    page.evaluate("document.fonts.ready")
    return set(page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)"))


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en", set()),
        ("cy", set()),
        ("ur", {"Noto Nastaliq Urdu"}),
        ("ar", {"Noto Sans Arabic"}),
        ("pa", {"Noto Sans Gurmukhi"}),
        ("bn", {"Noto Sans Bengali"}),
        ("gu", {"Noto Sans Gujarati"}),
    ],
)
def test_a_page_loads_the_letters_of_its_language_and_of_no_other(page, office, language, script):
    assert {family.strip('"') for family in faces(page, office, language)} == {"Atkinson Hyperlegible Next"} | script


def test_english_within_an_urdu_page_is_set_as_english(page, office):
    faces(page, office, "ur")
    page.evaluate("document.querySelector('main').innerHTML += '<p lang=en id=quoted>Council Tax</p><p id=own>x</p>'")
    leading = "id => getComputedStyle(document.getElementById(id)).lineHeight"
    quoted, own = (float(page.evaluate(leading, part).removesuffix("px")) for part in ("quoted", "own"))
    assert own > quoted
