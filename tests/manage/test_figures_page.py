import csv
import io

import pytest

from manage import figure_words, figures_table, words
from manage.frame import safe
from reception.figures import Figures
from reception.web import charts
from tests.builders import office


def seen_after(parts, hands, service="tax", **wait):
    parts.frontdesk.issue(service=service, by="kiosk:lobby")
    hands.go(**wait)
    visit = parts.frontdesk.call_next(desk="1", by="person:1")
    parts.frontdesk.step("start", visit=visit.id, by="person:1", desk="1")
    parts.frontdesk.finish(visit=visit.id, by="person:1", desk="1")


@pytest.fixture
def a_morning(parts, hands):
    """Four seen in time, one after 14 minutes for Housing, who came at 10:04; it is 10:30."""
    for _ in range(4):
        seen_after(parts, hands, minutes=1)
    seen_after(parts, hands, "housing", minutes=14)
    hands.go_to("2026-03-02 10:30")


def test_the_page_begins_with_the_sentence(manager, a_morning):
    page = manager.get("/manage/figures").text.split("<main")[1]
    assert "80% of 5 people were seen within 5 minutes today (38 to 96)." in page
    assert "1 waited longer; the longest wait was 14 minutes, for Housing, of somebody who came at 10:04." in page
    assert (
        page.index("80% of 5 people")
        < page.index("<svg")
        < page.index("<table")
        < page.index("What these figures mean")
    )


def test_a_past_day_is_named_and_reads_the_same(manager, a_morning, hands):
    hands.go_to("2026-03-09 12:00")
    page = manager.get("/manage/figures?from=2026-03-02&to=2026-03-02").text
    assert "80% of 5 people were seen within 5 minutes on 2 March 2026 (38 to 96)." in page
    week = manager.get("/manage/figures?from=2026-03-02&to=2026-03-08").text
    assert "from 2 March to 8 March 2026" in week
    assert "of somebody who came on 2 March 2026 at 10:04." in week


def test_nobody_came_is_said_and_is_no_share(manager):
    page = manager.get("/manage/figures").text
    assert "Nobody came today." in page
    assert "100%" not in page.split("<main")[1]


def test_too_recent_is_not_nobody(manager, parts):
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    assert "1 person has come today, too recently to be judged." in manager.get("/manage/figures").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("from=2026-03-02&to=2026-03-01", "before it begins"),
        ("from=2026-03-02&to=2026-03-03", "has not come yet"),
        ("from=1986-03-02&to=2026-03-02", "longer than 20 years"),
        ("from=%F0%9F%92%A9", "is not a date"),
        ("from=2026-02-30", "2026-02-30 is not a date"),
        ("to=%3Cscript%3Ealert(1)%3C/script%3E", "is not a date"),
    ],
)
def test_a_period_that_is_none_gets_a_sentence_and_no_figures(manager, a_morning, asked, said):
    page = manager.get(f"/manage/figures?{asked}", status=422).text
    assert said in page
    assert "There are no figures for this." in page
    assert "<svg role" not in page and "<table" not in page and "%</b>" not in page
    assert said in manager.get(f"/manage/figures.csv?{asked}", status=422).text


def test_the_table_downloads_with_the_same_figures(manager, a_morning, parts):
    answer = manager.get("/manage/figures.csv?from=2026-03-02&to=2026-03-02")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-03-02-to-2026-03-02.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    of = ("all", "service", "hour", "weekday")
    assert [(row["of"], row["key"], row["n"]) for row in rows if row["of"] in of] == [
        ("all", "", "5"), ("service", "tax", "4"), ("service", "parking", "0"), ("service", "housing", "1"),
        ("hour", "10", "5"), ("weekday", "1", "5"),
    ]  # fmt: skip
    assert (rows[0]["share"], rows[0]["median_seconds"], rows[0]["longest_seconds"]) == ("0.8", "60.000", "840.000")
    assert (rows[2]["share"], rows[2]["median_seconds"]) == ("", "")


@pytest.mark.parametrize("name", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_cell_is_a_formula(name):
    assert safe(name) == f"'{name}"


@pytest.mark.parametrize("plain", ["Housing", "Council Tax = bills", "", 5, -0.5, None])
def test_other_cells_stay_as_they_are(plain):
    assert safe(plain) == plain


def test_a_service_called_like_a_formula_is_written_as_words(parts, a_morning):
    named = office(
        services=[{"key": "tax", "name": "=cmd|' /C calc'!A0", "letter": "A"}], desks=[{"key": "1", "name": "1"}]
    )
    at = parts.frontdesk.now()
    figures = Figures(named, parts.store)
    today = figures.today(at)
    assert "'=cmd|' /C calc'!A0" in figures_table.text(figures.between(today, today, at))


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (0, "0%"), (1, "100%"), (0.9996, "99%"), (0.0004, "1%"), (0.824, "82%"), (0.825, "82%")],
)
def test_all_is_said_of_all_alone(share, said):
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("ms", "said"),
    [(None, "–"), (0, "0:00"), (1, "0:01"), (300_000, "5:00"), (300_001, "5:01"), (3_600_000, "1:00:00")],
)
def test_what_reads_as_the_target_is_within_it(ms, said):
    assert words.clock(ms) == said


def test_every_hour_between_has_its_place(app):
    drawn = charts.by_hour(
        [{"hour": 9, "n": 3, "share": 1.0, "interval": None}, {"hour": 11, "n": 1, "share": 0.0, "interval": None}]
    )
    assert [(bar["hour"], bar["n"], bar["share"], bar["height"]) for bar in drawn] == [
        (9, 3, 1.0, charts.TALL), (10, 0, None, 0), (11, 1, 0.0, 0),
    ]  # fmt: skip


def test_the_tallest_bar_is_as_tall_as_the_chart():
    drawn = charts.by_wait([1, 4, 0, 0, 0, 2])
    assert [bar["height"] for bar in drawn] == [charts.TALL / 4, charts.TALL, 0, 0, 0, charts.TALL / 2]
    assert [bar["late"] for bar in drawn] == [False] * 5 + [True]


def test_a_receptionist_sees_no_figures(receptionist):
    assert "may not do that" in receptionist.get("/manage/figures", status=403).text
    receptionist.get("/manage/figures.csv", status=403)


def test_mistakes_are_named_among_those_who_came(manager, parts, a_morning, hands):
    visit = parts.frontdesk.issue(service="tax", by="kiosk:lobby").visit
    parts.frontdesk.step("cancel", visit=visit.id, by="person:1")
    hands.go(minutes=6)
    assert "6 people arrived, counting 1 number given by mistake." in manager.get("/manage/figures").text


def test_counts_of_a_thousand_and_more_have_their_comma(app):
    with app.test_request_context():
        assert (words.number(999), words.number(1296), figure_words.people(1316)) == ("999", "1,296", "1,316 people")
