"""A corrector that learns beside the simulation: it answers once it was nearer for ten days, and only as long."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from reception import hours
from reception.estimate import estimate
from reception.estimate.beside import MARK
from reception.estimate.evaluating import LEARNED, OURS, evaluate
from reception.estimate.learned import NAMES, Corrector
from reception.simulating import Habits, simulate
from tests.builders import OFFICE_HOURS, office
from tests.estimate.rooms import BOTH, MINUTE, SERVICES, people, room, snapshot, steady

SETTINGS = office(hours=OFFICE_HOURS, services=SERVICES, desks=BOTH[:1])
SEEN = np.ones(len(NAMES))


def judged(*days: tuple[float, float], corrector: Corrector | None = None) -> Corrector:
    """After days on which the simulation was off by so many minutes on each answer, and the corrector by so many."""
    corrector = corrector or Corrector()
    for simulation, own in days:
        for _answer in range(20):
            corrector.judge(simulation, own)
        corrector.end_day()
    return corrector


def test_it_answers_once_it_was_nearer_for_ten_days():
    assert not judged(*[(5, 4)] * 9).in_charge
    assert judged(*[(5, 4)] * 10).in_charge


@pytest.mark.parametrize(
    "days", [[(5, 4.99)] * 10, [(5, 5.1)] * 10, [(5, 5.1)] * 6 + [(5, 1)] * 4], ids=["hardly", "farther", "on few days"]
)
def test_it_does_not_answer_where_that_may_have_been_luck(days):
    assert not judged(*days).in_charge


def test_it_gives_back_as_soon_as_it_falls_behind_over_ten_days():
    leads = judged(*[(5, 4)] * 10)
    assert judged((5, 9), corrector=leads).in_charge
    assert not judged((5, 9), (5, 9), (5, 9), corrector=leads).in_charge
    assert judged(*[(5, 4)] * 10, corrector=leads).in_charge


def test_a_day_with_hardly_anybody_is_judged_together_with_the_next():
    quiet = Corrector()
    for _day in range(10):
        quiet.judge(5, 4)
        quiet.end_day()
    assert len(quiet.days) == 1


def test_an_answer_without_like_ones_before_is_left_as_it_is():
    assert Corrector().shift(SEEN) == 0


def test_it_never_moves_an_answer_by_more_than_the_correction_may():
    corrector = Corrector()
    for _answer in range(5000):
        corrector.learn(SEEN, 99)
    corrector.end_day()
    assert 1 < corrector.shift(SEEN) <= 1.2 and corrector.shift(100 * SEEN) == 1.2


def test_what_it_knows_comes_back_after_a_restart_and_what_knew_other_things_begins_anew():
    corrector = judged(*[(5, 4)] * 10)
    corrector.learn(SEEN, 0.5)
    corrector.end_day()
    told = json.loads(json.dumps(corrector.told()))
    again = Corrector.of(told)
    assert again.told() == corrector.told() and again.shift(SEEN) == corrector.shift(SEEN) > 0
    assert Corrector.of({**told, "names": ["other"]}).told() == Corrector().told() == Corrector.of(None).told()


def test_where_it_answers_the_range_is_the_correctors_own():
    history = steady()
    for _answer in range(500):
        history.corrector.learn(SEEN, 1)
    history.corrector = judged(*[(5, 4)] * 10, corrector=history.corrector)
    at = snapshot(room(), people("tax", "tax"), busy={"1": ("tax", 4)})
    learned, plain = estimate(at, history, seed=1)["v2"], estimate(at, steady(), seed=1)["v2"]
    assert learned.box == MARK + plain.box and learned.played == plain.raw
    assert learned.low <= learned.median <= learned.high and learned.median > plain.median
    assert learned.chance_beyond(history, 18 * MINUTE) > plain.chance_beyond(steady(), 18 * MINUTE)


# -- an office whose afternoons are slow, which the simulation cannot know -----------------------------------------


def slow_afternoons(days: int):
    """The steps of made-up days on which everything takes half as long again from noon on."""
    habits = Habits.plain(a_day=60, minutes={"tax": 7, "parking": 7, "housing": 7}, varies=0.4)
    for day in simulate(SETTINGS, date(2026, 3, 2), days, habits=habits, seed=3):
        start, end = hours.day_bounds(day.day, SETTINGS.zone)
        noon = (start + end) // 2

        def late(value, noon=noon):
            return noon + (value - noon) * 3 // 2 if isinstance(value, int) and value > noon else value

        for step in day.steps:
            changes = {name: [late(old), late(new)] for name, (old, new) in step.changes.items()}
            yield replace(step, at=late(step.at), changes=changes)


def test_a_corrector_takes_over_where_the_simulation_is_off_by_the_hour_and_its_ranges_hold():
    found = evaluate(SETTINGS, slow_afternoons(24), burn_in=12)
    assert found.learned_days > 0
    assert found.off_minutes(LEARNED) < 0.97 * found.off_minutes(OURS)
    assert 0.7 < found.queued[LEARNED].held_share < 0.9


def test_where_nothing_is_to_be_learned_the_simulation_goes_on_answering():
    habits = Habits.plain(a_day=50, minutes={"tax": 7, "parking": 7, "housing": 7}, varies=0.5)
    days = simulate(SETTINGS, date(2026, 3, 2), 20, habits=habits, seed=4)
    found = evaluate(SETTINGS, (step for day in days for step in day.steps), burn_in=10)
    assert found.learned_days == 0
    assert found.off_minutes(LEARNED) == pytest.approx(found.off_minutes(OURS), rel=0.15)
