"""A real server and its board in a real browser; the desk is this process: a door on the same database."""

import re
from pathlib import Path

import pytest

from reception.clock import Clock
from reception.keys import Keys
from reception.settings import load
from reception.store import Store
from tests.builders import Counter
from tests.serving import HEAD, HOURS, TAIL, Served

SERVICE = '[[services]]\nkey = "tax"\nname = "Council Tax"\nletter = "A"\n'
DESKS = ("Desk 1", "Desk 2", "Desk 3", "Housing and homelessness interview room 4")


class Office(Served):
    """Four desks, the last with a long name. `door` acts for its receptionists."""

    def __init__(self, folder: Path, keep_seconds: float = 15, board: str = "", more: str = ""):
        """`board`: further lines of [board]; `more`: further tables."""
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
