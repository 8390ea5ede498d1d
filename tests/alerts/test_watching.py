"""What is compared with thresholds at a real front desk, and how it is told: in a sentence, and by mail."""

from contextlib import closing

import pytest
from flask_babel import force_locale

from manage.live import Manage
from manage.pages import blueprint
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.alert_words import sentence
from reception.web.app import create_app
from reception.web.parts import Parts
from reception.web.watching import Watch
from tests.alerts.test_thresholds import threshold
from tests.builders import OFFICE_HOURS, Hands, instant, office, open_door

MINUTE = 60_000
OUT_OF_PAPER = {"key": "printer lobby", "where": "Lobby printer", "matter": "It is out of paper."}


@pytest.fixture
def parts_of(tmp_path, hands):
    """An office's parts, and its door's database closed at the end."""
    opened = []

    def made(**settings) -> Parts:
        settings = office(server={"data": tmp_path, "secure_cookies": False}, **settings)
        door = open_door(tmp_path / "r.db", hands, settings)
        opened.append(door.store)
        return Parts(settings, door.store, door, Keys(door), Guesses(settings))

    yield made
    for store in opened:
        store.close()


def watch(parts, *, share=None, troubles=()) -> Watch:
    app = create_app(parts, [(blueprint, Manage)])[0]
    return Watch(parts, app, share=lambda: share, troubles=lambda: list(troubles))


def test_waits_are_counted_as_screens_show_them(parts_of, hands):
    parts = parts_of()
    for service, seconds in (("tax", 61), ("parking", 200), ("tax", 40)):
        parts.frontdesk.ticket(service)
        hands.go(seconds=seconds)  # in the end they wait 301, 240 and 40 s; the target is 300, near it is from 240
    found = watch(parts).measured([])
    counted = ("waiting", "at_risk", "late")
    assert [found[what, ""] for what in counted] == [3, 1, 1]
    assert [found[what, "tax"] for what in counted] == [2, 0, 1]
    assert [found[what, "parking"] for what in counted] == [1, 1, 0]
    assert [found[what, "housing"] for what in counted] == [0, 0, 0]
    assert found["longest_wait", ""] == pytest.approx(301 / 60)


def test_no_desk_is_missed_while_the_office_is_closed_and_nobody_waits(tmp_path):
    hands = Hands(instant("2026-03-02 16:30"))
    settings = office(server={"data": tmp_path}, hours=OFFICE_HOURS)
    with closing(open_door(tmp_path / "r.db", hands, settings).store) as store:
        door = open_door(tmp_path / "r.db", hands, settings)
        parts = Parts(settings, store, door, Keys(door), Guesses(settings))
        door.set_desk(desk="1", state="open", by="person:1")
        door.set_desk(desk="2", state="paused", reason="lunch", by="person:2")
        hands.go(minutes=20)
        looking = Watch(parts, None, share=lambda: None, troubles=list)
        assert (looking.measured([])["desks_open", ""], looking.measured([])["paused", "2"]) == (1, 20)
        hands.go(minutes=11)
        assert ("desks_open", "") not in looking.measured([])
        door.store.close()


@pytest.mark.parametrize(("share", "told"), [((0.5, 29), None), ((0.5, 30), 50), (None, None)])
def test_a_share_of_a_handful_alerts_nobody(parts_of, share, told):
    parts = parts_of(alerts=[{"key": "promise", "what": "share", "limit": 80}])
    assert watch(parts, share=share).measured([]).get(("share", "")) == told


def test_a_share_that_no_threshold_asks_for_is_not_measured(parts_of):
    parts = parts_of(alerts=[{"key": "crowd", "what": "waiting", "limit": 0}])
    assert ("share", "") not in watch(parts, share=(0.5, 30)).measured([])


def test_an_alert_begins_after_its_minutes_and_a_restart_begins_them_anew(parts_of, hands):
    parts = parts_of(alerts=[{"key": "crowd", "what": "waiting", "limit": 0, "for_minutes": 2}])
    parts.frontdesk.ticket()
    looking = watch(parts)
    looking.look()
    hands.go(minutes=1)
    again = watch(parts)
    again.look()
    hands.go(minutes=1)
    again.look()
    assert parts.frontdesk.alerts() == []
    hands.go(minutes=1)
    again.look()
    assert [alert.key for alert in parts.frontdesk.alerts()] == ["crowd"]


def test_a_mail_has_the_matter_and_the_link_and_nobodys_name_or_number(parts_of, hands):
    to = ["sam@example.gov.uk", "night@example.gov.uk"]
    parts = parts_of(
        office={"name": "Fernleigh Council"},
        alerts=[{"key": "long", "what": "longest_wait", "limit": 10, "service": "tax", "mail": to}],
        mail={"server": "mail.example.gov.uk", "sender": "desk@example.gov.uk"},
    )
    visit = parts.frontdesk.issue(service="tax", by="kiosk:lobby", needs=["bsl"], remark="Ann Other").visit
    hands.go(minutes=12)
    watch(parts).look()
    mails = parts.frontdesk.rows("SELECT to_address, subject, text FROM mails ORDER BY id")
    assert sorted(address for address, _subject, _text in mails) == sorted(to)
    said = "Somebody has waited 12 minutes for Council Tax."
    assert mails[0][1] == f"Fernleigh Council: {said}"
    assert mails[0][2] == (
        f"{said}\n\nThat was at 10:12. Look, and say that you see to it: {parts.settings.address}/manage\n"
    )
    assert not [word for word in (visit.number, visit.id, visit.token, "Ann", "bsl") if word in str(mails)]


@pytest.mark.parametrize(
    ("what", "limit", "subject", "value", "said"),
    [
        ("waiting", 8, "", 11.0, "11 people are waiting."),
        ("waiting", 8, "housing", 1.0, "1 person is waiting for Housing."),
        ("longest_wait", 10, "", 10.9, "Somebody has waited 10 minutes."),
        ("at_risk", 0, "", 1.0, "1 person is about to wait too long."),
        ("late", 2, "tax", 3.0, "3 people wait longer than promised for Council Tax."),
        ("paused", 15, "2", 16.2, "Desk 2 has been paused for 16 minutes."),
        ("desks_open", 2, "", 1.0, "Only 1 desk is open."),
        ("desks_open", 2, "", 0.0, "No desk is open."),
        ("share", 80, "", 79.6, "Only 79% were seen in time today."),
        ("device", None, "printer lobby", 1.0, "Lobby printer: It is out of paper."),
        ("device", None, "screen gone", 1.0, "A device needs somebody."),
    ],
)
def test_what_is_the_matter_is_one_sentence(parts_of, what, limit, subject, value, said):
    parts = parts_of()
    app = create_app(parts, [(blueprint, Manage)])[0]
    with app.test_request_context(), force_locale("en"):
        assert sentence(parts.settings, threshold(what=what, limit=limit), subject, value, [OUT_OF_PAPER]) == said
