"""A small corrector that learns, from the first day on, how far off the simulation was here: a straight line through
what stood in the room (ridge), and nothing about a person.

It is judged beside the simulation every day, and answers in its place only once it was nearer for ten days; it gives
back when it falls behind.
"""

from collections import deque

import numpy as np

LIMIT = 1.2  # widths of an answer: no shift goes further
DAYS, NEARER, MOST = 10, 0.98, 7  # so many days, so much nearer on all of them together, nearer on so many of them
A_DAY = 10  # answers: with fewer, a day is judged together with the next
RIDGE, FADE = 20.0, 0.98
NAMES = (
    *("always", "hour", "hour squared", "waiting", "busy for", "free desks", "silent", "pace", "breaks"),
    *("median", "width", "skew", "booked", "free"),
)


class Corrector:
    """`shift` is what it would add to an answer, in the answer's widths. It changes from day to day only."""

    def __init__(self):
        self.products, self.sums = np.zeros((len(NAMES), len(NAMES))), np.zeros(len(NAMES))
        self.days: deque[tuple[float, float]] = deque(maxlen=DAYS)  # minutes off: the simulation's, its own
        self.today = [0.0, 0.0, 0]
        self.in_charge = False
        self._slopes = np.zeros(len(NAMES))

    def shift(self, features: np.ndarray) -> float:
        return float(np.clip(features @ self._slopes, -LIMIT, LIMIT))

    def learn(self, features: np.ndarray, off: float) -> None:
        self.products += np.outer(features, features)
        self.sums += features * max(-LIMIT, min(LIMIT, off))

    def judge(self, simulation: float, own: float) -> None:
        """How many minutes an answer of each was off."""
        self.today = [self.today[0] + simulation, self.today[1] + own, self.today[2] + 1]

    def end_day(self) -> None:
        if self.today[2] >= A_DAY:
            self.days.append((self.today[0], self.today[1]))
            self.today = [0.0, 0.0, 0]
            self.in_charge = self._is_to_answer()
        self.products *= FADE
        self.sums *= FADE
        self._solve()

    def _is_to_answer(self) -> bool:
        simulation, own = (sum(day[who] for day in self.days) for who in (0, 1))
        if self.in_charge:
            return own <= simulation
        nearer = sum(own < simulation for simulation, own in self.days)
        return len(self.days) == DAYS and nearer >= MOST and own <= NEARER * simulation

    def _solve(self) -> None:
        self._slopes = np.linalg.solve(self.products + RIDGE * np.eye(len(NAMES)), self.sums)

    # -- keeping ------------------------------------------------------------------------------------------------

    def told(self) -> dict:
        days, today = [list(day) for day in self.days], list(self.today)
        sums = {"names": list(NAMES), "products": self.products.tolist(), "sums": self.sums.tolist()}
        return {**sums, "days": days, "today": today, "in_charge": self.in_charge}

    @classmethod
    def of(cls, told: dict | None) -> "Corrector":
        """From what was told; what knew other features begins anew."""
        found = cls()
        if told and tuple(told["names"]) == NAMES:
            found.products, found.sums = np.array(told["products"]), np.array(told["sums"])
            found.days.extend(map(tuple, told["days"]))
            found.today, found.in_charge = list(told["today"]), told["in_charge"]
            found._solve()
        return found
