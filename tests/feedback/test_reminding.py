"""Reminders of a complaint's dates: before and on the day, once each, whatever happens to the server meanwhile."""

import pytest

from tests.builders import Hands, instant, open_door


@pytest.fixture
def hands():
    return Hands(instant("2026-03-02 10:00"))


@pytest.fixture
def make(tmp_path, hands):
    doors = []

    def open_with(**feedback):
        doors.append(open_door(tmp_path / "reception.db", hands, feedback={"preset": "lgsco", **feedback}))
        return doors[-1]

    yield open_with
    for door in doors:
        door.store.close()


def complain(door):
    return door.give_feedback(kind="complaint", source="desk", by="person:1", theme="waiting")


def reminded(door) -> list[tuple]:
    return [(one.what, one.day, one.when, one.left) for one in door.remind_of_feedback()]


def by_day(door, hands, *days: str) -> dict[str, list[tuple]]:
    """What is said on each day of March, looked for three times."""
    found = {}
    for day in days:
        hands.go_to(f"2026-03-{day} 09:00")
        found[day] = reminded(door)
        hands.go(hours=1)
        assert reminded(door) == reminded(door) == []
    return {day: said for day, said in found.items() if said}


def test_each_date_is_said_before_and_on_its_day_and_no_more(make, hands):
    door = make()
    complain(door)
    days = [f"{number:02d}" for number in range(3, 25)]
    assert by_day(door, hands, *days) == {
        "05": [("acknowledge", "2026-03-09", "before", 2)],
        "09": [("acknowledge", "2026-03-09", "due", 0)],
        "12": [("answer", "2026-03-16", "before", 2)],
        "16": [("answer", "2026-03-16", "due", 0)],
    }


def test_what_was_acknowledged_or_answered_is_not_reminded_of(make, hands):
    door = make()
    told = complain(door)
    door.acknowledge_feedback(feedback=told.id, by="person:1")
    assert by_day(door, hands, "05", "09", "12") == {"12": [("answer", "2026-03-16", "before", 2)]}
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Yes.")
    assert by_day(door, hands, "16", "17") == {}


def test_an_answer_that_is_put_off_has_reminders_of_its_new_date(make, hands):
    door = make()
    told = complain(door)
    door.acknowledge_feedback(feedback=told.id, by="person:1")
    by_day(door, hands, "12")
    door.extend_feedback(feedback=told.id, by="person:1", reason="The file is elsewhere.", days=5)
    assert by_day(door, hands, "16", "19", "23") == {
        "19": [("answer", "2026-03-23", "before", 2)],
        "23": [("answer", "2026-03-23", "due", 0)],
    }


def test_after_a_week_without_a_server_each_date_is_said_once_and_as_late(make, hands):
    door = make()
    complain(door)
    assert by_day(door, hands, "18", "19") == {
        "18": [("acknowledge", "2026-03-09", "due", -7), ("answer", "2026-03-16", "due", -2)]
    }


def test_a_restart_reminds_nobody_twice(make, hands):
    complain(make())
    hands.go_to("2026-03-09 09:00")
    assert len(reminded(make())) == 1
    assert reminded(make()) == []


def test_without_days_before_only_the_day_itself_is_said(make, hands):
    door = make(remind_days_before=0)
    complain(door)
    assert list(by_day(door, hands, "05", "06", "09", "13", "16")) == ["09", "16"]


def test_whoever_is_told_is_told_in_the_same_breath_or_not_at_all(make, hands):
    door, told = make(), []
    complaint = complain(door)
    hands.go_to("2026-03-09 09:00")

    def fails(store, reminder, at):
        raise OSError("no post")

    with pytest.raises(OSError, match="no post"):
        door.remind_of_feedback(fails)
    door.remind_of_feedback(lambda store, reminder, at: told.append((reminder.feedback.reference, reminder.when, at)))
    assert told == [(complaint.reference, "due", hands.wall)]


def test_what_is_no_complaint_has_no_dates(make, hands):
    door = make()
    door.give_feedback(kind="comment", source="kiosk", by="screen:1", theme="waiting")
    hands.go(days=60)
    assert reminded(door) == []
