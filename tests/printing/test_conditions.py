"""How printers are, as staff are told: what is the matter, where, what helps, and how many tickets are left."""

import pytest

from reception.keys import Keys
from reception.printing.conditions import Conditions
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import TEN, open_door

LOBBY = {"key": "lobby", "name": "Lobby kiosk", "place": "by the main door", "kind": "network", "host": "192.0.2.1"}


class House:
    """Conditions over a real store, and the words of a printer's worker."""

    def __init__(self, folder, hands):
        self.hands, self.door = hands, open_door(folder / "reception.db", hands, printers=[LOBBY])
        settings = self.door.settings
        self.conditions = Conditions(Parts(settings, self.door.store, self.door, Keys(self.door), Guesses(settings)))

    def says(self, state: str, cause: str | None = None) -> None:
        cause = cause or (None if state == "ok" else state)
        told = {"state": state, "cause": cause, "remedy": None, "since": TEN, "heard_at": TEN, "at": self.hands.wall}
        self.conditions.hear({"kind": "condition", "printer": "lobby", **told})

    def hears(self) -> None:
        self.conditions.hear({"kind": "heard", "printer": "lobby", "at": self.hands.wall})

    def prints(self, mm: int) -> None:
        self.door.writer.do(lambda store: (store.use_paper("office", "lobby", mm), None))

    @property
    def now(self) -> dict:
        (found,) = self.conditions.all()
        return found


@pytest.fixture
def house(tmp_path, hands):
    made = House(tmp_path, hands)
    yield made
    made.door.store.close()


def test_trouble_has_its_place_its_cause_and_what_helps(house):
    house.says("cover")
    told = {key: house.now[key] for key in ("name", "place", "state_words", "sentence", "remedy", "told_at")}
    assert told == {
        "name": "Lobby kiosk",
        "place": "by the main door",
        "state_words": "Cover open",
        "sentence": "The printer's cover is open.",
        "remedy": "Close the cover until it clicks.",
        "told_at": TEN,
    }


def test_a_printer_that_says_nothing_is_not_monitored(house):
    assert (house.now["state_words"], house.now["sentence"]) == ("Not monitored", None)
    house.says("unknown", "silent")
    assert house.now["state_words"] == "Not monitored" and house.now["remedy"]


def test_tickets_left_are_counted_from_the_change_of_the_roll_and_outlast_the_server(house):
    assert house.now["tickets_left"] is None
    house.door.roll_changed(printer="lobby", by="person:1")
    house.prints(9_000)
    assert (house.now["tickets_left"], house.now["roll_changed_at"]) == (507, TEN)
    house.conditions = Conditions(
        Parts(house.door.settings, house.door.store, house.door, Keys(house.door), Guesses(house.door.settings))
    )
    assert house.now["tickets_left"] == 507


def test_near_its_end_the_printers_word_counts_for_more_than_the_count(house):
    house.says("near_end")
    assert house.now["tickets_left"] == 21
    house.prints(900)
    house.says("near_end")  # an hour later
    assert house.now["tickets_left"] == 15


def test_a_new_roll_is_noticed_and_stands_in_the_record(house):
    house.says("near_end")
    house.says("out")
    assert house.now["tickets_left"] == 0
    house.hands.go(minutes=1)
    house.says("ok")
    assert (house.now["tickets_left"], house.now["roll_changed_at"]) == (571, house.hands.wall)
    assert house.door.words() == ["roll_changed"] and house.door.told()[0].by == "system"


def test_a_low_roll_changed_between_two_questions_is_noticed_at_the_next(house):
    house.says("near_end")
    house.says("ok")
    assert house.now["roll_changed_at"] is None
    house.hears()
    assert house.now["roll_changed_at"] == TEN


def test_a_visitor_without_a_slip_is_told_to_staff_until_a_slip_is_printed(house):
    house.says("ok")
    house.conditions.visitor_says("lobby", came=False)
    assert house.now["sentence"] == "A visitor says that no slip came out."
    house.conditions.hear({"kind": "job", "printer": "lobby", "state": "printed"})
    assert house.now["sentence"] is None


def test_what_the_printer_says_itself_comes_before_what_a_visitor_said(house):
    house.conditions.visitor_says("lobby", came=False)
    house.says("out")
    assert house.now["cause"] == "out"
