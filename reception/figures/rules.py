"""What figures are computed by (target, walking allowance, calendar, exclusions) and since when: last year's figures
keep last year's rules. Pure but for `History`, which is handed the rows.
"""

import json
from bisect import bisect_right
from dataclasses import asdict, dataclass, fields
from datetime import date, time, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256

from reception import hours
from reception.settings import Settings
from reception.visit import Visit

DEFINITIONS = 3  # the version of every definition in this folder; a change of meaning raises it
FIRST = "0001-01-01"  # the first rules ever noted hold for all that came before


@dataclass(frozen=True, slots=True)
class FigureRules:
    """Milliseconds, keys and ISO days. `hours` is the calendar: weekday -> spans such as "09:00-17:00"."""

    target_ms: int
    walk_ms: int
    come_back_ms: int  # who comes back so soon keeps the place
    punctual_ms: int  # an appointment begun so long after its time is on time
    zone: str
    nation: str
    hours: tuple[tuple[str, tuple[str, ...]], ...]
    closed_on: tuple[str, ...] = ()
    exclude_services: tuple[str, ...] = ()
    exclude_channels: tuple[str, ...] = ()
    exclude_days: tuple[str, ...] = ()
    return_days: int = 14  # who comes back about the same matter so soon was not answered at first contact

    def excludes(self, visit: Visit) -> bool:
        return (
            visit.first_service in self.exclude_services
            or visit.channel in self.exclude_channels
            or visit.day in self.exclude_days
        )

    def openings(self, at: int, zone) -> list[tuple[int, int]]:
        """When the office was open on the local day of an instant, as instants."""
        weekly = {day: [tuple(map(time.fromisoformat, span.split("-"))) for span in spans] for day, spans in self.hours}
        return hours.openings(at, zone, weekly, [date.fromisoformat(day) for day in self.closed_on])


def rules_of(settings: Settings) -> FigureRules:
    """The rules that the settings state now."""
    excluded, weekly = settings.figures.exclude, settings.hours.weekly
    return FigureRules(
        target_ms=settings.promise.target_seconds * 1000,
        walk_ms=settings.promise.walking_allowance_seconds * 1000,
        come_back_ms=round(settings.line.come_back_minutes * 60_000),
        punctual_ms=round(settings.figures.punctual_minutes * 60_000),
        zone=settings.office.timezone,
        nation=settings.office.nation,
        hours=tuple((day, tuple(f"{a:%H:%M}-{b:%H:%M}" for a, b in spans)) for day, spans in weekly.items()),
        closed_on=tuple(day.isoformat() for day in sorted(settings.hours.closed_on)),
        exclude_services=tuple(sorted(excluded.services)),
        exclude_channels=tuple(sorted(excluded.channels)),
        exclude_days=tuple(day.isoformat() for day in sorted(excluded.days)),
        return_days=settings.figures.return_days,
    )


@dataclass(frozen=True)
class History:
    """An office's rules by the day from which each holds (ISO, rising). It is never empty."""

    rows: tuple[tuple[str, FigureRules], ...]

    @cached_property
    def _days(self) -> list[str]:
        return [day for day, _rules in self.rows]

    def on(self, day: str) -> FigureRules:
        """The rules in force on an ISO day; the first ones also before they were noted."""
        return self.rows[max(0, bisect_right(self._days, day) - 1)][1]

    def between(self, first: date, last: date) -> list[tuple[str, FigureRules]]:
        """Those in force in a period, each with the day (not before `first`) from which it holds there."""
        start, end = first.isoformat(), last.isoformat()
        found = [(start, self.on(start))]
        return found + [(day, rules) for day, rules in self.rows[1:] if start < day <= end]

    def spans(self, first: date, last: date) -> list[tuple[str, str, FigureRules]]:
        """The stretches of a period in which the same rules were in force: first and last ISO day, and the rules."""
        found = self.between(first, last)
        ends = [(date.fromisoformat(day) - timedelta(days=1)).isoformat() for day, _rules in found[1:]]
        return [(day, end, rules) for (day, rules), end in zip(found, [*ends, last.isoformat()], strict=True)]

    def basis(self, first: str, last: str) -> str:
        """What a kept span was measured by. One kept under another basis is not read."""
        rules = self.between(date.fromisoformat(first), date.fromisoformat(last))
        told = json.dumps([[day if number else "", packed(one)] for number, (day, one) in enumerate(rules)])
        return f"{DEFINITIONS} {sha256(told.encode()).hexdigest()[:16]}"


def told(day: str, rules: FigureRules) -> dict:
    """A row of the report's `rules`."""
    excluded = {name: list(getattr(rules, f"exclude_{name}")) for name in ("services", "channels", "days")}
    return {
        "from": day,
        "target_seconds": rules.target_ms // 1000,
        "walking_allowance_seconds": rules.walk_ms // 1000,
        "come_back_minutes": rules.come_back_ms // 60_000,
        "punctual_minutes": rules.punctual_ms // 60_000,
        "return_days": rules.return_days,
        "excluded": excluded,
    }


@lru_cache(64)  # it is asked for each kept span
def packed(rules: FigureRules) -> str:
    """As text for keeping, always the same of the same rules."""
    return json.dumps(asdict(rules), sort_keys=True, separators=(",", ":"))


def unpacked(text: str) -> FigureRules:
    """What `packed` made; a rule that came later has the default it had before."""
    held = json.loads(text)
    known = {field.name for field in fields(FigureRules)}
    return FigureRules(**{name: _frozen(value) for name, value in held.items() if name in known})


def _frozen(value):
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
