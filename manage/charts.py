"""Where the bars of the figures' two charts stand. Pure numbers; the template draws and words them.

Widths are percent of the chart, heights pixels: one drawing fits a desk and a phone, and its words keep their size.
"""

TALL = 160  # pixels between the foot of the bars and the top of the scale
TOP = 24  # above it, room for a bar's own words


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


def _percent(value: float) -> str:
    return f"{value:.3f}%"


def _pixel(share: float) -> float:
    return round(TOP + TALL * (1 - share), 1)
