"""The board's slide about last month: what was published, in every language of the office, and anew when it changes."""

import pytest

from display import slides
from display.live import page_version
from reception.keys import Keys
from reception.running import faces
from reception.scorecard.publishing import publish
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, instant, office, open_door
from tests.scorecard.months import Came, lived, making


@pytest.fixture
def lobby(tmp_path):
    """Makes an office's parts and its app."""
    doors = []

    def make(**performance):
        settings = office(
            server={"data": tmp_path, "secure_cookies": False},
            catalogues={"offered": ["en", "cy"]},
            performance=performance,
        )
        door = open_door(tmp_path / "reception.db", Hands(instant("2026-11-10 10:00")), settings)
        doors.append(door)
        lived(door, "2026-10", Came(80), Came(40, "housing", minutes=9))
        parts = Parts(settings, door.store, door, Keys(door), Guesses(settings))
        return parts, create_app(parts, faces())[0]

    yield make
    for door in doors:
        door.store.close()


def put(parts) -> None:
    publish(parts.frontdesk, making(parts.frontdesk), "2026-10", by="test", paper=lambda *_given: {})


def shown(parts, app) -> list[tuple[str, str, str]]:
    with app.app_context():
        published = slides.last_month(parts)
        found = slides.in_each_language(parts.settings, published and published.card)
    return [(slide["lang"], slide["title"], slide["text"]) for slide in found]


def test_it_says_how_last_month_went_in_each_language(lobby):
    parts, app = lobby(slide=True)
    put(parts)
    english, welsh = shown(parts, app)
    assert english == (
        "en-GB",
        "How we did in October 2026",
        "67% of 120 people were seen within 5 minutes.",
    )
    assert welsh[0] == "cy"


def test_before_a_month_is_published_there_is_no_slide(lobby):
    assert shown(*lobby(slide=True)) == []


def test_an_office_that_does_not_want_it_has_none(lobby):
    parts, app = lobby()
    put(parts)
    assert shown(parts, app) == []


def test_boards_load_themselves_again_when_a_month_is_published(lobby):
    parts, _app = lobby(slide=True)
    board = parts.faces["/display"]
    before = board.page
    put(parts)
    assert board.page != before
    assert board.page == page_version(parts.settings, slides.last_month(parts))


def test_without_the_slide_publishing_leaves_boards_alone(lobby):
    parts, _app = lobby()
    before = parts.faces["/display"].page
    put(parts)
    assert parts.faces["/display"].page == before
