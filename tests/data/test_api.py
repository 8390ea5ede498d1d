"""The tables over the API: every row once, in pages, as CSV and as JSON, what has changed since, and for whom."""

import csv
import io

import pytest

from reception.data.tables import TABLES
from tests.api.contract import Api
from tests.outside import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    quiet = {"tell": False}  # lest steps come by themselves
    server = Server(tmp_path_factory.mktemp("data"), access={"guesses": 100_000}, waits=quiet)
    yield server
    server.close()


@pytest.fixture
def api(server):
    server.clear()
    return Api(server)


def helped(api, service: str = "tax", desk: str = "1") -> str:
    visit = api.ticket(service)["id"]
    api.post(f"/api/visits/{visit}/call", json={"desk": desk, "reason": "quick"})
    api.post(f"/api/visits/{visit}/start")
    api.post(f"/api/visits/{visit}/finish", json={"outcome": "resolved"})
    return visit


def rows(api, path: str) -> list[dict]:
    found, cursor = [], None
    while True:
        joint = "&" if "?" in path else "?"
        page = api.get(path + (f"{joint}after={cursor}" if cursor else ""), role="figures").json()
        found += page["rows"]
        cursor = page["next"]
        if not cursor:
            return found


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_answered_as_its_document_says(api, name):
    helped(api)
    answer = api.get(f"/api/data/{name}").json()
    assert (answer["table"], answer["office"], answer["definitions"]) == (name, "office", 3)
    assert all(list(row) == list(TABLES[name].names) for row in answer["rows"])


@pytest.mark.parametrize("name", ["visits", "waits", "legs", "steps"])
def test_small_pages_hold_every_row_once_in_the_order_of_one_large_page(api, name):
    for _ in range(3):
        helped(api)
    whole = rows(api, f"/api/data/{name}?limit=10000")
    assert len(whole) >= 3
    assert rows(api, f"/api/data/{name}?limit=2") == whole


@pytest.mark.parametrize("name", TABLES)
def test_csv_holds_the_same_cells_as_json(api, name):
    helped(api)
    told = api.get(f"/api/data/{name}").json()["rows"]
    answer = api.server.ask("GET", f"/api/data/{name}?format=csv", api.key)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    read = list(csv.DictReader(io.StringIO(answer.text)))
    assert [list(row.values()) for row in read] == [
        ["" if cell is None else str(cell) for cell in row.values()] for row in told
    ]


def test_what_has_changed_since_is_told_and_nothing_else(api):
    helped(api)
    before = api.get("/api/data/visits").json()["changes"]
    visit = helped(api, "housing")
    for name in ("visits", "waits", "legs", "steps"):
        told = rows(api, f"/api/data/{name}?changed_since={before}&limit=2")
        assert {row["visit"] for row in told} == {visit}, name
    assert rows(api, f"/api/data/visits?changed_since={api.get('/api/data/visits').json()['changes']}") == []


def test_rows_that_only_time_will_change_are_told_again(api):
    """Seen in time, but too soon to be counted: no step will say so when they are."""
    visit = helped(api)
    answer = api.get("/api/data/waits").json()
    assert [row["result"] for row in answer["rows"] if row["visit"] == visit] == ["recent"]
    again = rows(api, f"/api/data/waits?changed_since={answer['changes']}")
    assert visit in {row["visit"] for row in again}


def test_whatever_changed_since_nothing_is_every_row(api):
    helped(api)
    for name in ("visits", "waits", "legs", "steps"):
        key = TABLES[name].key
        whole, changed = rows(api, f"/api/data/{name}"), rows(api, f"/api/data/{name}?changed_since=0&limit=7")
        by_key = {tuple(row[part] for part in key): row for row in changed}
        assert by_key == {tuple(row[part] for part in key): row for row in whole}


def test_a_page_is_found_by_its_link_and_tells_how_far_the_office_has_come(api):
    for _ in range(3):
        helped(api)
    first = api.server.ask("GET", "/api/data/visits?format=csv&limit=2", api.key)
    assert int(first.headers["Reception-Changes"]) > 0
    second = api.server.ask("GET", first.links["next"]["url"], api.key)
    assert second.status_code == 200 and second.text.splitlines()[0] == first.text.splitlines()[0]
    assert set(first.text.splitlines()[1:]) & set(second.text.splitlines()[1:]) == set()


def test_an_answer_that_one_has_already_is_not_sent_again(api):
    helped(api)
    answer = api.get("/api/data/steps?limit=5")
    again = api.get("/api/data/steps?limit=5", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    helped(api)
    assert api.get("/api/data/figures_by_day", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("visits?after=nothing", 422, "unknown_cursor"),
        ("visits?after=W10", 422, "unknown_cursor"),
        ("visits?limit=many", 422, "wrong_values"),
        ("visits?limit=0", 422, "wrong_values"),
        ("visits?limit=10001", 422, "wrong_values"),
        ("visits?from=2026-02-30", 422, "period_unreadable"),
        ("visits?from=2999-01-01", 422, "period_not_over"),
        ("visits?from=2020-01-02&to=2020-01-01", 422, "period_backwards"),
        ("visits?office=elsewhere", 404, "unknown_office"),
        ("visits?columns=token", 422, "wrong_values"),
        ("visits?changed_since=5&from=2020-01-02", 422, "changes_alone"),
        ("outages?changed_since=5", 422, "wrong_values"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(api, path, status, code):
    answer = api.get(f"/api/data/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("visits?limit=many", "limit: write a whole number in digits, such as 500"),
        ("visits?columns=token", "columns: nothing of this name can be said here, only from, to, office, "),
    ],
)
def test_what_is_wrong_is_said_with_what_helps(api, path, said):
    assert said in api.get(f"/api/data/{path}").json()["detail"]


def test_a_cursor_belongs_to_its_question(api):
    for _ in range(3):
        helped(api)
    cursor = api.get("/api/data/visits?limit=1").json()["next"]
    assert api.get(f"/api/data/waits?limit=1&after={cursor}").json()["code"] == "unknown_cursor"


@pytest.mark.parametrize("role", ["kiosk", "display", "desk", "receptionist"])
def test_the_lobby_and_the_desks_learn_nothing(api, role):
    assert api.get("/api/data/visits", role=role).status_code == 403
    assert api.get("/api/data/visits", role=None).status_code == 401
