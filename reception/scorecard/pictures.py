"""Where the bars and points of a published month's pictures stand on a page (reception/web/charts.py draws them).

It takes a card as it was published; what is hidden has no bar and no point.
"""

from reception.scorecard import words
from reception.scorecard.months import first_day, last_day
from reception.web import charts


def of(card: dict) -> dict:
    """`{charts, trend, services, weekdays, quarters}`, each for its macro of charts.html or performance/bars.html."""
    tables, named = card["footfall"], words.footfall(card)
    return {
        "charts": charts,
        "trend": charts.run([_point(one) for one in words.seen_trend(card)]),
        "services": charts.counts(_rows(tables["services"], named["services"])),
        "weekdays": charts.counts(_rows(tables["weekdays"], named["weekdays"])),
        "quarters": _bars(tables["quarters"], named["quarters"]),
    }


def _point(one: dict) -> dict:
    known = one["share"] is not None
    days = {"first": first_day(one["month"]).isoformat(), "last": last_day(one["month"]).isoformat()}
    return days | {"n": one["n"] or int(known), "share": one["share"], "arrivals": 1}


def _rows(table: list[dict], named: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return [(name, many, one["count"] or 0) for one, (name, many) in zip(table, named, strict=True)]


def _bars(table: list[dict], named: list[tuple[str, str]]) -> list[dict]:
    """A bar for each quarter hour: `{x, width, y, height, middle, hour, known}`; `hour` where one begins."""
    most = max([one["count"] or 0 for one in table] or [0]) or 1
    step = 100 / max(len(table), 1)
    return [
        {
            "x": f"{step * (place + 0.12):.3f}%",
            "middle": f"{step * (place + 0.5):.3f}%",
            "width": f"{step * 0.76:.3f}%",
            "height": round(charts.TALL * (one["count"] or 0) / most, 1),
            "y": round(charts.TOP + charts.TALL * (1 - (one["count"] or 0) / most), 1),
            "known": one["count"] is not None,
            "hour": name[:2] if name.endswith("00") else "",
            "odd": one["minute"] // 60 % 2 == 1,
            "many": many,
        }
        for place, (one, (name, many)) in enumerate(zip(table, named, strict=True))
    ]
