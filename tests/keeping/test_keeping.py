"""Keeping and forgetting, on real files: what a backup holds, what a restore brings back, what is really gone."""

import sqlite3
import threading
from contextlib import closing

import pytest

from reception import keeping
from reception.keys import Keys
from tests.builders import at_once, open_door


@pytest.fixture
def database(tmp_path):
    return tmp_path / "reception.db"


def numbers(file) -> list[str]:
    with closing(sqlite3.connect(file)) as found:
        return [row[0] for row in found.execute("SELECT number FROM visits ORDER BY number")]


def test_a_backup_holds_every_ticket_given_before_it(door, database, tmp_path):
    given = [door.ticket().number for _ in range(5)]
    keeping.backup(database, tmp_path / "copy.db")
    assert numbers(tmp_path / "copy.db") == given


def test_a_backup_under_load_is_a_sound_moment_of_the_office_and_holds_nobody_up(door, database, tmp_path):
    copies, stop, given = [tmp_path / f"copy-{n}.db" for n in range(5)], threading.Event(), []

    def issue():
        while not stop.is_set():
            given.append(door.ticket().number)

    def back_up():
        try:
            for copy in copies:
                keeping.backup(database, copy)
        finally:
            stop.set()

    at_once(issue, back_up)
    assert len(given) > len(copies)
    for copy in copies:
        held = numbers(copy)
        assert held == given[: len(held)]


def test_a_backup_that_fails_leaves_the_older_one_alone(door, database, tmp_path):
    copy = tmp_path / "copy.db"
    door.ticket()
    keeping.backup(database, copy)
    before = copy.read_bytes()
    with pytest.raises(keeping.KeepingError, match="was not made"):
        keeping.backup(database, tmp_path / "no folder" / "copy.db")
    assert copy.read_bytes() == before


def test_a_backup_is_for_its_owner_alone(door, database, tmp_path):
    keeping.backup(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_nightly_keeps_the_newest_backups(door, database, tmp_path):
    folder = tmp_path / "nightly"
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        keeping.nightly(database, folder, keep=2, name=day)
    assert sorted(file.name for file in folder.iterdir()) == ["reception-2026-03-03.db", "reception-2026-03-04.db"]


def test_restoring_brings_the_backup_back_and_keeps_what_was_there(door, hands, database, tmp_path):
    first = door.ticket()
    keeping.backup(database, tmp_path / "copy.db")
    second = door.ticket()
    door.store.close()
    aside = keeping.restore(tmp_path / "copy.db", database)
    assert numbers(database) == [first.number]
    assert numbers(aside) == [first.number, second.number]
    again = open_door(database, hands)
    assert again.ticket().number == second.number
    again.store.close()


def test_nothing_is_restored_under_a_running_server(door, database, tmp_path):
    import fcntl

    keeping.backup(database, tmp_path / "copy.db")
    with database.with_name("server.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        with pytest.raises(keeping.KeepingError, match="Stop it first"):
            keeping.restore(tmp_path / "copy.db", database)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400])
def test_only_a_sound_backup_of_ours_is_restored(door, database, tmp_path, content):
    door.ticket()
    file = tmp_path / "other.db"
    file.write_bytes(content)
    with pytest.raises(keeping.KeepingError):
        keeping.restore(file, database)
    assert numbers(database) == ["A001"]


def test_forgetting_takes_the_link_from_the_file_and_its_journal_and_leaves_the_figures(door, hands, database):
    visit = door.ticket()
    door.next()
    ended = door.take("finish", visit)
    assert keeping.forget(door).links == 0
    hands.go(days=2)
    assert keeping.forget(door).links == 1
    left = b"".join(database.with_name(database.name + end).read_bytes() for end in ("", "-wal"))
    assert visit.token.encode() not in left
    assert door.stored(visit).ended_at == ended.ended_at
    assert keeping.forget(door).links == 0


def test_forgetting_deletes_old_answers_jobs_and_used_links_and_says_how_many(door, hands):
    keys = Keys(door)
    keys.add(name="Ann", role="manager", kind="link", by="test", lasts_ms=1_000)
    lasting = keys.add(name="Lobby", role="kiosk", kind="bearer", by="test")
    door.issue(service="tax", by="test", printer="virtual")
    hands.go(days=40)
    assert keeping.forget(door) == keeping.Forgotten(links=0, answers=0, print_jobs=1, keys=1)
    assert keys.holder(lasting, "bearer").name == "Lobby"
