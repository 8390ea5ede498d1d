"""Many visits as columns of numbers, one row a visit: what any question about finished days is answered from.

Pure, over numpy arrays; no database. A column of keys (service, desk, …) holds numbers that stand for words of its own.
Durations are milliseconds, UNKNOWN where nobody can know; `day` counts from 1 January 1970, `minute` is the local one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

import numpy

from reception.figures.asking import Asked
from reception.figures.judging import WAITING, Judged
from reception.hours import local
from reception.visit import OUTCOMES, Visit

UNKNOWN = -1
NUMBERS = {
    "day": "<i4", "minute": "<i2", "fate": "u1", "flags": "<u2", "outcome": "u1", "arrived": "<i8", "wait": "<i4",
    "acknowledgement": "<i4", "call_wait": "<i4", "walk": "<i4", "service_time": "<i4", "visit_time": "<i4",
    "delay": "<i4", "early": "<i4",
}  # fmt: skip
KEYS = ("service", "desk", "channel", "language")  # of words
# One row a later leg of a visit that counts: day, minute and all but `later_leg` (its service) are the visit's.
LATER = {"later_day": "<i4", "later_minute": "<i2", "later_wait": "<i4"}
LATER_KEYS = ("later_leg", *(f"later_{name}" for name in KEYS))
# `lasting`: seen, or waiting still, so that the wait counts as the longest; `out` and `excluded`: not judged; `told` by
# when to expect the call, which was kept, or they were gone before
FLAGS = ("inferred", "auto_closed", "late_return", "unsaid", "out", "excluded", "carries", "returned", "lasting",
         "dated", "booked", "punctual", "told", "told_kept", "told_gone", "came_booked")  # fmt: skip
FLAG = {name: 1 << place for place, name in enumerate(FLAGS)}
EPOCH = date(1970, 1, 1)
Column = tuple[numpy.ndarray, Sequence[str] | None]
ROWS = (*NUMBERS, *KEYS)
LEGS = (*LATER, *LATER_KEYS)
USE_TIMES = ("use_open", "use_breaks", "use_serving")
USE = ("use_day", "use_desk", *USE_TIMES)  # one row a desk and day on which it was open
ALL_KEYS = (*KEYS, *LATER_KEYS, "use_desk")
TYPES = {
    **NUMBERS, **LATER, "use_day": "<i4", **dict.fromkeys(USE_TIMES, "<i8"), **dict.fromkeys(ALL_KEYS, "<u2"),
}  # fmt: skip
DAY_OF = {**dict.fromkeys(ROWS, "day"), **dict.fromkeys(LEGS, "later_day"), **dict.fromkeys(USE, "use_day")}


class Facts:
    """`columns` maps a name to its array, `words` a key column's name to the words its numbers stand for."""

    def __init__(self, columns: Mapping[str, numpy.ndarray], words: Mapping[str, Sequence[str]]):
        self.columns, self.words = dict(columns), words

    @classmethod
    def of_nobody(cls) -> "Facts":
        return cls({name: numpy.empty(0, kind) for name, kind in TYPES.items()}, dict.fromkeys(ALL_KEYS, ()))

    def __len__(self) -> int:
        return len(self["day"])

    def __getitem__(self, name: str) -> numpy.ndarray:
        return self.columns[name]

    def flag(self, name: str) -> numpy.ndarray:
        """Which rows have a flag, as booleans."""
        return (self["flags"] & FLAG[name]) != 0


class Fitting(Facts):
    """Those rows of others that fit what is asked for, days apart; the use of desks stays whole. They are looked for
    when a column is asked for, and it is cut out, once."""

    def __init__(self, whole: Facts, asked: Asked):
        super().__init__({}, whole.words)
        self._whole, self._asked, self._masks = whole, asked, {}

    def __getitem__(self, name: str) -> numpy.ndarray:
        if name not in self.columns:
            mask, column = self._mask(name), self._whole[name]
            self.columns[name] = column if mask is None else column[mask]
        return self.columns[name]

    def _mask(self, name: str) -> numpy.ndarray | None:
        if name not in ROWS and name not in LEGS:
            return None
        of = "later_" if name in LEGS else ""
        if of not in self._masks:
            self._masks[of] = _fitting(self._whole, self._asked, of)
        return self._masks[of]


def of(
    judged: Iterable[tuple[Visit, Judged]],
    zone,
    use: Iterable[tuple] = (),
    dated: Collection[str] = (),
    carrying: Mapping[str, bool] = MappingProxyType({}),
) -> Facts:
    """The facts of visits and what was judged of them, and of desks' use (`use.desk_use`); `dated` are the ids of those
    who were told by when something happens, `carrying` says of each that carries a council's reference whether somebody
    came back about the same matter soon."""
    rows, words = {name: [] for name in TYPES}, {name: {} for name in ALL_KEYS}
    for visit, one in judged:
        _add(rows, words, visit, one, zone, _flags(visit, one, visit.id in dated, carrying.get(visit.id)))
    for day, desk, *times in use:
        known = words["use_desk"].setdefault(desk, len(words["use_desk"]))
        for name, value in zip(USE, (day, known, *times), strict=True):
            rows[name].append(value)
    columns = {name: numpy.array(values, dtype=TYPES[name]) for name, values in rows.items()}
    return Facts(columns, {name: tuple(known) for name, known in words.items()})


def _add(rows: dict, words: dict, visit: Visit, one: Judged, zone, flags: int) -> None:
    def code(name: str, word: str) -> int:
        return words[name].setdefault(word, len(words[name]))

    arrived = local(visit.arrived_at, zone)
    said = dict(zip(KEYS, (visit.first_service, visit.desk or "", visit.channel, visit.reads), strict=True))
    values = {
        "day": day_number(arrived.date()),
        "minute": arrived.hour * 60 + arrived.minute,
        "fate": one.fate,
        "flags": flags,
        "outcome": OUTCOMES.index(visit.outcome) + 1 if visit.outcome and visit.state != "cancelled" else 0,
        "arrived": visit.arrived_at,
        "wait": one.wait,
        **{name: _known(getattr(one, name)) for name in ("acknowledgement", "call_wait", "walk")},
        **{name: _known(getattr(one, name)) for name in ("service_time", "visit_time", "delay", "early")},
        **{name: code(name, word) for name, word in said.items()},
    }
    for name, value in values.items():
        rows[name].append(value)
    for leg in () if one.excluded else one.legs:
        rows["later_wait"].append(_known(leg.wait))
        rows["later_leg"].append(code("later_leg", leg.service))
        for name in ("day", "minute"):
            rows[f"later_{name}"].append(values[name])
        for name, word in said.items():
            rows[f"later_{name}"].append(code(f"later_{name}", word))


def _flags(visit: Visit, one: Judged, dated: bool, returned: bool | None) -> int:
    true = {
        "inferred": visit.seen_inferred,
        "auto_closed": visit.ended_inferred,
        "late_return": one.late_return,
        "unsaid": visit.state == "completed" and visit.outcome is None,
        "out": one.out,
        "excluded": one.excluded,
        "carries": returned is not None,
        "returned": returned,
        "dated": dated,
        "booked": one.punctual is not None,
        "punctual": one.punctual,
        "told": one.told,
        "told_kept": one.told == "kept",
        "told_gone": one.told == "gone",
        "came_booked": visit.appointment is not None,
        "lasting": visit.state != "cancelled" and (visit.seen_at is not None or visit.state in WAITING),
    }
    return sum(FLAG[name] for name, is_so in true.items() if is_so)


def _known(ms: int | None) -> int:
    return UNKNOWN if ms is None else ms


def joined(
    parts: Sequence[tuple[numpy.ndarray, Sequence[str] | None]], kind: str
) -> tuple[numpy.ndarray, tuple | None]:
    """One column of several parts: (array, its words or None) each; the words of all are put together."""
    if not parts:
        return numpy.empty(0, dtype=kind), ()
    if parts[0][1] is None:
        return numpy.concatenate([array for array, _words in parts]), None
    known: dict[str, int] = {}
    arrays = []
    for array, words in parts:
        codes = [known.setdefault(word, len(known)) for word in words]
        is_same = codes == list(range(len(codes)))  # as it mostly is: then nothing is to be said otherwise
        arrays.append(array if is_same or not len(array) else numpy.array(codes, "<u2").take(array, mode="clip"))
    return numpy.concatenate(arrays), tuple(known)


def _fitting(facts: Facts, asked: Asked, of: str) -> numpy.ndarray | None:
    """Which rows fit; None: all of them. `of`: "later_" for the later legs' rows."""
    mask, n = None, len(facts[f"{of}day"])
    for name, wanted in (
        ("service", asked.services), ("desk", asked.desks), ("channel", asked.channels), ("language", asked.languages),
    ):  # fmt: skip
        if wanted:
            is_wanted = numpy.array([word in wanted for word in facts.words[f"{of}{name}"]] or [False])
            mask = _both(mask, is_wanted[facts[f"{of}{name}"]] if n else numpy.zeros(0, bool))
    if asked.hours:
        mask = _both(mask, _table(asked.hours, 24)[facts[f"{of}minute"] // 60])
    if asked.quarters:
        quarters = _table([minute // 15 for minute in asked.quarters], 96)
        mask = _both(mask, quarters[facts[f"{of}minute"] // 15])
    if asked.weekdays:
        mask = _both(mask, _table(asked.weekdays, 8)[weekday(facts[f"{of}day"])])
    return mask


def _both(one: numpy.ndarray | None, other: numpy.ndarray) -> numpy.ndarray:
    return other if one is None else one & other


def _table(wanted: Sequence[int], size: int) -> numpy.ndarray:
    table = numpy.zeros(size, bool)
    table[list(wanted)] = True
    return table


def weekday(days: numpy.ndarray) -> numpy.ndarray:
    """1 (Monday) to 7; the first of January 1970 was a Thursday."""
    if not len(days):
        return days
    first = days.min()  # a division for each day, not for each visit
    return ((numpy.arange(first, days.max() + 1, dtype=days.dtype) + 3) % 7 + 1).take(days - first, mode="clip")


def day_number(day: date) -> int:
    return (day - EPOCH).days


def day_named(number: int) -> date:
    return EPOCH + timedelta(days=int(number))
