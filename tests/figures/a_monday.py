"""A small Monday at the desk, its figures, and what is kept of it."""

from datetime import date

from reception.figures import Figures
from tests.builders import Counter, Hands

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def figures_of(door: Counter, **kwargs) -> Figures:
    return Figures(door.settings, door.store, door.writer, **kwargs)


def kept(door: Counter) -> dict[tuple[str, str], bytes]:
    """What is kept: (first day, column) -> its bytes; without the stamps, which are never the same."""
    rows = door.store.reader.execute(
        "SELECT first, name, data FROM kept_facts WHERE name <> 'stamp' ORDER BY first, name"
    ).fetchall()
    return {(first, name): data for first, name, data in rows}


def days_kept(door: Counter) -> list[str]:
    return sorted({first for first, _name in kept(door)})


def with_kept(door: Counter, now: int) -> Figures:
    """The figures, with all finished days kept."""
    figures = figures_of(door)
    figures.catch_up(now)
    return figures


def seen_after(door: Counter, hands: Hands, service: str = "tax", **wait):
    door.ticket(service)
    hands.go(**wait)
    return door.take("start", door.next())


def a_monday(door: Counter, hands: Hands) -> None:
    """Two seen in time, one too late, one who left in time, one who was not there; then it is Tuesday noon."""
    door.take("finish", seen_after(door, hands, minutes=1))
    door.take("finish", seen_after(door, hands, "housing", minutes=5))
    door.take("finish", seen_after(door, hands, "housing", minutes=14))
    door.take("leave", door.ticket())
    door.ticket()
    door.take("not_here", door.next())
    hands.go_to("2026-03-03 12:00")
    door.catch_up()
