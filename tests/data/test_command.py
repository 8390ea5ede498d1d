"""`reception export`, as whoever looks after the server types it."""

import csv
import gzip
import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from reception.cli import main
from reception.settings import load
from tests.builders import Hands, open_door

OFFICE = """
[office]
name = "Test office"
[hours]
{hours}
[[services]]
key = "tax"
name = "Council Tax"
letter = "A"
[[desks]]
key = "1"
name = "Desk 1"
""".format(hours="\n".join(f'{day} = ["00:00-00:00"]' for day in "monday tuesday wednesday thursday friday".split()))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Types a command; gives its status and what it said. Three people have been helped."""
    file = tmp_path / "office.toml"
    file.write_text(OFFICE)
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path / "data"))
    settings = load(file, env={"RECEPTION_DATA": str(tmp_path / "data")})
    hands = Hands()
    door = open_door(tmp_path / "data" / "reception.db", hands, settings)
    for _ in range(3):
        visit = door.ticket("tax")
        hands.go(minutes=2)
        door.next()
        door.take("start", visit, "1")
        hands.go(minutes=5)
        door.take("finish", visit, "1")
    door.store.close()

    def typed(*words, command="export"):
        done = CliRunner().invoke(main, ["--office", str(file), command, *map(str, words)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return typed


def test_a_database_comes_with_its_metadata_and_says_how_to_look_at_it(run, tmp_path):
    file = tmp_path / "desk.db"
    status, said = run("database", file)
    assert status == 0 and f"datasette {file} -m {tmp_path / 'metadata.json'}" in said
    with closing(sqlite3.connect(file)) as found:
        assert found.execute("SELECT number, state FROM visits ORDER BY number").fetchall() == [
            (number, "completed") for number in ("A001", "A002", "A003")
        ]
    assert list(json.loads((tmp_path / "metadata.json").read_text())["databases"]) == ["desk"]


def test_a_table_is_written_as_csv_as_json_and_compressed(run, tmp_path):
    for name, kind in (("waits.csv", "csv"), ("waits.json", "json"), ("waits.csv.gz", "csv")):
        assert run("table", "waits", tmp_path / name, "--format", kind)[0] == 0
    read = list(csv.DictReader((tmp_path / "waits.csv").open()))
    assert [row["wait_seconds"] for row in read] == ["120.0"] * 3
    assert [row["wait_seconds"] for row in json.loads((tmp_path / "waits.json").read_text())["rows"]] == [120.0] * 3
    packed = (tmp_path / "waits.csv.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "waits.csv").read_bytes()


def test_days_narrow_it(run, tmp_path):
    run("table", "visits", tmp_path / "x.csv", "--from", "2026-03-03")
    assert len((tmp_path / "x.csv").read_text().splitlines()) == 1


def test_an_unknown_table_and_a_folder_that_is_not_there_are_told_in_a_sentence(run, tmp_path):
    assert run("table", "people", tmp_path / "x.csv") == (
        1,
        "Error: There is no table called people. docs/data.md lists them all.\n",
    )
    status, said = run("table", "visits", tmp_path / "nowhere" / "x.csv")
    assert status == 1 and said == (
        f"Error: {tmp_path / 'nowhere' / 'x.csv'} was not written: there is no folder {tmp_path / 'nowhere'}."
        " Make it first, or choose another.\n"
    )


@pytest.mark.parametrize("what", [("database",), ("table", "visits")])
@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("--from", "2026-03-03", "--to", "2026-03-02"), "2026-03-03 is after 2026-03-02"),
        (("--to", "9000-01-01"), "9000-01-01 has not come yet"),
        (("--from", "9000-01-01"), "9000-01-01 has not come yet"),
    ],
)
def test_days_that_run_backwards_or_have_not_come_are_refused_and_nothing_is_written(
    run, tmp_path, what, days, sentence
):
    (tmp_path / "out").mkdir()
    status, said = run(*what, tmp_path / "out" / "x", *days)
    assert status == 1 and sentence in said
    assert list((tmp_path / "out").iterdir()) == []


def test_the_archive_says_what_was_missing_and_that_there_was_nothing_to_add(run, tmp_path):
    folder = tmp_path / "archive"
    status, said = run(folder, command="archive")
    day = folder / "days" / "2026" / "2026-03-02"
    assert status == 0 and str(day) in said.splitlines()
    assert run(folder, command="archive") == (0, "There was nothing to add.\n")
    (day / "visits.csv.gz").unlink()
    assert run(folder, "--check", command="archive") == (1, f"{day / 'visits.csv.gz'} is missing.\n")
    assert run(folder, command="archive") == (0, f"{day / 'visits.csv.gz'} was missing, and is put back.\n")
    assert run(folder, "--check", command="archive") == (0, f"{folder} is as it was written.\n")
