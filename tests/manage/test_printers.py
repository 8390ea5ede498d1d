"""The printers on the managers' pages: what is the matter, where, what helps; the roll; a slip printed again."""

import pytest

from manage.live import Manage
from manage.pages import blueprint
from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.printing.link import Printers
from reception.printing.rolls import Roll
from reception.store import Store
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import TEN, office
from tests.manage.conftest import Manager

PRINTERS = [
    {
        **{"key": "lobby", "name": "Lobby kiosk", "place": "by the main door", "kind": "network", "host": "192.0.2.1"},
        **{"kiosks": ["Door"], "backup": "desk"},
    },
    {"key": "desk", "name": "Desk printer", "kind": "network", "host": "192.0.2.2", "confirm": "none"},
]


@pytest.fixture
def parts(tmp_path, hands):
    settings = office(server={"data": tmp_path, "secure_cookies": False}, printers=PRINTERS)
    store = Store(tmp_path / "reception.db")
    frontdesk = FrontDesk(settings, store, clock=hands.clock)
    made = Parts(settings, store, frontdesk, Keys(frontdesk), Guesses(settings))
    made.printers = Printers(made)
    yield made
    store.close()


@pytest.fixture
def manager(parts):
    return Manager(parts, create_app(parts, [(blueprint, Manage)])[0], "manager")


@pytest.fixture
def now(parts, manager):
    """What the page of now is sent."""
    return lambda: parts.faces["/manage"].picture(None)


def says(parts, printer: str, state: str, cause: str | None) -> None:
    told = {"state": state, "cause": cause, "remedy": None, "since": TEN, "heard_at": TEN, "at": TEN}
    parts.printers.heard({"kind": "condition", "printer": printer, **told})


def section(page: str) -> str:
    return " ".join(page.split('id="printers"')[1].split("</ul>")[0].split())


def test_a_printer_in_trouble_says_what_where_and_what_helps(parts, manager):
    says(parts, "lobby", "cover", "cover")
    page = section(manager.get("/manage/devices").text)
    assert "by the main door" in page and "Cover open" in page
    assert "The printer&#39;s cover is open. Close the cover until it clicks." in page
    assert "What it cannot begin comes out at Desk printer." in page


def test_each_kiosk_stands_with_its_own_printer(parts, manager):
    for name in ("Door", "Side door"):
        parts.keys.add(name=name, role="kiosk", kind="browser", by="test")
    assert "Tickets of Door, Side door come out here." in section(manager.get("/manage/devices").text)


def test_a_printer_that_is_not_asked_says_so_and_needs_nobody(parts, manager, now):
    says(parts, "desk", "unknown", "not_monitored")
    assert "Not monitored" in section(manager.get("/manage/devices").text)
    assert now()["troubles"] == []


def test_a_printer_that_fell_silent_needs_somebody(parts, now):
    says(parts, "lobby", "unknown", "silent")
    (trouble,) = now()["troubles"]
    assert (trouble["where"], trouble["matter"]) == (
        "Lobby kiosk, by the main door",
        "The printer says nothing, neither of itself nor of its slips.",
    )


def test_a_roll_near_its_end_is_told_with_the_tickets_left(parts, manager, now):
    says(parts, "lobby", "near_end", "near_end")
    assert "About 21 tickets are left on the roll." in section(manager.get("/manage/devices").text)
    assert [one["left"] for one in now()["troubles"]] == [21]


def test_one_press_says_that_a_new_roll_is_in(parts, manager):
    says(parts, "lobby", "near_end", "near_end")
    manager.post("/manage/devices/printers/lobby/roll")
    page = manager.get("/manage/devices").text
    assert "A new roll is in: Lobby kiosk." in page and "About 571 tickets are left" in page
    assert parts.store.roll("office", "lobby") == Roll(changed_at=TEN)
    manager.post("/manage/devices/printers/nothing/roll", status=422)


def test_a_manager_prints_a_slip_again_until_the_visit_has_ended(parts, manager):
    visit = parts.frontdesk.issue(service="tax", by="kiosk:lobby").visit
    assert "Print A001 again" in manager.get(f"/manage/visits/{visit.id}").text
    manager.post(f"/manage/visits/{visit.id}/reprint", printer="desk")
    made = parts.store.reader.execute("SELECT printer, kind FROM print_jobs").fetchall()
    assert made == [("desk", "reprint")]
    assert "The slip was printed again: Desk printer" in manager.get(f"/manage/visits/{visit.id}").text
    parts.frontdesk.step("leave", visit=visit.id, by="person:1")
    assert "Print A001 again" not in manager.get(f"/manage/visits/{visit.id}").text
    manager.post(f"/manage/visits/{visit.id}/reprint", printer="desk", status=409)
