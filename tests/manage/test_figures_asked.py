"""What can be asked of the figures, and what is answered: parts, comparisons, the visits behind, mistakes."""

import csv
import html
import io
import re
import sqlite3

import pytest

from manage.behind import FATES, WHAT
from reception.figures import Asked, Figures
from reception.figures.behind import OF_MATTERS, OF_OUTCOMES, behind
from reception.figures.behind import WHAT as COUNTED
from reception.figures.judging import FATES as JUDGED
from reception.refusals import Refusal
from reception.visit import OUTCOMES
from tests.builders import Hands

TARGET = 300_000


def visit_of(parts, hands: Hands, service: str = "tax", outcome: str | None = "resolved", **wait):
    """Somebody who is seen after a while and goes after another minute."""
    parts.frontdesk.issue(service=service, by="kiosk:lobby")
    hands.go(**wait)
    visit = parts.frontdesk.call_next(desk="1", by="person:1")
    parts.frontdesk.step("start", visit=visit.id, by="person:1", desk="1")
    hands.go(minutes=1)
    parts.frontdesk.finish(visit=visit.id, by="person:1", desk="1", outcome=outcome)
    return visit


@pytest.fixture
def all_fates(parts, hands):
    """A Monday on which everything happened that can, and the morning after with people still in the line."""
    door = parts.frontdesk
    for minutes in (1, 2, 5):
        visit_of(parts, hands, minutes=minutes)
    visit_of(parts, hands, "housing", "passed_on", minutes=14)
    visit_of(parts, hands, "housing", None, minutes=9)
    for minutes in (2, 7):  # left in time, and late
        gone = door.issue(service="parking", by="kiosk:lobby").visit
        hands.go(minutes=minutes)
        door.step("leave", visit=gone.id, by="person:1")
    for minutes in (1, 8):  # called and not there, in time and late
        door.issue(service="parking", by="kiosk:lobby")
        hands.go(minutes=minutes)
        away = door.call_next(desk="1", by="person:1")
        door.step("not_here", visit=away.id, by="person:1", desk="1")
    door.call(desk="1", visit=away.id, by="person:1")  # who comes back after all
    door.step("start", visit=away.id, by="person:1", desk="1")
    door.finish(visit=away.id, by="person:1", desk="1", outcome="signposted")
    mistaken = door.issue(service="tax", by="kiosk:lobby").visit
    door.step("cancel", visit=mistaken.id, by="person:1", reason="mistake")
    door.issue(service="tax", by="kiosk:lobby")  # nobody calls: the day's end does
    hands.go_to("2026-03-03 09:00")
    door.catch_up()
    door.issue(service="tax", by="kiosk:lobby")
    hands.go(minutes=20)
    door.issue(service="tax", by="kiosk:lobby")
    return Figures(parts.settings, parts.store)


def both_days(figures, parts, **narrow):
    at = parts.frontdesk.now()
    today = figures.today(at)
    return Asked(today.replace(day=2), today, **narrow), at


@pytest.mark.parametrize(
    "narrow", [{}, {"services": ("housing",)}, {"services": ("tax", "parking")}, {"weekdays": (1,)}]
)
def test_behind_each_count_are_as_many_visits(all_fates, parts, narrow):
    asked, at = both_days(all_fates, parts, **narrow)
    total = all_fates.of(asked, at)["total"]
    counts = total | {f"outcome-{key}": count for key, count in total["outcomes"].items()}
    counts |= dict.fromkeys(OF_MATTERS, 0)  # nobody has a reference here: see test_matters_page.py
    found = {what: behind(all_fates, asked, what, at, count=1_000) for what in COUNTED}
    assert {what: count for what, (count, _visits) in found.items()} == {what: counts[what] for what in COUNTED}
    assert all(len({one.visit.id for one in visits}) == count for count, visits in found.values())


def test_everything_that_can_happen_did(all_fates, parts):
    asked, at = both_days(all_fates, parts)
    total = all_fates.of(asked, at)["total"]
    never = {what for what in COUNTED if what not in (*OF_OUTCOMES, *OF_MATTERS) and not total[what]}
    assert never == {"outage", "excluded", "inferred"}


def test_the_visits_behind_are_those_and_waited_so_long(all_fates, parts):
    asked, at = both_days(all_fates, parts)
    _count, late = behind(all_fates, asked, "misses", at, longest_first=True)
    waits = [(one.fate, one.wait // 60_000) for one in late if one.visit.service == "housing"]
    assert waits == [("late", 14), ("late", 9)]
    assert [one.wait for one in late] == sorted((one.wait for one in late), reverse=True)


def test_a_list_is_turned_page_by_page(all_fates, parts):
    asked, at = both_days(all_fates, parts)
    count, whole = behind(all_fates, asked, "arrivals", at, count=1_000)
    pages = [behind(all_fates, asked, "arrivals", at, start=start, count=3)[1] for start in range(0, count, 3)]
    assert [one.visit.id for page in pages for one in page] == [one.visit.id for one in whole]


@pytest.mark.parametrize(
    ("part", "key"),
    [({"need": "step-free"}, "figures_need_apart"), ({"offices": ("elsewhere",)}, "figures_own_visits")],
)
def test_what_has_no_visits_here_is_refused(all_fates, parts, part, key):
    asked, at = both_days(all_fates, parts, **part)
    with pytest.raises(Refusal) as refusal:
        behind(all_fates, asked, "n", at)
    assert refusal.value.key == key


def test_every_figure_and_every_fate_has_its_words():
    assert {*WHAT, *(f"outcome-{key}" for key in OUTCOMES)} == set(COUNTED)
    assert set(FATES) == set(JUDGED)


# -- the pages --------------------------------------------------------------------------------------------------------


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page.split("<main")[1])).split())


def links(page: str) -> list[str]:
    return [html.unescape(address) for address in re.findall(r'<a class="behind" href="([^"]+)"', page)]


PERIOD = "from=2026-03-02&to=2026-03-03"


def test_every_count_of_the_page_leads_to_as_many_visits(manager, all_fates):
    page = manager.get(f"/manage/figures?{PERIOD}").text
    found = re.findall(r'<a class="behind" href="([^"]+)">(\d+)</a>', page)
    assert len(found) > 40
    for address, count in sorted(set(found)):
        says = words_of(manager.get(html.unescape(address)).text)
        assert f": {count} visit" in says, address


def test_a_list_leads_to_each_visit_and_back_to_its_figures(manager, all_fates):
    page = manager.get(f"/manage/visits?{PERIOD}&what=misses&service=housing&order=longest").text
    assert "Not in time: 2 visits from 2 March to 3 March 2026." in words_of(page)
    assert page.index(">14:00<") < page.index(">9:00<")
    (first, *_rest) = re.findall(r'href="(/manage/visits/[^"?]+)"', page)
    assert "Housing" in words_of(manager.get(first).text)
    assert f'href="/manage/figures?{PERIOD.replace("&", "&amp;")}&amp;service=housing"' in page


def test_a_part_is_named_and_alone_counted(manager, all_fates):
    page = words_of(manager.get(f"/manage/figures?{PERIOD}&service=housing&weekday=1").text)
    assert "0% of 2 people were seen within 5 minutes from 2 March to 3 March 2026 (0 to 66)." in page
    assert "Only Service: Housing Weekday: Monday Show everybody" in page


def test_two_periods_are_compared_in_words(manager, parts, hands):
    for _ in range(30):
        visit_of(parts, hands, minutes=8)
    hands.go_to("2026-03-03 10:00")
    for _ in range(30):
        visit_of(parts, hands, minutes=1)
    hands.go(minutes=10)
    page = words_of(manager.get("/manage/figures?with=before").text)
    assert "Today, compared with yesterday" in page
    assert "Today: between 84 and 100 in a hundred more were seen in time." in page
    assert "The usual wait was shorter, 1:00 against 8:00: more than chance." in page
    assert "↑" not in page and "↓" not in page


def test_what_chance_can_make_is_no_difference(manager, parts, hands):
    for minutes in (8, 1, 1):
        visit_of(parts, hands, minutes=minutes)
    for minutes in (1, 1, 1):
        visit_of(parts, hands, "housing", minutes=minutes)
    hands.go(minutes=10)
    page = words_of(manager.get("/manage/figures?service=tax&with=service:housing").text)
    assert "Council Tax, compared with Housing No difference that these numbers can show." in page
    assert "Too few were seen to compare their waits." in page


@pytest.mark.parametrize("with_what", ["year", "2025-01-01..2025-01-31", "&with-from=2025-01-01&with-to=2025-01-31"])
def test_nothing_to_compare_with_is_said(manager, all_fates, with_what):
    page = words_of(manager.get(f"/manage/figures?{PERIOD}&with={with_what}").text)
    assert "There is nothing to compare: nobody was judged on the side of" in page


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("hour=25", 422, "Hours go from 0 to 23"),
        ("hour=noon", 422, "Hours go from 0 to 23"),
        ("weekday=8", 422, "Hours go from 0 to 23 and weekdays from 1"),
        ("need=interpreter&service=tax", 422, "choose the need alone"),
        ("office=%3Cb%3E", 404, "No office called <b> has visits here"),
        ("service=tex", 404, "No service called tex is in the settings, and nobody ever came for one. There are: tax"),
        ("with=service:tex", 404, "No service called tex"),
        ("from=2026-03-02&to=2026-03-01", 422, "before it begins"),
        ("with=2026-13-01..2026-01-02", 422, "2026-13-01 is not a date"),
        ("with=2026-02-02..2026-01-02", 422, "before it begins"),
        ("with=yesterday", 422, "yesterday is nothing to compare with. Write before, year"),
        ("with=service:", 422, "service: is nothing to compare with"),
        ("from=0001-01-01&to=0001-01-02", 422, "0001-01-01 is too long ago"),
        ("from=1970-01-02&to=1970-01-02&with=year", 422, "1969-01-03 is too long ago"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence_and_keeps_the_form(manager, all_fates, asked, status, said):
    page = manager.get(f"/manage/figures?{asked}", status=status).text
    assert said in words_of(page) and "There are no figures for this." in page
    assert "<svg role" not in page and "<table" not in page
    if "service=tax" in asked:
        assert '<option value="tax" selected>' in page


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("what=everything", 404, "There is no figure called everything."),
        ("from=2026-03-09", 422, "has not come yet"),
        ("what=n&service=tex", 404, "No service called tex"),
        ("what=n&need=interpreter", 422, "Needs are kept apart from visits"),
    ],
)
def test_a_list_that_cannot_be_had_says_why(manager, all_fates, asked, status, said):
    page = words_of(manager.get(f"/manage/visits?{asked}", status=status).text)
    assert said in page and "No visits can be shown for this." in page


def test_a_page_beyond_the_list_is_no_mistake(manager, all_fates):
    assert "The list ends before this page." in manager.get(f"/manage/visits?{PERIOD}&page=900").text
    manager.get(f"/manage/visits?{PERIOD}&page=-1")
    manager.get(f"/manage/visits?{PERIOD}&page=%D9%A3")


@pytest.mark.parametrize("asked", ["channel=greeter", "from=2019-01-01&to=2019-01-02"])
def test_where_nobody_came_is_an_honest_empty_page(manager, all_fates, asked):
    page = manager.get(f"/manage/figures?{asked}").text
    assert "Nobody came" in words_of(page)
    assert "100%" not in words_of(page) and "<svg role" not in page


def test_needs_have_figures_and_no_visits(manager, parts, hands):
    parts.frontdesk.issue(service="tax", by="kiosk:lobby", needs=["interpreter"])
    hands.go(minutes=1)
    visit = parts.frontdesk.call_next(desk="1", by="person:1")
    parts.frontdesk.step("start", visit=visit.id, by="person:1", desk="1")
    hands.go(minutes=10)
    page = manager.get("/manage/figures?need=interpreter").text
    assert "One person was judged, and was seen within 5 minutes today." in page
    assert not links(page)


def test_what_was_away_stands_beside_the_run_of_days(manager, all_fates, parts):
    start = parts.frontdesk.now() - 86_400_000
    columns = "(office, id, kind, what, started_at, ended_at) VALUES (?, 'a', 'kiosk_away', '', ?, ?)"
    with sqlite3.connect(parts.settings.server.data / "reception.db") as beside:
        beside.execute(f"INSERT INTO outages {columns}", (parts.settings.office.key, start, start + 600_000))
    page = words_of(manager.get(f"/manage/figures?{PERIOD}").text)
    assert "A kiosk was away from 2 March, 09:20 to 2 March, 09:30." in page


def test_another_office_has_figures_here_and_no_visits(manager, all_fates, parts):
    own = parts.settings.office.key
    Figures(parts.settings, parts.store, parts.frontdesk.writer).note_rules(parts.frontdesk.now())
    with sqlite3.connect(parts.settings.server.data / "reception.db") as beside:
        beside.execute("INSERT INTO figure_rules SELECT 'annexe', from_day, rules, at, by FROM figure_rules")
        columns = [name for _, name, *_ in beside.execute("PRAGMA table_info(visits)") if name not in ("id", "token")]
        moved = ", ".join("'annexe'" if name == "office" else name for name in columns)
        listed, like = ", ".join(columns), "service = 'tax' AND state = 'completed' AND office = ?"
        beside.execute(f"INSERT INTO visits (id, {listed}) SELECT 'x' || id, {moved} FROM visits WHERE {like}", (own,))
    page = manager.get(f"/manage/figures?{PERIOD}&office=annexe").text
    assert "Only Office: annexe" in words_of(page) and "of 3 people" in words_of(page)
    assert not links(page)
    beside_own = words_of(manager.get(f"/manage/figures?{PERIOD}&with=office:annexe").text)
    assert "compared with annexe" in beside_own
    assert "Another office's visits" in words_of(manager.get("/manage/visits?what=n&office=annexe", status=422).text)


def test_the_spreadsheet_has_all_that_is_shown(manager, all_fates):
    rows = list(csv.DictReader(io.StringIO(manager.get(f"/manage/figures.csv?{PERIOD}").text)))
    assert [*dict.fromkeys(row["of"] for row in rows)] == [
        "all", "service", "hour", "weekday", "desk", "channel", "language", "span", "duration", "outcome", "share",
        "told walk_ins", "told appointments",
    ]  # fmt: skip
    outcomes = {row["key"]: row["n"] for row in rows if row["of"] == "outcome"}
    assert (outcomes["resolved"], outcomes["passed_on"], outcomes["not_ours"]) == ("3", "1", "0")


def test_the_definitions_say_the_settings_of_today(manager):
    page = words_of(manager.get("/manage/figures/definitions").text)
    assert "A wait of at most the target, which is 5 minutes today." in page
    assert "the last call and 25 seconds of walking" in page


def test_the_ways_are_those_whose_pages_are_there(manager, admin, app):
    found = re.findall(r'<li><a href="(/manage[^"]*)"', manager.get("/manage/figures").text.split("<main")[0])
    assert found[:5] == ["/manage/", "/manage/today", "/manage/visits", "/manage/appointments", "/manage/figures"]
    assert "/manage/people" not in found and "/manage/people" in admin.get("/manage/figures").text
