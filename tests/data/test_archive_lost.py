"""Files that an archive has lost: put back in whichever version has lost them, where anything still knows them."""

import json
from pathlib import Path

from reception.data.archive import wrong
from tests.data.test_archive import archived, corrected, held


def test_a_lost_file_is_put_back_as_it_was_and_nothing_else_is_touched(week, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    before, day = held(folder), folder / "days" / "2026" / "2026-03-30"
    (day / "visits.csv.gz").unlink()
    (day / "steps.json.gz").unlink()
    (day / "waits.csv.gz").write_bytes(b"something else")
    assert sorted(archived(week, folder)) == ["steps.json.gz", "visits.csv.gz"]
    assert archived(week, folder) == []
    spoiled = "days/2026/2026-03-30/waits.csv.gz"
    assert held(folder) == before | {spoiled: b"something else"}
    assert wrong(folder) == [f"{folder / spoiled} is not what was written: its checksum differs."]
    (folder / spoiled).unlink()  # so that it is made again
    assert archived(week, folder) == ["waits.csv.gz"]
    assert held(folder) == before and wrong(folder) == []


def test_where_a_lost_file_comes_out_otherwise_by_now_another_version_stands_beside(week, hands, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    corrected(week)
    lost = [
        folder / "days" / "2026" / "2026-03-31" / "visits.csv.gz",
        folder / "months" / "2026" / "2026-03" / "front-desk-2026-03.db",
    ]
    for file in lost:
        file.unlink()
    before = held(folder)
    assert archived(week, folder) == ["2026-03-31.2", "2026-03.2"]
    assert archived(week, folder) == []
    assert before.items() - {("archive.json", before["archive.json"])} <= held(folder).items()
    assert wrong(folder) == [f"{file} is missing." for file in lost]


def test_the_newest_version_is_the_one_that_is_put_back(week, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    corrected(week)
    archived(week, folder)
    before = held(folder)
    (folder / "days" / "2026" / "2026-03-31.2" / "visits.csv.gz").unlink()
    assert archived(week, folder) == ["visits.csv.gz"]
    assert held(folder) == before


def proofs(place: Path) -> dict[str, str]:
    """Each file's name and checksum by the folder's manifest."""
    tables = json.loads((place / "manifest.json").read_text())["tables"].values()
    return {name: proof["sha256"] for table in tables for name, proof in table["files"].items()}


def test_what_two_versions_have_lost_is_put_back_in_both_where_anything_still_knows_it(week, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    corrected(week)
    archived(week, folder)
    before = held(folder)
    first, second = (folder / "days" / "2026" / name for name in ("2026-03-31", "2026-03-31.2"))
    changed = {name for name, proof in proofs(first).items() if proofs(second).get(name) != proof}
    alike = {*proofs(first)} - changed
    assert "waits.csv.gz" in changed and alike
    for place in (first, second):
        for name in proofs(place):
            (place / name).unlink()
    assert sorted(archived(week, folder)) == sorted([*proofs(second), *alike])
    assert archived(week, folder) == []
    gone = {str((first / name).relative_to(folder)) for name in changed}
    assert held(folder) == {name: content for name, content in before.items() if name not in gone}
    assert {*wrong(folder)} == {f"{folder / name} is missing." for name in gone}


def test_an_older_version_takes_nothing_that_is_not_what_it_was(week, tmp_path):
    folder = tmp_path / "a"
    archived(week, folder)
    corrected(week)
    archived(week, folder)
    first, second = (folder / "days" / "2026" / name for name in ("2026-03-31", "2026-03-31.2"))
    alike = next(name for name, proof in proofs(first).items() if proofs(second).get(name) == proof)
    (first / alike).unlink()
    (second / alike).write_bytes(b"something else")
    assert archived(week, folder) == []
    (second / alike).unlink()  # so that it is made again
    assert archived(week, folder) == [alike, alike]
    assert wrong(folder) == []
