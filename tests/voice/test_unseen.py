"""Every journey of the kiosk from what is spoken alone: the screen is never looked at, only keys are pressed."""

import re
from datetime import date

import pytest

from reception.appointments.booked import Booked
from tests.kiosk.conftest import OFFICE
from tests.outside import Server
from tests.voice.unseen import EASIER, HEADING, NOTHING

FETCHED = "Call me without board or voice"
SEAT = "Please take a seat and watch the board for your number."
MINUTE = 60_000


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
    unseen.chooses(NOTHING, "Housing", "1 person is ahead of you for this service.", SEAT, "Please take your ticket.")
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


def test_how_it_went_can_be_told_and_the_reference_is_heard_sign_by_sign(unseen, open_office):
    unseen.chooses("Tell us how it went", "What would you like to tell us?", "You need not say who you are.")
    unseen.chooses("I want to complain", "What is it about?")
    unseen.chooses("Waiting", "Thank you. We have noted it.", "We look into it by the end of")
    (told,) = open_office.door.feedbacks()
    unseen.hears(f"Your reference is {', '.join(told.reference.replace('-', ''))}.")


@pytest.mark.parametrize(
    ("written", "heard"),
    [("Your reference is F-U4725.", "Your reference is F, U, 4, 7, 2, 5."), ("A014", "A, 0, 1, 4")],
)
def test_a_reference_that_ends_like_a_number_is_heard_sign_by_sign(page, open_office, written, heard):
    page.goto(f"{open_office.url}/kiosk")
    said = """async (text) => {
        const { wording } = await import("/kiosk/static/listen-words.js");
        return wording(["en"]).phrase(text).text;
    }"""
    assert page.evaluate(said, written) == heard
