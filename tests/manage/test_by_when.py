"""Whether people were called by the time that they were told, as managers see it: in words, tables and the download."""

import csv
import html
import io
import re

import pytest

from reception.appointments.booked import Booked
from reception.estimate.said import Said
from reception.figures import Figures

MINUTE = 60_000


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


@pytest.fixture
def told(parts, hands):
    """Two Mondays: one is called by the time told, one is not, one leaves before; and an appointment is kept."""
    door = parts.frontdesk

    def expected(visit, minutes: int):
        door.tell_expected({visit.id: Said("range", hands.wall, 0, 30, hands.wall + minutes * MINUTE)})
        return visit

    def helped(minutes: int) -> None:
        hands.go(minutes=minutes)
        visit = door.call_next(desk="1", by="person:1")
        door.step("start", visit=visit.id, by="person:1", desk="1")
        door.finish(visit=visit.id, by="person:1", outcome="resolved")

    for day in ("2026-03-02", "2026-03-09"):
        hands.go_to(f"{day} 10:00")
        door.catch_up()
        at = hands.wall + 30 * MINUTE
        door.take_in(
            [Booked(f"TX-{day}", "housing", at, 20, "Ann", "AB1 2CD", (), False, 1)], by="key:1", source="test"
        )
        expected(door.issue(service="tax", by="kiosk:lobby").visit, 10)
        helped(10)  # the very minute
        expected(door.issue(service="tax", by="kiosk:lobby").visit, 10)
        helped(11)
        leaves = expected(door.issue(service="parking", by="kiosk:lobby").visit, 20)
        door.step("leave", visit=leaves.id, by="person:1")
        expected(door.check_in(reference=f"TX-{day}", by="kiosk:lobby").visit, 15)
        helped(15)
        door.issue(service="tax", by="kiosk:lobby")  # told nothing
        helped(1)
    hands.go_to("2026-03-13 12:00")
    door.catch_up()
    return parts


PERIOD = "?from=2026-03-02&to=2026-03-13"


def test_the_page_says_it_with_its_weeks_and_tables(manager, told):
    page = words_of(manager.get(f"/manage/figures{PERIOD}").text)
    assert "Called by the time told, week by week" in page
    assert (
        "50% of 4 (15 to 85) without an appointment were called by the time that they were told. The aim is 90%" in page
    )
    assert "With an appointment it was 100% of 2" in page
    assert "2 people left before the time that they were told, and are counted apart." in page
    assert "2 March 2026 to 8 March 2026 2 50%" in page and "9 March 2026 to 15 March 2026 2 50%" in page
    assert "Council Tax 4 50%" in page and "10:00 4 50%" in page


def test_one_week_has_no_run_and_nobody_told_has_no_section(manager, told):
    page = words_of(manager.get("/manage/figures?from=2026-03-02&to=2026-03-02").text)
    assert "Called by the time told 50% of 2" in page and "week by week" not in page
    assert "Called by the time told" not in words_of(manager.get("/manage/figures?from=2026-03-13&to=2026-03-13").text)


def test_a_part_asked_for_is_of_that_part(manager, told):
    page = words_of(manager.get(f"/manage/figures{PERIOD}&service=housing").text)
    assert "With an appointment it was 100% of 2" in page and "without an appointment" not in page


def test_the_download_has_a_row_of_each(manager, told):
    rows = list(csv.DictReader(io.StringIO(manager.get(f"/manage/figures.csv{PERIOD}").text)))
    found = {(row["of"], row["key"]): (row["n"], row["hits"], row["gone"]) for row in rows if row["of"][:4] == "told"}
    assert found["told walk_ins", ""] == ("4", "2", "2")
    assert found["told appointments", ""] == ("2", "2", "0")
    assert found["told walk_ins by week", "2026-03-09"] == ("2", "1", "1")
    assert found["told walk_ins by service", "parking"] == ("0", "0", "2")
    assert found["told appointments by hour", "10"] == ("2", "2", "0")


def test_what_is_kept_says_the_same_until_it_is_put_right(told, parts, hands):
    figures = Figures(parts.settings, parts.store, parts.frontdesk.writer)
    today = figures.today(hands.wall)
    before = figures.between(today.replace(day=2), today, hands.wall)["told"]
    figures.catch_up(hands.wall)
    assert figures.between(today.replace(day=2), today, hands.wall)["told"] == before
    parts.frontdesk.writer.do(
        lambda store: (store.execute("UPDATE visits SET first_by_at = first_by_at + 60000"), None)
    )
    after = figures.between(today.replace(day=2), today, hands.wall)["told"]
    assert (before["walk_ins"]["hits"], after["walk_ins"]["hits"]) == (2, 4)
