"""Exact nearest ranks of millions of values in many groups at once, without putting them in order. Pure.

How many values of each group fall into each narrow bin is counted, then the few in the bins that a rank falls into are
put in order. Rows are gone over in pieces: those stay in the processor's cache, and no one call holds the interpreter
for long, so that a desk's press in the same process gets its turn.
"""

from collections.abc import Iterator, Sequence

import numpy

from reception.figures.statistics import rank

PIECE = 1 << 16  # rows
CELLS = 1 << 18  # of all groups together; with more groups, bins are wider
FRACTION, FINE = 23, 7  # bits of a float's fraction, and how many of them tell bins apart: each is 0.8% wide
NARROWEST, NARROWEST_BITS = 1 << 10, 127 + 10 << FRACTION  # all below are in one bin; the bits of that float
LOW = (1 << 32) - 1


def pieces(n: int) -> Iterator[slice]:
    """The rows from 0 to `n`, piece by piece."""
    for start in range(0, n, PIECE):
        yield slice(start, min(start + PIECE, n))


def counted(key: numpy.ndarray, code: numpy.ndarray, groups: int, codes: int) -> numpy.ndarray:
    """How many rows of each group have each code: `counts[group, code]`."""
    return _cells_counted(key, code, groups, codes, numpy.empty(min(len(key), PIECE), "i4"))


class Values:
    """Values from 0 on (at most four bytes), to be ranked in groups again and again; `of` marks which (None: all)."""

    def __init__(self, values: numpy.ndarray, of: numpy.ndarray | None = None, *, cells: int = CELLS):
        self.values, self._most = values, cells
        floats = numpy.maximum(values, NARROWEST, dtype="f4", casting="same_kind")  # rounding keeps the order,
        bins = floats.view("i4")  # and so do a float's own bits
        bins >>= FRACTION - FINE
        bins -= (NARROWEST_BITS >> FRACTION - FINE) - 1
        if of is not None:
            bins *= of  # bin 0 is nobody's
        self._bins, self._width, self._cells = bins, int(bins.max(initial=0)) + 1, None

    def ranks(self, key: numpy.ndarray | None, groups: int, percents: Sequence[int]) -> list[list[int | None]]:
        """Each group's value at each percentage, None where it has no values. Without a key all are of one group."""
        return self.ranked(key, groups, percents)[0]

    def ranked(
        self, key: numpy.ndarray | None, groups: int, percents: Sequence[int]
    ) -> tuple[list[list], numpy.ndarray]:
        """The same, and the rows of all values that are in a bin with one of them."""
        found = [[None] * len(percents) for _ in range(groups)]
        bins, width = self._bins, self._width
        while groups * width > self._most and width > 2:
            bins, width = (bins + 1) >> 1, width // 2 + 1
        cells, upto = self._counted(key, bins, groups, width)
        upto[:, 0] = 0
        wanted = _wanted(upto.cumsum(axis=1), percents)
        rows = _rows_in(list(wanted), cells, groups * width)
        told = numpy.sort(cells[rows].astype("i8") << 32 | self.values[rows])
        starts = numpy.searchsorted(told, numpy.array(list(wanted), "i8") << 32)
        for start, asked in zip(starts.tolist(), wanted.values(), strict=True):
            for group, place, nth in asked:
                found[group][place] = int(told[start + nth] & LOW)
        return found, rows

    def _counted(self, key, bins: numpy.ndarray, groups: int, width: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Each row's cell, and how many values of each group are in each bin."""
        if key is None:
            parts = (numpy.bincount(bins[piece], minlength=width) for piece in pieces(len(bins)))
            return bins, sum(parts, numpy.zeros(width, numpy.intp)).reshape(1, width)
        if self._cells is None:
            self._cells = numpy.empty(len(bins), "i4")
        return self._cells, _cells_counted(key, bins, groups, width, self._cells)


def _cells_counted(key, code, groups: int, codes: int, cells: numpy.ndarray) -> numpy.ndarray:
    """`counts[group, code]`; each row's cell (group times codes, and code) stays in `cells`, if that has the room."""
    found, whole = numpy.zeros(groups * codes, numpy.intp), len(cells) == len(code)
    for piece in pieces(len(code)):
        cell = cells[piece] if whole else cells[: piece.stop - piece.start]
        numpy.multiply(key[piece], numpy.int32(codes), out=cell, casting="unsafe")
        cell += code[piece]
        found += numpy.bincount(cell, minlength=groups * codes)
    return found.reshape(groups, codes)


def _rows_in(wanted: list[int], cells: numpy.ndarray, size: int) -> numpy.ndarray:
    """The rows whose cell is one of those."""
    is_wanted = numpy.zeros(size, bool)
    is_wanted[wanted] = True
    parts = [numpy.flatnonzero(is_wanted.take(cells[piece], mode="clip")) + piece.start for piece in pieces(len(cells))]
    return numpy.concatenate(parts) if parts else numpy.empty(0, numpy.intp)


def _wanted(upto: numpy.ndarray, percents: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    """cell -> (group, place among the percentages, which of the cell's values in order) of the ranks there are."""
    groups, width = upto.shape
    wanted: dict[int, list] = {}
    for group in range(groups):
        if n := int(upto[group, -1]):
            for place, percent in enumerate(percents):
                nth = rank(n, percent)
                within = int(upto[group].searchsorted(nth, side="right"))
                before = int(upto[group, within - 1]) if within else 0
                wanted.setdefault(group * width + within, []).append((group, place, nth - before))
    return wanted
