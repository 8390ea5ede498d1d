"""A real server with three desks (the third takes housing alone), receptionists, and their screens in a browser."""

import pytest
from playwright.sync_api import expect

from reception.clock import Clock
from reception.settings import load
from reception.store import Store
from tests.builders import SERVICES, Counter
from tests.desk.screen import Working
from tests.outside import Server, zone_where_it_is

SHUT = {"key": "planning", "name": "Planning", "letter": "C", "open": False}
TEAMS = [
    {
        "key": "tax",
        "name": "Council Tax team",
        "phone": "01632 960 101",
        "days": 5,
        "sentences": ["We will send a bill."],
    },
    {"key": "repairs", "name": "Repairs team", "phone": "01632 960 102", "days": 2},
]
ROOMS = [{"key": "room-1", "name": "Interview room 1"}]
SIGNPOSTS = [
    {
        "key": "advice",
        "name": "Citizens Advice",
        "phone": "0800 000 001",
        "opening": "Every day",
        "checked": "2026-03-02",
    }
]


class House(Server):
    """`door` acts for whoever is not on a screen; `person` makes a receptionist."""

    @property
    def door(self) -> Counter:
        if self._door is None:
            self._door = Counter(load(self.office, env=self._env), Store(self.data / "reception.db"), clock=Clock())
        return self._door

    def close(self) -> None:
        self.stop()  # first: a client that hangs up on a living server waits seconds for its farewell
        super().close()

    def person(self, name: str, role: str = "receptionist") -> "Person":
        sign_in = f"{name}-{len(self.keys.people())}"
        return Person(self, name, self.keys.add_person(name=name, sign_in=sign_in, role=role, by="test"), role)

    def tickets(self, *services: str) -> list:
        return [self.door.ticket(service) for service in services]

    def time_is_up(self, visit) -> None:
        """Ends a hold without waiting for it; somebody who comes in lets everybody notice."""
        store = self.door.store
        store.begin()
        store.execute("UPDATE visits SET held_until = 1 WHERE id = ?", (visit.id,))
        store.commit()
        self.tickets("housing")


class Person:
    def __init__(self, house: House, name: str, person: str, role: str):
        self.house, self.name, self.person = house, name, person
        self.by = f"person:{person}"
        self.secret = house.keys.add(name=name, role=role, kind="browser", by="test", person=person)

    def socket(self):
        """This person's open socket, as their browser opens it."""
        return self.house.screen("desk", headers={"Cookie": f"reception-desk={self.secret}"})

    def sign_out(self) -> None:
        self.house.revoke(self.secret)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    house = House(
        tmp_path_factory.mktemp("house"),
        office={
            "key": "office",
            "name": "Customer services",
            "timezone": zone_where_it_is(12),
        },  # no hold passes midnight
        desk={"calls_before_not_here": 3},
        services=[{**SERVICES[0], "also": ["parking"]}, *SERVICES[1:], SHUT],
        teams=TEAMS,
        rooms=ROOMS,
        signposts=SIGNPOSTS,
        figures={"references": True},
    )
    yield house
    house.close()


@pytest.fixture
def house(running):
    """The module's server with nobody waiting and every desk closed."""
    running.clear()
    return running


@pytest.fixture
def sit(house, new_context):
    """Opens a desk's working screen; the page's errors are the test's."""
    wrong = []

    def sit_down(name: str = "Robin", desk: str = "1", *, opened: bool = True, before=None, **context) -> Working:
        person = house.person(name)
        if opened:
            house.door.set_desk(desk=desk, state="open", by=person.by)
        screen = new_context(viewport={"width": 1280, "height": 800}, **context)
        screen.add_cookies([{"name": "reception-desk", "value": person.secret, "url": house.url}])
        page = screen.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if before:
            before(page)
        page.goto(f"{house.url}/desk/{desk}")
        expect(page.locator("[data-situation=joining]")).to_have_count(0)
        return Working(page, person, desk)

    yield sit_down
    assert wrong == []
