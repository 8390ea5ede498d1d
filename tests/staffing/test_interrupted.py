"""A plan over which the server stopped: it is not waited for, the page says so, and it is begun again."""

import sqlite3
import time
import urllib.request
from contextlib import closing
from datetime import date, timedelta

from reception.settings import load
from reception.simulating import Habits, simulate
from reception.simulating.written import write
from reception.staffing import Progress
from reception.store import Store
from tests.builders import instant
from tests.serving import HEAD, HOURS, TAIL, Served
from tests.staffing.rooms import room
from tests.staffing.test_working import MONDAY, TODAY, Later, parts_at

OFFICE = f"""{HEAD}
{HOURS}
[[services]]
key = "tax"
name = "Council Tax"
letter = "A"

[[desks]]
key = "1"
name = "Desk 1"

{TAIL}
"""


def started(tmp_path, at: int = MONDAY):
    """The parts as the server starts."""
    parts = parts_at(room(server={"data": tmp_path}), tmp_path, at)
    parts.staffing.look_behind()
    return parts


def begin_and_stop(parts) -> None:
    """The server stops once one day is planned."""
    staffing = parts.staffing

    def stops(function, figures, *given):
        staffing.stop()
        return function(figures, *given)

    stops.stop = lambda: None
    staffing.plans = stops
    staffing.start()
    parts.store.close()


def test_after_a_restart_it_says_so_and_begins_again_by_itself_once_a_day(tmp_path):
    begin_and_stop(started(tmp_path))
    again = started(tmp_path)
    assert again.staffing.progress() == Progress("interrupted", started_at=MONDAY)
    assert again.staffing.kept() is None and again.staffing.is_due()
    begin_and_stop(again)
    third = started(tmp_path)
    assert third.staffing.progress().key == "interrupted" and not third.staffing.is_due()
    third.store.close()
    tomorrow = started(tmp_path, instant(f"{TODAY} 08:00") + 24 * 3_600_000)
    assert tomorrow.staffing.is_due()
    tomorrow.staffing.start()
    assert tomorrow.staffing.progress().key == "idle" and tomorrow.staffing.kept()
    tomorrow.store.close()
    after = started(tmp_path, MONDAY + 24 * 3_600_000)
    assert after.staffing.progress() == Progress()
    after.store.close()


def test_one_that_was_stopped_by_a_person_or_failed_was_not_interrupted(tmp_path):
    stopped = started(tmp_path)
    later = Later(stopped.staffing)
    stopped.staffing.start()
    stopped.staffing.cancel()
    later.go()

    def broken(*_asked):
        raise OSError("no memory")

    stopped.staffing.plans = broken
    stopped.staffing.start()
    later.go()
    assert stopped.staffing.progress().key == "failed"
    stopped.store.close()
    again = started(tmp_path)
    assert again.staffing.progress() == Progress()
    again.store.close()


def test_a_server_killed_over_a_plan_says_so_on_its_page_when_it_is_back(tmp_path):
    (tmp_path / "office.toml").write_text(OFFICE)
    settings = load(tmp_path / "office.toml", env={"RECEPTION_DATA": str(tmp_path / "data")})
    store = Store(tmp_path / "data" / "reception.db")
    write(store, settings, simulate(settings, date.today() - timedelta(days=9), 8, habits=Habits(a_day=15)))
    store.close()
    served = Served(tmp_path, OFFICE)
    try:
        key = served.key("manager")
        begin_and_kill(served, key)
        served.start()
        assert '"interrupted"' in asked(served, "/api/staffing", key)
        page = asked(served, "/manage/staffing", served.key("manager", "browser"))
        assert "The server stopped while a plan was being worked out" in page and "Work the week out" in page
        assert '"working"' in asked(served, "/api/staffing", key, b"{}")
    finally:
        served.close()


def begin_and_kill(served: Served, key: str) -> None:
    """Kills it while the plan is being made: as long as we hold the database, no plan can come to its end."""
    with closing(sqlite3.connect(served.data / "reception.db", isolation_level=None, timeout=30)) as held:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            asked(served, "/api/staffing", key, b"{}")
            held.execute("BEGIN IMMEDIATE")
            if held.execute("SELECT count(*) FROM staffing_begun").fetchone()[0]:
                served.stop(kill=True)
                return
            held.execute("ROLLBACK")
    raise AssertionError("No plan was seen being made.")


def asked(served: Served, path: str, key: str, data: bytes | None = None) -> str:
    """By a program's key, a page by a browser's."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    if not path.startswith("/api"):
        headers = {"Cookie": f"reception-manage={key}"}
    with urllib.request.urlopen(urllib.request.Request(served.url + path, data, headers), timeout=60) as answer:
        return answer.read().decode()
