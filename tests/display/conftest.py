"""A board's socket beside its office's door; and a real server with its board in a real browser, whose desk is this
process: a door on the same database."""

import re
import threading
from pathlib import Path

import pytest

import manage.live
import manage.pages
from display.live import Board
from display.pages import blueprint
from reception.clock import Clock
from reception.keys import Keys
from reception.settings import load
from reception.store import Store
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Counter, Hands, eventually, open_door
from tests.builders import office as settings_of
from tests.serving import HEAD, HOURS, TAIL, Served

SERVICE = '[[services]]\nkey = "tax"\nname = "Council Tax"\nletter = "A"\n'
DESKS = ("Desk 1", "Desk 2", "Desk 3", "Housing and homelessness interview room 4")


class Office(Served):
    """Four desks, the last with a long name. `door` acts for its receptionists; `waits`: the strip tells of them."""

    def __init__(self, folder: Path, keep_seconds: float = 15, board: str = "", more: str = "", waits: bool = False):
        """`board`: further lines of [board]; `more`: further tables."""
        board += f"\nwaits = {str(waits).lower()}"
        desks = "".join(f'[[desks]]\nkey = "{key}"\nname = "{name}"\n' for key, name in enumerate(DESKS, 1))
        board = f"[board]\nkeep_seconds = {keep_seconds}\n{board}\n"
        super().__init__(folder, f"{HEAD}{TAIL}{board}{HOURS}{SERVICE}{desks}{more}")

    @property
    def door(self) -> Counter:
        if self._door is None:
            self._door = Counter(load(self.office, env=self._env), Store(self.data / "reception.db"), clock=Clock())
        return self._door

    def link(self, name: str = "Lobby") -> str:
        """A one-time link that makes a browser the board of that name."""
        given = Keys(self.door).add(name=name, role="display", kind="link", by="test", lasts_ms=60_000)
        return f"{self.url}/enter/{given}"

    def call(self, desk: str = "1") -> str:
        """Somebody arrives and is called; their number."""
        self.door.ticket()
        return self.door.next(desk).number


@pytest.fixture
def boards(tmp_path):
    """Makes a door, and a connected board's socket for each of the names, for an office's settings."""
    doors, threads = [], set(threading.enumerate())

    def make(hands: Hands, *, names=("board",), **parts) -> tuple:
        settings = settings_of(server={"data": tmp_path}, **parts)
        door = open_door(tmp_path / "reception.db", hands, settings)
        doors.append(door)
        keys = Keys(door)
        app, socketio = create_app(
            Parts(settings, door.store, door, keys, Guesses(settings)),
            [(blueprint, Board), (manage.pages.blueprint, manage.live.Manage)],
        )
        given = [keys.add(name=name, role="display", kind="bearer", by="test") for name in names]
        return door, *(socketio.test_client(app, namespace="/display", auth={"key": key}) for key in given)

    yield make
    eventually(lambda: set(threading.enumerate()) <= threads)  # the app notes who was heard, and sends its last picture
    for door in doors:
        door.store.close()


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def quick_office(tmp_path):
    """One whose calls stay large for two seconds only."""
    office = Office(tmp_path, keep_seconds=2)
    yield office
    office.close()


@pytest.fixture
def make_office(tmp_path):
    """Makes one with other settings."""
    made = []

    def make(**settings) -> Office:
        made.append(Office(tmp_path, **settings))
        return made[-1]

    yield make
    for office in made:
        office.close()


@pytest.fixture
def board(page):
    """Opens an office's board; the page's errors are the test's."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def open_board(office: Office, name: str = "Lobby", size=(1920, 1080)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(office.link(name))
        page.wait_for_url(re.compile("/display"))
        page.locator("html[data-server=here]").wait_for()
        return page

    yield open_board
    assert wrong == []
