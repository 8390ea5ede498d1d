"""Exact nearest ranks of millions of values in many groups at once, without putting them in order. Pure.

How many values of each group fall into each narrow bin is counted, then the few in the bins that a rank falls into are
put in order. Rows are gone over in pieces: those stay in the processor's cache, and no one call holds the interpreter
for long, so that a desk's press in the same process gets its turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


class Thin(Exception):
    """Fewer values were kept than the other lots' would need beside them."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many values are kept on both sides of a rank: so many, and of a group's values so large a part."""

    least: int = 0
    part: float = 0.0

    def of(self, n: int) -> int:
        return self.least + int(n * self.part)


NO_ROOM = Room()


@dataclass(frozen=True, slots=True)
class Lot:
    """`n` values, of whose order some stretches are kept: (the place of the first, values)."""

    n: int
    stretches: tuple[tuple[int, numpy.ndarray], ...]

    @classmethod
    def whole(cls, ordered: numpy.ndarray) -> "Lot":
        return cls(len(ordered), ((0, ordered),) if len(ordered) else ())

    def between(self, low: int, high: int) -> numpy.ndarray:
        """The values from one place to another."""
        for start, values in self.stretches:
            if start <= low and high < start + len(values):
                return values[low - start : high + 1 - start]
        raise Thin


def nth(lots: Sequence[Lot], place: int) -> int:
    """Which value stands at a place of the order of all lots together. In each only so few can that stand as far from
    it as all others' values reach; a Thin where not all of those were kept."""
    n, below, near = sum(lot.n for lot in lots), 0, []
    for lot in lots:
        if lot.n:
            low = max(0, place - (n - lot.n))
            if low < lot.n:
                near.append(lot.between(low, min(place, lot.n - 1)))
            below += min(low, lot.n)
    if len(near) == 1:
        return int(near[0][place - below])
    return int(numpy.partition(numpy.concatenate(near), place - below)[place - below])


def percentile(lots: Sequence[Lot], percent: int) -> int | None:
    """By nearest rank; None of nothing."""
    n = sum(lot.n for lot in lots)
    return nth(lots, rank(n, percent)) if n else None


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
        lots, _rows = self.lots(key, groups, percents)
        return [[percentile([lot], percent) for percent in percents] for lot in lots]

    def lots(
        self, key: numpy.ndarray | None, groups: int, percents: Sequence[int], room: "Room" = NO_ROOM
    ) -> tuple[list["Lot"], numpy.ndarray]:
        """Each group's values, of which those around each percentage and the last one are kept; and the rows of all
        that are kept."""
        bins, width = self._bins, self._width
        while groups * width > self._most and width > 2:
            bins, width = (bins + 1) >> 1, width // 2 + 1
        cells, upto = self._counted(key, bins, groups, width)
        upto[:, 0] = 0
        upto = upto.cumsum(axis=1)
        wanted = [_stretches(row, percents, room) for row in upto]
        is_wanted = numpy.zeros(groups * width, bool)
        for group, stretches in enumerate(wanted):
            for low, high in stretches:
                is_wanted[group * width + low : group * width + high + 1] = True
        rows = _rows_in(is_wanted, cells)
        told = numpy.sort(cells[rows].astype("i8") << 32 | self.values[rows])
        values = (told & LOW).astype("i4")
        ends = numpy.array([[group * width + low, group * width + high + 1] for group, of in enumerate(wanted)
                            for low, high in of], "i8").reshape(-1, 2)  # fmt: skip
        places = iter(numpy.searchsorted(told, ends << 32).tolist())
        found = []
        for group, stretches in enumerate(wanted):
            cut = [(int(upto[group, low - 1]), slice(*next(places))) for low, _high in stretches]
            found.append(Lot(int(upto[group, -1]), tuple((start, values[part].copy()) for start, part in cut)))
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


def _rows_in(is_wanted: numpy.ndarray, cells: numpy.ndarray) -> numpy.ndarray:
    """The rows whose cell is wanted."""
    parts = [numpy.flatnonzero(is_wanted.take(cells[piece], mode="clip")) + piece.start for piece in pieces(len(cells))]
    return numpy.concatenate(parts) if parts else numpy.empty(0, numpy.intp)


def _stretches(upto: numpy.ndarray, percents: Sequence[int], room: Room) -> list[tuple[int, int]]:
    """The first and last bin of each stretch that is kept of a group, in order; `upto` counts its values up to each
    bin."""
    n = int(upto[-1])
    if not n:
        return []
    more, found = room.of(n), []
    for low, high in sorted((max(0, place - more), min(place + more, n - 1)) for place in _places(n, percents)):
        first, last = upto.searchsorted((low, high), side="right").tolist()
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _places(n: int, percents: Sequence[int]) -> list[int]:
    return [*(rank(n, percent) for percent in percents), n - 1]
