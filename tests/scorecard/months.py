"""Finished months for tests of the scorecard: visits put straight into the database, each with its wait and outcome."""

from dataclasses import dataclass
from datetime import date, timedelta

from reception.figures import Figures
from reception.frontdesk import FrontDesk
from reception.identifiers import uuid7
from reception.scorecard.making import Making
from tests.builders import instant
from tests.builders import visit as visit_of

MINUTE = 60_000


@dataclass(frozen=True)
class Came:
    """So many people for a service, seen after a wait of `minutes` (None: they left after `left` minutes)."""

    count: int
    service: str = "tax"
    minutes: float | None = 2
    left: float = 10
    outcome: str | None = "resolved"


def lived(door: FrontDesk, month: str, *groups: Came) -> None:
    """The groups come one after another, spread over the working days of the month and the hours from ten."""
    first, place, visits = (
        date.fromisoformat(f"{month}-01"),
        len(door.store.visits_between(door.office, 0, 1 << 60)),
        [],
    )
    days = [first + timedelta(days=day) for day in range(28) if (first + timedelta(days=day)).weekday() < 5]
    for group in groups:
        for _one in range(group.count):
            day = days[place % len(days)]
            at = instant(f"{day} 10:00") + place // len(days) % 50 * 7 * MINUTE
            visits.append(_visit(door.office, group, day.isoformat(), at, place))
            place += 1

    def turn(store):
        for one in visits:
            store._save(one, None)
        return None, None

    door.writer.do(turn)
    if not door.store.newest_step(door.office):
        door.set_desk(desk="1", state="open", by="person:1")  # no office has visits and no record


def _visit(office: str, group: Came, day: str, at: int, place: int):
    seen = None if group.minutes is None else at + round(group.minutes * MINUTE)
    fields = {
        "id": uuid7(at) + f"{place:x}",
        "office": office,
        "day": day,
        "number": f"A{place:04d}",
        "service": group.service,
        "came_for": group.service,
        "place": place,
        "token": None,
        "arrived_at": at,
        "acknowledged_at": at + 4_000,
    }
    if seen is None:
        return visit_of("left", **fields, ended_at=at + round(group.left * MINUTE))
    return visit_of(
        "completed",
        **fields,
        first_called_at=seen - 20_000,
        last_called_at=seen - 20_000,
        seen_at=seen,
        ended_at=seen + 6 * MINUTE,
        desk="1",
        outcome=group.outcome,
    )


def making(door: FrontDesk) -> Making:
    return Making(Figures(door.settings, door.store))
