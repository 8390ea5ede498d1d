"""What is measured beside waits: appointments, next steps, the use of desks, and what the figures do not know.

Rows in, figures out. Each is of the period asked for; appointments and next steps know no desk, channel or language.
"""

from collections import Counter

from reception.figures import measures
from reception.figures.asking import Asked
from reception.figures.facts import Facts
from reception.figures.judging import RECENT
from reception.visit import OUTCOMES

PASSED_ON = OUTCOMES.index("passed_on") + 1


def appointments(store, spans: dict[str, list], asked: Asked, facts: Facts) -> dict:
    """`{booked, arrived, not_attended, share_not_attended, punctual, delay, early}`; `spans` are each office's
    (`History.spans`).

    `punctual` is a share of those seen: begun at the latest so many minutes after the booked time, or after checking in
    where that was later. `delay` is from there, never below 0; `early` how long those waited who came before their
    time, from checking in.
    """
    states = Counter()
    for office, stretches in spans.items():
        for stretch in stretches:
            states.update(_states(store, office, asked, *stretch))
    attended, missed = states["arrived"], states["not_attended"]
    seen = facts.flag("booked") & ~facts.flag("excluded")
    return {
        "booked": sum(states.values()) - states["cancelled"],
        "arrived": attended,
        "not_attended": missed,
        "share_not_attended": missed / (attended + missed) if attended + missed else None,
        "punctual": measures.share((seen & facts.flag("punctual")).sum(), seen.sum()),
        "delay": measures.duration(facts["delay"][seen]),
        "early": measures.duration(facts["early"][seen]),
    }


def _states(store, office: str, asked: Asked, first: str, last: str, rules) -> Counter:
    """State -> how many appointments of a stretch under the same rules; those of excluded services and days are taken
    off, which are few."""

    def counted(start: str, end: str, services=asked.services) -> Counter:
        return Counter(store.appointments_counted(office, start, end, services))

    found = counted(first, last)
    services = [one for one in rules.exclude_services if not asked.services or one in asked.services]
    days = [day for day in rules.exclude_days if first <= day <= last]
    for day in days:
        found.subtract(counted(day, day))
    if services:
        found.subtract(counted(first, last, services))
        for day in days:
            found.update(counted(day, day, services))
    return found


def next_steps(store, offices: list[str], asked: Asked, facts: Facts, start: int, end: int) -> dict:
    """`{with_date, kept}`: of the visits passed on, those that ended with a date by which something happens; and of the
    dates that fell in the period and are over, those that were kept by then."""
    due = met = 0
    for office in offices:
        count, kept = store.dates_due(office, start, end, asked.services)
        due, met = due + count, met + kept
    passed_on = (facts["outcome"] == PASSED_ON) & ~facts.flag("excluded")
    return {
        "with_date": measures.share((passed_on & facts.flag("dated")).sum(), passed_on.sum()),
        "kept": measures.share(met, due),
    }


def use(facts: Facts) -> dict:
    """`{open_ms, breaks_ms, serving_ms, share}` of all desks together; the share is serving of open less breaks."""
    open_ms, breaks_ms, serving_ms = (int(facts[name].sum()) for name in ("use_open", "use_breaks", "use_serving"))
    at_work = open_ms - breaks_ms
    share = min(1.0, serving_ms / at_work) if at_work > 0 else None
    return {"open_ms": open_ms, "breaks_ms": breaks_ms, "serving_ms": serving_ms, "share": share}


def quality(store, offices: list[str], facts: Facts, start: int, end: int) -> dict:
    """`{share_inferred, share_auto_closed, share_without_outcome, outages, clock_steps}`."""
    there = (facts["fate"] != RECENT) & ~facts.flag("excluded")
    n, ended = int(there.sum()), int((there & (facts["outcome"] > 0)).sum())
    unsaid = int((there & facts.flag("unsaid")).sum())
    seen = there & (facts["fate"] <= 1)
    n_seen = int(seen.sum())
    found = [one for office in offices for one in store.outages_between(office, start, end)]
    return {
        "share_inferred": int((seen & facts.flag("inferred")).sum()) / n_seen if n_seen else None,
        "share_auto_closed": int((there & facts.flag("auto_closed")).sum()) / n if n else None,
        "share_without_outcome": unsaid / (ended + unsaid) if ended + unsaid else None,
        "outages": sum(one["kind"] != "clock_step" for one in found),
        "clock_steps": sum(one["kind"] == "clock_step" for one in found),
    }
