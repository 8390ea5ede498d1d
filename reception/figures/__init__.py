"""What waits were, and everything else that is measured: `Asked` in, a report out. docs/figures.md defines each figure.

One visit is judged in judging.py by the rules of its day (rules.py); facts.py holds many as columns, kept.py brings
them from the database, measures.py counts. Nothing here words or publishes anything.
"""

from reception.figures.asking import Asked, period
from reception.figures.figures import Figures, note_rules, rebuild
from reception.figures.rules import DEFINITIONS

__all__ = ["DEFINITIONS", "Asked", "Figures", "note_rules", "period", "rebuild"]
