"""The ticket's screen in large letters on a tablet, where there is little room: the number is always there, and all
that is said besides can be read."""

import pytest
from playwright.sync_api import expect

from tests.fakes.printer import FakePrinter
from tests.kiosk.conftest import DESKS, OFFICE, TABLET, Kiosk
from tests.kiosk.test_kiosk_reach import CUT, OVER, TABLET_MM_PER_PX, WHOLE
from tests.outside import Server

LONG = ("gd", "pl", "ur")  # many words, and tall letters
SLOW = 30_000  # ms: a printer that never says gets its time, and so does an estimate on a busy machine
SEEN = """() => [...document.querySelectorAll("[data-part] > .lead, [data-part] > .slip, .slip-asks > b")]
    .filter((one) => one.checkVisibility())
    .map((one) => one.className || "question")"""


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory):
    """Two wait, and the printer never says that a slip came out."""
    with FakePrinter("no_job_id") as printer:
        lobby = {"key": "lobby", "name": "Lobby", "kind": "network", "host": printer.host, "port": printer.port}
        server = Server(
            tmp_path_factory.mktemp("large"),
            office=OFFICE,
            services=[{"key": "tax", "name": "Council Tax", "letter": "A"}],
            desks=DESKS[:1],
            catalogues={"offered": ["en", *LONG]},
            kiosk={"asks_language": False, "asks_needs": False, "mm_per_px": TABLET_MM_PER_PX, "ticket_seconds": 90},
            printers=[lobby | {"confirm": "job_id"}],
        )
        server.door.set_desk(desk="1", state="open", by="person:1")
        for _ in range(2):
            server.door.issue(service="tax", by="test")
        yield server
        server.close()


@pytest.mark.parametrize("language", LONG)
def test_the_number_stands_there_whatever_is_said_and_nothing_runs_out(page, doubtful, language):
    page.set_viewport_size(TABLET)
    doubtful.enter(page.context, "kiosk")
    page.goto(f"{doubtful.url}/kiosk?language={language}")
    page.locator("[data-larger]").click()
    expect(page.locator("[data-text='service.tax.expected']")).not_to_be_empty(timeout=SLOW)
    Kiosk(page, doubtful).press("Council Tax")
    expect(page.locator(".ticket-wait b")).not_to_be_empty()
    is_whole(page)
    question = page.locator(".slip-asks:not([hidden]) > b")
    expect(question).to_be_visible(timeout=SLOW)  # by itself
    assert read_through(page) == {"lead ticket-wait", "lead", "slip", "question"}


def read_through(page) -> set[str]:
    """The kinds of sentences on all pages of it, each of which is whole."""
    seen, more = set(), page.locator("[data-turn]:visible")
    for _ in range(page.locator("[data-part]").count()):
        is_whole(page)
        seen |= set(page.evaluate(SEEN))
        if more.count():
            more.press("Enter")
    return seen


def is_whole(page) -> None:
    expect(page.locator(".ticket-number b")).to_be_in_viewport(ratio=1)
    expect(page.locator(".screen-ticket [data-done]")).to_be_in_viewport(ratio=1)
    assert page.evaluate(CUT, WHOLE) == []
    assert page.evaluate(OVER) == []
