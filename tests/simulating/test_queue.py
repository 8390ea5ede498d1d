"""The made-up queue is a queue: it agrees with theory, and visitor by visitor with a simulator of other people's."""

import random
from math import factorial

import ciw
import pytest

from reception.simulating.coming import Comer
from reception.simulating.floor import Floor
from reception.simulating.habits import Habits
from tests.builders import TEN, office

LONG = 10 * 24 * 3_600_000


def waits(gaps: list[int], works: list[int], desks: int) -> list[int]:
    """How long each waits, in milliseconds, for so many desks that do nothing but help."""
    settings = office(desks=[{"key": str(nth), "name": f"Desk {nth}"} for nth in range(desks)])
    comers, at = [], TEN
    for nth, (gap, work) in enumerate(zip(gaps, works, strict=True)):
        at += gap
        comers.append(Comer(f"v{nth}", at, "tax", work))
    assert at < TEN + LONG
    floor = Floor(settings, Habits.plain(), "queue")
    floor.run("2026-03-02", comers, [], TEN, TEN + LONG)
    return [floor.truth[comer.id].called_at - comer.at for comer in comers]


def drawn(count: int, *, gap: float, work: float, seed: int) -> tuple[list[int], list[int]]:
    chance = random.Random(seed)
    return tuple([max(1, round(chance.expovariate(1 / mean))) for _ in range(count)] for mean in (gap, work))


def erlang_c(desks: int, load: float) -> float:
    """The chance to have to wait, at `load` desks' worth of work."""
    last = load**desks / factorial(desks) * desks / (desks - load)
    return last / (sum(load**k / factorial(k) for k in range(desks)) + last)


@pytest.mark.parametrize(("desks", "load"), [(1, 0.6), (3, 2.1), (6, 4.8)])
def test_the_mean_wait_is_the_one_that_theory_gives_for_random_arrivals_and_services(desks, load):
    work, found = 20_000, []
    for seed in range(5):
        gaps, works = drawn(2500, gap=work / load, work=work, seed=seed)
        found += waits(gaps, works, desks)
    expected = erlang_c(desks, load) * work / (desks - load)
    assert sum(found) / len(found) == pytest.approx(expected, rel=0.12)
    share = sum(wait > 0 for wait in found) / len(found)
    assert share == pytest.approx(erlang_c(desks, load), rel=0.06)


@pytest.mark.parametrize("desks", [1, 2, 5])
def test_everybody_waits_exactly_as_long_as_in_ciw(desks):
    gaps, works = drawn(800, gap=40_000 / desks, work=34_000, seed=desks)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*map(float, gaps), float("inf")])],
        service_distributions=[ciw.dists.Sequential([*map(float, works)])],
        number_of_servers=[desks],
    )
    theirs = ciw.Simulation(network)
    theirs.simulate_until_max_time(float(LONG))
    records = sorted(theirs.get_all_records(), key=lambda record: record.arrival_date)
    ours = waits(gaps, works, desks)
    assert [round(record.waiting_time) for record in records] == ours
    assert max(ours) > 60_000
