"""What the page of now is told: who needs somebody and what helps; and the record of calls for help."""

from dataclasses import replace

import pytest

from manage.help_record import CallForHelp, calls_for_help
from reception.mail import queue_mail
from reception.owing import Promised
from reception.webhooks import Webhooks
from reception.webhooks.cursor import Cursor
from tests.builders import TEN, office

MINUTE = 60_000


@pytest.fixture
def now(parts, app):
    def picture() -> dict:
        with app.app_context():
            return parts.faces["/manage"].picture(None)

    return picture


def test_whoever_no_open_desk_helps_is_told_once_with_the_desks_that_could(parts, now, hands):
    door = parts.frontdesk
    door.set_desk(desk="3", state="open", by="person:3")
    first = door.issue(service="tax", by="kiosk:lobby").visit
    hands.go(minutes=1)
    for service in ("tax", "tax", "parking"):
        door.issue(service=service, by="kiosk:lobby")
    assert [(one["number"], one["waits_from"], one["others"], one["remedy"]) for one in now()["unserved"]] == [
        (first.number, TEN, 2, "Open Desk 1 or Desk 2."),
        ("A004", TEN + MINUTE, 0, "Open Desk 1 or Desk 2."),
    ]
    for desk in ("1", "2"):
        door.rule(kind="serves", subject=desk, value="housing|", by="person:1")
    assert {one["remedy"] for one in now()["unserved"]} == {"No desk is set up for it."}


def test_a_paused_desk_says_why_and_who_is_on_hold_says_until_when(parts, now):
    door = parts.frontdesk
    visit = door.issue(service="tax", by="kiosk:lobby").visit
    door.set_desk(desk="1", state="paused", reason="lunch", by="person:1")
    door.hold(visit=visit.id, by="person:1", minutes=10)
    picture = now()
    assert next(desk for desk in picture["desks"] if desk["key"] == "1")["reason"] == "Lunch"
    assert [(one["number"], one["until_at"]) for one in picture["held"]] == [("A001", TEN + 10 * MINUTE)]


def test_a_free_desk_is_free_since_somebody_left_it(parts, now, hands):
    door = parts.frontdesk
    for desk in ("1", "2"):
        door.set_desk(desk=desk, state="open", by=f"person:{desk}")

    def since() -> list[int]:
        return [(desk["since_at"] - TEN) // MINUTE for desk in now()["desks"] if desk["key"] in ("1", "2")]

    def helped(left: str) -> None:
        door.issue(service="tax", by="kiosk:lobby")
        called = door.call_next(desk="1", by="person:1")
        hands.go(minutes=4)
        door.step(left, visit=called.id, by="person:1", desk="1")

    assert since() == [0, 0]
    helped("not_here")
    assert since() == [4, 0]
    helped("return_to_line")
    assert since() == [8, 0]
    door.set_desk(desk="1", state="paused", reason="lunch", by="person:1")
    hands.go(minutes=1)
    door.set_desk(desk="1", state="open", by="person:1")
    assert since() == [9, 0]


def test_what_cannot_be_said_of_today_yet_is_not_said_to_be_nobody(parts, now):
    door = parts.frontdesk
    door.set_desk(desk="1", state="open", by="person:1")
    door.issue(service="tax", by="kiosk:lobby")
    called = door.call_next(desk="1", by="person:1")
    door.step("start", visit=called.id, by="person:1", desk="1")
    assert now()["today_says"] == "It cannot be said yet how many were seen within 5 minutes today."


def test_complaints_are_counted_as_they_stand(parts, now, hands):
    parts.frontdesk.give_feedback(kind="complaint", theme="waiting", source="desk", by="person:1")
    assert (now()["complaints"], now()["today"]) == ({"late": 0, "due": 0}, False)
    hands.go(days=9)
    assert (now()["complaints"], now()["today"]) == ({"late": 1, "due": 0}, True)


def test_promises_and_appointments_are_counted_as_they_stand(parts, now, hands):
    door = parts.frontdesk
    for days in (0, 1, 5):
        door.promise(Promised("We will write.", days=days), by="person:1")
    assert (now()["promises"], now()["today"]) == ({"late": 0, "due": 2}, True)
    hands.go(days=1)
    assert now()["promises"] == {"late": 1, "due": 1}
    assert now()["appointments"]["any"] is False


def test_what_is_decided_for_now_is_told_until_it_ends(parts, now, hands):
    door = parts.frontdesk
    door.rule(kind="service", subject="tax", value="closed", by="person:1", until_at=TEN + MINUTE)
    (one,) = now()["rulings"]
    assert (one["sentence"], one["until"], one["at"]) == ("Council Tax is closed", "until 10:01", TEN)
    hands.go(minutes=1)
    assert now()["rulings"] == []


def test_nothing_about_a_person_is_in_the_picture(parts, now):
    door = parts.frontdesk
    visit = door.issue(service="tax", by="kiosk:lobby", needs=["bsl"], remark="Ann Other").visit
    door.hold(visit=visit.id, by="person:1")
    assert "bsl" not in str(now()) and "Ann" not in str(now())


def test_a_manager_says_i_am_coming(parts, manager, now):
    parts.frontdesk.help(desk="1", by="person:1", step="ask")
    assert [(one["name"], one["coming_name"]) for one in now()["help"]] == [("Desk 1", None)]
    manager.post("/manage/help", desk="1")
    assert now()["help"][0]["coming_name"] == "Manager"
    parts.frontdesk.help(desk="1", by="person:1", step="end")
    assert now()["help"] == []
    assert "not asking for help any more" in manager.post("/manage/help", status=409, desk="1").text
    assert "no desk called 9" in manager.post("/manage/help", status=404, desk="9").text


def test_the_record_says_who_called_who_came_and_how_long_it_took(parts, manager, hands):
    assert "Nobody has called for help yet." in manager.get("/manage/help").text
    door = parts.frontdesk
    door.set_desk(desk="1", state="open", by="person:1")
    door.help(desk="1", by="person:1", step="ask")
    hands.go(seconds=20)
    door.help(desk="1", by=f"person:{manager.person}", step="answer")
    hands.go(minutes=3)
    door.help(desk="1", by="person:1", step="end")
    door.help(desk="1", by="person:1", step="ask")
    hands.go(minutes=1)
    door.set_desk(desk="1", state="closed", by="person:1")  # ends it, too
    door.help(desk="2", by="person:2", step="ask")
    page = manager.get("/manage/help").text
    assert page.index("Going on") < page.index(
        "over after 60 seconds" if "60 seconds" in page else "over after 1 minute"
    )
    assert "Manager answered after 20 seconds" in page
    assert page.count("Nobody answered") == 2


def test_calls_of_two_desks_are_kept_apart(parts, hands):
    door = parts.frontdesk
    door.help(desk="1", by="person:1", step="ask")
    door.help(desk="2", by="person:2", step="ask")
    hands.go(minutes=1)
    door.help(desk="1", by="person:9", step="answer")
    steps = parts.store.steps("office")[::-1]
    assert calls_for_help(steps) == [
        CallForHelp("2", TEN, "person:2"),
        CallForHelp("1", TEN, "person:1", "person:9", TEN + MINUTE),
    ]


def test_a_receptionist_sees_no_record_of_help(receptionist):
    receptionist.get("/manage/help", status=403)
    receptionist.post("/manage/help", status=403, desk="1")


def test_webhooks_are_shown_where_there_are_any(parts, manager):
    assert "Webhooks" not in manager.get("/manage/devices").text
    hook = {"key": "crm", "url": "https://crm.example.org/told", "secret": "whsec_" + "c2VjcmV0" * 4}
    parts.webhooks = Webhooks(replace(parts, settings=office(webhooks=[hook])))
    parts.webhooks.hooks[0].cursor = Cursor(7, failing_since=TEN, attempts=3, last_error={"cause": "timeout"})
    page = manager.get("/manage/devices").text
    assert "crm.example.org" in page and "did not answer in time" in page and "Failing" in page
    assert "told" not in page.split("Webhooks")[1].split("</ul>")[0]  # its address may hold a secret


def test_mail_that_cannot_be_sent_needs_somebody_who_learns_why(parts, now):
    def turn(store):
        queue_mail(store, office="office", to="sam@example.gov.uk", subject="A", text="B", at=TEN)
        store.execute("UPDATE mails SET tries = 1, problem = 'the mail server answered 554'")
        return None, None

    assert now()["troubles"] == []
    parts.frontdesk.writer.do(turn)
    (trouble,) = now()["troubles"]
    assert trouble["matter"] == "1 mail could not be sent: the mail server answered 554."


def test_alerts_without_a_mail_server_are_said_to_be_on_screens_alone(parts, now):
    alert = {"key": "crowd", "what": "waiting", "limit": 3, "mail": ["sam@example.gov.uk"]}
    parts.settings = office(alerts=[alert])
    assert [one["matter"] for one in now()["troubles"]] == ["Alerts are to be mailed, and no mail server is set."]


def test_a_screen_away_needs_somebody_until_it_counts_as_taken_away(parts, now, hands):
    kiosk = parts.keys.add(name="Lobby kiosk", role="kiosk", kind="browser", by="person:1")
    parts.keys.heard([parts.keys.holder(kiosk, "browser").id])
    away = []
    for seconds in (59, 2, 86_338, 2):  # 59 s, 61 s, a second short of a day, a second over it
        hands.go(seconds=seconds)
        away.append([trouble["where"] for trouble in now()["troubles"]])
    assert away == [[], ["Lobby kiosk"], ["Lobby kiosk"], []]
