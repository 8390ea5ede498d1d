"""What the board's socket is told: the picture and the momentary call."""

import pytest

from reception.keys import Keys
from tests.builders import OFFICE_HOURS, Hands, instant
from tests.display.hearing import calls, heard, picture, resting, settled

NOT_PLACES = {"Council Tax", "Parking", "Housing", "tax", "parking", "housing"}


@pytest.fixture
def board(boards, hands):
    return boards(hands)


def test_on_connecting_a_board_is_told_how_things_are(board):
    _, socket = board
    found = picture(socket)
    assert (found["office"], found["open"], found["waiting"], found["calls"]) == ("Customer services", True, 0, [])


def test_a_call_is_told_at_once_and_then_stands_in_the_picture(board):
    door, socket = board
    visit = door.ticket("housing")
    step = door.next("3") and door.told()[-1]
    place = {"id": visit.id, "number": "B001", "desk": "3", "desk_name": "Desk 3", "names": ["Desk 3"]}
    place["say"] = [{"language": "en", "text": "B, 0, 0, 1."}, {"language": "en", "text": "Desk 3."}]
    assert calls(socket, 1) == [{"step": step.number, "called_at": step.at, "recall": False, **place}]
    door.ticket()
    found = picture(socket, settled)
    assert (found["waiting"], found["calls"]) == (1, [{**place, "called_at": step.at, "recalls": 0}])
    assert found["step"] > step.number


def test_a_recall_says_so_and_counts(board):
    door, socket = board
    visit = door.ticket()
    door.next()
    door.take("recall", visit, "1")
    assert [call["recall"] for call in calls(socket, 2)] == [False, True]
    door.ticket()
    assert picture(socket, settled)["calls"][0]["recalls"] == 1


def test_somebody_helped_without_a_ticket_is_neither_told_nor_listed(board):
    door, socket = board
    door.walk_in(desk="1", service="tax", by="person:1")
    door.ticket()
    door.next("2")
    assert [call["desk"] for call in calls(socket, 1)] == ["2"]
    door.ticket()
    assert [call["desk"] for call in picture(socket, settled)["calls"]] == ["2"]


def test_no_message_holds_a_name_or_a_service(board):
    door, socket = board
    for service in ("tax", "housing"):
        door.ticket(service)
        door.next("1")
    told = [*calls(socket, 2), *picture(socket, lambda picture: len(picture["calls"]) == 2)["calls"]]
    values = {str(value) for call in told for value in call.values()}
    assert values & {"A001", "B001"} and not values & NOT_PLACES


def test_the_calls_are_today_s_newest_first_and_no_more_than_a_board_can_show(board):
    door, socket = board
    for _ in range(20):
        door.ticket()
        door.next()
    door.ticket()
    found = picture(socket, lambda picture: settled(picture) and picture["calls"][0]["number"] == "A020")
    assert [call["number"] for call in found["calls"]] == [f"A{number:03}" for number in range(20, 3, -1)]


def test_a_discreet_call_is_neither_told_nor_listed(board):
    door, socket = board
    quiet = door.issue(service="tax", by="kiosk:lobby", needs=["discreet"]).visit
    door.next("1")
    door.take("recall", quiet, "1")
    open_one = door.ticket()
    door.next("2")
    assert [call["number"] for call in calls(socket, 1)] == [open_one.number]
    door.ticket()
    found = picture(socket, settled)
    assert [call["number"] for call in found["calls"]] == [open_one.number]
    assert quiet.id not in str(found) and found["waiting"] == 1


def test_a_call_that_is_to_be_discreet_after_all_leaves_the_board(board):
    door, socket = board
    visit = door.ticket()
    door.next()
    picture(socket, lambda picture: picture["calls"])
    door.note(visit=visit.id, by="person:1", needs=["discreet"])
    assert picture(socket, lambda picture: not picture["calls"])
    door.take("recall", visit, "1")
    door.ticket()
    door.next("2")
    assert [call["desk"] for call in calls(socket, 1)] == ["2"]


def test_somebody_on_hold_in_a_room_is_not_on_the_board(boards, hands):
    door, socket = boards(hands, rooms=[{"key": "one", "name": "Interview room 1"}])
    visit = door.ticket()
    door.next()
    picture(socket, lambda picture: picture["calls"])
    door.hold(visit=visit.id, by="person:1", desk="1", room="one")
    found = picture(socket, lambda picture: not picture["calls"])
    assert "Interview" not in str(found) and "one" not in found.values()


@pytest.mark.parametrize(
    "step",
    [
        lambda door, visit: door.take("return_to_line", visit, "1"),
        lambda door, visit: door.hold(visit=visit.id, by="person:1", desk="1"),
        lambda door, visit: door.transfer(visit=visit.id, by="person:1", desk="1", service="housing"),
        lambda door, visit: door.take("cancel", visit, "1"),
    ],
    ids=["put back", "held", "sent on", "cancelled"],
)
def test_whom_no_desk_waits_for_leaves_the_board_and_undo_brings_them_back(board, step):
    door, socket = board
    visit = door.ticket()
    door.next()
    before = picture(socket, lambda picture: picture["calls"])["calls"]
    step(door, visit)
    assert picture(socket, lambda picture: not picture["calls"])
    door.undo(desk="1", by="person:1")
    assert picture(socket, lambda picture: picture["calls"])["calls"] == before


def test_somebody_not_there_stays_on_the_board_until_they_are_back_in_the_line(board):
    door, socket = board
    visit = door.ticket()
    door.next()
    door.take("not_here", visit, "1")
    door.ticket()
    assert [call["desk"] for call in picture(socket, settled)["calls"]] == ["1"]
    door.take("reinstate", visit)
    assert picture(socket, lambda picture: not picture["calls"])["waiting"] == 2
    door.call(desk="2", visit=visit.id, by="person:2", reason="returning")
    assert [call["desk"] for call in picture(socket, lambda picture: picture["calls"])["calls"]] == ["2"]


def test_undoing_a_call_takes_it_off_the_board(board):
    door, socket = board
    door.ticket()
    door.next()
    picture(socket, lambda picture: picture["calls"])
    door.undo(desk="1", by="person:1")
    assert picture(socket, lambda picture: not picture["calls"])["waiting"] == 1


def test_a_board_hears_nothing_of_a_change_that_it_does_not_show(boards, hands):
    at_rest = resting()
    door, socket = boards(hands)
    visit = door.ticket()
    door.next()
    at_rest()
    assert picture(socket, lambda picture: picture["calls"])["calls"][0]["say"]
    hands.go(seconds=61)  # the call is too old to be announced by a picture
    door.acknowledge(visit=visit.id, how="shown", by="test")
    at_rest()
    assert heard(socket, "board") == []
    door.ticket()
    at_rest()
    assert [found["waiting"] for found in heard(socket, "board")] == [1]


def test_a_call_undone_before_its_picture_was_made_is_taken_off_all_the_same(boards, hands):
    at_rest = resting()
    door, socket = boards(hands)
    door.ticket()
    at_rest()
    socket.get_received("/display")
    door.next()
    door.undo(desk="1", by="person:1")
    at_rest()
    told = [(news["name"], news["args"][0].get("calls")) for news in socket.get_received("/display")]
    assert [name for name, _ in told][0] == "called"
    assert told[-1] == ("board", [])


def test_a_board_learns_that_the_clock_was_set(boards, hands):
    at_rest = resting()
    door, socket = boards(hands)
    visit = door.ticket()
    at_rest()
    socket.get_received("/display")
    hands.set_by(hours=1)
    door.acknowledge(visit=visit.id, how="shown", by="test")
    at_rest()
    assert [found["now"] for found in heard(socket, "board")] == [hands.wall]


def test_a_board_that_joins_late_is_told_and_tells_those_who_were_there_nothing(boards, hands):
    at_rest = resting()
    *_, first, second = boards(hands, names=("board", "board"))
    at_rest()
    assert [len(heard(socket, "board")) for socket in (first, second)] == [1, 1]


def test_a_managers_notice_stands_over_the_settings_until_it_is_ruled_away(boards, hands):
    door, socket = boards(hands, board={"notice": "Welcome."})
    assert picture(socket)["notice"] == "Welcome."
    door.rule(kind="notice", subject="board", value="shown", text="The lift is out of order.", by="person:1")
    assert picture(socket, lambda picture: picture["notice"] != "Welcome.")["notice"] == "The lift is out of order."
    door.rule(kind="notice", subject="board", value=None, by="person:1")
    assert picture(socket, lambda picture: picture["notice"] == "Welcome.")


def test_a_notice_for_the_kiosk_is_not_the_boards(board):
    door, socket = board
    picture(socket)
    door.rule(kind="notice", subject="kiosk", value="shown", text="No printer today.", by="person:1")
    door.ticket()
    assert picture(socket, lambda picture: picture["waiting"])["notice"] is None


@pytest.mark.parametrize(
    ("at", "doors"),
    [
        ("2026-03-02 16:59", (True, "2026-03-02 17:00", None)),
        ("2026-03-02 17:00", (False, "2026-03-03 09:00", "Tuesday 09:00")),
        ("2026-03-07 12:00", (False, "2026-03-09 09:00", "Monday 09:00")),
    ],
)
def test_the_picture_says_when_the_doors_turn(boards, at, doors):
    weekdays = {day: spans for day, spans in OFFICE_HOURS.items() if day not in ("saturday", "sunday")}
    _, socket = boards(Hands(instant(at)), hours=weekdays)
    found = picture(socket)
    assert (found["open"], found["turns_at"], found["opens"]) == (doors[0], instant(doors[1]), doors[2])


def test_only_calls_of_the_last_minute_say_what_to_announce(board, hands):
    door, socket = board
    door.ticket()
    door.next()
    hands.go(seconds=61)
    door.ticket()
    assert picture(socket, lambda picture: settled(picture) and picture["now"] == hands.wall)["calls"][0]["say"] == []


def test_while_a_kiosk_gives_numbers_by_itself_the_board_says_when_people_were_counted(board, hands):
    door, socket = board
    assert picture(socket)["counted_at"] is None
    keys = Keys(door)
    kiosk = keys.holder(keys.add(name="Lobby kiosk", role="kiosk", kind="bearer", by="test"), "bearer").id
    door.lend(kiosk=f"{kiosk} machine", by=f"screen:{kiosk}")
    keys.heard([kiosk])
    heard_at = door.now()
    hands.go(minutes=2)
    door.ticket()
    assert picture(socket, lambda picture: picture["waiting"])["counted_at"] == heard_at
