"""A slip that nobody knows came out: the visitor is asked, and says."""

import pytest
from playwright.sync_api import expect

from tests.builders import eventually
from tests.fakes.printer import FakePrinter
from tests.outside import Server

SLOW_ANSWER = 30_000  # ms: a printer that never says gets its time


@pytest.fixture(scope="module")
def doubtful_office(tmp_path_factory):
    """Its printer says that it is well, and never that a slip came out."""
    with FakePrinter("no_job_id") as printer:
        lobby = {"key": "lobby", "name": "Lobby", "kind": "network", "host": printer.host, "port": printer.port}
        server = Server(tmp_path_factory.mktemp("doubtful"), printers=[lobby | {"confirm": "job_id"}])
        yield server
        server.close()


@pytest.fixture
def asked(kiosk_at, doubtful_office):
    """A kiosk that asks whether the ticket printed."""
    kiosk = kiosk_at(doubtful_office)
    kiosk.chooses("Housing")
    expect(kiosk.page.get_by_role("group", name="Did your ticket print?")).to_be_visible(timeout=SLOW_ANSWER)
    return kiosk


def test_whoever_has_the_ticket_says_so_and_is_thanked(asked):
    number = asked.number
    asked.press("Yes, I have it")
    expect(asked.page.get_by_text(f"Thank you. Your number is {number}.")).to_be_visible()
    expect(asked.page.get_by_role("group", name="Did your ticket print?")).to_be_hidden()
    assert asked.number == number


def test_whoever_has_none_may_have_it_printed_again_with_the_same_number(asked, doubtful_office):
    number, jobs = asked.number, printed(doubtful_office)
    asked.press("No, there is none")
    expect(asked.page.get_by_text(f"We can print it again. Your number stays {number}.")).to_be_visible()
    asked.press("Print it again")
    expect(asked.button("Print it again")).to_be_hidden()
    assert eventually(lambda: printed(doubtful_office) == jobs + 1)
    assert asked.number == number


def printed(server) -> int:
    return server.door.store.execute("SELECT count(*) FROM print_jobs").fetchone()[0]
