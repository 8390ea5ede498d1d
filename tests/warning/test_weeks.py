"""How right warnings were, week by week: judged as the figures judge, on the page and over the API."""

from contextlib import closing

import pytest

from reception.figures import Figures
from reception.figures.asking import Asked
from reception.warning.advice import Advice
from reception.warning.due import Near
from reception.warning.quality import Quality
from reception.warning.weeks import weeks
from tests.builders import open_door

MINUTE = 60_000
NOBODY = Advice("ahead", count=3)


@pytest.fixture
def door(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands)
    with closing(door.store):
        yield door


def warn(door, *visits) -> None:
    found = []
    for visit in visits:
        target_at = visit.waits_from + 5 * MINUTE
        found.append((Near(visit, 0.9, target_at - door.now(), target_at), NOBODY))
    door.warn(found)


def seen(door, visit) -> None:
    door.take("start", door.call(desk="1", by="person:1", visit=visit.id, reason="quick"), "1")
    door.take("finish", visit, "1")


def lived(door, hands):
    """Warned of: one missed, one kept, one left, one missed with a minute left. One missed was not warned of."""
    missed, kept, left, late, unforeseen = (door.ticket() for _ in range(5))
    warn(door, missed, kept, left)
    hands.go(minutes=3)
    seen(door, kept)
    door.take("leave", left)
    hands.go(seconds=60)
    warn(door, late)
    hands.go(minutes=2)
    for visit in (missed, late, unforeseen):
        seen(door, visit)
    warn(door)


def test_a_week_counts_its_misses_and_of_whom_it_was_warned(door, hands):
    lived(door, hands)
    hands.go(minutes=10)
    figures = Figures(door.settings, door.store)
    (week,) = weeks(figures, door.now())
    assert week.quality == Quality(missed=3, foreseen=2, early=1, warned=4, kept=1, left=1)
    assert week.first.isoformat() == week.last.isoformat() == "2026-03-02"
    total = figures.of(Asked(week.first, week.last), door.now())["total"]
    assert (total["misses"], total["hits"]) == (week.quality.missed, week.quality.kept)


def test_weeks_before_the_first_warning_are_left_out_and_later_ones_are_newest_first(door, hands):
    seen(door, door.ticket())
    hands.go_to("2026-03-12 10:00")
    lived(door, hands)
    hands.go_to("2026-03-16 10:00")
    found = weeks(Figures(door.settings, door.store), door.now())
    assert [(week.first.isoformat(), week.quality.missed) for week in found] == [("2026-03-16", 0), ("2026-03-12", 3)]


def test_who_still_waits_is_not_judged_yet(door, hands):
    warn(door, door.ticket())
    hands.go(minutes=2)
    (week,) = weeks(Figures(door.settings, door.store), door.now())
    assert week.quality == Quality()


def test_of_two_who_came_in_one_millisecond_each_counts_as_it_went(door, hands):
    missed, kept = door.ticket(), door.ticket()
    assert missed.arrived_at == kept.arrived_at
    warn(door, missed)
    seen(door, kept)
    hands.go(minutes=6)
    seen(door, missed)
    hands.go(minutes=6)
    (week,) = weeks(Figures(door.settings, door.store), door.now())
    assert week.quality == Quality(missed=1, foreseen=1, early=1, warned=1)
