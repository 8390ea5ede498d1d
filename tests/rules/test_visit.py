"""The life of a visit: which step fits which state, and exactly what each step changes."""

from dataclasses import replace

import pytest

from reception.refusals import Refusal
from reception.visit import AT_DESK, ENDED, NEXT, OPEN, close, take
from tests.builders import TEN, WALK_MS, visit

STATES = ("waiting", "called", "serving", "held", "no_show", "completed", "left", "cancelled")
STEPS = (
    "called", "recalled", "started", "held", "resumed", "transferred", "no_show", "completed", "returned", "reinstated",
    "left", "cancelled",
)  # fmt: skip
NOW = TEN + 600_000
CALLED = {"desk": "1", "first_called_at": TEN + 60_000, "last_called_at": TEN + 90_000, "recalls": 1}
HELD = {"held_until": NOW + 60_000, "room": "r1", "kept_for": "desk:1"}
BEFORE = {
    "waiting": visit("waiting", due_at=TEN, skipped_by="2", kept_for="desk:2", placed_at=TEN + 1),
    "called": visit("called", **CALLED),
    "serving": visit("serving", **CALLED, seen_at=TEN + 100_000),
    "held": visit("held", **CALLED | {"desk": None}, **HELD),
    "no_show": visit("no_show", **CALLED | {"desk": None}, missed_at=TEN + 95_000),
    "completed": visit("completed", **CALLED, seen_at=TEN + 100_000, ended_at=TEN + 200_000),
    "left": visit("left", ended_at=TEN + 200_000),
    "cancelled": visit("cancelled", ended_at=TEN + 200_000),
}
AGAIN = {"state": "called", "desk": "2", "last_called_at": NOW, "recalls": 0}
SENT_ON = {"state": "waiting", "leg": 2, "standing": "transferred", "came_for": "tax"}
SEEN = {"seen_at": TEN + 90_000 + WALK_MS, "seen_inferred": 1}
OUT = {"left": {"state": "left", "ended_at": NOW}, "cancelled": {"state": "cancelled", "ended_at": NOW}}
# Every cell that fits, and all that changes in it; the rest of the table is refused.
FITS = {
    ("waiting", "called"): AGAIN
    | {"first_called_at": NOW, "due_at": None, "skipped_by": None, "kept_for": None, "placed_at": None},
    ("waiting", "held"): {"state": "held"},
    ("waiting", "transferred"): SENT_ON | {"skipped_by": None},
    ("called", "recalled"): {"last_called_at": NOW, "recalls": 2},
    ("called", "started"): {"state": "serving", "seen_at": NOW},
    ("called", "no_show"): {"state": "no_show", "desk": None, "missed_at": NOW},
    ("called", "held"): {"state": "held", "desk": None},
    ("called", "transferred"): SENT_ON | SEEN | {"desk": None},
    ("called", "completed"): {"state": "completed", "ended_at": NOW} | SEEN,
    ("called", "returned"): {"state": "waiting", "desk": None, "skipped_by": "1"},
    ("serving", "held"): {"state": "held", "desk": None},
    ("serving", "transferred"): SENT_ON | {"desk": None},
    ("serving", "completed"): {"state": "completed", "ended_at": NOW},
    ("serving", "returned"): {"state": "waiting", "desk": None, "skipped_by": "1"},
    ("held", "resumed"): {"state": "waiting", "held_until": None, "room": None},
    ("held", "called"): AGAIN | dict.fromkeys(HELD),
    ("held", "transferred"): SENT_ON | {"held_until": None, "room": None},
    ("no_show", "reinstated"): {"state": "waiting", "standing": "came_back", "missed_at": None},
    ("no_show", "called"): AGAIN | {"missed_at": None},
    **{(state, step): OUT[step] for state in OPEN for step in OUT},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_changes_what_the_table_says_or_is_refused(state, step):
    before = BEFORE[state]
    if (state, step) in FITS:
        assert take(before, step, NOW, desk="2", walk_ms=WALK_MS) == replace(before, **FITS[state, step])
        return
    with pytest.raises(Refusal) as refused:
        take(before, step, NOW, desk="2", walk_ms=WALK_MS)
    assert (refused.value.key, refused.value.values) == (
        "step_does_not_fit",
        {"number": "A001", "state": state, "step": step},
    )


def test_the_table_knows_these_states_and_steps_and_no_others():
    assert tuple(NEXT) == STATES
    assert {step for row in NEXT.values() for step in row} == set(STEPS)
    assert {state for row in NEXT.values() for state in row.values()} <= set(STATES)


def test_a_visit_has_ended_exactly_where_no_step_fits():
    assert [state for state in STATES if not NEXT[state]] == list(ENDED)
    assert sorted(OPEN + ENDED) == sorted(STATES)
    assert set(AT_DESK) < set(OPEN)


def test_somebody_finished_at_once_was_seen_no_later_than_now():
    called = visit("called", first_called_at=TEN, last_called_at=TEN, desk="1")
    assert take(called, "completed", TEN + 3_000, walk_ms=WALK_MS).seen_at == TEN + 3_000


def test_a_second_call_keeps_the_instant_of_the_first():
    again = take(take(BEFORE["called"], "returned", NOW), "called", NOW + 5_000, desk="3")
    assert (again.first_called_at, again.last_called_at, again.recalls) == (TEN + 60_000, NOW + 5_000, 0)


def test_somebody_called_again_after_being_helped_keeps_the_first_seen():
    again = take(take(BEFORE["serving"], "returned", NOW), "called", NOW + 5_000, desk="3")
    assert take(again, "started", NOW + 9_000).seen_at == TEN + 100_000


@pytest.mark.parametrize("step", ["called", "recalled", "started", "returned"])
def test_no_step_touches_arrival_place_or_number(step):
    before = BEFORE["waiting"] if step == "called" else BEFORE["called"]
    after = take(before, step, NOW, desk="1")
    kept = ("id", "office", "day", "number", "service", "place", "channel", "token", "arrived_at", "opens_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


@pytest.mark.parametrize(
    ("arrived", "opens", "booked", "counts_from"), [(5, None, None, 5), (5, 9, None, 9), (5, 3, 8, 8), (5, 9, 8, 9)]
)
def test_a_wait_counts_from_the_latest_of_arrival_opening_and_booking(arrived, opens, booked, counts_from):
    assert visit(arrived_at=arrived, opens_at=opens, booked_at=booked).waits_from == counts_from


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        ("waiting", "left", {"state": "left"}),
        ("called", "left", {"state": "left", "desk": None}),
        ("serving", "completed", {"state": "completed"}),
        ("no_show", "left", {"state": "left"}),
    ],
)
def test_the_system_ends_each_open_state_and_marks_it_inferred(state, step, after):
    told, ended = close(BEFORE[state], NOW)
    assert (told, ended) == (step, replace(BEFORE[state], **after, ended_at=NOW, ended_inferred=1))


def test_nobody_ends_before_the_last_that_is_known_of_them():
    _, ended = close(BEFORE["serving"], TEN)
    assert ended.ended_at == TEN + 100_000
