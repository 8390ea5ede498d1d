"""An Idempotency-Key: the same key has the same answer, and what it asks happens once."""

from functools import partial

import pytest

from tests.api.conftest import soon
from tests.builders import at_once


def test_the_same_key_has_the_same_answer_to_the_letter(api):
    first = api.post("/api/tickets", json={"service": "tax"}, once="a touch")
    api.ticket()
    again = api.post("/api/tickets", json={"service": "tax"}, once="a touch")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert len(api.line()) == 2


def test_the_same_question_spelled_otherwise_is_the_same_question(api):
    first = api.post("/api/tickets", json={"service": "tax", "print": False}, once="spelling")
    again = api.post(
        "/api/tickets",
        data='{ "print":false,\n"service":"t\\u0061x" }',
        headers={"Content-Type": "application/json"},
        once="spelling",
    )
    assert again.content == first.content


def test_nobody_is_called_twice_for_one_press(api):
    first, second = api.ticket(), api.ticket()
    said = [api.post("/api/desks/1/next", once="press").json()["id"] for _ in range(3)]
    assert said == [first["id"]] * 3
    assert api.get(f"/api/visits/{second['id']}").json()["state"] == "waiting"


def test_204_is_an_answer_too(api):
    assert api.post("/api/desks/1/next", once="empty").status_code == 204
    api.ticket()
    assert api.post("/api/desks/1/next", once="empty").status_code == 204
    assert [visit["state"] for visit in api.line()] == ["waiting"]


def test_a_refusal_stays_a_refusal(api):
    first = api.post("/api/desks/1/undo", once="refused")
    visit = api.ticket()
    refused = api.post(f"/api/visits/{visit['id']}/start", once="too early")
    api.post("/api/desks/1/next")
    again = api.post(f"/api/visits/{visit['id']}/start", once="too early")
    assert first.status_code in (200, 409)
    assert (refused.status_code, refused.json()["code"]) == (409, "step_does_not_fit")
    assert (again.status_code, again.content, again.headers["Content-Type"]) == (
        409,
        refused.content,
        "application/problem+json",
    )
    assert api.get(f"/api/visits/{visit['id']}").json()["state"] == "called"


def test_what_a_manager_wrote_is_told_and_not_stored_with_the_answer(api):
    key = api.server.key("kiosk")
    kiosk, words = api.server.keys.holder(key, "bearer").id, "Being mended by Robin."
    api.post("/api/rulings", json={"kind": "kiosk", "subject": kiosk, "value": "locked", "text": words})
    refused = api.post("/api/tickets", key=key, json={"service": "tax"}, once="at a locked kiosk")
    assert (refused.status_code, refused.json()["detail"]) == (409, words)
    bodies = "SELECT body FROM answers WHERE instr(body, ?)"
    assert api.server.door.store.reader.execute(bodies, (words,)).fetchall() == []


def test_what_is_stored_for_a_desk_is_how_the_change_left_it(api):
    opened = api.post("/api/desks/1/open", once="a desk").json()
    assert api.post("/api/desks/1/open", once="a desk").json() == opened
    (desk,) = [desk for desk in api.get("/api/desks").json()["desks"] if desk["key"] == "1"]
    assert desk == {**opened, "services": desk["services"]}
    assert opened["state"] == "open"


@pytest.mark.parametrize("path", ["/api/tickets", "/api/desks/1/walk-in"])
def test_another_question_under_the_key_is_refused(api, path):
    api.post("/api/tickets", json={"service": "tax"}, once=f"used {path}")
    other = api.post(path, json={"service": "housing"}, once=f"used {path}")
    assert (other.status_code, other.json()["code"]) == (422, "key_used_otherwise")
    assert len(api.line()) == 1


def test_every_post_takes_one(api):
    visit = api.ticket()["id"]
    asked = [
        ("/api/desks/1/open", {}),
        ("/api/desks/1/pause", {}),
        ("/api/desks/1/close", {}),
        ("/api/desks/1/walk-in", {"service": "tax"}),
        ("/api/desks/1/undo", {}),
        (f"/api/visits/{visit}/call", {"desk": "2"}),
        (f"/api/visits/{visit}/recall", {}),
        (f"/api/visits/{visit}/undo", {}),
        ("/api/desks/2/call", {"visit": visit}),
        (f"/api/visits/{visit}/offer", {"service": "housing", "wanted": True}),
        (f"/api/visits/{visit}/plan", {"to_come": []}),
        (f"/api/visits/{visit}/note", {"remark": "Needs a pen", "party": 2}),
        (f"/api/visits/{visit}/flag-times", {}),
        (f"/api/visits/{visit}/transfer", {"service": "housing"}),
        (f"/api/visits/{visit}/hold", {"minutes": 5}),
        (f"/api/visits/{visit}/resume", {}),
        (f"/api/visits/{visit}/finish", {}),
        ("/api/desks/2/help", {"step": "ask"}),
        ("/api/owed", {"what": "Ring back", "kind": "call_back", "contact": "Ann, 01632 960 000"}),
        ("/api/rulings", {"kind": "quota", "subject": "housing", "value": "40"}),
        ("/api/appointments", {"appointments": [{"reference": "X", "service": "tax", "start": soon()}]}),
        ("/api/check-in", {"reference": "X", "anyway": True}),
    ]
    for place, (path, body) in enumerate(asked):
        steps = [self_and_steps(api, path, body, f"every {place}") for _ in range(2)]
        assert steps[0][0].content == steps[1][0].content
        assert steps[0][1] == steps[1][1], f"{path} happened twice"


def self_and_steps(api, path, body, once):
    answer = api.post(path, json=body, once=once)
    return answer, api.get("/api/line").json()["step"]


def test_the_key_belongs_to_its_holder(api):
    one, other = api.server.key("desk"), api.server.key("desk")
    said = [
        api.post("/api/tickets", key=key, json={"service": "tax"}, once="same").json()["id"] for key in (one, other)
    ]
    assert said[0] != said[1]


def test_eight_at_once_with_one_key_make_one_ticket(api):
    asked = [
        lambda: api.server.ask(
            "POST", "/api/tickets", api.key, json={"service": "tax"}, headers={"Idempotency-Key": "eight"}
        )
    ] * 8
    said = at_once(*asked)
    assert {answer.status_code for answer in said} == {201}
    assert len({answer.content for answer in said}) == 1
    assert len(api.line()) == 1


def test_two_desks_that_press_next_at_once_get_two_visitors(api):
    for _ in range(10):
        api.ticket(), api.ticket()
        said = at_once(*(partial(api.server.ask, "POST", f"/api/desks/{desk}/next", api.key) for desk in "12"))
        assert len({answer.json()["id"] for answer in said}) == 2


def test_the_answer_outlives_the_server(api):
    first = api.post("/api/tickets", json={"service": "tax"}, once="before the power cut")
    api.server.stop(kill=True)
    api.server.start()
    again = api.post("/api/tickets", json={"service": "tax"}, once="before the power cut")
    assert again.content == first.content
    assert len(api.line()) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "caf\xe9", "\xff", "a\tb"])
def test_a_key_that_is_not_plain_is_refused(api, key):
    answer = api.post("/api/tickets", json={"service": "tax"}, headers={"Idempotency-Key": key.encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (400, "poor_idempotency_key")
    assert api.line() == []


def test_a_mistake_in_the_question_can_be_mended_under_the_same_key(api):
    assert api.post("/api/tickets", json={"servce": "tax"}, once="mended").status_code == 422
    assert api.post("/api/tickets", json={"service": "tax"}, once="mended").status_code == 201
