"""What lies behind the demo office, and last month's scorecard when it closes."""

import datetime
import shutil

import pytest

from demo.month import month_on_paper, year_behind
from reception.scorecard.months import asked
from reception.settings import CONFIG, load
from reception.store import Store


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """The demo office in a folder of its own: (its file, its settings)."""
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path / "data"))
    file = tmp_path / "office.toml"
    shutil.copy(CONFIG / "demo.toml", file)
    return file, load(file)


def visits(settings) -> int:
    store = Store(settings.server.data / "reception.db")
    count = store.reader.execute("SELECT count(*) FROM visits").fetchone()[0]
    store.close()
    return count


def test_a_past_lies_behind_a_new_office_and_is_made_up_once(demo):
    said = []
    year_behind(demo[1], said.append, months=2)
    count = visits(demo[1])
    assert said == [f"The office has 2 months behind it, made up: {count:,} visits."]
    assert count > 1_000
    year_behind(demo[1], said.append, months=2)
    assert (visits(demo[1]), len(said)) == (count, 1)


def test_last_month_is_on_paper_when_the_lobby_closes_and_it_says_where(demo, tmp_path, capsys):
    year_behind(demo[1], months=2)
    file = month_on_paper(*demo, tmp_path / "kept")
    month = asked(None, datetime.datetime.now(demo[1].zone).date())
    assert file == tmp_path / "kept" / f"scorecard-{month}.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    said = capsys.readouterr().out
    assert f"The month's scorecard: {file}" in said and "were seen within 5 minutes." in said


def test_a_scorecard_that_cannot_be_made_is_told_and_the_demo_ends(demo, tmp_path, capsys):
    (tmp_path / "kept").write_text("not a folder")
    assert month_on_paper(*demo, tmp_path / "kept") is None
    assert "was not made" in capsys.readouterr().out
