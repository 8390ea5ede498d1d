"""What somebody may be told of their wait: the estimate, rounded as people say it.

Pure, and values only: the words are `reception/web/expected.py`'s. A range always holds its own "by", and what was said
once stands until it is five minutes off: nobody watches a countdown, or a time that flickers.
"""

import math
from dataclasses import dataclass

from reception.estimate import Expectation
from reception.estimate.history import MINUTE

STEP = 5  # minutes: the step of what is said, and how far it has to be off before it is said anew
SHORT = 10  # minutes: up to here the time of the call is said to the minute
STEPS = ((30, 5), (60, 10), (math.inf, 15))  # the high end goes up to the next so many minutes
LONG, WIDE = 45, 30  # minutes from which on somebody had better come back, or book


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody may be told of their wait, rounded as people say it."""

    key: str  # "within" (P90 within the target) | "range" | "from" (no telling by when) | "no_number"
    at: int  # UTC ms of the estimate ("updated 10:41")
    low: int | None = None  # minutes, down to the 5 below
    high: int | None = None  # minutes, up to the next 5 (10 above 30, 15 above 60)
    by_at: int | None = None  # UTC ms: "We expect to call you by 10:50"
    opens_at: int | None = None  # for "no_number": when a desk is likely to open
    learning: bool = False
    offer: bool = False  # long or wide: offer to come back or to book
    ahead: int = 0  # those who compete for the same desks
    booked_first: bool = False  # somebody booked may be called first
    later: bool = False  # than they were told, last or first
    why: str | None = None  # key of why it is later


def promised(promise) -> dict[str, int]:
    """What `said` has to know of the office's promise (settings.promise)."""
    return {"target_ms": promise.target_seconds * 1000, "walk_ms": promise.walking_allowance_seconds * 1000}


def said(
    expectation: Expectation,
    *,
    at: int,
    target_ms: int,
    walk_ms: int = 0,
    ahead: int = 0,
    booked_first: bool = False,
    before: int | None = None,
    first: int | None = None,
    slipped: bool = False,
) -> Said:
    """`at` is the estimate's instant; `before` and `first` the times by which they were last and first told to be
    called, `slipped` whether the last was a delay. A new time is said once the old one has passed, or is `STEP` minutes
    off."""
    rest = {"ahead": ahead, "booked_first": booked_first, "learning": expectation.learning}
    if expectation.high is None:
        rest["later"] = before is not None and expectation.served
        if expectation.low is None:
            return Said("no_number", at, opens_at=expectation.opens_at, **rest)
        return Said("from", at, _down(expectation.low / MINUTE), offer=True, **rest)
    by_at = _by(at, at + expectation.high, before)
    low, minutes = _down(expectation.low / MINUTE), (by_at - at) / MINUTE
    rest["later"] = bool(
        before and (by_at > before or by_at == before and slipped) or first and by_at >= first + STEP * MINUTE
    )
    if expectation.high + walk_ms <= target_ms and by_at - at <= target_ms:
        return Said("within", at, 0, math.ceil(target_ms / MINUTE), by_at, **rest)
    high = _up(minutes)
    low = min(low, _down(minutes), high - STEP)  # "5 to 5 minutes" is no range
    return Said("range", at, low, high, by_at, offer=high >= LONG or high - low >= WIDE, **rest)


def _by(at: int, expected: int, before: int | None) -> int:
    """An earlier time is said once it is `STEP` minutes earlier however it is rounded, lest it goes to and fro."""
    step = (1 if expected - at <= SHORT * MINUTE else STEP) * MINUTE  # of the clock
    found = math.ceil(expected / step) * step
    if before is None or expected <= before - STEP * MINUTE - step:
        return found
    if at < before and expected < before + STEP * MINUTE:
        return before
    return max(found, before + STEP * MINUTE)


def _down(minutes: float) -> int:
    return max(0, math.floor(minutes / STEP) * STEP)


def _up(minutes: float) -> int:
    step = next(step for until, step in STEPS if minutes <= until)
    return max(STEP, math.ceil(minutes / step) * step)
