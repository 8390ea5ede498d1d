"""The rows about waits: offices with as many desks as they say, errors that add up, a full lobby to be quick in."""

import pytest

from bench.waits import OFFICES, _rows, _together, _warning_rows, full_room, judged
from reception.estimate import History, estimate
from reception.estimate.evaluating import OURS, Evaluation, Score
from reception.estimate.others import QueueLength


def test_each_office_has_the_desks_it_is_named_for():
    assert {name: len(desks) for name, (desks, _busy) in OFFICES.items()} == {"2 desks": 2, "4 desks": 4, "6 desks": 6}


def test_everybodys_errors_count_alike_whichever_office_they_are_from():
    def found(*errors: float) -> Evaluation:
        scores = {name: Score(name, list(errors), held=1, late=0) for name in (OURS, QueueLength.name)}
        return Evaluation(scores, {name: Score(name) for name in scores})

    both = _together([found(60_000, -180_000), found(-300_000)])
    assert (both.off[OURS], both.queued, both.held) == (3.0, 3, pytest.approx(2 / 3))


def test_a_seed_is_judged_and_every_bar_has_its_row():
    waits, warned = judged("2 desks", "test", 2, 1)
    found = _together([waits])
    rows = _rows(dict.fromkeys(OFFICES, found))
    assert len(rows) == 3 + 3 + 1 + 1
    assert 0 < found.off[OURS] < 30 and found.queued > 10
    rows = _warning_rows(dict.fromkeys(OFFICES, warned))
    assert len(rows) == 3 * 3 and 0 < warned.foreseen <= warned.missed


def test_the_full_lobby_has_thirty_who_all_get_a_range():
    found = estimate(full_room()(), History(), seed=1)
    assert len(found) == 30 and {one.key for one in found.values()} == {"range"}
