"""`reception evaluate` and `reception learn`, as somebody types them who wants to know how good the waits are here."""

import re

import pytest
from click.testing import CliRunner

from reception.cli import main
from reception.store import Store
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


def warned(run, tmp_path, *busy):
    """What is said of warnings on the last two of three made-up days, and each count of it."""
    (tmp_path / "data").mkdir()
    made = run("simulate", str(tmp_path / "data" / "reception.db"), "--days", "3", "--from", "2026-03-02", *busy)
    status, said = run("evaluate", "--burn-in", "1")
    assert (made[0], status) == (0, 0)
    lines = said[said.index("Warnings on these days") :].splitlines()
    counts = [re.search(r": (\d+|no(?=ne| people))", line) for line in lines[:4]]
    return lines, [0 if not one or one[1] == "no" else int(one[1]) for one in counts]


def test_it_is_said_how_right_warnings_would_have_been(run, tmp_path):
    lines, (missed, in_time, early, true) = warned(run, tmp_path, "--busy", "1")
    assert missed >= 20 and 0 < early <= in_time == true <= missed
    assert lines[0] == f"Warnings on these days: {missed} people waited longer than the target of 5 min."
    assert lines[1] == f"Warned of in time: {in_time} ({in_time / missed:.0%});"
    assert lines[2] == f"with two minutes left to call them: {early} ({early / missed:.0%})."
    assert not any("Too few" in line for line in lines)


def test_where_hardly_anybody_waited_too_long_no_share_of_warnings_is_given(run, tmp_path):
    lines, (missed, *_rest) = warned(run, tmp_path, "--busy", "0.1")
    assert missed < 20 and not any("%" in line for line in lines)
    assert lines[-1] == "Too few waited too long to say how right warnings are here."


def test_no_record_and_too_short_a_one_are_said_so(run, tmp_path):
    database = tmp_path / "data" / "reception.db"
    Store(database).close()
    for words in (("evaluate",), ("evaluate", "--burn-in", "0")):
        status, said = run(*words)
        assert status == 1 and "No visit is recorded yet, so there is nothing to judge." in said
    assert run("learn") == (0, "No day is over yet: nothing to learn.\n")
    database.unlink()
    assert run("simulate", str(database), "--days", "2", "--from", "2026-03-02")[0] == 0
    status, said = run("evaluate")
    assert status == 1 and "not more than 20 days" in said
