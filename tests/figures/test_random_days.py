"""Days that chance presses together, each held against the slow reference: whole, in every part, fresh and kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.hours import local
from tests.builders import LONDON
from tests.figures.living import Lived, agrees, agrees_by_need
from tests.figures.presses import DAYS, by_chance, live_through
from tests.figures.reference import Rules

# An ordinary morning, before midnight, the 23-hour and the 25-hour day, the second of the two hours past one.
STARTS = ["2026-03-02 10:00", "2026-03-02 22:30", "2026-03-29 00:20", "2026-10-25 00:20", "2026-10-24 23:10"]
PARTS = {
    "catalogues": {"offered": ["en", "cy", "pl"]},
    "figures": {"references": True, "return_days": 1},
}


@settings(max_examples=25)
@given(DAYS, st.sampled_from(STARTS))
def test_a_day_of_any_presses_is_what_the_definitions_say(tmp_path_factory, presses, start):
    lives_and_agrees(tmp_path_factory.mktemp("office"), presses, start)


@pytest.mark.parametrize("seed", range(10))
def test_a_long_day_of_chance_is_what_the_definitions_say(tmp_path, seed):
    lives_and_agrees(tmp_path, by_chance(seed, 120), STARTS[seed % len(STARTS)])


def lives_and_agrees(folder, presses, start: str) -> None:
    lived = Lived(folder, start, Rules(return_days=1), **PARTS)
    try:
        live_through(lived, presses)
        everywhere(lived)
        lived.hands.go(days=2)
        lived.door.catch_up()
        lived.figures().catch_up(lived.hands.wall)
        assert lived.door.rows("SELECT 1 FROM kept_facts") or not lived.door.visits()
        everywhere(lived)  # from what is kept
    finally:
        lived.close()


def everywhere(lived: Lived) -> None:
    """Each day, all days, and every part that can be asked for of them."""
    reference = lived.reference()
    came = sorted({local(life.arrived, LONDON).date() for life in reference.lives})
    if not came:
        return
    first, last = came[0], came[-1]
    for day in {first, last}:
        agrees(lived, day, day, reference=reference)
    agrees(lived, first - timedelta(days=1), last, reference=reference)
    for only in parts(reference, first, last):
        agrees(lived, first, last, reference=reference, **only)
    agrees_by_need(lived, first, last, reference)


def parts(reference, first: date, last: date) -> list[dict]:
    """One question of each kind, about whom the first visitor was like; and one of two kinds together."""
    life = reference.lives[0]
    at = local(life.arrived, LONDON)
    desk = next((one.desk for one in reference.lives if one.desk), "1")
    return [
        {"services": (life.service,)},
        {"desks": (desk,)},
        {"channels": (life.channel,)},
        {"languages": (life.language,)},
        {"hours": (at.hour,)},
        {"weekdays": (at.isoweekday(),)},
        {"services": (life.service, "parking"), "hours": (at.hour, (at.hour + 1) % 24), "desks": (desk, "")},
    ]
