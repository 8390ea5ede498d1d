"""The network and the server fail in every way there is; the kiosk goes on, and afterwards nobody is lost."""

import pytest

from tests.builders import eventually
from tests.keeper.conftest import PATIENCE, visits

HOUR, SURE = 3_600_000, 60_000  # ms: a busy machine is slow to answer, and never an hour
FAILURES = ("cut", "stalled", "reset", "answers_lost")


def told(server) -> dict[str, str]:
    return {visit.number: visit.state for visit in visits(server)}


def test_while_the_server_answers_it_gives_the_numbers(machine, server):
    assert machine.touches()["number"] == "A021"
    assert machine.newest()["services"][0]["ahead"] is not None
    assert [visit.channel for visit in visits(server)] == ["kiosk"]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_touch_while_the_network_fails_gives_a_number_that_the_server_learns_of(machine, server, failure):
    before = machine.touches()
    machine.network.is_(failure)
    during = [machine.touches(), machine.touches("housing")]
    machine.is_alone()
    machine.network.is_("passes")
    machine.has_told(3)
    after = machine.touches()
    numbers = [ticket["number"] for ticket in (before, *during, after)]
    assert numbers[1:3] == ["A001", "B001"]
    assert [visit.number for visit in visits(server)] == numbers  # in the order in which they came


@pytest.mark.parametrize("kill", [True, False])
def test_the_server_is_killed_or_stopped_and_started_again(machine, server, kill):
    machine.touches()
    server.stop(kill=kill)
    during = [machine.touches()["number"] for _ in range(3)]
    server.start()
    machine.has_told(4)
    assert [visit.number for visit in visits(server)][1:] == during
    assert server.door.call_next(desk="1", by="person:ann").number == "A021"
    assert server.door.call_next(desk="1", by="person:ann").number == "A001"


def test_a_ticket_whose_answer_was_lost_is_one_visit_with_the_number_that_the_visitor_holds(machine, server):
    machine.network.is_("answers_lost")
    ticket = machine.touches()
    eventually(lambda: told(server) == {"A021": "waiting"}, seconds=PATIENCE)  # the server gave one, too
    machine.network.is_("passes")
    eventually(lambda: told(server) == {ticket["number"]: "waiting"}, seconds=PATIENCE)
    (visit,) = visits(server)
    assert ticket["url"].endswith(f"/t/{visit.token}")


def test_pressed_twice_it_is_one_ticket_before_during_and_after(machine, server):
    once = machine.touches(showing="first")
    assert machine.touches(showing="first")["id"] == once["id"]
    machine.network.is_("cut")
    alone = machine.touches(showing="second")
    assert machine.touches(showing="second")["id"] == alone["id"]
    machine.network.is_("passes")
    machine.has_told(2)
    assert machine.touches(showing="second")["id"] == alone["id"]
    assert len(visits(server)) == 2


def test_a_machine_that_starts_while_the_server_is_away_gives_numbers(machine, server):
    server.stop(kill=True)
    first = machine.touches()
    machine.stop(kill=True)
    machine.start()
    second = machine.touches()
    machine.stop()
    server.start()
    machine.start()
    machine.has_told(2)
    assert [visit.number for visit in visits(server)] == [first["number"], second["number"]] == ["A001", "A002"]


def test_nothing_is_given_when_no_number_is_left_and_a_person_helps(machine, server):
    machine.network.is_("cut")
    given = {machine.touches("housing")["number"] for _ in range(20)}
    refused = machine.ask("issue", service="housing", showing="one too many")
    assert (refused["ok"], refused["message"]) == (
        False,
        "No number can be given at the moment, and none was. Please ask a member of staff.",
    )
    machine.network.is_("passes")
    machine.has_told(20)
    assert {visit.number for visit in visits(server)} == given
    assert machine.touches("housing")["number"] == "B041"  # B021 to B040 are lent by now


def test_numbers_that_are_used_up_are_replaced_when_the_server_is_there(machine, server):
    machine.network.is_("cut")
    for _ in range(11):
        machine.touches()
    machine.network.is_("passes")
    machine.has_told(11)
    eventually(lambda: server.door.store.count(server.door.office, visits(server)[0].day, "A") == 40, seconds=PATIENCE)
    machine.network.is_("cut")
    assert [machine.touches()["number"] for _ in range(12)][-4:] == ["A020", "A021", "A022", "A023"]


def test_two_kiosks_alone_never_give_one_number_twice(machines, server):
    first, second = machines(name="Lobby kiosk"), machines(name="Annex kiosk")
    for machine in (first, second):
        machine.is_there()
        machine.network.is_("cut")
    ours = server.door.issue(service="tax", by="test").visit.number
    given = [machine.touches()["number"] for _ in range(5) for machine in (first, second)]
    assert len({ours, *given}) == 11
    for machine in (first, second):
        machine.network.is_("passes")
    for machine in (first, second):
        machine.has_told(11)
    told = [visit.number for visit in visits(server)]
    assert sorted(told) == sorted([ours, *given])
    for own in (given[::2], given[1::2]):  # each kiosk's people in the order in which they came
        assert [number for number in told if number in own] == own


def test_what_a_person_says_at_the_kiosk_is_known_afterwards(machine, server):
    machine.network.is_("stalled")
    machine.touches(needs=["loop", "interpreter"], language="pl", party=2)
    machine.network.is_("passes")
    machine.has_told(1)
    (visit,) = visits(server)
    known = server.door.store.particulars(server.door.office, [visit.id])[visit.id]
    assert (visit.party, known) == (2, {"needs": "loop interpreter", "language": "Polish"})


@pytest.mark.parametrize("wrong", [-HOUR, HOUR])
def test_arrivals_are_true_though_the_machines_clock_is_wrong_and_is_set_and_the_machine_starts_again(
    machines, server, wrong
):
    machine = machines(wrong)
    machine.is_there()
    machine.network.is_("stalled")
    between = []
    for change in (lambda: None, lambda: machine.set_clock(0), lambda: restart(machine, -wrong)):
        change()
        before = server.door.now()
        machine.touches()
        between.append((before, server.door.now()))
    machine.network.is_("passes")
    machine.has_told(3)
    for (before, after), visit in zip(between, visits(server), strict=True):
        assert before - SURE <= visit.arrived_at <= after + SURE


def restart(machine, wrong: int) -> None:
    machine.stop(kill=True)
    machine.set_clock(wrong)
    machine.start()


def test_appointments_are_not_looked_up_without_the_server(machine):
    machine.network.is_("cut")
    machine.is_alone()
    refused = machine.ask("check_in", reference="R1", showing="s")
    assert refused["reason"] == "appointments_away"
    assert not machine.newest()["appointments"]


def test_a_service_that_a_manager_closed_stays_closed_without_the_server(machine, server):
    server.door.rule(kind="service", subject="tax", value="closed", by="person:sam")
    eventually(lambda: machine.newest()["services"][0]["open"] is False, seconds=PATIENCE)
    eventually(lambda: "closed" in machine_rulings(machine), seconds=PATIENCE)
    machine.network.is_("cut")
    machine.is_alone()
    assert [one["open"] for one in machine.newest()["services"]] == [False, True, True]
    assert machine.ask("issue", service="tax", showing="s")["reason"] == "service_closed"


def machine_rulings(machine) -> set:
    import sqlite3

    with sqlite3.connect(machine.data / "reception.db") as store:
        return {value for (value,) in store.execute("SELECT value FROM rulings WHERE kind = 'service'")}


def test_where_the_server_has_the_printer_a_visitor_is_told_at_once_that_there_is_no_slip(machine, server):
    def told() -> list[str]:
        return [data["state"] for name, data in machine.heard if name == "slip"]

    machine.touches()
    eventually(lambda: told() == ["printed"], seconds=PATIENCE)
    machine.network.is_("cut")
    machine.touches()
    eventually(lambda: told() == ["printed", "failed"], seconds=PATIENCE)
    sentence = [data["sentence"] for name, data in machine.heard if name == "slip"][-1]
    assert sentence == "The printer is not working. Your number is A001: please take a photo or remember it."
