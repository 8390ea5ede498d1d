"""The API's document, and every route of it: what is asked, what is answered, and by whom it may be asked."""

import re

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from reception.data.tables import TABLES
from reception.keys import ROLES
from reception.web import api as served
from tests.api.conftest import NOON

STAFF = {"desk", "receptionist", "manager", "admin"}
ANYONE = set(ROLES) | {None}
MANAGERS = {"manager", "admin"}
READERS = MANAGERS | {"figures"}
OF_A_DESK = "next walk-in call undo open pause close hand-over help".split()
OF_A_VISIT = "call undo finish hold transfer plan offer note reprint flag-times {step}".split()
MAY = {
    **{("POST", path): STAFF | {"kiosk"} for path in ("/api/tickets", "/api/check-in", "/api/feedback")},
    **{("POST", f"/api/keeper/{what}"): {"kiosk"} for what in ("contact", "tickets", "printing")},
    **{("POST", f"/api/desks/{{desk}}/{what}"): STAFF for what in OF_A_DESK},
    **{("POST", f"/api/visits/{{visit}}/{what}"): STAFF for what in OF_A_VISIT},
    ("POST", "/api/visits/{visit}/correct"): MANAGERS,
    ("POST", "/api/owed"): STAFF,
    **{("POST", f"/api/owed/{{promise}}/{what}"): STAFF for what in ("keep", "change", "withdraw")},
    ("POST", "/api/appointments"): MANAGERS,
    ("POST", "/api/appointments/{appointment}/cancel"): STAFF,
    ("POST", "/api/rulings"): MANAGERS,
    ("POST", "/api/outages/{outage}/note"): MANAGERS,
    ("GET", "/api/rulings"): MANAGERS,
    ("GET", "/api/feedback"): MANAGERS,
    ("GET", "/api/desks/{desk}/next"): STAFF,
    **{("GET", f"/api/{what}"): STAFF for what in ("line", "desks", "choices", "owed", "appointments")},
    ("GET", "/api/visits/{visit}"): STAFF,
    ("GET", "/api/office"): set(ROLES),
    ("GET", "/api/board"): set(ROLES),
    ("GET", "/api/figures"): READERS,
    ("GET", "/api/warnings"): READERS,
    **{("GET", f"/api/staffing{what}"): READERS for what in ("", "/today", "/what-if")},
    **{("POST", f"/api/staffing{what}"): MANAGERS for what in ("", "/cancel")},
    **{("GET", f"/api/data/{table}"): READERS for table in TABLES},
    ("GET", "/api/openapi.json"): ANYONE,
    ("GET", "/health"): ANYONE,
}


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: {"desk": "1", "step": "start"}.get(name[1], "none"), path)


def test_the_document_is_valid_openapi_3_1(api):
    assert api.document["openapi"].startswith("3.1.")
    validate(api.document, cls=OpenAPIV31SpecValidator)


def test_every_route_of_the_api_is_in_the_document_and_in_the_table_of_who_may(api):
    app = Flask("routes")
    app.register_blueprint(served.blueprint)
    routes = {
        (method, rule.rule.replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if rule.endpoint.startswith("api.")
    }
    assert set(api.routes()) == routes == set(MAY)


@pytest.mark.parametrize("role", [*ROLES, None])
@pytest.mark.parametrize(("method", "path"), MAY)
def test_who_may_ask(api, method, path, role):
    answer = api.ask(method, filled(path), role=role)
    allowed = role in MAY[method, path]
    assert (answer.status_code not in (401, 403)) == allowed, answer.text
    if not allowed:
        assert answer.status_code == (403 if role else 401)


def test_a_visit_goes_its_whole_way_over_the_api(api):
    asked = api.post("/api/tickets", json={"service": "tax"}).json()
    assert (asked["state"], asked["ahead"], asked["channel"]) == ("waiting", 0, "api")
    assert asked["url"].startswith("http")
    called = api.post("/api/desks/1/next").json()
    assert (called["id"], called["state"], called["desk"]) == (asked["id"], "called", "1")
    states = [api.post(f"/api/visits/{asked['id']}/{step}").json()["state"] for step in ("recall", "start", "finish")]
    assert states == ["called", "serving", "completed"]
    assert api.get(f"/api/visits/{asked['id']}").json()["ended_at"] is not None
    assert api.line() == []


def test_people_ahead_are_counted(api):
    assert [api.ticket()["ahead"] for _ in range(3)] == [0, 1, 2]


def test_next_answers_204_when_nobody_waits(api):
    answer = api.post("/api/desks/1/next")
    assert (answer.status_code, answer.content) == (204, b"")


def test_next_finishes_whoever_is_at_the_desk(api):
    first, second = api.ticket(), api.ticket()
    assert api.post("/api/desks/1/next").json()["id"] == first["id"]
    assert api.post("/api/desks/1/next", json={}).json()["id"] == second["id"]
    assert api.get(f"/api/visits/{first['id']}").json()["state"] == "completed"


def test_a_screen_that_is_out_of_date_is_refused_and_skips_nobody(api):
    first, second = api.ticket(), api.ticket()
    api.post("/api/desks/1/next", json={"leaving": None})
    again = api.post("/api/desks/1/next", json={"leaving": None})
    assert (again.status_code, again.json()["code"]) == (409, "screen_out_of_date")
    assert api.post("/api/desks/1/next", json={"leaving": first["id"]}).json()["id"] == second["id"]


@pytest.mark.parametrize("spelling", ["not_here", "not-here"])
def test_steps_may_be_spelled_with_hyphens(api, spelling):
    visit = api.ticket()["id"]
    api.post("/api/desks/1/next")
    assert api.post(f"/api/visits/{visit}/{spelling}").json()["state"] == "no_show"
    assert api.post(f"/api/visits/{visit}/reinstate").json()["state"] == "waiting"


@pytest.mark.parametrize(("step", "state"), [("return_to_line", "waiting"), ("leave", "left"), ("cancel", "cancelled")])
def test_the_other_steps(api, step, state):
    visit = api.ticket()["id"]
    api.post("/api/desks/1/next")
    assert api.post(f"/api/visits/{visit}/{step}").json()["state"] == state


def test_a_visitor_can_be_called_out_of_turn_by_number_and_by_id(api):
    api.ticket()
    second, third = api.ticket(), api.ticket()
    by_number = api.post("/api/desks/1/call", json={"number": second["number"].lower(), "reason": "upset"})
    assert by_number.json()["id"] == second["id"]
    asked = {"desk": "2", "reason": "manager"}
    assert api.post(f"/api/visits/{third['id']}/call", json=asked).json()["desk"] == "2"


def test_calling_out_of_turn_takes_a_reason_from_the_offices_list(api):
    _first, second = api.ticket(), api.ticket()
    for asked, code in (({}, "reason_needed"), ({"reason": "because"}, "unknown_reason")):
        refused = api.post("/api/desks/1/call", json={"visit": second["id"], **asked})
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert api.line()[1]["state"] == "waiting"


def test_undo_takes_back_the_last_press(api):
    visit = api.ticket()
    api.post("/api/desks/1/next")
    undone = api.post("/api/desks/1/undo").json()
    assert (undone["id"], undone["state"], undone["desk"]) == (visit["id"], "waiting", None)
    assert undone["waits_from"] == visit["waits_from"]
    api.post(f"/api/visits/{visit['id']}/cancel")
    assert api.post(f"/api/visits/{visit['id']}/undo").json()["state"] == "waiting"


def test_a_walk_in_is_helped_at_once_or_waits(api):
    waiting = api.post("/api/desks/1/walk-in", json={"service": "tax", "wait": True})
    assert (waiting.status_code, waiting.json()["state"]) == (201, "waiting")
    helped = api.post("/api/desks/1/walk-in", json={"service": "tax"}).json()
    assert (helped["state"], helped["desk"]) == ("serving", "1")


def test_desks_open_pause_and_close(api):
    said = [api.post(f"/api/desks/2/{what}").json()["state"] for what in ("open", "pause", "open", "close")]
    assert said == ["open", "paused", "open", "closed"]
    assert {desk["key"]: desk["state"] for desk in api.get("/api/office").json()["desks"]}["2"] == "closed"


def test_a_desk_with_somebody_at_it_cannot_close(api):
    api.ticket()
    api.post("/api/desks/1/next")
    refused = api.post("/api/desks/1/close")
    assert (refused.status_code, refused.json()["code"]) == (409, "desk_has_visitor")


def test_the_office_says_what_it_has_and_when_it_is_open(api):
    office = api.get("/api/office").json()
    assert [service["key"] for service in office["services"]] == ["tax", "housing", "appeals", "permits"]
    assert [service["open"] for service in office["services"]] == [True, True, False, False]
    assert office["desks"][2] == office["desks"][2] | {"key": "3", "name": "Desk 3", "services": ["housing"]}
    assert office["hours"]["monday"] == ["00:00-00:00"]
    assert (office["open"], office["target_seconds"], office["timezone"]) == (True, 300, NOON)


def test_the_line_is_in_calling_order_with_those_at_desks_first(api):
    first, second, third = api.ticket(), api.ticket("housing"), api.ticket()
    api.post("/api/desks/3/next")
    assert [visit["id"] for visit in api.line()] == [second["id"], first["id"], third["id"]]


def test_the_board_shows_the_call_and_no_service(api):
    visit = api.ticket()
    api.post("/api/desks/1/next")
    board = api.get("/api/board", role="display").json()
    assert board["calls"][0] | {"id": visit["id"], "number": visit["number"], "desk": "1"} == board["calls"][0]
    assert "tax" not in str(board).lower()


def test_figures_of_today_count_what_was_done(api):
    before = api.get("/api/figures").json()["total"]
    api.ticket()
    today = api.get("/api/figures").json()
    after = today["total"]
    assert after["arrivals"] + after["recent"] == before["arrivals"] + before["recent"] + 1
    assert today["from"] == today["to"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("from=2030-01-01", "period_not_over"),
        ("from=2026-02-30", "period_unreadable"),
        ("from=%E2%80%AE", "period_unreadable"),
        ("from=2020-01-02&to=2020-01-01", "period_backwards"),
        ("since=2020-01-02", "wrong_values"),
    ],
)
def test_a_period_that_cannot_be_is_refused(api, asked, code):
    answer = api.get(f"/api/figures?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_health_says_ok_alone_without_a_key_and_all_with_one(api):
    assert api.get("/health", role=None).json() == {"ok": True}
    full = api.get("/health", role="display").json()
    assert full["database"]["writable"] and full["database"]["newest_step"] > 0
    assert full["disk"]["free"] > 0
    assert [printer["key"] for printer in full["printers"]] == ["virtual"]


def test_a_wrong_key_is_told_even_where_none_is_needed(api):
    assert api.get("/health", role=None, key="wrong").status_code == 401


def test_a_kiosks_ticket_is_printed_and_others_only_when_asked(api):
    def jobs(**sent):
        visit = api.post("/api/tickets", **sent).json()
        rows = api.server.door.store.reader.execute("SELECT printer FROM print_jobs WHERE visit = ?", (visit["id"],))
        return visit["channel"], [printer for (printer,) in rows.fetchall()]

    assert jobs(role="kiosk", json={"service": "tax"}) == ("kiosk", ["virtual"])
    assert jobs(role="kiosk", json={"service": "tax", "print": False}) == ("kiosk", [])
    assert jobs(json={"service": "tax"}) == ("api", [])
    assert jobs(json={"service": "tax", "print": True}) == ("api", ["virtual"])


def test_a_slip_is_printed_again_where_it_is_wanted_until_the_visit_has_ended(api):
    visit = api.post("/api/tickets", json={"service": "tax"}).json()["id"]
    for _ in range(2):
        again = api.post(f"/api/visits/{visit}/reprint", json={"printer": "virtual"}, once="one slip")
        assert again.json()["id"] == visit
    rows = api.server.door.store.reader.execute("SELECT printer, kind FROM print_jobs WHERE visit = ?", (visit,))
    assert rows.fetchall() == [("virtual", "reprint")]
    nowhere = api.post(f"/api/visits/{visit}/reprint", json={"printer": "nowhere"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "unknown_printer")
    api.post(f"/api/visits/{visit}/leave")
    assert api.post(f"/api/visits/{visit}/reprint").json()["code"] == "visit_ended"
    assert api.post(f"/api/visits/{visit}/reprint", role="kiosk").status_code == 403
