"""When people come, on the managers' page and in its spreadsheet."""

import csv
import html
import io
import re

import pytest


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


@pytest.fixture
def two_weeks(parts, hands):
    """Three on the first Monday at half past ten, one on the second; two on a Tuesday afternoon, for Housing."""
    for moment, service, count in (
        ("2026-03-02 10:30", "tax", 3),
        ("2026-03-03 14:00", "housing", 2),
        ("2026-03-09 10:44", "tax", 1),
    ):
        hands.go_to(moment)
        parts.frontdesk.catch_up()
        for _ in range(count):
            parts.frontdesk.issue(service=service, by="kiosk:lobby")
    hands.go_to("2026-03-10 12:00")
    parts.frontdesk.catch_up()


def test_the_page_says_when_people_come_and_what_for(manager, two_weeks):
    page = words_of(manager.get("/manage/figures?from=2026-03-02&to=2026-03-09").text)
    assert "Most people come on Monday between 10:30 and 10:45: 2 people on a usual one." in page
    assert "67% of 6 people came for Council Tax." in page
    assert "Quarter hour Monday Tuesday In all 10:30 2.0 0 4 14:00 0 2.0 2" in page


def test_each_cell_and_each_service_lead_to_the_visits_they_count(manager, two_weeks):
    page = manager.get("/manage/figures?from=2026-03-02&to=2026-03-09").text
    table = page[page.index("When people come") : page.index("To plan with")]
    found = [html.unescape(one) for one in re.findall(r'class="behind" href="([^"]+)"', table)]
    counts = []
    for address in found:
        listed = words_of(manager.get(address).text)
        counts.append(int(re.search(r"Everybody: (\d+) visit", listed)[1]))
    # half past ten: Mondays, in all; two o'clock: the Tuesday, in all; then Council Tax and Housing
    assert counts == [4, 4, 2, 2, 4, 2]
    assert "weekday=1" in found[0] and "quarter=630" in found[0]
    assert "Quarter hour of arrival: 10:30" in words_of(manager.get(found[0]).text)
    assert "Hours go from 0 to 23" in manager.get("/manage/figures?quarter=631", 422).text


def test_of_one_day_it_says_when_they_came(manager, two_weeks):
    page = words_of(manager.get("/manage/figures?from=2026-03-03&to=2026-03-03").text)
    assert "Most people came between 14:00 and 14:15: 2 people." in page


def test_the_spreadsheet_has_a_row_for_each_service_weekday_and_quarter_hour(manager, two_weeks):
    answer = manager.get("/manage/footfall.csv?from=2026-03-02&to=2026-03-09")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="footfall-2026-03-02-to-2026-03-09.csv"'
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(answer.text))]
    always = ("2026-03-02", "2026-03-09", "Europe/London")
    assert rows == [
        (*always, "housing", "Housing", "2", "14:00", "2", "1"),
        (*always, "tax", "Council Tax", "1", "10:30", "4", "2"),
    ]


def test_nobody_is_no_row_and_no_picture(manager):
    assert manager.get("/manage/footfall.csv").text.count("\n") == 1
    assert "When people come" not in manager.get("/manage/figures").text


def test_a_period_that_is_none_is_refused_and_a_receptionist_sees_nothing(manager, receptionist):
    assert "before it begins" in manager.get("/manage/footfall.csv?from=2026-03-02&to=2026-03-01", status=422).text
    receptionist.get("/manage/footfall.csv", status=403)
