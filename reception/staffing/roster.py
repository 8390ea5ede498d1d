"""Which desks are there when: by the settings, with a manager's what-ifs; as they were on a past day; or so many of
each kind in each half hour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from reception.line import Takes
from reception.settings import Settings
from reception.staffing.demand import PART, PARTS
from reception.staffing.past import PastDay, Span
from reception.staffing.playing import Post
from reception.staffing.shapes import Changes
from reception.staffing.taught import absences

MINUTE = 60_000
NONE = Changes()
Grid = Mapping[tuple[int, int], int]  # (half hour of the day, kind) -> how many desks


def by_settings(settings: Settings, spans: Sequence[Span], changes: Changes = NONE) -> tuple[Post, ...]:
    """Every desk whenever the office is open, but for its breaks."""
    lunches, skills = dict(changes.lunches), changes.skills
    posts = []
    for desk in settings.desks:
        takes = settings.line_rules.desks[desk.key]
        takes = replace(takes, main=takes.main | {service for key, service in skills if key == desk.key})
        breaks = sorted((_of_day(start), _of_day(end) or PARTS * PART) for start, end in desk.breaks)
        if breaks and desk.key in lunches:
            moved = lunches[desk.key] * MINUTE
            breaks[0] = moved, moved + breaks[0][1] - breaks[0][0]
        within = [one for start, end in sorted(breaks) for one in _within((start, end), spans)]
        posts.append(Post(takes, tuple(spans), tuple(within), desk.key))
    if changes.desks < 0:
        return tuple(posts[: changes.desks])
    more = Post(everything(settings), tuple(spans))
    return tuple(posts) + (more,) * changes.desks


def opened(spans: Sequence[Span], changes: Changes) -> list[Span]:
    """The opening times, the first so much earlier."""
    return [(max(0, start - (0 if nth else changes.earlier * MINUTE)), end) for nth, (start, end) in enumerate(spans)]


def really(day: PastDay, settings: Settings) -> tuple[Post, ...]:
    """The desks as they were there on a past day; without the long silences about their breaks' times."""
    away = absences(day, settings)
    return tuple(
        Post(settings.line_rules.desks[key], _without(spans, away.get(key, ()), day.closes), key=key)
        for key, spans in sorted(day.there.items())
        if key in settings.line_rules.desks
    )


def kinds(settings: Settings) -> tuple[list[tuple[Takes, str]], list[int]]:
    """What desks there are, by what they take: each once, with the first desk that is so; and how many are. Desks that
    take nothing are none."""
    found: dict[Takes, list[str]] = {}
    for key, takes in settings.line_rules.desks.items():
        if takes.main or takes.helps:
            found.setdefault(replace(takes, has=frozenset()), []).append(key)
    return [(takes, keys[0]) for takes, keys in found.items()], [len(keys) for keys in found.values()]


def everything(settings: Settings) -> Takes:
    return Takes(frozenset(settings.service))


def is_pooled(settings: Settings) -> bool:
    """Whether every desk serves everything, so that only how many there are matters."""
    return all(takes == everything(settings) for takes, _key in kinds(settings)[0])


def of_grid(grid: Grid, known: Sequence[tuple[Takes, str]], spans: Sequence[Span]) -> tuple[Post, ...]:
    """So many desks of each kind in each half hour: each stays as long as it is needed without a gap."""
    posts = []
    for kind, (takes, key) in enumerate(known):
        counts = {part: count for (part, of), count in grid.items() if of == kind}
        for nth in range(max(counts.values(), default=0)):
            parts = sorted(part for part, count in counts.items() if count > nth)
            if found := _stretches(parts, spans):
                posts.append(Post(takes, found, key=key))
    return tuple(posts)


def there(posts: Sequence[Post], part: int) -> float:
    """How many desks are there in a half hour: to the half of a desk."""
    start, end = part * PART, (part + 1) * PART
    total = 0
    for post in posts:
        total += sum(_overlap(span, (start, end)) for span in post.spans)
        total -= sum(_overlap((begins, begins + length), (start, end)) for begins, length in post.breaks)
    return round(2 * total / PART) / 2


def _within(away: Span, spans: Sequence[Span]) -> list[Span]:
    """A break as (from, length), from the opening on if it begins before; none while the office is closed."""
    start, end = away
    return [(max(start, a), end - max(start, a)) for a, b in spans if start < b and a < end][:1]


def _stretches(parts: Sequence[int], spans: Sequence[Span]) -> tuple[Span, ...]:
    found: list[list[int]] = []
    for part in parts:
        start, end = part * PART, (part + 1) * PART
        if found and found[-1][1] == start:
            found[-1][1] = end
        else:
            found.append([start, end])
    clipped = [(max(start, a), min(end, b)) for start, end in found for a, b in spans]
    return tuple((start, end) for start, end in clipped if start < end)


def _without(spans: Sequence[Span], gaps: Sequence[Span], closes: int) -> tuple[Span, ...]:
    found = []
    for start, end in spans:
        since = start
        for gone, back in sorted(gaps):
            if since <= gone and back <= end:
                found.append((since, gone))
                since = back
        found.append((since, end))
    return tuple((start, min(end, closes)) for start, end in found if start < min(end, closes))


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _of_day(wall: time) -> int:
    return round((datetime.combine(date.min, wall) - datetime.min).total_seconds() * 1000)
