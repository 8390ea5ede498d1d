"""Every key that printing code can say has a sentence."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

from reception.printing import causes, words
from reception.printing.outcome import _BY_NUMBER
from reception.printing.status import State

ROOT = Path(__file__).parents[2]


def test_every_condition_cause_and_remedy_has_words():
    assert set(get_args(State)) == set(words.CONDITIONS)
    assert set(_BY_NUMBER.values()) <= set(words.CAUSES)
    assert set(get_args(State)) - {"ok", "unknown"} <= set(words.CAUSES)
    assert set(causes.REMEDY_OF) | {"not_wanted", "printed_elsewhere"} == set(words.CAUSES)
    assert set(causes.REMEDY_OF.values()) == set(words.REMEDIES)
    assert set(words.CAUSES) >= causes.NOT_HEARD


def test_an_unconfirmed_slip_is_looked_for_before_anything_is_printed_again():
    assert causes.remedy_of("dropped", state="unconfirmed") == "look_at_printer"
    assert causes.remedy_of("dropped", state="deferred") == "one_user"
    assert causes.remedy_of("out", state="unconfirmed") == "load_paper"
    assert causes.remedy_of(None, state="printed") is None


def test_the_printers_process_does_without_the_web():
    """It runs beside the server all day: what words and pages need would double its memory."""
    loaded = (
        "import sys, reception.printing.process; print({'flask', 'babel', 'gevent', 'pydantic'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"
