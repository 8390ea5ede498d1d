"""What is measured beside waits: appointments, next steps, the use of desks, and what the figures do not know.

Rows in, figures out. Each is of the period asked for; appointments and next steps know no desk, channel or language.
"""

from collections import Counter
from collections.abc import Sequence

from reception.figures import measures
from reception.figures.asking import Asked
from reception.figures.sums import USE, Sums, counted, times


def appointments(store, spans: dict[str, list], asked: Asked, parts: Sequence[Sums]) -> dict:
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
    found = counted(parts)
    return {
        "booked": sum(states.values()) - states["cancelled"],
        "arrived": attended,
        "not_attended": missed,
        "share_not_attended": missed / (attended + missed) if attended + missed else None,
        "punctual": measures.share(found["punctual"], found["booked"]),
        "delay": measures.duration(times(parts, "delay")),
        "early": measures.duration(times(parts, "early")),
    }


def _states(store, office: str, asked: Asked, first: str, last: str, rules) -> Counter:
    """State -> how many appointments of a stretch under the same rules; those of excluded services and days are taken
    off, which are few."""

    def many(start: str, end: str, services=asked.services) -> Counter:
        return Counter(store.appointments_counted(office, start, end, services))

    found = many(first, last)
    services = [one for one in rules.exclude_services if not asked.services or one in asked.services]
    days = [day for day in rules.exclude_days if first <= day <= last]
    for day in days:
        found.subtract(many(day, day))
    if services:
        found.subtract(many(first, last, services))
        for day in days:
            found.update(many(day, day, services))
    return found


def next_steps(store, offices: list[str], asked: Asked, parts: Sequence[Sums], start: int, end: int) -> dict:
    """`{with_date, kept}`: of the visits passed on, those that ended with a date by which something happens; and of the
    dates that fell in the period and are over, those that were kept by then."""
    due = met = 0
    for office in offices:
        count, kept = store.dates_due(office, start, end, asked.services)
        due, met = due + count, met + kept
    found = counted(parts)
    return {
        "with_date": measures.share(found["passed_on_dated"], found["passed_on"]),
        "kept": measures.share(met, due),
    }


def use(parts: Sequence[Sums]) -> dict:
    """`{open_ms, breaks_ms, serving_ms, share}` of all desks together; the share is serving of open less breaks."""
    found = counted(parts)
    open_ms, breaks_ms, serving_ms = (found[name] for name in USE)
    at_work = open_ms - breaks_ms
    share = min(1.0, serving_ms / at_work) if at_work > 0 else None
    return {"open_ms": open_ms, "breaks_ms": breaks_ms, "serving_ms": serving_ms, "share": share}


def quality(store, offices: list[str], parts: Sequence[Sums], total: dict, start: int, end: int) -> dict:
    """`{share_inferred, share_auto_closed, share_without_outcome, outages, clock_steps}`."""
    many = counted(parts)
    n, unsaid = many["counted"], total["without_outcome"]
    ended = many["with_outcome"] + unsaid
    found = [one for office in offices for one in store.outages_between(office, start, end)]
    return {
        "share_inferred": total["share_inferred"],
        "share_auto_closed": total["auto_closed"] / n if n else None,
        "share_without_outcome": unsaid / ended if ended else None,
        "outages": sum(one["kind"] != "clock_step" for one in found),
        "clock_steps": sum(one["kind"] == "clock_step" for one in found),
    }
