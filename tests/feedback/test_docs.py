"""docs/feedback.md says what the code does: the steps of its table, and the days of each preset."""

import re

from reception.feedback.life import NEXT, PRESETS
from tests.serving import ROOT

DOCS = (ROOT / "docs/feedback.md").read_text("utf-8")


def rows(first: str) -> list[list[str]]:
    """The cells of the table that begins with this head, below it."""
    lines = DOCS[DOCS.index(first) :].splitlines()[2:]
    table = lines[: next(place for place, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_the_table_of_steps_is_the_code_s():
    told = {}
    for state, steps, after in rows("| state | step |"):
        for step in re.sub(r"\(.*?\)", "", steps).split(","):
            told.setdefault(state, {})[f"feedback_{step.strip()}"] = after
    assert told == {state: steps for state, steps in NEXT.items() if steps}


def test_the_days_of_each_preset_are_those_that_count():
    told = {}
    for name, *stages in rows("| preset | stage 1 |"):
        days = [re.findall(r"(acknowledged|answered) in (\d+)", stage) for stage in stages]
        told[re.search(r"`(\w+)`", name)[1]] = [{what: int(number) for what, number in stage} for stage in days]
    assert told == {
        name: [
            ({"acknowledged": stage.acknowledge} if stage.acknowledge else {}) | {"answered": stage.answer}
            for stage in stages
        ]
        for name, stages in PRESETS.items()
    }
