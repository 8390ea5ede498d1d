"""Taking in appointments over the API: each is checked, good ones are kept, and nothing happens twice."""

import socket

import pytest

from tests.api.conftest import soon
from tests.builders import eventually

JSON = {"Content-Type": "application/json"}
CSV = {"Content-Type": "text/csv"}
COUNTS = ("read", "new", "changed", "same", "cancelled", "kept", "wrong")


@pytest.fixture
def reference(request):
    """References of this test's own: the server's appointments stay."""
    return lambda number: f"{abs(hash(request.node.name)) % 10**9}-{number}"


def item(reference: str, **said) -> dict:
    return {"reference": reference, "service": "tax", "start": soon(hours=1)} | said


def take_in(api, *items, **sent):
    return api.post("/api/appointments", json={"appointments": list(items)}, **sent)


def counts(answer) -> dict:
    assert answer.status_code == 200, answer.text
    return {name: count for name in COUNTS if (count := answer.json()[name])}


def test_good_ones_are_kept_and_each_wrong_one_is_told_by_its_place(api, reference):
    american = item(reference(2), start="03/25/2026 09:00")
    answer = take_in(api, item(reference(1), name="Ann Other"), american, item(reference(3), service="dragons"), {})
    assert counts(answer) == {"read": 4, "new": 1, "wrong": 3}
    told = [(one["line"], one["code"]) for one in answer.json()["mistakes"]]
    assert told == [(2, "poor_start"), (3, "unknown_service"), (4, "wrong_fields")]
    assert "dragons" not in answer.text
    kept = [one for one in api.get("/api/appointments").json()["appointments"] if one["reference"] == reference(1)]
    assert [(one["name"], one["state"], one["source"]) for one in kept] == [("Ann Other", "booked", "api")]


def test_sent_again_it_changes_nothing_and_sent_otherwise_it_is_changed(api, reference):
    one = item(reference(1))
    assert counts(take_in(api, one)) == {"read": 1, "new": 1}
    assert counts(take_in(api, one)) == {"read": 1, "same": 1}
    assert counts(take_in(api, one | {"service": "housing"})) == {"read": 1, "changed": 1}
    assert counts(take_in(api, one | {"cancelled": True})) == {"read": 1, "cancelled": 1}


def test_one_that_has_arrived_stays_as_it_is(api, reference):
    take_in(api, item(reference(1)))
    visit = api.post("/api/check-in", json={"reference": reference(1), "anyway": True}).json()
    assert counts(take_in(api, item(reference(1), service="housing"))) == {"read": 1, "kept": 1}
    assert visit["service"] == "tax"


def test_the_same_idempotency_key_has_the_same_answer(api, reference):
    first = take_in(api, item(reference(1)), once=reference("key"))
    take_in(api, item(reference(1), cancelled=True))
    again = take_in(api, item(reference(1)) | {"start": "x"}, once=reference("key"))
    assert (again.status_code, again.json()["code"]) == (422, "key_used_otherwise")
    text = "reference,service,start\n" + f"{reference(2)},tax,{soon()}\n"
    said = [api.post("/api/appointments", data=text, headers=CSV, once=reference("csv")).content for _ in range(2)]
    assert counts(first) == {"read": 1, "new": 1} and said[0] == said[1]


@pytest.mark.parametrize("kind", ["text/csv", "text/calendar"])
def test_a_file_is_taken_in_by_line(api, reference, kind):
    if kind == "text/csv":
        lines = ["reference,service,start", f"{reference(1)},tax,{soon()}", f"{reference(2)},dragons,{soon()}"]
    else:
        event = "BEGIN:VEVENT\nUID:{}\nDTSTART:20990302T093000Z\nSUMMARY:{}\nEND:VEVENT"
        near = event.replace("20990302T093000Z", soon().replace("-", "").replace(":", "")[:15])
        lines = [
            "BEGIN:VCALENDAR",
            near.format(reference(1), "tax"),
            event.format(reference(2), "tax"),
            "END:VCALENDAR",
        ]
    answer = api.post("/api/appointments", data="\n".join(lines).encode(), headers={"Content-Type": kind})
    assert counts(answer) == {"read": 2, "new": 1, "wrong": 1}


def test_what_cannot_be_read_at_all_is_refused_with_a_sentence(api):
    for body, said in (("when,who\n1,2\n", "No column has a name"), (b"PK\x03\x04", "perhaps a workbook")):
        answer = api.post("/api/appointments", data=body, headers=CSV)
        assert (answer.status_code, answer.json()["code"]) == (422, "nothing_taken_in")
        assert said in answer.json()["detail"]


@pytest.mark.parametrize("body", ["{", "[" * 20_000, b"\xff\xfe{"])
def test_what_is_not_json_is_refused(api, body):
    answer = api.post("/api/appointments", data=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("body", ["[]", "{}", '{"appointments": {}}', '{"appointments": ["x"]}', '{"surprise": []}'])
def test_json_of_another_shape_is_refused(api, body):
    answer = api.post("/api/appointments", data=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_values")


def test_only_this_address_takes_megabytes_and_only_from_managers(api, reference):
    large = "reference,service,start\n" + f"{reference(1)},tax,{soon()}\n" + "\n" * 1_000_000
    assert counts(api.post("/api/appointments", data=large, headers=CSV)) == {"read": 1, "new": 1}
    assert api.post("/api/appointments", role="desk", data=large, headers=CSV).status_code == 403
    assert api.post("/api/owed", data=large, headers=JSON).status_code == 413
    too_large = api.post("/api/appointments", data=b"x" * (20 * 1024 * 1024 + 1), headers=CSV)
    assert (too_large.status_code, "20480 kB" in too_large.json()["detail"]) == (413, True)


def test_one_is_cancelled_by_staff_and_cannot_check_in(api, reference):
    take_in(api, item(reference(1)))
    (one,) = [o for o in api.get("/api/appointments").json()["appointments"] if o["reference"] == reference(1)]
    assert api.post(f"/api/appointments/{one['id']}/cancel", role="desk").json()["state"] == "cancelled"
    refused = api.post("/api/check-in", json={"reference": reference(1)})
    assert (refused.status_code, refused.json()["code"]) == (404, "appointment_not_found")


def test_another_day_is_another_list(api, reference):
    take_in(api, item(reference(1)))
    assert reference(1) not in api.get("/api/appointments?day=2026-03-02").text
    refused = api.get("/api/appointments?day=02/03/2026")
    assert (refused.status_code, refused.json()["code"]) == (422, "period_unreadable")


def test_what_was_sent_is_in_no_log_however_wrong_it_was(api, reference):
    answer = api.post("/api/appointments", json=item(reference(1), name="Zebulon Quux", postcode="ZZ9 9ZZ"))
    assert answer.json()["code"] == "wrong_values"
    with socket.create_connection(("127.0.0.1", api.server.port)) as sent:
        sent.sendall(b"Zebulon Quux\r\n\r\n")
        assert b"400" in sent.recv(1000)
    eventually(lambda: "no request" in "".join(api.server.log))
    assert "Zebulon" not in "".join(api.server.log)
