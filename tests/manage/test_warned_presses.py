"""What a manager does about a warning with one press where a desk has to do it itself: they ask that desk."""

import pytest
from playwright.sync_api import expect

from reception.warning.advice import Advice
from reception.warning.due import Near
from tests.outside import Server

HOUR = 3_600_000


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("office"))
    yield running
    running.close()


@pytest.fixture
def server(running):
    running.clear()
    return running


def test_a_manager_asks_a_desk_to_call_and_another_to_begin_its_break_later(server, page):
    door = server.door
    for desk in ("1", "2"):
        door.set_desk(desk=desk, state="open", by=f"person:{desk}")
    visits = [door.issue(service="tax", by="kiosk:lobby").visit for _ in range(2)]
    advice = [Advice("silent", "1", 1, "call", "1", 0.1), Advice("break", "2", None, "break", "2", 0.1)]
    near = [Near(visit, 0.9, HOUR, visit.arrived_at + HOUR) for visit in visits]
    door.warn(list(zip(near, advice, strict=True)))
    server.enter(page.context, "manager")
    page.goto(server.url + "/manage")
    page.get_by_role("button", name="Ask the desk to call").click()
    expect(page.get_by_text("Desk 1 is asked to call.")).to_be_visible()
    page.get_by_role("button", name="Ask the desk to stay").click()
    expect(page.get_by_text("Desk 2 is asked to begin its break later.")).to_be_visible()
    room = door.look()[1]
    assert [door.text_of(room, "message", desk) for desk in ("1", "2")] == [
        "Please call whoever is next for you now: 2 people wait.",
        "Please begin your break later, if you can: 2 people wait.",
    ]


def test_a_desk_that_has_called_or_closed_meanwhile_is_not_asked(server):
    door, manager = server.door, server.screen("manage", key=server.key("manager"))
    door.set_desk(desk="1", state="open", by="person:1")
    visit = door.issue(service="tax", by="kiosk:lobby").visit
    door.call_next(desk="1", by="person:1")
    before = door.look()[1].rulings
    said = [manager.ask("ask_to_call", {"desk": desk})["said"] for desk in ("1", "2")]
    assert said == [f"Desk 1 has called {visit.number} already.", "Desk 2 is not open now, so nobody there was asked."]
    assert manager.ask("ask_to_stay", {"desk": "2"})["said"] == said[1]
    assert manager.ask("ask_to_call", {"desk": "99"})["reason"] == "unknown_desk"
    assert door.look()[1].rulings == before
