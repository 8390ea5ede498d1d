"""A drawn slip as the bytes an ESC/POS printer takes: ink as raster images, blank rows as paper feed, then the cut.

Written with python-escpos's commands. It needs the printer's dots an inch, never a printer.
"""

from PIL import Image, ImageChops

FEWEST_BLANK_ROWS = 8  # below this a feed command costs more than it saves
MOST_ROWS = 256  # in one raster command: small printers hold no more
MOST_FEED = 255  # dots in one ESC J
TEAR_OFF_MM = 14  # from the head to the tear bar of a printer without a cutter


def slip_bytes(image: Image.Image, *, dpi: int, cutter: bool = True) -> bytes:
    """Everything from initialising to the cut for a 1-bit image, black on white."""
    from escpos.constants import GS, HW_INIT

    step = 1 if dpi <= 255 else 2  # GS P takes a byte; one ESC J step is then one dot, or two
    parts = [HW_INIT, GS + b"P" + bytes((dpi // step,) * 2)]
    ink = ImageChops.invert(image.convert("L")).convert("1", dither=Image.Dither.NONE)
    for top, bottom, blank in bands(ink):
        parts.append(_feed((bottom - top) // step) if blank else _raster(ink.crop((0, top, ink.width, bottom))))
    parts.append(GS + b"VB\x00" if cutter else _feed(round(TEAR_OFF_MM * dpi / step / 25.4)))
    return b"".join(parts)


def bands(ink: Image.Image) -> list[tuple[int, int, bool]]:
    """The rows of a 1-bit image (1 is ink) as (top, bottom, blank), in order and without a gap."""
    row_length = (ink.width + 7) // 8
    data, nothing = ink.tobytes(), bytes(row_length)
    filled = [data[row * row_length : (row + 1) * row_length] != nothing for row in range(ink.height)]
    found, top = [], 0
    while top < ink.height:
        blank = _blank_from(filled, top)
        if blank >= FEWEST_BLANK_ROWS:
            found.append((top, top + blank, True))
            top += blank
            continue
        bottom = top + max(blank, 1)
        while bottom < min(ink.height, top + MOST_ROWS) and _blank_from(filled, bottom) < FEWEST_BLANK_ROWS:
            bottom += 1
        found.append((top, bottom, False))
        top = bottom
    return found


def _blank_from(filled: list[bool], row: int) -> int:
    try:
        return filled.index(True, row) - row
    except ValueError:
        return len(filled) - row


def _feed(dots: int) -> bytes:
    from escpos.constants import ESC

    whole, rest = divmod(dots, MOST_FEED)
    return (ESC + b"J" + bytes((MOST_FEED,))) * whole + (ESC + b"J" + bytes((rest,)) if rest else b"")


def _raster(ink: Image.Image) -> bytes:
    """One GS v 0, no wider than its ink."""
    from escpos.constants import S_RASTER_N

    box = ink.getbbox()
    width = (box[2] + 7) // 8 * 8 if box else 8
    narrow = ink.crop((0, 0, width, ink.height))
    size = (width // 8).to_bytes(2, "little") + ink.height.to_bytes(2, "little")
    return S_RASTER_N + size + narrow.tobytes()
