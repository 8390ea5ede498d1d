"""A table's rows as CSV and as JSON, in pieces, for the API, the managers' downloads and the archive. Pure.

CSV as RFC 4180 has it but for its line ends: UTF-8, a first line of names, an empty cell where nothing is known.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from reception.data.columns import Table

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table, pages: Iterable[list[tuple]]) -> Iterator[str]:
    yield ",".join(table.names) + "\n"
    for rows in pages:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([safe(cell) for cell in row] for row in rows)
        yield text.getvalue()


def as_json(table: Table, head: dict, pages: Iterable[list[tuple]]) -> Iterator[str]:
    """One document: what `head` says, and `rows`, each an object by the columns' names."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    begun = False
    for rows in pages:
        if rows:
            objects = (json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) for row in rows)
            yield (",\n" if begun else "\n") + ",\n".join(objects)
            begun = True
    yield "\n]}\n"


def safe(cell):
    """No spreadsheet takes a cell for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in LIKE_A_FORMULA and cell else cell
