"""The archive: every finished day and month once, whole whatever happens, added to and never taken from."""

import csv
import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from reception.data.archive import Archive, wrong
from reception.figures import Figures
from reception.keeping import KeepingError
from tests.builders import open_door
from tests.data.conftest import END_OF_MARCH

ROOT = Path(__file__).parents[2]
DAYS = [(END_OF_MARCH[0] + timedelta(days=number)).isoformat() for number in range(12)]  # the last had no visitors


def archived(door, folder: Path) -> list[str]:
    """Runs it; the names of what was made."""
    made = Archive(Figures(door.settings, door.store), folder, door.now()).catch_up()
    return [place.name for place in made]


def corrected(week) -> None:
    """Somebody of the last day of March was seen a minute later than the record said."""
    visit = next(one for one in week.visits() if one.day == "2026-03-31")
    week.correct(visit=visit.id, by="person:m", seen_at=visit.seen_at + 60_000)


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_finished_day_is_a_folder_of_tables_and_every_finished_month_a_database(fortnight, tmp_path):
    folder = tmp_path / "archive"
    assert archived(fortnight, folder) == [*DAYS, "2026-03"]
    day = folder / "days" / "2026" / "2026-03-25"
    told = json.loads((day / "manifest.json").read_text())
    with gzip.open(day / "visits.csv.gz", "rt") as packed:
        rows = list(csv.DictReader(packed))
    assert len(rows) == told["tables"]["visits"]["rows"] > 10
    assert {row["day"] for row in rows} == {"2026-03-25"}
    assert json.loads(gzip.decompress((day / "visits.json.gz").read_bytes()))["rows"][0]["visit"] == rows[0]["visit"]
    with closing(sqlite3.connect(folder / "months" / "2026" / "2026-03" / "front-desk-2026-03.db")) as month:
        whole = month.execute("SELECT count(*) FROM visits").fetchone()[0]
    days = sorted((folder / "days" / "2026").glob("2026-03-*"))
    counts = [json.loads((one / "manifest.json").read_text())["tables"]["visits"]["rows"] for one in days]
    assert whole == sum(counts) > 100
    assert wrong(folder) == []


def test_today_and_a_month_that_goes_on_are_not_archived_yet(week, tmp_path):
    assert archived(week, tmp_path / "a") == ["2026-03-30", "2026-03-31", "2026-03"]


def test_run_again_it_makes_what_is_missing_and_nothing_twice(week, hands, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    before = held(folder)
    assert archived(week, folder) == []
    hands.go(days=4)
    week.catch_up()
    assert archived(week, folder) == [f"2026-04-{day:02d}" for day in range(1, 5)]
    assert {name: content for name, content in held(folder).items() if name in before and name != "archive.json"} == {
        name: content for name, content in before.items() if name != "archive.json"
    }


def test_a_correction_stands_beside_what_was(week, hands, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    before = held(folder)
    corrected(week)
    assert archived(week, folder) == ["2026-03-31.2", "2026-03.2"]
    assert archived(week, folder) == []
    assert before.items() - {("archive.json", before["archive.json"])} <= held(folder).items()
    months = folder / "months" / "2026"
    waits = []
    for name in ("2026-03", "2026-03.2"):
        with closing(sqlite3.connect(months / name / "front-desk-2026-03.db")) as month:
            waits.append(month.execute("SELECT wait_seconds FROM waits WHERE day = '2026-03-31'").fetchone()[0])
    assert waits == [120.0, 180.0]


def test_somebody_still_here_keeps_their_day_open(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    door.ticket()
    hands.go(hours=3)
    assert archived(door, tmp_path / "a") == []
    door.store.close()


def test_an_office_without_a_past_has_an_empty_archive(door, tmp_path):
    assert archived(door, tmp_path / "a") == []


def test_two_runs_at_once_are_one(week, tmp_path):
    first = Archive(Figures(week.settings, week.store), tmp_path / "a", week.now()).catch_up()
    next(first)
    with pytest.raises(KeepingError, match="Another run"):
        archived(week, tmp_path / "a")
    assert len(list(first)) == 2


def test_what_is_not_as_it_was_written_is_said(week, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    day = folder / "days" / "2026" / "2026-03-30"
    (day / "visits.csv.gz").write_bytes(b"something else")
    (day / "steps.json.gz").unlink()
    assert sorted(said.partition(" is ")[2] for said in wrong(folder)) == [
        "missing.",
        "not what was written: its checksum differs.",
    ]


def without(manifest: Path) -> None:
    manifest.unlink()


def empty(manifest: Path) -> None:
    manifest.write_text("")


def of_something_else(manifest: Path) -> None:
    manifest.write_text("{}")


@pytest.mark.parametrize("spoil", [without, empty, of_something_else])
def test_a_folder_that_nothing_proves_is_named_and_another_is_written_beside_it(week, tmp_path, spoil):
    folder = tmp_path / "a"
    archived(week, folder)
    spoiled = [folder / "days" / "2026" / "2026-03-30", folder / "months" / "2026" / "2026-03"]
    for place in spoiled:
        spoil(place / "manifest.json")
    named = [f"{place} has no manifest.json that can be read: nothing proves what is in it." for place in spoiled]
    assert wrong(folder) == named
    before = held(folder)
    assert archived(week, folder) == ["2026-03-30.2", "2026-03.2"]
    assert archived(week, folder) == []
    assert before.items() <= held(folder).items()
    assert wrong(folder) == named
    assert json.loads((folder / "days" / "2026" / "2026-03-30.2" / "manifest.json").read_text())["version"] == 2


def test_where_it_does_not_say_how_far_it_came_everything_is_looked_at_again(week, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    corrected(week)
    (folder / "archive.json").write_text("")
    assert archived(week, folder) == ["2026-03-31.2", "2026-03.2"]


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    assert wrong(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'} does not exist."]


# -- a full disk, a power cut ------------------------------------------------------------------------------------------

RUN = """
import resource, sys
from pathlib import Path
from reception.data.archive import Archive
from reception.figures import Figures
from reception.keeping import KeepingError
from tests.data.conftest import a_while_later

path, folder, largest = sys.argv[1:]
door = a_while_later(path)
if int(largest):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
try:
    for place in Archive(Figures(door.settings, door.store), Path(folder), door.now()).catch_up():
        print(place.name, flush=True)
except KeepingError as error:
    sys.exit(str(error))
"""


def started(office, folder: Path, largest: int = 0) -> subprocess.Popen:
    command = [sys.executable, "-c", textwrap.dedent(RUN), office.store.path, str(folder), str(largest)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def files_but_progress(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in held(folder).items() if not name.startswith((".lock", "archive.json"))}


def test_a_full_disk_leaves_whole_days_or_none_and_the_next_run_goes_on(fortnight, tmp_path):
    folder = tmp_path / "full"
    process = started(fortnight, folder, largest=200_000)  # enough for a day, too little for a month
    said, why = process.communicate(timeout=120)
    assert process.returncode == 1 and "was not made" in why
    assert said.splitlines() == DAYS
    assert wrong(folder) == [] and not list(folder.rglob("*.part"))
    assert archived(fortnight, folder) == ["2026-03"]
    assert wrong(folder) == []


def test_a_disk_that_is_full_at_once_is_told_in_a_sentence(fortnight, tmp_path):
    process = started(fortnight, tmp_path / "full", largest=2_000)
    _said, why = process.communicate(timeout=120)
    assert process.returncode == 1 and "is not complete" in why and "the next run goes on" in why
    assert [path.name for path in (tmp_path / "full").rglob("*") if path.is_file()] == [".lock"]


def test_killed_at_any_moment_it_holds_whole_days_and_ends_up_the_same(fortnight, tmp_path):
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    archived(fortnight, whole)
    for lines in (1, 2, 4, 3):
        process = started(fortnight, folder)
        for _ in range(lines):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        assert wrong(folder) == []
        assert all((place / "manifest.json").exists() for place in folder.glob("*/*/[!.]*"))
    archived(fortnight, folder)
    assert files_but_progress(folder) == files_but_progress(whole)
