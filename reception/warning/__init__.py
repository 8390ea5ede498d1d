"""Warnings: whoever waits is likely to miss the target, while there is still time to help.

`due.py` says of whom, `advice.py` why and which step would save it, both pure. `door.py` keeps each warning, once for a
visitor, until it is known what became of it; `live.py` looks after every estimate; `quality.py` says how often warnings
were right. Who reads them words them.
"""
