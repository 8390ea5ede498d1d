"""Appointments sent one by one in JSON are checked as a file's rows are, each by itself."""

import re
from datetime import date

import pytest

from reception.appointments import words
from reception.appointments.reading import read_items
from tests.appointments.files import HALF_PAST_NINE, LONDON, NEEDS, SERVICES, booked, mistakes

OFFICE = {"zone": LONDON, "services": SERVICES, "needs": NEEDS, "today": date(2026, 3, 1), "largest_rows": 3}


def items(*told: dict):
    plain = {"reference": "A1", "service": "tax", "start": "2026-03-02T09:30"}
    return read_items([plain | one for one in told], **OFFICE)


def test_an_item_is_an_appointment():
    said = {"minutes": 20, "name": "Ann  Other", "postcode": "ab12cd", "needs": ["Sign language"], "cancelled": True}
    (one,) = items(said).appointments
    known = {"minutes": 20, "name": "Ann Other", "postcode": "AB1 2CD", "needs": ("bsl",), "cancelled": True}
    assert one == booked(line=1, **known)


@pytest.mark.parametrize("start", ["2026-03-02 09:30", "2026-03-02T09:30Z", "2026-03-02T10:30:00+01:00"])
def test_a_start_may_bring_an_offset_of_its_own(start):
    (one,) = items({"start": start}).appointments
    assert one.booked_at == HALF_PAST_NINE


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"start": "02/03/2026 09:30"}, "poor_start"),
        ({"start": "2026-03-02"}, "poor_start"),
        ({"start": "2026-02-30 09:30"}, "poor_date"),
        ({"start": 1_772_443_800_000}, "wrong_fields"),
        ({"service": "dragons"}, "unknown_service"),
        ({"reference": " "}, "empty_reference"),
        ({"reference": "x" * 61}, "overlong"),
        ({"minutes": 0}, "poor_minutes"),
        ({"minutes": "20"}, "wrong_fields"),
        ({"needs": "bsl"}, "wrong_fields"),
        ({"needs": ["dragons"]}, "unknown_need"),
        ({"name": "a\0b"}, "nul"),
        ({"Quillfeather": 1}, "unknown_fields"),
    ],
)
def test_a_wrong_item_is_told_by_its_number_and_the_others_are_kept(wrong, key):
    found = items({"reference": "A0"}, {"reference": "A1", **wrong})
    assert ([one.reference for one in found.appointments], mistakes(found)) == (["A0"], [(2, key)])
    said = words.sentence(found.mistakes[0])
    assert said.startswith("Item 2: ") and not re.search("dragons|Quillfeather", said)


def test_a_reference_said_twice_is_taken_in_once():
    found = items({}, {}, {"service": "housing"})
    assert len(found.appointments) == 1
    assert [one.key for one in (*found.notes, *found.mistakes)] == ["said_again", "reference_twice"]
    assert words.sentence(found.mistakes[0]).startswith("Item 3: It has the reference of item 1 ")


def test_only_so_many_are_read():
    found = items(*({"reference": f"A{n}"} for n in range(9)))
    assert (len(found.appointments), found.read, mistakes(found)) == (3, 3, [(4, "too_many_rows")])
