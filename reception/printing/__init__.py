"""The slip on paper: drawn as one image (`slip`), sent by a driver (`printers`), one worker a printer (`jobs`).

Nothing here knows a visit, a store or a page: what to draw and what to do next is handed in.
"""

from reception.printing import shaping

shaping.fribidi()  # before anything in here loads Pillow's letters, which look for it once
