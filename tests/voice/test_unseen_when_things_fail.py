"""What goes wrong at a kiosk, and what helps, from what is spoken alone."""

import re
import signal
from contextlib import contextmanager

import pytest

from tests.fakes.printer import FakePrinter
from tests.kiosk.conftest import NEVER, OFFICE
from tests.outside import Server
from tests.voice.unseen import EASIER, HEADING, NOTHING


@pytest.mark.en301549("5.1.3.15")
def test_nothing_typed_is_said_at_once(unseen):
    unseen.chooses("I have an appointment")
    unseen.chooses("My reference", "What is your reference?")
    unseen.press("Enter")
    unseen.hears("Touch its letters and digits first.")


@pytest.mark.en301549("5.1.3.15")
def test_an_appointment_that_is_not_there_is_said_with_what_helps(unseen):
    unseen.chooses("I have an appointment")
    unseen.chooses("My reference", "What is your reference?")
    unseen.types("ZZ9")
    unseen.press("Enter")
    unseen.hears(EASIER)
    unseen.chooses(NOTHING, "We cannot find this appointment today.", "Please look at what you gave us and try again.")
    unseen.chooses("Take a number", HEADING)


def test_a_closed_service_says_so_before_and_after(unseen):
    unseen.finds("Parking and travel")
    unseen.hears("Closed now")
    unseen.press("Enter")
    unseen.hears("Parking and travel is closed. Please ask a member of staff.", "1 choice.")
    unseen.chooses("Choose something else", HEADING)


@pytest.mark.en301549("5.1.3.15")
def test_a_service_without_tickets_left_says_so(unseen):
    unseen.chooses("Council Tax and benefits", "3 choices.")
    unseen.chooses("Dog licences", "Dog licences has no tickets left today.")
    unseen.chooses("Choose something else", HEADING)


def test_a_manager_s_notice_is_said_when_it_comes_and_with_the_screen(unseen, open_office):
    notice = "The lift is out of order. Please ring the bell by the door."
    open_office.door.rule(kind="notice", subject="kiosk", value="on", text=notice, by="test")
    unseen.hears(notice)
    unseen.chooses("Housing", EASIER)
    unseen.press("Escape")
    unseen.hears(HEADING, notice)
    open_office.door.rule(kind="notice", subject="kiosk", value=None, by="test")


def test_help_from_a_person_is_one_key_away(unseen):
    unseen.press("F1")
    unseen.hears("Help from a person", "Please ask at the welcome desk.", "Back")
    unseen.press("Enter")
    unseen.hears(HEADING)


def test_a_locked_kiosk_says_the_manager_s_words_and_then_goes_on(unseen, open_office):
    words = "This screen is being cleaned. Please use the one by the door."
    for key in [key.id for key in open_office.keys.all() if key.role == "kiosk"]:
        open_office.door.rule(kind="kiosk", subject=key, value="on", text=words, by="test")
    unseen.hears(words, "Please ask at the welcome desk.")
    for key in [key.id for key in open_office.keys.all() if key.role == "kiosk"]:
        open_office.door.rule(kind="kiosk", subject=key, value=None, by="test")
    unseen.hears(HEADING)


def test_a_closed_office_says_when_it_opens(tmp_path, unseen_at):
    server = Server(tmp_path, hours={**NEVER, "closed_on": []})
    try:
        unseen_at(server).begins("We are closed now.")
    finally:
        server.close()


@pytest.mark.en301549("5.1.3.15")
def test_a_lost_server_is_said_without_it_and_found_again(tmp_path, unseen_at):
    server = Server(tmp_path, office=OFFICE)
    try:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.said.clear()
        server.stop()
        unseen.hears("This screen cannot give numbers at the moment.", "Please ask at the welcome desk.")
        unseen.said.clear()
        server.start()
        unseen.hears(HEADING)
        unseen.chooses("Housing", EASIER)
        unseen.chooses(NOTHING)
        assert unseen.number() == "B001"
    finally:
        server.close()


@contextmanager
def printing_at(printer: FakePrinter, folder):
    """A server whose slips come out there."""
    lobby = {"key": "lobby", "kind": "network", "host": printer.host, "port": printer.port}
    server = Server(folder, office=OFFICE, printers=[lobby])
    try:
        yield server
    finally:
        server.close()


def test_whether_the_ticket_printed_is_asked_and_it_is_printed_again(tmp_path, unseen_at):
    with FakePrinter("drop_in_image") as printer, printing_at(printer, tmp_path) as server:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Housing", EASIER)
        unseen.chooses(NOTHING, "Did your ticket print?", "Yes, I have it", "No, there is none")
        printer.fault = None
        unseen.chooses("No, there is none", "We can print it again. Your number stays B, 0, 0, 1.", "Print it again")
        unseen.chooses("Print it again", "Please take your ticket.")


def test_an_answer_that_does_not_come_is_said_and_asked_for_again(tmp_path, unseen_at):
    server = Server(tmp_path, office=OFFICE)
    try:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Housing", EASIER)
        unseen.finds(NOTHING)
        server.process.send_signal(signal.SIGSTOP)
        unseen.press("Enter")
        unseen.hears("The answer did not come.", "you will get one number, however often you press.")
        server.process.send_signal(signal.SIGCONT)
        unseen.chooses("Try again")
        unseen.until(lambda: re.search(f"Your number is|cannot give numbers|{HEADING}", unseen.words), "what comes")
        if "Your number is" not in unseen.words:  # so slow a machine that the server was given up meanwhile
            unseen.hears(HEADING)
            unseen.chooses("Housing", EASIER)
            unseen.chooses(NOTHING)
        assert unseen.number() == "B001"
    finally:
        server.process.send_signal(signal.SIGCONT)
        server.close()


@pytest.mark.en301549("5.1.3.15")
def test_a_printer_without_paper_is_said_with_the_number_to_remember(tmp_path, unseen_at):
    with FakePrinter("out") as printer, printing_at(printer, tmp_path) as server:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Housing", EASIER)
        unseen.chooses(NOTHING, "Your number is", "The printer is out of paper. Your number is B, 0, 0, 1: please")
