"""Offices of Fernleigh Council for looking at: one with a morning behind it, a new one in trouble, a closed one."""

import time
import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page

from reception.appointments.booked import Booked
from reception.frontdesk import FrontDesk
from reception.hours import local
from reception.keys import Keys
from reception.owing import Promised
from reception.settings import load
from reception.store import Store
from tests.builders import Hands
from tests.fakes.printer import FakePrinter
from tests.morning import live
from tests.outside import Server, zone_where_it_is
from tests.serving import ROOT
from tests.weeks import weeks

HOUR = 3_600_000
STANDING_IN = ("person:1", "person:2", "person:3", "person:4")  # who helped in the weeks before
STAFF = (1280, 800)  # a receptionist's screen
DEMO = tomllib.loads((ROOT / "config/demo.toml").read_text("utf-8"))
FERNLEIGH = {**DEMO["office"], "timezone": zone_where_it_is(13)}
OPEN = dict.fromkeys(DEMO["hours"], ["09:00-17:00"])
WHO = {
    "Robin": "receptionist",
    "Kim": "receptionist",
    "Alex": "receptionist",
    "Jo": "receptionist",
    "Sam": "manager",
    "Pat": "admin",
    "Lobby kiosk": "kiosk",
    "Lobby board": "display",
}


class Office(Server):
    """An office of Fernleigh Council and its people. One that has `lived` has a morning behind it, and `days` working
    days before; one that is not yet `set_up` has no admin."""

    def __init__(self, folder: Path, *, lived: bool = False, days: int = 0, set_up: bool = True, **parts):
        self.lived, self.days, self.secrets, self.by = lived, days, {}, {}
        self.who = {name: role for name, role in WHO.items() if set_up or role != "admin"}
        folder.mkdir()
        shared = {name: part for name, part in DEMO.items() if isinstance(part, list)}  # services, desks, teams, …
        shared |= {"office": FERNLEIGH, "hours": OPEN}
        super().__init__(folder, **(shared | parts))

    def start(self) -> None:
        if not self.secrets:
            self._begin()
        super().start()

    def _begin(self) -> None:
        """Lets everybody in, at nine, and lives the morning."""
        now = time.time_ns() // 1_000_000
        morning = now - now % HOUR - 4 * HOUR
        hands = Hands(morning - 2 * self.days * 24 * HOUR)
        door = FrontDesk(load(self.office, env=self._env), Store(self.data / "reception.db"), clock=hands.clock)
        weeks(
            door,
            hands,
            until=local(now, door.settings.zone).date(),
            days=self.days,
            staff=dict(zip("1234", STANDING_IN, strict=True)),
        )
        hands.go(milliseconds=morning - hands.wall)
        keys = Keys(door)
        for name, role in self.who.items():
            person = None
            if role not in ("kiosk", "display"):
                person = keys.add_person(name=name, sign_in=name, role=role, by="console")
                self.by[name] = f"person:{person}"
            self.secrets[name] = keys.add(name=name, role=role, kind="browser", by="console", person=person)
        if self.lived:
            staff = dict(zip("1234", list(self.by.values())[:4], strict=True))
            live(door, hands, until=now, staff=staff)
            room = door.look()[1]
            for desk, by in staff.items():
                if visitor := room.at_desk(desk):
                    door.finish(visit=visitor.id, by=by, desk=desk)
            door.set_desk(desk="4", state="closed", by=self.by["Jo"])
        door.store.close()

    def open(self, browser: Browser, path: str, who: str | None = None, size=STAFF, **context) -> Page:
        """A page, as `who` sees it, filled in."""
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
        if who:
            self.enter(context, self.who[who], self.secrets[who])
        page = context.new_page()
        page.goto(path if path.startswith("http") else self.url + path)
        if page.locator("html").get_attribute("data-server"):
            page.locator("html[data-server=here]").wait_for()
        return page


def lived(folder: Path) -> Office:
    return Office(folder, lived=True)


def for_weeks(folder: Path) -> Office:
    return Office(folder, lived=True, days=40, figures={"references": True})


def expect_people(office: Office) -> None:
    """Appointments at all stages of coming, and promises of each kind."""
    door, robin, kim = office.door, office.by["Robin"], office.by["Kim"]
    names = ("Ada Okafor", "Ben Lloyd", "Carys Evans", "Ewa Nowak", "Gwen Hughes", "Ines Costa")
    when = (-95, -20, -8, 10, 25, 150)  # minutes from now
    needs = ((), (), (), ("quiet",), ("interpreter", "time"), ())
    door.take_in(
        [
            Booked(f"HC-{1000 + n}", "housing", door.now() + when[n] * 60_000, 20, name, "FE1 2AB", needs[n], False, n)
            for n, name in enumerate(names)
        ],
        by=robin,
        source="csv",
    )
    door.catch_up()
    door.check_in(reference="HC-1001", by=robin)
    for promised, by in (
        (Promised("Damp in the back bedroom", kind="call_back", contact="Ms Lee, 01632 960 777", minutes=45), kim),
        (Promised("Tenancy agreement, two payslips", kind="documents", days=1, contact="Mr Singh"), robin),
        (Promised("Blue Badge form and a photo", kind="documents", days=5), kim),
    ):
        door.promise(promised, by=by)
    door.keep(promise=door.promise(Promised("Copy of the lease", team="housing"), by=robin).id, by=robin)


def new(folder: Path, printer: FakePrinter) -> Office:
    """Groups, a service that is closed, a desk that does not take everything, a notice, and a printer of its own."""
    money = ("council-tax", "benefits")
    services = [{**one, "group": "money"} if one["key"] in money else one for one in DEMO["services"]]
    planning = {"key": "planning", "name": "Planning", "about": "building, trees", "letter": "F", "open": False}
    return Office(
        folder,
        groups=[{"key": "money", "name": "Money", "about": "Council Tax, benefits, help with rent"}],
        services=[*services, planning],
        desks=[{"key": "1", "name": "Desk 1", "services": ["council-tax", "parking"]}, *DEMO["desks"][1:]],
        printers=[{"key": "lobby", "name": "Lobby", "kind": "network", "host": printer.host, "port": printer.port}],
        kiosk={"idle_seconds": 4},
        board={"notice": "The lift is out of order. Please ask at any desk."},
    )


def closed(folder: Path) -> Office:
    """Closed today, open tomorrow, and without an admin."""
    today = f"{datetime.now(ZoneInfo(FERNLEIGH['timezone'])):%A}".lower()
    return Office(folder, set_up=False, hours={**OPEN, today: []})
