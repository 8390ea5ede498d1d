"""The watched folder: files are taken in once they have stopped growing, and moved with a report beside them."""

import logging
import os
import time

import pytest

from reception.appointments.folder import Folder
from reception.appointments.words import told
from tests.builders import open_door

HEADER = "reference,service,start,name,postcode\n"
GOOD = "B1,tax,2026-03-02 11:00,Ann Quillfeather,ZZ9 9ZZ\n"
OTHER = "B2,tax,2026-03-02 12:00,Bo,ZZ9 9ZZ\n"


class Watched:
    """A front desk whose folder is `path`; `look` is one look of the server's."""

    def __init__(self, path, hands, **rules):
        self.path = path / "in"
        self.path.mkdir(exist_ok=True)
        self.door = open_door(path / "reception.db", hands, appointments={"folder": str(self.path), **rules})
        self.folder = Folder(self.door, worded=lambda report: "\n".join(told(report, 1000)))

    def put(self, text: str | bytes, name: str = "bookings.csv"):
        (self.path / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.folder.look()

    @property
    def booked(self) -> list[str]:
        return sorted(one.reference for one in self.door.appointments("2026-03-02"))

    @property
    def files(self) -> list[str]:
        return sorted(str(file.relative_to(self.path)) for file in self.path.rglob("*") if file.is_file())

    def report(self, name: str = "done/bookings.csv") -> list[str]:
        return (self.path / f"{name}.report.txt").read_text("utf-8").splitlines()


@pytest.fixture
def watched(tmp_path, hands):
    made = Watched(tmp_path, hands)
    yield made
    made.door.store.close()


def test_a_file_is_taken_in_at_the_second_look_and_moved_with_its_report(watched):
    watched.put(HEADER + GOOD)
    watched.look()
    assert (watched.booked, watched.files) == ([], ["bookings.csv"])
    watched.look()
    assert watched.booked == ["B1"]
    assert watched.files == ["done/bookings.csv", "done/bookings.csv.report.txt"]
    assert watched.report() == ["1 read: 1 new, 0 changed, 0 as before, 0 cancelled."]


def test_a_file_that_grows_waits_until_it_is_whole(watched):
    watched.put(HEADER + GOOD[:20])
    watched.look()
    watched.put(HEADER + GOOD)
    watched.look()
    watched.put(HEADER + GOOD + OTHER)
    watched.look()
    assert watched.booked == []
    watched.look()
    assert watched.booked == ["B1", "B2"]


def test_an_empty_file_waits(watched):
    watched.put("")
    watched.look(3)
    assert watched.files == ["bookings.csv"]


def test_good_lines_are_kept_and_the_report_says_what_is_wrong_by_line_and_nothing_of_anybody(watched):
    watched.put(HEADER + GOOD + "B3,dragons,2026-03-02 11:00,Cy,ZZ9 9ZZ\nB4,tax,03/25/2026 11:00,Di,ZZ9 9ZZ\n")
    watched.look(2)
    assert watched.booked == ["B1"]
    first, wrong, *lines = watched.report()
    assert (first, wrong) == ("3 read: 1 new, 0 changed, 0 as before, 0 cancelled.", "2 could not be taken in:")
    assert [line.split(":")[0] for line in lines] == ["Line 3", "Line 4"]
    assert "month first" in lines[1]
    assert not any(private in "".join(lines) for private in ("Quillfeather", "ZZ9", "Cy"))


@pytest.mark.parametrize(
    "data", ["when,who\n1,2\n", b"PK\x03\x04workbook", HEADER + "B1,dragons,2026-03-02 11:00,Ann,\n"]
)
def test_a_file_of_which_nothing_could_be_read_is_put_aside(watched, data):
    watched.put(data)
    watched.look(2)
    assert watched.files == ["failed/bookings.csv", "failed/bookings.csv.report.txt"]
    assert len(watched.report("failed/bookings.csv")) > 1


def test_a_file_that_is_too_large_is_put_aside_unread(tmp_path, hands):
    watched = Watched(tmp_path, hands, largest_megabytes=1)
    watched.put(HEADER + GOOD + "\n" * 1024 * 1024)
    watched.look(2)
    assert watched.report("failed/bookings.csv")[-1] == "The file is larger than 1 MB. Give it in parts."
    assert watched.booked == []


def test_the_same_file_again_changes_nothing_and_the_old_one_stays(watched):
    for _ in range(2):
        watched.put(HEADER + GOOD)
        watched.look(2)
    assert watched.door.words().count("appointments_taken_in") == 1
    assert [name for name in watched.files if name.endswith(".csv")] == ["done/bookings-2.csv", "done/bookings.csv"]
    assert watched.report("done/bookings-2.csv") == ["1 read: 0 new, 0 changed, 1 as before, 0 cancelled."]


def test_links_folders_and_other_files_are_left_alone(watched, tmp_path):
    (tmp_path / "elsewhere.csv").write_text(HEADER + GOOD)
    (watched.path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    (watched.path / "folder.csv").mkdir()
    watched.put(HEADER + GOOD, "bookings.csv.part")
    watched.put(HEADER + OTHER, "LAST.CSV")
    watched.look(3)
    assert watched.booked == ["B2"]
    assert (tmp_path / "elsewhere.csv").exists() and (watched.path / "link.csv").is_symlink()


def test_nothing_is_written_or_deleted_where_somebody_elses_link_points(watched, tmp_path):
    ours, report = tmp_path / "ours", tmp_path / "ours" / "old.csv.report.txt"
    ours.mkdir()
    report.write_text("ours")
    os.utime(report, (0, 0))
    (watched.path / "done").symlink_to(ours)
    watched.put(HEADER + GOOD)
    watched.look(3)
    assert (watched.booked, sorted(ours.iterdir())) == (["B1"], [report])
    os.utime(report)
    (watched.path / "done").unlink()
    (watched.path / "done").mkdir()
    (watched.path / "done" / "bookings.csv.report.txt").symlink_to(report)
    watched.look()
    assert report.read_text() == "ours"
    assert watched.report("done/bookings-2.csv") == ["1 read: 1 new, 0 changed, 0 as before, 0 cancelled."]


def test_a_folder_that_is_not_there_is_said_once_and_looked_for_again(watched, caplog):
    watched.path.rmdir()
    watched.look(3)
    assert caplog.text.count("cannot be taken in now (No such file or directory)") == 1
    watched.path.mkdir()
    watched.put(HEADER + GOOD)
    watched.look(2)
    assert watched.booked == ["B1"]


def test_a_file_that_cannot_be_moved_is_taken_in_once_said_once_and_moved_later(watched, caplog):
    (watched.path / "done").write_text("in the way")
    watched.put(HEADER + GOOD)
    watched.look(4)
    assert watched.booked == ["B1"]
    assert watched.door.words().count("appointments_taken_in") == 1
    assert caplog.text.count("It is tried again.") == 1
    (watched.path / "done").unlink()
    watched.look()
    assert watched.files == ["done/bookings.csv", "done/bookings.csv.report.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_file_that_cannot_be_read_is_said_once_and_read_later(watched, caplog):
    watched.put(HEADER + GOOD)
    (watched.path / "bookings.csv").chmod(0)
    watched.look(4)
    assert caplog.text.count("(Permission denied)") == 1
    (watched.path / "bookings.csv").chmod(0o600)
    watched.look()
    assert watched.booked == ["B1"]


def test_files_and_their_reports_are_deleted_after_some_days(watched):
    watched.put(HEADER + GOOD)
    watched.look(2)
    old = time.time() - 8 * 86_400
    os.utime(watched.path / "done/bookings.csv.report.txt", (old, old))
    watched.put(HEADER + OTHER, "newer.csv")
    watched.look(2)
    assert watched.files == ["done/newer.csv", "done/newer.csv.report.txt"]


def test_the_log_names_the_file_and_nobody(watched, caplog):
    caplog.set_level(logging.INFO)
    watched.put(HEADER + GOOD)
    watched.look(2)
    assert "'bookings.csv': 1 read, 0 wrong; it is in done/ now." in caplog.text
    assert "Quillfeather" not in caplog.text
