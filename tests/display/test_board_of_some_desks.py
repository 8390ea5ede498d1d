"""Boards of some desks and of several languages, and boards that are silent while a kiosk beside them speaks."""

import pytest

from reception.keys import Holder
from tests.display.hearing import calls, heard, picture, settled

UPSTAIRS = {"boards": [{"key": "up", "name": "Upstairs", "desks": ["3"], "kiosks": ["Upstairs kiosk"]}]}
WELSH = {"catalogues": {"offered": ["en", "cy", "pl"]}, "texts": {"cy": {"Desk 1": "Desg 1"}}}


def kiosk(name: str) -> Holder:
    return Holder(id=name, office="office", name=name, role="kiosk", kind="browser")


def face(socket):
    """The board's face, as a kiosk's reaches it."""
    return socket.app.extensions["reception"].faces["/display"]


@pytest.fixture
def two(boards, hands):
    """A door, a board of desk 3 alone and one of all."""
    return boards(hands, names=("Upstairs", "Lobby"), **UPSTAIRS)


def test_a_call_to_another_desk_is_neither_told_nor_shown(two):
    door, upstairs, lobby = two
    door.ticket("tax")
    door.ticket("housing")
    door.next("1")
    door.next("3")
    assert [call["desk"] for call in calls(lobby, 2)] == ["1", "3"]
    assert [call["desk"] for call in calls(upstairs, 1)] == ["3"]
    door.ticket()
    assert [call["desk"] for call in picture(lobby, settled)["calls"]] == ["3", "1"]
    assert [call["desk"] for call in picture(upstairs, lambda picture: picture["calls"])["calls"]] == ["3"]


def test_a_board_of_some_desks_counts_those_whom_they_may_call(two):
    door, upstairs, lobby = two
    for service in ("tax", "tax", "housing"):
        door.ticket(service)
    assert picture(lobby, lambda picture: picture["waiting"] == 3)
    assert picture(upstairs, lambda picture: picture["waiting"] == 1)


def test_its_last_five_are_its_own_however_much_is_called_elsewhere(two):
    door, upstairs, _ = two
    mine = door.ticket("housing")
    door.next("3")
    for _ in range(30):
        door.ticket("tax")
        door.next("1")
    door.ticket("housing")
    found = picture(upstairs, settled)
    assert [call["number"] for call in found["calls"]] == [mine.number]


def test_a_desk_is_named_in_both_of_the_boards_languages(boards, hands):
    door, socket = boards(hands, **WELSH)
    door.ticket()
    door.next("1")
    door.ticket()
    door.next("2")
    assert [call["names"] for call in calls(socket, 2)] == [["Desk 1", "Desg 1"], ["Desk 2"]]


def test_in_wales_welsh_comes_first(boards, hands):
    door, socket = boards(hands, office={"nation": "wales"}, **WELSH)
    door.ticket()
    door.next("1")
    (call,) = calls(socket, 1)
    assert call["names"] == ["Desg 1", "Desk 1"]
    assert [phrase["language"] for phrase in call["say"]] == ["cy", "cy", "en", "en"]
    assert call["desk_name"] == "Desk 1"  # as the settings and the API say it


def test_the_language_that_the_visitor_reads_is_among_those_of_the_call(boards, hands):
    door, socket = boards(hands, **WELSH)
    door.issue(service="tax", by="kiosk:lobby", reads="pl")
    door.next("1")
    door.ticket()
    door.next("2")
    spoken = [[phrase["language"] for phrase in call["say"][::2]] for call in calls(socket, 2)]
    assert spoken == [["en", "cy", "pl"], ["en", "cy"]]


def test_the_announcers_languages_may_be_others_than_the_boards(boards, hands):
    door, socket = boards(hands, announcer={"languages": ["cy"]}, **WELSH)
    door.ticket()
    door.next("1")
    assert [phrase["text"] for phrase in calls(socket, 1)[0]["say"]] == ["A, 0, 0, 1.", "Desg 1."]


def test_an_announcer_that_is_off_says_nothing(boards, hands):
    door, socket = boards(hands, announcer={"on": False})
    door.ticket()
    door.next()
    assert calls(socket, 1)[0]["say"] == []


def test_a_notice_stands_in_each_language_it_was_written_in(boards, hands):
    door, socket = boards(hands, **WELSH)
    texts = {"cy": "Mae'r lifft wedi torri.", "pl": " "}
    door.rule(kind="notice", subject="board", value="shown", text="The lift is broken.", texts=texts, by="person:1")
    found = picture(socket, lambda picture: picture["notices"])
    assert [(one["lang"], one["text"]) for one in found["notices"]] == [
        ("en-GB", "The lift is broken."),
        ("cy", "Mae'r lifft wedi torri."),
    ]


def test_a_new_notice_is_not_mixed_with_the_other_languages_of_the_old_one(boards, hands):
    door, socket = boards(hands, **WELSH)
    told = {"kind": "notice", "subject": "board", "value": "shown", "by": "person:1"}
    door.rule(text="The lift is broken.", texts={"cy": "Mae'r lifft wedi torri."}, **told)
    door.rule(text="We close at three.", **told)
    found = picture(socket, lambda picture: picture["notice"] == "We close at three.")
    assert len(found["notices"]) == 1


def test_the_settings_notice_is_in_the_languages_of_the_offices_file(boards, hands):
    texts = {"cy": {"Welcome.": "Croeso."}}
    _, socket = boards(hands, board={"notice": "Welcome."}, catalogues={"offered": ["en", "cy"]}, texts=texts)
    assert [one["text"] for one in picture(socket)["notices"]] == ["Welcome.", "Croeso."]


def test_the_boards_beside_a_kiosk_that_speaks_are_told_and_told_again_when_it_has_ended(two):
    _, upstairs, lobby = two
    face(lobby).hush(kiosk("Lobby kiosk"), True)
    face(lobby).hush(kiosk("Lobby kiosk"), False)
    assert [news["on"] for news in heard(lobby, "hush")] == [True, False]
    assert heard(upstairs, "hush") == []


def test_while_one_of_two_kiosks_speaks_the_board_stays_silent(boards, hands):
    _, socket = boards(hands)
    for name, on in (("One", True), ("Two", True), ("One", False), ("Two", False)):
        face(socket).hush(kiosk(name), on)
    assert [news["on"] for news in heard(socket, "hush")] == [True, True, True, False]


@pytest.mark.parametrize(
    ("state", "told"),
    [("held_back", ["its browser holds it back"]), ("no_voice", ["cannot say who is called"]), ("on", [])],
)
def test_managers_are_told_of_a_board_that_cannot_be_heard(boards, hands, state, told):
    _, socket = boards(hands)
    assert socket.emit("sound", {"state": state}, namespace="/display", callback=True) == {"ok": True}
    manage = face(socket).parts.faces["/manage"]
    with socket.app.app_context():
        troubles = manage.picture(None)["troubles"]
    assert [words in trouble["matter"] for words, trouble in zip(told, troubles, strict=True)] == [True] * len(told)
