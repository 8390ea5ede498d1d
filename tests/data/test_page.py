"""The managers' page of data: what can be taken away, of which days, and what they get."""

import csv
import io
import json

import pytest

from manage.live import Manage
from manage.pages import blueprint
from reception.data.tables import LEFT_OUT, TABLES
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, instant, office, open_door
from tests.manage.conftest import Manager
from tests.scorecard.months import Came, lived


@pytest.fixture
def door(tmp_path):
    settings = office(server={"data": tmp_path, "secure_cookies": False})
    door = open_door(tmp_path / "reception.db", Hands(instant("2026-11-02 06:00")), settings)
    lived(door, "2026-10", Came(80), Came(40, "housing", minutes=9, outcome="passed_on"))
    yield door
    door.store.close()


@pytest.fixture
def app(door):
    parts = Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings))
    return parts, create_app(parts, [(blueprint, Manage)])[0]


@pytest.fixture
def manager(app):
    return Manager(*app, "manager")


def text(answer) -> str:
    return " ".join(answer.text.split())


def test_it_offers_every_table_and_says_what_is_in_none(manager):
    page = text(manager.get("/manage/data"))
    assert "Everything recorded since Thursday 1 October 2026, to take away." in page
    assert [table.title for table in TABLES.values() if f"<b>{table.title}</b>" not in page] == []
    assert [words for words in LEFT_OUT if words.replace("'", "&#39;") not in page] == []
    assert "/api/data/visits" in page and "--role figures" in page


def test_it_begins_with_last_month_and_a_press_takes_another_period_and_keeps_the_table(manager):
    assert 'name="from" type="date" value="2026-10-01"' in text(manager.get("/manage/data"))
    page = text(manager.get("/manage/data?table=waits&from=2026-10-01&to=2026-10-31&days=2026-11-01..2026-11-02"))
    assert 'value="2026-11-01"' in page and 'value="2026-11-02"' in page
    assert 'value="waits" checked' in page


def test_a_table_comes_whole_as_csv_and_as_json(manager, monkeypatch):
    monkeypatch.setattr("manage.data.MOST", 7)  # so that it comes in many pieces
    answer = manager.get("/manage/data.csv?table=waits&from=2026-10-01&to=2026-10-31")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="waits-2026-10-01-to-2026-10-31.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 120 and sum(row["in_time"] == "1" for row in rows) == 80
    told = json.loads(manager.get("/manage/data.json?table=waits&from=2026-10-01&to=2026-10-31").text)
    assert [row["visit"] for row in told["rows"]] == [row["visit"] for row in rows]


def test_without_days_it_is_all_there_is(manager):
    assert len(manager.get("/manage/data.csv?table=visits&from=&to=").text.splitlines()) == 121


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("table=visits&from=2999-01-01", "2999-01-01 has not come yet"),
        ("table=visits&from=2026-02-30", "2026-02-30 is not a date"),
        ("table=visits&from=2026-10-02&to=2026-10-01", "before"),
        ("table=people", "There is no table called people."),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_page(manager, asked, said):
    answer = manager.client.get(f"/manage/data.csv?{asked}")
    assert answer.status_code in (404, 422) and said in text(answer)


def test_receptionists_and_strangers_take_nothing(app):
    receptionist = Manager(*app, "receptionist")
    for path in ("/manage/data", "/manage/data.csv?table=visits", "/manage/data.json?table=visits"):
        assert receptionist.client.get(path).status_code == 403
        assert app[1].test_client().get(path).status_code == 302


def test_an_office_where_nobody_has_come_has_empty_tables(tmp_path):
    settings = office(server={"data": tmp_path, "secure_cookies": False})
    door = open_door(tmp_path / "new.db", Hands(), settings)
    parts = Parts(settings, door.store, door, Keys(door), Guesses(settings))
    manager = Manager(parts, create_app(parts, [(blueprint, Manage)])[0], "manager")
    assert "Nobody has come yet" in manager.get("/manage/data").text
    for name, table in TABLES.items():
        assert manager.get(f"/manage/data.csv?table={name}").text == ",".join(table.names) + "\n"
    door.store.close()
