"""The fewest desks, half hour by half hour, that keep the goal on simulated days: for offices where it matters which
desk is there.

It begins with every desk that the office has. One is added where the goal is missed by most people, of the kind that
serves most of those; then every desk that is not needed after all is taken away. One beyond the office's own is asked
for only where all of those are there, and in each half hour some desk takes each service that people come for then.
A half hour is given up only where not even a crowd would save it, or other kinds of desks about then do not either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter

import numpy as np

from reception.line import Takes
from reception.staffing.past import Span
from reception.staffing.playing import Post
from reception.staffing.roster import Grid, of_grid
from reception.staffing.trials import Run, Trials

STEPS = 200  # at most, while adding
SELDOM = 0.05  # people a half hour: for a service that fewer come for, nobody needs to be there
REACH = 3  # half hours: who waits came in one of the last
WIDE = 16  # arrangements kept while several half hours are arranged anew: of so few, each there is is tried
PATIENCE = 200  # rosters tried, in all, while doing so: how long an office that has too few may take
HELPS = 0.9  # a service that a desk only helps with counts a little less


@dataclass(frozen=True, slots=True)
class Found:
    """`grid` is the desks; `missed`: the half hours in which not even `most` desks keep the goal."""

    grid: Grid
    missed: frozenset[int]
    posts: tuple[Post, ...]
    run: Run


class Search:
    """`kinds` are (what such a desk takes, a desk's key) and `own` how many of each the office has; `parts` the half
    hours that it is open. `most` desks are tried at once."""

    def __init__(self, trials: Trials, kinds: Sequence[tuple[Takes, str]], own: Sequence[int], parts: Sequence[int],
                 spans: Sequence[Span], goal: float, most: int):  # fmt: skip
        self.trials, self.kinds, self.own, self.parts, self.spans = trials, kinds, own, list(parts), spans
        self.goal, self.most = goal, most
        self.expected = self._expected()
        self.missed: set[int] = set()
        self.patience = PATIENCE
        self.narrow_first = sorted(range(len(kinds)), key=lambda nth: (len(_all(kinds[nth][0])), -nth))

    def find(self) -> Found:
        grid = {(part, kind): count for part in self.parts for kind, count in enumerate(self.own)}
        hopeless = self._hopeless()
        for _step in range(STEPS):
            run = self._run(grid)
            if not self._add(grid, run, hopeless):
                break
        self.missed = set()
        self.missed = set(self._short(self._run(grid)))  # what was done elsewhere may have helped
        self._take_away(grid)
        return Found(grid, frozenset(self.missed), self._posts(grid), self._run(grid))

    def holds(self, grid: Grid) -> bool:
        """Whether the goal is kept in every half hour, and each service served."""
        covered = all(not self._uncovered(grid, part) for part in self.parts)
        return covered and not self._short(self._run(grid))

    # -- helpers ------------------------------------------------------------------------------------------------

    def _hopeless(self) -> set[int]:
        """The half hours that miss the goal even with `most` desks of each kind, who see everybody at once."""
        crowd = {(part, kind): self.most for part in self.parts for kind in range(len(self.kinds))}
        days = [[comer._replace(notice=0) for comer in day] for day in self.trials.days]
        return set(self._short(Trials(days, self.trials.rules, self.trials.rests_on).run(self._posts(crowd))))

    def _add(self, grid: dict, run: Run, hopeless: set[int]) -> bool:
        """A desk where most people miss the goal, and elsewhere where it is missed nearly as badly."""
        short = self._short(run)
        worst, done = max(short.values(), default=0), []
        for part in sorted(short, key=short.get, reverse=True):
            if short[part] < worst / 2 or any(abs(part - other) < 2 for other in done):
                continue
            done.append(part)
            where = self._room_for_one_more(grid, part)
            if where is None:
                if part in hopeless or not self._arrange(grid, part, sum(short.values())):
                    self.missed.add(part)
            else:
                kind = self._serving(run.missed[part])
                grid[where, kind] = grid.get((where, kind), 0) + 1
        return bool(done)

    def _arrange(self, grid: dict, part: int, lacking: float) -> bool:
        """Where there is no room: other kinds of desks, about then, if fewer people then miss the goal. Several half
        hours at once, since one alone may make it worse."""
        tried = [(lacking, grid)]
        for at in [one for one in reversed(self.parts) if part - REACH <= one <= part + 1]:
            others = [other for _lack, one in tried for other in self._otherwise(one, at)][: max(0, self.patience)]
            self.patience -= len(others)
            found = ((sum(self._short(self._run(other)).values()), other) for other in others)
            tried = sorted([*tried, *found], key=itemgetter(0))[:WIDE]
            if tried[0][0] < lacking - 1e-9:
                grid.update(tried[0][1])
                return True
        return False

    def _otherwise(self, grid: Grid, part: int) -> Iterator[Grid]:
        """One desk more in a half hour that has room, or another kind in the place of one beyond the office's own."""
        kinds = range(len(self.kinds))
        has_room = self._count(grid, part) < self.most
        for gone, comes in product([None] if has_room else kinds, kinds):
            if gone is None:
                yield {**grid, (part, comes): grid[part, comes] + 1}
            elif gone != comes and grid[part, gone] > self.own[gone]:
                yield {**grid, (part, gone): grid[part, gone] - 1, (part, comes): grid[part, comes] + 1}

    def _room_for_one_more(self, grid: Grid, part: int) -> int | None:
        """The half hour itself, else the last before it that is not full: who waits may have come then."""
        while part in self.parts and self._count(grid, part) >= self.most:
            part -= 1
        return part if part in self.parts else None

    def _take_away(self, grid: dict) -> None:
        """Whatever is not needed, the half hours with most in hand first; of a half hour's desks first those that serve
        least."""
        slack = self._run(grid).shares()
        for part in sorted(set(self.parts) - self.missed, key=lambda one: -np.nan_to_num(slack[one], nan=1.0)):
            for only_more in (True, False):
                for kind in self.narrow_first:
                    while self._can_do_without(grid, part, kind, only_more):
                        grid[part, kind] -= 1

    def _can_do_without(self, grid: dict, part: int, kind: int, only_more: bool) -> bool:
        more = self._count(grid, part) > sum(self.own)
        if more != only_more or self._count(grid, part) == 1 or grid[part, kind] <= self.own[kind] * only_more:
            return False
        fewer = {**grid, (part, kind): grid[part, kind] - 1}
        return not (self._uncovered(fewer, part) - self._uncovered(grid, part)) and not self._short(self._run(fewer))

    def _short(self, run: Run) -> dict[int, float]:
        """By how many people, of all simulated days, each half hour misses the goal."""
        judged, hits = run.judged.sum(axis=0), run.hits.sum(axis=0)
        lacking = self.goal * judged - hits
        return {part: lacking[part] for part in self.parts if lacking[part] > 1e-9 and part not in self.missed}

    def _serving(self, missed: np.ndarray) -> int:
        """The kind of desk that serves most of those who were missed; of two, the one that serves less besides."""

        def worth(nth: int) -> tuple:
            takes = self.kinds[nth][0]
            each = zip(self.trials.services, missed, strict=False)
            served = sum(count * ((one in takes.main) or HELPS * (one in takes.helps)) for one, count in each)
            return served, -len(_all(takes))

        return max(range(len(self.kinds)), key=worth)

    def _uncovered(self, grid: Grid, part: int) -> set[str]:
        there = [self.kinds[kind][0] for kind in range(len(self.kinds)) if grid.get((part, kind))]
        return self.expected[part] - set().union(*map(_all, there))

    def _expected(self) -> dict[int, set[str]]:
        """The services that people come for in each half hour and that any desk takes."""
        trials, able = self.trials, set().union(*(_all(takes) for takes, _key in self.kinds))
        counts: dict[tuple[int, str], int] = {}
        for day in trials.days:
            for comer in day:
                counts[comer.part, comer.service] = counts.get((comer.part, comer.service), 0) + 1
        enough = SELDOM * len(trials.days)
        return {part: {one for one in able if counts.get((part, one), 0) >= enough} for part in self.parts}

    def _count(self, grid: Grid, part: int) -> int:
        return sum(grid.get((part, kind), 0) for kind in range(len(self.kinds)))

    def _posts(self, grid: Grid) -> tuple[Post, ...]:
        return of_grid(grid, self.kinds, self.spans)

    def _run(self, grid: Grid) -> Run:
        return self.trials.run(self._posts(grid))


def keys_of(found: Found, kinds: Sequence[tuple[Takes, str]], part: int) -> Iterator[str]:
    """A desk's key for each one needed in a half hour."""
    for nth, (_takes, key) in enumerate(kinds):
        yield from [key] * found.grid.get((part, nth), 0)


def _all(takes: Takes) -> set[str]:
    return takes.main | takes.helps
