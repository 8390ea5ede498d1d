"""A real server with two printers on real sockets, of which one fails in every way: what the record says of each slip
is what lies on paper, and no ticket has two."""

import pytest

from tests.builders import eventually
from tests.fakes.printer import FAULTS, FakePrinter
from tests.outside import Server

MOMENT = {"ask_seconds": 0.2, "backup_seconds": 0.5}
ENDED = ("printed", "unconfirmed", "dropped")


@pytest.fixture(scope="module")
def lobby(tmp_path_factory):
    """The server, its printers, and every ticket that was given while the first one had each fault."""
    with FakePrinter(slow_seconds=0.3) as own, FakePrinter() as backup:
        printers = [
            {"key": "lobby", "kind": "network", "host": own.host, "port": own.port, "backup": "desk"},
            {"key": "desk", "kind": "network", "host": backup.host, "port": backup.port},
        ]
        server = Server(tmp_path_factory.mktemp("office"), printers=printers, printing=MOMENT)
        given = {}
        for fault in [None, *sorted(FAULTS), None]:
            own.fault = fault
            visit = server.door.issue(service="tax", by="kiosk:lobby", printer="lobby").visit
            eventually(lambda visit=visit: job(server, visit)["state"] in ENDED, seconds=60)
            given[visit.id] = fault
            if own.is_off:
                own.power_on()
            own.fault = None
            eventually(lambda: states(server)["lobby"] == "ok", seconds=60)
        yield server, own, backup, given
        server.close()


def job(server: Server, visit) -> dict:
    return server.door.store.last_slip(getattr(visit, "id", visit))


def states(server: Server) -> dict[str, str]:
    told = server.ask("GET", "/health", server.key("desk")).json()["printers"]
    return {printer["key"]: printer["state"] for printer in told}


def papers(server: Server, printer: FakePrinter) -> list[str]:
    """The visits of the slips that came out, by the codes on them."""
    rows = server.door.store.reader.execute("SELECT id, token FROM visits").fetchall()
    by_address = {f"{server.door.settings.address}/t/{token}": visit for visit, token in rows}
    return [by_address[slip.code] for slip in printer.slips]


def test_no_ticket_has_two_slips_and_each_that_is_called_printed_is_where_the_record_says(lobby):
    server, own, backup, given = lobby
    out = {"lobby": papers(server, own), "desk": papers(server, backup)}
    everything = [*out["lobby"], *out["desk"]]
    assert len(everything) == len(set(everything))
    for visit in given:
        last = job(server, visit)
        assert last["state"] != "printed" or visit in out[last["printer"]]
        assert last["state"] != "dropped" or visit not in everything


def test_each_fault_ends_as_it_should(lobby):
    server, _own, _backup, given = lobby
    ended = {fault: job(server, visit) for visit, fault in given.items()}
    stuck = ended.pop("frozen")  # it may hold its only connection to whoever asked before
    assert (stuck["printer"], stuck["state"]) in (("lobby", "unconfirmed"), ("desk", "printed"))
    at_the_backup = {fault for fault, slip in ended.items() if slip["printer"] == "desk"}
    assert at_the_backup == {"out", "cover", "cutter", "hot", "error", "offline", "drop_at_connect"}
    unsure = {fault for fault, slip in ended.items() if slip["state"] == "unconfirmed"}
    assert unsure == {
        *("drop_unseen", "drop_before_image", "drop_in_image", "power_cut_in_image", "out_after_image"),
        "silent",
    }
    assert {slip["state"] for fault, slip in ended.items() if fault not in unsure} == {"printed"}
