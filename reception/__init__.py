"""The queue itself: visits, the line, the one door through which both change, and what all faces share."""

__version__ = "0.1.0"
