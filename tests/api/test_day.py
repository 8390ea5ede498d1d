"""A day at the desks over the API: everything that the faces can do, another system can do as well."""

import pytest

from tests.api.conftest import soon


def known(api, visit: dict) -> dict:
    return api.get(f"/api/visits/{visit['id']}").json()["known"]


def step(api, visit: dict, name: str, **said) -> dict:
    answer = api.post(f"/api/visits/{visit['id']}/{name}", json=said)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def called(api):
    """A visitor called to desk 1."""
    api.ticket()
    return api.post("/api/desks/1/next").json()


def test_needs_and_remarks_are_seen_by_staff_and_stand_in_no_other_answer(api):
    asked = {"service": "tax", "needs": ["bsl", "discreet"], "remark": "Came with her sister", "party": 2}
    ticket = api.post("/api/tickets", json=asked, once="a ticket with needs").json()
    assert "sister" not in str(ticket) and "bsl" not in str(ticket)
    line = api.line()[0]
    assert (line["known"]["needs"], line["known"]["remark"]) == (["bsl", "discreet"], "Came with her sister")
    assert (line["discreet"], line["party"]) == (True, 2)
    remembered = api.server.door.store.reader.execute("SELECT group_concat(body) FROM answers").fetchone()[0]
    assert ticket["id"] in remembered and "sister" not in remembered


@pytest.mark.parametrize("staffs", [{"remark": "x"}, {"greeted": True}])
def test_a_kiosks_key_cannot_say_what_only_staff_can(api, staffs):
    answer = api.post("/api/tickets", role="kiosk", json={"service": "tax", **staffs})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert api.line() == []


def test_who_is_next_is_said_with_the_reason(api):
    nobody = api.get("/api/desks/2/next").json()
    first, sent_on = api.ticket(), api.ticket()
    step(api, sent_on, "transfer", service="housing", reason="specialist", said="Bring the lease")
    found = api.get("/api/desks/2/next").json()
    assert nobody == {"visit": None, "why": None}
    assert (found["visit"]["id"], found["visit"]["known"]["said"]) == (sent_on["id"], "Bring the lease")
    assert (found["why"]["key"], found["why"]["class"], found["why"]["passed"]) == ("head_start", "transferred", 1)
    assert found["why"]["sentence"] == "Was sent on, which counts as 10 minutes longer; has waited 0 minutes."
    assert api.post("/api/desks/2/next").json()["id"] == sent_on["id"] != first["id"]


def test_a_hold_ends_by_itself_or_by_resuming(api, called):
    held = step(api, called, "hold", minutes=5, mine=True, reason="form", desk="1")
    assert (held["state"], held["kept_for"]) == ("held", "desk:1")
    assert held["held_until"] > held["last_called_at"]
    assert step(api, called, "resume")["state"] == "waiting"


def test_a_visitor_comes_back_to_whoever_sent_them(api, called):
    sent = step(api, called, "transfer", service="housing", come_back=True, desk="1")
    assert (sent["leg"], sent["to_come"]) == (2, [{"service": "tax", "kept_for": "desk:1"}])
    api.post("/api/desks/3/next")
    back = step(api, called, "finish")
    assert (back["state"], back["kept_for"], back["leg"]) == ("waiting", "desk:1", 3)


def test_several_services_are_one_visit(api, called):
    step(api, called, "plan", to_come=["housing"])
    offered = step(api, called, "offer", service="housing", wanted=False)
    assert offered["to_come"] == [{"service": "housing", "kept_for": None}]
    second = step(api, called, "finish", outcome="resolved")
    assert (second["service"], second["delivered"], second["state"]) == ("housing", ["tax"], "waiting")


def test_finishing_says_what_came_of_it_and_promises_what_happens_next(api, called):
    promise = {"what": "We will send your new bill.", "days": 5}
    ended = step(api, called, "finish", outcome="passed_on", party=3, note="Reads slowly", promise=promise)
    assert (ended["state"], ended["outcome"], ended["party"]) == ("completed", "passed_on", 3)
    assert known(api, called)["note"] == "Reads slowly"
    (owed,) = [one for one in api.get("/api/owed").json()["owed"] if one["visit"] == called["id"]]
    assert (owed["what"], owed["standing"], owed["service"]) == ("We will send your new bill.", "open", "tax")


def test_finishing_may_call_the_next(api, called):
    second = api.ticket()
    answer = api.post(f"/api/visits/{called['id']}/finish", json={"and_next": True})
    assert answer.json()["id"] == second["id"]
    nobody = api.post(f"/api/visits/{second['id']}/finish", json={"and_next": True})
    assert (nobody.status_code, nobody.content) == (204, b"")


def test_what_is_owed_is_changed_with_a_reason_and_kept_by_one_press(api):
    asked = {"what": "Ring about the bins", "kind": "call_back", "contact": "Ann, 01632 960 000", "minutes": 60}
    made = api.post("/api/owed", json=asked).json()
    assert (made["standing"], "01632" in str(made)) == ("due", False)
    refused = api.post(f"/api/owed/{made['id']}/change", json={"days": 3, "reason": "lazy"})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_reason")
    changed = api.post(f"/api/owed/{made['id']}/change", json={"days": 3, "reason": "agreed"}).json()
    assert changed["due_at"] > changed["first_due_at"] == made["due_at"]
    kept = api.post(f"/api/owed/{made['id']}/keep").json()
    assert kept["standing"] == "kept"
    ended = api.get(f"/api/owed?ended_since={kept['kept_at']}").json()["owed"]
    assert (made["id"], asked["contact"]) in [(one["id"], one["contact"]) for one in ended]


def test_a_desk_calls_for_help_and_is_answered(api):
    asked = api.post("/api/desks/1/help", role="desk", json={"step": "ask"}).json()
    answered = api.post("/api/desks/1/help", json={"step": "answer"}).json()
    assert asked["help"]["coming"] is None
    assert answered["help"]["coming"].startswith("key:")
    assert "help" not in str(api.get("/api/office", role="kiosk").json()["desks"])
    assert api.post("/api/desks/1/help", role="desk", json={"step": "end"}).json()["help"] is None


def test_a_persons_own_key_acts_as_that_person(api):
    keys = api.server.keys
    robin, sam = (keys.add_person(name=name, sign_in=name, role="receptionist", by="test") for name in ("Robin", "Sam"))
    key = keys.add(name="Robin's own", role="receptionist", kind="bearer", by="test", person=robin)
    opened = api.post("/api/desks/1/open", key=key).json()
    assert opened["person"] == f"person:{robin}"
    assert {"id": f"person:{sam}", "name": "Sam", "role": "receptionist"} in api.get("/api/choices").json()["people"]
    handed = api.post("/api/desks/1/hand-over", key=key, json={"to": f"person:{sam}"}).json()
    assert handed["person"] == f"person:{sam}"
    refused = api.post("/api/desks/1/next", key=key)
    assert (refused.status_code, refused.json()["code"]) == (409, "desk_is_anothers")


def test_a_pause_has_a_reason_from_the_list(api):
    paused = api.post("/api/desks/2/pause", json={"reason": "lunch"}).json()
    assert (paused["state"], paused["reason"]) == ("paused", "lunch")
    assert {"key": "lunch", "name": "Lunch"} in api.get("/api/choices").json()["reasons"]["pause"]


def test_a_manager_closes_a_service_and_gives_it_back(api):
    asked = {"kind": "service", "subject": "tax", "value": "closed"}
    api.post("/api/rulings", json=asked)
    refused = api.post("/api/tickets", json={"service": "tax"})
    assert (refused.status_code, refused.json()["code"]) == (409, "service_closed")
    assert ("service", "tax", "closed") in [
        (one["kind"], one["subject"], one["value"]) for one in api.get("/api/rulings").json()["rulings"]
    ]
    api.post("/api/rulings", json={**asked, "value": None})
    assert api.post("/api/tickets", json={"service": "tax"}).status_code == 201


def test_a_manager_puts_times_right_and_they_must_be_in_order(api, called):
    flagged = step(api, called, "flag-times")
    right = called["arrived_at"] - 60_000
    refused = api.post(f"/api/visits/{called['id']}/correct", json={"arrived_at": called["last_called_at"] + 1})
    assert (flagged["times_wrong"], refused.json()["code"]) == (True, "times_implausible")
    corrected = step(api, called, "correct", arrived_at=right)
    assert (corrected["arrived_at"], corrected["times_wrong"]) == (right, False)


def test_a_note_changes_only_what_it_says(api, called):
    step(api, called, "note", needs=["time"], remark="Deaf in one ear")
    step(api, called, "note", language="Polish")
    step(api, called, "note", remark="")
    assert {**known(api, called), "name": None} == {
        **dict.fromkeys(("name", "remark", "said", "note")),
        "needs": ["time"],
        "language": "Polish",
    }


def test_an_appointment_checks_in_once_and_is_found_by_postcode_and_initial(api):
    item = {"reference": "HB-7", "service": "housing", "start": soon(), "name": "Ann Other", "postcode": "AB1 2CD"}
    api.post("/api/appointments", json={"appointments": [item]})
    first = api.post("/api/check-in", role="kiosk", json={"postcode": "ab12cd", "initial": "o"}).json()
    again = api.post("/api/check-in", role="kiosk", json={"reference": "hb7"}).json()
    assert (first["id"], first["booked_at"]) == (again["id"], again["booked_at"])
    assert known(api, first)["name"] == "Ann Other"
    assert "Ann" not in str(first)
    assert api.get(f"/api/visits/{first['id']}").json()["standing"] == ["appointment"]
