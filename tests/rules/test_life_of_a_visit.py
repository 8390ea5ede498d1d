"""The drawing in the docs is the table in the code."""

import re
from pathlib import Path

from reception.frontdesk import STEPS
from reception.on_the_phone import OnThePhone
from reception.stepping import FURTHER
from reception.visit import NEXT

PAGE = (Path(__file__).parents[2] / "docs" / "life-of-a-visit.md").read_text("utf-8")


def test_the_drawing_has_every_step_of_the_table_and_no_other():
    drawn = set(re.findall(r"^    (\w+) --> (\w+): (\w+)$", PAGE, re.MULTILINE))
    assert drawn == {(state, after, step) for state, steps in NEXT.items() for step, after in steps.items()}


def test_every_question_stands_in_the_page_with_the_step_it_tells():
    rows = re.findall(r"^\|[^|]+\| ([^|]+) \| `(\w+)`", PAGE, re.MULTILINE)
    told = {question: step for questions, step in rows for question in re.findall(r"`(\w+)`", questions)}
    assert STEPS.items() <= told.items()
    by_visitors = {name for name in vars(OnThePhone) if not name.startswith("_")}
    assert set(told) == {*STEPS, *FURTHER, *by_visitors, "call_next", "issue", "walk_in", "check_in"}
