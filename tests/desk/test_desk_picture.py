"""What a desk's picture holds, made straight from a room."""

import json

from desk.picture import common, personal

NAMES = {"person:1": "Robin", "person:2": "Sam"}
OUT = {"key": "lobby", "name": "Lobby", "state": "out", "state_words": "Out of paper", "sentence": "S.", "remedy": "R."}


def picture(door, desk="1", by="person:1", conditions=(), can_undo=None):
    newest, room = door.look()
    return personal(common(door.settings, newest, room, NAMES.get, conditions), door.settings, by, desk, can_undo)


def opened(door, *desks):
    for desk in desks:
        door.set_desk(desk=desk, state="open", by=f"person:{desk}")


def test_whom_no_open_desk_helps_stands_there_by_service_with_the_desks_that_would(door, hands):
    opened(door, "3")
    first = door.ticket("tax")
    hands.go(minutes=1)
    door.ticket("housing"), door.ticket("tax")
    assert picture(door)["unserved"] == [
        {
            "service": "tax",
            "service_name": "Council Tax",
            "waiting": 2,
            "waits_from": first.waits_from,
            "desks": "Desk 1 or Desk 2",
        }
    ]
    opened(door, "2")
    assert picture(door)["unserved"] == []


def test_a_paused_desk_helps_nobody(door):
    opened(door, "1")
    door.ticket()
    door.set_desk(desk="1", state="paused", by="person:1")
    assert [service["service"] for service in picture(door)["unserved"]] == ["tax"]


def test_next_is_whom_the_desk_would_call_even_below_the_head_of_the_line(door):
    for _ in range(25):
        door.ticket("tax")
    housing = door.ticket("housing")
    shown = picture(door, "3")
    assert (len(shown["line"]), shown["waiting"]) == (20, 26)
    assert shown["next"] == {"id": housing.id, "number": housing.number}
    assert door.next("3").id == housing.id


def test_those_who_were_not_here_stand_latest_first(door, hands):
    missed = [door.ticket() for _ in range(8)]
    for visit in missed:
        hands.go(seconds=1)
        door.next("1")
        door.take("not_here", visit)
    assert [row["number"] for row in picture(door)["not_here"]] == [visit.number for visit in missed[:1:-1]]


def test_a_seat_is_mine_somebodys_or_nobodys(door):
    opened(door, "1", "2")
    assert [picture(door, desk)["desk"]["seat"] for desk in ("1", "2", "3")] == ["mine", "other", "nobody"]
    assert picture(door, "2")["desk"]["person_name"] == "Sam"


def test_the_list_of_desks_needs_no_desk(door):
    door.ticket()
    shown = picture(door, None)
    assert (shown["desk"], shown["visitor"], shown["next"], shown["waiting"]) == (None, None, None, 1)


def test_only_a_device_in_trouble_is_shown(door):
    well = OUT | {"key": "desk", "state": "ok"}
    assert picture(door, conditions=[well, OUT])["troubles"] == [
        {"key": "lobby", "what": "Lobby", "state": "Out of paper", "sentence": "S.", "remedy": "R."}
    ]


def test_a_picture_of_a_long_line_is_small(door):
    for _ in range(100):
        door.ticket()
    opened(door, "1", "2")
    door.next("2")
    assert len(json.dumps(picture(door), separators=(",", ":"))) < 4_000
