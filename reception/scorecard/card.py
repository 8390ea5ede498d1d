"""A month's scorecard, as plain values that JSON can hold: whole for managers, and of that what the public may know.

Pure: reports and settings in, a card out. Nothing is worded here, and nothing is read.
"""

from dataclasses import fields

from reception.figures.measures import share as measured
from reception.figures.statistics import SHIFT, TREND, run_rules
from reception.scorecard import suppressing
from reception.scorecard.measures import counted, rests
from reception.scorecard.suppressing import ENOUGH, FEWEST, Shown

VERSION = 1  # of what a card holds
MONTHS = 13  # of a trend: the month itself and the year before it
FEWEST_MONTHS = 8  # with figures: fewer show no trend
MINUTE = 60_000
USUAL_FROM = 30  # people seen: fewer have no usual wait in public
ELSEWHERE = "imported:"  # begins a measure that another system counts


def whole(
    settings,
    month: str,
    report: dict,
    quarters: list[int],
    complaints: dict | None,
    imported: list,
    said_and_done: list[dict] = (),
) -> dict:
    """The card of a month as it is, before anything is hidden. `quarters` are arrivals by quarter hour of the day,
    `imported` the rows of figures from elsewhere for this month, `said_and_done` `{said, did, language}` of what is
    before the public."""
    total, measures = report["total"], counted(report, complaints)
    elsewhere = {one.measure: one for one in imported}
    return {
        "version": VERSION,
        "definitions": report["definitions"],
        "office": report["office"],
        "office_name": settings.office.name,
        "month": month,
        "from": report["from"],
        "to": report["to"],
        "timezone": report["timezone"],
        "target_seconds": report["target_seconds"],
        "arrivals": total["arrivals"],
        "measures": {key: list(found) for key, found in measures.items()},
        "standards": [_standard(one, measures, elsewhere) for one in settings.standards],
        "footfall": _came(report, quarters),
        "waits": {name: total[name] for name in ("median_ms", "p90_ms", "seen")},
        "quality": _unknown(report),
        # only where there is any, so that a month published before still reads the same
        **({"said_and_done": list(said_and_done)} if said_and_done else {}),
    }


def _came(report: dict, quarters: list[int]) -> dict:
    return {
        "services": [{"key": one["key"], "name": one["name"], "count": one["arrivals"]} for one in report["services"]],
        "weekdays": [{"weekday": one["weekday"], "count": one["arrivals"]} for one in report["weekdays"]],
        "quarters": _span(quarters),
    }


def _unknown(report: dict) -> dict:
    """What the figures do not know: how many of how many, and how often the system was away."""
    total, quality = report["total"], report["quality"]
    return {
        "inferred": [total["inferred"], total["seen"]],
        "without_outcome": [total["without_outcome"], total["arrivals"]],
        "auto_closed": [total["auto_closed"], total["arrivals"]],
        "excluded": total["excluded"],
        "outages": quality["outages"],
        "clock_steps": quality["clock_steps"],
    }


def _standard(standard, measures: dict, elsewhere: dict) -> dict:
    found = {
        **{name: getattr(standard, name) for name in ("key", "promise", "measure", "unit", "source", "owner")},
        "aim": "at_least" if standard.at_least is not None else "at_most",
        "target": (standard.at_least if standard.at_least is not None else standard.at_most) / 100,
        "value": None,
    }
    row = elsewhere.get(standard.imported)
    if row and row.counted is not None:
        found |= measured(row.met, row.counted)
    elif hits_n := measures.get(standard.measure):
        found |= measured(*hits_n)
    else:
        found |= measured(0, 0)
    if row:
        found |= {"value": None if row.value is None else row.value / 100, "source": row.source}
    found |= {"between": None, "hidden": None}
    return found | {"state": state(found)}


def _span(quarters: list[int]) -> list[dict]:
    """From the first quarter hour in which anybody came to the last: `{minute, count}`."""
    there = [place for place, count in enumerate(quarters) if count]
    span = range(there[0], there[-1] + 1) if there else ()
    return [{"minute": 15 * place, "count": quarters[place]} for place in span]


# -- what the public may know -----------------------------------------------------------------------------------------


def public(card: dict, earlier: dict | None = None) -> dict:
    """The card without what would tell of few people; `earlier` is what was published of this month before."""
    arrivals, measures = card["arrivals"], {key: tuple(found) for key, found in card["measures"].items()}
    hidden = {one["measure"]: _as_shown(one) for one in (earlier or {"standards": ()})["standards"] if one["hidden"]}
    ours = {key: found for key, found in hidden.items() if not key.startswith(ELSEWHERE)}
    shown = suppressing.shares(measures, rests(arrivals, measures), ours)
    return {name: value for name, value in card.items() if name not in ("measures", "waits", "quality")} | {
        "arrivals": suppressing.total(arrivals),
        "standards": [_shown(one, shown, hidden) for one in card["standards"]],
        "footfall": {
            table: _table(rows, (earlier or {"footfall": {}})["footfall"].get(table))
            for table, rows in card["footfall"].items()
        },
        "waits": _waits(card["waits"]),
        "quality": _quality(card["quality"]),
    }


def _shown(one: dict, shown: dict[str, Shown], hidden: dict[str, Shown]) -> dict:
    key = one["measure"]
    if key.startswith(ELSEWHERE):
        told = {key: (one["hits"], one["n"])} if one["n"] else {}
        shown = suppressing.shares(told, before={key: hidden[key]} if key in hidden else {})
    found = _as_dict(shown.get(key, Shown(0, 0, None)))
    return one | found | {"state": state(one | found)}


def _as_dict(shown: Shown) -> dict:
    return {field.name: getattr(shown, field.name) for field in fields(Shown)}


def _as_shown(one: dict) -> Shown:
    """What an earlier version showed of a standard, as it was read back."""
    return Shown(
        one["n"], one["hits"], one["share"], between=one["between"] and tuple(one["between"]), hidden=one["hidden"]
    )


def state(one: dict) -> str:
    """How a standard did: missing, few (people), uncounted (a share without a number), hidden, met or not_met."""
    if one["value"] is not None:
        return "uncounted"
    if one["n"] == 0:
        return "missing"
    low, high = (one["share"], one["share"]) if one["share"] is not None else one["between"] or (None, None)
    if one["n"] is None and low is None:
        return "few" if one["hidden"] == "few" else "hidden"
    if one["n"] is not None and one["n"] < ENOUGH:
        return "few"
    if low is None:
        return "hidden"
    at_least = one["aim"] == "at_least"
    if (low >= one["target"]) if at_least else (high <= one["target"]):
        return "met"
    if (high < one["target"]) if at_least else (low > one["target"]):
        return "not_met"
    return "hidden"


def _table(rows: list[dict], before: list[dict] | None) -> list[dict]:
    counts = [row["count"] for row in rows]
    found = suppressing.partition(counts)
    if before is not None:
        names = [_name(row) for row in rows]
        known = {_name(row): row["count"] for row in before}
        found = (
            suppressing.corrected(counts, [known[name] for name in names])
            if names == list(known)
            else [None] * len(rows)  # other rows than before: together they could tell of few
        )
    return [row | {"count": count} for row, count in zip(rows, found, strict=True)]


def _name(row: dict):
    return row.get("key", row.get("weekday", row.get("minute")))


def _waits(waits: dict) -> dict:
    """The usual wait in whole minutes, begun ones too: to the millisecond it is somebody's."""
    many = waits["seen"] >= USUAL_FROM
    return {name: -(-waits[name] // MINUTE) * MINUTE if many else None for name in ("median_ms", "p90_ms")}


def _quality(quality: dict) -> dict:
    """Whole percents of many, and counts of things that are no people."""
    found = {
        name: suppressing.rough(*quality[name], quality[name][1]).share
        for name in ("inferred", "without_outcome", "auto_closed")
    }
    left_out = quality["excluded"]
    return found | {
        "excluded": left_out if left_out == 0 or left_out >= FEWEST else None,
        "outages": quality["outages"],
        "clock_steps": quality["clock_steps"],
    }


# -- the year before --------------------------------------------------------------------------------------------------


def results(card: dict) -> dict[str, dict]:
    """standard -> what a later month's trend needs of this one."""
    return {one["key"]: {"n": one["n"], "share": _value(one)} for one in card["standards"]}


def _value(one: dict) -> float | None:
    return one["share"] if one["value"] is None else one["value"]


def with_trend(card: dict, past: dict[str, dict[str, dict]]) -> dict:
    """The card with each standard's `trend`, month by month to its own, and what it comes to. `past`: month -> results
    of it, as they may be shown where this card may."""
    months = {**past, card["month"]: results(card)}
    standards = []
    for one in card["standards"]:
        trend = [
            {"month": month, **months[month].get(one["key"], {"n": None, "share": None})} for month in sorted(months)
        ]
        standards.append(one | {"trend": trend, **change([point["share"] for point in trend])})
    return card | {"standards": standards}


def change(values: list[float | None]) -> dict:
    """`{change, since}`: what the run rules say of the newest month, and the place at which that began.

    few (months), steady (no more than chance), above or below (its median, for six months or more), rising, falling.
    """
    there = [place for place, value in enumerate(values) if value is not None]
    if len(there) < FEWEST_MONTHS or values[-1] is None:
        return {"change": "few", "since": None}
    rules = run_rules(values)
    for first, last in rules["shifts"]:
        if last == there[-1]:
            return {"change": "above" if values[last] > rules["median"] else "below", "since": first}
    for first, last in rules["trends"]:
        if last == there[-1]:
            return {"change": "rising" if values[last] > values[first] else "falling", "since": first}
    return {"change": "steady", "since": None}


assert SHIFT < FEWEST_MONTHS and TREND < FEWEST_MONTHS
