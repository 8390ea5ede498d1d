"""What the figures would be without those who came while a kiosk was away. Rows in, figures out; it excuses no wait."""

import numpy

from reception.figures import measures
from reception.figures.facts import Facts
from reception.figures.judging import HIT


def kiosks_away(store, offices: list[str], facts: Facts, start: int, end: int, now: int) -> dict:
    """`{kiosk_away_ms, kiosk_away_arrivals, share_without_kiosk_away}`: how long kiosks were away in opening hours,
    each by itself; how many of those judged came meanwhile, who may have waited for a number before their wait began;
    the share without them, None where no kiosk was away or of several offices, whose visits know no office."""
    found = [one for office in offices for one in store.outages_between(office, start, end)]
    away = [one for one in found if one["kind"] == "kiosk_away"]
    spans = [(max(start, one["started_at"]), min(end, one["ended_at"] or now)) for one in away]
    judged = _judged(spans, facts) if len(offices) == 1 else None
    return {
        "kiosk_away_ms": sum(until - since for since, until in spans),
        **(judged or {"kiosk_away_arrivals": 0, "share_without_kiosk_away": None}),
    }


def _judged(spans: list[tuple[int, int]], facts: Facts) -> dict | None:
    if not spans:
        return None
    judged = numpy.isin(facts["fate"], [HIT, *measures.MISSES]) & ~facts.flag("excluded") & ~facts.flag("out")
    instants, away = _together(spans)
    meanwhile = judged & away[numpy.searchsorted(instants, facts["arrived"], side="right")]
    rest = judged & ~meanwhile
    without = measures.share((rest & (facts["fate"] == HIT)).sum(), rest.sum())
    return {"kiosk_away_arrivals": int(meanwhile.sum()), "share_without_kiosk_away": without["share"]}


def _together(spans: list[tuple[int, int]]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The instants at which any of the spans begins or ends, in order; and whether one lasts before, between and
    after them."""
    changes = sorted([(since, 1) for since, _until in spans] + [(until, -1) for _since, until in spans])
    lasting = numpy.cumsum([0, *(change for _at, change in changes)]) > 0
    return numpy.array([at for at, _change in changes]), lasting
