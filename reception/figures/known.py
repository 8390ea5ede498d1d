"""Which services, desks, channels, languages and needs can be asked for: those of the settings and those of any visit
that is recorded. So a slip of the pen is refused, and does not read as if nobody had come.

Without such a slip nothing is read. It measures nothing.
"""

from collections.abc import Iterable
from datetime import timedelta

from reception import hours
from reception.figures.asking import Asked
from reception.figures.kept import OfficeFacts
from reception.refusals import Refusal

CHANNELS = ("kiosk", "greeter", "desk", "api")
NOBODY_SAID = ""  # at no desk, or no language chosen
NEEDS_KNOWN = timedelta(days=3)  # before today: younger ones may not be kept apart from their visits yet


def refuse_unknown(figures, asked: Asked, now: int) -> None:
    """Refuses what neither the settings nor any visit of the offices that are asked about knows."""
    settings = figures.settings
    parts = {
        "service": (asked.services, [one.key for one in settings.services]),
        "desk": (asked.desks, [one.key for one in settings.desks]),
        "channel": (asked.channels, CHANNELS),
        "language": (asked.languages, settings.languages),
    }
    for part, (given, known) in parts.items():
        if set(given) - {*known, NOBODY_SAID}:
            _refuse(part, given, known, _recorded(figures, part, asked, now))
    known = [need.key for need in settings.needs]
    if asked.need and asked.need not in known:
        _refuse("need", [asked.need], known, _needs(figures, asked, now))


def _refuse(part: str, given: Iterable[str], known: Iterable[str], recorded: set[str]) -> None:
    there = [*known, *sorted(recorded - {*known, NOBODY_SAID})]
    for one in given:
        if one not in (*there, NOBODY_SAID):
            raise Refusal(f"figures_unknown_{part}", status=404, given=one[:40], there=", ".join(there) or "–")


def _recorded(figures, part: str, asked: Asked, now: int) -> set[str]:
    offices = [OfficeFacts(figures.store, one, figures.history(one)) for one in figures.offices_asked(asked)]
    return {word for office in offices for word in office.words_ever(part, now)}


def _needs(figures, asked: Asked, now: int) -> set[str]:
    found, since = set(), hours.day_bounds((figures.today(now) - NEEDS_KNOWN).isoformat(), figures.zone)[0]
    for office in figures.offices_asked(asked):
        found.update(figures.store.needs_kept(office))
        found.update(*(needs.split() for needs in figures.store.needs_on(office, since, now + 1).values()))
    return found
