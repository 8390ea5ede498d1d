"""When managers are told, and when no more: thresholds and what is measured in, what begins and ends out.

Pure. An alert is told when its threshold has been passed for so long; again, after so long, only while nobody has said
that they see to it; and one that comes back soon after it was told is shown without a second word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from reception.identifiers import uuid7
from reception.room import Move
from reception.setting_parts.alerts import BELOW

MINUTE_MS = 60_000
Measured = Mapping[tuple[str, str], float]  # (what, subject) -> the value; the subject "" is the office


@dataclass(frozen=True, slots=True)
class Alert:
    """A row of `alerts`: a threshold (its `key`) that is passed, for a `subject` (a service, a desk, a device; "" the
    office). `told_at` is when somebody was told last, `seen_by` who sees to it."""

    table: ClassVar[str] = "alerts"
    keys: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    key: str
    subject: str
    value: float
    began_at: int
    told_at: int
    seen_at: int | None = None
    seen_by: str | None = None
    ended_at: int | None = None


def passed(thresholds: Iterable, measured: Measured) -> dict[tuple[str, str], float]:
    """(threshold's key, subject) -> value of each threshold that is passed now."""
    found = {}
    for one in thresholds:
        for (what, subject), value in measured.items():
            is_meant = subject == (one.service or "") if what not in ("paused", "device") else True
            if what == one.what and is_meant and _is_beyond(one, value):
                found[one.key, subject] = value
    return found


def _is_beyond(one, value: float) -> bool:
    if one.limit is None:
        return True
    return value < one.limit if one.what in BELOW else value > one.limit


@dataclass(frozen=True, slots=True)
class Changed:
    """The moves to make, and of whom somebody is to be told now."""

    moves: tuple[Move, ...]
    tell: tuple[Alert, ...]


def changed(
    thresholds: Mapping[str, object],
    now_passed: Mapping[tuple[str, str], float],
    since: Mapping[tuple[str, str], int],
    standing: Iterable[Alert],
    told_before: Mapping[tuple[str, str], int],
    at: int,
) -> Changed:
    """What is to be done about the thresholds `now_passed`, each passed `since` an instant, where the alerts `standing`
    are; `told_before` says when somebody was last told of one that has ended."""
    moves, tell = [], []
    known = {(alert.key, alert.subject): alert for alert in standing}
    for where, alert in known.items():
        if where not in now_passed or alert.key not in thresholds:
            moves.append(Move("alert_over", alert, replace(alert, ended_at=at)))
        elif alert.seen_by is None and at - alert.told_at >= _ms(thresholds[alert.key].again_minutes):
            again = replace(alert, told_at=at, value=now_passed[where])
            moves.append(Move("alert_told", alert, again))
            tell.append(again)
    for where, value in now_passed.items():
        key, subject = where
        if where in known or at - since.get(where, at) < _ms(thresholds[key].for_minutes):
            continue
        before = told_before.get(where)
        quiet = before is not None and at - before < _ms(thresholds[key].again_minutes)
        alert = Alert(uuid7(at), key, subject, value, at, before if quiet else at)
        moves.append(Move("alert_began", None, alert))
        if not quiet:
            tell.append(alert)
    return Changed(tuple(moves), tuple(tell))


def _ms(minutes: float) -> int:
    return round(minutes * MINUTE_MS)
