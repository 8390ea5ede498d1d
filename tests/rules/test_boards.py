"""How far a board can be read, which desks it shows, and what is doubted about it."""

import math
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from reception.boards import doubts, screen_named, screens
from tests.builders import office

BOARD = Path(__file__).parents[2] / "docs/board.md"
SMALL = {"screen_inches": 32, "farthest_metres": 6}


def board(**parts) -> dict:
    return {"key": "upstairs", "name": "Upstairs", **parts}


def test_a_screen_is_the_board_whose_name_it_was_let_in_under():
    settings = office(boards=[board(desks=["2"])])
    found = [screen_named(settings, name) for name in ("Upstairs", " upstairs ", "Lobby")]
    assert [screen.key for screen in found] == ["upstairs", "upstairs", ""]
    assert [[screen.shows(desk) for desk in "12"] for screen in found] == [[False, True], [False, True], [True, True]]


def test_what_a_board_leaves_out_is_as_for_all():
    settings = office(board={"theme": "light", "screen_inches": 55}, boards=[board(theme="contrast")])
    assert [(screen.theme, screen.inches) for screen in screens(settings)] == [("contrast", 55), ("light", 55)]


def test_a_kiosk_silences_the_boards_that_stand_beside_it():
    settings = office(boards=[board(kiosks=["Upstairs kiosk"])])
    assert [screen.beside("upstairs kiosk") for screen in screens(settings)] == [True, True]
    assert [screen.beside("Lobby kiosk") for screen in screens(settings)] == [False, True]


@pytest.mark.parametrize(("inches", "reach"), [(32, 3.7), (43, 5.0), (55, 6.5), (75, 8.8)])
def test_a_larger_screen_can_be_read_from_farther(inches, reach):
    (screen,) = screens(office(board={"screen_inches": inches}))
    assert screen.reach == pytest.approx(reach, abs=0.1)
    assert screen.call_reach > screen.reach


def test_two_languages_need_a_larger_screen():
    both = office(catalogues={"offered": ["en", "cy"]})
    assert screens(both)[0].reach < screens(office())[0].reach
    assert screens(both)[0].languages == ("en", "cy")


def test_of_many_languages_the_board_shows_the_first_two():
    many = office(catalogues={"offered": ["en", "cy", "pl"]}, office={"nation": "wales"})
    assert screens(many)[0].languages == ("cy", "en")


def test_a_screen_that_its_farthest_seat_cannot_read_is_doubted_with_what_helps():
    (found,) = doubts(office(board=SMALL))
    assert found.startswith("board: a 32-inch screen can be read from 3.7 m, and the farthest seat is at 6 m")
    assert "Hang one of 51 inches" in found
    assert list(doubts(office(board=SMALL | {"screen_inches": 51}))) == []


def test_only_the_boards_that_there_are_are_doubted():
    found = list(doubts(office(board=SMALL, boards=[board(screen_inches=60)])))
    assert found == []


def test_a_desk_that_no_board_shows_a_long_name_and_a_missing_picture_are_doubted(tmp_path):
    desks = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Interview room 4"}]
    slide = {"key": "bins", "picture": "bins.png", "words": "A green bin."}
    settings = office(boards=[board(desks=["1"])], desks=desks, slides=[slide], board={"pictures": str(tmp_path)})
    shown, name, picture = doubts(settings)
    assert "no board shows desk '2'" in shown and "desk '2' has a long name" in name and "'bins.png'" in picture
    (tmp_path / "bins.png").touch()
    assert len(list(doubts(settings))) == 2


@pytest.mark.parametrize(("slide", "why"), [({"picture": "bins.png"}, "'words'"), ({"words": "A bin."}, "'title'")])
def test_a_slide_says_something_and_a_picture_has_its_words(slide, why):
    with pytest.raises(ValidationError, match=why):
        office(slides=[{"key": "bins", **slide}])


def test_the_table_for_whoever_hangs_a_screen_is_right():
    rows = re.findall(r"(?m)^\| (\d+) inches \| ([\d.]+) m \| ([\d.]+) m \|$", BOARD.read_text("utf-8"))
    assert len(rows) == 5
    for inches, one, two in rows:
        for offered, reach in ((["en"], one), (["en", "cy"], two)):
            (screen,) = screens(office(board={"screen_inches": int(inches)}, catalogues={"offered": offered}))
            assert math.floor(screen.reach * 10) / 10 == float(reach)
