"""Of whom it is warned: likely to miss the target, not seen yet, and a call in time still possible."""

from reception.estimate import estimate
from reception.things import Desk
from reception.warning.due import Target, due
from reception.warning.rows import became
from tests.builders import TEN, visit
from tests.estimate.rooms import MINUTE, people, room, snapshot, steady

TARGET = Target(target_ms=5 * MINUTE, walk_ms=25_000, chance=0.8)


def warned(waiting, *, busy=None, minutes=10, **more) -> dict[str, tuple[float, float]]:
    """Of whom it is warned: the chance, and how many minutes there are until the last call in time."""
    history, now = steady(minutes), snapshot(room(), waiting, busy=busy, **more)
    found = due(now.line.waiting(), estimate(now, history, seed=1), history, now.at, TARGET)
    return {one.visit.id: (one.chance, round(one.left / MINUTE, 2)) for one in found}


def test_whoever_is_behind_a_long_visit_is_warned_of_as_they_come():
    ((who, (chance, left)),) = warned(people("tax", minutes_ago=1), busy={"1": ("tax", 1)}).items()
    assert (who, left) == ("v1", 4.58) and chance >= 0.8


def test_whoever_is_about_to_be_called_is_not():
    assert warned(people("tax", minutes_ago=1), busy={"1": ("tax", 9)}) == {}
    assert warned(people("tax", minutes_ago=1)) == {}


def test_the_walk_to_the_desk_is_part_of_the_target():
    nearly = people("tax", minutes_ago=1, arrived_at=TEN - 300_000 + 24_000)
    assert warned(nearly, busy={"1": ("tax", 1)}) == {}, "no call could be in time"
    just = people("tax", minutes_ago=1, arrived_at=TEN - 300_000 + 25_000)
    assert list(warned(just, busy={"1": ("tax", 1)})) == ["v1"]


def test_it_is_not_warned_of_who_was_seen_already_or_comes_later_by_choice():
    waiting = people("tax", minutes_ago=1, seen_at=TEN - 1)
    assert warned(waiting, busy={"1": ("tax", 1)}) == {}
    waiting = people("tax", minutes_ago=1, late_until=TEN + MINUTE)
    assert warned(waiting, busy={"1": ("tax", 1)}) == {}


def test_where_nobody_can_call_a_miss_is_sure():
    closed = {"1": Desk("1", "closed")}
    assert warned(people("tax", minutes_ago=1), states=closed) == {"v1": (1.0, 4.58)}


def test_a_wait_became_what_figures_say_of_it():
    target_at = TEN + 5 * MINUTE
    seen = visit("serving", seen_at=target_at)
    assert became(seen, target_at) == "kept"
    assert became(seen, target_at - 1) == "missed"
    assert became(visit("left", ended_at=target_at), target_at) == "left"
    assert became(visit("left", ended_at=target_at + 1), target_at) == "missed"
    assert became(visit("left", first_called_at=target_at, ended_at=target_at + MINUTE), target_at) == "left"
    assert became(visit("cancelled", ended_at=target_at + 1), target_at) == "left"
    assert became(visit("called", first_called_at=TEN), target_at) is None
