"""The day that docs/waits.md walks through: each number of it, computed from the office that stands there."""

import re

import pytest

from tests.estimate.worked_day import BUSY, COUNT, FIRST, SEED, Worked, numbers, section


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return Worked(tmp_path_factory.mktemp("worked")).found


def test_every_number_of_the_day_is_the_one_that_is_computed(found):
    assert numbers() == found, "python -m tests.estimate.worked_day writes them anew"


def test_the_command_that_stands_there_makes_the_same_days():
    command = re.search(r"simulate made.db (--from .*?)`", section())[1]
    assert command == f"--from {FIRST} --days {COUNT} --busy {BUSY} --seed {SEED}"
