"""The figures of a period as one report, for pages, tables and programs alike. It judges nothing and words nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy

from reception.figures import measures
from reception.figures.facts import day_named, day_number
from reception.figures.footfall import footfall
from reception.figures.kept import DAY
from reception.figures.ranks import Lot, nth
from reception.figures.statistics import median_interval
from reception.figures.sums import EVERYBODY, WORDS, Sums, counted, footfall_of, times, together
from reception.visit import OUTCOMES

TIMES = (*measures.DURATIONS, "later_legs")
BY_DAY, BY_WEEK = 62, 731  # days up to which a period is shown by the day, then by the week, beyond by the month
FIFTHS = 20  # of the target: four targets


def parts(sums: Sequence[Sums], first: date, last: date, names: dict) -> dict:
    """`services`, `desks`, `channels`, `languages`, `weekdays`, `hours`, `points`, `week`: the figure of each that has
    anybody; `footfall`, when people come. `names` maps "services" and "desks" to {key: name} in the settings' order.
    `first` and `last` are the days that somebody came on first and last."""
    found = {f"{name}s": _by_words(together(sums, name), names.get(f"{name}s", {})) for name in WORDS}
    found["weekdays"] = _numbered("weekday", together(sums, "weekday"))
    found["hours"] = _numbered("hour", together(sums, "hour"))
    wanted = ("arrivals", "n", "hits", "share", "median_ms")
    cells = ((cell, measures.figure(of)) for cell, of in sorted(together(sums, "week").items()))
    found["week"] = [
        {"weekday": cell // 24, "hour": cell % 24} | {name: figure[name] for name in wanted}
        for cell, figure in cells
        if figure["arrivals"]
    ]
    points = together(sums, "point")
    found["points"] = [
        {"first": start.isoformat(), "last": end.isoformat()} | measures.figure(points.get(day_number(begins), []))
        for begins, start, end in (_spans(first, last) if points else ())
    ]
    return found | {"footfall": footfall(*footfall_of(sums))}


def total(sums: Sequence[Sums], target_ms: int | None) -> dict:
    """The figure of everybody."""
    many, times_of = counted(sums), {name: measures.duration(times(sums, name)) for name in TIMES}
    if target_ms is not None:
        times_of["acknowledgement"]["within"] = measures.share(many["in_time"], times_of["acknowledgement"]["n"])
    return {
        **measures.figure(together(sums, "everybody").get(EVERYBODY, [])),
        "tail": measures.tail([one.seen for one in sums], [one.lost for one in sums]),
        **times_of,
        **_outcomes(many),
        "median_interval_ms": _median_between([Lot.whole(one.seen) for one in sums]),
    }


def _outcomes(many: Counter) -> dict:
    """`{outcomes: {key: count}, resolved, validated}`: what came of visits, and how many first contacts resolved them:
    as was said, and as nobody's coming back showed. `validated` is a share, with `carrying`, how many of all such
    visits carry a council's reference, and `undecided`, how many came too lately to know; None where none carries
    one."""
    n, validated = sum(many[name] for name in measures.CONTACTS), None
    if many["carrying"] or many["undecided"]:
        carrying = measures.share(many["carrying"], many["contacts"])
        validated = measures.share(many["validated"], many["carrying"])
        validated |= {"carrying": carrying, "undecided": many["undecided"]}
    return {
        "outcomes": {name: many[name] for name in OUTCOMES},
        "resolved": measures.share(many["resolved"], n),
        "validated": validated,
    }


def distribution(sums: Sequence[Sums], width_ms: int) -> list[int]:
    """Of those seen, by fifths of the target (`measures.distribution`)."""
    each = [measures.distribution(one.seen, width_ms, FIFTHS) for one in sums]
    return [sum(counts) for counts in zip(*each, strict=True)] or [0] * (FIFTHS + 1)


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


def _median_between(waits: list[Lot]) -> tuple[int, int] | None:
    """Between which two waits the median lies with 95% confidence; None of fewer than six."""
    places = median_interval(sum(lot.n for lot in waits))
    return places and (nth(waits, places[0]), nth(waits, places[1]))


def _by_words(found: dict[str, list], known: dict[str, str]) -> list[dict]:
    """Each word in the settings' order, whom nobody came for too; then those that only the past knows, by their
    keys."""
    figures = {key: measures.figure(found.get(key, [])) for key in [*known, *sorted(found.keys() - known.keys())]}
    return [
        {"key": key, "name": known.get(key, key)} | figure
        for key, figure in figures.items()
        if key in known or _anybody(figure)
    ]


def _numbered(name: str, found: dict[int, list]) -> list[dict]:
    figures = ((number, measures.figure(of)) for number, of in sorted(found.items()))
    return [{name: number} | figure for number, figure in figures if _anybody(figure)]


def _anybody(figure: dict) -> bool:
    return bool(figure["arrivals"] or figure["recent"] or figure["excluded"])


# -- the run chart's stretches ----------------------------------------------------------------------------------------


def unit(first: date, last: date):
    """Of rising day numbers, the first day of the stretch that each is in: itself, its week's Monday or the first of
    its calendar month, by how long the period is that somebody came in."""
    length = (last - first).days + 1
    return itself if length <= BY_DAY else mondays if length <= BY_WEEK else firsts


def itself(days: numpy.ndarray) -> numpy.ndarray:
    return days


def mondays(days: numpy.ndarray) -> numpy.ndarray:
    return days - (days + 3) % 7  # the first of January 1970 was a Thursday


def firsts(days: numpy.ndarray) -> numpy.ndarray:
    return days.astype("M8[D]").astype("M8[M]").astype("M8[D]").astype("i8")


def _spans(first: date, last: date) -> Iterator[tuple[date, date, date]]:
    """(first day, its first and its last day within the period) of each stretch, nobody's too."""
    of = unit(first, last)
    begins = of(numpy.arange(day_number(first), day_number(last) + 1))
    starts = numpy.flatnonzero(numpy.diff(begins, prepend=begins[0] - 1))
    for start, end in pairwise([*starts.tolist(), len(begins)]):
        yield day_named(begins[start]), first + start * DAY, first + (end - 1) * DAY
