"""Answered, and nobody came back: on the managers' page, in its table and in the definitions."""

import csv
import html
import io
import re

import pytest

from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.store import Store
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import office


@pytest.fixture
def parts(tmp_path, hands):
    settings = office(server={"data": tmp_path, "secure_cookies": False}, figures={"references": True})
    store = Store(tmp_path / "reception.db")
    frontdesk = FrontDesk(settings, store, clock=hands.clock)
    yield Parts(settings, store, frontdesk, Keys(frontdesk), Guesses(settings))
    store.close()


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


def helped(parts, hands, when: str, reference: str = "") -> None:
    hands.go_to(when)
    parts.frontdesk.catch_up()
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    visit = parts.frontdesk.call_next(desk="1", by="person:1")
    parts.frontdesk.step("start", visit=visit.id, by="person:1", desk="1")
    parts.frontdesk.finish(visit=visit.id, by="person:1", outcome="resolved", reference=reference)


def test_who_came_back_is_told_beside_what_was_said(manager, parts, hands):
    helped(parts, hands, "2026-03-02 10:00", "CT-1")
    helped(parts, hands, "2026-03-03 10:00", "CT-1")
    helped(parts, hands, "2026-03-03 11:00", "CT-2")
    helped(parts, hands, "2026-03-04 10:00")
    helped(parts, hands, "2026-03-20 10:00", "CT-9")
    shown = manager.get("/manage/figures?from=2026-03-02&to=2026-03-20").text
    page = words_of(shown)
    assert "100% of 5 (57 to 100) were answered at first contact." in page
    assert (
        "Of 3 visits with a council’s reference (75% of those asked about), 67% were answered and nobody came back"
        " about the same matter. Of 1 visit with a council’s reference it is too early to know whether anybody comes"
        " back."
    ) in page
    behind = re.findall(r'class="behind" href="(/manage/visits\?[^"]*what=(?:validated|carrying)[^"]*)">(\d+)<', shown)
    assert [int(count) for _address, count in behind] == [2, 3]
    for address, count in [*behind, (f"{behind[0][0].replace('validated', 'undecided')}", "1")]:
        assert f": {count} visit" in words_of(manager.get(html.unescape(address)).text)
    rows = list(csv.DictReader(io.StringIO(manager.get("/manage/figures.csv?from=2026-03-02&to=2026-03-20").text)))
    shares = {row["key"]: (row["hits"], row["n"], row["share"]) for row in rows if row["of"] == "share"}
    assert (shares["validated"], shares["carrying"]) == (("2", "3", "0.6667"), ("3", "4", "0.75"))


def test_before_anybody_can_know_there_is_no_share(manager, parts, hands):
    helped(parts, hands, "2026-03-02 10:00", "CT-1")
    hands.go(minutes=30)
    page = words_of(manager.get("/manage/figures").text)
    assert "Of 1 visit with a council’s reference it is too early to know" in page
    rows = csv.DictReader(io.StringIO(manager.get("/manage/figures.csv").text))
    assert next(row["share"] for row in rows if row["key"] == "validated") == ""


def test_the_definition_says_after_how_many_days(manager):
    page = words_of(manager.get("/manage/figures/definitions").text)
    assert "nobody came again about the same reference within 14 days" in page
