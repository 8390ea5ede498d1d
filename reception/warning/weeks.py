"""How right warnings were, week by week: the misses of the figures, and of whom it was warned in time.

Visitors are judged as the figures judge them, so that both say the same. It changes nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from reception import hours
from reception.figures.asking import Asked
from reception.warning.quality import Quality, quality
from reception.warning.rows import became

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Week:
    """The days from `first` to `last`, both included; `last` is today at the latest."""

    first: date
    last: date
    quality: Quality


def weeks(figures, now: int, count: int = WEEKS) -> list[Week]:
    """The last weeks, from Monday on, the newest first; none before the day of the first warning ever."""
    return figures.apart(_weeks, now, count)


def _weeks(figures, now: int, count: int) -> list[Week]:
    with figures.look():
        since = figures.store.reader.execute(
            "SELECT min(warned_at) FROM warnings WHERE office = ?", (figures.office,)
        ).fetchone()[0]
        if since is None:
            return []
        begun, today, found = hours.local(since, figures.zone).date(), figures.today(now), []
        first = today - timedelta(days=today.weekday())
        while len(found) < count and first + timedelta(days=6) >= begun:
            start, end = max(first, begun), min(first + timedelta(days=6), today)
            found.append(Week(start, end, _quality(figures, start, end, now)))
            first -= timedelta(days=7)
        return found


def _quality(figures, first: date, last: date, now: int) -> Quality:
    from reception.figures.behind import counted

    facts = figures.lazy_facts(Asked(first, last), now)
    came: dict[int, list[str]] = defaultdict(list)  # instant of arrival -> fates of who came then
    for fate, what in (("missed", "misses"), ("kept", "hits")):
        for at in facts["arrived"][counted(facts, what)].tolist():
            came[at].append(fate)
    fates, left = [], {}
    walk_ms = figures.settings.promise.walking_allowance_seconds * 1000
    for visit, warned_at, target_at in _warned(figures, first, last):
        likely = became(visit, target_at)
        fate = _taken(came[visit.arrived_at], likely)
        fates.append((visit.id, fate or (likely and "left")))
        left[visit.id] = target_at - walk_ms - warned_at
    others = [fate for those in came.values() for fate in those]
    return quality([*fates, *((f"{nth} not warned of", fate) for nth, fate in enumerate(others))], left)


def _warned(figures, first: date, last: date):
    """(visit, when it was warned of them, their target) of those days."""
    start, end = (hours.day_bounds(day.isoformat(), figures.zone)[which] for which, day in enumerate((first, last)))
    rows = figures.store.reader.execute(
        "SELECT warnings.visit, warned_at, target_at FROM warnings JOIN visits ON visits.id = warnings.visit"
        " WHERE warnings.office = ? AND visits.office = warnings.office AND arrived_at >= ? AND arrived_at < ?",
        (figures.office, start, end),
    )
    for key, warned_at, target_at in rows.fetchall():
        yield figures.store.visit(figures.office, key), warned_at, target_at


def _taken(fates: list[str], likely: str | None) -> str | None:
    """The fate of one who came at an instant; of several who came then, the likely one. None: not judged."""
    if not fates or likely == "left":
        return None
    fate = likely if likely in fates else fates[0]
    fates.remove(fate)
    return fate
