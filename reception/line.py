"""Who is next: the one ordering that the call, the position on the phone and the kiosk's "people ahead" all use.

Whoever has waited longest comes first. A class (an appointment, a reasonable adjustment, …) has a head start: it counts
as so many minutes longer. So nobody starves: nobody is passed by one whose wait began later than the largest head start
(and, at a desk that only helps with their service, `helping_ms` more). Pure: no clock, no database.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from reception.visit import Visit

NOBODY: frozenset[str] = frozenset()
Told = Mapping[str, Mapping[str, str]]  # visit -> kind -> text: what is known of a person (particulars)


@dataclass(frozen=True, slots=True)
class Takes:
    """What one desk does: its main services, those it also helps with, and the needs it can meet."""

    main: frozenset[str]
    helps: frozenset[str] = NOBODY
    has: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True)
class LineRules:
    """What settings, and today's rulings, say about the line. Durations in milliseconds."""

    desks: Mapping[str, Takes]
    head_starts: Mapping[str, int]  # class -> how much longer it counts
    helping_ms: int = 0  # a service a desk only helps with counts as so much shorter there
    requiring: frozenset[str] = NOBODY  # needs that only a desk which has them can meet
    adjusting: frozenset[str] = NOBODY  # needs that make a reasonable adjustment


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is next: `key` is "kept_for_you", "head_start" or "longest"; `klass` the class that counted."""

    key: str
    waited_ms: int
    klass: str | None = None
    head_start_ms: int = 0
    passed: int = 0  # how many whom the desk could help have waited longer


class Kind(NamedTuple):
    """All that decides which desks may call a visitor; those of one kind wait for the same desks."""

    service: str
    needs: frozenset[str]
    kept_for: str | None


class Line:
    """The line of one office at one instant (`at`). `desks` are rows of `desks` by key: `state` and `person`."""

    def __init__(self, rules: LineRules, visits: Iterable[Visit], desks: Mapping, at: int, told: Told | None = None):
        self.rules, self.desks, self.at, self.told = rules, desks, at, told or {}
        self._waiting = [visit for visit in visits if visit.state == "waiting"]
        self._opened = frozenset(key for key, desk in desks.items() if desk.state == "open")
        self._able: dict[Kind, frozenset[str]] = {}
        self._firsts: dict[str, Visit | None] = {}
        self._orders: dict[str, list[tuple[int, int]]] = {}
        self._alike: dict[tuple, list[tuple[int, int]]] = {}

    # -- the order ----------------------------------------------------------------------------------------------

    def order(self, visit: Visit) -> tuple[int, int]:
        """Sorts the line: since when somebody counts as waiting, then the order stored."""
        earlier = self.head_start(visit)[0] if visit.standing or visit.id in self.told else 0
        return (visit.placed_at or visit.waits_from) - earlier, visit.place

    def head_start(self, visit: Visit) -> tuple[int, str | None]:
        """The largest head start of the visitor's classes, and which class it is."""
        classes = visit.standing.split()
        if visit.id in self.told and self.rules.adjusting & self._needs(visit):
            classes.append("adjustment")
        return max((self.rules.head_starts.get(name, 0), name) for name in classes) if classes else (0, None)

    def waiting(self) -> list[Visit]:
        """Everyone waiting, in calling order; those not due yet come last."""
        return sorted(self._waiting, key=lambda visit: (not self.is_due(visit), self.order(visit)))

    def is_due(self, visit: Visit) -> bool:
        """Whether Next may call them yet: not before an appointment's window, nor while a put-back cools down or they
        are still on their way."""
        return (visit.due_at or 0) <= self.at and (visit.late_until or 0) <= self.at

    # -- who calls whom -----------------------------------------------------------------------------------------

    def next_for(self, desk: str) -> Visit | None:
        """The visitor that a desk calls next, or None if it can help nobody who waits."""
        if desk not in self._firsts:
            self._firsts[desk] = min(self._callable(desk), key=itemgetter(0, 1), default=(None,))[-1]
        return self._firsts[desk]

    def why(self, visit: Visit, desk: str) -> Why:
        """Why this visitor is next at the desk."""
        head_start, klass = self.head_start(visit)
        waited = max(0, self.at - visit.waits_from)
        if visit.kept_for:
            return Why("kept_for_you", waited, klass, head_start)
        came = (visit.waits_from, visit.place)  # two may come in one millisecond: the order stored decides
        passed = sum((other.waits_from, other.place) < came for *_order, other in self._callable(desk))
        return Why("head_start" if passed and head_start else "longest", waited, klass, head_start, passed)

    def desks_for(self, visit: Visit) -> frozenset[str]:
        """The desks set up for this visitor's service and needs, open or not."""
        return self._desks_of(self._kind(visit))

    def desks_that_have(self, visit: Visit) -> list[str]:
        """The desks that can meet this visitor's needs, set up for their service or not, as the settings order them."""
        needs = self._kind(visit).needs
        return [key for key, takes in self.rules.desks.items() if needs <= takes.has]

    def handicap(self, service: str, desk: str) -> int:
        """How much later somebody counts at a desk that only helps with their service."""
        return 0 if service in self.rules.desks[desk].main else self.rules.helping_ms

    def unserved(self) -> list[Visit]:
        """Those who are due and whom no open desk can help, in calling order."""
        kinds = [visits for kind, visits in self._by_kind.items() if not self._desks_of(kind) & self._opened]
        return [visit for *_order, visit in sorted(chain(*kinds), key=itemgetter(0, 1))]

    def desks_of_service(self, service: str) -> frozenset[str]:
        """The desks set up for whoever is about to take a ticket for the service, open or not."""
        return self._desks_of(Kind(service, NOBODY, None))

    def is_served(self, service: str) -> bool:
        """Whether an open desk takes the service, for whoever is about to take a ticket."""
        return bool(self.desks_of_service(service) & self._opened)

    # -- how many are ahead -------------------------------------------------------------------------------------

    def people_ahead(self, visit: Visit) -> int:
        """How many are called before this visitor at the open desk where they come soonest; while none is open, at the
        desk set up for them where they would. Nobody is ahead of whoever is next at an open desk."""
        desks = self._in_use(self._kind(visit))
        return self._ahead(visit.service, desks - {visit.skipped_by} or desks, self.order(visit))

    def people_before(self, service: str) -> int:
        """How many would be ahead of whoever took a ticket for the service now."""
        return self._ahead(service, self._in_use(Kind(service, NOBODY, None)), (self.at, 1 << 62))

    def _ahead(self, service: str, desks: frozenset[str], order: tuple[int, int]) -> int:
        since, place = order
        places = (bisect_left(self._order_at(desk), (since + self.handicap(service, desk), place)) for desk in desks)
        return min(places, default=0)

    def _order_at(self, desk: str) -> list[tuple[int, int]]:
        """The desk's own order: since when each whom it may call counts there, and the order stored."""
        if desk not in self._orders:
            alike = self._whom(desk)
            if alike not in self._alike:
                self._alike[alike] = sorted((since, place) for since, place, _visit in self._callable(desk))
            self._orders[desk] = self._alike[alike]
        return self._orders[desk]

    def _whom(self, desk: str) -> tuple:
        """Each kind that the desk may call, with its handicap there: desks for which that is the same call the same
        people in the same order, unless one of them put somebody back."""
        kinds = [(kind, self.handicap(kind.service, desk)) for kind in self._by_kind if desk in self._desks_of(kind)]
        return desk if desk in self._put_back_by else None, *kinds

    # -- helpers ------------------------------------------------------------------------------------------------

    @cached_property
    def _by_kind(self) -> dict[Kind, list[tuple[int, int, Visit]]]:
        """Everyone who is due, each kind in calling order: since when they count, the order stored, who."""
        found = defaultdict(list)
        for visit in self._waiting:
            if self.is_due(visit):
                found[self._kind(visit)].append((*self.order(visit), visit))
        for visits in found.values():
            visits.sort(key=itemgetter(0, 1))
        return found

    @cached_property
    def _put_back_by(self) -> set[str | None]:
        return {visit.skipped_by for visit in self._waiting}

    def _callable(self, desk: str) -> Iterator[tuple[int, int, Visit]]:
        """Everyone the desk may call, in no order: since when they count there, the order stored, who."""
        others = self._opened - {desk}
        for kind, visits in self._by_kind.items():
            desks = self._desks_of(kind)
            if desk not in desks:
                continue
            later, another = self.handicap(kind.service, desk), desks & others
            for since, place, visit in visits:
                # Not the desk that put them back, while another one that is open could call them.
                if not (another and visit.skipped_by == desk):
                    yield since + later, place, visit

    def _kind(self, visit: Visit) -> Kind:
        needs = self.rules.requiring & self._needs(visit) if visit.id in self.told else NOBODY
        return Kind(visit.service, needs, visit.kept_for)

    def _needs(self, visit: Visit) -> frozenset[str]:
        return frozenset(self.told.get(visit.id, {}).get("needs", "").split())

    def _in_use(self, kind: Kind) -> frozenset[str]:
        """The open desks for a kind; while there is none, all that are set up for it."""
        desks = self._desks_of(kind)
        return desks & self._opened or desks

    def _desks_of(self, kind: Kind) -> frozenset[str]:
        if kind not in self._able:
            able = {
                key
                for key, takes in self.rules.desks.items()
                if (kind.service in takes.main or kind.service in takes.helps) and kind.needs <= takes.has
            }
            keepers = self._keepers(kind.kept_for)
            self._able[kind] = frozenset(keepers or able)
        return self._able[kind]

    def _keepers(self, kept_for: str | None) -> set[str]:
        """The desks that a kept visitor waits for; none once that desk, or that person's every desk, has closed."""
        if kept_for is None:
            return set()
        there = {key for key, desk in self.desks.items() if desk.state != "closed" and key in self.rules.desks}
        return {key for key in there if kept_for in (f"desk:{key}", self.desks[key].person)}
