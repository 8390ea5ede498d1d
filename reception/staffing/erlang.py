"""Erlang's formula for desks that all serve everything: how many are seen in time, and how many desks that takes.

People come at random at a steady rate and visits differ as exponential ones do. Rates are per minute, times minutes.
"""

import math
from collections.abc import Sequence

MOST = 200  # desks: beyond, an office is several


def chance_to_wait(desks: int, load: float) -> float:
    """Erlang C, at `load` desks' worth of work; 1 where that is as much as the desks can do, or more."""
    if load <= 0:
        return 0.0
    if load >= desks:
        return 1.0
    lost = 1.0  # Erlang B, desk by desk
    for nth in range(1, desks + 1):
        lost = load * lost / (nth + load * lost)
    return desks * lost / (desks - load * (1 - lost))


def share_within(desks: int, rate: float, minutes: float, within: float) -> float:
    """Of those who come, how many wait no longer than `within`; none where more come than the desks can help."""
    load = rate * minutes
    if load >= desks:
        return 0.0 if load > 0 else 1.0
    return 1 - chance_to_wait(desks, load) * math.exp(-(desks - load) * max(0.0, within) / minutes)


def share_on(desks: int, rates: Sequence[float], minutes: float, within: float) -> float:
    """The same over days that differ: as likely one rate as another. Full days count for all who come on them."""
    people = sum(rates)
    if not people:
        return 1.0
    return sum(rate * share_within(desks, rate, minutes, within) for rate in rates) / people


def desks_for(goal: float, rates: Sequence[float], minutes: float, within: float, most: int = MOST) -> int | None:
    """The fewest desks that keep the goal; None where not even `most` do."""
    return next((desks for desks in range(1, most + 1) if share_on(desks, rates, minutes, within) >= goal), None)
