"""How good estimates of waits and warnings are, at three made-up offices on days that they were never tuned on: rows of
the table.

Twenty days teach, the days after are judged, each seed another office and another month. `python -m bench.waits` alone
prints these rows.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

from bench.table import Row, limited, markdown, ms
from reception.estimate import Break, History, Snapshot, estimate
from reception.estimate.evaluating import OURS, Evaluation, evaluate
from reception.estimate.others import QueueLength, Typed
from reception.line import Line
from reception.settings import Settings
from reception.simulating import Day, Habits, simulate
from reception.things import Appointment, Desk
from reception.warning.quality import Quality
from reception.warning.replay import WarningReplay
from tests.builders import OFFICE_HOURS, TEN, office, visit

MINUTE = 60_000
FIRST, BURN_IN, JUDGED, SEEDS = date(2026, 3, 2), 20, 5, 20
SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A", "minutes": 6},
    {"key": "benefits", "name": "Benefits", "letter": "B", "minutes": 9},
    {"key": "housing", "name": "Housing", "letter": "C", "minutes": 12},
    {"key": "parking", "name": "Parking", "letter": "D", "minutes": 4},
]
POPULAR = {"tax": 5, "benefits": 3, "housing": 3, "parking": 2}


def _desk(key: int, services: str = "", helps: str = "", breaks: str = "", has: str = "") -> dict:
    lists = {"services": services.split(), "helps": helps.split(), "breaks": breaks.split(), "has": has.split()}
    return {"key": str(key), "name": f"Desk {key}", **lists}


OFFICES = {  # desks, how busy they are: by the errors of plain estimators as small, as middle and as large as councils'
    "2 desks": (
        [_desk(1, breaks="12:00-12:45", has="accessible"), _desk(2, "tax benefits parking", "housing", "13:00-13:45")],
        0.72,
    ),
    "4 desks": (
        [
            _desk(1, "tax parking", breaks="12:00-12:45"),
            _desk(2, "housing benefits", "tax", "12:45-13:30", "accessible"),
            _desk(3, breaks="13:30-14:15"),
            _desk(4, "benefits", "tax parking", "12:00-12:45"),
        ],
        0.86,
    ),
    "6 desks": (
        [
            _desk(1, "tax parking", breaks="11:45-12:30"),
            _desk(2, "tax parking benefits", breaks="12:30-13:15"),
            _desk(3, "housing", "tax", "13:15-14:00", "accessible"),
            _desk(4, "housing benefits", breaks="12:30-13:15"),
            _desk(5, breaks="11:45-12:30"),
            _desk(6, breaks="13:15-14:00", has="accessible"),
        ],
        0.9,
    ),
}


@dataclass(frozen=True)
class Found:
    """One office's errors and ranges over all seeds; minutes."""

    off: dict[str, float]
    queued: int
    held: float
    late: float


def judged(name: str, seed: str, burn_in: int = BURN_IN, days: int = JUDGED) -> tuple[Evaluation, Quality]:
    settings, lived = lived_at(name, burn_in + days, seed)
    bookings = {day.day: day.appointments for day in lived}
    known = {key: told for day in lived for key, told in day.told.items()}
    steps = (step for day in lived for step in day.steps)
    warned = WarningReplay(settings, burn_in)
    how = {"bookings": bookings.get, "known": lambda one: known.get(one, {}), "burn_in": burn_in}
    return evaluate(settings, steps, **how, beside=[warned]), warned.quality


def lived_at(name: str, days: int, seed: str, *, first: date = FIRST, hours=OFFICE_HOURS) -> tuple[Settings, list[Day]]:
    desks, busy = OFFICES[name]
    settings = office(hours=hours, services=SERVICES, desks=desks)
    habits = Habits(busy=busy, popular=POPULAR, booked=0.2)
    return settings, list(simulate(settings, first, days, habits=habits, seed=seed))


def measure(seeds: int = SEEDS, burn_in: int = BURN_IN, days: int = JUDGED, workers: int | None = None) -> list[Row]:
    """The rows of the table. Another `seeds` makes other offices more or less."""
    work = [(name, f"bench {seed}", burn_in, days) for name in OFFICES for seed in range(1, seeds + 1)]
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(judged, *zip(*work, strict=True)))
    by_office = {name: [found for found, (of, *_) in zip(answers, work, strict=True) if of == name] for name in OFFICES}
    offices = {name: _together([waits for waits, _warned in found]) for name, found in by_office.items()}
    warned = {name: sum((one for _waits, one in found), Quality()) for name, found in by_office.items()}
    return [*_rows(offices), *_warning_rows(warned), _speed()]


def _together(answers: list[Evaluation]) -> Found:
    names = answers[0].queued
    off = {}
    for name in names:
        scores = [scores[name] for one in answers for scores in (one.queued, one.at_once)]
        off[name] = sum(sum(map(abs, score.errors)) for score in scores) / sum(map(len, (s.errors for s in scores)))
    ours = [one.queued[OURS] for one in answers]
    count = sum(score.count for score in ours)
    held, late = (sum(getattr(score, what) for score in ours) / count for what in ("held", "late"))
    return Found({name: value / MINUTE for name, value in off.items()}, count, held, late)


def _rows(offices: dict[str, Found]) -> list[Row]:
    rows = []
    for name, found in offices.items():
        ours, plain = found.off[OURS], found.off[QueueLength.name]
        said = ", ".join(f"{what} {minutes:.2f}" for what, minutes in found.off.items() if what != OURS)
        measured = f"**{ours / plain:.2f}×** ({ours:.2f} min; {said})"
        rows.append(
            Row(f"waits at {name}: mean error beside {QueueLength.name}", "≤ 0.68×", measured, ours <= 0.68 * plain)
        )
    for name, found in offices.items():
        what = f"waits at {name}: P10–P90 held, of {found.queued:,} who queued"
        rows.append(Row(what, "74–88%", f"**{found.held:.1%}**", 0.74 <= found.held <= 0.88))
    mean = sum(found.held for found in offices.values()) / len(offices)
    rows.append(Row("waits, all three: P10–P90 held", "76–84%", f"**{mean:.1%}**", 0.76 <= mean <= 0.84))
    late = max(found.late for found in offices.values())
    rows.append(
        limited(
            "waits: called later than the P90 that was given, at the worst", "≤ 13%", late, 0.13, unit="{:.1%}".format
        )
    )
    return rows


def _warning_rows(offices: dict[str, Quality]) -> list[Row]:
    rows = []
    for name, found in offices.items():
        for what, least, share, of in (
            ("of those who missed the target, warned of in time", 0.95, found.recall, found.missed),
            ("of those, with two minutes left", 0.75, found.recall_early, found.missed),
            ("of warnings, right", 0.82, found.precision, found.foreseen + found.kept),
        ):
            held = share is not None and share >= least
            measured = f"**{share:.1%}** of {of:,}" if share is not None else "nobody"
            rows.append(Row(f"warnings at {name}: {what}", f"≥ {least:.0%}", measured, held))
    return rows


def _speed() -> Row:
    """An estimate of everybody at six desks with thirty waiting, in processor time."""
    snapshot, history, taken = full_room(), History({one["key"]: one["minutes"] for one in SERVICES}), []
    for seed in range(60):
        began = time.process_time()
        estimate(snapshot(), history, seed=seed)
        taken.append(time.process_time() - began)
    middle, slow = sorted(taken)[30], sorted(taken)[56]
    what = "waits of everybody, 6 desks and 30 waiting, processor time, p95"
    return limited(what, "≤ 5 ms", slow, 0.005, unit=ms, more=f" (p50 {ms(middle)})")


def full_room():
    """Makes the snapshot of a full lobby, anew each time as a server would."""
    desks, _busy = OFFICES["6 desks"]
    settings = office(hours=OFFICE_HOURS, services=SERVICES, desks=desks)
    keys = [one["key"] for one in SERVICES]
    waiting = [
        visit(id=f"v{nth}", service=keys[nth % 4], place=nth, arrived_at=TEN - (40 - nth) * MINUTE) for nth in range(30)
    ]
    states = {str(nth): Desk(str(nth), "open", "person:1", TEN - 90 * MINUTE) for nth in range(1, 7)}
    busy = {
        key: visit("serving", id=f"d{key}", service="tax", desk=key, last_called_at=TEN - int(key) * MINUTE)
        for key in states
    }
    bookings = [Appointment(f"b{nth}", f"b{nth}", "2026-03-02", "housing", TEN + nth * 15 * MINUTE) for nth in range(8)]
    breaks = [Break(key, TEN + 30 * MINUTE, TEN + 75 * MINUTE) for key in states]
    return lambda: Snapshot(
        Line(settings.line_rules, waiting, states, TEN, {}), busy=busy, bookings=bookings, breaks=breaks
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.waits", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    rows = measure(asked.seeds, workers=asked.workers)
    print(markdown(rows, about=[f"{asked.seeds} seeds, {BURN_IN} days to learn, {JUDGED} judged. {Typed.__doc__}"]))
    return 0 if all(row.held for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
