"""What a phone is told of its visit while that goes on, and in which order."""

import re

from reception.appointments.booked import Booked
from tests.builders import eventually, instant
from tests.phone.following import place, places
from tests.phone.visits import BILL

NOTHING = {"booked_at": None, "later_at": None, "late_until": None, "can_be_late": True, "discreet": False}
NOTHING |= {
    "desk_name": None,
    "person_name": None,
    "called_at": None,
    "room_name": None,
    "held_until": None,
    "to_come": 0,
    "owed": [],
    "papers": [],
    "signposts": [],
    "until": None,
}
NO_WORDS = {f"expected_{name}": "" for name in ("wait", "ahead", "besides", "updated")} | {"expected_later": False}


def test_a_phone_is_told_its_place_and_then_the_desk(phones):
    phones.door.ticket()
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    (first,) = places(socket)
    own = {"number": "A002", "state": "waiting", "ahead": 1}
    words = {**NO_WORDS, "expected_ahead": "1 person is ahead of you for this service."}
    assert first == {"step": 2, "now": phones.hands.wall, **own, **words, **NOTHING}
    phones.door.next()
    place(socket, ahead=0, expected_ahead="You are next.")
    phones.door.next("2")
    place(socket, state="called", ahead=None, desk_name="Desk 2", called_at=phones.hands.wall)


def test_only_those_whose_place_changed_are_told(phones):
    tax, housing = phones.door.ticket(), phones.door.ticket("housing")
    mine, other = phones.follow(tax.token), phones.follow(housing.token)
    phones.door.ticket("parking")
    phones.door.call(desk="3", visit=housing.id, by="person:3")
    place(other, state="called")
    phones.door.take("start", housing, "3")
    place(other, state="serving")
    assert len(places(mine)) == 1  # on connecting


def test_nothing_is_kept_of_a_phone_that_leaves_while_others_are_told(phones):
    face, mine = phones.face, [phones.door.ticket() for _ in range(2)]
    phones.follow(mine[0].token)
    (stays,) = face.askers
    leaves, emit = phones.follow(mine[1].token), face.emit

    def emit_and_leave(event, data, **to):
        if leaves.is_connected("/phone"):
            leaves.disconnect(namespace="/phone")
        return emit(event, data, **to)

    face.emit = emit_and_leave
    phones.door.take("leave", mine[0])
    phones.door.take("leave", mine[1])
    eventually(lambda: face._shown[stays]["state"] == "left")
    assert [*face.askers] == [*face._shown] == [stays]
    assert [*face._following] == [mine[0].id]


def test_a_hold_tells_the_room_and_by_when_and_nothing_of_its_reason(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.door.hold(visit=mine.id, by="person:1", minutes=20, reason="colleague", room="one")
    until = phones.hands.wall + 20 * 60_000
    told = place(socket, state="held", room_name="Interview room 1", held_until=until, ahead=None)
    assert "colleague" not in {str(value) for value in told.values()}
    phones.door.step("resume", visit=mine.id, by="person:1")
    place(socket, state="waiting", room_name=None, held_until=None, ahead=0)


def test_an_appointment_tells_its_time_until_it_is_due(phones):
    booked = Booked("R1", "tax", instant("2026-03-02 10:30"), None, "", "", (), False, 1)
    phones.door.take_in([booked], by="test", source="test")
    mine = phones.door.check_in(by="kiosk:lobby", reference="R1").visit
    socket = phones.follow(mine.token)
    place(socket, booked_at=instant("2026-03-02 10:30"), ahead=None)
    phones.hands.go(minutes=25)
    phones.face.refresh()  # as the clock does
    place(socket, booked_at=None, ahead=0)


def test_somebody_sent_on_for_later_is_told_when(phones):
    mine = phones.door.ticket()
    phones.door.next()
    socket = phones.follow(mine.token)
    phones.door.transfer(visit=mine.id, by="person:1", desk="1", service="housing", later_minutes=15)
    place(socket, state="waiting", later_at=phones.hands.wall + 15 * 60_000, booked_at=None, ahead=None)


def test_somebody_just_put_back_is_told_their_place_as_ever(phones):
    phones.door.ticket()
    mine = phones.door.ticket()
    phones.door.call(desk="1", visit=mine.id, by="person:1", reason="quick")
    phones.door.take("return_to_line", mine, "1")
    place(phones.follow(mine.token), state="waiting", later_at=None, ahead=1)


def test_whoever_somebody_is_kept_for_is_not_told(phones):
    mine = phones.door.ticket()
    phones.door.next()
    phones.door.transfer(visit=mine.id, by="person:1", desk="1", to="desk:2")
    assert "2" not in {str(value) for value in place(phones.follow(mine.token), state="waiting").values()}


def test_further_services_are_counted_and_not_named(phones):
    mine = phones.door.issue(service="tax", by="kiosk:lobby", to_come=["housing", "parking"]).visit
    socket = phones.follow(mine.token)
    assert "housing" not in str(place(socket, to_come=2))
    phones.door.next()
    phones.door.take("finish", mine)
    place(socket, state="waiting", to_come=1)


def test_a_discreet_call_says_so_on_the_phone(phones):
    mine = phones.door.issue(service="tax", by="kiosk:lobby", needs=["discreet"]).visit
    socket = phones.follow(mine.token)
    phones.door.next()
    place(socket, state="called", discreet=True, desk_name="Desk 1")


def test_a_phone_is_told_in_the_language_it_asks_for(phones):
    mine = phones.finished(promise=BILL)
    welsh, english = phones.follow(mine.token, language="cy"), phones.follow(mine.token, language="xx")
    assert place(welsh)["owed"][0]["role"] == "Swyddog Treth Gyngor"
    assert place(english)["owed"][0]["role"] == "Council Tax officer"
    phones.door.undo(desk="1", by="person:1")
    place(welsh, state="called", desk_name="Desg 1")
    place(english, state="called", desk_name="Desk 1")


def test_the_page_speaks_what_its_visitor_reads_until_another_is_asked_for(phones):
    mine = phones.door.issue(service="tax", by="kiosk:lobby", reads="cy").visit
    languages = [re.search(r'<html lang="(\w+)', phones.get(mine.token + ask).text)[1] for ask in ("", "?language=en")]
    assert languages == ["cy", "en"]
    assert 'lang="cy"' in phones.get("nobody").text  # who knows what they read


def test_a_first_name_is_told_only_where_its_owner_wants_it(phones):
    by = f"person:{phones.keys.add_person(name='Robin Adeyemi', sign_in='robin', role='receptionist', by='test')}"
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.door.call_next(desk="1", by=by)
    place(socket, state="called", person_name=None)
    phones.door.prefer(who=by, name="name_on_phone", value=True)
    phones.door.step("start", visit=mine.id, by=by)
    assert "Adeyemi" not in str(place(socket, state="serving", person_name="Robin"))


def test_whoever_is_called_is_told_before_all_whose_place_that_changed(phones):
    first, *others = [phones.door.ticket() for _ in range(30)]
    followers = [phones.follow(visit.token) for visit in others]
    mine, told, emit = phones.follow(first.token), [], phones.face.emit
    phones.face.emit = lambda event, data, **to: told.append(data["number"]) or emit(event, data, **to)
    phones.door.next()
    eventually(lambda: len(told) == 30)
    assert told[0] == first.number
    assert place(mine, state="called") and all(place(socket, state="waiting") for socket in followers)
