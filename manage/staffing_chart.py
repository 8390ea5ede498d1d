"""Where the columns, cells and ranges of staffing stand. Pure numbers, as in reception/web/charts.py: percent across,
pixels down; templates/manage/staffing/drawn.html draws them, and whoever shows one hands in every word.
"""

from collections.abc import Sequence

from reception.staffing import Changed, DayPlan, HalfHour, Share
from reception.staffing.shapes import HALF_HOUR

TALL = 150  # pixels from the foot of the columns to the top of the scale
TOP = 22  # above it, room for a column's own words
FOOT = 26  # below, for the hours
RULES = 6  # lines across at most, so that they stay quiet
CELL = 34  # pixels, the height of a cell of the week


def is_short(one: HalfHour, goal: float) -> bool:
    """Whether it takes more desks than the roster has, or more than the office could open."""
    return one.is_short or one.is_beyond(goal)


def day(half_hours: Sequence[HalfHour], goal: float) -> dict:
    """A column for each half hour: `{columns, roster, rules, hours}`.

    A column's `y` and `height` go up to what the roster has, `over_y` and `over_height` from there to what is needed;
    one that `is_beyond` any number of desks fills the scale. `roster` is a line of SVG points in a box of 1,000 by
    TALL; `rules` are (y, how many desks).
    """
    most = max([1, *(one.needed or 0 for one in half_hours), *(one.roster for one in half_hours)])
    most = max([most, *(one.roster + 1 for one in half_hours if one.is_beyond(goal))])
    step, high = 100 / max(len(half_hours), 1), _scale(most)
    return {
        "columns": [_column(one, place, step, high, goal) for place, one in enumerate(half_hours)],
        "roster": _steps([TALL * (1 - one.roster / high) for one in half_hours], step),
        "rules": [(_pixel(1 - desks / high), desks) for desks in range(0, high + 1, -(-high // RULES))],
        "hours": hours([one.minute for one in half_hours], step),
    }


def _scale(most: float) -> int:
    """A round number of desks, so that the lines across part it evenly."""
    every = -(-int(-(-most // 1)) // RULES)
    return every * int(-(-most // every))


def _column(one: HalfHour, place: int, step: float, high: int, goal: float) -> dict:
    needed = high if one.is_beyond(goal) else one.needed or 0
    within = min(needed, one.roster)
    return {
        "x": _percent(step * (place + 0.12)),
        "width": _percent(step * 0.76),
        "middle": _percent(step * (place + 0.5)),
        "needed": one.needed,
        "y": _pixel(1 - within / high),
        "height": round(TALL * within / high, 1),
        "over_y": _pixel(1 - needed / high),
        "over_height": round(TALL * (needed - within) / high, 1),
        "is_short": is_short(one, goal),
        "is_beyond": one.is_beyond(goal),
    }


def _steps(heights: Sequence[float], step: float) -> str:
    """A line that keeps each height for the whole width of its column."""
    ends = ((10 * step * place, 10 * step * (place + 1), height) for place, height in enumerate(heights))
    return " ".join(f"{start:.1f},{height:.1f} {end:.1f},{height:.1f}" for start, end, height in ends)


def hours(minutes: Sequence[int], step: float) -> list[dict]:
    """The full hours below the columns: `x` of their beginning, the `hour`, and whether a phone leaves it out."""
    full = [(place, minute // 60) for place, minute in enumerate(minutes) if minute % 60 == 0]
    return [{"x": _percent(step * place), "hour": hour, "odd": nth % 2 == 1} for nth, (place, hour) in enumerate(full)]


def week(days: Sequence[DayPlan], goal: float) -> dict:
    """A row for each day that has half hours, on one scale of the clock: `{days, cells, hours, height, columns}`."""
    planned = [one for one in days if one.half_hours]
    if not planned:
        return {"days": [], "cells": [], "hours": [], "height": 0, "columns": 0}
    first = min(one.half_hours[0].minute for one in planned)
    last = max(one.half_hours[-1].minute for one in planned)
    count = (last - first) // HALF_HOUR + 1
    step = 100 / count
    cells = [
        {
            "x": _percent(step * ((one.minute - first) / HALF_HOUR)),
            "middle": _percent(step * ((one.minute - first) / HALF_HOUR + 0.5)),
            "width": _percent(step * 0.96),
            "y": CELL * row,
            "needed": one.needed,
            "is_short": is_short(one, goal),
            "is_beyond": one.is_beyond(goal),
        }
        for row, day in enumerate(planned)
        for one in day.half_hours
    ]
    return {
        "days": planned,
        "cells": cells,
        "hours": hours(range(first, last + 1, HALF_HOUR), step),
        "height": CELL * len(planned),
        "columns": count,
    }


def between(share: Share) -> dict | None:
    """One share on a line from 0 to 100%: where its range begins and ends, and where it stands itself."""
    if share.share is None:
        return None
    low, high = share.low, share.high
    return {"low": _percent(100 * low), "width": _percent(100 * (high - low)), "at": _percent(100 * share.share)}


def changed(half_hours: Sequence[Changed], goal: float) -> dict:
    """Each half hour before and after a change: `{columns, goal, hours}`; a column has `middle`, `before` and `after`
    (y, None where nobody comes), and `low` and `high` of what it may be after."""
    step = 100 / max(len(half_hours), 1)
    columns = [
        {
            "middle": _percent(step * (place + 0.5)),
            "before": None if one.before.share is None else _pixel(1 - one.before.share),
            "after": None if one.after.share is None else _pixel(1 - one.after.share),
            "low": None if one.after.low is None else _pixel(1 - one.after.low),
            "high": None if one.after.high is None else _pixel(1 - one.after.high),
        }
        for place, one in enumerate(half_hours)
    ]
    return {"columns": columns, "goal": _pixel(1 - goal), "hours": hours([one.minute for one in half_hours], step)}


def _pixel(down: float) -> float:
    """So far (of 1) below the top of the scale."""
    return round(TOP + TALL * down, 1)


def _percent(value: float) -> str:
    return f"{value:.3f}%"
