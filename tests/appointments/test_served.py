"""The running server takes in what is put into its folder, and what the command gives it, and goes on serving."""

import subprocess

import pytest

from tests.api.conftest import NOON, soon
from tests.builders import eventually
from tests.outside import Server


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path, office={"timezone": NOON}, appointments={"folder": str(tmp_path), "look_seconds": 0.1})
    yield made
    made.close()


def bookings(*lines: str) -> str:
    return "reference,service,start\n" + "".join(f"{line},{soon()}\n" for line in lines)


def known(server) -> list[tuple[str, str]]:
    found = server.ask("GET", "/api/appointments", server.key("desk")).json()["appointments"]
    return sorted((one["reference"], one["source"]) for one in found)


def test_a_file_in_the_folder_is_taken_in_and_they_can_check_in(server, tmp_path):
    (tmp_path / "bookings.csv").write_text(bookings("B1,tax", "B2,dragons"))
    report = tmp_path / "done/bookings.csv.report.txt"
    eventually(lambda: report.exists() and not (tmp_path / "bookings.csv").exists())
    assert report.read_text().splitlines()[0] == "2 read: 1 new, 0 changed, 0 as before, 0 cancelled."
    assert known(server) == [("B1", "folder")]
    ticket = server.ask("POST", "/api/check-in", server.key("kiosk"), json={"reference": "b1"})
    assert (ticket.status_code, ticket.json()["number"]) == (201, "A001")


def test_the_command_takes_in_a_file_beside_the_server(server, tmp_path):
    (tmp_path / "list.txt").write_text(bookings("B1,tax"))
    assert server.typed("appointments", "import", tmp_path / "list.txt").startswith("1 read: 1 new")
    (tmp_path / "list.txt").write_text(bookings("B2,tax", "B3,dragons"))
    with pytest.raises(subprocess.CalledProcessError) as refused:
        server.typed("appointments", "import", tmp_path / "list.txt")
    assert (refused.value.returncode, "Line 3" in refused.value.stdout) == (1, True)
    assert known(server) == [("B1", "command"), ("B2", "command")]
