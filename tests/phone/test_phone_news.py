"""Who may follow a visit, for how long, and what a phone is told."""

import re
import threading

import pytest

from phone.live import Phone
from phone.pages import blueprint
from reception.appointments.booked import Booked
from reception.identifiers import token
from reception.keys import Keys
from reception.owing import Promised
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import eventually, instant, office, open_door

TEAM = {"key": "tax", "name": "Council Tax team", "role": "Council Tax officer", "phone": "01632 960 101", "days": 3}
ADVICE = {"key": "advice", "name": "Citizens Advice", "phone": "0800 000 0001", "checked": "2026-02-12"}
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
OWN = {"Desk 1": "Desg 1", "Council Tax officer": "Swyddog Treth Gyngor"}
BILL = Promised("We will send your new bill.", team="tax")


class Phones:
    def __init__(self, folder, hands):
        rooms = [{"key": "one", "name": "Interview room 1"}]
        welsh = {"offered": ["en", "cy"], "reviewed": ["en"]}
        parts = {"rooms": rooms, "teams": [TEAM], "signposts": [ADVICE], "catalogues": welsh, "texts": {"cy": OWN}}
        settings = office(server={"data": folder}, **parts)
        self.hands = hands
        self.door = open_door(folder / "reception.db", hands, settings)
        self.keys = Keys(self.door)
        wired = Parts(settings, self.door.store, self.door, self.keys, Guesses(settings))
        self.app, self.socketio = create_app(wired, [(blueprint, Phone)])
        self.face, self.sockets = wired.faces["/phone"], []

    def follow(self, given: str, **auth):
        socket = self.socketio.test_client(self.app, namespace="/phone", auth={"token": given, **auth})
        self.sockets.append(socket)
        return socket

    def finished(self, **ended):
        """A visit that has ended, with what came of it."""
        visit = self.door.ticket()
        self.door.next()
        return self.door.finish(visit=visit.id, by="person:1", desk="1", **ended)

    def get(self, given: str):
        return self.app.test_client().get(f"/t/{given}")


@pytest.fixture
def phones(tmp_path, hands):
    threads = set(threading.enumerate())
    phones = Phones(tmp_path, hands)
    yield phones
    for socket in phones.sockets:
        if socket.is_connected("/phone"):
            socket.disconnect(namespace="/phone")
    eventually(lambda: set(threading.enumerate()) <= threads)
    phones.door.store.close()


def places(socket) -> list[dict]:
    return [news["args"][0] for news in socket.get_received("/phone") if news["name"] == "place"]


def place(socket, **expected) -> dict:
    return eventually(lambda: next((news for news in places(socket) if expected.items() <= news.items()), None))


def test_a_phone_is_told_its_place_and_then_the_desk(phones):
    phones.door.ticket()
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    (first,) = places(socket)
    assert first == {"step": 2, "now": phones.hands.wall, "number": "A002", "state": "waiting", "ahead": 1, **NOTHING}
    phones.door.next()
    place(socket, ahead=0)
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


def test_unknown_and_expired_look_the_same(phones):
    mine = phones.door.ticket()
    phones.door.next()
    phones.door.take("finish", mine)
    assert phones.get(mine.token).status_code == 200
    phones.hands.go(hours=23, minutes=59)
    assert phones.get(mine.token).status_code == 200
    phones.hands.go(minutes=1)
    expired, unknown = phones.get(mine.token), phones.get(token())
    assert expired.status_code == unknown.status_code == 404
    assert expired.data == unknown.data
    assert not phones.follow(mine.token).is_connected("/phone")


def test_somebody_who_waits_past_a_day_keeps_the_link(phones):
    mine = phones.door.ticket()
    phones.hands.go(days=3)
    assert phones.get(mine.token).status_code == 200


@pytest.mark.parametrize("given", ["", "x" * 5000, "%00", "' OR 1=1 --", "ŵ" * 22])
def test_no_other_token_opens_anything(phones, given):
    phones.door.ticket()
    assert not phones.follow(given).is_connected("/phone")
    assert phones.get(given or " ").status_code == 404


def test_a_key_does_not_open_a_phone_and_a_phone_asks_nothing_of_staff(phones):
    key = phones.keys.add(name="k", role="admin", kind="bearer", by="test")
    socket = phones.socketio.test_client(phones.app, namespace="/phone", auth={"key": key})
    assert not socket.is_connected("/phone")
    mine = phones.follow(phones.door.ticket().token)
    assert mine.emit("call_next", {}, namespace="/phone", callback=True)["reason"] == "unknown_question"


def test_revoking_a_key_drops_no_phone(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.keys.add(name="old kiosk", role="kiosk", kind="bearer", by="test")
    phones.keys.revoke("old kiosk", by="test")
    phones.door.next()
    place(socket, state="called")
    assert socket.is_connected("/phone")


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


# -- the first name of whoever helps ------------------------------------------------------------------------------


def test_a_first_name_is_told_only_where_its_owner_wants_it(phones):
    by = f"person:{phones.keys.add_person(name='Robin Adeyemi', sign_in='robin', role='receptionist', by='test')}"
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.door.call_next(desk="1", by=by)
    place(socket, state="called", person_name=None)
    phones.door.prefer(who=by, name="name_on_phone", value=True)
    phones.door.step("start", visit=mine.id, by=by)
    assert "Adeyemi" not in str(place(socket, state="serving", person_name="Robin"))


# -- what a visitor asks ------------------------------------------------------------------------------------------


def ask(socket, question: str, **said) -> dict:
    return socket.emit(question, said, namespace="/phone", callback=True)


def test_somebody_running_late_is_shown_until_when_their_place_is_kept(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    assert ask(socket, "tell_late", minutes=10) == {"ok": True}
    place(socket, late_until=phones.hands.wall + 600_000, ahead=None, can_be_late=False)
    assert ask(socket, "tell_here") == {"ok": True}
    place(socket, late_until=None, ahead=0, can_be_late=True)


def test_what_is_refused_is_said_to_a_visitor(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.door.next()
    answer = ask(socket, "tell_late", minutes=10)
    assert (answer["ok"], answer["reason"]) == (False, "late_called")
    assert answer["message"].startswith("We are calling you now.")


def test_a_phone_reaches_no_visit_but_its_own(phones):
    mine, other = phones.door.ticket(), phones.door.ticket()
    socket = phones.follow(mine.token)
    assert ask(socket, "leave", visit=other.id)["reason"] == "wrong_values"
    assert ask(socket, "leave") == {"ok": True}
    assert [phones.door.stored(visit).state for visit in (mine, other)] == ["left", "waiting"]


def test_a_link_that_has_ended_does_nothing_on_a_page_still_open(phones):
    mine = phones.finished()
    socket = phones.follow(mine.token)
    phones.hands.go(hours=25)
    assert ask(socket, "leave")["reason"] == "page_ended"


@pytest.mark.parametrize("form", ["late", "here", "leave"])
def test_a_form_needs_the_link_and_nothing_else(phones, form):
    mine = phones.door.ticket()
    browser = phones.app.test_client()
    answer = browser.post(f"/t/{mine.token}/{form}?language=cy", data={"minutes": "5"})
    assert (answer.status_code, answer.location) == (303, f"/t/{mine.token}?language=cy")
    assert not browser.get_cookie("reception-form")
    assert browser.get(browser.post(f"/t/nobody/{form}", data={"minutes": "5"}).location).status_code == 404


@pytest.mark.parametrize("minutes", ["", "7", "-5", "5000000000", "five"])
def test_a_form_that_asks_for_another_time_is_told_what_to_choose(phones, minutes):
    mine = phones.door.ticket()
    answer = phones.app.test_client().post(f"/t/{mine.token}/late", data={"minutes": minutes})
    assert "Choose one of the times on this page." in phones.app.test_client().get(answer.location).text
    assert phones.door.stored(mine).late_until is None


# -- many phones --------------------------------------------------------------------------------------------------


def test_whoever_is_called_is_told_before_all_whose_place_that_changed(phones):
    first, *others = [phones.door.ticket() for _ in range(30)]
    followers = [phones.follow(visit.token) for visit in others]
    mine, told, emit = phones.follow(first.token), [], phones.face.emit
    phones.face.emit = lambda event, data, **to: told.append(data["number"]) or emit(event, data, **to)
    phones.door.next()
    eventually(lambda: len(told) == 30)
    assert told[0] == first.number
    assert place(mine, state="called") and all(place(socket, state="waiting") for socket in followers)


def test_a_key_that_is_revoked_asks_nothing_of_the_phones(phones):
    socket = phones.follow(phones.door.ticket().token)
    phones.face.drop_revoked()
    assert socket.is_connected("/phone")


def test_what_happens_next_is_told_with_team_reference_and_day(phones):
    mine = phones.finished(promise=BILL, signposts=["advice"])
    told = place(phones.follow(mine.token), state="completed")
    (owed,), (signpost,) = told["owed"], told["signposts"]
    assert (owed["what"], owed["by"]) == (BILL.what, "By the end of Thursday 5\N{NO-BREAK SPACE}March 2026")
    assert (owed["reference"], owed["role"], owed["tel"]) == ("260302-001", "Council Tax officer", "tel:01632960101")
    assert (signpost["name"], signpost["checked"]) == ("Citizens Advice", "Checked in February 2026")
    assert told["until"] == "You can come back to this page until the end of Thursday 5\N{NO-BREAK SPACE}March 2026."


def test_a_promise_kept_after_the_visit_is_told_at_once_and_to_nobody_else(phones):
    mine, other = phones.finished(promise=BILL), phones.finished(promise=BILL)
    socket, others = phones.follow(mine.token), phones.follow(other.token)
    place(socket, state="completed")
    phones.hands.go(hours=20)
    phones.door.keep(promise=phones.door.promises_of(mine.id)[0].id, by="person:2")
    (owed,) = eventually(lambda: next((news["owed"] for news in places(socket) if news["owed"][0]["done"]), None))
    assert (owed["ended"], owed["by"]) == ("Done on Tuesday 3\N{NO-BREAK SPACE}March 2026", None)
    assert not any(news["owed"][0]["done"] for news in places(others))


def test_a_changed_day_is_told_with_the_first_one_and_the_reason(phones):
    mine = phones.finished(promise=BILL)
    socket = phones.follow(mine.token)
    (promise,) = phones.door.promises_of(mine.id)
    phones.door.change_promise(promise=promise.id, by="person:1", reason="longer", days=6)
    phones.door.change_promise(promise=promise.id, by="person:1", reason="agreed", owner="desk:2")  # not a new day
    changed = "Changed: it was Thursday 5\N{NO-BREAK SPACE}March 2026. It takes longer than we thought."
    (owed,) = eventually(lambda: next((news["owed"] for news in places(socket) if news["owed"][0]["changed"]), None))
    assert (owed["by"], owed["changed"]) == ("By the end of Tuesday 10\N{NO-BREAK SPACE}March 2026", changed)
    phones.hands.go(days=7)
    assert phones.get(mine.token).status_code == 200


def test_a_promise_that_is_not_needed_any_more_is_told_with_the_reason(phones):
    mine = phones.finished(promise=BILL)
    (promise,) = phones.door.promises_of(mine.id)
    phones.door.change_promise(promise=promise.id, by="person:1", reason="not-needed", withdraw=True)
    (owed,) = place(phones.follow(mine.token))["owed"]
    assert (owed["ended"], owed["done"]) == ("Ended on Monday 2\N{NO-BREAK SPACE}March 2026. No longer needed.", False)


def test_a_promise_past_its_day_admits_it(phones):
    mine = phones.finished(promise=Promised("We will ring you.", team="tax", days=0))
    phones.hands.go(hours=14, minutes=1)
    assert place(phones.follow(mine.token))["owed"][0]["late"]


def test_undoing_the_end_takes_back_what_was_promised_and_given(phones):
    mine = phones.finished(promise=BILL, signposts=["advice"])
    socket = phones.follow(mine.token)
    assert place(socket, state="completed")["owed"]
    phones.door.undo(desk="1", by="person:1")
    place(socket, state="called", owed=[], signposts=[], until=None)


def test_papers_handed_in_have_their_receipt_on_the_page(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    papers = Promised("Two payslips", kind="documents", team="tax", days=5)
    phones.door.promise(promised=papers, by="person:1", visit=mine.id)
    (receipt,) = eventually(lambda: next((news["papers"] for news in places(socket) if news["papers"]), None))
    assert (receipt["what"], receipt["reference"]) == ("Two payslips", "260302-001")
    assert receipt["handed_in"] == "Monday 2\N{NO-BREAK SPACE}March, 10:00"
    assert receipt["by"] == "We will deal with them by the end of Monday 9\N{NO-BREAK SPACE}March 2026"


def test_a_call_back_tells_when_and_neither_why_nor_whom(phones):
    mine = phones.door.ticket()
    call_back = Promised("About the deposit", kind="call_back", contact="Jo 07700 900000", minutes=60)
    phones.door.promise(promised=call_back, by="person:1", visit=mine.id)
    told = place(phones.follow(mine.token))
    assert told["owed"][0]["what"] == "We will ring you back."
    assert told["owed"][0]["by"] == "By 11:00 on Monday 2\N{NO-BREAK SPACE}March 2026"
    assert "deposit" not in str(told) and "07700" not in str(told)


def test_what_was_promised_outlives_the_link_of_a_visit_without(phones):
    plain, mine = phones.finished(), phones.finished(promise=BILL)
    phones.hands.go_to("2026-03-05 23:59")
    assert [phones.get(visit.token).status_code for visit in (plain, mine)] == [404, 200]
    phones.hands.go(minutes=1)
    assert phones.get(mine.token).status_code == 404
