"""Outages as managers see them: kiosks that were away, told with and without."""

import csv
import html
import io
import re
import threading

import pytest

from kiosk.live import Kiosk
from kiosk.pages import blueprint as kiosk_pages
from manage.live import Manage
from manage.pages import blueprint
from reception import outages
from reception.keeping import forget
from reception.web.access import cookie
from reception.web.alone import kiosks_heard
from reception.web.app import create_app
from tests.manage.conftest import check


@pytest.fixture
def app(parts):
    return create_app(parts, [(kiosk_pages, Kiosk), (blueprint, Manage)])[0]


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


def lobby(parts, app, hands) -> str:
    """A kiosk's key; it was heard of just now."""
    with app.app_context():
        parts.keys.add(name="Lobby kiosk", role="kiosk", kind="browser", by="test")
    (key,) = [key for key in parts.keys.all() if key.role == "kiosk"]
    parts.keys.heard([key.id])
    return key.id


def test_a_kiosk_counts_as_heard_from_when_it_was_or_the_server_began(parts, app, hands):
    key, at = lobby(parts, app, hands), hands.wall
    hands.go(minutes=5)
    assert kiosks_heard(parts, at - 1000) == ({key: at}, set())
    assert kiosks_heard(parts, at + 1000) == ({key: at + 1000}, set())
    parts.keepers[key] = at + 2000
    assert kiosks_heard(parts, at) == ({key: at + 2000}, set())


def test_a_kiosk_never_seen_or_revoked_is_not_missed(parts, app, hands):
    lobby(parts, app, hands)
    with app.app_context():
        parts.keys.add(name="New kiosk", role="kiosk", kind="browser", by="test")
    for key in parts.keys.all():
        if key.heard_at:
            parts.keys.revoke(key.id, by="test")
    assert kiosks_heard(parts, hands.wall) == ({}, set())


def test_a_kiosk_that_is_connected_is_there(parts, hands):
    app, socketio = create_app(parts, [(kiosk_pages, Kiosk), (blueprint, Manage)])
    with app.app_context():
        given = parts.keys.add(name="Lobby kiosk", role="kiosk", kind="browser", by="test")
        name = cookie("kiosk")
    parts.faces["/kiosk"].watching = True  # or a thread looks at the doors for as long as the server lives
    (key,) = [key.id for key in parts.keys.all() if key.role == "kiosk"]
    before = {*threading.enumerate()}
    browser = app.test_client()
    browser.set_cookie(name, given)
    screen = socketio.test_client(app, namespace="/kiosk", flask_test_client=browser)
    assert screen.is_connected("/kiosk") and kiosks_heard(parts, 0)[1] == {key}
    screen.disconnect("/kiosk")
    assert kiosks_heard(parts, 0)[1] == set()
    for thread in {*threading.enumerate()} - before:
        thread.join(5)  # none reads while the database is closed


def test_a_kiosk_let_in_again_under_its_name_is_the_same(parts, app, hands):
    before = lobby(parts, app, hands)
    hands.go(minutes=5)
    with app.app_context():
        parts.keys.add(name="Lobby kiosk", role="kiosk", kind="browser", by="test")
    (now,) = [key.id for key in parts.keys.all() if key.role == "kiosk" and key.id != before]
    assert list(kiosks_heard(parts, 0)[0]) == [before]
    parts.keys.heard([now])
    assert kiosks_heard(parts, 0) == ({now: hands.wall}, set())


def welcome_robot(parts, app) -> str:
    """The key of a program that gives tickets by REST; it asked just now."""
    with app.app_context():
        parts.keys.add(name="Welcome robot", role="kiosk", kind="bearer", by="test")
    (key,) = [key.id for key in parts.keys.all() if key.name == "Welcome robot"]
    parts.keys.heard([key])
    return key


def test_a_program_that_only_asks_by_rest_is_never_away(parts, app, hands):
    robot = welcome_robot(parts, app)
    outages.kiosks(parts.frontdesk, {robot: hands.wall - 600_000}, set())  # as an earlier version noted it
    hands.go(minutes=20)
    outages.kiosks(parts.frontdesk, *kiosks_heard(parts, hands.wall))
    assert parts.store.reader.execute("SELECT what, ended_at FROM outages").fetchall() == [(robot, hands.wall)]
    hands.go(minutes=20)
    outages.kiosks(parts.frontdesk, *kiosks_heard(parts, 0))
    assert len(parts.store.reader.execute("SELECT id FROM outages").fetchall()) == 1


def test_a_kiosks_own_machine_that_fell_silent_is_away_also_after_a_restart(parts, app, hands):
    machine, at = welcome_robot(parts, app), hands.wall
    parts.frontdesk.lend(kiosk=f"{machine} machine", by=f"screen:{machine}")
    hands.go(minutes=20)
    assert kiosks_heard(parts, 0) == ({machine: at}, set())


def test_a_kiosk_that_was_away_is_named_and_told_with_and_without(manager, parts, app, hands):
    since = hands.wall
    lobby(parts, app, hands)
    hands.go(minutes=20)
    outages.kiosks(parts.frontdesk, *kiosks_heard(parts, since))
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    hands.go(minutes=12)
    page = words_of(manager.get("/manage/figures").text)
    assert "The kiosk “Lobby kiosk” was away from 10:00, and is still." in page
    assert "Kiosks were away for 32 minutes." in page
    assert "1 person who was judged came meanwhile, and may have waited for a number first." in page


def an_outage(parts, hands) -> str:
    """The server was away for ten minutes; the id of that outage."""
    outages.live(parts.frontdesk)
    hands.go(minutes=10)
    outages.starts(parts.frontdesk)
    ((found,),) = parts.store.reader.execute("SELECT id FROM outages").fetchall()
    return found


def test_a_manager_writes_why_beside_an_outage_and_whoever_reads_the_figures_sees_it(manager, parts, hands):
    outage = an_outage(parts, hands)
    page = manager.get("/manage/figures?from=2026-03-02").text
    assert "The server was away from 10:00 to 10:10." in words_of(page) and "Write why" in page
    answer = manager.post(f"/manage/figures/outages/{outage}", text=" The power  was cut. ", question="from=2026-03-02")
    assert answer.headers["Location"] == "/manage/figures?from=2026-03-02#happened"
    page = manager.get("/manage/figures?from=2026-03-02").text
    assert "The note stands beside the outage." in words_of(page) and "The power was cut." in words_of(page)
    rows = csv.DictReader(io.StringIO(manager.get("/manage/figures.csv").text))
    (row,) = [row for row in rows if row["of"] == "outage"]
    assert (row["key"], row["started"], row["ended"], row["note"]) == (
        "server_away", "2026-03-02T10:00:00+00:00", "2026-03-02T10:10:00+00:00", "The power was cut.",
    )  # fmt: skip
    manager.post(f"/manage/figures/outages/{outage}", text="It was a fuse.")
    assert "The power was cut." not in words_of(manager.get("/manage/figures").text)
    manager.post(f"/manage/figures/outages/{outage}", text="")
    page = words_of(manager.get("/manage/figures").text)
    assert "It was a fuse." not in page and "No note stands beside the outage any more." in page


def test_no_step_holds_a_note_and_it_is_deleted_in_time(manager, parts, hands):
    outage = an_outage(parts, hands)
    parts.frontdesk.note_outage(outage=outage, text="The power was cut.", by="person:1")
    told = parts.store.steps(parts.frontdesk.office)[-1]
    assert (told.step, told.note) == ("outage_noted", {"outage": outage, "recorded": ["outage"]})
    hands.go(days=730)
    forget(parts.frontdesk)
    assert parts.store.particulars(parts.frontdesk.office, [outage]) != {}
    hands.go(days=2)
    forget(parts.frontdesk)
    assert parts.store.particulars(parts.frontdesk.office, [outage]) == {}


def test_a_clock_that_was_set_takes_a_note_too(manager, parts, hands):
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    hands.set_by(minutes=3)
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    page = manager.get("/manage/figures").text
    (where,) = re.findall(r'action="(/manage/figures/outages/clock-\d+)"', page)
    manager.post(where, text="Somebody set the clock.")
    assert "Somebody set the clock." in words_of(manager.get("/manage/figures").text)


@pytest.mark.parametrize("outage", ["nothing", "clock-1", "clock-", "clock-x", "clock-٣", "%00"])
def test_what_is_no_outage_takes_no_note_and_says_so(manager, parts, hands, outage):
    an_outage(parts, hands)
    manager.post(f"/manage/figures/outages/{outage}", text="Nothing")
    assert "No outage has this id." in words_of(manager.get("/manage/figures").text)
    assert parts.store.reader.execute("SELECT count(*) FROM particulars").fetchone() == (0,)


def test_too_long_a_note_is_refused_in_a_sentence(manager, parts, hands):
    outage = an_outage(parts, hands)
    page = manager.post(f"/manage/figures/outages/{outage}", 422, text="x" * 400).text
    assert "This is too long: at most 300 characters are kept." in words_of(page) and "x" * 300 in page


def test_of_two_managers_who_write_at_once_the_second_sees_the_firsts_note_and_keeps_their_own(
    manager, admin, parts, hands
):
    outage, asked = an_outage(parts, hands), "from=2026-03-02&to=2026-03-02"
    where, form = f"/manage/figures/outages/{outage}", {"before": "", "question": asked}
    assert 'name="before" value=""' in admin.get(f"/manage/figures?{asked}").text
    manager.post(where, text="The power was cut.", **form)
    answer = admin.post(where, 409, text="Somebody pulled the plug.", **form)
    check(answer.text)
    page = words_of(answer.text)
    assert "The server was away from 10:00 to 10:10. Nothing was saved: the note has changed" in page
    assert "As it stands The power was cut. Manager, 10:10" in page and "Somebody pulled the plug." in page
    assert html.escape(f"/manage/figures?{asked}#happened") in answer.text
    assert "The power was cut." in words_of(manager.get("/manage/figures").text)
    (seen,) = re.findall(r'name="before" value="([^"]*)"', answer.text)
    admin.post(where, text="Somebody pulled the plug.", before=seen, question=asked)
    assert "Somebody pulled the plug." in words_of(manager.get("/manage/figures").text)


def test_a_note_that_was_taken_away_or_written_alike_meanwhile_is_said_or_is_no_matter(manager, admin, parts, hands):
    outage = an_outage(parts, hands)
    where = f"/manage/figures/outages/{outage}"
    manager.post(where, text="A fuse.", before="")
    admin.post(where, text=" A  fuse.", before="")
    manager.post(where, text="", before="A fuse.")
    assert "As it stands No note. Manager, 10:10" in words_of(
        admin.post(where, 409, text="Two.", before="A fuse.").text
    )


def test_only_a_manager_writes_notes(receptionist, manager, parts, hands):
    outage = an_outage(parts, hands)
    receptionist.post(f"/manage/figures/outages/{outage}", status=403, text="Me, too")
    assert manager.client.post(f"/manage/figures/outages/{outage}", data={"text": "No token"}).status_code == 400
    assert parts.store.particulars(parts.frontdesk.office, [outage]) == {}


def test_the_way_back_stays_on_the_figures(manager, parts, hands):
    outage = an_outage(parts, hands)
    for question in ("//evil.example", "\r\nSet-Cookie: a=b", "x" * 5000):
        answer = manager.post(f"/manage/figures/outages/{outage}", text="Why", question=question)
        assert answer.headers["Location"].startswith("/manage/figures?")
        assert "Set-Cookie" not in [name for name, _value in answer.headers if _value.startswith("a=b")]


def test_many_outages_are_not_all_on_the_page_and_all_in_the_table(manager, parts, hands):
    def turn(store):
        for number in range(50):
            at = hands.wall - (60 - number) * 60_000
            store.add_outage(parts.frontdesk.office, f"o{number:02d}", "server_away", at, at + 30_000)
        return None, None

    parts.frontdesk.writer.do(turn)
    page = manager.get("/manage/figures").text
    assert "The last 40 of 50. The spreadsheet has them all." in words_of(page)
    assert page.count("Write why") == 40 and "outages/o49" in page and "outages/o09" not in page
    rows = csv.DictReader(io.StringIO(manager.get("/manage/figures.csv").text))
    assert sum(row["of"] == "outage" for row in rows) == 50
