"""A real server in the early afternoon, with appointments to come and a greeter's socket and tablet; and, for the pages
of forms, an office whose clock is set."""

import pytest
from playwright.sync_api import expect

from reception.appointments.booked import Booked
from reception.door import DAY_MS
from reception.things import Appointment
from tests.arrivals.tablet import Tablet
from tests.desk.conftest import House
from tests.outside import zone_where_it_is
from tests.set_clock import House as SetClock

MINUTE = 60_000


class Lobby(House):
    """`book` keeps an appointment some minutes from now and answers with it."""

    booked = 0

    def book(self, minutes: float = 20, **said):
        return book(self.door, minutes, **said)


def book(door, minutes: float = 20, *, days: int = 0, **said):
    Lobby.booked += 1
    reference = said.pop("reference", f"HC-{Lobby.booked}")
    values = {
        "service": "housing",
        "minutes": 20,
        "name": "Ada Okafor",
        "postcode": "FE1 2AB",
        "needs": (),
        "cancelled": False,
        "line": 1,
    }
    at = door.now() + round(minutes * MINUTE) + days * DAY_MS
    door.take_in([Booked(reference=reference, booked_at=at, **values | said)], by="test", source="csv")
    return found(door, reference)


def found(door, reference: str):
    return door.store.things(Appointment, door.office, "AND reference = ?", (reference,))[0]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    here = {"name": "Fernleigh", "timezone": zone_where_it_is(13)}
    house = Lobby(tmp_path_factory.mktemp("house"), office=here, waits={"tell": False})
    yield house
    house.close()


@pytest.fixture
def house(running):
    """The module's server with nobody waiting and nobody expected."""
    running.clear()
    for one in running.door.appointments(running.door.look()[1].day):
        if one.state == "booked":
            running.door.cancel_appointment(appointment=one.id, by="test")
    return running


@pytest.fixture
def greeter(house):
    """A greeter's open socket, as the tablet opens it."""
    return as_greeter(house, house.person("Robin"))


def as_greeter(house, person):
    return house.screen("greeter", headers={"Cookie": f"reception-desk={person.secret}"})


@pytest.fixture
def tablet(house, new_context):
    """Opens the greeter's page on a tablet, held upright; the page's errors are the test's."""
    wrong = []

    def opened(size=(768, 1024), person=None) -> Tablet:
        context = new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True)
        secret = (person or house.person("Robin")).secret
        context.add_cookies([{"name": "reception-desk", "value": secret, "url": house.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{house.url}/greeter")
        expect(page.locator("html")).to_have_attribute("data-server", "here")
        return Tablet(page)

    yield opened
    assert wrong == []


@pytest.fixture
def office(tmp_path):
    """Its pages at ten on a Monday morning."""
    found = SetClock(tmp_path)
    yield found
    found.close()


@pytest.fixture
def robin(office):
    return office.person("Robin")
