"""Every journey of the kiosk from what is spoken alone: the screen is never looked at, only keys are pressed."""

import re
import signal
from datetime import date

import pytest

from reception.appointments.booked import Booked
from tests.fakes.printer import FakePrinter
from tests.kiosk.conftest import NEVER, SERVICES
from tests.outside import Server, zone_where_it_is

FETCHED = "Call me without board or voice"
HEADING = "What have you come about?"
EASIER = "Is there anything we can do to make this easier?"
NOTHING = "Nothing, thank you"
SEAT = "Please take a seat and watch the board for your number."
FULL = {"key": "dogs", "name": "Dog licences", "letter": "G", "quota": 0, "group": "money"}
GROUPS = [{"key": "money", "name": "Council Tax and benefits", "about": "bills, discounts, help with rent"}]
OFFICE = {"key": "town", "name": "Fernleigh Council", "help": "Please ask at the welcome desk."}
MINUTE = 60_000


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    server = Server(
        tmp_path_factory.mktemp("unseen"),
        office={**OFFICE, "timezone": zone_where_it_is(13)},
        groups=GROUPS,
        services=[*SERVICES, FULL],
        desks=[{"key": "1", "name": "Desk 1"}],
        kiosk={"asks_appointment": "always", "guesses": 1_000},
    )
    yield server
    server.close()


@pytest.fixture
def unseen(unseen_at, open_office):
    open_office.clear()
    unseen = unseen_at(open_office)
    unseen.begins(HEADING, "choices.")
    return unseen


def last(server):
    return max(server.door.store.visits_between("town", 0, 1 << 60), key=lambda visit: visit.place)


def book(server, reference: str, *, minutes: int = 20, **said) -> None:
    known = {"name": "Ann Other", "postcode": "AB1 2CD"} | said
    at = server.door.now() + minutes * MINUTE
    one = Booked(reference, "births", at, 20, known["name"], known["postcode"], (), False, 1)
    server.door.take_in([one], by="key:1", source="test")


# -- a ticket ----------------------------------------------------------------------------------------------------


@pytest.mark.en301549("5.1.3.1")
def test_a_ticket_and_all_that_stands_on_it(unseen, open_office):
    open_office.door.issue(service="housing", by="test")
    unseen.chooses("Housing", EASIER, "Only staff will see what you choose.")
    unseen.chooses(NOTHING, "Housing", "1 person is ahead of you.", SEAT, "Please take your ticket.")
    assert unseen.number() == last(open_office).number


@pytest.mark.en301549("5.1.3.1")
def test_a_control_says_its_name_what_stands_on_it_and_its_place(unseen):
    unseen.finds("Housing")
    told = r"Housing / repairs, applying, somewhere to stay / Nobody ahead of you / \d of \d\."
    assert re.fullmatch(told, unseen.words)


def test_a_group_is_opened_and_left_again(unseen):
    unseen.chooses("Council Tax and benefits", "Council Tax and benefits", "3 choices.")
    unseen.press("Escape")
    unseen.hears(HEADING)


@pytest.mark.en301549("5.1.3.3")
def test_needs_are_said_chosen_and_an_interpreter_s_language_is_asked_for(unseen, open_office):
    unseen.chooses("Housing", EASIER)
    unseen.finds("An interpreter")
    unseen.hears("Not chosen.")
    unseen.press("Enter")
    unseen.hears("Chosen.")
    unseen.chooses("That is all, thank you", "Which language do you speak?", key="ArrowUp")
    unseen.chooses("Polish", "Your number is")
    visit = last(open_office)
    assert unseen.number() == visit.number
    known = open_office.door.store.particulars("town", [visit.id])
    assert known[visit.id] == {"needs": "interpreter", "language": "Polish"}


def test_how_many_have_come_is_asked_and_answered_by_a_figure(tmp_path, unseen_at):
    server = Server(tmp_path, office=OFFICE, kiosk={"asks_party": True, "asks_needs": False})
    try:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Housing", "How many have come together?")
        unseen.press("3")
        assert unseen.number() == last(server).number
        assert last(server).party == 3
    finally:
        server.close()


def test_what_to_bring_what_is_online_and_who_else_can_help_are_said(tmp_path, unseen_at):
    bring = {
        "bring": ["Your tenancy agreement"],
        "online": "https://www.example.org/housing",
        "online_name": "Apply online",
    }
    services = [{"key": "housing", "name": "Housing", "letter": "B", **bring}]
    advice = {
        "key": "advice",
        "name": "Citizens Advice",
        "phone": "01632 960 000",
        "checked": date(2026, 3, 2),
        "kiosk": True,
    }
    server = Server(tmp_path, office=OFFICE, services=services, signposts=[advice])
    try:
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Others who can help", "They are not the council.")
        unseen.chooses("Citizens Advice", "0 1 6 3 2, 9 6 0, 0 0 0")
        unseen.chooses("Take a number", HEADING)
        unseen.chooses("Housing", "It helps if you have these with you:", "Your tenancy agreement")
        unseen.chooses("Do it online instead", "Apply online", "www.example.org/housing")
        unseen.chooses("Get my number after all", EASIER)
        unseen.chooses(NOTHING)
        assert unseen.number() == "B001"
    finally:
        server.close()


# -- an appointment ----------------------------------------------------------------------------------------------


def types_reference(unseen, reference: str) -> None:
    unseen.chooses("I have an appointment")
    unseen.chooses("My reference", "What is your reference?")
    unseen.types(reference)
    unseen.press("Enter")
    unseen.hears(EASIER)


def test_an_appointment_by_a_typed_reference(unseen, open_office):
    book(open_office, "HX-77")
    unseen.chooses("I have an appointment", "How shall we find your appointment?")
    unseen.chooses("My reference", "What is your reference?", "You can leave out spaces and dashes.", "Type with")
    unseen.types("HX")
    unseen.press("-")
    unseen.hears("Dash")
    unseen.types("7")
    unseen.press("Backspace")
    unseen.hears("Deleted:", "7")
    unseen.types("77")
    unseen.press("Enter")
    unseen.hears(EASIER)
    unseen.chooses(NOTHING, "Your number is", "Your appointment is at")
    assert unseen.number() == last(open_office).number


@pytest.mark.en301549("5.1.6")
def test_an_appointment_by_the_keys_on_the_screen_alone(unseen, open_office):
    book(open_office, "HX-78", postcode="W1 1AA", name="Ishbel Quinn")
    unseen.chooses("I have an appointment", "How shall we find your appointment?")
    unseen.chooses("My postcode and surname", "What is your postcode?")
    for character in "W11AA":
        unseen.chooses(character, character, key="ArrowUp" if character < "A" else "ArrowDown")
    unseen.chooses("Go on", "What does your surname begin with?")
    unseen.chooses("Q", EASIER)
    unseen.chooses(NOTHING, "Your appointment is at")
    assert unseen.number() == last(open_office).number


def test_what_was_typed_can_be_heard_again_and_is_never_fetched_in_one_piece(unseen):
    unseen.chooses("I have an appointment")
    unseen.chooses("My reference", "What is your reference?")
    unseen.types("AB12CD")
    unseen.finds("What is your reference?")
    unseen.hears("You have typed:", "A", "B", "1", "2", "C", "D")
    assert not any("AB1" in text or "A, B" in text for _language, text in unseen.ever)


def test_somebody_late_is_told_that_they_join_the_line(unseen, open_office):
    book(open_office, "HX-90", minutes=-60)
    types_reference(unseen, "HX90")
    unseen.chooses(NOTHING, "Your appointment was at", "so you join the line now.")
    assert unseen.number() == last(open_office).number


def test_who_checks_in_twice_hears_the_same_number_and_that_there_is_no_second_slip(unseen, open_office):
    book(open_office, "HX-91")
    types_reference(unseen, "HX91")
    unseen.chooses(NOTHING)
    number = unseen.number()
    unseen.chooses("Done")
    unseen.begins(HEADING)
    types_reference(unseen, "HX91")
    unseen.chooses(NOTHING, "You have had this ticket before.")
    assert unseen.number() == number


def test_an_appointment_of_another_day_is_said_with_its_day(unseen, open_office):
    book(open_office, "HX-92", minutes=24 * 60)
    types_reference(unseen, "HX92")
    unseen.chooses(NOTHING, "choices.")
    assert "Your number is" not in unseen.words
    unseen.chooses("Take a number", HEADING)


def test_somebody_who_is_fetched_is_told_to_take_a_seat(unseen):
    unseen.chooses("Housing", EASIER)
    unseen.finds(FETCHED)
    unseen.press("Enter")
    unseen.hears("Chosen.")
    unseen.chooses("That is all, thank you", "Please take a seat. We will come to you.", key="ArrowUp")


# -- what goes wrong ---------------------------------------------------------------------------------------------


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


def test_whether_the_ticket_printed_is_asked_and_it_is_printed_again(tmp_path, unseen_at):
    with FakePrinter("drop_in_image") as printer:
        lobby = {"key": "lobby", "kind": "network", "host": printer.host, "port": printer.port}
        server = Server(tmp_path, office=OFFICE, printers=[lobby])
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Housing", EASIER)
        unseen.chooses(NOTHING, "Did your ticket print?", "Yes, I have it", "No, there is none")
        printer.fault = None
        unseen.chooses("No, there is none", "We can print it again. Your number stays B, 0, 0, 1.", "Print it again")
        unseen.chooses("Print it again", "Please take your ticket.")
        server.close()


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
    with FakePrinter("out") as printer:
        lobby = {"key": "lobby", "kind": "network", "host": printer.host, "port": printer.port}
        server = Server(tmp_path, office=OFFICE, printers=[lobby])
        unseen = unseen_at(server)
        unseen.begins(HEADING)
        unseen.chooses("Housing", EASIER)
        unseen.chooses(NOTHING, "Your number is", "The printer is out of paper. Your number is B, 0, 0, 1: please")
        server.close()
