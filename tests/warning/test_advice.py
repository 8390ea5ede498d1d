"""Which one step would save somebody, tried by playing the line with it done; and why they wait, where none would."""

from reception.estimate import Break, estimate
from reception.things import Desk
from reception.warning.advice import PLAYS, Advice, _steps, advise
from reception.warning.due import Target, due
from tests.builders import TEN
from tests.estimate.rooms import BOTH, MINUTE, ONE, SPLIT, people, room, snapshot, steady

LONG_PAUSES = steady(pause=45 * MINUTE)
TARGET = Target(target_ms=5 * MINUTE, walk_ms=25_000, chance=0.8)


def advice(now, history=None) -> dict[str, Advice]:
    history = history or steady()
    near = due(now.line.waiting(), estimate(now, history, seed=1), history, now.at, TARGET)
    return advise(now, history, near, seed=1)


def told(now, history=None) -> dict[str, tuple]:
    """The step and its desk, and why."""
    found = advice(now, history)
    return {who: (one.step, one.step_desk, one.why, one.why_desk, one.count) for who, one in found.items()}


def one_waits(desks=BOTH, **more):
    return snapshot(room(desks), people("tax", minutes_ago=1), **more)


def test_a_closed_desk_that_could_help_is_to_open():
    now = one_waits(busy={"1": ("tax", 1)}, states={"2": Desk("2", "closed")})
    (found,) = advice(now).values()
    assert (found.step, found.step_desk, found.why) == ("open", "2", "busy")
    assert found.chance <= 0.5


def test_a_desk_that_cannot_help_is_not_asked_to_open():
    now = one_waits(SPLIT, busy={"1": ("tax", 1)}, states={"2": Desk("2", "closed")})
    assert told(now) == {"v1": ("", None, "busy", None, 1)}


def test_who_is_paused_is_to_come_back_rather_than_that_a_third_desk_opens():
    desks = [*BOTH, {"key": "3", "name": "Desk 3"}]
    states = {"2": Desk("2", "paused", "person:2", TEN - 7 * MINUTE), "3": Desk("3", "closed")}
    assert told(one_waits(desks, busy={"1": ("tax", 1)}, states=states), LONG_PAUSES) == {
        "v1": ("back", "2", "paused", "2", 7)
    }


def test_a_desk_that_stands_free_and_silent_is_to_call_now():
    now = one_waits(busy={"1": ("tax", 1)}, silent={"2": (TEN - 2 * MINUTE, False)})
    assert told(now, steady(notice=30 * MINUTE)) == {"v1": ("call", "2", "silent", "2", 2)}


def test_a_break_that_is_due_before_the_call_is_to_move():
    due_now = [Break("1", TEN + MINUTE, TEN + 46 * MINUTE)]
    now = one_waits(busy={"1": ("tax", 8), "2": ("tax", 1)}, breaks=due_now)
    assert told(now) == {"v1": ("break", "1", "break", "1", None)}


def test_one_more_desk_that_saves_the_next_does_not_save_whoever_is_behind_them():
    waiting = people("tax", "tax", minutes_ago=2, arrived_at=TEN)
    now = snapshot(room(BOTH), waiting, busy={"1": ("tax", 1)}, states={"2": Desk("2", "closed")})
    assert {who: one[0] for who, one in told(now).items()} == {"v1": "open", "v2": ""}
    assert advice(now)["v2"].count == 1


def test_where_no_step_saves_it_it_says_why_all_the_same():
    paused = {"1": Desk("1", "paused", "person:1", TEN - 3 * MINUTE)}
    waiting = people("tax", "tax", minutes_ago=2)
    found = told(snapshot(room(ONE), waiting, states=paused), LONG_PAUSES)
    assert found["v2"] == ("", None, "paused", "1", 3)


def test_a_visit_that_lasts_longer_than_most_is_why():
    history = steady()
    for _ in range(6):
        history.add_visit("tax", 40 * MINUTE)
    now = one_waits(ONE, busy={"1": ("tax", 25)})
    assert told(now, history) == {"v1": ("", None, "long", "1", 25)}


def test_no_more_steps_are_tried_than_time_allows():
    desks = [{"key": str(nth), "name": f"Desk {nth}"} for nth in range(1, 12)]
    closed = {str(nth): Desk(str(nth), "closed") for nth in range(2, 12)}
    now = one_waits(desks, busy={"1": ("tax", 1)}, states=closed)
    assert len(_steps(now, due(now.line.waiting(), estimate(now, steady(), seed=1), steady(), TEN, TARGET))) == PLAYS
