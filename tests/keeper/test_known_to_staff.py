"""What desks and managers are told of a kiosk that goes on without the server, and of the tickets it gave."""

import pytest

from manage.story import story
from reception.blocks import Alone
from reception.door import Once
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.alone import troubles
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import TEN, Counter, Hands, office, open_door

MINUTE = 60_000


class Office:
    """The app on a clock that is set, with one kiosk that was lent numbers."""

    def __init__(self, folder):
        self.hands = Hands()
        settings = office(server={"data": folder, "secure_cookies": False})
        self.door: Counter = open_door(folder / "r.db", self.hands, settings)
        self.parts = Parts(settings, self.door.store, self.door, Keys(self.door), Guesses(settings))
        self.app = create_app(self.parts, [])[0]
        self.kiosk = self.let_in("Lobby kiosk")
        self.door.lend(kiosk=f"{self.kiosk} machine", by=f"screen:{self.kiosk}")
        self.parts.keys.heard([self.kiosk])

    def let_in(self, name: str) -> str:
        given = self.parts.keys.add(name=name, role="kiosk", kind="bearer", by="console")
        return self.parts.keys.holder(given, "bearer").id

    def troubles(self) -> list[tuple]:
        with self.app.app_context():
            return [(one["what"], one["matter"]) for one in troubles(self.parts)]

    def story(self, visit: str) -> list[str]:
        with self.app.app_context():
            return [
                line
                for one in story(self.parts, self.door.store.steps("office", visit=visit))
                for line in (one.words, *one.more)
            ]


@pytest.fixture
def lobby(tmp_path):
    made = Office(tmp_path)
    yield made
    made.door.store.close()


def test_a_kiosk_with_numbers_of_its_own_that_is_not_heard_is_told_with_the_time(lobby):
    assert lobby.troubles() == []
    lobby.hands.go(minutes=2)
    assert lobby.troubles() == [
        ("Lobby kiosk", "This kiosk was last heard at 10:00, and gives numbers by itself meanwhile.")
    ]


def test_its_machine_is_heard_though_no_page_is_open(lobby):
    lobby.hands.go(minutes=2)
    lobby.parts.keepers[lobby.kiosk] = lobby.door.now()
    assert lobby.troubles() == []


def test_a_kiosk_without_numbers_a_revoked_one_and_one_long_gone_are_not_told(lobby):
    other = lobby.let_in("Annex kiosk")
    lobby.parts.keys.heard([other])
    lobby.hands.go(minutes=2)
    assert [name for name, _ in lobby.troubles()] == ["Lobby kiosk"]
    lobby.hands.go(hours=25)
    assert lobby.troubles() == []
    lobby.parts.keys.heard([lobby.kiosk])
    lobby.parts.keys.revoke("Lobby kiosk", by="console")
    lobby.hands.go(minutes=2)
    assert lobby.troubles() == []


def test_a_visits_story_says_that_a_kiosk_without_the_server_gave_the_number(lobby):
    lobby.hands.go(minutes=10)
    given = Alone("id", "token", "2026-03-02", "A001", "tax", TEN + MINUTE, about=True)
    once = Once(lobby.kiosk, "showing s", lambda issued: (201, '{"ticket": {"id": "id"}}'))
    lobby.door.merge(given, kiosk=f"{lobby.kiosk} machine", by=f"screen:{lobby.kiosk}", once=once)
    story = " ".join(lobby.story("id"))
    assert "A kiosk without the server gave it at 10:01, and told us now." in story
    assert "Its clock was not sure of the time." in story
