"""What people tell the office: compliments, comments and complaints, with their stages and dates, in one log."""

from reception.feedback.counting import counts, said_and_done
from reception.feedback.life import FINDINGS, KINDS, SOURCES

__all__ = ["FINDINGS", "KINDS", "SOURCES", "counts", "said_and_done"]
