"""`reception simulate`, as somebody types it who wants to try things on made-up days."""

import json

from click.testing import CliRunner

from reception.cli import main
from reception.store import Store
from tests.console.test_console import OFFICE


def typed(tmp_path, *words, office=OFFICE):
    file = tmp_path / "office.toml"
    file.write_text(office)
    done = CliRunner().invoke(main, ["--office", str(file), "simulate", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_days_of_this_office_are_made_up_with_the_truth_beside_them(tmp_path):
    made = tmp_path / "made.db"
    status, said = typed(tmp_path, str(made), "--days", "2", "--from", "2026-03-02")
    assert status == 0 and "2 days" in said
    store = Store(made)
    visits = store.visits_between("office", 0, 1 << 60)
    store.close()
    truth = [json.loads(line) for line in (tmp_path / "made.db.truth.jsonl").read_text().splitlines()]
    assert {one["visit"] for one in truth if "visit" in one} == {visit.id for visit in visits}
    assert {visit.day for visit in visits} == {"2026-03-02", "2026-03-03"}
    assert any(visit.first_by_at for visit in visits)  # as Reception tells people with their number


def test_nothing_is_added_to_a_file_that_is_there(tmp_path):
    made = tmp_path / "made.db"
    made.write_text("notes of mine")
    status, said = typed(tmp_path, str(made), "--days", "1")
    assert status == 1 and "made.db is there already, and nothing is added to it. Name a file" in said
    assert made.read_text() == "notes of mine"


def test_what_could_not_be_made_leaves_nothing_behind(tmp_path):
    status, said = typed(tmp_path, str(tmp_path / "nowhere" / "made.db"), "--days", "1")
    assert status == 1 and f"there is no folder {tmp_path / 'nowhere'}. Make it first" in said
    assert "Choose one from 1970" in typed(tmp_path, str(tmp_path / "made.db"), "--from", "9999-12-20")[1]
    status, said = typed(tmp_path, str(tmp_path / "made.db"), office=OFFICE + "[hours]\n")
    assert (status, "Test office never opens by its settings." in said) == (1, True)
    (tmp_path / "made.db.truth.jsonl").mkdir()  # where the truth should go
    assert typed(tmp_path, str(tmp_path / "made.db"), "--days", "1")[0] == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["made.db.truth.jsonl", "office.toml"]
