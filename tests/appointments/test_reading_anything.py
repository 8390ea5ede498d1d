"""No bytes are too strange, nothing about a person is repeated, and every mistake has a sentence."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reception.appointments import words
from reception.appointments.booked import Mistake
from tests.appointments.files import HEADER, calendar, mistakes, reading, rows

PIECES = (
    ["A1", "tax", "2026-03-02", "02/03/2026", "03/31/2026", "09:30", "9.30am", '"', '""', ",", ";", "\t", "\n", "\r"]
    + [" ", "\0", "é", "\ufeff", "Ann", HEADER, "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT"]
    + ["UID:1", "DTSTART:20260302T093000", "DTSTART;TZID=", "SUMMARY:tax", "DURATION:P", "RRULE:", "BEGIN:", "METHOD:"]
    + ["CATEGORIES:", "ATTENDEE;CN=", ":", "\\", "99999999999999999999", "٣", "-", "Z", "sep="]
)
FILES = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join).map(str.encode),
    st.lists(st.sampled_from(PIECES), max_size=60).map(
        lambda pieces: "\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *pieces, "END:VEVENT"]).encode()
    ),
    st.lists(st.sampled_from(PIECES), max_size=60).map(lambda pieces: f"{HEADER}\n{''.join(pieces)}".encode()),
    st.lists(st.lists(st.sampled_from(PIECES), min_size=9, max_size=9).map(",".join)).map(
        lambda lines: "\n".join([HEADER, *lines]).encode("utf-16")
    ),
)
# A day at either end of the calendar must not overflow.
FAR = {"furthest_days": 10**7}


@given(FILES, st.sampled_from(["a.csv", "a.ics", ""]), st.sampled_from([{}, FAR]))
@example(f"{HEADER}\nA1,tax,0001-01-01,00:00+23:59,,,,,\nA2,tax,9999-12-31,23:59-23:59,,,,,".encode(), "", FAR)
@example(calendar("UID:1\nDTSTART;TZID=Asia/Tokyo:00010101T000000\nSUMMARY:tax"), "", FAR)
@example(b"\xff\xfe\x00", "", {})
def test_any_bytes_can_be_read_and_every_mistake_said(data, name, given):
    found = reading(data, name, **given)
    references = [one.reference for one in found.appointments]
    assert len(references) == len(set(references)) <= found.read
    assert all(reference and len(reference) <= 60 for reference in references)
    assert all(re.search(r"\w\.$", words.sentence(one)) for one in (*found.mistakes, *found.notes))


@given(st.permutations(["Quillfeather", "ZZ9 9ZZ", "tax", "2026-03-02", "09:30", "A1", "12", "bsl", '"']))
def test_no_mistake_repeats_a_name_or_postcode_even_from_the_wrong_column(cells):
    found = rows(",".join(cells))
    assert found.mistakes
    for mistake in found.mistakes:
        assert not re.search("Quillfeather|ZZ9", words.sentence(mistake) + repr(mistake))


def test_neither_does_a_header_that_is_none_nor_a_calendar():
    for found in (
        rows("A1,tax", header="ref,Quillfeather,ZZ9 9ZZ"),
        reading(calendar("UID:1\nDTSTART:20260302T093000\nSUMMARY:Quillfeather\nX-RECEPTION-POSTCODE:ZZ9 9ZZ")),
    ):
        assert found.mistakes
        assert not [one for one in found.mistakes if re.search("Quillfeather|ZZ9", words.sentence(one) + repr(one))]


def test_every_key_that_can_be_told_has_a_sentence_and_every_sentence_is_told():
    told = set()
    for file in Path(words.__file__).parent.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Wrong", "Mistake"):
                told |= {one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert told == set(words.SENTENCES)


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        (
            Mistake(0, "missing_columns", {"missing": ("service", "time"), "found": ("reference",)}),
            "These columns are missing: service, time. Found were: reference. Add them to the first line.",
        ),
        (
            Mistake(3, "unknown_service", {"services": ("tax", "housing")}),
            "Line 3: Its service is not one of this office. The services are: tax, housing.",
        ),
        (
            Mistake(4, "said_again", {"first": 2, "place": "event"}),
            "Event 4: It says the same as event 2, so it was taken in once.",
        ),
        (
            Mistake(7, "overlong", {"column": "name", "longest": 120}),
            "Line 7: The name is longer than 120 characters. Shorten it.",
        ),
    ],
)
def test_a_sentence_says_where_it_is_what_is_true_and_what_helps(mistake, sentence):
    assert words.sentence(mistake) == sentence


def test_settable_limits_hold():
    line = "A1,tax,2026-03-12,09:30,,,,,"
    assert mistakes(rows(line, furthest_days=11)) == []
    assert mistakes(rows(line, furthest_days=10)) == [(2, "too_far")]
