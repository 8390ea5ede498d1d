"""The statement says what the tests hold: no more, no less, and nothing is left out."""

import pytest

from tests.accessibility.statement import MARKS, claims, criteria, sentence, statement
from tests.serving import ROOT


def test_every_criterion_is_held_by_a_test_or_says_why_not():
    found = claims()
    silent = [
        (mark, one["number"])
        for mark in MARKS
        for one in criteria()[mark]
        if not found.get((mark, one["number"])) and not {"none", "person"} & one.keys()
    ]
    assert silent == []


def test_no_test_claims_a_criterion_that_there_is_not():
    known = {(mark, one["number"]) for mark in MARKS for one in criteria()[mark]}
    assert set(claims()) - known == set()


@pytest.mark.en301549("12.1.1")
def test_the_statement_in_the_documents_is_the_one_the_tests_make():
    written = (ROOT / "docs/accessibility.md").read_text("utf-8")
    assert written == statement(), "Write it anew: python -m tests.accessibility"


def test_a_tests_name_is_its_claim():
    assert sentence("test_a_slip_scans") == "A slip scans"
