"""The real server when its machine fails it: a full disk, a held database, printers that fail, guesses and floods.
Each is told in a sentence, nothing acknowledged is lost, and it goes on by itself.
"""

import os
import resource
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.builders import eventually
from tests.fakes.printer import FakePrinter
from tests.outside import Server
from tests.stories.people import Kiosk, Receptionist

LONG = 30  # seconds a printer may keep a job: whoever waited for one would be noticed


@pytest.fixture
def printer():
    with FakePrinter() as printer:
        yield printer


def network(printer: FakePrinter, **parts) -> list[dict]:
    return [{"key": "lobby", "kind": "network", "host": printer.host, "port": printer.port, **parts}]


# -- the disk and the database -----------------------------------------------------------------------------------

FULL = "The server's disk is full, so nothing was done. Nothing stored is lost."
NO_NUMBER = "No number can be given at the moment, and none was. Please ask a member of staff."
HELD = "The database is held by another program, so nothing was done. Try again in a moment."


@contextmanager
def no_more_room(server: Server):
    """As on a disk that is full: at first some tickets still fit; after `none_at_all()` nothing does."""
    largest = max(file.stat().st_size for file in server.data.iterdir() if file.is_file())
    _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)

    def files_end_at(size: int) -> None:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, hard))

    files_end_at(largest + 100_000)
    yield lambda: files_end_at(4096)
    files_end_at(hard)


@contextmanager
def held(server: Server):
    """Another program holds the database."""
    with closing(sqlite3.connect(server.data / "reception.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_full_disk_is_told_loses_nothing_and_is_forgotten_with_space(serve, browser):
    server = serve()
    kiosk, robin = Kiosk.opened(browser, server), Receptionist.opened(browser, server)
    robin.sits_at("Desk 1")
    key, given = server.key("desk"), []

    def ask():
        return server.ask("POST", "/api/tickets", key, json={"service": "tax"})

    with no_more_room(server) as none_at_all:
        while (answer := ask()).status_code == 201:
            given.append(answer.json()["number"])
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
        assert answer.json()["detail"].startswith(FULL)
        health = server.ask("GET", "/health", key)
        assert (health.status_code, health.json()["database"]["writable"]) == (503, False)
        none_at_all()
        kiosk.asks_for("Council Tax")
        kiosk.shows(NO_NUMBER)
        robin.shows("Calls A001")
        robin.types("n")
        robin.is_told(FULL)

    kiosk.presses("Choose something else")
    given.append(kiosk.takes("Council Tax"))
    assert given == [f"A{number:03d}" for number in range(1, len(given) + 1)]
    assert [visit["number"] for visit in server.ask("GET", "/api/line", key).json()["visits"]] == given
    assert server.ask("GET", "/health", key).json()["ok"]
    robin.types("n")
    robin.shows("Since the call")


def test_a_database_held_by_another_program_is_told_and_the_next_press_works(serve, browser):
    server = serve(keeping={"busy_seconds": 0.4})
    kiosk, robin = Kiosk.opened(browser, server), Receptionist.opened(browser, server)
    robin.sits_at("Desk 1")
    assert kiosk.takes("Council Tax") == "A001"
    kiosk.is_done()
    robin.has_waiting("A001")
    with held(server):
        kiosk.asks_for("Council Tax")
        kiosk.shows(NO_NUMBER)
        robin.types("n")
        robin.is_told(HELD)
    kiosk.presses("Choose something else")
    assert kiosk.takes("Council Tax") == "A002"
    robin.types("n")
    robin.shows("Since the call")


# -- printers ----------------------------------------------------------------------------------------------------


def printers_process(server: Server) -> int | None:
    """The id of the process that speaks to the printers."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            ours = int(parent) == server.process.pid and state != "Z"
            if ours and b"reception.printing.process" in (folder / "cmdline").read_bytes():
                return int(folder.name)
        except OSError:
            continue  # it ended while we looked
    return None


def test_the_printers_process_may_die_tickets_go_on_and_it_prints_again(serve, printer):
    server = serve(printers=network(printer))
    kiosk = server.key("kiosk")

    def ticket():
        return server.ask("POST", "/api/tickets", kiosk, json={"service": "tax"}).status_code

    assert ticket() == 201
    printer.wait_for_slips(1)
    died = printers_process(server)
    os.kill(died, signal.SIGKILL)
    assert ticket() == 201
    assert eventually(lambda: printers_process(server)) != died
    assert ticket() == 201
    printer.wait_for_slips(3)
    assert printer.cuts == 3


@pytest.mark.parametrize("fault", ["off", "slow", "silent", "frozen", "out"])
def test_no_ticket_waits_for_a_printer(serve, printer, fault):
    if fault == "off":
        printer.switch_off()
    else:
        printer.slow_seconds, printer.fault = LONG, fault
    server = serve(printers=network(printer, confirm="status"), printing={"timeout_seconds": LONG})
    kiosk = server.key("kiosk")
    for number in range(1, 4):
        asked = time.monotonic()
        answer = server.ask("POST", "/api/tickets", kiosk, json={"service": "tax"})
        assert answer.json()["number"] == f"A{number:03d}"
        assert time.monotonic() - asked < LONG / 3
    if fault != "off":
        eventually(lambda: printer.connections)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("off", "The printer is not working. Your number is A001: please take a photo or remember it."),
        ("out", "The printer is out of paper. Your number is A001: please take a photo or remember it."),
        ("cover", "The printer is open. Your number is A001: please take a photo or remember it."),
        ("silent", "If there is none, take a photo of this screen or remember A001."),
    ],
)
def test_the_kiosk_says_what_helps_when_there_is_no_slip(serve, browser, printer, fault, said):
    if fault == "off":
        printer.switch_off()
    else:
        printer.fault = fault
    kiosk = Kiosk.opened(browser, serve(printers=network(printer), printing={"timeout_seconds": 0.5}))
    assert kiosk.takes("Council Tax") == "A001"
    kiosk.shows(said)


def test_everybody_is_told_of_a_printer_without_paper_not_the_first_alone(serve, browser, printer):
    printer.fault = "out"
    kiosk = Kiosk.opened(browser, serve(printers=network(printer)))
    for number in ("A001", "A002"):
        assert kiosk.takes("Council Tax") == number
        kiosk.shows(f"The printer is out of paper. Your number is {number}: please take a photo or remember it.")
        kiosk.is_done()


# -- guesses and floods ------------------------------------------------------------------------------------------


def test_wrong_keys_from_the_same_address_never_stop_a_paired_kiosk(serve, browser):
    server = serve(access={"guesses": 3})
    kiosk = Kiosk.opened(browser, server)
    wrong = [server.ask("GET", "/api/line", "wrong").status_code for _ in range(6)]
    assert wrong[0] == 401
    assert wrong[-1] == 429
    assert kiosk.takes("Council Tax") == "A001"
    kiosk.page.reload()
    assert kiosk.takes("Council Tax") == "A002"


def test_ten_megabytes_at_a_form_or_a_socket_are_refused_and_nobody_else_notices(serve, browser):
    server = serve()
    kiosk = Kiosk.opened(browser, server)
    flood = "x" * 10_000_000
    form = server.ask("POST", "/sign-in", data={"name": flood})
    assert form.status_code == 413
    assert "Nothing was done." in form.text
    screen = server.screen("kiosk", key=server.key("kiosk"))
    screen.client.emit("issue", {"service": flood}, namespace="/kiosk")
    eventually(lambda: not screen.connected)
    assert kiosk.takes("Council Tax") == "A001"
