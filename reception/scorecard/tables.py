"""A published month as open data: one JSON document, and one CSV table of the same numbers.

Pure. Both are made of the published card alone, its promises worded (`words.in_full`); keys and English column names,
so that programs read every office's.
"""

import csv
import io
import json

COLUMNS = (
    "office", "month", "version", "table", "key", "name", "measure", "aim", "target", "share", "share_from", "share_to",
    "interval_from", "interval_to", "counted", "met", "state", "unit", "source",
)  # fmt: skip
DEFINITIONS = "/performance/definitions"


def as_json(card: dict, version: int, versions: list[str]) -> str:
    """`versions` are when each version was published, as ISO instants."""
    head = {"version_published": version, "versions_published_at": versions}
    whole = {**head, "definitions_at": DEFINITIONS, **card, "standards": [_known(one) for one in card["standards"]]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_csv(card: dict, version: int) -> str:
    """A row each: the standards, their year before, and who came. An empty cell is not known or not shown (`state`)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(card):
        filled = {name: _safe(value) for name, value in row.items() if value is not None}
        writer.writerow({"office": card["office"], "month": card["month"], "version": version} | filled)
    return text.getvalue()


def _rows(card: dict):
    yield {"table": "arrivals", "key": "all", "counted": card["arrivals"]}
    for one in map(_known, card["standards"]):
        yield {"table": "standards", "name": one["promise"], "state": one["state"], **_measured(one)} | {
            name: one[name] for name in ("key", "measure", "aim", "target", "unit", "source")
        }
        for point in one["trend"][:-1]:
            yield {
                "table": "year before",
                "month": point["month"],
                "key": one["key"],
                "measure": one["measure"],
                "share": _rounded(point["share"]),
                "counted": point["n"],
            }
    for table, key in (("services", "key"), ("weekdays", "weekday"), ("quarters", "minute")):
        for one in card["footfall"][table]:
            name = f"{one['minute'] // 60:02d}:{one['minute'] % 60:02d}" if key == "minute" else one.get("name")
            yield {"table": table, "key": one[key], "name": name, "counted": one["count"]}


def _known(one: dict) -> dict:
    """A standard without the 0 of nothing: where none were counted, or nobody said how many, how many is not known."""
    trend = [point | {"n": point["n"] or None} for point in one["trend"]]
    return one | {"trend": trend} | ({} if one["n"] else {"n": None, "hits": None})


def _measured(one: dict) -> dict:
    low, high = one["between"] or (None, None)
    start, end = one["interval"] or (None, None)
    return {
        "share": _rounded(one["share"] if one["value"] is None else one["value"]),
        "share_from": low,
        "share_to": high,
        "interval_from": _rounded(start),
        "interval_to": _rounded(end),
        "counted": one["n"],
        "met": one["hits"],
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _safe(cell):
    """No spreadsheet takes a cell for a formula."""
    formula = isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{cell}" if formula and cell else cell
