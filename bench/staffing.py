"""How good staffing's search is: beside every roster there is on days so short that all can be tried, and whether one
desk more ever comes out worse. `python -m bench.staffing` alone prints these rows.
"""

import random
import sys
from itertools import product

from bench.table import Row, alone
from tests.staffing.rooms import NINE, post
from tests.staffing.small import OFFICES, SPANS, days, fewest, search

MINUTE = 60_000
SEEDS, ROSTERS = 3, 200
PEOPLE, GOALS = (30, 50, 70, 90), (0.6, 0.7, 0.8)
SERVICES = ("tax parking housing", "tax parking", "housing")


def measure(seeds: int = SEEDS, rosters: int = ROSTERS) -> list[Row]:
    return [_beside_all(seeds), _one_more(rosters)]


def _beside_all(seeds: int) -> Row:
    above, given_up = [], 0
    for name, a_day, goal, seed in product(OFFICES, PEOPLE, GOALS, range(1, seeds + 1)):
        asked = search(name, a_day, goal, seed=seed)
        found, best = asked.find(), fewest(search(name, a_day, goal, seed=seed))
        if best is not None and found.missed:
            given_up += 1
        elif best is not None:
            above.append((sum(found.grid.values()) - best) / 2)
    worst, exact = max(above), above.count(0)
    measured = f"**{worst:g}** ({exact} of {len(above)} exact; {given_up} given up with three desks in the room)"
    return Row("staffing: desk hours above the fewest of all rosters, at the worst", "≤ 1 a day", measured, worst <= 1)


def _one_more(rosters: int) -> Row:
    chance, trials = random.Random(1), days(50, 1)
    told, bare = [], []
    for _roster in range(rosters):
        roster = tuple(_post(chance) for _desk in range(chance.randint(1, 3)))
        before = trials.run(roster)
        more = (*roster, _post(chance))
        told.append(_points(before, trials.run(more, than=before)))
        bare.append(_points(before, trials.run(more)))
    measured = f"**{min(told):.1f} points** (of {rosters}; {min(bare):.1f} where it may not be left unused)"
    return Row("staffing: what one desk more gives, at the worst", "≥ 0", measured, min(told) >= 0)


def _post(chance: random.Random):
    start = NINE + chance.choice((0, 30, 60)) * MINUTE
    return post(chance.choice(SERVICES), spans=((start, SPANS[0][1]),))


def _points(before, after) -> float:
    return 100 * ((after.share().share or 0) - (before.share().share or 0))


def main() -> int:
    about = "Two hours of made-up days at offices of two desks, four half hours, up to three desks."
    return alone("staffing", __doc__, measure, about, seeds=SEEDS)


if __name__ == "__main__":
    sys.exit(main())
