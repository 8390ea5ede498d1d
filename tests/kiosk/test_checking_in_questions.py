"""Checking in at a kiosk's socket: whom it finds, what it refuses, and that nobody learns of others by trying."""

import pytest

from tests.builders import TEN
from tests.kiosk.by_socket import ask, booked, picture

MINUTE = 60_000
NOT_FOUND = {"ok": False, "reason": "appointment_not_found", "message": "We cannot find this appointment today."}


@pytest.fixture
def lobby(lobbies, hands):
    return lobbies(hands, kiosk={"guesses": 3})


def check_in(socket, showing: str = "s1", **said) -> dict:
    return ask(socket, "check_in", showing=showing, **(said or {"reference": "TX-1"}))


@pytest.mark.parametrize(
    "said",
    [
        {"reference": "tx 1"},
        {"reference": "https://booking.example.org/mine?ref=TX-1&lang=cy"},
        {"postcode": "ab12cd", "initial": "O"},
    ],
)
def test_an_appointment_is_found_however_it_is_said_and_its_ticket_says_the_time(lobby, said):
    door, socket, _ = lobby
    at = booked(door, minutes=20)
    ticket = check_in(socket, **said)["ticket"]
    told = {name: ticket[name] for name in ("number", "service", "booked_at", "late", "again", "where")}
    assert told == {
        "number": "A001",
        "service": "tax",
        "booked_at": at,
        "late": False,
        "again": False,
        "where": "board",
    }


def test_the_same_appointment_gives_the_same_ticket_and_no_second_slip(lobby):
    door, socket, _ = lobby
    booked(door, minutes=20)
    first, again = (check_in(socket, showing)["ticket"] for showing in ("s1", "s2"))
    assert again == {**first, "again": True}
    assert door.rows("SELECT count(*) FROM print_jobs") == [(1,)]


def test_whoever_was_called_meanwhile_is_told_where_to_go(lobby):
    door, socket, _ = lobby
    booked(door, minutes=2)
    check_in(socket, "s1")
    door.next("2")
    again = check_in(socket, "s2")["ticket"]
    assert (again["where"], again["desk_name"]) == ("desk", "Desk 2")


def test_whoever_comes_too_late_joins_the_line_now(lobby):
    door, socket, _ = lobby
    at = booked(door, minutes=-20)
    ticket = check_in(socket)["ticket"]
    assert (ticket["booked_at"], ticket["late"]) == (at, True)


def test_whoever_comes_too_early_is_told_from_when(lobby, hands):
    door, socket, _ = lobby
    booked(door, minutes=90)
    assert check_in(socket)["message"] == "You are early: your appointment is at 11:30. Check in from 10:30."
    hands.go(minutes=30)
    assert check_in(socket, "s2")["ok"]


def test_another_days_appointment_says_its_day(lobby):
    door, socket, _ = lobby
    booked(door, minutes=24 * 60)
    day = "Tuesday 3\N{NO-BREAK SPACE}March"
    assert check_in(socket)["message"] == f"This appointment is not today: it is on {day}, 10:00."


def test_nobody_learns_whether_somebody_else_has_an_appointment(lobby):
    door, socket, _ = lobby
    booked(door, minutes=20)
    booked(door, minutes=24 * 60, reference="TX-2", postcode="ZZ9 9ZZ")
    for showing, said in enumerate(
        ({"postcode": "AB1 2CD", "initial": "B"}, {"postcode": "QQ1 1QQ", "initial": "O"}, {"postcode": "ZZ9 9ZZ"})
    ):
        assert check_in(socket, str(showing), **said) == NOT_FOUND


def test_postcodes_cannot_be_tried_out_all_day_and_another_kiosk_goes_on(lobby, lobbies):
    door, socket, face = lobby
    booked(door, minutes=20)
    for showing in "123":
        assert check_in(socket, showing, postcode="AB1 2CD", initial="X") == NOT_FOUND
    refused = check_in(socket, "4")
    assert (refused["ok"], refused["reason"]) == (False, "too_many_guesses")
    assert refused["message"].startswith("Nobody can check in at this screen for a while")
    assert ask(socket, "issue", service="housing", showing="5")["ok"]  # a number is still to be had
    assert check_in(lobbies.kiosk(face), "6")["ticket"]["service"] == "tax"


def test_one_showing_is_one_ticket_whether_checked_in_or_not(lobby):
    door, socket, _ = lobby
    booked(door, minutes=20)
    first = check_in(socket, "s1")
    assert ask(socket, "issue", service="housing", showing="s1") == first
    assert len(door.visits()) == 1


def test_the_start_asks_for_appointments_on_days_that_have_any(lobby, hands):
    door, socket, _ = lobby
    assert not picture(socket)["appointments"]
    assert booked(door, minutes=20) == TEN + 20 * MINUTE
    assert picture(socket, lambda news: news["appointments"])
    hands.go(days=1)
    assert picture(socket, lambda news: not news["appointments"])


@pytest.mark.parametrize(("asks", "shown"), [("always", True), ("never", False)])
def test_an_office_may_say_whether_the_start_asks(lobbies, hands, asks, shown):
    door, socket, _ = lobbies(hands, kiosk={"asks_appointment": asks})
    assert picture(socket)["appointments"] is shown
