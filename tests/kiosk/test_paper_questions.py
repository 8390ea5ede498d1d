"""What a kiosk hears of a ticket's paper and what a visitor may answer, over the socket."""

import pytest

from reception.printing.conditions import Conditions
from tests.builders import TEN
from tests.kiosk.by_socket import ask, heard

PRINTERS = [
    {"key": "lobby", "name": "Lobby", "kind": "network", "host": "192.0.2.1", "backup": "desk"},
    {"key": "desk", "name": "Desk printer", "kind": "network", "host": "192.0.2.2", "kiosks": ["Side door"]},
]


class Printers:
    """How the printers are, without their process."""

    def __init__(self, parts):
        self.known = Conditions(parts)

    def conditions(self) -> list[dict]:
        return self.known.all()

    def say(self, printer: str, state: str, cause: str | None = None) -> None:
        told = {"state": state, "cause": cause, "since": TEN, "heard_at": TEN, "at": TEN}
        self.known.hear({"kind": "condition", "printer": printer, **told})


@pytest.fixture
def house(lobbies, hands):
    """The front desk, a kiosk's socket, the face and its printers, and a ticket that was just taken there."""
    door, socket, face = lobbies(hands, printers=PRINTERS)
    face.parts.printers = Printers(face.parts)
    visit = ask(socket, "issue", service="tax")["ticket"]["id"]
    heard(socket, "slip")
    return door, socket, face, visit


def comes_to(door, state: str, cause: str | None = None) -> None:
    (job, printer) = door.rows("SELECT id, printer FROM print_jobs WHERE state = 'waiting'")[0]
    door.writer.do(lambda store: (store.begin_print_job(job, printer, TEN), None))
    door.writer.do(lambda store: (store.end_print_job(job, printer, state, TEN, cause), None))


def slips(door) -> list[tuple]:
    return door.rows("SELECT printer, kind, state FROM print_jobs ORDER BY made_at, kind DESC")


@pytest.mark.parametrize(
    ("state", "cause", "asks"),
    [
        ("unconfirmed", "silent", True),
        ("unconfirmed", "dropped", True),
        ("unconfirmed", "not_monitored", False),  # never known there: nobody is asked each time
        ("printed", None, False),
        ("deferred", "out", False),
        ("dropped", "stale", False),
    ],
)
def test_a_visitor_is_asked_of_a_slip_that_the_printer_should_have_confirmed(house, state, cause, asks):
    _door, socket, face, visit = house
    face.slip(visit, state, cause, printer="lobby")
    assert [news["asks"] for news in heard(socket, "slip")] == [asks]


def test_a_slip_that_came_is_recorded_as_the_visitors_word(house):
    door, socket, _face, visit = house
    comes_to(door, "unconfirmed", "silent")
    answer = ask(socket, "slip_came", visit=visit, came=True)
    assert answer == {"ok": True, "sentence": "Thank you. Your number is A001.", "offers_reprint": False}
    assert slips(door) == [("lobby", "ticket", "unconfirmed")]
    assert door.rows("SELECT visitors_word FROM print_jobs") == [("came",)]


def test_a_slip_that_did_not_come_is_offered_again_and_printed_once_more_by_choice_alone(house):
    door, socket, _face, visit = house
    comes_to(door, "unconfirmed", "silent")
    answer = ask(socket, "slip_came", visit=visit, came=False)
    assert answer["sentence"] == "We can print it again. Your number stays A001."
    assert (answer["offers_reprint"], len(slips(door))) == (True, 1)
    assert ask(socket, "print_again", visit=visit)["sentence"] == "Your ticket is printing."
    assert slips(door)[1:] == [("lobby", "reprint", "waiting")]


def test_a_reprint_that_fails_too_asks_nothing_and_leaves_the_number(house):
    door, socket, face, visit = house
    comes_to(door, "unconfirmed", "silent")
    ask(socket, "print_again", visit=visit)
    comes_to(door, "unconfirmed", "silent")
    face.slip(visit, "unconfirmed", "silent", printer="lobby", reprint=True)
    (news,) = heard(socket, "slip")
    assert (news["asks"], "remember A001" in news["sentence"]) == (False, True)
    answer = ask(socket, "slip_came", visit=visit, came=False)
    assert (answer["offers_reprint"], "A001" in answer["sentence"]) == (False, True)
    assert ask(socket, "print_again", visit=visit)["reason"] == "reprint_by_staff"
    assert len(slips(door)) == 2


def test_a_slip_comes_out_of_the_backup_again_where_the_own_printer_is_in_trouble(house):
    door, socket, face, visit = house
    comes_to(door, "unconfirmed", "out")
    face.parts.printers.say("lobby", "out", "out")
    assert ask(socket, "slip_came", visit=visit, came=False)["offers_reprint"]
    assert ask(socket, "print_again", visit=visit)["sentence"] == "Your ticket comes out at: Desk printer."
    assert slips(door)[1:] == [("desk", "reprint", "waiting")]


def test_where_nothing_can_print_nothing_is_offered(house):
    door, socket, face, visit = house
    comes_to(door, "unconfirmed", "out")
    for printer in ("lobby", "desk"):
        face.parts.printers.say(printer, "out", "out")
    answer = ask(socket, "slip_came", visit=visit, came=False)
    assert (answer["offers_reprint"], "take a photo" in answer["sentence"]) == (False, True)


def test_a_slip_at_another_printer_says_at_which(house):
    _door, socket, face, visit = house
    face.slip(visit, "moved", "out", printer="desk")
    face.slip(visit, "printed", printer="desk")
    face.slip(visit, "unconfirmed", "silent", printer="desk")
    assert [news["sentence"] for news in heard(socket, "slip")] == [
        "Your ticket comes out at: Desk printer.",
        "Please take your ticket at: Desk printer.",
        "Look for your ticket at: Desk printer. If there is none, remember A001.",
    ]


def test_each_kiosk_prints_at_its_own_printer_and_others_at_the_first(house):
    door, _socket, face, visit = house
    given = face.parts.keys.add(name="side  DOOR", role="kiosk", kind="bearer", by="test")
    side = face.socketio.test_client(face.app, namespace="/kiosk", auth={"key": given})
    other = ask(side, "issue", service="tax")["ticket"]["id"]
    made = dict(door.rows("SELECT visit, printer FROM print_jobs"))
    assert made == {visit: "lobby", other: "desk"}
    side.disconnect(namespace="/kiosk")


def test_whoever_comes_to_a_printer_in_trouble_hears_of_it_at_their_own_kiosk(house):
    _door, socket, face, visit = house
    face.parts.printers.say("lobby", "cover", "cover")
    ask(socket, "shown", visit=visit)
    assert [(news["state"], news["cause"]) for news in heard(socket, "slip")] == [("deferred", "cover")]
