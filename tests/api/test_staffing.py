"""Staffing over the API: an honest word where nothing is known, and clear refusals of what cannot be asked."""

import pytest


def test_before_there_is_any_plan_there_is_none(api):
    found = api.get("/api/staffing").json()
    assert found["plan"] is None or found["plan"]["days"]
    assert found["progress"]["key"] in ("idle", "working", "cancelled", "interrupted")  # by tests before, or not
    assert found["changed"] == []


def test_a_plan_is_begun_and_stopped(api):
    begun = api.post("/api/staffing")
    assert begun.status_code == 202 and begun.json()["progress"]["key"] in ("working", "idle")
    assert api.post("/api/staffing/cancel").json()["progress"]["key"] in ("cancelled", "idle")


def test_what_would_be_of_an_office_without_a_past(api):
    found = api.get("/api/staffing/what-if?desks=1&people=20&skills=1:tax&lunches=1:12:30").json()["what_if"]
    assert found["key"] == "no_history" and found["after"]["share"] is None
    assert found["changes"] == {
        "desks": 1,
        "people": 20,
        "earlier": 0,
        "skills": [["1", "tax"]],
        "lunches": [["1", 750]],
    }


def test_the_hour_ahead_of_an_office_without_a_past(api):
    found = api.get("/api/staffing/today").json()["today"]
    assert found["key"] in ("no_history", "no_desks", "closed", "ok")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("day=2020-01-01", 422, "staffing_no_such_day"),
        ("day=tomorrow", 422, "wrong_values"),
        ("desks=21", 422, "wrong_values"),
        ("desks=one", 422, "wrong_values"),
        ("people=-101", 422, "wrong_values"),
        ("earlier=-5", 422, "wrong_values"),
        ("dragons=1", 422, "wrong_values"),
        ("skills=9:tax", 404, "unknown_desk"),
        ("skills=1:dragons", 422, "unknown_service"),
        ("skills=tax", 422, "staffing_no_such_change"),
        ("lunches=1:25:00", 422, "staffing_no_such_change"),
        ("lunches=1", 422, "staffing_no_such_change"),
    ],
)
def test_what_cannot_be_asked_is_refused(api, asked, status, code):
    answer = api.get(f"/api/staffing/what-if?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
