"""`reception simulate`, as somebody types it who wants to try things on made-up days."""

import json

from click.testing import CliRunner

from reception.cli import main
from reception.store import Store
from tests.console.test_console import OFFICE


def typed(tmp_path, *words):
    file = tmp_path / "office.toml"
    file.write_text(OFFICE)
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


def test_a_past_is_never_added_to(tmp_path):
    made = str(tmp_path / "made.db")
    assert typed(tmp_path, made, "--days", "1")[0] == 0
    status, said = typed(tmp_path, made, "--days", "1")
    assert status == 1 and "has a past already. Name a file that is not there yet." in said
