"""A morning in one office, as its people see it: from a touch on the kiosk to the manager's figure."""

import zxingcpp

from tests.stories.people import Board, Kiosk, Manager, Phone, Receptionist


def test_a_visit_from_the_touch_on_the_kiosk_to_the_managers_figure(office):
    kiosk, board, robin, sam = (office.opens(kind) for kind in (Kiosk, Board, Receptionist, Manager))
    robin.sits_at("Desk 1")
    sam.shows("Nobody is waiting.")

    number = kiosk.takes("Council Tax")
    kiosk.shows("Please take your ticket.")
    link = address_on(office.printer.wait_for_slips(1)[0])
    kiosk.is_done()

    phone = office.opens(Phone, link)
    phone.shows(number)
    phone.shows("You are next.")
    robin.has_waiting(number)
    board.shows("1 person is waiting")
    sam.shows(number)

    robin.types("n")
    board.calls(number, "Desk 1")
    board.shows("Nobody is waiting")
    phone.sends_them_to("Desk 1")
    sam.shows("Has called")

    robin.presses("Start")
    phone.shows("You are at Desk 1")
    sam.shows("Helping")
    robin.presses("Finish")
    robin.presses("Resolved here")
    robin.shows("Nobody is at your desk")
    phone.shows("Your visit is finished.")

    office.minutes_pass(10)
    sam.looks_at_figures()
    sam.shows("One person was judged, and was seen within 5 minutes today.")
    assert sam.row("Council Tax")[:2] == ["1", "100%"]
    rows = sam.downloads()
    assert (rows[0]["n"], rows[0]["hits"], rows[0]["share"]) == ("1", "1", "1.0")
    assert [row["n"] for row in rows if (row["of"], row["key"]) == ("service", "tax")] == ["1"]
    assert 0 < float(rows[0]["longest_seconds"]) < 300


def address_on(slip) -> str:
    """Where the slip's QR code leads a phone."""
    (code,) = zxingcpp.read_barcodes(slip.image.convert("L"))
    return code.text
