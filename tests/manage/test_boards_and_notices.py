"""What managers see of boards, and the notices they write in each language that is offered."""

import pytest

from kiosk.picture import picture
from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.store import Store
from reception.web.access import Guesses
from reception.web.parts import Parts
from reception.web.speaking import in_language
from tests.builders import office

UPSTAIRS = {"key": "up", "name": "Upstairs", "desks": ["1", "2"], "screen_inches": 55}


@pytest.fixture
def parts(tmp_path, hands):
    """An office that offers Welsh and Urdu, with a board upstairs; its lobby is too deep for the screen there."""
    settings = office(
        server={"data": tmp_path, "secure_cookies": False},
        catalogues={"offered": ["en", "cy", "ur"]},
        board={"farthest_metres": 4.5},
        boards=[UPSTAIRS],
    )
    store = Store(tmp_path / "reception.db")
    frontdesk = FrontDesk(settings, store, clock=hands.clock)
    yield Parts(settings, store, frontdesk, Keys(frontdesk), Guesses(settings))
    store.close()


def texts(parts, subject: str) -> dict[str, str]:
    return parts.frontdesk.texts_of(parts.frontdesk.look()[1], "notice", subject)


def test_each_board_is_listed_with_its_desks_and_how_far_it_can_be_read(manager, parts):
    for name in ("Upstairs", "Lobby"):
        parts.keys.add(name=name, role="display", kind="browser", by="test")
    page = manager.get("/manage/devices").text
    assert "Shows Desk 1 and Desk 2" in page and "A 55-inch screen can be read from 4.8 m." in page
    assert "Shows all desks" in page and "<b>A 43-inch screen can be read from 3.8 m, and your farthest seat" in page


def test_the_names_that_boards_may_have_stand_where_a_screen_is_let_in(manager):
    page = manager.get("/manage/devices").text
    assert "A board let in under one of these names shows these desks alone:" in page and "<b>Upstairs</b>" in page


def test_a_notice_has_a_field_for_each_language_and_is_kept_in_each(manager, parts):
    page = manager.get("/manage/today").text
    assert "In Welsh, if you can" in page and "In Urdu, if you can" in page
    notice = {"kind": "notice", "subject": "board", "until": "today", "text": "The lift is broken."}
    manager.post("/manage/today", **notice, **{"text-cy": "Mae'r lifft wedi torri.", "text-ur": ""})
    assert texts(parts, "board") == {"en": "The lift is broken.", "cy": "Mae'r lifft wedi torri."}
    assert "Mae&#39;r lifft wedi torri." in manager.get("/manage/today").text


def test_what_was_typed_in_every_language_is_kept_when_it_is_refused(manager, parts):
    notice = {"kind": "notice", "subject": "board", "until": "today", "text": "The lift is broken."}
    page = manager.post("/manage/today", status=422, **notice, **{"text-cy": "hir " * 80, "text-ur": "x"}).text
    assert "hir hir hir" in page and texts(parts, "board") == {}


def test_a_kiosk_shows_its_notice_in_the_language_it_is_read_in_else_in_the_offices(manager, parts, app):
    notice = {"kind": "notice", "subject": "kiosk", "until": "today", "text": "No paper today."}
    manager.post("/manage/today", **notice, **{"text-cy": "Dim papur heddiw.", "text-ur": ""})
    shown = {}
    with app.app_context():
        for tag in ("en", "cy", "ur"):
            with in_language(tag):
                shown[tag] = picture(parts, "kiosk")["notice"]
    assert shown == {"en": "No paper today.", "cy": "Dim papur heddiw.", "ur": "No paper today."}
