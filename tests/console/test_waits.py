"""`reception evaluate` and `reception learn`, as somebody types them who wants to know how good the waits are here."""

import pytest
from click.testing import CliRunner

from reception.cli import main
from tests.console.test_console import OFFICE


@pytest.fixture
def run(tmp_path, monkeypatch):
    file = tmp_path / "office.toml"
    file.write_text(OFFICE)
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path / "data"))

    def typed(*words):
        done = CliRunner().invoke(main, ["--office", str(file), *words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return typed


def test_an_offices_own_record_is_replayed_and_every_estimator_has_its_line(run, tmp_path):
    (tmp_path / "data").mkdir()
    assert run("simulate", str(tmp_path / "data" / "reception.db"), "--days", "3", "--from", "2026-03-02")[0] == 0
    status, said = run("evaluate", "--burn-in", "1")
    assert status == 0 and "over 2 days" in said
    names = [line[:34].strip() for line in said.splitlines()[1:7]]
    assert names == [
        *("position × typed-in minutes", "the last one called", "queue length × rate seen lately"),
        *("the same, skills counted", "simulation of the line", "the same, and a learned corrector"),
    ]
    assert "on 0 of these days" in said
    status, said = run("learn")
    assert status == 0 and "to the end of 2026-03-03" in said


def test_no_record_and_too_short_a_one_are_said_so(run, tmp_path):
    for words in (("evaluate",), ("evaluate", "--burn-in", "0")):
        status, said = run(*words)
        assert status == 1 and "No visit is recorded yet, so there is nothing to judge." in said
    assert run("learn") == (0, "No day is over yet: nothing to learn.\n")
    assert run("simulate", str(tmp_path / "data" / "reception.db"), "--days", "2", "--from", "2026-03-02")[0] == 0
    status, said = run("evaluate")
    assert status == 1 and "not more than 20 days" in said
