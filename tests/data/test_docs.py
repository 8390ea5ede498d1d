"""docs/data.md says what there is: every table and column, and a question whose answer is the figures'."""

import re
from datetime import date

import pytest

from reception.data.tables import LEFT_OUT, TABLES
from tests.data.listed import BEGINS, DOC, listed

TEXT = DOC.read_text("utf-8")


def test_every_table_and_column_is_listed_as_it_is():
    assert TEXT.partition(BEGINS)[2] == listed(), "python -m tests.data.listed puts it right"


def test_what_is_left_out_is_said():
    said = " ".join(TEXT.split())
    assert [words for words in LEFT_OUT if words not in said] == []


def test_the_question_worked_out_has_the_figures_answer(sql, figures, later):
    (asked,) = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)
    total = figures.between(date(2026, 3, 1), date(2026, 3, 31), later.now())["total"]
    n, hits, share, median_seconds = sql(asked)[0]
    assert (n, hits, share) == (total["n"], total["hits"], pytest.approx(total["share"], abs=1e-12))
    assert median_seconds * 1000 == total["median_ms"]


def test_names_are_used_for_one_thing_each():
    assert len({name for table in TABLES.values() for name in (table.name, table.title)}) == 2 * len(TABLES)
