"""The machine itself: its key, its disk, what it lets in, and a death in the middle of a ticket."""

import json
import resource
import sqlite3
import stat
import subprocess
import sys
import threading

import pytest
import requests
import socketio

from kiosk.keeping.pages import Gate
from tests.builders import eventually
from tests.keeper.conftest import PATIENCE, visits
from tests.serving import ROOT


def test_its_folder_and_its_key_are_for_its_own_account_alone(tmp_path):
    command = [sys.executable, "-m", "kiosk.keeper", "--new-key", "--data", tmp_path / "kept"]
    subprocess.run(command, cwd=ROOT, input="a key\n", text=True, check=True, capture_output=True, timeout=PATIENCE)
    key = tmp_path / "kept" / "key"
    assert (key.read_text(), stat.S_IMODE(key.stat().st_mode)) == ("a key", 0o600)
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700


def test_what_it_keeps_is_for_its_own_account_alone(machine):
    kept = [path for path in machine.data.rglob("*") if path.is_file() and path.name != "key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


@pytest.mark.parametrize("path", ["/api/office", "/sign-in", "/desk/", "/manage/", "/health", "/t/x", "/display/"])
def test_it_serves_the_kiosk_and_nothing_else(machine, path):
    assert machine.get(path) == 404


def test_it_answers_to_no_other_name(machine):
    told = requests.get(f"{machine.url}/kiosk/", headers={"Host": f"elsewhere.example:{machine.port}"}, timeout=10)
    assert told.status_code == 404


@pytest.mark.parametrize("host", ["localhost", "localhost:8001", "127.0.0.1", "[::1]", "[::1]:8001"])
def test_it_answers_to_its_own_names_whatever_its_port_is(host):
    gate = Gate(lambda environ, start_response: [b"the kiosk"], "reception-kiosk=a", None)
    assert gate({"PATH_INFO": "/kiosk/", "HTTP_HOST": host}, print) == [b"the kiosk"]


def test_a_damaged_store_is_told_with_what_helps(tmp_path):
    (tmp_path / "key").write_text("a key")
    (tmp_path / "reception.db").write_bytes(b"no database" * 1000)
    command = [sys.executable, "-m", "kiosk.keeper", "--data", tmp_path, "--server", "http://127.0.0.1:9"]
    ended = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True, timeout=PATIENCE)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "reception.db cannot be used" in ended.stderr and "Move it away" in ended.stderr


def test_pages_that_go_as_soon_as_they_came_leave_no_line_to_the_server(machine):
    before = machine.network.connections()
    for _ in range(8):
        page = socketio.Client(reconnection=False)
        page.connect(machine.url, namespaces=["/kiosk"], transports=["websocket"], wait_timeout=PATIENCE)
        page.disconnect()
    machine.touches()  # what asks without a page may have one more, at both ends
    eventually(lambda: machine.network.connections() <= before + 2, seconds=PATIENCE)


def test_the_key_never_reaches_the_browser(machine):
    told = requests.get(f"{machine.url}/kiosk/", timeout=10)
    assert machine.key not in told.text + json.dumps(dict(told.headers))


def test_a_revoked_key_gives_no_numbers_at_once_and_after_a_start(machine, server):
    server.revoke(machine.key)
    eventually(lambda: machine.newest().get("locked"), seconds=PATIENCE)
    assert machine.ask("issue", service="tax", showing="s")["ok"] is False
    assert visits(server) == []


def test_a_revoked_key_gives_none_either_when_the_machine_is_started_without_the_server(machine, server):
    server.revoke(machine.key)
    eventually(lambda: machine.newest().get("locked"), seconds=PATIENCE)
    machine.network.is_("cut")
    machine.stop()
    machine.start()
    assert machine.ask("issue", service="tax", showing="s")["reason"] == "kiosk_locked"


def test_a_full_disk_keeps_nobody_from_a_server_that_answers(machine, server):
    pid, limit = machine.process.pid, resource.RLIMIT_FSIZE
    _, hard = resource.prlimit(pid, limit)
    resource.prlimit(pid, limit, (4096, hard))
    server.stop()
    machine.is_alone()
    assert machine.ask("issue", service="tax", showing="alone")["ok"] is False
    server.door.rule(kind="service", subject="housing", value="closed", by="person:sam")
    server.start()
    machine.is_there()
    assert [machine.touches()["number"] for _ in range(3)] == ["A021", "A022", "A023"]
    assert "free some of it" in "".join(machine.log)
    resource.prlimit(pid, limit, (hard, hard))


def test_a_ticket_stored_before_the_machine_was_killed_is_told_afterwards(machine, server):
    """Killed while tickets are given one after the other: whoever was answered is in the line, each once."""
    machine.network.is_("cut")
    machine.is_alone()
    answered = []

    def touch_on():
        for count in range(30):
            try:
                answered.append(machine.touches("tax", showing=f"s{count}")["number"])
            except Exception:
                return

    touching = threading.Thread(target=touch_on)
    touching.start()
    eventually(lambda: len(answered) >= 3, seconds=PATIENCE)
    machine.process.kill()
    touching.join(PATIENCE)
    machine.stop()
    machine.start()
    again = [machine.touches(showing=f"s{count}")["number"] for count in range(len(answered))]
    machine.network.is_("passes")
    machine.has_told(len(answered))
    machine.stop()
    assert again == answered
    numbers = [visit.number for visit in visits(server)]
    assert set(answered) <= set(numbers) and len(numbers) == len(set(numbers)) <= len(answered) + 1


def test_the_machine_forgets_no_ticket_that_the_server_has_not_confirmed(machine, server):
    machine.network.is_("cut")
    ticket = machine.touches()
    machine.network.is_("/api/keeper/tickets")
    eventually(lambda: len(visits(server)) == 1, seconds=PATIENCE)
    assert untold(machine) == [ticket["id"]]
    machine.network.is_("passes")
    eventually(lambda: untold(machine) == [], seconds=PATIENCE)
    assert len(visits(server)) == 1


def untold(machine) -> list[str]:
    with sqlite3.connect(machine.data / "reception.db") as store:
        return [visit for (visit,) in store.execute("SELECT visit FROM moments WHERE told = ''")]


def test_the_visitors_page_works_once_the_server_knows(machine, server):
    machine.network.is_("cut")
    path = "/t/" + machine.touches()["url"].rpartition("/t/")[2]
    assert server.ask("GET", path).status_code == 404
    machine.network.is_("passes")
    machine.has_told(1)
    assert server.ask("GET", path).status_code == 200


def test_a_refused_ticket_holds_up_no_other(machine, server):
    """The server's record was put back to before the numbers were lent, say: those are nobody's there."""
    machine.network.is_("cut")
    machine.touches(), machine.touches("housing")
    server.stop()
    with sqlite3.connect(server.data / "reception.db") as store:
        store.execute("DELETE FROM blocks WHERE letter = 'A'")
    server.start()
    machine.network.is_("passes")
    machine.has_told(1)
    assert [visit.number for visit in visits(server)] == ["B001"]
    assert "refused" in "".join(machine.log)


def test_other_settings_of_the_office_reach_the_kiosk(machine, server):
    text = server.office.read_text().replace('name = "Council Tax"', 'name = "Rates"')
    server.stop()
    server.office.write_text(text)
    server.start()
    eventually(lambda: "Rates" in (_page(machine) or ""), seconds=PATIENCE)


def _page(machine) -> str | None:
    try:
        return requests.get(f"{machine.url}/kiosk/", timeout=10).text
    except requests.RequestException:
        return None


def test_a_ticket_at_which_the_server_fails_holds_up_no_other_and_is_told_again(machine, server):
    machine.network.is_("cut")
    machine.touches()
    machine.touches("housing")
    with sqlite3.connect(server.data / "reception.db") as store:
        store.execute(
            "CREATE TRIGGER fails BEFORE INSERT ON visits WHEN NEW.number = 'A001' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    machine.network.is_("passes")
    machine.has_told(1)
    assert machine.touches()["number"] == "A021"
    with sqlite3.connect(server.data / "reception.db") as store:
        store.execute("DROP TRIGGER fails")
    server.stop()
    server.start()
    machine.has_told(3)
    assert {visit.number for visit in visits(server)} == {"A001", "B001", "A021"}
