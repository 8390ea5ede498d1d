"""The charter's scorecard: what was promised, what was measured, what was published. docs/scorecard.md explains it.

card.py makes a month's figures, suppressing.py what the public may know of them; everything that is shown or handed
out afterwards (page, paper, tables, the board's slide) is made of that and of nothing else.
"""
