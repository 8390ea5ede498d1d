"""Alerts through the door: stored with the mail that tells of them, once, whatever happens to the server."""

from contextlib import closing

import pytest

from reception.alerting import doubts
from reception.refusals import Refusal
from tests.builders import office, open_door

WAIT = {"key": "long", "what": "longest_wait", "limit": 10, "mail": ["sam@example.gov.uk"]}
MAIL = {"server": "mail.example.gov.uk", "sender": "desk@example.gov.uk"}
HERE = "long", ""


@pytest.fixture
def settings():
    return office(alerts=[WAIT], mail=MAIL)


@pytest.fixture
def door(tmp_path, hands, settings):
    door = open_door(tmp_path / "r.db", hands, settings)
    with closing(door.store):
        yield door


def look(door, value: float | None = 12.0) -> None:
    now = {HERE: value} if value is not None else {}
    door.alert(now, {HERE: door.now()}, worded=lambda _part, alert: ("A wait", f"{alert.value:.0f} minutes"))


def mails(door) -> list[tuple]:
    return door.rows("SELECT to_address, subject, text FROM mails ORDER BY made_at")


def test_an_alert_is_told_by_mail_once_also_after_a_restart(door, tmp_path, hands, settings):
    look(door)
    look(door)
    again = open_door(tmp_path / "r.db", hands, settings)
    look(again)
    again.store.close()
    assert mails(door) == [("sam@example.gov.uk", "A wait", "12 minutes")]
    assert door.words() == ["alert_began"]


def test_looks_that_change_nothing_store_nothing(door):
    look(door, None)
    assert door.words() == []
    look(door)
    look(door)
    look(door, None)
    look(door, None)
    assert door.words() == ["alert_began", "alert_over"]
    assert door.alerts() == []


def test_coming_and_going_it_is_mailed_so_often_at_most(door, hands):
    told = 0
    for _time in range(12):  # every six minutes for an hour and ten minutes
        look(door)
        told += len(mails(door))
        hands.go(minutes=3)
        look(door, None)
        hands.go(minutes=3)
    assert told == 3


def test_a_mail_that_could_not_be_sent_while_it_lasted_is_sent_no_more(door, hands):
    look(door)
    hands.go(minutes=1)
    look(door, None)
    assert mails(door) == []


def test_told_again_the_mail_that_was_not_sent_gives_way_to_the_new_one(door, hands):
    look(door)
    hands.go(minutes=31)
    look(door, 43.0)
    assert mails(door) == [("sam@example.gov.uk", "A wait", "43 minutes")]


def test_a_mail_that_was_sent_stays_sent_and_those_of_other_alerts_stay(door, hands):
    look(door)
    door.writer.do(lambda store: (store.execute("UPDATE mails SET sent_at = 1"), None))
    both = {HERE: 12.0, ("long", "tax"): 13.0}
    door.alert(both, dict.fromkeys(both, door.now()), worded=lambda _part, alert: ("A wait", f"{alert.value:.0f}"))
    door.alert({("long", "tax"): 13.0}, {}, worded=lambda *_: ("", ""))
    assert door.rows("SELECT text, sent_at FROM mails ORDER BY made_at, text") == [("12 minutes", 1), ("13", None)]


def test_somebody_sees_to_it_and_the_first_who_says_so_is_kept(door, hands):
    look(door)
    (alert,) = door.alerts()
    hands.go(minutes=1)
    seen = door.see_to_alert(alert=alert.id, by="person:1")
    assert (seen.seen_by, seen.seen_at) == ("person:1", door.now())
    assert door.see_to_alert(alert=alert.id, by="person:2").seen_by == "person:1"
    hands.go(hours=2)
    look(door)
    assert len(mails(door)) == 1


def test_an_alert_that_never_was_cannot_be_seen_to(door):
    with pytest.raises(Refusal) as refused:
        door.see_to_alert(alert="nothing", by="person:1")
    assert refused.value.key == "unknown_alert"


def test_without_a_mail_server_it_is_on_the_screen_alone(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands, office(alerts=[WAIT]))
    with closing(door.store):
        look(door)
        assert (len(door.alerts()), mails(door)) == (1, [])


def test_thresholds_that_cannot_work_as_meant_are_doubted():
    never = {"key": "many", "what": "desks_open", "limit": 4}
    assert [one.partition(":")[0] for one in doubts(office(alerts=[WAIT, never]))] == ["alerts", "alerts"]
    assert list(doubts(office(alerts=[WAIT, never | {"limit": 3}], mail=MAIL))) == []


@pytest.mark.parametrize("what", ["share", "desks_open"])
def test_a_threshold_below_which_nothing_is_is_doubted(what):
    (said,) = doubts(office(alerts=[{"key": "few", "what": what, "limit": 0}]))
    assert said == "alerts: 'few' is of fewer than 0, so it never begins."
    assert list(doubts(office(alerts=[{"key": "few", "what": what, "limit": 1}]))) == []


def test_alerts_for_those_whose_screens_show_none_are_doubted():
    def found(*who):
        return list(doubts(office(alerts=[{"key": "crowd", "what": "waiting", "limit": 8, "who": who}])))

    (said,) = found("receptionist", "manager")
    assert said.startswith("alerts: 'crowd' is for 'receptionist', whose screens show no alerts.")
    assert found("manager", "admin", "wall", "robin") == []


def test_a_threshold_of_a_service_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="did you mean 'parking'"):
        office(alerts=[WAIT | {"service": "parkin"}])


def test_warnings_without_estimates_are_doubted():
    (said,) = doubts(office(waits={"tell": False}))
    assert said.startswith("warnings.tell is on and waits.tell is off")
    assert list(doubts(office(waits={"tell": False}, warnings={"tell": False}))) == []
