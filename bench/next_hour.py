"""How right the chances are that staffing gives of the next hour, at the made-up offices of `bench/waits.py`: how often
the hour then came so. `python -m bench.next_hour` prints the row.
"""

import sys
from collections import deque
from collections.abc import Iterator, Sequence

from bench.table import Row, alone
from bench.waits import MINUTE, OFFICES, lived_at
from reception.estimate.floor import Floor
from reception.figures.judging import HIT, LEFT_IN_TIME, judge
from reception.figures.rules import rules_of
from reception.settings import Settings
from reception.staffing.hour_ahead import AHEAD, today
from reception.staffing.past import NOON
from reception.staffing.planning import goal_of
from reception.visit import Visit
from tests.staffing.rooms import FIRST, WEEKDAYS, behind

LEARNED, DAYS, HOURS = 40, 20, range(10, 17)  # days that only teach, days and times that are asked about
GROUPS, POINTS = 5, 15  # of eighty hours each: so few stray by ten by chance


def measure(days: int = DAYS) -> list[Row]:
    return [_row([chance for name in OFFICES for chance in chances(name, days)])]


def chances(name: str, days: int = DAYS) -> Iterator[tuple[float, bool]]:
    """Each time that it was asked: how likely it was said that the next hour misses the goal, and whether it did."""
    settings, lived = lived_at(name, LEARNED + days, "hour", first=FIRST, hours=WEEKDAYS)
    past, known = behind(settings, lived), {key: told for day in lived for key, told in day.told.items()}
    floor = Floor(settings, {day.day: day.appointments for day in lived}.get, lambda visit: known.get(visit, {}))
    for nth, day in enumerate(lived):
        steps, starts = deque(day.steps), past[nth].starts
        for at in [starts + hour * 60 * MINUTE for hour in HOURS] if nth >= LEARNED else ():
            while steps and steps[0].at <= at:
                floor.see(steps.popleft())
            floor.at = at
            snapshot = floor.snapshot()
            said = today(snapshot, past[:nth], settings, past[nth].day, starts).ahead[-1].chance
            here = {visit.id for visit in snapshot.line.waiting()}
            coming = range(at + 1, at + AHEAD[-1] * MINUTE + 1)
            hits, people = judged(settings, [one for one in day.visits if one.id in here or one.arrived_at in coming])
            if said is not None:
                yield said, hits < goal_of(settings) * people
        for step in steps:
            floor.see(step)


def judged(settings: Settings, visits: Sequence[Visit]) -> tuple[int, int]:
    """Hits, and all who are judged, at the day's end."""
    rules = rules_of(settings)
    fates = [judge(visit, (), rules, visit.arrived_at + 2 * NOON).fate for visit in visits]
    return fates.count(HIT), sum(fate < LEFT_IN_TIME for fate in fates)


def _row(found: list[tuple[float, bool]]) -> Row:
    """The least likely fifth, the next, and so on."""
    ranked = [sorted(found)[len(found) * nth // GROUPS : len(found) * (nth + 1) // GROUPS] for nth in range(GROUPS)]
    pairs = [[100 * sum(each) / len(group) for each in zip(*group, strict=True)] for group in ranked]
    said, came = (", ".join(f"{one:.0f}" for one in each) for each in zip(*pairs, strict=True))
    worst = max(abs(a - b) for a, b in pairs)
    measured = f"**{worst:.0f}** ({len(found)} asked: {said}% likely came in {came} of a hundred)"
    return Row(
        "staffing: how far the chance of the next hour is off, in points", f"≤ {POINTS}", measured, worst <= POINTS
    )


def main() -> int:
    about = f"{LEARNED} days to learn from at each office; those after are asked about."
    return alone("next_hour", __doc__, measure, about, days=DAYS)


if __name__ == "__main__":
    sys.exit(main())
