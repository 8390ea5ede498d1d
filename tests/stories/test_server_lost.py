"""The server goes away and comes back: every screen says so, and is right again without anybody's help."""

import time

from tests.stories.people import LOST_WITHIN, Board, Kiosk, Manager, Phone, Receptionist, Screen


def all_say_they_are_lost(*screens: Screen, since: float) -> None:
    for screen in screens:
        screen.says_it_is_lost()
    assert time.monotonic() - since < LOST_WITHIN / 1000


def test_every_screen_says_that_the_server_is_killed_and_is_right_when_it_is_back(office):
    kiosk, board, robin, sam = (office.opens(kind) for kind in (Kiosk, Board, Receptionist, Manager))
    robin.sits_at("Desk 1")
    first = office.front_desk.issue(service="tax", by="test")
    phone = office.opens(Phone, first.url)
    phone.shows("You are next.")
    robin.has_waiting("A001")

    office.server.stop(kill=True)
    all_say_they_are_lost(kiosk, board, robin, sam, phone, since=time.monotonic())
    robin.types("n")
    robin.is_told("Nothing was done: this screen cannot reach the server.")
    office.front_desk.call_next(desk="2", by="person:kim")
    office.front_desk.issue(service="housing", by="test")

    office.server.start()
    for screen in (kiosk, board, robin, sam, phone):
        screen.is_right()
    kiosk.asks()
    board.calls("A001", "Desk 2")
    board.shows("1 person is waiting")
    phone.sends_them_to("Desk 2")
    sam.shows("B001")
    robin.shows("Nobody is at your desk")  # the press of before is not done now
    robin.has_waiting("B001")
    assert kiosk.takes("Housing") == "B002"
    robin.types("n")
    board.calls("B001", "Desk 1")


def test_a_touch_at_a_server_that_hangs_gives_one_number_in_the_end(office):
    """Its connections stay open: only the missing answer and heartbeat tell."""
    kiosk, board, robin, sam = (office.opens(kind) for kind in (Kiosk, Board, Receptionist, Manager))
    robin.sits_at("Desk 1")
    with office.server_hangs():
        kiosk.asks_for("Council Tax")
        kiosk.shows("One moment: we are getting your number.")
        all_say_they_are_lost(kiosk, board, robin, sam, since=time.monotonic())

    for screen in (kiosk, board, robin, sam):
        screen.is_right()
    kiosk.asks()
    assert kiosk.takes("Council Tax") == "A001"
    robin.has_waiting("A001")
    board.shows("1 person is waiting")
