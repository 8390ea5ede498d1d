"""FriBiDi: found where it is, missed with a plain answer, and right about which way letters run."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from reception.checking import warnings
from reception.printing import shaping
from tests.builders import office


@pytest.fixture
def afresh():
    """The library is looked for again, in this test and after it."""
    shaping.fribidi.cache_clear()
    yield
    shaping.fribidi.cache_clear()


def test_a_copy_in_the_virtual_environment_serves_where_the_system_has_none(afresh, monkeypatch, tmp_path):
    monkeypatch.setattr(shaping, "PLACES", ("libnowhere.so.0", str(tmp_path / "lib.so")))
    assert shaping.fribidi() is None
    shaping.fribidi.cache_clear()
    maps = Path("/proc/self/maps").read_text().splitlines()  # what this process has loaded, and from where
    shutil.copy(next(line.split()[-1] for line in maps if shaping.LIBRARY in line), tmp_path / "lib.so")
    assert shaping.levels("ا1", rtl=True) == [1, 2]


def test_without_it_latin_letters_are_drawn_and_no_others(afresh, monkeypatch):
    monkeypatch.setattr(shaping, "PLACES", ())
    assert [shaping.can_draw(language) for language in ("en", "cy", "pl", "ur", "ar", "pa", "bn", "gu")] == (
        [True] * 3 + [False] * 5
    )


def test_the_check_says_which_languages_cannot_be_printed_and_what_helps(afresh, monkeypatch):
    settings = office(catalogues={"offered": ["en", "cy", "ur", "bn"]})
    assert not any("libfribidi0" in sentence for sentence in warnings(settings, date(2026, 3, 2)))
    monkeypatch.setattr(shaping, "PLACES", ())
    shaping.fribidi.cache_clear()
    (said,) = (sentence for sentence in warnings(settings, date(2026, 3, 2)) if "libfribidi0" in sentence)
    assert said.startswith("no slip can be printed in Urdu or Bengali,")


@pytest.mark.parametrize(
    ("text", "rtl", "levels"),
    [
        ("abc", False, "000"),
        ("ابc", True, "112"),
        ("ا (A1)", True, "111221"),
        ("ا 10:50", True, "1122222"),
        ("a اب b", False, "001100"),
    ],
)
def test_numbers_and_latin_words_keep_their_way_within_arabic(text, rtl, levels):
    assert "".join(map(str, shaping.levels(text, rtl=rtl))) == levels
