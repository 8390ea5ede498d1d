"""Figures from other systems: good lines are kept, each bad one has its sentence, nothing is lost or taken twice."""

from datetime import date

import pytest

from reception.scorecard.imports import read
from reception.scorecard.rows import Imported
from reception.scorecard.taking_in import take_file
from tests.builders import Hands, instant

HEAD = "measure,month,met,of,source\n"
GOOD = "telephone,2026-10,700,1000,Exchange\n"


@pytest.fixture
def hands():
    return Hands(instant("2026-11-10 10:00"))


def reading(text: str | bytes):
    data = text if isinstance(text, bytes) else text.encode()
    return read(data, office="office", measures=["telephone", "voicemail"], today=date(2026, 11, 10))


def wrong(text) -> list[tuple[int, str]]:
    return [(one.line, one.key) for one in reading(text).mistakes]


def test_a_line_is_a_measure_of_a_month_with_its_source():
    assert reading(HEAD + GOOD).rows == (Imported("telephone", "2026-10", 700, 1000, None, "Exchange"),)


def test_columns_are_found_by_their_names_in_any_order_and_with_any_separator():
    text = "Source;Of;Met;Month;Measure;Remarks\nExchange;1,000;700;2026-10-01;imported:telephone;ok\n"
    assert reading(text).rows == reading(HEAD + GOOD).rows


def test_a_value_may_stand_for_counts_that_nobody_has():
    assert reading("measure,month,value,source\ntelephone,2026-10,91.5%,Exchange\n").rows == (
        Imported("telephone", "2026-10", None, None, 91.5, "Exchange"),
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("telefone,2026-10,1,2,X", "figures_no_measure"),
        ("telephone,2026-13,1,2,X", "figures_no_month"),
        ("telephone,October,1,2,X", "figures_no_month"),
        ("telephone,2026-11,1,2,X", "figures_month_not_over"),
        ("telephone,2026-10,-1,2,X", "figures_no_count"),
        ("telephone,2026-10,1,,X", "figures_no_count"),
        ("telephone,2026-10,many,2,X", "figures_no_count"),
        ("telephone,2026-10,3,2,X", "figures_more_met"),
        ("telephone,2026-10,0,0,X", "figures_of_nothing"),
        ("telephone,2026-10,1,2,", "figures_no_source"),
        ("telephone,2026-10,,,X", "figures_no_value"),
        ("telephone,2026-10,1,2", "figures_cells"),
        ('telephone,2026-10,1,2,"X', "figures_quotes"),
    ],
)
def test_a_bad_line_is_told_and_the_good_ones_are_kept(line, key):
    found = reading(f"{HEAD}voicemail,2026-09,5,9,Exchange\n{line}\n\n{GOOD}")
    assert [(one.line, one.key) for one in found.mistakes] == [(3, key)]
    assert [one.measure for one in found.rows] == ["voicemail", "telephone"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "figures_file_empty"),
        ("name,colour\na,b\n", "figures_columns_missing"),
        ("measure,month,met,source\n", "figures_columns_missing"),
        ("measure,measure,month,met,of,source\n", "figures_column_twice"),
        (HEAD, "figures_no_lines"),
        (b"PK\x03\x04\0\0", "figures_not_text"),
        (b"x" * 2_000_000, "figures_file_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_whole(text, key):
    assert wrong(text) == [(0, key)]


def test_of_columns_that_do_not_fit_it_says_which_were_found():
    (mistake,) = reading("Name; Colour;\na;b;c\n").mistakes
    assert (mistake.values["missing"], mistake.values["found"]) == ("measure, month, source, met, of", "Name, Colour")
    (mistake,) = reading(",".join(f"column {place}" for place in range(500)) + "\n").mistakes
    assert len(mistake.values["found"]) < 250


def test_a_second_line_for_the_same_month_is_told():
    assert wrong(HEAD + GOOD + GOOD) == [(3, "figures_twice")]


def test_another_offices_line_is_told_and_ones_own_may_be_named():
    head = "office,measure,month,met,of,source\n"
    assert wrong(head + "office,telephone,2026-10,1,2,X\nelsewhere,telephone,2026-09,1,2,X\n") == [
        (3, "figures_other_office")
    ]


def test_the_same_file_again_changes_nothing(door):
    data = (HEAD + GOOD).encode()
    first, newest = take_file(door, data, by="test"), door.store.newest_step(door.office)
    again = take_file(door, data, by="test")
    assert ((first.new, first.same), (again.new, again.same)) == ((1, 0), (0, 1))
    assert door.store.newest_step(door.office) == newest


def test_another_figure_for_a_month_takes_the_place_of_the_first(door):
    take_file(door, (HEAD + GOOD).encode(), by="test")
    taken = take_file(door, (HEAD + GOOD.replace("700", "750")).encode(), by="test")
    assert taken.changed == 1
    assert [one.met for one in door.store.imported_figures(door.office)] == [750]


def test_the_record_tells_how_many_and_never_the_source(door):
    take_file(door, (HEAD + GOOD).encode(), by="test")
    assert [(step.step, step.changes) for step in door.told()] == [
        ("figures_imported", {"new": [None, 1], "changed": [None, 0]})
    ]
