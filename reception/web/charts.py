"""Where the bars, points and cells of charts stand, for managers and the public alike. Pure numbers:
templates/charts.html draws them, static/charts.css colours them, and whoever shows one hands in every word.

Widths are percent of the chart, heights pixels: one drawing fits a desk and a phone, and its words keep their size.
"""

from reception.figures.statistics import run_rules

TALL = 160  # pixels between the foot of the bars and the top of the scale
TOP = 24  # above it, room for a bar's own words
NAMED = 6  # names below the points of a run chart
MANY = 40  # points, from which only those that say something are drawn as dots
LETTER = 2.5  # percent of a telephone's width that a letter of a number takes
ROW = 52  # pixels of a row of `lines`


def by_hour(hours: list[dict]) -> list[dict]:
    """A bar for each hour from the first to the last that anybody came in, the empty ones too.

    `hour`, `n`, `share`, `x` (left edge), `middle`, `width` in percent; `y`, `height` and, while there is an
    interval, its `low` and `high` in pixels from the chart's top.
    """
    if not hours:
        return []
    known = {hour["hour"]: hour for hour in hours}
    span = range(min(known), max(known) + 1)
    return [_hour(known.get(hour), hour, place, 100 / len(span)) for place, hour in enumerate(span)]


def _hour(found: dict | None, hour: int, place: int, step: float) -> dict:
    share = found and found["share"]
    low, high = (found and found["interval"]) or (None, None)
    return {
        "hour": hour,
        "n": found["n"] if found else 0,
        "share": share,
        "x": _percent(step * (place + 0.14)),
        "middle": _percent(step * (place + 0.5)),
        "width": _percent(step * 0.72),
        "y": _pixel(share or 0),
        "height": round(TALL * (share or 0), 1),
        "low": None if low is None else _pixel(low),
        "high": None if high is None else _pixel(high),
    }


def by_wait(counts: list[int]) -> list[dict]:
    """A bar for each fifth of the target: `count`, `late` (past the target), `x`, `width`, `y`, `height`."""
    most, step = max([*counts, 1]), 100 / len(counts)
    return [
        {
            "count": count,
            "late": place >= 5,
            "x": _percent(step * (place + 0.08)),
            "width": _percent(step * 0.84),
            "y": _pixel(count / most),
            "height": round(TALL * count / most, 1),
        }
        for place, count in enumerate(counts)
    ]


def run(points: list[dict], marks: list[str] = ()) -> dict:
    """A run chart of shares: `{points, lines, median, rules, marks, mark_numbers, many}`.

    Each of `points` has `x`, `y`, its figure's `n`, `share`, `first`, `last`, whether a `shift` or trend holds it, and
    whether its name stands below it (`named`; `ends`: the name's end that the point is at). `lines` are the stretches
    without a gap, as SVG points in a box of 1,000 by TALL; `median` the y of the middle line; `rules` what `run_rules`
    found; `marks` where the ISO days of `marks` stand: `{x, number}`, those outside the points left out;
    `mark_numbers` the numbers above them, of marks that stand close together as one: `{x, numbers}`, "4–6".
    """
    shares = [point["share"] if point["n"] else None for point in points]
    found, step = run_rules(shares), 100 / max(len(points), 1)
    held = {place for first, last in (*found["shifts"], *found["trends"]) for place in range(first, last + 1)}
    every = max(1, -(-len(points) // NAMED))
    placed = [
        {
            **{name: point[name] for name in ("first", "last", "n", "share")},
            "x": _percent(step * (place + 0.5)),
            "y": None if share is None else _pixel(share),
            "shift": place in held,
            "named": place % every == 0,
            "odd": place // every % 2 == 1,
            "ends": "start" if place == 0 and len(points) > 1 else "middle",
        }
        for place, (point, share) in enumerate(zip(points, shares, strict=True))
    ]
    middle = None if found["median"] is None else _pixel(found["median"])
    placed_marks = _marks(points, marks, step)
    return {
        "points": placed,
        "lines": _lines(points, shares, step),
        "median": middle,
        "rules": found,
        "marks": [{"x": _percent(across), "number": number} for across, number in placed_marks],
        "mark_numbers": _mark_numbers(placed_marks),
        "many": len(points) > MANY,
    }


def _marks(points: list[dict], days: list[str], step: float) -> list[tuple[float, int]]:
    found = []
    for number, day in enumerate(days, 1):
        place = next((place for place, point in enumerate(points) if point["first"] <= day <= point["last"]), None)
        if place is not None:
            found.append((step * (place + 0.5), number))
    return found


def _mark_numbers(marks: list[tuple[float, int]]) -> list[dict]:
    """The numbers above marks; those that would stand in each other's way become one."""
    found: list[tuple[tuple, tuple]] = []
    for mark in sorted(marks):
        first, last = mark, mark
        while found and _reach(*found[-1])[1] > _reach(first, last)[0]:
            first, _last = found.pop()
        found.append((first, last))
    return [{"x": _percent(sum(_reach(*one)) / 2), "numbers": _between(one[0][1], one[1][1])} for one in found]


def _reach(first: tuple[float, int], last: tuple[float, int]) -> tuple[float, float]:
    """From where to where their numbers stand, in percent of a telephone's width."""
    half = LETTER * (len(_between(first[1], last[1])) + 0.5) / 2
    middle = min(100 - half, max(half, (first[0] + last[0]) / 2))
    return middle - half, middle + half


def _between(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _lines(points: list[dict], shares: list[float | None], step: float) -> list[str]:
    """A day on which nobody came is passed over; where people came and none could be judged, the line breaks."""
    lines: list[list[str]] = [[]]
    for place, (point, share) in enumerate(zip(points, shares, strict=True)):
        if share is not None:
            lines[-1].append(f"{step * (place + 0.5) * 10:.1f},{TALL * (1 - share):.1f}")
        elif point["arrivals"]:
            lines.append([])
    return [" ".join(line) for line in lines if len(line) > 1]


CELL = 36  # pixels high
SHADES = 5
FEW = 5  # people in a cell: fewer say nothing of an hour


def week(cells: list[dict]) -> dict:
    """The heat map of a week: `{hours, days, cells, height}`; each cell with `x`, `y`, `width`, its figure and `shade`
    (0, all in time, to 4, all late; None with too few people)."""
    if not cells:
        return {"hours": [], "days": [], "cells": [], "height": 0}
    first, last = min(cell["hour"] for cell in cells), max(cell["hour"] for cell in cells)
    days = sorted({cell["weekday"] for cell in cells})
    width = 100 / (last - first + 1)
    placed = [
        {
            **cell,
            "x": _percent(width * (cell["hour"] - first)),
            "middle": _percent(width * (cell["hour"] - first + 0.5)),
            "width": _percent(width * 0.99),
            "y": CELL * days.index(cell["weekday"]),
            "shade": None if cell["n"] < FEW else min(SHADES - 1, int((1 - cell["share"]) * SHADES)),
        }
        for cell in cells
    ]
    hours = [
        {"hour": hour, "middle": _percent(width * (hour - first + 0.5)), "odd": (hour - first) % 2 == 1}
        for hour in range(first, last + 1)
    ]
    return {"hours": hours, "days": days, "cells": placed, "height": CELL * len(days)}


def footfall(cells: list[dict]) -> dict:
    """The heat map of when people come: as `week`, by quarter hours; a cell's `words` are how many on a usual day, its
    `shade` how many beside the busiest quarter hour of all."""
    if not cells:
        return {"hours": [], "days": [], "cells": [], "height": 0}
    first, last = (60 * (edge(cell["minute"] for cell in cells) // 60) for edge in (min, max))
    days, most = sorted({cell["weekday"] for cell in cells}), max(cell["a_day"] for cell in cells)
    width = 100 / ((last - first) / 15 + 4)
    placed = [
        {
            **cell,
            "x": _percent(width * (cell["minute"] - first) / 15),
            "middle": _percent(width * ((cell["minute"] - first) / 15 + 0.5)),
            "width": _percent(width * 0.97),
            "y": CELL * days.index(cell["weekday"]),
            "words": round(cell["a_day"]) or "·",
            "shade": min(SHADES - 1, int(cell["a_day"] / most * SHADES)),
        }
        for cell in cells
    ]
    hours = [
        {"hour": minute // 60, "x": _percent(width * (minute - first) / 15), "odd": False}
        for minute in range(first, last + 1, 60)
    ]
    return {"hours": hours, "days": days, "cells": placed, "height": CELL * len(days)}


# -- a row each: a name, what is said of it, and a bar below -----------------------------------------------------------


def times(rows: list[tuple[str, str, dict]]) -> list[dict]:
    """Rows of (name, words, duration): the bar ends where nine in ten are done, and is marked where half are."""
    known = [row for row in rows if row[2]["n"]]
    most = max([found["p90_ms"] for _name, _said, found in known] or [0]) or 1
    return [
        _row(place, name, said, width=found["p90_ms"] / most, mark=found["median_ms"] / most)
        for place, (name, said, found) in enumerate(known)
    ]


def shares(rows: list[tuple[str, str, dict]]) -> list[dict]:
    """Rows of (name, words, share): the bar is of the whole width, and a thin line spans the interval."""
    known = [row for row in rows if row[2]["n"]]
    return [
        _row(place, name, said, width=found["share"], between=found["interval"])
        for place, (name, said, found) in enumerate(known)
    ]


def counts(rows: list[tuple[str, str, int]]) -> list[dict]:
    """Rows of (name, words, count); the longest bar is the whole width."""
    most = max([count for _name, _said, count in rows] or [0]) or 1
    return [_row(place, name, said, width=count / most) for place, (name, said, count) in enumerate(rows)]


def _row(place: int, name: str, said: str, *, width: float, mark: float | None = None, between=None) -> dict:
    low, high = between or (None, None)
    return {
        "name": name,
        "said": said,
        "y": place * ROW,
        "width": _percent(100 * width),
        "mark": None if mark is None else _percent(100 * mark),
        "low": None if low is None else _percent(100 * low),
        "high": None if high is None else _percent(100 * high),
    }


def _percent(value: float) -> str:
    return f"{value:.3f}%"


def _pixel(share: float) -> float:
    return round(TOP + TALL * (1 - share), 1)
