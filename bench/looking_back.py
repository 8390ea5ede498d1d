"""How often staffing's advice is greyed out at made-up offices of two desks where nothing changed that the weeks before
did not say: then it is by chance. `python -m bench.looking_back` prints the row.
"""

import sys
from datetime import date, timedelta

from bench.next_hour import judged
from bench.table import Row, alone
from bench.waits import lived_at
from reception.staffing.looking_back import LIMIT, WEEKS, looked_back
from reception.staffing.shapes import BackTest
from tests.staffing.rooms import FIRST, WEEKDAYS, behind

BEFORE = 8  # weeks, that teach
OFFICES, GREYED = 60, 0.05  # offices, and how many of them may be greyed out


def measure(offices: int = OFFICES) -> list[Row]:
    return [_row([back_test(seed) for seed in range(1, offices + 1)])]


def back_test(seed: int) -> BackTest:
    settings, lived = lived_at("2 desks", 5 * (BEFORE + WEEKS), f"month {seed}", first=FIRST, hours=WEEKDAYS)
    past = behind(settings, lived)

    def happened(first: date, last: date) -> tuple[int, int]:
        return judged(settings, [visit for day in past if first <= day.day <= last for visit in day.visits])

    return looked_back(past, settings, FIRST + timedelta(weeks=BEFORE + WEEKS), happened)


def _row(found: list[BackTest]) -> Row:
    greyed, far = (sum(one.key in keys for one in found) for keys in (("off",), ("off", "chance")))
    mean = sum(one.off for one in found) / len(found)
    measured = f"**{greyed}** of {len(found)} ({far} off by more than {LIMIT:g} points; {mean:+.1f} on average)"
    return Row("staffing: greyed out where nothing changed", f"≤ {GREYED:.0%}", measured, greyed <= GREYED * len(found))


def main() -> int:
    about = f"{BEFORE} weeks to learn from, the {WEEKS} after foreseen week by week."
    return alone("looking_back", __doc__, measure, about, offices=OFFICES)


if __name__ == "__main__":
    sys.exit(main())
