"""The printer of a kiosk's own machine: it prints for the server while that is there, and for the kiosk always."""

import pytest

from tests.builders import eventually
from tests.fakes.printer import FakePrinter
from tests.keeper.conftest import PATIENCE, visits


@pytest.fixture
def printer():
    with FakePrinter() as found:
        yield found


@pytest.fixture
def server(make_server, printer):
    own = {"key": "own", "name": "Kiosk's printer", "kind": "network", "host": printer.host, "port": printer.port}
    elsewhere = {"key": "office", "name": "Office", "kind": "virtual"}
    return make_server(printers=[elsewhere, own | {"at": "Lobby kiosk"}])


@pytest.fixture
def machine(machines, server):
    found = machines()
    found.is_there()
    return found


def slips(server) -> list[tuple]:
    """(number, printer, state, cause) of every slip that the server knows of."""
    rows = server.door.store.reader.execute(
        "SELECT number, printer, print_jobs.state, cause FROM print_jobs JOIN visits ON visits.id = visit"
        " ORDER BY number"
    )
    return rows.fetchall()


def condition(server) -> dict:
    told = server.ask("GET", "/health", server.manager_key).json()["printers"]
    return next(one for one in told if one["key"] == "own")


def comes(printer: FakePrinter, count: int) -> None:
    eventually(lambda: len(printer.slips) == count, seconds=PATIENCE)


def test_a_slip_of_the_servers_comes_out_at_the_kiosk_and_the_server_knows(machine, server, printer):
    ticket = machine.touches()
    comes(printer, 1)
    eventually(lambda: slips(server) == [(ticket["number"], "own", "printed", None)], seconds=PATIENCE)
    eventually(lambda: [d for n, *d in machine.heard if n == "slip" and d[0]["state"] == "printed"], seconds=PATIENCE)


def test_alone_it_prints_by_itself_and_the_server_learns_of_it(machine, server, printer):
    machine.network.is_("cut")
    ticket = machine.touches()
    comes(printer, 1)
    eventually(lambda: [d for n, *d in machine.heard if n == "slip" and d[0]["state"] == "printed"], seconds=PATIENCE)
    machine.network.is_("passes")
    eventually(lambda: slips(server) == [(ticket["number"], "own", "printed", None)], seconds=PATIENCE)
    assert visits(server)[0].acknowledged_at


def test_a_ticket_that_both_gave_has_one_slip_with_the_number_the_visitor_holds(machine, server, printer):
    machine.network.is_("answers_lost")
    ticket = machine.touches()
    comes(printer, 1)
    machine.network.is_("passes")
    eventually(lambda: (ticket["number"], "own", "printed", None) in slips(server), seconds=PATIENCE)
    after = machine.touches("housing")
    eventually(lambda: (after["number"], "own", "printed", None) in slips(server), seconds=PATIENCE)
    states = sorted(state for number, _, state, _ in slips(server) if number == ticket["number"])
    assert (states, len(printer.slips)) == (["dropped", "printed"], 2)


def test_what_ails_it_is_known_to_staff_and_the_number_is_shown_all_the_same(machine, server, printer):
    server.manager_key = server.key("manager")
    eventually(lambda: condition(server)["state"] == "ok", seconds=PATIENCE)
    printer.fault = "out"
    assert machine.touches()["number"] == "A021"
    eventually(lambda: condition(server)["cause"] == "out", seconds=PATIENCE)
    news = eventually(lambda: [d for n, *d in machine.heard if n == "slip"], seconds=PATIENCE)
    assert news[-1][0]["sentence"].startswith("The printer is out of paper.")


def test_what_ailed_it_meanwhile_is_told_when_the_server_is_back(machine, server, printer):
    server.manager_key = server.key("manager")
    machine.network.is_("cut")
    machine.is_alone()
    printer.fault = "out"
    machine.touches()
    eventually(lambda: [d for n, *d in machine.heard if n == "slip"], seconds=PATIENCE)
    machine.network.is_("passes")
    eventually(lambda: condition(server)["cause"] == "out", seconds=PATIENCE)


def test_a_slip_that_staff_want_again_comes_out_there(machine, server, printer):
    ticket = machine.touches()
    eventually(lambda: slips(server) == [(ticket["number"], "own", "printed", None)], seconds=PATIENCE)
    again = server.ask("POST", f"/api/visits/{ticket['id']}/reprint", server.key("manager"), json={"printer": "own"})
    assert again.status_code == 200, again.text
    comes(printer, 2)


def test_another_kiosks_key_has_no_say_over_it(machine, server):
    other = server.keys.add(name="Annex kiosk", role="kiosk", kind="bearer", by="console")
    asked = {"ask": "next_print_job", "printer": "own"}
    assert server.ask("POST", "/api/keeper/printing", other, json=asked).status_code == 403
    assert server.ask("POST", "/api/keeper/printing", machine.key, json=asked).status_code == 200
    assert (
        server.ask("POST", "/api/keeper/printing", machine.key, json=asked | {"printer": "office"}).status_code == 403
    )


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "condition", "printer": "own", "at": 1, "state": "on fire"},
        {"kind": "condition", "printer": "own", "at": 1, "state": "out", "cause": "gremlins"},
        {"kind": "condition", "printer": "office", "at": 1, "state": "ok"},
        {"kind": "job", "printer": "own", "at": 1},
        {"kind": "heard", "printer": "own", "at": 1},
    ],
)
def test_nonsense_about_a_printer_harms_nothing(server, event):
    key = server.keys.add(name="Lobby kiosk", role="kiosk", kind="bearer", by="console")
    asked = {"ask": "tell", "printer": "own", "event": event}
    assert server.ask("POST", "/api/keeper/printing", key, json=asked).status_code in (200, 422)
    server.manager_key = server.key("manager")
    assert condition(server)["state"] == "unknown"
