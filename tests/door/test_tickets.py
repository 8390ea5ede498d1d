"""Tickets: the number, the place, who is ahead, and when none can be had."""

from dataclasses import replace

import pytest

from reception.refusals import Refusal
from tests.builders import ALWAYS, OFFICE_HOURS, SERVICES, TEN, Hands, instant, open_door


def test_a_ticket_is_a_waiting_visit_stored_as_answered(door):
    issued = door.issue(service="tax", by="kiosk:lobby")
    assert door.stored(issued.visit) == issued.visit
    made = issued.visit
    assert (made.number, made.service, made.state, made.channel) == ("A001", "tax", "waiting", "kiosk")
    assert (made.day, made.arrived_at, made.desk) == ("2026-03-02", TEN, None)


def test_services_of_one_letter_share_its_numbers(door):
    assert [door.ticket(key).number for key in ("tax", "parking", "housing", "tax")] == ["A001", "A002", "B001", "A003"]


def test_numbers_begin_again_with_the_office_day_at_local_midnight(tmp_path):
    hands = Hands(instant("2026-06-30 23:59:59"))
    door = open_door(tmp_path / "r.db", hands)
    assert (door.ticket().number, door.ticket().day) == ("A001", "2026-06-30")
    hands.go(seconds=1)
    assert (door.ticket().number, door.ticket().day) == ("A001", "2026-07-01")


def test_after_999_comes_1000(door):
    door.store.execute("INSERT INTO counters VALUES ('office', '2026-03-02', 'A', 998)")
    assert [door.ticket().number, door.ticket().number] == ["A999", "A1000"]


def test_a_restart_goes_on_with_the_numbers_and_the_line(door, hands, tmp_path):
    first = door.ticket()
    door.store.close()
    again = open_door(tmp_path / "reception.db", hands)
    assert again.ticket().number == "A002"
    assert again.next("1").id == first.id


def test_a_refused_ticket_uses_up_no_number(door):
    with pytest.raises(Refusal):
        door.ticket("no-such-service")
    assert door.ticket().number == "A001"


def test_ahead_counts_those_whom_the_desk_where_they_come_soonest_calls_first(door):
    ahead = [door.issue(service=key, by="kiosk:lobby").ahead for key in ("tax", "housing", "tax")]
    assert ahead == [0, 0, 2]  # housing has a desk that does no tax
    door.next("1")
    assert door.issue(service="tax", by="kiosk:lobby").ahead == 2


def test_the_link_leads_to_the_visitors_own_page(tmp_path):
    door = open_door(tmp_path / "r.db", office={"public_url": "https://queue.example.org/"})
    issued = door.issue(service="tax", by="kiosk:lobby")
    assert issued.url == f"https://queue.example.org/t/{issued.visit.token}"
    assert door.store.visit_by_token(issued.visit.token) == issued.visit


def test_an_unknown_service_is_told_with_those_there_are(door):
    with pytest.raises(Refusal) as refused:
        door.ticket("taxes")
    assert (refused.value.key, refused.value.status) == ("unknown_service", 422)
    assert refused.value.values == {"service": "taxes", "services": "tax, parking, housing"}


def test_a_closed_office_gives_no_ticket_and_says_when_it_opens(tmp_path):
    hands = Hands(instant("2026-03-02 08:59:59.999"))
    door = open_door(tmp_path / "r.db", hands, hours=OFFICE_HOURS)
    with pytest.raises(Refusal) as refused:
        door.ticket()
    assert refused.value.key == "office_closed"
    assert refused.value.values == {"service": "Council Tax", "opens_at": instant("2026-03-02 09:00")}
    hands.go(milliseconds=1)
    assert door.ticket().number == "A001"


def test_a_service_with_hours_of_its_own_keeps_them(tmp_path):
    services = [*SERVICES[:2], SERVICES[2] | {"hours": {"monday": ["14:00-15:00"]}}]
    door = open_door(tmp_path / "r.db", services=services)
    with pytest.raises(Refusal) as refused:
        door.ticket("housing")
    assert (refused.value.key, refused.value.values["opens_at"]) == ("service_shut", instant("2026-03-02 14:00"))
    assert door.ticket("tax")


def test_a_service_that_is_closed_says_so(tmp_path):
    door = open_door(tmp_path / "r.db", services=[*SERVICES[:2], SERVICES[2] | {"open": False}])
    with pytest.raises(Refusal, match="service_closed"):
        door.ticket("housing")


def test_a_closed_office_still_helps_those_who_are_in_it(tmp_path):
    hands = Hands(instant("2026-03-02 16:59"))
    door = open_door(tmp_path / "r.db", hands, hours=OFFICE_HOURS)
    inside = door.ticket()
    hands.go(minutes=5)
    assert door.next("1").id == inside.id
    assert door.walk_in(desk="2", service="tax", by="person:2").visit.state == "serving"


def test_whoever_comes_before_opening_waits_from_the_opening(tmp_path):
    services = [SERVICES[0], SERVICES[1], SERVICES[2] | {"hours": ALWAYS}]
    hands = Hands(instant("2026-03-02 08:00"))
    door = open_door(tmp_path / "r.db", hands, hours=OFFICE_HOURS, services=services)
    early = door.walk_in(desk="1", service="tax", by="person:1", wait=True).visit
    assert early.waits_from == instant("2026-03-02 09:00")


def test_being_told_the_number_counts_once(door, hands):
    ticket = door.ticket()
    at = hands.go(seconds=2)
    door.acknowledge(visit=ticket.id, how="printed", by="printer:lobby")
    hands.go(seconds=2)
    door.acknowledge(visit=ticket.id, how="shown", by="kiosk:lobby")
    assert door.stored(ticket) == replace(ticket, acknowledged_at=at)
    assert door.words() == ["issued", "print_confirmed"]


def test_a_ticket_for_a_printer_comes_with_its_print_job(door):
    told = []
    door.listeners.append(told.append)
    ticket = door.issue(service="tax", by="kiosk:lobby", printer="lobby").visit
    (row,) = door.rows("SELECT visit, printer, kind, state, made_at FROM print_jobs")
    assert row == (ticket.id, "lobby", "ticket", "waiting", TEN)
    assert told[0].printers == ("lobby",)


def test_a_refused_ticket_has_no_print_job(door):
    with pytest.raises(Refusal):
        door.issue(service="no-such-service", by="kiosk:lobby", printer="lobby")
    assert door.rows("SELECT * FROM print_jobs") == []


@pytest.mark.parametrize("name", ["nobody", "", "\ud800", "\x00", "v" * 10_000])
def test_an_unknown_visit_is_refused_whatever_it_is_called(door, name):
    door.ticket()
    for ask in (
        lambda: door.step("leave", visit=name, by="person:1"),
        lambda: door.acknowledge(visit=name, how="shown", by="kiosk:lobby"),
        lambda: door.call(desk="1", visit=name, number=name, by="person:1"),
        lambda: door.call(desk="1", number=name, by="person:1"),
        lambda: door.undo(visit=name or "-", by="person:1"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert (refused.value.key, refused.value.status) in [("unknown_visit", 404), ("unknown_number", 404)]
    assert door.words() == ["issued"]
