"""From the desk's Finish to paper: the slip of what happens next comes out of the printer, and nothing else is said."""

import pytest
import zxingcpp

from reception.owing import Promised
from tests.builders import eventually
from tests.fakes.printer import FakePrinter
from tests.outside import Server

WRITE = Promised("We will write to you.", days=5)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with FakePrinter() as printer:
        printers = [{"key": "lobby", "kind": "network", "host": printer.host, "port": printer.port}]
        server = Server(tmp_path_factory.mktemp("office"), printers=printers)
        yield server, printer
        server.close()


def finished(server: Server):
    visit = server.door.issue(service="tax", by="kiosk:lobby").visit
    server.door.call(desk="1", by="key:desk", visit=visit.id, reason="quick")
    return server.door.finish(visit=visit.id, by="key:desk", desk="1", promise=WRITE, print_slip=True)


def test_what_was_promised_at_the_end_of_a_visit_is_printed_with_the_visitors_page(served):
    server, printer = served
    before = len(printer.slips)
    visit = finished(server)
    paper = printer.wait_for_slips(before + 1, seconds=30)[-1]
    (code,) = zxingcpp.read_barcodes(paper.image.convert("L"))
    assert code.text == server.door.url(visit)


def test_a_promises_slip_acknowledges_nobodys_number(served):
    server, _printer = served
    visit = finished(server)
    eventually(lambda: not server.door.store.waiting_print_jobs("town", "lobby"), seconds=30)
    told = [step.step for step in server.door.store.steps("town", visit=visit.id)]
    assert "promised" in told and not {"print_confirmed", "acknowledged"} & set(told)


def test_a_receipt_for_papers_needs_no_visit(served):
    server, printer = served
    before = len(printer.slips)
    server.door.promise(Promised("passport", kind="documents"), by="key:desk", printer="lobby")
    assert len(printer.wait_for_slips(before + 1, seconds=30)) == before + 1
