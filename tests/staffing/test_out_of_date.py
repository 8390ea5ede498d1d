"""A plan of other settings than the office has now: known part by part, said, and made anew by itself."""

from datetime import timedelta

import pytest

from reception.staffing.made_of import changed_since, made_of
from tests.builders import instant
from tests.staffing.rooms import POOLED, SERVICES, WEEKDAYS, room
from tests.staffing.test_working import TODAY, parts_at

LATER = {**WEEKDAYS, "thursday": ["09:00-19:00"]}
STANDARD = {"key": "seen", "promise": "In time", "measure": "seen_in_time", "at_least": 90}


@pytest.mark.parametrize(
    ("parts", "changed"),
    [
        ({}, ()),
        ({"hours": LATER}, ("hours",)),
        ({"hours": {**WEEKDAYS, "closed_on": ["2026-03-02"]}}, ("hours",)),
        ({"desks": POOLED}, ("desks",)),
        ({"services": [{**SERVICES[0], "minutes": 9}, *SERVICES[1:]]}, ("services",)),
        ({"services": [{**SERVICES[0], "name": "Rates"}, *SERVICES[1:]]}, ()),
        ({"promise": {"target_seconds": 600}}, ("promise",)),
        ({"standards": [STANDARD]}, ("promise",)),
        ({"appointments": {"due_minutes": 20}}, ("line",)),
        ({"appointments": {"folder": "elsewhere"}}, ()),
        ({"figures": {"exclude": {"days": ["2026-01-05"]}}}, ("days",)),
    ],
)
def test_a_plan_is_out_of_date_in_whatever_it_was_made_of_has_changed(parts, changed):
    assert changed_since(made_of(room()), room(**parts)) == changed


def test_a_plan_that_does_not_say_what_it_was_made_of_is_not_said_to_be_out_of_date():
    assert changed_since({}, room(hours=LATER)) == ()


def test_with_other_opening_hours_a_plan_is_made_anew_by_itself_once(tmp_path):
    monday = instant(f"{TODAY} 02:00")
    before = parts_at(room(server={"data": tmp_path}), tmp_path, monday)
    before.staffing.start()
    assert not before.staffing.is_due()
    before.store.close()
    tuesday = instant(f"{TODAY + timedelta(days=1)} 02:00")
    same = parts_at(room(server={"data": tmp_path}), tmp_path, tuesday)
    assert not same.staffing.is_due()  # not before four
    same.store.close()
    other = parts_at(room(server={"data": tmp_path}, hours=LATER), tmp_path, tuesday)
    assert other.staffing.is_due()
    other.staffing.start()
    assert not other.staffing.is_due()
    assert changed_since(other.staffing.kept().made_of, other.settings) == ()
    other.store.close()
