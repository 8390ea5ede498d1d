"""What `reception check` says of settings with which no complaint would be answered in time."""

from datetime import date

import pytest

from reception.checking import warnings
from tests.builders import office


def doubts(**feedback) -> list[str]:
    found = warnings(office(feedback=feedback), date(2026, 3, 2))
    return [sentence for sentence in found if sentence.startswith(("feedback.readers", "feedback.stages"))]


def test_feedback_that_nobody_may_read_is_doubted():
    (said,) = doubts(readers=[])
    assert said == "feedback.readers is empty: nobody may read what was written, so no complaint can be answered."


def test_readers_without_a_page_to_read_on_are_doubted():
    (said,) = doubts(readers=["admin", "receptionist"])
    assert said.startswith("feedback.readers: 'receptionist' has no page that shows what was written.")


def test_an_acknowledgement_after_the_answer_is_doubted():
    (said,) = doubts(stages=[{"answer_days": 5}, {"answer_days": 3, "acknowledge_days": 20}])
    assert "answered within 3 working days and acknowledged within 20" in said


@pytest.mark.parametrize("stage", [{"answer_days": 5}, {"answer_days": 20, "acknowledge_days": 20}])
def test_stages_that_can_be_kept_are_not(stage):
    assert doubts(stages=[stage]) == []
