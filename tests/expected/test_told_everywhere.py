"""What somebody may expect is the same at every door: kiosk, slip, phone, board, greeter, API; also when it slips."""

import re
import threading

import pytest

from reception.estimate.live import Expecting
from reception.keys import Keys
from reception.printing import wording
from reception.running import faces
from reception.web import expected
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from reception.web.speaking import in_language
from tests.builders import Hands, eventually, office, open_door
from tests.kiosk.by_socket import booked

RANGE = r"(About \d+ to|Up to) \d+ minutes"
TEXTS = {"cy": {"Council Tax": "Treth Gyngor"}}


class Everywhere:
    """An office at ten with its estimates, and everybody who looks: by socket, and over the API."""

    def __init__(self, folder, **parts):
        self.threads, self.hands = set(threading.enumerate()), Hands()
        languages = {"offered": ["en", "cy"]}
        settings = office(server={"data": folder}, catalogues=languages, texts=TEXTS, **parts)
        self.door = open_door(folder / "reception.db", self.hands, settings)
        self.keys, self.settings = Keys(self.door), settings
        self.expecting = Expecting(self.door)
        guesses = Guesses(settings)
        self.parts = Parts(settings, self.door.store, self.door, self.keys, guesses, expecting=self.expecting)
        self.app, self.sockets = create_app(self.parts, faces())
        self.clients = []
        for one in "12":
            self.door.set_desk(desk=one, state="open", by=f"person:{one}")
        self.expecting.refresh()

    def close(self) -> None:
        for face, client in self.clients:
            if client.is_connected(face):
                client.disconnect(namespace=face)
        eventually(lambda: set(threading.enumerate()) <= self.threads)
        self.door.store.close()

    def open(self, face: str, role: str = "", **auth):
        if role:
            auth["key"] = self.keys.add(name=role, role=role, kind="bearer", by="test")
        client = self.sockets.test_client(self.app, namespace=face, auth=auth)
        self.clients.append((face, client))
        return client

    def come(self, count: int) -> list:
        """Tickets for Council Tax, from elsewhere, each of which the estimates know before the next."""
        found = []
        for _ in range(count):
            found.append(self.door.ticket())
            self.expecting.refresh()
        return found

    def told(self, visit, language: str = "en", ahead: int | None = None) -> dict:
        """What the rule says is told, in words."""
        if ahead is None:
            ahead = self.door.people_ahead(self.door.look()[1], visit)
        with self.app.app_context(), in_language(language):
            return expected.told(self.expecting.visit(visit.id), self.settings, ahead=ahead)

    def ask(self, path: str) -> dict:
        key = self.keys.add(name="reads", role="desk", kind="bearer", by="test")
        return self.app.test_client().get(path, headers={"Authorization": f"Bearer {key}"}).json


def newest(client, face: str, name: str, true=lambda picture: True) -> dict:
    def found():
        told = [news["args"][0] for news in client.get_received(face) if news["name"] == name]
        return next(filter(true, reversed(told)), None)

    return eventually(found)


@pytest.fixture
def everywhere(tmp_path):
    made = []

    def of(**parts) -> Everywhere:
        made.append(Everywhere(tmp_path, **parts))
        return made[-1]

    yield of
    for one in made:
        one.close()


def at_a_phone(house, visit, language: str = "en", true=lambda picture: True) -> dict:
    client = house.open("/phone", token=visit.token, language=language)
    shown = newest(client, "/phone", "place", true)
    return {name.removeprefix("expected_"): said for name, said in shown.items() if name.startswith("expected_")}


def on_the_slip(house, visit) -> list[str]:
    with house.app.app_context():
        said = wording.slip(house.parts, {"kind": "ticket", "visit": visit.id, "meant_for": None})
    return [said["wait_line"], said["ahead_line"], said["besides_line"]]


def test_the_kiosk_the_slip_the_phone_the_greeter_and_the_api_say_the_same(everywhere):
    house = everywhere()
    house.come(5)
    lobby = house.open("/kiosk", "kiosk")
    asked = {"service": "tax", "showing": "s1"}
    ticket = lobby.emit("issue", asked, namespace="/kiosk", callback=True)["ticket"]
    visit = house.door.visits()[-1]
    told = house.told(visit)
    assert re.fullmatch(rf"{RANGE}\. We expect to call you by \d\d:\d\d\.", told["wait"])
    assert told["ahead"] == "5 people are ahead of you for this service."
    assert told["updated"] == "Updated 10:00."
    assert ticket["expected"] == told
    assert on_the_slip(house, visit) == [
        told["wait"],
        told["ahead"],
        told["besides"],  # the slip tells its own time
    ]
    assert at_a_phone(house, visit) == told
    tablet = house.open("/greeter", "desk")
    says = tablet.emit("find", {"visit": visit.id}, namespace="/greeter", callback=True)["visitor"]["says"]
    assert says == " ".join(filter(None, (told["wait"], told["ahead"], told["besides"])))
    sentences = [told[name] for name in ("wait", "ahead", "besides", "updated") if told[name]]
    assert house.ask(f"/api/visits/{visit.id}")["expected"]["sentences"] == sentences
    in_line = {one["id"]: one["expected"] for one in house.ask("/api/line")["visits"]}
    assert in_line[visit.id]["sentences"] == sentences


def test_before_the_number_the_kiosk_the_board_the_greeter_and_the_api_say_the_same(everywhere):
    house = everywhere()
    house.come(5)
    with house.app.app_context():
        said = expected.short(house.expecting.service("tax"), house.settings)
    assert re.fullmatch(RANGE, said)
    shown = newest(house.open("/kiosk", "kiosk"), "/kiosk", "kiosk")["services"]
    assert {one["key"]: one["expected"] for one in shown}["tax"] == said
    board = newest(house.open("/display", "display"), "/display", "board")["waits"]
    assert [one for one in board if one["service"] == "Council Tax"] == [
        {"lang": "en-GB", "dir": "ltr", "service": "Council Tax", "wait": said}
    ]
    assert [one["lang"] for one in board if one["service"] in ("Council Tax", "Treth Gyngor")] == ["en-GB", "cy"]
    greeters = newest(house.open("/greeter", "desk"), "/greeter", "greeter")["services"]
    assert {one["key"]: one["expected"] for one in greeters}["tax"] == said
    services = {one["key"]: one["expected"] for one in house.ask("/api/office")["services"]}
    assert services["tax"]["sentences"][0].startswith(f"{said}.")
    assert (services["tax"]["key"], services["tax"]["updated_at"]) == ("range", house.hands.wall)


def test_it_is_said_in_the_language_that_somebody_reads(everywhere):
    house = everywhere()
    *_others, mine = house.come(6)
    welsh = house.told(mine, "cy")
    assert welsh["wait"] != house.told(mine)["wait"] and "Rydym yn disgwyl eich galw erbyn" in welsh["wait"]
    assert at_a_phone(house, mine, "cy") == welsh


def test_a_time_that_slips_is_said_with_the_new_one_and_why_wherever_somebody_looks(everywhere):
    house = everywhere()
    *_others, mine = house.come(6)
    tablet = house.open("/greeter", "desk")
    first_by_at = house.door.stored(mine).first_by_at
    follows = house.open("/phone", token=mine.token)
    house.hands.go(minutes=5)
    house.door.set_desk(desk="2", state="closed", by="person:2")
    house.expecting.refresh()
    told = house.told(mine)
    assert told["later"] and told["wait"].startswith("Running later than we said: we now expect to call you by ")
    assert told["wait"].endswith(" This is because fewer desks are open now.")
    moved = newest(follows, "/phone", "place", lambda place: place["expected_later"])
    assert (moved["expected_wait"], moved["expected_updated"]) == (told["wait"], "Updated 10:05.")
    assert on_the_slip(house, mine)[0] == told["wait"]
    row = newest(tablet, "/greeter", "greeter", lambda picture: picture["line"][-1]["later"])["line"][-1]
    assert (row["first_by_at"], row["by_at"]) == (first_by_at, house.expecting.visit(mine.id).by_at)
    now = house.ask(f"/api/visits/{mine.id}")["expected"]
    assert (now["later"], now["why"], now["by_at"] > first_by_at) == (True, "desk_closed", True)


def test_a_phone_is_told_nothing_new_while_nothing_changes_within_the_minute(everywhere):
    house = everywhere()
    (mine,) = house.come(1)
    client = house.open("/phone", token=mine.token)
    before = newest(client, "/phone", "place")
    house.expecting.refresh()
    house.hands.go(seconds=61)
    house.expecting.refresh()
    after = newest(client, "/phone", "place")
    assert (before["expected_updated"], after["expected_updated"]) == ("Updated 10:00.", "Updated 10:01.")


def test_where_no_desk_can_help_it_says_so_and_when_one_is_likely_to_open(everywhere):
    opens = {"monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"]}
    never = dict.fromkeys(("wednesday", "thursday", "friday", "saturday", "sunday"), [])
    house = everywhere(hours={**opens, **never})
    (mine,) = house.come(1)
    for one in "12":
        house.door.set_desk(desk=one, state="closed", by=f"person:{one}")
    house.expecting.refresh()
    said = house.told(mine)["wait"]
    assert "We cannot say how long it takes: nobody who can help is here now." in said
    assert at_a_phone(house, mine)["wait"] == said
    assert house.ask(f"/api/visits/{mine.id}")["expected"]["key"] == "no_number"


def test_an_appointment_on_time_is_told_by_when_and_nothing_of_people_ahead(everywhere):
    house = everywhere()
    house.come(2)
    booked(house.door, 4, "TX-1")
    lobby = house.open("/kiosk", "kiosk")
    ticket = lobby.emit("check_in", {"reference": "TX-1", "showing": "s1"}, namespace="/kiosk", callback=True)["ticket"]
    assert ticket["expected"]["ahead"] == "" and ticket["expected"]["wait"]


def test_where_an_office_tells_nobody_what_to_expect_only_people_ahead_are_said(everywhere):
    house = everywhere(waits={"tell": False})
    _first, mine = house.come(2)
    ahead = "1 person is ahead of you for this service."
    assert on_the_slip(house, mine) == ["", ahead, ""]
    assert at_a_phone(house, mine) == {"wait": "", "ahead": ahead, "besides": "", "updated": "", "later": False}
    assert newest(house.open("/display", "display"), "/display", "board")["waits"] == []
    assert house.ask(f"/api/visits/{mine.id}")["expected"] is None


def test_an_office_may_keep_waits_off_its_board(everywhere):
    house = everywhere(board={"waits": False})
    house.come(3)
    assert newest(house.open("/display", "display"), "/display", "board")["waits"] == []
