"""The tables for analysts over the API: CSV or JSON, a page at a time, by days or what has changed since last time.

A route for each table of reception/data/tables.py, so that the API's document says what its columns are.
"""

import gzip
import hashlib
import re
from typing import Annotated, Literal
from urllib.parse import urlencode

from flask import Response, request
from pydantic import AfterValidator, Field, create_model

from reception.data.asking import wanted
from reception.data.columns import JSON, Column, Table
from reception.data.reading import MOST, USUAL, Page, Reading
from reception.data.tables import TABLES
from reception.data.writing import KINDS, as_csv, as_json
from reception.figures import Figures
from reception.figures.rules import DEFINITIONS
from reception.refusals import Refusal
from reception.web.api.asking import READERS, get
from reception.web.api.shapes import Answer, Question
from reception.web.blocking import blocking
from reception.web.parts import here

LEAST = 1_000  # bytes; below, compressing is not worth it
TYPES = {"string": str, "integer": int, "number": float}
DIGITS = r"^[0-9]{1,15}$"


def _digits(text: str | None) -> str | None:
    if text is not None and not re.search(DIGITS, text):
        raise ValueError("write a whole number in digits, such as 500")
    return text


Number = Annotated[str | None, AfterValidator(_digits), Field(json_schema_extra={"pattern": DIGITS})]


class OfDays(Question):
    """What every table can be asked."""

    first: Annotated[str | None, Field(alias="from", description="First day, such as 2026-03-02; all.")] = None
    last: Annotated[str | None, Field(alias="to", description="Last day, included; today.")] = None
    office: Annotated[str | None, Field(description="An office's key; the server's own.")] = None
    format: Annotated[Literal["json", "csv"], Field(description="How rows are written.")] = "json"
    limit: Annotated[Number, Field(description=f"At most so many rows, 1 to {MOST}; {USUAL}.")] = None
    after: Annotated[str | None, Field(max_length=600, description="The `next` of the page before.")] = None


class OrChanged(OfDays):
    changed_since: Annotated[
        Number, Field(description="Instead of days: the `changes` of an earlier answer; 0 for everything.")
    ] = None


def _model(table: Table):
    """The answer's shape, made from the table's columns."""
    row = create_model(
        f"{_called(table)}Row", __base__=Answer, __doc__=table.says, **{one.name: _field(one) for one in table.columns}
    )
    return create_model(
        _called(table),
        __base__=Answer,
        __doc__=table.says,
        table=str,
        office=str,
        definitions=int,
        basis=Annotated[str, Field(description="Where it differs from last time, rules have changed: load all again")],
        changes=Annotated[int, Field(description="To be said as `changed_since` the next time, after the last page")],
        next=Annotated[str | None, Field(description="To be said as `after` for more; null at the end")],
        rows=list[row],
    )


def _called(table: Table) -> str:
    return "Data" + "".join(part.title() for part in table.name.split("_"))


def _field(column: Column):
    kind = TYPES[JSON[column.kind]]
    return Annotated[kind if column.always else kind | None, Field(description=column.says)], ...


def _route(table: Table) -> None:
    def view(asker, asked):
        return _answer(table, asked)

    view.__name__, view.__doc__ = f"data_{table.name}", f"{table.title}: {table.says}"
    question = OrChanged if table.changes else OfDays
    get(
        f"/api/data/{table.name}",
        roles=READERS,
        question=question,
        answers={200: _model(table), 304: None},
        kinds=("text/csv",),
    )(view)


for _table in TABLES.values():
    _route(_table)


def _answer(table: Table, asked) -> Response:
    parts = here()
    now = parts.frontdesk.now()
    figures = Figures(parts.settings, parts.store)
    since = getattr(asked, "changed_since", None)
    limit = _limit(asked.limit)
    of_whom = wanted(
        table, asked.office or figures.office, asked.first, asked.last, since and int(since), figures.today(now)
    )
    zipped = "gzip" in request.accept_encodings

    def work():
        with figures.look():
            reading = Reading(figures, of_whom.office, now)
            page = reading.page(table, of_whom, asked.after, limit)
            return page, *_written(table, page, reading, asked.format, zipped)

    page, body, tag = blocking(work)
    response = Response(body, content_type=KINDS[asked.format])
    if body[:2] == b"\x1f\x8b":
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(tag, weak=True)
    response.headers["Reception-Changes"] = str(page.changes)
    if page.next:
        query = urlencode({**request.args.to_dict(), "after": page.next})
        response.headers["Link"] = f'<{request.path}?{query}>; rel="next"'
    return response.make_conditional(request)


def _limit(asked: str | None) -> int:
    limit = int(asked or USUAL)
    if not 1 <= limit <= MOST:
        raise Refusal("wrong_values", status=422, mistakes=f"limit goes from 1 to {MOST}")
    return limit


def _written(table: Table, page: Page, reading: Reading, kind: str, zipped: bool) -> tuple[bytes, str]:
    """The body, and what tells one answer from another: its rows, not how far the office has come meanwhile."""
    basis = reading.basis
    if kind == "csv":
        text = "".join(as_csv(table, [page.rows]))
    else:
        head = {
            "table": table.name,
            "office": reading.office,
            "definitions": DEFINITIONS,
            "basis": basis,
            "changes": page.changes,
            "next": page.next,
        }
        text = "".join(as_json(table, head, [page.rows]))
    told = repr((kind, basis, bool(page.next), page.rows)).encode()
    body = text.encode()
    tag = hashlib.sha256(told).hexdigest()[:32]
    return (gzip.compress(body, 3, mtime=0) if zipped and len(body) >= LEAST else body), tag
