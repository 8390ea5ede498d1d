"""A CSV file of figures that other systems counted: its good rows, and a mistake for each line that is none.

Pure: text in, rows and mistakes out. Columns are found by their names, in any order; others are ignored.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from reception.scorecard.months import month_of
from reception.scorecard.rows import Imported

COLUMNS = {
    "office": ("office", "site"),
    "measure": ("measure", "key", "standard"),
    "month": ("month", "period"),
    "met": ("met", "in time", "kept", "hits"),
    "of": ("of", "counted", "total", "n"),
    "value": ("value", "percent", "share"),
    "source": ("source", "system"),
}
NEEDED = ("measure", "month", "source")
MONTH = re.compile(r"(\d{4})-(\d{2})")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MOST_ROWS, LARGEST, LONGEST_SOURCE = 5_000, 1024 * 1024, 60
LONGEST_HEADER = 200  # of what is said of a file's columns
MOST_COUNTED = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a line; line 0 is the whole file."""

    line: int
    key: str
    values: dict


@dataclass(frozen=True, slots=True)
class Reading:
    rows: tuple[Imported, ...]
    mistakes: tuple[Mistake, ...]


class Wrong(Exception):
    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values


def read(data: bytes, *, office: str, measures: list[str], today: date) -> Reading:
    """What the file says of this office. `measures` are the keys that its standards name."""
    try:
        lines = _text(data).splitlines()
        first = next((place for place, line in enumerate(lines) if line.strip()), None)
        if first is None:
            raise Wrong("figures_file_empty")
        delimiter = max(",;\t", key=lines[first].count)
        columns, width = _columns(_cells(lines[first], delimiter) or [])
    except Wrong as wrong:
        return Reading((), (Mistake(0, wrong.key, wrong.values),))
    found: dict[tuple, tuple[int, Imported]] = {}
    mistakes = []
    for line, text in enumerate(lines[first + 1 :], first + 2):
        if not text.strip(f"{delimiter} \t"):
            continue
        try:
            if len(found) == MOST_ROWS:
                raise Wrong("figures_too_many", most=MOST_ROWS)
            one = _row(_cells(text, delimiter), columns, width, office, measures, today)
            before = found.get((one.measure, one.month))
            if before:
                raise Wrong("figures_twice", measure=one.measure, month=one.month, first=before[0])
            found[one.measure, one.month] = line, one
        except Wrong as wrong:
            mistakes.append(Mistake(line, wrong.key, wrong.values))
    if not found and not mistakes:
        mistakes.append(Mistake(0, "figures_no_lines", {}))
    return Reading(tuple(one for _line, one in found.values()), tuple(mistakes))


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise Wrong("figures_file_large", largest=LARGEST // 1024 // 1024)
    if b"\0" in data:
        raise Wrong("figures_not_text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _columns(header: list[str]) -> tuple[dict[str, int], int]:
    names = [" ".join(re.sub(r"[\s_.\-]+", " ", name).casefold().split()) for name in header]
    columns = {}
    for column, known in COLUMNS.items():
        places = [place for place, name in enumerate(names) if name in known]
        if len(places) > 1:
            raise Wrong("figures_column_twice", column=column)
        if places:
            columns[column] = places[0]
    missing = [column for column in NEEDED if column not in columns]
    if "value" not in columns:
        missing += [column for column in ("met", "of") if column not in columns]
    if missing:
        raise Wrong("figures_columns_missing", missing=", ".join(missing), found=_named(header))
    return columns, len(header)


def _named(header: list[str]) -> str:
    """The columns as the file names them, in a sentence that stays readable."""
    names = ", ".join(name for one in header if (name := " ".join(one.split())))
    return f"{names[:LONGEST_HEADER]}…" if len(names) > LONGEST_HEADER else names or "–"


def _cells(line: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader(io.StringIO(line), delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        return None


def _row(cells, columns: dict[str, int], width: int, office: str, measures: list[str], today: date) -> Imported:
    if cells is None:
        raise Wrong("figures_quotes")
    if len(cells) != width:
        raise Wrong("figures_cells", found=len(cells), expected=width)

    def cell(column: str) -> str:
        return cells[columns[column]].strip() if column in columns else ""

    if cell("office") and cell("office") != office:
        raise Wrong("figures_other_office", office=office)
    measure = cell("measure").removeprefix("imported:")
    if not KEY.fullmatch(measure) or measure not in measures:
        raise Wrong("figures_no_measure", measures=", ".join(measures) or "–")
    month = _month(cell("month"), today)
    source = cell("source")
    if not source or len(source) > LONGEST_SOURCE or not source.isprintable():
        raise Wrong("figures_no_source", longest=LONGEST_SOURCE)
    if cell("met") or cell("of"):
        met, counted = _count(cell("met"), "met"), _count(cell("of"), "of")
        if met > counted:
            raise Wrong("figures_more_met", met=met, of=counted)
        if not counted:
            raise Wrong("figures_of_nothing")
        return Imported(measure, month, met, counted, None, source)
    return Imported(measure, month, None, None, _percent(cell("value")), source)


def _month(text: str, today: date) -> str:
    found = MONTH.fullmatch(text[:7]) if len(text) in (7, 10) else None
    try:
        first = date.fromisoformat(text if len(text) == 10 else f"{text}-01") if found else None
    except ValueError:
        first = None
    if first is None or first.year < 2000:
        raise Wrong("figures_no_month")
    if month_of(first) >= month_of(today):
        raise Wrong("figures_month_not_over", month=month_of(first))
    return month_of(first)


def _count(text: str, column: str) -> int:
    plain = text.replace(",", "").removesuffix(".0")
    if not plain.isascii() or not plain.isdecimal() or int(plain[:12]) > MOST_COUNTED:
        raise Wrong("figures_no_count", column=column)
    return int(plain)


def _percent(text: str) -> float:
    try:
        found = float(text.removesuffix("%").strip())
    except ValueError:
        found = -1.0
    if not 0 <= found <= 100:  # what is no number is not either
        raise Wrong("figures_no_value")
    return found
