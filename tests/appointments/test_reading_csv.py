"""A CSV file's good lines become appointments, and every other line is told with what helps."""

import time

import pytest

from tests.appointments.files import HALF_PAST_NINE, HEADER, booked, mistakes, reading, rows

DAY = 86_400_000
WHOLE = 'A1,Council Tax,2026-03-02,09:30,20,"Other, Ann",ab12cd,Sign language; step-free,booked'
ANN = booked(minutes=20, name="Other, Ann", postcode="AB1 2CD", needs=("bsl", "step-free"))


def test_a_whole_row_becomes_an_appointment():
    found = rows(WHOLE)
    assert (found.appointments, found.mistakes, found.notes, found.read) == ((ANN,), (), (), 1)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Booking ID;Service;Start", "A1;TAX;2026-03-02T09:30"),
        ("ref\tappointment type\tDate and time", "A1\tcouncil tax\t02/03/2026 9.30am"),
        ("START,Junk,REFERENCE,service", "2026-03-02T09:30:00Z,=1+1,A1,tax"),
        ("start,id,reference,service,,", "2026-03-02 10:30+01:00,77,A1,tax,,"),
        ("Date,Start,Ref,Service", "02.03.2026,09:30:00,A1,tax"),
        ("Start Date,Start Time,Ref,Service", "2026-03-02 00:00:00,9:30 a.m.,A1,tax"),
        ("sep=;\nref;service;start", "A1;tax;2026-03-02 09:30"),
    ],
)
def test_columns_are_found_under_their_other_names_and_behind_any_separator(header, line):
    found = rows(line, header=header)
    assert found.mistakes == ()
    assert [(one.reference, one.service, one.booked_at) for one in found.appointments] == [
        ("A1", "tax", HALF_PAST_NINE)
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_however_the_file_is_encoded(encoding, ending):
    text = f"{HEADER}\nA1,tax,2026-03-02,09:30,,Zoë Siôn,,,\n".replace("\n", ending)
    found = reading(text.encode(encoding))
    assert found.appointments == (booked(name="Zoë Siôn"),)
    assert [note.key for note in found.notes] == (["letters_guessed"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    ("given", "hours"),
    [
        ("09:30", 9.5),
        ("9.30", 9.5),
        ("9:30am", 9.5),
        ("9 PM", 21),
        ("12:00 a.m.", 0),
        ("12.15pm", 12.25),
        ("23:30:30", 23.5 + 1 / 120),
        ("23:59", 24 - 1 / 60),
    ],
)
def test_times_are_read_as_people_write_them(given, hours):
    (one,) = rows(f"A1,tax,2026-03-02,{given},,,,,").appointments
    assert one.booked_at == HALF_PAST_NINE + round((hours - 9.5) * 3_600_000)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (",tax,2026-03-02,09:30,,,,,", "empty_reference"),
        ("A1,taxi,2026-03-02,09:30,,,,,", "unknown_service"),
        ("A1,tax,2026-02-30,09:30,,,,,", "poor_date"),
        ("A1,tax,02/03/26,09:30,,,,,", "poor_date"),
        ("A1,tax,,09:30,,,,,", "poor_date"),
        ("A1,tax,31/31/2026,09:30,,,,,", "poor_date"),
        ("A1,tax,03/31/2026,09:30,,,,,", "american_date"),
        ("A1,tax,2027-05-01,09:30,,,,,", "too_far"),
        ("A1,tax,9999-12-31,23:59-12:00,,,,,", "too_far"),
        ("A1,tax,2026-03-02,,,,,,", "poor_time"),
        ("A1,tax,2026-03-02,9,,,,,", "poor_time"),
        ("A1,tax,2026-03-02,24:00,,,,,", "poor_time"),
        ("A1,tax,2026-03-02,13:00pm,,,,,", "poor_time"),
        ("A1,tax,2026-03-02,09:30+99:00,,,,,", "poor_time"),
        ("A1,tax,2026-03-29,01:30,,,,,", "no_such_time"),
        ("A1,tax,2026-03-02,09:30,0,,,,", "poor_minutes"),
        ("A1,tax,2026-03-02,09:30,soon,,,,", "poor_minutes"),
        ("A1,tax,2026-03-02,09:30,,,,a chair,", "unknown_need"),
        ("A1,tax,2026-03-02,09:30,,Ann\0,,,", "nul"),
        (f"{'A' * 61},tax,2026-03-02,09:30,,,,,", "overlong"),
        (f"A1,tax,2026-03-02,09:30,,{'n' * 200_000},,,", "poor_quotes"),
        (f"A1,tax,2026-03-02,09:30,,{'n' * 121},,,", "overlong"),
        ("A1,tax,2026-03-02,09:30,,Other, Ann,,,", "too_many_cells"),
        ("A1,tax,2026-03-02,09:", "too_few_cells"),
        ('A1,tax,2026-03-02,09:30,,"Other, Ann', "poor_quotes"),
        ('A1,tax,2026-03-02,09:30,,"Ann" Other,,,', "poor_quotes"),
    ],
)
def test_a_bad_line_is_told_and_the_good_ones_around_it_are_kept(given, key):
    found = rows("B1,tax,2026-03-02,09:30,,,,,", given, "B2,tax,2026-03-02,09:30,,,,,")
    assert mistakes(found) == [(3, key)]
    assert found.appointments == (booked(reference="B1"), booked(reference="B2", line=4))
    assert found.read == 3


def test_a_time_the_clocks_show_twice_is_the_first_of_them():
    found = rows("A1,tax,2026-10-25,01:30,,,,,", "A2,tax,2026-10-25,00:30,,,,,", "A3,tax,2026-10-25,02:30,,,,,")
    first, before, after = (one.booked_at for one in found.appointments)
    assert (first - before, after - first) == (3_600_000, 2 * 3_600_000)


def test_one_american_date_makes_every_date_doubtful_that_can_be_read_both_ways():
    british = ["A1,tax,03/04/2026,09:30,,,,,", "A2,tax,25/03/2026,09:30,,,,,", "A3,tax,03/03/2026,09:30,,,,,"]
    assert rows(*british).mistakes == ()
    found = rows(*british, "A4,tax,2026-04-03,09:30,,,,,", ",nothing,03/25/2026,,,,,,")
    assert mistakes(found) == [(2, "maybe_american_date"), (6, "american_date")]
    assert [one.reference for one in found.appointments] == ["A2", "A3", "A4"]


def test_the_same_line_again_is_a_note_and_another_with_its_reference_is_a_mistake():
    found = rows(WHOLE, WHOLE, WHOLE.replace("09:30", "10:30"))
    assert found.appointments == (ANN,)
    assert [(note.line, note.key, note.values) for note in found.notes] == [(3, "said_again", {"first": 2})]
    assert [(one.line, one.key, one.values) for one in found.mistakes] == [(4, "reference_twice", {"first": 2})]


@pytest.mark.parametrize(
    ("status", "cancelled"),
    [("Cancelled", True), ("CANCELED by customer", True), ("Confirmed", False), ("not cancelled", False), ("", False)],
)
def test_only_a_line_that_says_it_is_cancelled_is(status, cancelled):
    assert rows(f"A1,tax,2026-03-02,09:30,,,,,{status}").appointments == (booked(cancelled=cancelled),)


@pytest.mark.parametrize(
    ("minutes", "read"), [("20", 20), ("20.0", 20), ("20 minutes", 20), ("0:45", 45), ("1440", 1440), ("", None)]
)
def test_minutes_are_read_as_systems_write_them(minutes, read):
    assert rows(f"A1,tax,2026-03-02,09:30,{minutes},,,,").appointments == (booked(minutes=read),)


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("", "empty_file", {}),
        ("\n \n", "empty_file", {}),
        ("sep=;\n", "empty_file", {}),
        ("A1,tax,2026-03-02,09:30\n", "no_columns", {}),
        ("ref,date,Ann\nA1,2,3\n", "missing_columns", {"missing": ("service", "time"), "found": ("reference", "date")}),
        ("ref,service\n", "missing_columns", {"missing": ("date", "time"), "found": ("reference", "service")}),
        ("ref,service,start," + "," * 20_000, "no_columns", {}),
        ("ref,ref,service,start\n", "column_twice", {"column": "reference"}),
        ("PK\x03\x04 a workbook", "not_text", {}),
        ("r\0e\0f\0,\0", "not_text", {}),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_mistake(text, key, values):
    found = reading(text)
    assert [(one.line, one.key, one.values) for one in found.mistakes] == [(0, key, values)]
    assert (found.appointments, found.read) == ((), 0)


def test_rows_after_the_largest_number_are_left_and_that_is_told():
    lines = [f"A{number},tax,2026-03-02,09:30,,,,," for number in range(12)]
    found = rows(*lines, largest_rows=10)
    assert (len(found.appointments), found.read, mistakes(found)) == (10, 10, [(12, "too_many_rows")])
    assert rows(*lines, largest_rows=12).mistakes == ()


def test_blank_lines_and_line_breaks_in_quotes_do_not_shift_the_numbers_of_lines():
    found = rows("", 'A1,tax,2026-03-02,09:30,,"Ann\nOther",,,', ",,,,,,,,", "A2,tax,never,09:30,,,,,")
    assert (found.appointments, mistakes(found), found.read) == (
        (booked(name="Ann Other", line=3),),
        [(6, "poor_date")],
        2,
    )


def test_half_a_letter_at_the_end_does_not_change_the_letters_before():
    whole = f"{HEADER}\nA1,tax,2026-03-02,09:30,,Zoë,,,\nA2,tax,2026-03-02,09:30,,Si".encode() + b"\xc3"
    found = reading(whole)
    assert (found.appointments, mistakes(found), found.notes) == ((booked(name="Zoë"),), [(3, "too_few_cells")], ())


def test_a_cell_like_a_formula_is_only_text():
    name = "=HYPERLINK(0)"
    assert rows(f"A1,tax,2026-03-02,09:30,,{name},,,").appointments == (booked(name=name),)


def test_a_hundred_thousand_rows_take_seconds():
    lines = (f"A{number},Council Tax,02/03/2026,9:30am,20,Ann Other,AB1 2CD,bsl," for number in range(100_000))
    text = "\n".join((HEADER, *lines))
    began = time.process_time()
    found = reading(text, largest_rows=100_000)
    assert (len(found.appointments), found.mistakes) == (100_000, ())
    assert time.process_time() - began < 20  # about 3 s on an ordinary machine
