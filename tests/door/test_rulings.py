"""Rules of the day: what a manager decides holds at once, with who and when, until it ends or is taken back."""

import pytest

from reception.keeping import forget
from reception.things import Ruling
from tests.builders import OFFICE_HOURS, open_door
from tests.door.conftest import a_kiosk, refused

BOSS = "person:boss"


def rule(door, kind, subject, value, **more):
    return door.rule(kind=kind, subject=subject, value=value, by=BOSS, **more)


def why(door, service="tax"):
    refusal = door.why_closed(service, door.look()[1])
    return refusal and refusal.key


def test_a_closed_service_gives_no_tickets_and_opens_again_at_once(door):
    rule(door, "service", "tax", "closed")
    with refused("service_closed"):
        door.ticket("tax")
    assert door.ticket("housing").state == "waiting"
    rule(door, "service", "tax", None)
    assert door.ticket("tax").number == "A001"


def notice_at_the_kiosk(door) -> str | None:
    room = door.look()[1]
    return door.text_of(room, "notice", "kiosk") if room.ruled("notice", "kiosk") else None


def test_the_notice_of_why_a_service_is_closed_goes_when_it_gives_tickets_again(door):
    rule(door, "service", "tax", "closed", notice="A fire drill.")
    assert notice_at_the_kiosk(door) == "A fire drill."
    rule(door, "service", "housing", None)
    assert notice_at_the_kiosk(door) == "A fire drill."
    rule(door, "service", "tax", None)
    assert notice_at_the_kiosk(door) is None


def test_closed_once_more_without_a_word_a_service_keeps_its_notice_until_it_gives_tickets_again(door, hands):
    rule(door, "service", "tax", "closed", notice="A fire drill.")
    hands.go(seconds=1)
    rule(door, "service", "tax", "closed")
    assert notice_at_the_kiosk(door) == "A fire drill."
    rule(door, "service", "tax", "open")
    assert notice_at_the_kiosk(door) is None


@pytest.mark.parametrize("put_up", [("notice", "kiosk", "shown"), ("service", "housing", "closed")])
def test_a_notice_put_up_since_the_stop_stays(door, hands, put_up):
    rule(door, "service", "tax", "closed", notice="A fire drill.")
    hands.go(seconds=1)
    words = {"text" if put_up[0] == "notice" else "notice": "The lift is out of order."}
    rule(door, *put_up, **words)
    rule(door, "service", "tax", None)
    assert notice_at_the_kiosk(door) == "The lift is out of order."


def test_a_service_whose_reason_is_too_long_is_not_closed(door):
    with refused("text_too_long"):
        rule(door, "service", "tax", "closed", notice="x" * 301)
    assert why(door) is None


def test_whoever_waits_for_a_closed_service_is_still_called(door):
    visit = door.ticket()
    rule(door, "service", "tax", "closed")
    assert door.next("1").id == visit.id


def test_a_service_opened_by_a_manager_is_open_when_the_office_is_not(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands, hours=OFFICE_HOURS)
    hands.go_to("2026-03-02 18:00")
    assert why(door) == "office_closed"
    rule(door, "service", "tax", "open")
    assert (why(door), why(door, "housing")) == (None, "office_closed")


def test_a_quota_is_full_when_it_is_and_no_earlier(door):
    rule(door, "quota", "tax", "2")
    assert [door.ticket().number, why(door), door.ticket().number, why(door)] == ["A001", None, "A002", "service_full"]
    rule(door, "quota", "tax", "3")
    assert why(door) is None


def test_who_serves_what_changes_at_once(door):
    tax, housing = door.ticket("tax"), door.ticket("housing")
    rule(door, "serves", "3", "tax|housing")
    assert [door.next("3").id, door.next("3").id] == [tax.id, housing.id]
    rule(door, "serves", "3", None)
    door.ticket("tax")
    assert door.next("3") is None


def test_a_ruling_ends_by_itself_when_its_time_is_over(door, hands):
    rule(door, "service", "tax", "closed", until_at=hands.wall + 60_000)
    hands.go(seconds=59)
    assert why(door) == "service_closed"
    hands.go(seconds=1)
    assert why(door) is None


def test_who_decided_and_when_is_recorded_with_what_was_before(door, hands):
    rule(door, "service", "tax", "closed")
    hands.go(minutes=3)
    rule(door, "service", "tax", None)
    assert door.store.rulings("office") == {"service:tax": Ruling("service", "tax", None, BOSS, hands.wall)}
    steps = door.store.steps_about("office", "service:tax")
    assert [(step.by, step.changes["value"]) for step in steps] == [(BOSS, [None, "closed"]), (BOSS, ["closed", None])]


@pytest.mark.parametrize("kind,subject", [("notice", "board"), ("kiosk", None), ("message", "all"), ("message", "1")])
def test_the_words_of_a_ruling_stand_in_no_step(door, kind, subject):
    subject = subject or a_kiosk(door)
    rule(door, kind, subject, "The lift!", text="The lift is  out\nof order.")
    _, room = door.look()
    assert door.text_of(room, kind, subject) == "The lift is out of order."
    assert "lift" not in str(door.told())
    rule(door, kind, subject, None)
    assert door.text_of(door.look()[1], kind, subject) is None


def test_until_is_still_to_come(door, hands):
    with refused("until_past"):
        rule(door, "service", "tax", "closed", until_at=hands.wall)


def test_a_message_ends_by_itself(door, hands):
    rule(door, "message", "all", "shown", text="Fire drill at three.")
    hands.go(hours=8)
    assert door.text_of(door.look()[1], "message", "all") is None


@pytest.mark.parametrize(
    ("kind", "subject", "value", "text", "key"),
    [
        ("weather", "tax", "sunny", "", "unknown_kind"),
        ("service", "gold", "closed", "", "unknown_service"),
        ("service", "tax", "ajar", "", "unknown_kind"),
        ("quota", "tax", "-1", "", "quota_no_number"),
        ("quota", "tax", "many", "", "quota_no_number"),
        ("quota", "tax", "٣", "", "quota_no_number"),
        ("serves", "9", "tax", "", "unknown_desk"),
        ("serves", "1", "gold", "", "unknown_service"),
        ("serves", "1", "|", "", "serves_nothing"),
        ("notice", "roof", "shown", "Hello", "unknown_kind"),
        ("notice", "board", "shown", " ", "text_needed"),
        ("notice", "board", "shown", "x" * 301, "text_too_long"),
        ("kiosk", "nope", "locked", "Being cleaned", "unknown_key"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_changes(door, kind, subject, value, text, key):
    with refused(key):
        rule(door, kind, subject, value, text=text)
    assert door.told() == []


def test_a_notice_can_be_read_for_as_long_as_it_holds(door, hands):
    rule(door, "notice", "kiosk", "on", text="The lift is out of order.")
    hands.go(days=9)
    assert forget(door).particulars == 0
    assert door.text_of(door.look()[1], "notice", "kiosk") == "The lift is out of order."
    rule(door, "notice", "kiosk", None)
    hands.go(days=2)
    assert forget(door).particulars == 1


def test_a_locked_kiosk_gives_no_tickets_and_says_why_and_others_go_on(door):
    key = a_kiosk(door)
    rule(door, "kiosk", key, "locked", text="This screen is being cleaned.")
    with refused("kiosk_locked") as refusal:
        door.issue(service="tax", by=f"screen:{key}")
    assert refusal.value.values == {"text": "This screen is being cleaned."}
    with refused("kiosk_locked"):
        door.check_in(reference="TX-1", by=f"screen:{key}")
    assert door.issue(service="tax", by="screen:k2").visit.number == "A001"
    rule(door, "kiosk", key, None)
    assert door.issue(service="tax", by=f"screen:{key}").visit.number == "A002"
