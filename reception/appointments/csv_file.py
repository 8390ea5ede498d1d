"""A CSV file's appointments. Columns are found by their names, in any order; others are ignored.

Lines are read one at a time, so that a quote which never closes spoils its own line and not the rest of the file.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from reception.appointments import fields, moments
from reception.appointments.booked import Booked, Known, Mistake, Reading, Wrong

# What a column may be called; where a file has several of one column's names, the first here is meant.
COLUMNS = {
    "reference": (
        "reference", "booking reference", "appointment reference", "ref", "booking ref", "booking number",
        "booking id", "appointment id", "uid", "id",
    ),
    "service": ("service", "service name", "service key", "appointment type", "type"),
    "date": ("date", "appointment date", "booking date", "start date", "day"),
    "time": ("time", "appointment time", "booking time", "start time"),
    "start": ("start", "starts", "starts at", "start at", "booked at", "date and time", "date time", "datetime"),
    "minutes": ("minutes", "mins", "duration", "duration minutes", "length"),
    "name": ("name", "full name", "customer name", "visitor name", "customer", "visitor"),
    "postcode": ("postcode", "post code", "postal code"),
    "needs": ("needs", "need", "access needs", "requirements"),
    "status": ("status", "state", "booking status"),
}  # fmt: skip
DELIMITERS = ",;\t"
LONGEST_HEADER = 20_000  # characters
TALLEST = 20  # lines of one row whose cells hold line breaks
SEPARATOR_LINE = re.compile(r"sep=(.)\n?", re.IGNORECASE)


def read(text: str, known: Known) -> Reading:
    """Its appointments may still name one reference twice."""
    lines = list(io.StringIO(text, newline=None))
    try:
        header, delimiter, first = _header(lines)
        columns = _columns(header)
    except Wrong as wrong:
        return Reading((), (Mistake(0, wrong.key, wrong.values),), 0)
    found, unsure, mistakes, rows, american = [], set(), [], 0, False
    for line, row in _rows(lines, first, delimiter):
        if rows == known.largest_rows:
            mistakes.append(Mistake(line, "too_many_rows", {"largest": known.largest_rows}))
            break
        rows += 1
        try:
            one, either_way = _booked(_cells(row, len(header)), columns, line, known)
        except Wrong as wrong:
            american = american or wrong.key == "american_date"
            mistakes.append(Mistake(line, wrong.key, wrong.values))
        else:
            found.append(one)
            if either_way:
                unsure.add(line)
    if american:
        mistakes += [Mistake(line, "maybe_american_date") for line in sorted(unsure)]
        found = [one for one in found if one.line not in unsure]
    return Reading(tuple(found), tuple(mistakes), rows)


def _header(lines: list[str]) -> tuple[list[str], str, int]:
    """The columns' names, the delimiter, and the index of the line after them."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise Wrong("empty_file")
    said = SEPARATOR_LINE.fullmatch(lines[first])
    first += bool(said)
    if first == len(lines):
        raise Wrong("empty_file")
    if "\0" in lines[first]:
        raise Wrong("not_text")
    if len(lines[first]) > LONGEST_HEADER:
        raise Wrong("no_columns")
    readable = []
    for delimiter in said[1] if said else DELIMITERS:
        cells, after = _row(lines, first, delimiter)
        if cells:
            names = [_column(cell) for cell in cells]
            readable.append((sum(map(_is_known, names)), len(names), names, delimiter, after))
    if not readable:
        raise Wrong("no_columns")
    _, _, names, delimiter, after = max(readable, key=lambda one: one[:2])
    return names, delimiter, after


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; wrong where one that is needed is missing or is there twice."""
    columns = {}
    for column, names in COLUMNS.items():
        name = next((name for name in names if name in header), None)
        if name and header.count(name) > 1:
            raise Wrong("column_twice", column=column)
        if name:
            columns[column] = header.index(name)
    if not columns:
        raise Wrong("no_columns")
    missing = [column for column in ("reference", "service") if column not in columns]
    if "start" not in columns:
        missing += [column for column in ("date", "time") if column not in columns]
    if missing:
        raise Wrong("missing_columns", missing=tuple(missing), found=tuple(columns))
    return columns


def _rows(lines: list[str], index: int, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row that is not blank, with its line; None where its quotes do not fit."""
    while index < len(lines):
        line = index + 1
        row, index = _row(lines, index, delimiter)
        if row is None or any(cell.strip() for cell in row):
            yield line, row


def _row(lines: list[str], index: int, delimiter: str) -> tuple[list[str] | None, int]:
    text = ""
    for after in range(index + 1, min(index + TALLEST, len(lines)) + 1):
        text += lines[after - 1]
        try:
            return next(csv.reader((text,), delimiter=delimiter, strict=True, skipinitialspace=True), []), after
        except csv.Error:
            if text.count('"') % 2 == 0:  # closed, and still wrong
                break
    return None, index + 1


def _cells(row: list[str] | None, expected: int) -> list[str]:
    if row is None:
        raise Wrong("poor_quotes")
    if len(row) > expected:  # even by an empty cell: a comma in a name has moved the others
        raise Wrong("too_many_cells", found=len(row), expected=expected)
    if len(row) < expected:
        raise Wrong("too_few_cells", found=len(row), expected=expected)
    return row


def _booked(row: list[str], columns: Mapping[str, int], line: int, known: Known) -> tuple[Booked, bool]:
    """The row's appointment, and whether its date can be read in two ways."""

    def cell(column: str) -> str:
        return fields.clean(row[columns[column]], column) if column in columns else ""

    # The date first: one in American order says something of the whole file, whatever else is wrong.
    day_text, time_text = _when(cell, columns)
    day, either_way = moments.day(day_text, known)
    one = Booked(
        reference=fields.reference(cell("reference")),
        service=fields.service(cell("service"), known),
        booked_at=moments.at(day, time_text, known.zone),
        minutes=fields.minutes(cell("minutes")),
        name=cell("name"),
        postcode=fields.postcode(cell("postcode")),
        needs=fields.needs(cell("needs"), known),
        cancelled=fields.is_cancelled(cell("status")),
        line=line,
    )
    return one, either_way


def _when(cell, columns: Mapping[str, int]) -> tuple[str, str]:
    """Date and time as written: in two columns, or in one; "start" beside a date may be a time alone."""
    if "date" in columns and "time" in columns:
        return cell("date"), cell("time")
    both = moments.apart(cell("start"))
    if both:
        return both
    if "date" in columns:
        return cell("date"), cell("start")
    raise Wrong("poor_start")


def _column(text: str) -> str:
    """A column's name as it is compared: "Booking_ID" is "booking id"."""
    return " ".join(re.sub(r"[\s_.\-()]+", " ", text.lstrip("\ufeff")).casefold().split())


def _is_known(name: str) -> bool:
    return any(name in names for names in COLUMNS.values())
