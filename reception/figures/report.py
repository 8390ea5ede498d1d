"""The figures of a period as one report, for pages, tables and programs alike. It judges nothing and words nothing."""

import numpy

from reception.figures import measures
from reception.figures.facts import Facts, day_named, day_number, weekday
from reception.figures.footfall import footfall
from reception.figures.kept import DAY, month_of
from reception.figures.statistics import median_interval

BY_DAY, BY_WEEK = 62, 731  # days up to which a period is shown by the day, then by the week, beyond by the month
FIFTHS = 20  # of the target: four targets


def parts(facts: Facts, first, last, names: dict, groups: measures.Groups | None = None) -> dict:
    """`services`, `desks`, `channels`, `languages`, `weekdays`, `hours`, `points`, `week`: the figure of each that has
    anybody; `footfall`, when people come. `names` maps "services" and "desks" to {key: name} in the settings' order."""
    groups = groups or measures.Groups(facts)
    found = {
        plural: _by_words(groups, name, names.get(plural, {}))
        for plural, name in (
            ("services", "service"),
            ("desks", "desk"),
            ("channels", "channel"),
            ("languages", "language"),
        )
    }
    days, of_week, hour = facts["day"], weekday(facts["day"]), facts["minute"] // 60
    found["weekdays"] = _numbered("weekday", groups.by(of_week, 8))
    found["hours"] = _numbered("hour", groups.by(hour, 24))
    cells = groups.by(of_week.astype("i4") * 24 + hour, 8 * 24)
    found["footfall"] = footfall(facts)
    wanted = ("arrivals", "n", "hits", "share", "median_ms")
    found["week"] = [
        {"weekday": cell // 24, "hour": cell % 24} | {name: figure[name] for name in wanted}
        for cell, figure in enumerate(cells)
        if figure["arrivals"]
    ]
    spans = _spans(first, last, days)
    if spans:
        begins = numpy.array([day_number(start) for start, _end in spans])
        key = numpy.maximum(numpy.searchsorted(begins, days, side="right") - 1, 0)
        figures = groups.by(key, len(spans))
    else:
        figures = []
    found["points"] = [
        {"first": start.isoformat(), "last": end.isoformat()} | figure
        for (start, end), figure in zip(spans, figures, strict=True)
    ]
    return found


def total(
    facts: Facts,
    target_ms: int | None,
    undecided_from: int | None = None,
    groups: measures.Groups | None = None,
) -> dict:
    """The figure of everybody; `undecided_from` as for `measures.outcomes`. `groups` are the facts', if there are."""
    groups = groups or measures.Groups(facts)
    found = groups.by(numpy.zeros(len(facts), "u1"), 1)[0] | measures.whole(facts, target_ms, undecided_from)
    return found | {"median_interval_ms": _median_between(waits_of_seen(facts))}


def longest_service(services: list[dict], total: dict) -> str | None:
    """The key of the service that had the longest wait of all."""
    longest = (total["longest_ms"], total["longest_at"])
    return next(
        (
            one["key"]
            for one in services
            if one["longest_ms"] is not None and (one["longest_ms"], one["longest_at"]) == longest
        ),
        None,
    )


def _median_between(waits: numpy.ndarray) -> tuple[int, int] | None:
    """Between which two waits the median lies with 95% confidence; None of fewer than six."""
    places = median_interval(len(waits))
    if places is None:
        return None
    parted = numpy.partition(waits, places)
    return int(parted[places[0]]), int(parted[places[1]])


def waits_of_seen(facts: Facts) -> numpy.ndarray:
    return facts["wait"][(facts["fate"] <= 1) & ~facts.flag("excluded")]


def _by_words(groups: measures.Groups, name: str, known: dict[str, str]) -> list[dict]:
    """Each word of a column in the settings' order; then those that only the past knows, by their keys."""
    codes, words = groups.facts[name], groups.facts.words[name]
    everyone = [*words, *(key for key in known if key not in words)]  # whom nobody came for has a figure, too
    figures = dict(zip(everyone, groups.by(codes, len(everyone)), strict=True)) if everyone else {}
    keys = [*known, *sorted(key for key in words if key not in known and _anybody(figures[key]))]
    return [{"key": key, "name": known.get(key, key)} | figures[key] for key in keys]


def _numbered(name: str, figures: list[dict]) -> list[dict]:
    return [{name: number} | figure for number, figure in enumerate(figures) if _anybody(figure)]


def _anybody(figure: dict) -> bool:
    return bool(figure["arrivals"] or figure["recent"] or figure["excluded"])


def _spans(first, last, days: numpy.ndarray) -> list[tuple]:
    """Days, weeks from Monday or calendar months, from the first day anybody came to the last day of the period."""
    if not len(days):
        return []
    start = max(first, day_named(days.min()))
    last = min(last, day_named(days.max()))
    length, found = (last - first).days + 1, []
    while start <= last:
        if length <= BY_DAY:
            end = start
        elif length <= BY_WEEK:
            end = start + (6 - start.weekday()) * DAY
        else:
            end = month_of(start)[1]
        found.append((start, min(end, last)))
        start = end + DAY
    return found
