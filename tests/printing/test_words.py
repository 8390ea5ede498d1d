"""Every key that printing code can say has a sentence."""

from typing import get_args

from reception.printing import words
from reception.printing.outcome import _BY_NUMBER
from reception.printing.status import State


def test_every_condition_cause_and_remedy_has_words():
    assert set(get_args(State)) == set(words.CONDITIONS)
    assert set(_BY_NUMBER.values()) <= set(words.CAUSES)
    assert set(get_args(State)) - {"ok", "unknown"} <= set(words.CAUSES)
    assert set(words.REMEDY_OF) | {"not_wanted"} == set(words.CAUSES)
    assert set(words.REMEDY_OF.values()) == set(words.REMEDIES)
    assert set(words.CAUSES) >= words.NOT_HEARD


def test_an_unconfirmed_slip_is_looked_for_before_anything_is_printed_again():
    assert words.remedy_of("dropped", state="unconfirmed") == "look_at_printer"
    assert words.remedy_of("dropped", state="deferred") == "one_user"
    assert words.remedy_of("out", state="unconfirmed") == "load_paper"
    assert words.remedy_of(None, state="printed") is None
