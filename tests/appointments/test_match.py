"""Somebody at the kiosk finds their appointment however they type what stands in their letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.appointments.match import Wanted, initials, is_theirs, plain, postcode_key, wanted


@pytest.mark.parametrize(
    "text",
    [
        "FC-2041-K",
        " fc 2041 k ",
        "fc2041k",
        "FC\N{EN DASH}2041\N{NON-BREAKING HYPHEN}K",
        "ＦＣ2041Ｋ",
        "https://book.example.org/a/fc-2041-k/",
        "HTTPS://BOOK.EXAMPLE.ORG/a?lang=cy&Reference=FC%202041%20K",
        "https://book.example.org/?ref=fc2041k#top",
    ],
)
def test_a_reference_is_the_same_however_it_is_typed_or_shown(text):
    assert wanted(text) == Wanted("FC2041K")


@pytest.mark.parametrize("text", ["", "  ", "-- --", "https://", "https://[", "https://book.example.org/", "\0\ud800"])
def test_nothing_usable_wants_nothing(text):
    assert wanted(text) == Wanted("")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ann Other", "ao"),
        ("Other, Ann", "ao"),
        ("Mrs A. Other", "ao"),
        ("Dr Émile Łukasz Ångström", "ea"),
        ("Ørsted", "o"),
        ("Miss", "m"),
        ("O’Brien", "o"),
        ("Ŵyn ap Siôn", "ws"),
        ("علي حسن", "عح"),
        ("", ""),
        ("123 ...", ""),
    ],
)
def test_the_initials_are_of_first_name_and_surname_without_accents(name, letters):
    assert initials(name) == set(letters)


ANN = {"name": "Mrs Élodie Other", "postcode": "ab1 2CD"}


@pytest.mark.parametrize(
    ("postcode", "initial", "theirs"),
    [
        ("AB12CD", "o", True),
        ("ab1 2cd", "E", True),
        ("AB1 2CD", " é ", True),
        ("AB1 2CD", "m", False),
        ("AB1 2CE", "o", False),
        ("", "o", False),
        ("AB1 2CD", "", False),
        ("AB1 2CD", "1", False),
    ],
)
def test_postcode_and_initial_together_find_a_person(postcode, initial, theirs):
    assert is_theirs(ANN, postcode, initial) is theirs


@pytest.mark.parametrize("person", [{}, {"name": None, "postcode": None}, {"name": "Ann", "postcode": ""}])
def test_an_appointment_without_name_or_postcode_is_nobodys(person):
    assert not is_theirs(person, "", "") and not is_theirs(person, "AB1 2CD", "a")


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_a_plain_reference_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text) == plain(f" {text}-")


@given(st.text())
def test_no_text_is_too_strange(text):
    assert isinstance(wanted(text), Wanted) and isinstance(initials(text), frozenset)
    assert postcode_key(text) == plain(text)
