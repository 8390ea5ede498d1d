"""What a kiosk's socket asks and is told."""

import pytest

import kiosk.live
from reception.printing.words import CAUSES
from reception.web.qr import qr
from tests.builders import OFFICE_HOURS, at_once
from tests.kiosk.by_socket import ask, heard, picture

HELP = "take a photo"


@pytest.fixture
def lobby(lobbies, hands):
    return lobbies(hands)


def test_a_ticket_says_number_service_people_ahead_and_its_own_page(lobby):
    door, socket, _ = lobby
    door.ticket("housing")
    answer = ask(socket, "issue", service="tax", showing="s1")
    (visit,) = [visit for visit in door.visits() if visit.service == "tax"]
    assert answer == {
        "ok": True,
        "ticket": {
            "id": visit.id,
            "number": "A001",
            "service": "tax",
            "service_name": "Council Tax",
            "ahead": 1,
            "url": door.url(visit),
            "arrived_at": visit.arrived_at,
            "booked_at": None,
            "late": False,
            "again": False,
            "where": "board",
            "desk_name": None,
            "expected": {
                "wait": "",
                "ahead": "1 person is ahead of you for this service.",
                "besides": "",
                "updated": "",
                "later": False,
            },
        },
    }


def test_a_showing_gives_one_ticket_and_the_next_showing_another(lobby):
    door, socket, _ = lobby
    first = ask(socket, "issue", service="tax", showing="s1")
    assert ask(socket, "issue", service="tax", showing="s1") == first
    assert ask(socket, "issue", service="housing", showing="s1") == first
    assert ask(socket, "issue", service="tax", showing="s2")["ticket"]["number"] == "A002"
    assert len(door.visits()) == 2


def test_pressed_in_one_instant_a_showing_still_gives_one_ticket(lobby):
    door, socket, face = lobby
    (asker,) = face.askers.values()

    def press(service):
        with face.app.test_request_context():
            return face.issue(asker, kiosk.live.Issue(service=service, showing="s1"))

    first, *others = at_once(
        *[lambda service=service: press(service) for service in ("tax", "housing", "parking", "tax")]
    )
    assert others == [first] * 3
    assert len(door.visits()) == 1


def test_a_refusal_is_told_again_to_the_same_showing_until_it_is_no_more_true(lobbies, hands):
    hands.go_to("2026-03-02 20:00")
    door, socket, _ = lobbies(hands, hours=OFFICE_HOURS)
    first = ask(socket, "issue", service="tax", showing="s1")
    assert first == {
        "ok": False,
        "reason": "office_closed",
        "message": "The office is closed, so no tickets are given now. It opens Tuesday 09:00.",
    }
    assert ask(socket, "issue", service="tax", showing="s1") == first
    assert door.visits() == []
    hands.go_to("2026-03-03 09:00")
    assert ask(socket, "issue", service="tax", showing="s1")["ok"]


def test_an_unknown_service_is_refused_with_those_there_are(lobby):
    _, socket, _ = lobby
    answer = ask(socket, "issue", service="dragons", showing="s1")
    assert answer["message"] == "There is no service called dragons. The services are: tax, parking, housing."


def test_the_number_shown_is_noted_and_its_qr_code_drawn(lobby):
    door, socket, _ = lobby
    ticket = ask(socket, "issue", service="tax", showing="s1")["ticket"]
    answer = ask(socket, "shown", visit=ticket["id"])
    assert door.words()[-1] == "acknowledged"
    assert answer["qr"] == qr(ticket["url"])
    assert answer["qr"]["path"].startswith("M0 0h7v1h-7z")  # a finder's upper edge


def test_the_kiosk_opens_and_closes_by_the_clock(lobbies, hands):
    hands.go_to("2026-03-02 08:59")
    _, socket, _ = lobbies(hands, hours=OFFICE_HOURS)
    closed = picture(socket)
    assert (closed["open"], closed["opens"]) == (False, "Monday 09:00")
    assert not any(service["open"] for service in closed["services"])
    hands.go_to("2026-03-02 09:00")
    assert all(service["open"] for service in picture(socket, lambda news: news["open"])["services"])
    hands.go_to("2026-03-02 17:00")
    assert picture(socket, lambda news: not news["open"])["opens"] == "Tuesday 09:00"


def test_people_ahead_are_those_who_wait_for_the_same_desks(lobbies, hands):
    desks = [
        {"key": "1", "name": "1", "services": ["tax", "parking"]},
        {"key": "2", "name": "2", "services": ["housing"]},
    ]
    door, socket, _ = lobbies(hands, desks=desks)
    door.ticket("tax")
    door.ticket("parking")
    door.ticket("housing")
    news = picture(socket, lambda news: sum(service["ahead"] for service in news["services"]) == 5)
    assert {service["key"]: service["ahead"] for service in news["services"]} == {"tax": 2, "parking": 2, "housing": 1}


@pytest.mark.parametrize(
    ("state", "cause", "told"),
    [
        ("printing", None, "Your ticket is printing."),
        ("printed", None, "Please take your ticket."),
        ("failed", "out", "The printer is out of paper. Your number is A001: please take a photo or remember it."),
        (
            "deferred",
            "unreachable",
            "The printer is not working. Your number is A001: please take a photo or remember it.",
        ),
    ],
)
def test_a_visitor_is_told_what_the_printer_does(lobby, state, cause, told):
    door, socket, face = lobby
    visit = door.ticket()
    face.slip(visit.id, state, cause)
    assert heard(socket, "slip") == [
        {"visit": visit.id, "state": state, "cause": cause, "sentence": told, "asks": False}
    ]


def test_whatever_ails_the_printer_the_visitor_reads_the_number(lobby):
    door, socket, face = lobby
    visit = door.ticket()
    for state in ("unconfirmed", "failed", "deferred", "dropped"):
        for cause in (None, *CAUSES):
            face.slip(visit.id, state, cause)
    told = heard(socket, "slip")
    assert len(told) == 4 * (len(CAUSES) + 1)
    assert all("A001" in news["sentence"] and HELP in news["sentence"] for news in told)


def test_a_kiosk_hears_nothing_of_a_change_that_it_does_not_show(lobby):
    door, socket, face = lobby
    visit = door.ticket("housing")
    picture(socket, lambda picture: picture["step"] == door.told()[-1].number)
    door.acknowledge(visit=visit.id, how="shown", by="test")
    with face.app.app_context():
        face.send_pictures()
    assert heard(socket, "kiosk") == []
    door.ticket("tax")
    assert picture(socket)["services"][0]["ahead"] == 2
