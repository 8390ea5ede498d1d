"""Whatever is sent, the API answers with a clear problem, loses nothing and gives no number away."""

import json
import re
from contextlib import contextmanager

import pytest
import sqlite_utils

from tests.api.conftest import NEVER
from tests.api.contract import Api, operation
from tests.outside import Server

JSON = {"Content-Type": "application/json"}
# As they stand in a JSON document: right-to-left override, NUL, zero width, byte order mark, four bytes, half a pair.
TRICKS = ["\\u202eabc", "a\\u0000b", "a\\u200bb", "\\ufefftax", "\\ud83d\\ude00", "\\ud800", "\\udc00x", "", "x" * 61]
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
POSTS = ["/api/tickets", *(f"/api/desks/1/{what}" for what in "next walk-in call undo open pause close".split())]
POSTS += [f"/api/desks/1/{what}" for what in ("hand-over", "help")]
POSTS += [f"/api/visits/none/{what}" for what in "call undo start finish hold transfer plan offer note".split()]
POSTS += ["/api/visits/none/flag-times", "/api/visits/none/correct", "/api/check-in", "/api/rulings", "/api/owed"]
POSTS += [f"/api/owed/none/{what}" for what in ("keep", "change", "withdraw")] + ["/api/appointments/none/cancel"]
POSTS += ["/api/feedback"]
NEEDED = {"service": "tax", "desk": "1", "to": "person:none", "step": "ask", "to_come": [], "wanted": True}
NEEDED |= {"what": "A new bill.", "reason": "longer", "kind": "notice", "subject": "board", "value": None}


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/api/tickets", {"service": "dragons"}, 422, "unknown_service"),
        ("/api/tickets", {"service": "appeals"}, 409, "service_closed"),
        ("/api/tickets", {"service": "permits"}, 409, "service_shut"),
        ("/api/tickets", {}, 422, "wrong_values"),
        ("/api/desks/9/next", {}, 404, "unknown_desk"),
        ("/api/desks/9/undo", {}, 404, "unknown_desk"),
        ("/api/desks/9/open", {}, 404, "unknown_desk"),
        ("/api/desks/9/walk-in", {"service": "tax"}, 404, "unknown_desk"),
        ("/api/desks/1/walk-in", {"service": "dragons"}, 422, "unknown_service"),
        ("/api/desks/1/call", {"number": "Z999"}, 404, "unknown_number"),
        ("/api/desks/1/call", {"visit": "nobody"}, 404, "unknown_visit"),
        ("/api/desks/1/call", {"visit": "nobody", "number": "A001"}, 422, "wrong_values"),
        ("/api/desks/1/call", {}, 422, "wrong_values"),
        ("/api/desks/1/next", {"leaving": "nobody"}, 409, "screen_out_of_date"),
        ("/api/desks/1/dance", {}, 404, "http"),
        ("/api/visits/nobody/start", {}, 404, "unknown_visit"),
        ("/api/visits/nobody/dance", {}, 404, "unknown_step"),
        ("/api/visits/nobody/call", {"desk": "1"}, 404, "unknown_visit"),
        ("/api/visits/nobody/finish", {"outcome": "dragons"}, 422, "wrong_values"),
        ("/api/visits/nobody/hold", {}, 404, "unknown_visit"),
        ("/api/visits/nobody/hold", {"minutes": 0}, 422, "hold_too_long"),
        ("/api/visits/nobody/hold", {"room": "dragons"}, 422, "unknown_room"),
        ("/api/visits/nobody/transfer", {}, 422, "transfer_nowhere"),
        ("/api/visits/nobody/transfer", {"service": "tax", "reason": "dragons"}, 422, "unknown_reason"),
        ("/api/visits/nobody/correct", {}, 422, "wrong_values"),
        ("/api/check-in", {}, 422, "wrong_values"),
        ("/api/check-in", {"reference": "X", "postcode": "AB1 2CD", "initial": "A"}, 422, "wrong_values"),
        ("/api/check-in", {"postcode": "AB1 2CD"}, 422, "wrong_values"),
        ("/api/check-in", {"reference": "X"}, 404, "appointment_not_found"),
        ("/api/tickets", {"service": "tax", "needs": ["dragons"]}, 422, "unknown_need"),
        ("/api/desks/1/pause", {"reason": "dragons"}, 422, "unknown_reason"),
        ("/api/desks/1/help", {"step": "end"}, 409, "no_help_asked"),
        ("/api/desks/1/hand-over", {"to": "person:nobody"}, 409, "desk_closed"),
        ("/api/owed", {"what": " "}, 422, "promise_without_words"),
        ("/api/owed", {"what": "Ring", "kind": "call_back"}, 422, "call_back_to_nobody"),
        ("/api/owed", {"what": "A bill", "due_on": "2026-02-30"}, 422, "due_implausible"),
        ("/api/owed/nothing/keep", {}, 404, "unknown_promise"),
        ("/api/owed/nothing/change", {"reason": "longer"}, 422, "wrong_values"),
        ("/api/appointments/nothing/cancel", {}, 404, "appointment_not_found"),
        ("/api/rulings", {"kind": "notice", "subject": "roof", "value": "shown"}, 422, "unknown_kind"),
        ("/api/rulings", {"kind": "notice", "subject": "board", "value": "shown"}, 422, "text_needed"),
        ("/api/rulings", {"kind": "quota", "subject": "tax", "value": "many"}, 422, "quota_no_number"),
        ("/api/feedback", {"kind": "shout"}, 422, "wrong_values"),
        ("/api/feedback", {"kind": "complaint"}, 422, "feedback_nothing"),
        ("/api/feedback", {"kind": "comment", "theme": "dragons"}, 422, "feedback_theme"),
        ("/api/feedback", {"kind": "comment", "theme": "staff", "visit": "nobody"}, 404, "unknown_visit"),
        ("/api/feedback", {"kind": "comment", "text": "x" * 2001}, 422, "text_too_long"),
        ("/api/feedback", {"kind": "comment", "theme": "staff", "put_right": "A bill."}, 409, "feedback_step"),
        ("/api/nothing", {}, 404, "http"),
        ("/api/office", {}, 405, "http"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(api, path, body, status, code):
    answer = api.server.ask("POST", path, api.key, json=body)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["detail"].endswith(".")
    assert api.line() == []


def test_a_step_that_does_not_fit_is_refused_and_changes_nothing(api):
    visit = api.ticket()
    refused = api.post(f"/api/visits/{visit['id']}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "step_does_not_fit")
    assert visit["number"] in refused.json()["detail"]
    api.post(f"/api/visits/{visit['id']}/cancel")
    ended = api.post(f"/api/visits/{visit['id']}/cancel")
    assert (ended.status_code, ended.json()["code"]) == (409, "visit_ended")


def test_a_method_that_an_address_does_not_take_is_told_which_it_takes(api):
    answer = api.server.ask("DELETE", "/api/tickets", api.key)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "DELETE" in answer.json()["detail"]


def test_a_closed_office_says_when_it_opens_and_goes_on_serving_who_is_there(tmp_path):
    server = Server(
        tmp_path,
        hours=NEVER,
        services=[{"key": "tax", "name": "Council Tax", "letter": "A"}],
        desks=[{"key": "1", "name": "Desk 1"}],
    )
    try:
        api = Api(server)
        refused = api.post("/api/tickets", json={"service": "tax"})
        assert (refused.status_code, refused.json()["code"]) == (409, "office_closed")
        assert api.get("/api/office").json()["open"] is False
        assert api.post("/api/desks/1/walk-in", json={"service": "tax"}).status_code == 201
    finally:
        server.close()


# -- bodies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "body",
    ["{", "{'service': 'tax'}", '{"service": "tax"', "\x00", "NaN}", "[" * 20_000, '{"a":' * 9_000, b"\xff\xfe{"],
)
def test_what_is_not_json_is_refused(api, path, body):
    answer = api.post(path, data=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("body", ["[]", '"tax"', "3", "null", '{"surprise": 1}', '{"service": "tax", "__proto__": {}}'])
def test_json_of_another_shape_is_refused(api, path, body):
    answer = api.post(path, data=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_values")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "nonsense"]
)
def test_a_body_that_is_not_marked_as_json_is_refused(api, kind):
    answer = api.post("/api/tickets", data='{"service": "tax"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "not_json")


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", POSTS)
def test_ten_megabytes_are_refused_and_the_server_goes_on(api, path, chunked):
    body = b'{"service": "' + b"x" * 10_000_000 + b'"}'
    answer = api.post(path, data=iter([body[:999_999], body[999_999:]]) if chunked else body, headers=JSON)
    assert answer.status_code == 413
    assert "64 kB" in answer.json()["detail"]
    assert api.line() == []


def test_ten_megabytes_without_a_key_are_not_read(api):
    answer = api.ask("POST", "/api/tickets", role=None, data=b"x" * 10_000_000, headers=JSON)
    assert answer.status_code == 401


def fields(api):
    """(path, field, what else is needed, its types, whether it is free text) of every field of every question."""
    for path in POSTS:
        body = operation(api.document, "POST", path)["requestBody"]["content"]["application/json"]
        question = api.document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
        for name, field in question.get("properties", {}).items():
            types = {part.get("type", "object").replace("integer", "number") for part in field.get("anyOf", [field])}
            rest = {key: NEEDED[key] for key in question.get("required", []) if key != name}
            yield path, name, rest, types, field.get("maxLength", 0) > 60 or name == "language"


def test_unicode_tricks_in_every_text_field_are_refused_and_never_repeated(api):
    tried = 0
    for path, name, rest, types, free in fields(api):
        for trick in TRICKS if "string" in types else []:
            if free and not UNSEEN.search(json.loads(f'"{trick}"')):
                continue
            body = json.dumps(rest)[:-1] + (", " if rest else "") + f'"{name}": "{trick}"}}'
            answer = api.post(path, data=body, headers=JSON)
            assert answer.status_code in (400, 404, 409, 422), (path, body, answer.text)
            assert not UNSEEN.search(answer.json()["detail"]), (path, body)
            tried += 1
    assert tried >= 40 * len(TRICKS)
    assert api.line() == []


def test_a_wrong_type_in_any_field_is_refused(api):
    values = {"string": "tax", "boolean": True, "null": None, "number": 3, "array": ["tax"], "object": {"a": 1}}
    tried = 0
    for path, name, rest, types, _free in fields(api):
        for kind, value in values.items():
            if kind not in types:
                answer = api.post(path, json={**rest, name: value})
                assert (answer.status_code, answer.json()["code"]) == (422, "wrong_values"), (path, name, value)
                assert answer.json()["detail"].count(f"{name}: ") == 1
                tried += 1
    assert tried > 200


def test_a_field_that_nobody_asked_for_is_named_without_its_tricks(api):
    answer = api.post("/api/tickets", json={"service": "tax", "\u202eecivres\x00": 1, "x" * 5_000: 2})
    assert answer.status_code == 422
    assert not UNSEEN.search(answer.json()["detail"])
    assert len(answer.json()["detail"]) < 500


@pytest.mark.parametrize(
    "trick", ["%E2%80%AE", "%00", "%ED%A0%80", "%FF", "a%0D%0Ab", "%F0%9F%98%80", "x" * 3_000, "%25s"]
)
def test_tricks_in_addresses_are_refused_and_never_repeated(api, trick):
    for path in (f"/api/desks/{trick}/next", f"/api/visits/{trick}/start", f"/api/visits/none/{trick}"):
        answer = api.server.ask("POST", path, api.key)
        assert answer.status_code == 404, (path, answer.text)
        assert not UNSEEN.search(answer.json()["detail"])
        assert len(answer.json()["detail"]) < 500
    assert api.server.ask("GET", f"/api/visits/{trick}", api.key).status_code == 404


# -- keys --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic YWRtaW46YWRtaW4=",
        "Bearer wrong",
        "Bearer \xff\xfe",
        "Bearer " + "x" * 7_000,
        "Bearer ' OR 1=1 --",
    ],
)
def test_what_is_no_key_opens_nothing(api, given):
    answer = api.ask("GET", "/api/line", role=None, headers={"Authorization": given.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_browsers_cookie_is_no_key_and_a_key_no_cookie(api):
    signed_in, key = api.server.key("manager", "browser"), api.server.key("manager")
    assert api.ask("GET", "/api/line", role=None, key=signed_in).status_code == 401
    for given in (signed_in, key):
        assert (
            api.ask("GET", "/api/line", role=None, headers={"Cookie": f"reception-manage={given}"}).status_code == 401
        )


def test_an_expired_key_opens_nothing(api):
    key = api.server.key("manager", lasts_ms=1)
    assert api.ask("GET", "/api/line", key=key).status_code == 401


def test_a_revoked_key_opens_nothing_from_that_moment(api):
    key = api.server.key("desk")
    assert api.ask("GET", "/api/line", key=key).status_code == 200
    api.server.revoke(key)  # by another process
    assert api.ask("GET", "/api/line", key=key).status_code == 401
    assert api.post("/api/tickets", key=key, json={"service": "tax"}).status_code == 401
    assert api.line() == []


def test_a_copy_of_a_revoked_key_cannot_repeat_what_the_key_was_told(api):
    key = api.server.key("desk")
    assert api.post("/api/tickets", key=key, json={"service": "tax"}, once="mine").status_code == 201
    api.server.revoke(key)
    assert api.post("/api/tickets", key=key, json={"service": "tax"}, once="mine").status_code == 401


def test_guessing_keys_is_limited_and_a_right_key_is_not(tmp_path):
    server = Server(tmp_path, access={"guesses": 3})
    try:
        api = Api(server)
        said = [api.ask("GET", "/api/line", role=None, key=f"guess {n}").status_code for n in range(5)]
        assert said == [401, 401, 401, 429, 429]
        assert api.ask("GET", "/api/line", role=None, key="again").headers["Retry-After"] == "600"
        assert api.get("/api/line").status_code == 200
        assert api.ticket("tax")["number"] == "A001"
    finally:
        server.close()


def test_trying_out_appointments_with_a_kiosks_key_is_limited_and_staffs_is_not(tmp_path):
    server = Server(tmp_path, kiosk={"guesses": 3})
    try:
        api = Api(server)

        def tried(reference: str, role: str) -> int:
            return api.post("/api/check-in", role=role, json={"reference": reference}).status_code

        assert [tried(f"HB-{n}", "kiosk") for n in range(5)] == [404, 404, 404, 429, 429]
        assert [tried(f"HB-{n}", "desk") for n in range(5)] == [404] * 5
        assert api.post("/api/tickets", role="kiosk", json={"service": "tax"}).status_code == 201
    finally:
        server.close()


# -- the store ---------------------------------------------------------------------------------------------------


@contextmanager
def held(server):
    """Another program holds the database for writing."""
    other = sqlite_utils.Database(server.data / "reception.db").conn
    other.isolation_level = None
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_locked_database_is_told_and_the_same_question_works_later(api):
    key = api.key
    with held(api.server):
        refused = api.post("/api/tickets", key=key, json={"service": "tax"}, once="locked")
        assert (refused.status_code, refused.json()["code"]) == (503, "database_busy")
        assert api.line() == []
        health = api.get("/health")
        assert (health.status_code, health.json()["database"]["writable"]) == (503, False)
        assert api.get("/health", role=None).json() == {"ok": True}
    assert api.post("/api/tickets", json={"service": "tax"}, once="locked").status_code == 201
    assert len(api.line()) == 1


def test_a_full_database_is_told_and_loses_nothing(tmp_path):
    server = Server(tmp_path, keeping={"max_pages": 90})
    try:
        api = Api(server)
        given = 0
        while (answer := api.post("/api/tickets", json={"service": "tax"})).status_code == 201:
            given += 1
        assert (answer.status_code, answer.json()["code"]) == (503, "disk_full")
        assert "disk_full" not in answer.json()["detail"]
        assert [visit["number"] for visit in api.line()] == [f"A{n:03}" for n in range(1, given + 1)]
        assert "full" in "".join(server.log)
    finally:
        server.close()


def forget_pages(server):
    """Has SQLite read again what it holds in memory: the head of the index that its connections share is wiped."""
    with (server.data / "reception.db-shm").open("r+b") as index:
        index.write(bytes(136))


def test_a_damaged_database_is_told_and_never_as_something_else(tmp_path):
    server = Server(tmp_path)
    try:
        api = Api(server)
        key = api.key
        for _ in range(20):
            api.ticket()
        server.stop()
        server.start()  # nothing is remembered from before
        api.get("/api/line")
        for part in server.data.glob("reception.db*"):
            if not part.name.endswith("-shm"):
                part.write_bytes(b"not a database " * 5_000)
        forget_pages(server)
        answer = api.post("/api/tickets", key=key, json={"service": "tax"})
        assert (answer.status_code, answer.json()["code"]) == (503, "database_damaged")
        assert server.ask("GET", "/api/line", key).status_code == 503
        assert api.get("/health", role=None).status_code == 503
    finally:
        server.close()
