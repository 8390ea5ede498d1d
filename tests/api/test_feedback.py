"""How it went, noted and listed over the API."""

from datetime import date, timedelta

import pytest

WORDS = {"text": "Forty minutes, standing.", "contact": "ann@example.org"}


@pytest.fixture(autouse=True)
def nothing_told(api_server):
    for table in ("feedback_stages", "feedback"):
        api_server.door.writer.do(lambda store, table=table: (store.execute(f"DELETE FROM {table}"), None))


def test_a_complaint_is_noted_once_with_its_reference_and_the_day_of_its_answer(api):
    visit = api.ticket()["id"]
    asked = {"kind": "complaint", "theme": "waiting", "visit": visit, **WORDS}
    first, again = (api.post("/api/feedback", json=asked, role="kiosk", once="one telling") for _ in range(2))
    noted = first.json()
    assert (first.status_code, again.json()) == (201, noted)
    assert (noted["kind"], noted["state"], noted["theme"]) == ("complaint", "open", "waiting")
    assert noted["reference"].startswith("F-") and noted["answer_on"] > date.today().isoformat()
    (listed,) = api.get("/api/feedback").json()["feedback"]
    assert (listed["id"], listed["visit"], listed["service"], listed["source"]) == (noted["id"], visit, "tax", "api")


def test_what_was_put_right_at_once_has_no_day(api):
    asked = {"kind": "complaint", "theme": "staff", "put_right": "We rang the team.", "source": "telephone"}
    noted = api.post("/api/feedback", json=asked, role="desk").json()
    assert (noted["state"], noted["answer_on"]) == ("put_right", None)


@pytest.mark.parametrize("staffs", [{"put_right": "Done."}, {"source": "letter"}, {"source": "desk"}])
def test_a_kiosks_key_cannot_say_what_only_staff_can(api, staffs):
    asked = {"kind": "complaint", "theme": "staff"}
    answer = api.post("/api/feedback", role="kiosk", json=asked | staffs)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert api.get("/api/feedback").json()["feedback"] == []
    assert api.post("/api/feedback", role="kiosk", json=asked | {"source": "kiosk"}).status_code == 201


def test_the_list_has_nothing_that_anybody_wrote(api):
    api.post("/api/feedback", json={"kind": "comment", **WORDS})
    answer = api.get("/api/feedback")
    assert len(answer.json()["feedback"]) == 1
    assert not any(text in answer.text for text in WORDS.values())


def test_a_day_before_it_was_told_lists_nothing_and_what_is_no_day_is_refused(api):
    api.post("/api/feedback", json={"kind": "compliment", "theme": "staff"})
    before = (date.today() - timedelta(days=2)).isoformat()
    assert api.get(f"/api/feedback?from=2020-01-01&to={before}").json()["feedback"] == []
    assert api.get("/api/feedback?from=2020-01-01").json()["feedback"] != []
    assert api.get("/api/feedback?from=soon").json()["code"] == "period_unreadable"


def test_days_that_run_backwards_are_refused_with_a_sentence(api):
    answer = api.get("/api/feedback?from=2026-03-03&to=2026-03-02")
    assert (answer.status_code, answer.json()["code"]) == (422, "period_backwards")
    assert "2026-03-03 is after 2026-03-02" in answer.text


def test_the_office_names_its_themes(api):
    assert {"key": "waiting", "name": "Waiting"} in api.get("/api/office").json()["themes"]
