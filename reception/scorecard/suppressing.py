"""What the public may know of counts of people: none below five, nor anything from which one could be worked out.

Pure. Two kinds of figures are published of one month's visitors: partitions of the total (by service, weekday, quarter
hour), and shares of some of them. docs/scorecard.md says the rules in words; tests attack them in every small world.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reception.figures.measures import share as measured

FEWEST = 5  # people: fewer are hidden
ENOUGH = 30  # judgements: with fewer nothing is called kept or not kept
BOUNDED_FROM = 2 * FEWEST - 1  # so that a share with few on one side always has many on the other
ROUGH_FROM = 110  # people: of so many, a whole percent fits several numbers


def total(count: int) -> int | None:
    return count if count >= FEWEST else None


def partition(cells: Sequence[int], hide: Collection[int] = ()) -> list[int | None]:
    """The cells of a published total: those below five hidden, and with them so many more, from the last on, that
    subtracting what is shown tells nothing of any one. `hide` are places that were hidden in an earlier version.

    Which are hidden besides goes by their place and never by their size, which would itself tell something. Where the
    total is below five, all are hidden.
    """
    if sum(cells) < FEWEST:
        return [None] * len(cells)
    hidden = {place for place, count in enumerate(cells) if count < FEWEST} | set(hide)
    others = [place for place in range(len(cells)) if place not in hidden]
    while hidden and others and _tell([cells[place] for place in hidden]):
        hidden.add(others.pop())
    return [None if place in hidden else count for place, count in enumerate(cells)]


def _tell(hidden: list[int]) -> bool:
    """Whether counts of which only the sum is known can be told from it: a single one, several that come to less than
    five, or several that can only be four each."""
    return len(hidden) < 2 or sum(hidden) < FEWEST or set(hidden) == {FEWEST - 1}


def corrected(cells: Sequence[int], before: Sequence[int | None]) -> list[int | None]:
    """A partition that was published before, cell by cell: what was hidden stays hidden, and where something would be
    hidden anew, which the earlier version shows, the whole of it is."""
    found = partition(cells, [place for place, shown in enumerate(before) if shown is None])
    anew = any(now is None and then is not None for now, then in zip(found, before, strict=True))
    return [None] * len(cells) if anew else found


@dataclass(frozen=True, slots=True)
class Shown:
    """A share as the public sees it. `between` is all that is said where few are on one side; `hidden` says why
    something is not there: "few" people, or because it would "tell" of others."""

    n: int | None
    hits: int | None
    share: float | None
    interval: tuple[float, float] | None = None
    between: tuple[float, float] | None = None
    hidden: str | None = None


NOTHING = Shown(None, None, None, hidden="few")


def share(hits: int, n: int) -> Shown:
    """A share by itself: whole where nobody, or at least five, are on either side."""
    misses = n - hits
    if 0 < n < FEWEST:
        return NOTHING
    few, many = 0 < hits < FEWEST, 0 < misses < FEWEST
    if not (few or many):
        return Shown(**measured(hits, n))
    if n < BOUNDED_FROM:
        return Shown(n, None, None, hidden="few")
    edge = (n - FEWEST + 1) * 100 // n / 100
    return Shown(n, None, None, between=(edge, 1.0) if many else (0.0, round(1 - edge, 2)), hidden="few")


def rough(hits: int, n: int, of: int) -> Shown:
    """A share whose count would tell of others: a whole percent, where it fits several counts."""
    shown = share(hits, n)
    if of < ROUGH_FROM or shown.share is None or n < FEWEST:
        return Shown(None, None, None, hidden="tells")
    return Shown(None, None, round(shown.share, 2), hidden="tells")


@dataclass(frozen=True, slots=True)
class Rest:
    """People whom subtracting published figures would count: `count` of `of`. Where they are few, the measure named
    `gives_way` does: its count, and where so few came that a whole percent would tell, its share.
    `wholly`: both, always.
    """

    count: int
    of: int
    gives_way: str
    wholly: bool = False

    @property
    def tells(self) -> bool:
        return 0 < abs(self.count) < FEWEST


def shares(
    counted: Mapping[str, tuple[int, int]], rests: Collection[Rest] = (), before: Mapping[str, Shown] | None = None
) -> dict[str, Shown]:
    """measure -> what is shown of (hits, n). `before` are those of which something was hidden in an earlier version:
    what it showed. A measure of which nothing is counted any more stays hidden with them."""
    before = before or {}
    everything = {**dict.fromkeys(before, (0, 0)), **counted}
    return {
        key: _one(hits, n, [rest for rest in rests if rest.gives_way == key], before.get(key))
        for key, (hits, n) in everything.items()
    }


def _one(hits: int, n: int, rests: list[Rest], before: Shown | None) -> Shown:
    telling = [rest for rest in rests if rest.tells]
    alone = _alone(hits, n, rests, telling)
    if before in (None, alone):
        return alone
    if n >= FEWEST and any(rest.wholly for rest in rests):
        return _nothing(n, rests)
    if before.share is None:  # anything said now could be set beside what was hidden then
        return Shown(None, None, None, hidden="few" if before.hidden == "few" and n < ENOUGH else "tells")
    return rough(hits, n, min((rest.of for rest in telling), default=n))


def _alone(hits: int, n: int, rests: list[Rest], telling: list[Rest]) -> Shown:
    """What is shown where no version was before."""
    shown = share(hits, n)
    if any(rest.wholly for rest in rests):
        return _nothing(n, rests) if n >= FEWEST and (telling or shown.hidden) else shown
    return rough(hits, n, min(rest.of for rest in telling)) if telling else shown


def _nothing(n: int, rests: list[Rest]) -> Shown:
    """Alike, whichever of them would tell."""
    return Shown(n if all(rest.of == n for rest in rests) else None, None, None, hidden="few")
