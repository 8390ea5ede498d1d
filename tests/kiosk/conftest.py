"""A kiosk in a real browser on a real server, and the lobby around it: a door on the same database."""

import pytest
from playwright.sync_api import Page, expect

from tests.kiosk.by_socket import Lobbies
from tests.outside import Server, zone_where_it_is

NEVER: dict = dict.fromkeys("monday tuesday wednesday thursday friday saturday sunday".split(), [])
GROUPS = [{"key": "money", "name": "Council Tax and benefits", "about": "bills, discounts, help with rent"}]
SERVICES = [
    {"key": "tax", "name": "Council Tax", "about": "bills, moving home", "letter": "A", "group": "money"},
    {"key": "benefits", "name": "Help with money", "about": "rent, school meals", "letter": "A", "group": "money"},
    {"key": "housing", "name": "Housing", "about": "repairs, applying, somewhere to stay", "letter": "B"},
    {"key": "parking", "name": "Parking and travel", "about": "permits, Blue Badges", "letter": "C", "open": False},
    {"key": "permits", "name": "Street parties", "about": "closing a road", "letter": "D", "hours": NEVER},
    {"key": "births", "name": "Births, deaths and marriages", "about": "registering, certificates", "letter": "E"},
    {"key": "other", "name": "Something else", "about": "we will find the right person", "letter": "F"},
]
DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2", "services": ["births"]}]
OFFICE = {"key": "town", "name": "Fernleigh Council", "help": "Please ask at the welcome desk."}
UPRIGHT, WIDE = {"width": 1080, "height": 1920}, {"width": 1920, "height": 1080}
TABLET = {"width": 1280, "height": 800}


def turned(page, size: dict) -> None:
    """The screen's size is another, and the page has heard of it: what does not fit there is turned over."""
    page.evaluate("() => { window.turned = new Promise((done) => addEventListener('resize', done, { once: true })); }")
    same = page.viewport_size == size
    page.set_viewport_size(size)
    if not same:
        page.evaluate("() => window.turned")


class Kiosk:
    """What a person does at a kiosk, by the words they read."""

    def __init__(self, page: Page, server: Server):
        self.page, self.server = page, server

    def open(self) -> "Kiosk":
        self.server.enter(self.page.context, "kiosk")
        self.page.goto(f"{self.server.url}/kiosk")
        self.page.locator("html[data-server=here]").wait_for()
        return self

    def button(self, name: str):
        return self.page.get_by_role("button", name=name)

    def press(self, name: str) -> None:
        """By a key, quicker than a finger may be; turns over to the page of choices on which it stands."""
        self.turn_to(name).press("Enter")

    def turn_to(self, name: str):
        """The button, on whichever page of the choices it stands."""
        button, more = self.button(name).filter(visible=True), self.page.locator("[data-turn]:visible")
        expect(button.or_(more).first).to_be_visible()
        seen = set()
        while not button.count():
            assert (words := more.inner_text()) not in seen, f"{name} stands on no page"
            seen.add(words)
            more.press("Enter")
        return button.first

    @property
    def heading(self):
        return self.page.locator(".heading:visible")

    @property
    def number(self) -> str:
        """The number on the ticket screen, once there is one."""
        shown = self.page.locator(".ticket-number b")
        expect(shown).to_be_visible()
        return shown.inner_text()

    def chooses(self, service: str) -> None:
        """Touches a service, and passes by what might be needed."""
        self.button(service).click()
        self.needs_nothing()

    def needs_nothing(self) -> None:
        """By a key: a second touch where the first fell counts only after half a second."""
        self.button("Nothing, thank you").press("Enter")

    def at_start(self) -> None:
        expect(self.heading).to_have_text("What have you come about?")


def sooner(kiosk: Kiosk) -> None:
    """Opens the page again, to ask after a second whether anybody is there; no office may set less than 20 seconds."""

    def hurried(route):
        answer = route.fetch()
        body = answer.text().replace('"30.0" data-warning-seconds="20.0"', '"1" data-warning-seconds="2"')
        route.fulfill(response=answer, body=body)

    kiosk.page.route("**/kiosk*", hurried)
    kiosk.page.reload()


@pytest.fixture
def lobbies(tmp_path, monkeypatch):
    """Offices asked by their kiosks' sockets, without a browser."""
    monkeypatch.setattr("kiosk.live.DOORS", 0.05)
    made = Lobbies(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def lobby_server(tmp_path_factory):
    """One for each file: once it has appointments, its kiosk asks for them all day."""
    server = Server(
        tmp_path_factory.mktemp("kiosk"),
        office={**OFFICE, "timezone": zone_where_it_is(13)},
        groups=GROUPS,
        services=SERVICES,
        desks=DESKS,
        waits={"tell": False},  # what people are told to expect: tests/expected
    )
    yield server
    server.close()


@pytest.fixture
def lobby(lobby_server):
    """The server with nobody waiting."""
    lobby_server.clear()
    return lobby_server


@pytest.fixture
def kiosk_at(page):
    """Opens a server's kiosk on an upright screen; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size(UPRIGHT)
    yield lambda server: Kiosk(page, server).open()
    assert wrong == []


@pytest.fixture
def kiosk(kiosk_at, lobby):
    return kiosk_at(lobby)
