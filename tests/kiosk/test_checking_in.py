"""Checking in with an appointment, as a visitor does it at the kiosk."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from reception.appointments.booked import Booked
from tests.kiosk.conftest import sooner
from tests.scanning import scan

MINUTE = 60_000
counted = itertools.count(1_000)


@pytest.fixture
def book(lobby, kiosk):
    """Books somebody so many minutes from now, and returns the reference, once the kiosk asks for appointments."""

    def made(minutes: float, **said) -> str:
        reference = f"HX-{next(counted)}"
        known = {"name": "Ann Other", "postcode": "AB1 2CD"} | said
        at = lobby.door.now() + round(minutes * MINUTE)
        one = Booked(reference, "births", at, 20, known["name"], known["postcode"], (), False, 1)
        lobby.door.take_in([one], by="key:1", source="test")
        expect(kiosk.button("I have an appointment")).to_be_visible()
        return reference

    return made


def touch(kiosk, word) -> None:
    """Key after key, slower than a trembling finger strikes."""
    for key in word:
        kiosk.page.get_by_role("button", name=key, exact=True).click(delay=130)


def type_reference(kiosk, reference: str) -> None:
    kiosk.button("I have an appointment").click()
    kiosk.button("My reference").click()
    touch(kiosk, reference.replace("-", ""))
    kiosk.button("Check in").click()


def fields(kiosk) -> list[str]:
    return kiosk.page.evaluate("[...document.querySelectorAll('input')].map((field) => field.value)")


def test_a_reference_typed_on_the_screen_gives_a_ticket_that_says_the_time(kiosk, book):
    reference = book(20)
    type_reference(kiosk, reference)
    kiosk.needs_nothing()
    assert re.fullmatch(r"E\d{3}", kiosk.number)
    expect(kiosk.page.get_by_text(re.compile(r"Your appointment is at \d\d:\d\d\."))).to_be_visible()
    expect(kiosk.page.get_by_text("Please take your ticket.")).to_be_visible()
    assert fields(kiosk) == ["", ""]


def test_postcode_and_the_first_letter_of_the_surname_are_enough(kiosk, book):
    book(20, postcode="ZE2 9XY", name="Ishbel Quinn")
    kiosk.button("I have an appointment").click()
    kiosk.button("My postcode and surname").click()
    touch(kiosk, "ZE29XXX")
    touch(kiosk, ["Delete", "Delete", "Y"])
    kiosk.button("Go on").click()
    touch(kiosk, "Q")
    kiosk.needs_nothing()
    assert kiosk.number.startswith("E")


def test_a_code_is_read_on_the_first_screen_and_presses_nothing(kiosk, book):
    reference = book(20)
    kiosk.page.keyboard.press("Tab")  # the focus is on a button, which Enter would press
    scan(kiosk.page, f"https://book.example.org/my booking?ref={reference}")
    kiosk.needs_nothing()
    assert kiosk.number.startswith("E")


def test_a_code_takes_the_place_of_what_was_typed(kiosk, book):
    reference = book(20)
    kiosk.button("I have an appointment").click()
    kiosk.button("My reference").click()
    touch(kiosk, "WRONG")
    scan(kiosk.page, reference)
    kiosk.needs_nothing()
    assert kiosk.number.startswith("E")


def test_a_keyboard_types_into_the_field_and_its_keys_stay_its_own(kiosk, book):
    reference, keyboard = book(20), kiosk.page.keyboard
    keyboard.press("Tab")
    expect(kiosk.button("I have an appointment")).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.type(reference, delay=120)  # the heading has the focus
    expect(kiosk.page.get_by_role("textbox", name="What is your reference?")).to_have_value(reference)
    keyboard.press("Enter", delay=60)
    expect(kiosk.button("Nothing, thank you")).to_be_visible()


def test_the_same_appointment_is_the_same_number(kiosk, book):
    reference = book(20)
    scan(kiosk.page, reference)
    kiosk.needs_nothing()
    first = kiosk.number
    kiosk.button("Done").click()
    kiosk.at_start()
    scan(kiosk.page, reference)
    kiosk.needs_nothing()
    assert kiosk.number == first
    expect(kiosk.page.get_by_text("You have had this ticket before.")).to_be_visible()


def test_whoever_is_early_is_told_from_when(kiosk, book):
    scan(kiosk.page, book(120))
    kiosk.needs_nothing()
    expect(kiosk.heading).to_have_text(re.compile(r"You are early: .* Check in from \d\d:\d\d\."))
    kiosk.button("Done").click()
    kiosk.at_start()


def test_whoever_is_late_is_told_kindly_and_joins_the_line(kiosk, book):
    scan(kiosk.page, book(-20))
    kiosk.needs_nothing()
    expect(
        kiosk.page.get_by_text(re.compile(r"Your appointment was at \d\d:\d\d, so you join the line now\."))
    ).to_be_visible()
    expect(kiosk.page.get_by_text("You are next. Please take a seat")).to_be_visible()


@pytest.mark.wcag("3.3.3", "3.3.7")
def test_what_was_not_found_can_be_corrected_without_saying_the_rest_again(kiosk, book):
    reference = book(20)
    type_reference(kiosk, reference + "9")
    kiosk.button("More time").click()
    kiosk.button("That is all").click()
    expect(kiosk.heading).to_have_text("We cannot find this appointment today.")
    kiosk.button("Try again").click()
    kiosk.button("Delete").click()
    kiosk.button("Check in").click()
    assert kiosk.number.startswith("E")


def test_whoever_is_not_found_can_take_a_number(kiosk, book):
    book(20)
    type_reference(kiosk, "NOBODY")
    kiosk.needs_nothing()
    kiosk.button("Take a number").click()
    kiosk.at_start()
    kiosk.chooses("Housing")
    assert kiosk.number.startswith("B")


@pytest.mark.wcag("3.3.1")
def test_nothing_typed_is_said_beside_the_keys(kiosk, book):
    book(20)
    kiosk.button("I have an appointment").click()
    kiosk.button("My reference").click()
    kiosk.button("Check in").click()
    told = kiosk.page.get_by_text("Touch its letters and digits first.").filter(visible=True)
    expect(told).to_be_visible()
    touch(kiosk, "H")
    expect(told).to_be_hidden()


def test_a_letter_can_be_typed_twice_and_a_trembling_finger_types_it_once(kiosk, book):
    book(20)
    kiosk.button("I have an appointment").click()
    kiosk.button("My reference").click()
    touch(kiosk, "AA")
    kiosk.page.get_by_role("button", name="B", exact=True).dblclick()
    expect(kiosk.page.get_by_role("textbox")).to_have_value("AAB")


@pytest.mark.parametrize("way", ["Start again", "Back", "time"])
def test_what_was_typed_is_gone_when_they_leave(kiosk, book, page, way):
    if way == "time":
        sooner(kiosk)
    book(20)
    kiosk.button("I have an appointment").click()
    kiosk.button("My reference").click()
    touch(kiosk, "AB12")
    assert fields(kiosk) == ["AB12", ""]
    if way == "time":
        expect(page.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    else:
        for _ in range(2 if way == "Back" else 1):
            kiosk.button(way).click(delay=30)
            page.wait_for_function("(at) => performance.now() > at + 600", arg=page.evaluate("performance.now()"))
    kiosk.at_start()
    assert fields(kiosk) == ["", ""]
