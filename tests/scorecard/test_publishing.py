"""A month is put before the public once, stays as it was published, and says when it was corrected."""

import pytest

from reception.refusals import Refusal
from reception.scorecard.publishing import first_working_day, is_due, publish, publish_if_due
from reception.scorecard.taking_in import take_file
from tests.builders import Hands, instant, office, open_door
from tests.scorecard.months import Came, lived, making

WEEKDAYS = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
WEEKDAYS |= {"saturday": [], "sunday": []}


def no_paper(card, moments) -> dict:
    return {"en": b"%PDF"}


@pytest.fixture
def hands():
    return Hands(instant("2026-11-10 10:00"))


@pytest.fixture
def door(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands, hours=WEEKDAYS)
    lived(door, "2026-10", Came(80), Came(20, "housing", minutes=9))
    yield door
    door.store.close()


def put(door, month="2026-10"):
    return publish(door, making(door), month, by="test", paper=no_paper)


def test_what_is_published_is_what_the_public_may_know(door, hands):
    made, new = put(door)
    assert new and made.version == 1
    stored = door.store.published(door.office, "2026-10")
    assert stored == made and "measures" not in stored.card
    assert door.store.published_paper(door.office, "2026-10", 1, "en") == b"%PDF"


def test_publishing_the_same_again_changes_nothing(door):
    put(door)
    again, new = put(door)
    assert (again.version, new, len(door.store.versions(door.office, "2026-10"))) == (1, False, 1)


def test_a_month_with_few_on_one_side_is_not_corrected_by_publishing_it_again(door):
    """Three calls late of sixteen, and two people whose wait is not judged."""
    take_file(door, b"measure,month,met,of,source\ntelephone,2026-10,13,16,Exchange\n", by="test")
    lived(door, "2026-10", Came(2, minutes=None, left=1))
    first, _new = put(door)
    assert {one["hidden"] for one in first.card["standards"]} >= {"few", "tells"}
    assert put(door) == (first, False)


def test_one_figure_put_right_leaves_the_others_as_they_were_said(door):
    take_file(door, b"measure,month,met,of,source\ntelephone,2026-10,13,16,Exchange\n", by="test")
    put(door)
    take_file(door, b"measure,month,met,of,source\nvoicemail,2026-10,50,60,Exchange\n", by="test")
    made, new = put(door)
    telephone = next(one for one in made.card["standards"] if one["key"] == "telephone")
    assert (new, telephone["n"], telephone["between"]) == (True, 16, [0.75, 1.0])


def test_a_month_before_anybody_came_is_not_published_unless_something_is_known_of_it(door):
    with pytest.raises(Refusal, match="month_without_figures"):
        put(door, "2026-08")
    take_file(door, b"measure,month,met,of,source\ntelephone,2026-08,700,1000,Exchange\n", by="test")
    assert put(door, "2026-08")[1]


def test_a_correction_is_a_version_beside_the_first(door, hands):
    put(door)
    lived(door, "2026-10", Came(12, "parking"))
    hands.go(days=1)
    made, new = put(door)
    assert (made.version, new) == (2, True)
    assert [version for version, _at in door.store.versions(door.office, "2026-10")] == [1, 2]
    assert door.store.published(door.office, "2026-10").version == 2


def test_the_record_tells_the_month_and_the_version(door):
    put(door)
    assert [(step.step, step.changes) for step in door.told()][-1] == (
        "scorecard_published",
        {"month": [None, "2026-10"], "version": [None, 1]},
    )


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-10-31 12:00", None),  # October is not over; September had nobody
        ("2026-11-01 12:00", None),  # a Sunday
        ("2026-11-02 06:59", None),
        ("2026-11-02 07:00", "2026-10"),
        ("2026-11-30 23:00", "2026-10"),  # the server was off all month
    ],
)
def test_last_month_is_due_from_the_first_working_days_hour_on(door, now, due):
    assert is_due(door, instant(now)) == due


def test_what_was_published_is_not_due(door, hands):
    assert publish_if_due(door, making(door), no_paper).month == "2026-10"
    assert publish_if_due(door, making(door), no_paper) is None


def test_by_hand_nothing_is_due(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands, performance={"publish": "by-hand"})
    lived(door, "2026-10", Came(80))
    assert is_due(door, hands.wall) is None
    door.store.close()


def test_a_bank_holiday_is_no_working_day():
    assert first_working_day(office(hours=WEEKDAYS), "2027-01").isoformat() == "2027-01-04"
    scottish = office(hours=WEEKDAYS, office={"nation": "scotland"})
    assert first_working_day(scottish, "2027-01").isoformat() == "2027-01-05"


def test_nothing_is_due_before_anybody_came(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands)
    assert is_due(door, hands.wall) is None
    door.store.close()
