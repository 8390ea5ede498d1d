"""What a desk's picture holds, made straight from a room."""

import json

from desk.picture import common, personal
from reception.things import Appointment
from tests.builders import TEN

NAMES = {"person:1": "Robin", "person:2": "Sam"}
OUT = {
    **{"key": "lobby", "name": "Lobby", "place": "by the door", "state": "out", "state_words": "Out of paper"},
    **{"cause": "out", "sentence": "S.", "remedy": "R.", "told_at": TEN, "tickets_left": 0},
}


def picture(door, desk="1", by="person:1", conditions=(), bookings=(), can_undo=None):
    newest, room = door.look()
    shared = common(door.settings, newest, room, door.line(room), NAMES.get, conditions=conditions, bookings=bookings)
    return personal(shared, by, desk, can_undo)


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
    assert (shown["next"]["id"], shown["next"]["number"]) == (housing.id, housing.number)
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
    well, silent = OUT | {"state": "ok", "cause": None}, OUT | {"state": "unknown", "cause": "not_monitored"}
    told = {"what": "Lobby", "place": "by the door", "state": "Out of paper", "sentence": "S.", "remedy": "R."}
    assert picture(door, conditions=[well, silent, OUT])["troubles"] == [{"key": "lobby", **told, "left": None}]


def test_a_roll_near_its_end_is_told_for_a_while_with_the_tickets_left(door, hands):
    low = OUT | {"state": "near_end", "cause": "near_end", "tickets_left": 30}
    assert [one["left"] for one in picture(door, conditions=[low])["troubles"]] == [30]
    hands.go(minutes=11)
    assert picture(door, conditions=[low])["troubles"] == []
    again = low | {"told_at": hands.wall}  # an hour later, say
    assert len(picture(door, conditions=[again])["troubles"]) == 1


def test_a_slip_that_did_not_come_is_told_though_the_printer_says_that_all_is_well(door):
    missing = OUT | {"state": "ok", "cause": "missing"}
    assert [one["key"] for one in picture(door, conditions=[missing])["troubles"]] == ["lobby"]


def test_a_picture_of_a_long_line_is_small(door):
    for _ in range(100):
        door.ticket()
    opened(door, "1", "2")
    door.next("2")
    assert len(json.dumps(picture(door), separators=(",", ":"))) < 4_000


def known(door, visit, **told):
    return door.note(visit=visit.id, by="greeter", **told)


def test_who_is_next_is_shown_with_why_and_what_to_prepare_before_the_call(door, hands):
    first = door.issue(service="tax", by="kiosk:lobby", needs=["bsl"], language="Polish", remark="Deaf").visit
    hands.go(minutes=6)
    shown = picture(door)["next"]
    assert (shown["number"], shown["why"], shown["waits_from"]) == (first.number, "longest", first.waits_from)
    assert [need["name"] for need in shown["needs"]] == ["British Sign Language"]
    assert (shown["language"], shown["remark"], shown["discreet"]) == ("Polish", "Deaf", False)


def test_a_class_that_makes_somebody_next_is_said_with_how_much_longer_it_counts(door, hands):
    door.ticket()
    hands.go(minutes=2)
    upset = door.issue(service="tax", by="kiosk:lobby", needs=["quiet"]).visit
    shown = picture(door)["next"]
    assert (shown["id"], shown["why"], shown["head_start_minutes"]) == (upset.id, "adjustment", 10)


def test_whoever_is_kept_for_this_desk_is_next_there_and_marked_in_the_line(door):
    opened(door, "1", "2")
    door.ticket()
    kept = door.ticket()
    door.transfer(visit=kept.id, by="person:2", to="desk:1", said="Is about the roof.")
    assert [(p["next"]["id"] == kept.id) for p in (picture(door, "1"), picture(door, "2", "person:2"))] == [True, False]
    assert (picture(door)["next"]["why"], picture(door)["next"]["said"]) == ("kept_for_you", "Is about the roof.")
    row = next(row for row in picture(door, "2", "person:2")["line"] if row["id"] == kept.id)
    assert (row["kept_for"], row["sent_on"], row["remarked"], row["mine"]) == ("Desk 1", True, True, False)


def test_a_row_says_only_what_there_is_to_say(door, hands):
    plain, put_back = door.ticket(), door.ticket()
    known(door, plain, needs=["loop"], language="Urdu")
    door.call(desk="1", by="person:1", visit=put_back.id, reason="quick")
    door.take("return_to_line", put_back)
    first, last = picture(door)["line"]
    bare = {"id": plain.id, "number": plain.number, "service_name": "Council Tax", "waits_from": plain.waits_from}
    assert first == bare | {"mine": True, "needs": [{"key": "loop", "name": "Hearing loop"}], "language": "Urdu"}
    assert (last["not_before"], "needs" in last) == (door.stored(put_back).due_at, False)


def test_my_visitor_is_shown_with_everything_that_was_told_of_them(door):
    visit = door.issue(service="tax", by="kiosk:lobby", needs=["discreet"], party=2, to_come=["housing"]).visit
    door.next("1")
    known(door, visit, note="Calm.")
    shown = picture(door)["visitor"]
    assert (shown["discreet"], shown["party"], shown["note"], shown["leg"]) == (True, 2, "Calm.", 1)
    assert [leg["service_name"] for leg in shown["to_come"]] == ["Housing"]


def test_those_on_hold_stand_mine_first_then_the_soonest_and_no_more_than_settings_list(door, hands):
    opened(door, "1", "2")
    visits = [door.ticket() for _ in range(8)]
    for minutes, visit in enumerate(visits, 10):
        door.next("2")
        door.hold(visit=visit.id, by="person:2", desk="2", minutes=minutes, mine=visit == visits[3])
    theirs, mine = picture(door), picture(door, "2", "person:2")
    assert [row["number"] for row in theirs["held"]] == [visit.number for visit in visits[:6]]
    assert (mine["held"][0]["number"], mine["held"][0]["mine"], mine["held_more"]) == (visits[3].number, True, 2)
    assert theirs["held"][3]["kept_for"] == "Sam"


def test_who_is_booked_and_not_here_yet_stands_with_name_and_time(door, hands):
    booked = Appointment("a1", "X1", "2026-03-02", "tax", hands.wall)
    assert picture(door, bookings=[(booked, {"name": "Ms Green"})])["due"] == [
        {"id": "a1", "name": "Ms Green", "service_name": "Council Tax", "booked_at": hands.wall}
    ]


def test_a_service_that_a_manager_closes_is_one_nobody_is_sent_to(door):
    door.rule(kind="service", subject="housing", value="closed", by="person:2")
    assert picture(door)["closed"] == ["housing"]


def test_what_a_desk_takes_today_decides_who_is_for_it(door):
    visit = door.ticket("tax")
    door.rule(kind="serves", subject="1", value="housing|", by="person:2")
    assert [row["mine"] for row in picture(door)["line"] if row["id"] == visit.id] == [False]


def test_a_long_line_in_which_everybody_needs_something_is_bounded_too(door):
    for _ in range(100):
        door.issue(service="tax", by="kiosk:lobby", needs=["bsl", "interpreter"], language="Polish", remark="x" * 400)
    shown = picture(door)
    assert (len(shown["line"]), shown["waiting"]) == (20, 100)
    assert len(json.dumps(shown, separators=(",", ":"))) < 8_000


def test_a_row_says_until_when_somebody_is_late_and_then_no_longer(door, hands):
    late = door.ticket()
    until = door.tell_late(visit=late.id, minutes=5).late_until
    (row,) = picture(door)["line"]
    assert (row["late_until"], "not_before" in row) == (until, False)
    hands.go(minutes=5)
    (row,) = picture(door)["line"]
    assert "late_until" not in row
