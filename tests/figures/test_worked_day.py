"""The day that docs/figures.md works by hand: read from its tables, lived through the front desk, and computed."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from reception import outages
from reception.figures import Asked, Figures
from reception.figures.behind import behind
from reception.owing import Promised
from tests.builders import OFFICE_HOURS, instant, office
from tests.figures.living import Lived

DOC = Path(__file__).parents[2] / "docs" / "figures.md"
DAY, DATE = date(2026, 3, 2), "2026-03-02"
CLOCK = r"\d\d:\d\d:\d\d"
PROMISE = {"in time": "hits", "missed": "misses", "apart": "apart"}
REFERENCES = {"references": True}


def tables() -> list[list[list[str]]]:
    """The rows of the section's three tables, without their heads."""
    section = DOC.read_text("utf-8").split("## A day, worked by hand")[1].split("\n## ")[0]
    found, rows = [], []
    for line in [*section.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


PEOPLE, WAITS, FIGURES = tables()
NUMBERS = [found for _figure, _how, cell in FIGURES for found in re.findall(r"`([\w.]+)` ([^,]+)", cell)]


# -- living it --------------------------------------------------------------------------------------------------------


class Day:
    """The people of the first table. Everything that happens is put in order of time, then pressed."""

    def __init__(self, lived: Lived):
        self.lived, self.door, self.visits, self.came = lived, lived.door, {}, []
        self.presses = []
        for place, (number, what, arrived, told, happened) in enumerate(PEOPLE):
            self.then(arrived, 1, place, self.arrives, number, what)
            if told and told != arrived:
                self.then(told, 2, place, self.is_told, number)
            for word, time, rest in re.findall(rf"(\w+) ({CLOCK})([^,]*(?:, (?:about|with) [^,]+)?)", happened):
                if press := getattr(self, word, None):  # what the system does by itself has none
                    self.then(time, 0 if word in ("finished", "on") else 3, place, press, number, rest)

    def then(self, time: str, order: int, place: int, press, *given) -> None:
        self.presses.append((instant(f"{DATE} {time}"), order, place, press, given))

    def live(self) -> None:
        for at, _order, _place, press, given in sorted(self.presses, key=lambda one: one[:3]):
            self.lived.hands.go(milliseconds=at - self.lived.hands.wall)
            press(*given)

    def arrives(self, number: str, what: str) -> None:
        service = what.split(",")[0]
        if booked := re.search(r"booked for (\d\d:\d\d)", what):
            issued = self.door.check_in(by="kiosk:lobby", reference=f"TX-{booked[1]}")
        elif "at the desk" in what:
            issued = self.door.walk_in(desk="1", service=service, by="person:1", wait=True)
        else:
            needs = re.findall(r"needs (\w+)", what)
            issued = self.door.issue(service=service, by="kiosk:lobby", needs=needs)
        assert issued.visit.number == number
        self.visits[number] = issued.visit.id
        if by_when := re.search(rf"told ({CLOCK})", what):
            self.lived.expect(issued.visit.id, instant(f"{DATE} {by_when[1]}"))

    def is_told(self, number: str) -> None:
        self.door.acknowledge(visit=self.visits[number], how="printed", by="printer:1")

    def called(self, number: str, where: str) -> None:
        desk = where.split()[-1]
        self.door.call(desk=desk, by=f"person:{desk}", visit=self.visits[number], reason="upset")

    def again(self, number: str, _rest: str) -> None:
        self.step("recall", number)

    def here(self, number: str, _rest: str) -> None:
        self.step("start", number)

    def absent(self, number: str, _rest: str) -> None:
        self.step("not_here", number)

    def back(self, number: str, _rest: str) -> None:
        self.step("reinstate", number)

    def left(self, number: str, _rest: str) -> None:
        self.step("leave", number)

    def cancelled(self, number: str, _rest: str) -> None:
        self.step("cancel", number)

    def step(self, step: str, number: str) -> None:
        self.door.step(step, visit=self.visits[number], **self.asking(number))

    def held(self, number: str, _rest: str) -> None:
        self.door.hold(visit=self.visits[number], minutes=10, **self.asking(number))

    def on(self, number: str, where: str) -> None:
        self.door.transfer(visit=self.visits[number], service=where.split()[-1], **self.asking(number))

    def finished(self, number: str, how: str) -> None:
        days = re.search(r"a date in (\d+) days", how)
        about = re.search(r"about (\S+)", how)
        self.door.finish(
            visit=self.visits[number],
            outcome=re.search(r": (\w+)", how)[1],
            promise=Promised("We will write to you.", days=int(days[1])) if days else None,
            reference=about and about[1],
            **self.asking(number),
        )

    def desk(self, desk: str, state: str) -> None:
        reason = "break" if state == "paused" else None
        self.door.set_desk(desk=desk, state=state, by=f"person:{desk}", reason=reason)

    def asking(self, number: str) -> dict:
        desk = self.door.store.visit(self.door.office, self.visits[number]).desk
        return {"by": f"person:{desk or 1}", "desk": desk}


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    found = Lived(tmp_path_factory.mktemp("worked"), f"{DATE} 08:50", hours=OFFICE_HOURS, figures=REFERENCES)
    for time in ("10:30", "11:00", "11:30"):
        found.book(f"TX-{time}", f"{DATE} {time}")
    day = Day(found)
    around(day)
    day.live()
    afterwards(day)
    yield found
    found.close()


def around(day: Day) -> None:
    """What the sentences below the first table say."""
    door = day.door
    for time, desk, state in (("09:00:00", "1", "open"), ("09:00:00", "2", "open"), ("09:40:00", "1", "paused"),
                              ("09:55:00", "1", "open"), ("12:00:00", "1", "closed")):  # fmt: skip
        reason = "break" if state == "paused" else None
        day.then(
            time, 0, -1, lambda d, s, r: door.set_desk(desk=d, state=s, by=f"person:{d}", reason=r), desk, state, reason
        )
    day.then("10:01:00", 0, -1, outages.live, door)
    day.then("10:04:00", 0, -1, outages.starts, door)
    day.then("12:00:00", 4, 0, door.catch_up)
    day.then("18:30:00", 4, 0, door.catch_up)


def afterwards(day: Day) -> None:
    door, hands = day.door, day.lived.hands
    hands.go_to("2026-03-03 00:30")
    door.catch_up()
    day.lived.figures().catch_up(hands.wall)
    hands.go_to("2026-03-04 10:00")
    (owed,) = door.promises()
    door.keep(promise=owed.id, by="person:1")
    hands.go_to("2026-03-09 10:00")
    again = door.ticket()
    door.take("start", door.next())
    door.finish(visit=again.id, by="person:1", desk="1", outcome="resolved", reference="CT-200")
    hands.go_to("2026-03-31 12:00")
    door.catch_up()


# -- holding the numbers against it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", WAITS, ids=lambda row: row[0])
def test_each_wait_of_the_worked_day_is_what_reception_measures(lived, row):
    number, starts, ends, wait, _why, promise = row
    figures, asked = lived.figures(), Asked(DAY, DAY)
    lists = {what: behind(figures, asked, what, lived.hands.wall)[1] for what in ("arrivals", "hits", "misses")}
    (found,) = [one for one in lists["arrivals"] if one.visit.number == number]
    assert found.visit.waits_from == instant(f"{DATE} {starts}")
    assert found.wait == milliseconds(wait) == instant(f"{DATE} {ends}") - instant(f"{DATE} {starts}")
    fate = next((what for what in ("hits", "misses") if found in lists[what]), "apart")
    assert fate == PROMISE[promise]


@pytest.fixture(scope="module")
def reports(lived) -> dict:
    now, figures = lived.hands.wall, lived.figures()
    left_out = office(hours=OFFICE_HOURS, figures=REFERENCES | {"exclude": {"services": ["parking"]}})
    return {
        "": figures.between(DAY, DAY, now),
        "week": figures.between(DAY, DAY + timedelta(days=6), now),
        "without_parking": Figures(left_out, lived.door.store).between(DAY, DAY, now),
    }


@pytest.mark.parametrize(("name", "number"), NUMBERS, ids=[name for name, _number in NUMBERS])
def test_each_number_of_the_worked_day_is_what_reception_computes(reports, name, number):
    found = at(reports, name)
    number = number.strip()
    if number == "none":
        assert found is None
    elif number.endswith("%"):
        assert f"{found:.1%}" == number
    elif ":" in number:
        assert found == milliseconds(number)
    else:
        assert found == int(number)


def at(reports: dict, name: str):
    """A report's value by its path; a list's by the key that its rows have, or by place."""
    first, *rest = name.split(".")
    found = reports[first] if first in reports else reports[""]
    for part in rest if first in reports else [first, *rest]:
        if part == "quarters":
            found = {str(one["minute"]): one for one in found["footfall"]["quarters"]}
        elif isinstance(found, dict):
            found = found[part]
        else:
            keyed = {str(one.get("key", one.get("hour"))): one for one in found if isinstance(one, dict)}
            found = keyed[part] if keyed else found[int(part)]
    return found


def milliseconds(text: str) -> int:
    """Of 6:30 or 1:40:00."""
    found = 0
    for part in text.split(":"):
        found = found * 60 + int(part)
    return found * 1000


def test_every_definition_has_its_worked_example():
    definitions, worked = DOC.read_text("utf-8").split("## A day, worked by hand")
    words = re.findall(r"^\| ([^|,(]+?)(?:,| \(| \|)", definitions, re.MULTILINE)[1:]
    assert len(words) > 25
    assert [word for word in words if word not in worked.split("\n## ")[0]] == []
