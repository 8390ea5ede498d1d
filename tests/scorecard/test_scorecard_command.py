"""`reception scorecard` and `reception figures import`, as whoever looks after the server types them."""

import csv
import json
from datetime import date, datetime, timedelta

import html5lib
import pytest
from click.testing import CliRunner

from reception.cli import main
from reception.scorecard.months import before, month_of
from reception.settings import load
from tests.builders import Hands, open_door
from tests.scorecard.months import Came, lived

OFFICE = """
[office]
name = "Fernleigh Council"
timezone = "UTC"
[catalogues]
offered = ["en", "cy"]
[[services]]
key = "tax"
name = "Council Tax"
letter = "A"
[[services]]
key = "housing"
name = "Housing"
letter = "B"
[[desks]]
key = "1"
name = "Desk 1"
"""
LAST = before(month_of(date.today()))


@pytest.fixture
def run(tmp_path, monkeypatch):
    (tmp_path / "office.toml").write_text(OFFICE)
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path / "data"))
    settings = load(tmp_path / "office.toml", env={"RECEPTION_DATA": str(tmp_path / "data")})
    yesterday = round((datetime.now() - timedelta(days=1)).timestamp() * 1000)
    door = open_door(tmp_path / "data" / "reception.db", Hands(yesterday), settings)
    lived(door, LAST, Came(80), Came(40, "housing", minutes=9, outcome="passed_on"))
    door.store.close()

    def typed(*words):
        done = CliRunner().invoke(main, ["--office", str(tmp_path / "office.toml"), *map(str, words)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return typed


def test_last_month_is_said_as_the_public_may_see_it(run):
    status, said = run("scorecard")
    assert status == 0 and "67% of 120 people were seen within 5 minutes." in said
    assert "No figures" in said and "No figures from the telephone system" in said


def test_a_month_is_written_as_a_sheet_a_page_a_table_and_a_document(run, tmp_path):
    files = {name: tmp_path / f"month.{name}" for name in ("pdf", "html", "csv", "json")}
    status, _said = run("scorecard", "--month", LAST, *(part for n, f in files.items() for part in (f"--{n}", f)))
    assert status == 0
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert json.loads(files["json"].read_text())["month"] == LAST
    assert "{target}" not in files["json"].read_text() + files["csv"].read_text()
    assert "standards" in {row["table"] for row in csv.DictReader(files["csv"].open())}


def test_the_page_needs_nothing_beside_it(run, tmp_path):
    run("scorecard", "--html", tmp_path / "month.html")
    text = (tmp_path / "month.html").read_text()
    document = html5lib.HTMLParser(strict=True).parse(text)
    fetched = [one.get(name) for one in document.iter() for name in ("src", "href") if one.get(name)]
    assert [one for one in fetched if not one.startswith("#")] == []
    assert "@font-face" not in text and "@import" not in text


def test_a_month_is_published_once(run):
    assert f"{LAST} is published, version 1." in run("scorecard", "--publish")[1]
    assert f"Nothing has changed: {LAST} stays." in run("scorecard", "--publish")[1]


def test_a_month_before_anybody_came_is_refused_with_a_sentence(run):
    status, said = run("scorecard", "--month", "2020-01", "--publish")
    assert (status, "Nothing is known of 2020-01: nobody had come yet." in said) == (1, True)


def test_a_timer_publishes_what_is_due_and_says_when_nothing_is(run):
    first = run("scorecard", "--if-due")[1]
    assert first.strip() in (f"{LAST} is published.", "No month is due to be published.")
    assert run("scorecard", "--if-due")[1].strip() == "No month is due to be published."
    status, said = run("scorecard", "--if-due", "--month", LAST)
    assert (status, "Give it alone." in said) == (2, True)


@pytest.mark.parametrize(("month", "said"), [("2026-13", "is not a month"), ("2999-01", "is not over yet")])
def test_a_month_that_cannot_be_is_refused_with_a_sentence(run, month, said):
    status, output = run("scorecard", "--month", month)
    assert (status, said in output) == (1, True)


def test_figures_from_elsewhere_are_taken_in_and_stand_with_their_source(run, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text(f"measure,month,met,of,source\ntelephone,{LAST},700,1000,Avon exchange\n")
    assert run("figures", "import", file) == (0, "1 figure is new.\n")
    assert run("figures", "import", file) == (0, "1 was here already.\n")
    assert "From Avon exchange." in run("scorecard")[1]


def test_wrong_lines_end_with_status_1_and_a_sentence_each(run, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text(f"measure,month,met,of,source\ntelephone,{LAST},7,5,X\nvoicemail,{LAST},5,5,X\n")
    status, said = run("figures", "import", file)
    assert (status, said.splitlines()) == (
        1,
        ["1 figure is new.", "Line 2: 7 were met of only 5. Look which of the two is right."],
    )
