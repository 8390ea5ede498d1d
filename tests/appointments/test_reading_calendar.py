"""Each whole event of a calendar becomes an appointment; what repeats, lasts all day or is cut is told."""

import pytest

from tests.appointments.files import HALF_PAST_NINE, booked, calendar, mistakes, reading

EVENT = """
UID:A1
DTSTART;TZID=Europe/London:20260302T093000
SUMMARY:Council Tax
"""
ONE = booked(line=1)


def read(*events: str, **given):
    return reading(calendar(*events, **given), "calendar.ics")


def test_a_whole_event_becomes_an_appointment():
    found = read(
        """
UID:4711@booking.example
X-RECEPTION-REFERENCE:FC-1
X-RECEPTION-POSTCODE:ab12cd
X-RECEPTION-NEEDS:BSL
DTSTART;TZID=GMT Standard Time:20260302T093000
DTEND;TZID=GMT Standard Time:20260302T095000
CATEGORIES:Important,housing
ATTENDEE;CUTYPE=ROOM;CN=Room 2:mailto:room@example.org
ATTENDEE;CN="Other\\, A
 nn":mailto:ann@example.org
SUMMARY:Council Tax: somebody else
BEGIN:VALARM
DTSTART:nonsense
END:VALARM
STATUS:CONFIRMED
"""
    )
    assert (found.mistakes, found.read) == ((), 1)
    (one,) = found.appointments
    assert (one.reference, one.service, one.minutes, one.postcode, one.needs) == (
        "FC-1", "housing", 20, "AB1 2CD", ("bsl",)
    )  # fmt: skip
    assert one.booked_at == HALF_PAST_NINE and one.name.endswith("Ann") and not one.cancelled


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20260302T093000",
        "DTSTART:20260302T093000Z",
        "dtstart;tzid=Europe/Paris:20260302T103000",
        "DTSTART;VALUE=DATE-TIME;TZID=GMT Standard Time:20260302T093000",
    ],
)
def test_a_start_is_in_its_own_zone_and_without_one_in_the_offices(start):
    assert read(f"UID:A1\n{start}\nSUMMARY:tax").appointments == (ONE,)


@pytest.mark.parametrize(
    ("lines", "service", "name"),
    [
        ("SUMMARY:council tax", "tax", ""),
        ("SUMMARY:Council Tax: Ann Other", "tax", "Ann Other"),
        ("CATEGORIES:HOUSING\nSUMMARY:Repairs review", "housing", ""),
        ("CATEGORIES:private\nCATEGORIES:x,Housing\nSUMMARY:Council Tax:Ann", "housing", "Ann"),
        ("SUMMARY:Housing\nATTENDEE;CN=ann@example.org:mailto:a@b\nATTENDEE;CN=Ann:mailto:a@b", "housing", "Ann"),
    ],
)
def test_the_service_is_a_category_or_the_summary_and_the_rest_is_the_name(lines, service, name):
    (one,) = read(f"UID:A1\nDTSTART:20260302T093000\n{lines}").appointments
    assert (one.service, one.name) == (service, name)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("UID:A1", "X-A:1", "empty_reference"),
        ("SUMMARY:Council Tax", "SUMMARY:Ann Other", "unknown_service"),
        ("DTSTART;TZID=Europe/London:20260302T093000", "X-A:1", "no_start"),
        ("DTSTART;TZID=Europe/London:20260302T093000", "DTSTART;VALUE=DATE:20260302", "all_day"),
        ("DTSTART;TZID=Europe/London:20260302T093000", "DTSTART:20260302", "all_day"),
        ("Europe/London:20260302T093000", "Europe/London:soon", "poor_property"),
        ("Europe/London:20260302T093000", "Europe/London:20260302T256000", "poor_property"),
        ("Europe/London:20260302T093000", "Europe/London:20260230T093000", "poor_date"),
        ("Europe/London:20260302T093000", "Europe/London:20290302T093000", "too_far"),
        ("Europe/London:20260302T093000", "Europe/London:20260329T013000", "no_such_time"),
        ("TZID=Europe/London", "TZID=Customized Time Zone", "unknown_zone"),
        ("TZID=Europe/London", f"TZID={'x' * 300}", "unknown_zone"),
        ("TZID=Europe/London", "TZID=../../etc/passwd", "unknown_zone"),
        ("TZID=Europe/London", "TZID", "poor_property"),
        ("UID:A1", "UID:A1\nRRULE:FREQ=WEEKLY", "recurring"),
        ("UID:A1", "UID:A1\nRECURRENCE-ID:20260302T093000", "recurring"),
        ("UID:A1", "UID:A1\nDURATION:PT", "poor_minutes"),
        ("UID:A1", "UID:A1\nDURATION:soon", "poor_property"),
        ("UID:A1", "UID:A1\nDURATION:P99999999999999999999D", "poor_property"),
        ("UID:A1", "UID:A1\nDTEND:20260302T083000", "poor_minutes"),
        ("UID:A1", "UID:A1\nDTEND;VALUE=DATE:20260303", "all_day"),
        ("UID:A1", "UID:A1\0", "nul"),
        ("UID:A1", f"UID:A1\nX-RECEPTION-REFERENCE:{'x' * 61}", "overlong"),
        ("END:VEVENT", "X-NOTHING:1", "event_cut"),
    ],
)
def test_an_event_that_cannot_be_taken_in_is_told_and_the_next_is_kept(old, new, key):
    data = calendar(EVENT, EVENT.replace("A1", "A2")).decode()
    assert old in data
    found = reading(data.replace(old, new, 1), "calendar.ics")
    assert mistakes(found) == [(1, key)]
    assert found.appointments == (booked(reference="A2", line=2),)


@pytest.mark.parametrize(
    ("event", "method", "cancelled"),
    [("STATUS:CANCELLED", "PUBLISH", True), ("STATUS:TENTATIVE", "PUBLISH", False), ("X-A:1", "CANCEL", True)],
)
def test_an_event_is_cancelled_by_its_status_or_by_the_whole_calendar(event, method, cancelled):
    assert read(EVENT + event, method=method).appointments == (booked(line=1, cancelled=cancelled),)


def test_half_a_calendar_gives_its_whole_events_wherever_it_is_cut():
    whole = calendar(EVENT, EVENT.replace("A1", "A2"))
    assert len(reading(whole).appointments) == 2
    ends = [place for place in range(len(whole)) if whole[:place].endswith(b"END:VEVENT")]
    for cut in range(len(whole) - len(b"END:VCALENDAR\r\n") + 1):
        found = reading(whole[:cut], "calendar.ics")
        assert len(found.appointments) == sum(end <= cut for end in ends)
        assert found.mistakes[0].key in ("calendar_cut", "not_calendar")


def test_a_line_folded_in_the_middle_of_a_letter_is_one_line():
    data = calendar(EVENT.replace("Council Tax", "Council Tax: Zoë")).replace("ë".encode(), b"\xc3\r\n \xab")
    assert reading(data).appointments == (booked(line=1, name="Zoë"),)


def test_a_long_uid_gives_a_short_reference_that_stays_the_same():
    first, second = (read(EVENT.replace("A1", "0" * 111 + end)).appointments[0].reference for end in "12")
    assert len(first) <= 60 and first != second
    assert first == read(EVENT.replace("A1", "0" * 111 + "1")).appointments[0].reference


def test_an_event_there_twice_is_kept_once_and_its_place_is_an_event():
    found = read(EVENT, EVENT, EVENT.replace("0930", "1030"))
    assert found.appointments == (ONE,)
    assert [(one.line, one.key, one.values) for one in (*found.notes, *found.mistakes)] == [
        (2, "said_again", {"first": 1, "place": "event"}),
        (3, "reference_twice", {"first": 1, "place": "event"}),
    ]


def test_events_after_the_largest_number_are_left_and_that_is_told():
    found = reading(calendar(EVENT, EVENT.replace("A1", "A2")), largest_rows=1)
    assert (found.appointments, mistakes(found)) == ((ONE,), [(2, "too_many_rows")])


def test_a_calendar_is_known_by_what_it_says_and_a_csv_called_one_is_not_believed():
    assert reading(calendar(EVENT), "export.csv").appointments == (ONE,)
    assert reading(calendar(EVENT).decode().encode("utf-16"), "export.csv").appointments == (ONE,)
    assert mistakes(reading("reference,service\n", "export.ics")) == [(0, "not_calendar")]
