"""Which way a line's letters run, by FriBiDi, without which Pillow shapes no letters either (Raqm loads it, too).

Debian has it as libfribidi0, and every machine with a browser has that. For one without, `requirements/install` puts it
into the virtual environment, where the system's own loader does not look: so this comes before Pillow's letters.
"""

import ctypes
import sys
from functools import cache
from pathlib import Path

LIBRARY = "libfribidi.so.0"
PLACES = (LIBRARY, str(Path(sys.prefix) / "lib" / LIBRARY))
HOME = {"ar": "arabic", "ur": "nastaliq", "pa": "gurmukhi", "bn": "bengali", "gu": "gujarati"}  # else: Latin letters
LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0x110, 0x111  # FriBidiParType: PAR_LTR, PAR_RTL


@cache
def fribidi() -> ctypes.CDLL | None:
    """The library, loaded for all who ask for it by its name afterwards; None where there is none."""
    for place in PLACES:
        try:
            return ctypes.CDLL(place)
        except OSError:
            continue
    return None


def can_draw(language: str) -> bool:
    """Whether a language's letters come out right here. Latin ones always do; those that join, stack or run from right
    to left need FriBiDi."""
    return language not in HOME or fribidi() is not None


def levels(text: str, *, rtl: bool) -> list[int]:
    """For each character its level by the Unicode bidirectional algorithm, in a paragraph that runs `rtl` or not: odd
    levels run right to left. Without FriBiDi all is one run."""
    library, length = fribidi(), len(text)
    if library is None:
        return [int(rtl)] * length
    characters = (ctypes.c_uint32 * length)(*map(ord, text))
    kinds, brackets, found = (ctypes.c_uint32 * length)(), (ctypes.c_uint32 * length)(), (ctypes.c_int8 * length)()
    base = ctypes.c_uint32(RIGHT_TO_LEFT if rtl else LEFT_TO_RIGHT)
    library.fribidi_get_bidi_types(characters, length, kinds)
    library.fribidi_get_bracket_types(characters, length, kinds, brackets)
    library.fribidi_get_par_embedding_levels_ex(kinds, brackets, length, ctypes.byref(base), found)
    return list(found)
