"""Days lived through the real front desk by a clock one sets, and held against the reference, whole and in parts."""

from datetime import date
from math import isclose

from reception.appointments.booked import Booked
from reception.estimate.said import Said
from reception.figures import Asked, Figures
from reception.figures.behind import behind
from reception.hours import local
from reception.keys import Keys
from reception.owing import Promised
from reception.refusals import Refusal
from tests.builders import LONDON, Counter, Hands, instant, open_door
from tests.figures.besides import by_need
from tests.figures.reference import Reference, Rules, counted, figure

MINUTE = 60_000


class Lived:
    """An office with appointments, needs and several languages; `rules` are the reference's own of its settings."""

    def __init__(self, folder, start: str, rules: Rules | None = None, **parts):
        self.hands = Hands(instant(start))
        self.path = folder / "reception.db"
        self.door: Counter = open_door(self.path, self.hands, **parts)
        self.rules = rules or Rules()
        self.later_rules: dict[str, Rules] = {}
        sign_in = f"bo-{self.hands.wall}"
        person = Keys(self.door).add_person(name="Bo", sign_in=sign_in, role="receptionist", by="test")
        self.colleague = f"person:{person}"

    def rules_on(self, day: date) -> Rules:
        since = [first for first in self.later_rules if first <= day.isoformat()]
        return self.later_rules[max(since)] if since else self.rules

    def figures(self) -> Figures:
        return Figures(self.door.settings, self.door.store, self.door.writer)

    def reference(self) -> Reference:
        return Reference(self.path, LONDON, self.rules_on)

    def book(self, reference: str, at: str | int, service: str = "tax") -> None:
        at = instant(at) if isinstance(at, str) else at
        booked = Booked(reference, service, at, 20, "Ann Other", "AB1 2CD", (), False, 1)
        self.door.take_in([booked], by="key:1", source="test")

    def book_soon(self, reference: str, minutes: int, service: str) -> None:
        """An appointment in so many minutes, or so many ago, today."""
        at = self.hands.wall + minutes * MINUTE
        if local(at, LONDON).date() == local(self.hands.wall, LONDON).date():
            self.book(reference, at, service)

    def expect(self, visit: str, by_at: int) -> None:
        """They are told by when to expect the call."""
        self.door.tell_expected({visit: Said("range", self.hands.wall, 0, 30, by_at)})

    def close(self) -> None:
        self.door.store.close()


def served(lived: Lived, desk: str = "1", minutes: float = 5, **ended):
    """Whoever is next is called, seen and helped to the end."""
    visit = lived.door.next(desk)
    lived.hands.go(seconds=20)
    lived.door.take("start", visit, desk)
    lived.hands.go(minutes=minutes)
    return lived.door.finish(visit=visit.id, by=f"person:{desk}", desk=desk, **ended)


def promised(days: int = 3) -> Promised:
    return Promised("We will write to you.", days=days)


def agrees(lived: Lived, first: date, last: date, *, now: int | None = None, reference=None, **only) -> dict:
    """Asserts that Reception's report of a period is the reference's, and that the visits behind each count are its,
    too; the report."""
    now = lived.hands.wall if now is None else now
    reference = reference or lived.reference()
    asked = Asked(first, last, **only)
    report = lived.figures().of(asked, now)
    wanted = reference.of(first, last, now, **only)
    same(report["total"], wanted["total"], ("total",))
    for name, key in (("services", "key"), ("desks", "key"), ("channels", "key"), ("languages", "key"),
                      ("weekdays", "weekday"), ("hours", "hour")):  # fmt: skip
        groups = {one[key]: one for one in report[name]}
        for found, group in wanted[name].items():
            same(groups[found], group, (name, found))
        for found in groups.keys() - wanted[name].keys():
            assert not groups[found]["arrivals"], (name, found)
    report["told"] = by_key(report["told"])
    for name in ("distribution", "appointments", "next_steps", "told", "quality", "footfall", "use"):
        if name in wanted:
            same(report[name], wanted[name], (name,))
    everyone = reference.verdicts(first, last, now, **only)
    over_time(report, everyone)
    stands_behind(lived, asked, now, everyone)
    return report


def by_key(told: dict) -> dict:
    """Its rows by what they are of."""
    keys = {"services": "key", "hours": "hour", "weeks": "first"}
    return told | {name: {one[key]: one for one in told[name]} for name, key in keys.items()}


def over_time(report: dict, everyone) -> None:
    """The points of the chart follow one another and leave nobody out, and the week's cells are of who came then."""
    came = 0
    for point in report["points"]:
        there = [one for one in everyone if point["first"] <= one.day.isoformat() <= point["last"]]
        same(point, figure(there), (point["first"], point["last"]))
        came += len(there)
    assert came == len(everyone)
    cells = {(one["weekday"], one["hour"]): one for one in report["week"]}
    for at in {(one.weekday, one.hour) for one in everyone}:
        wanted = figure([one for one in everyone if (one.weekday, one.hour) == at])
        assert (at in cells) == bool(wanted["arrivals"])
        same(cells.get(at, {}), {name: wanted[name] for name in cells.get(at, {}) if name in wanted}, at)


def stands_behind(lived: Lived, asked: Asked, now: int, everyone) -> None:
    """The list behind each count is of exactly those that the reference counts."""
    figures = lived.figures()
    for what, people in counted(everyone).items():
        n, listed = behind(figures, asked, what, now, count=10_000)
        assert (n, {one.visit.id for one in listed}) == (len(people), {one.id for one in people}), what
        waits = {one.id: one.wait for one in people}
        assert {one.visit.id: one.wait for one in listed} == waits, what


def agrees_by_need(lived: Lived, first: date, last: date, reference=None) -> None:
    now, wanted = lived.hands.wall, by_need(reference or lived.reference(), first, last, lived.hands.wall)
    found = {one["key"]: one for one in lived.figures().between(first, last, now)["needs"]}
    assert found.keys() == wanted.keys()
    for need, one in wanted.items():
        same_need(found[need], one, need)
        same_need(lived.figures().of(Asked(first, last, need=need), now)["total"], one, need)


def same_need(found: dict, wanted: dict, need: str) -> None:
    """Nothing but fates and waits is kept of needs."""
    apart = ("longest_at", "inferred", "share_inferred", "late_returns", "auto_closed", "without_outcome")
    same(found, {name: value for name, value in wanted.items() if name not in apart}, ("need", need))


def same(found, wanted, where: tuple) -> None:
    """Everything that is wanted, to the millisecond; an interval to the last rounding."""
    if isinstance(wanted, dict):
        assert isinstance(found, dict), (where, "wanted", wanted, "found", found)
        for name, value in wanted.items():
            same(found[name], value, (*where, name))
    elif isinstance(wanted, tuple) and where[-1] == "interval":
        assert found and all(isclose(a, b, abs_tol=1e-9) for a, b in zip(wanted, found, strict=True)), where
    else:
        assert found == wanted, (where, "wanted", wanted, "found", found)


def quietly(press, *given, **more):
    """A press that does not fit changes nothing, and so must not change a figure."""
    try:
        return press(*given, **more)
    except Refusal:
        return None
