"""The edges of what can be asked: a sentence or an honest empty page, never a share of nothing."""

import csv
import html
import io
import re

import pytest

from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.settings import CONFIG, SettingsError, load
from reception.store import Store
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import office


@pytest.fixture
def leaving_out() -> tuple[str, ...]:
    """The services that the settings leave out of all figures."""
    return ()


@pytest.fixture
def parts(tmp_path, hands, leaving_out):
    figures = {"exclude": {"services": leaving_out}}
    settings = office(server={"data": tmp_path, "secure_cookies": False}, figures=figures)
    store = Store(tmp_path / "reception.db")
    frontdesk = FrontDesk(settings, store, clock=hands.clock)
    yield Parts(settings, store, frontdesk, Keys(frontdesk), Guesses(settings))
    store.close()


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


def table_of(manager, asked: str = "") -> list[dict]:
    return list(csv.DictReader(io.StringIO(manager.get(f"/manage/figures.csv{asked}").text)))


def seen(parts, hands, *, minutes: int, finished: bool = True) -> None:
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    hands.go(minutes=minutes)
    visit = parts.frontdesk.call_next(desk="1", by="person:1")
    parts.frontdesk.step("start", visit=visit.id, by="person:1", desk="1")
    if finished:
        parts.frontdesk.finish(visit=visit.id, by="person:1", desk="1", outcome="resolved")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?from=2026-03-02&to=2026-03-01", "The period ends before it begins: 2026-03-02 is after 2026-03-01."),
        ("?from=2026-03-02&to=2026-03-03", "2026-03-03 has not come yet: today is 2026-03-02."),
        ("?from=1986-03-02&to=2026-03-02", "From 1986-03-02 to 2026-03-02 is longer than 20 years"),
        ("?from=2026-03-02&with=2026-03-09..2026-03-02", "The period ends before it begins"),
        ("?from=2026-03-02&with=1980-03-09..2026-03-02", "is longer than 20 years"),
        ("?from=2026-03-02&with=2026-03-02..2030-03-02", "2030-03-02 has not come yet"),
    ],
)
def test_a_period_that_cannot_be_is_told_in_a_sentence(manager, parts, hands, asked, said):
    seen(parts, hands, minutes=1)
    page = manager.get(f"/manage/figures{asked}", status=422).text
    assert said in words_of(page) and "There are no figures for this." in words_of(page)
    assert "<svg role" not in page and "<table" not in page and "%" not in words_of(page)
    if "with" not in asked:
        assert said in manager.get(f"/manage/figures.csv{asked}", status=422).text
        assert said in manager.get(f"/manage/footfall.csv{asked}", status=422).text


@pytest.mark.parametrize("asked", ["", "?from=2020-01-01&to=2020-12-31", "?need=quiet", "?service=parking&weekday=7"])
def test_where_nobody_came_there_is_no_share_anywhere(manager, asked):
    page = manager.get(f"/manage/figures{asked}").text
    assert "Nobody came" in words_of(page)
    assert "<svg role" not in page and "%" not in words_of(page)
    rows = table_of(manager, asked)
    assert {row["share"] for row in rows} == {row["median_seconds"] for row in rows} == {""}


def test_one_visit_is_told_as_one_and_with_how_little_that_says(manager, parts, hands):
    seen(parts, hands, minutes=4)
    hands.go(minutes=10)
    page = words_of(manager.get("/manage/figures").text)
    assert "One person was judged, and was seen within 5 minutes today." in page
    assert "One person was seen, after 4:00." in page and "Everybody came for Council Tax." in page
    assert "Half of the 1" not in page and "Too few people came to compare the hours." in page
    (everybody,) = [row for row in table_of(manager) if row["of"] == "all"]
    assert (everybody["n"], everybody["share"], everybody["low"]) == ("1", "1.0", "0.2065")


def test_somebody_still_at_the_desk_has_no_time_at_it(manager, parts, hands):
    seen(parts, hands, minutes=4, finished=False)
    hands.go(minutes=10)
    assert "nobody has been helped to the end" in words_of(manager.get("/manage/figures").text)


def test_who_is_only_counted_apart_makes_no_share(manager, parts, hands):
    gone = parts.frontdesk.issue(service="tax", by="kiosk:lobby").visit
    hands.go(minutes=1)
    parts.frontdesk.step("leave", visit=gone.id, by="person:1")
    hands.go(minutes=10)
    page = words_of(manager.get("/manage/figures").text)
    assert "1 person came today, and nobody can be judged: see below who is counted apart." in page
    assert "There is nothing to draw" in page or "nobody was judged" in page or "Nobody was seen" in page
    (everybody,) = [row for row in table_of(manager) if row["of"] == "all"]
    assert (everybody["n"], everybody["share"], everybody["share_of_all"]) == ("0", "", "0.0")


@pytest.mark.parametrize("leaving_out", [("tax", "parking", "housing")])
def test_where_the_settings_leave_out_everybody_it_is_said_that_they_came(manager, parts, hands, leaving_out):
    for _ in range(3):
        seen(parts, hands, minutes=1)
    hands.go(minutes=10)
    page = manager.get("/manage/figures").text
    assert "3 people came today, and the settings leave all of them out of all figures." in words_of(page)
    assert "Nobody came" not in words_of(page) and "%" not in words_of(page)
    (link,) = re.findall(r'href="(/manage/visits\?what=excluded[^"]*)"', page)
    assert "A003" in words_of(manager.get(html.unescape(link)).text)
    (everybody,) = [row for row in table_of(manager) if row["of"] == "all"]
    assert (everybody["n"], everybody["share"], everybody["excluded"]) == ("0", "", "3")


@pytest.mark.parametrize("seconds", [0, -300])
def test_a_target_of_nought_is_refused_before_anything_is_measured_by_it(tmp_path, seconds):
    file = tmp_path / "office.toml"
    file.write_text(f"[promise]\ntarget_seconds = {seconds}\n")
    with pytest.raises(SettingsError) as refused:
        load(file, env={}, config=CONFIG)
    assert f"promise.target_seconds: input should be greater than 0 (given: {seconds})" in str(refused.value)
