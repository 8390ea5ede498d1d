"""What a manager does about a warning with one press: they ask a desk, or let it take what no desk is set up for."""

import pytest
from playwright.sync_api import expect

from reception.warning.advice import Advice
from reception.warning.due import Near
from tests.outside import Server

HOUR = 3_600_000
DESKS = [
    {"key": "1", "name": "Desk 1", "services": ["tax"]},
    {"key": "2", "name": "Desk 2", "services": ["tax"], "helps": ["housing"]},
]  # nobody takes parking


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("office"), desks=DESKS)
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


def test_a_desk_is_let_take_what_no_desk_is_set_up_for_calls_them_and_is_set_back(server, page):
    door = server.door
    door.set_desk(desk="2", state="open", by="person:2")
    visit = door.issue(service="parking", by="kiosk:lobby").visit
    door.warn([(Near(visit, 0.9, HOUR, visit.arrived_at + HOUR), Advice("closed"))])
    server.enter(page.context, "manager")
    page.goto(server.url + "/manage")
    told = page.get_by_role("region", name="Likely to wait too long")
    expect(told).to_contain_text(f"{visit.number}: No desk is set up for Parking. Let another desk take it.")
    expect(told.get_by_role("link", name="Choose another")).to_have_attribute("href", "/manage/today#desks")
    told.get_by_role("button", name=f"Let Desk 2 take it ({visit.number})").click()
    expect(page.get_by_text("Desk 2 takes Parking, until the end of today.")).to_be_visible()
    expect(told).to_contain_text("Desk 2 can call now.")
    assert door.call_next(desk="2", by="person:2").id == visit.id
    expect(told).to_be_hidden()
    decided = page.get_by_role("region", name="Decided for now")
    expect(decided).to_contain_text(
        "Desk 2 takes Council Tax and Parking and helps with Housing until the end of today"
    )
    decided.get_by_role("button", name="Take it back (Desk 2 takes").click()
    expect(page.get_by_text("Desk 2 is as the settings say.")).to_be_visible()


def test_letting_a_desk_take_a_service_leaves_what_was_decided_about_it_and_is_done_once(server):
    door, manager = server.door, server.screen("manage", key=server.key("manager"))
    door.rule(kind="serves", subject="2", value="housing|tax parking", by="test")
    asked = {"desk": "2", "service": "parking"}
    said = [manager.ask("let_take", asked)["said"] for _press in range(2)]
    ruling = door.look()[1].rulings["serves:2"]
    assert said == ["Desk 2 takes Parking, until changed.", "Desk 2 takes Parking already."]
    assert (ruling.value, ruling.until_at) == ("housing parking|tax", None)
    refused = [manager.ask("let_take", {**asked, **wrong})["reason"] for wrong in ({"desk": "9"}, {"service": "9"})]
    assert refused == ["unknown_desk", "unknown_service"]
    door.rule(kind="serves", subject="2", value=None, by="test")
