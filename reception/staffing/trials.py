"""Rosters tried on the same simulated days: how many are seen in time, with a range.

A roster with more desks is never said to be worse than the same with fewer (`than`): nobody has to use the one more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reception.staffing.demand import PARTS
from reception.staffing.drawing import Drawing
from reception.staffing.playing import HIT, MISS, NOT_JUDGED, Comer, Post, Rules, play
from reception.staffing.shapes import Share

TRIALS = 150
AGAIN = 400  # as many days as the log rests on, drawn so often from the simulated ones
RANGE = 5, 95  # per cent


@dataclass(frozen=True, slots=True)
class Run:
    """`hits` and `judged`: a row a simulated day, a column a half hour. `missed`: (half hour, service) -> how many."""

    hits: np.ndarray
    judged: np.ndarray
    missed: np.ndarray
    days: int
    than: "Run | None" = None  # with fewer desks

    def share(self, parts: Sequence[int] | None = None) -> Share:
        """Of those who come in these half hours of the day, or in all."""
        own = self._share(slice(None) if parts is None else list(parts))
        fewer = self.than.share(parts) if self.than else own
        return fewer if own.share is None or (fewer.share or 0.0) > own.share else own

    def shares(self) -> np.ndarray:
        """By half hour; nan where nobody is judged."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.hits.sum(axis=0) / self.judged.sum(axis=0)

    def _share(self, parts) -> Share:
        hits, judged = self.hits[:, parts].sum(axis=1), self.judged[:, parts].sum(axis=1)
        if not judged.sum():
            return Share(days=self.days)
        again = np.random.default_rng(1).integers(len(hits), size=(AGAIN, max(1, self.days)))
        found = judged[again].sum(axis=1)
        ranged = hits[again].sum(axis=1)[found > 0] / found[found > 0]
        low, high = np.percentile(ranged, RANGE)
        share = hits.sum() / judged.sum()
        return Share(float(share), float(min(low, share)), float(max(high, share)), float(judged.mean()), self.days)


class Trials:
    """The simulated days of one day of the office; `run` plays a roster on all of them."""

    def __init__(self, days: list[list[Comer]], rules: Rules, rests_on: int):
        self.days, self.rules, self.rests_on = days, rules, rests_on
        self.services = sorted({comer.service for day in self.days for comer in day})
        codes = {service: nth for nth, service in enumerate(self.services)}
        self._parts = [np.array([comer.part for comer in day], dtype=np.intp) for day in self.days]
        counts = (np.bincount(parts, minlength=PARTS) for parts in self._parts)
        self.people = sum(counts, np.zeros(PARTS)) / max(1, len(days))  # in each half hour, on an average day
        self._codes = [np.array([codes[comer.service] for comer in day], dtype=np.intp) for day in self.days]

    @classmethod
    def drawn(cls, drawing: Drawing, rules: Rules, count: int = TRIALS) -> "Trials":
        return cls([drawing.comers(nth) for nth in range(count)], rules, drawing.demand.days)

    def run(self, posts: tuple[Post, ...], than: Run | None = None) -> Run:
        hits, judged = np.zeros((2, len(self.days), PARTS))
        missed = np.zeros((PARTS, max(1, len(self.services))))
        for nth, day in enumerate(self.days):
            fates = np.frombuffer(play(day, posts, self.rules), dtype=np.uint8)
            parts = self._parts[nth]
            hits[nth] = np.bincount(parts[fates == HIT], minlength=PARTS)
            judged[nth] = np.bincount(parts[fates != NOT_JUDGED], minlength=PARTS)
            is_miss = fates == MISS
            np.add.at(missed, (parts[is_miss], self._codes[nth][is_miss]), 1)
        return Run(hits, judged, missed, self.rests_on, than)
