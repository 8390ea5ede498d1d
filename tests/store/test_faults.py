"""A disk that is full, a database locked or damaged: told as what it is, nothing lost, and back to work after."""

import json
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from reception.refusals import StoreFault
from reception.store import Store
from tests.builders import open_door, replayed

FULL_DISK = """
import json, resource, sys
from pathlib import Path
from reception.refusals import StoreFault
from tests.builders import open_door

path = Path(sys.argv[1])
door = open_door(path)
door.ticket()
size = max(file.stat().st_size for file in path.parent.iterdir())
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, hard))
given, faults = ["A001"], []
while len(faults) < 3:
    try:
        given.append(door.ticket().number)
    except StoreFault as fault:
        faults.append(fault.key)
readable = len(door.visits())
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
given += [door.ticket().number for _ in range(3)]
print(json.dumps([given, faults, readable]))
"""


def whole(door) -> bool:
    """Whether replaying the steps gives the stored visits, and SQLite finds nothing wrong."""
    rows = {found.id: replace(found, token=None) for found in door.visits()}
    return replayed(door.told()) == rows and door.rows("PRAGMA integrity_check") == [("ok",)]


def tickets_until_a_fault(door) -> tuple[list[str], StoreFault]:
    given = []
    for _ in range(10_000):
        try:
            given.append(door.ticket().number)
        except StoreFault as fault:
            return given, fault
    raise AssertionError("the disk never filled")


def test_a_full_database_is_told_loses_nothing_and_works_again_with_space(tmp_path):
    door = open_door(tmp_path / "r.db", keeping={"max_pages": 90})
    given, fault = tickets_until_a_fault(door)
    assert (fault.key, fault.status) == ("disk_full", 503)
    assert [visit.number for visit in door.visits()] == given
    # A row that lands on a page with room may still be kept; soon none is.
    for _ in range(3):
        more, fault = tickets_until_a_fault(door)
        given += more
        assert fault.key == "disk_full"
    door.store.execute("PRAGMA max_page_count = 100000")
    assert door.ticket().number == f"A{len(given) + 1:03d}"
    assert whole(door)


def test_a_full_database_says_so_at_the_desk_too_and_keeps_who_is_where(tmp_path):
    door = open_door(tmp_path / "r.db", keeping={"max_pages": 90})
    tickets_until_a_fault(door)
    answers = []
    for _ in range(200):
        before = door.visits(), door.store.desks("office")
        try:
            answers.append(door.next("1"))
        except StoreFault as fault:
            answers.append(fault)
            assert (door.visits(), door.store.desks("office")) == before
            break
    assert answers[-1].key == "disk_full"
    door.store.execute("PRAGMA max_page_count = 100000")
    assert door.next("1").state == "called"
    assert whole(door)


def test_a_file_that_may_not_grow_is_told_loses_nothing_and_works_again(tmp_path):
    path = tmp_path / "data" / "r.db"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    given, faults, readable = json.loads(done.stdout)
    assert faults == ["disk_full"] * 3
    assert given == [f"A{n:03d}" for n in range(1, len(given) + 1)]
    assert readable == len(given) - 3
    door = open_door(path)
    assert [visit.number for visit in door.visits()] == given
    assert whole(door)


def test_a_database_locked_by_another_process_is_told_after_the_time_set(tmp_path):
    door = open_door(tmp_path / "r.db", keeping={"busy_seconds": 0.3})
    first = door.ticket()
    other = sqlite3.connect(tmp_path / "r.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asked = time.monotonic()
    with pytest.raises(StoreFault) as fault:
        door.ticket()
    assert (fault.value.key, fault.value.status) == ("database_busy", 503)
    assert 0.3 <= time.monotonic() - asked < 4
    assert door.visits() == [first]
    other.execute("ROLLBACK")
    assert door.ticket().number == "A002"


def test_a_database_that_is_locked_while_it_is_opened_is_busy_not_damaged(tmp_path):
    other = sqlite3.connect(tmp_path / "r.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreFault, match="database_busy"):
        Store(tmp_path / "r.db", busy_seconds=0.1)
    other.execute("ROLLBACK")
    Store(tmp_path / "r.db").close()


def test_a_disk_that_is_full_while_a_database_is_opened_is_told_as_full_not_damaged(tmp_path):
    with pytest.raises(StoreFault, match="disk_full"):
        Store(tmp_path / "r.db", max_pages=5)


@pytest.mark.parametrize(
    "text",
    [b"this is no database, it is a letter to the council\n" * 100, bytes(range(255, -1, -1)) * 32],
    ids=["a letter", "bytes"],
)
def test_a_file_that_is_no_database_is_told_with_its_name(tmp_path, text):
    path = tmp_path / "r.db"
    path.write_bytes(text)
    with pytest.raises(StoreFault) as fault:
        Store(path)
    assert (fault.value.key, fault.value.values["path"]) == ("database_damaged", str(path))
    assert path.read_bytes() == text


def test_a_file_damaged_on_the_disk_is_told_when_it_is_opened_or_used(tmp_path):
    path = tmp_path / "r.db"
    door = open_door(path)
    for _ in range(200):
        door.ticket()
    door.store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    door.store.close()
    damaged = bytearray(path.read_bytes())
    damaged[4096:] = b"\xa5" * (len(damaged) - 4096)
    path.write_bytes(damaged)
    with pytest.raises(StoreFault, match="database_damaged"):
        open_door(path).ticket()


def test_a_file_damaged_under_a_running_office_is_told(tmp_path):
    path = tmp_path / "r.db"
    door = open_door(path)
    for _ in range(200):
        door.ticket()
    door.store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        size = path.stat().st_size
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    door.store.execute("PRAGMA shrink_memory")
    # Somebody else's change makes the office read the file again.
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.DatabaseError):
        other.execute("UPDATE counters SET last = last")
    other.close()
    door.store.kept.clear()
    with pytest.raises(StoreFault, match="database_damaged"):
        door.ticket()
