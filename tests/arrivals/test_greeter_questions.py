"""What a greeter may ask over the socket, and what they are answered."""

import pytest
from socketio.exceptions import ConnectionError as Refused

from desk.greeter import Greeter
from reception.web.words import visible
from tests.access.test_questions import TRICKS, WRONG
from tests.arrivals.conftest import as_greeter, found
from tests.builders import eventually


def known(house, visit: str) -> dict:
    return house.door.store.particulars(house.door.office, [visit]).get(visit, {})


def stored(house, visitor: dict):
    return house.door.store.visit(house.door.office, visitor["id"])


# -- somebody comes in ------------------------------------------------------------------------------------------


def test_greeting_gives_a_number_that_has_been_told_and_answers_how_many_are_ahead(house, greeter):
    house.tickets("tax", "tax")
    visitor = greeter.ask("greet", {"service": "tax"})["visitor"]
    visit = stored(house, visitor)
    assert (visit.channel, visit.state, visit.acknowledged_at) == ("greeter", "waiting", visit.arrived_at)
    assert (visitor["number"], visitor["service_name"], visitor["ahead"]) == (visit.number, "Council Tax", 2)


def test_what_is_known_of_somebody_is_a_particular_and_stands_in_no_step(house, greeter):
    said = {"needs": ["interpreter", "time"], "language": "Polish", "remark": "With her daughter", "party": 2}
    visitor = greeter.ask("greet", {"service": "tax", "to_come": ["housing"], **said})["visitor"]
    assert {key: visitor[key] for key in said} == said and visitor["to_come"] == ["housing"]
    assert known(house, visitor["id"]) == {
        "needs": "interpreter time",
        "language": "Polish",
        "remark": "With her daughter",
    }
    assert "Polish" not in repr(house.door.store.steps(house.door.office, visit=visitor["id"]))


def test_one_showing_of_the_form_gives_one_number_however_often_it_is_pressed(greeter):
    first = greeter.ask("greet", {"service": "tax", "showing": "once"})
    assert greeter.ask("greet", {"service": "tax", "showing": "once"}) == first
    other = greeter.ask("greet", {"service": "housing", "showing": "once"})  # after going back
    assert other["visitor"]["id"] != first["visitor"]["id"]
    assert greeter.ask("greet", {"service": "tax", "showing": "twice"})["visitor"]["id"] != first["visitor"]["id"]


def test_a_greeting_corrected_after_a_refusal_is_taken(greeter):
    assert not greeter.ask("greet", {"service": "tax", "needs": ["magic"], "showing": "mended"})["ok"]
    assert greeter.ask("greet", {"service": "tax", "showing": "mended"})["ok"]


def test_a_slip_is_printed_again_with_the_same_number(house, greeter):
    visitor = greeter.ask("greet", {"service": "tax"})["visitor"]
    assert greeter.ask("reprint", {"visit": visitor["id"]})["visitor"]["number"] == visitor["number"]
    assert house.door.rows("SELECT printer, kind FROM print_jobs WHERE visit = ?", visitor["id"]) == [
        ("virtual", "reprint")
    ]


def test_a_slip_is_printed_where_it_is_wanted(house, greeter):
    bare = greeter.ask("greet", {"service": "tax"})["visitor"]
    slip = greeter.ask("greet", {"service": "tax", "printer": "virtual"})["visitor"]
    jobs = house.door.rows("SELECT visit FROM print_jobs WHERE visit IN (?, ?)", bare["id"], slip["id"])
    assert jobs == [(slip["id"],)]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"service": "magic"}, "There is no service called magic. The services are: tax, parking, housing."),
        ({"service": "tax", "needs": ["magic"]}, "There is no need called magic."),
        ({"service": "tax", "to_come": ["magic"]}, "There is no service called magic."),
        ({"service": "tax", "printer": "moon"}, "There is no printer called moon. The printers are: virtual."),
        ({"service": "tax", "remark": "x" * 501}, "This is too long: at most 500 characters are kept."),
        ({"service": "tax", "party": 0}, "The question is not well formed: party"),
    ],
)
def test_a_greeting_that_cannot_be_is_refused_with_a_sentence_and_gives_no_number(house, greeter, asked, sentence):
    answer = greeter.ask("greet", asked)
    assert not answer["ok"] and answer["message"].startswith(sentence)
    assert house.door.look()[1].visits == {}


def test_taking_a_greeting_back_cancels_its_number(house, greeter):
    visitor = greeter.ask("greet", {"service": "tax"})["visitor"]
    assert greeter.ask("take_back", {"visit": visitor["id"]})["visitor"]["state"] == "cancelled"
    assert greeter.ask("take_back", {"visit": visitor["id"]})["reason"] == "nothing_to_undo"


def test_a_greeting_is_not_taken_back_once_a_desk_has_called_them(house, greeter):
    visitor = greeter.ask("greet", {"service": "tax"})["visitor"]
    house.door.next("1")
    answer = greeter.ask("take_back", {"visit": visitor["id"]})
    assert answer["message"] == f"{visitor['number']} has moved on since, so that step cannot be undone."
    assert stored(house, visitor).state == "called"


def test_a_number_is_cancelled_for_a_reason_of_the_offices(house, greeter):
    (visit,) = house.tickets("tax")
    assert greeter.ask("cancel", {"visit": visit.id, "reason": "boredom"})["reason"] == "unknown_reason"
    assert greeter.ask("cancel", {"visit": visit.id, "reason": "twice"})["visitor"]["state"] == "cancelled"
    assert greeter.ask("cancel", {"visit": visit.id})["message"].startswith(f"{visit.number} has already ended")


# -- somebody with an appointment -------------------------------------------------------------------------------


def test_an_appointment_is_found_by_reference_or_by_postcode_and_initial(house, greeter):
    booked = house.book(reference="HC-5OH1", name="Ben Lloyd", needs=("loop",))
    other = house.book(name="Cerys Vaughan", postcode="FE9 9ZZ")
    visitor = greeter.ask("check_in", {"reference": " hc 5 oh1 "})["visitor"]
    assert (visitor["name"], visitor["needs"], visitor["told"]) == ("Ben Lloyd", ["loop"], True)
    assert found(house.door, booked.reference).visit == visitor["id"]
    visitor = greeter.ask("check_in", {"postcode": "fe9 9zz", "initial": "v"})["visitor"]
    assert found(house.door, other.reference).visit == visitor["id"]


def test_the_same_appointment_gives_the_same_number(house, greeter):
    booked = house.book()
    first = greeter.ask("check_in", {"appointment": booked.id})
    assert greeter.ask("check_in", {"reference": booked.reference}) == first


def test_somebody_too_early_is_told_and_checked_in_if_the_greeter_says_so(house, greeter):
    booked = house.book(minutes=150)
    answer = greeter.ask("check_in", {"appointment": booked.id})
    assert answer["reason"] == "appointment_early" and answer["message"].startswith("They are early: the appointment")
    assert greeter.ask("check_in", {"appointment": booked.id, "anyway": True})["visitor"]["state"] == "waiting"


def test_an_appointment_of_another_day_says_which(house, greeter):
    answer = greeter.ask("check_in", {"reference": house.book(days=1).reference})
    assert answer["message"].startswith("This appointment is not today: it is on ")


def test_an_appointment_whose_visit_has_ended_is_used(house, greeter):
    booked = house.book()
    visitor = greeter.ask("check_in", {"appointment": booked.id})["visitor"]
    greeter.ask("leave", {"visit": visitor["id"]})
    answer = greeter.ask("check_in", {"appointment": booked.id})
    assert answer["message"].startswith("This appointment was checked in already and that visit has ended.")


@pytest.mark.parametrize("asked", [{}, {"reference": "nothing"}, {"postcode": "FE1 2AB"}, {"appointment": "nobody"}])
def test_an_appointment_that_nobody_has_is_said_in_words_for_staff(house, greeter, asked):
    house.book()
    message = greeter.ask("check_in", asked)["message"]
    assert message == "No appointment of today fits. Look in today's list, or greet them as somebody without one."


def test_taking_a_check_in_back_leaves_the_appointment_as_it_was(house, greeter):
    booked = house.book()
    visitor = greeter.ask("check_in", {"appointment": booked.id})["visitor"]
    greeter.ask("take_back", {"visit": visitor["id"]})
    assert found(house.door, booked.reference) == booked
    assert greeter.ask("check_in", {"appointment": booked.id})["visitor"]["id"] != visitor["id"]


# -- somebody who has a number ----------------------------------------------------------------------------------


def test_somebody_is_found_by_their_number_however_it_is_typed(house, greeter):
    (visit,) = house.tickets("housing")
    typed = f" {visit.number[0].lower()} {visit.number[1:]}"
    assert greeter.ask("find", {"number": typed})["visitor"]["id"] == visit.id


def test_a_number_nobody_has_is_said(greeter):
    assert greeter.ask("find", {"number": "Z999"})["message"] == (
        "Nobody has the number Z999 today. Check it on their ticket."
    )


def test_needs_are_noted_for_somebody_with_a_number_and_only_what_is_given_changes(house, greeter):
    (visit,) = house.tickets("tax")
    greeter.ask("note", {"visit": visit.id, "needs": ["quiet"], "remark": "Anxious", "party": 3})
    visitor = greeter.ask("note", {"visit": visit.id, "to_come": ["housing"], "remark": ""})["visitor"]
    assert (visitor["needs"], visitor["remark"], visitor["party"]) == (["quiet"], "", 3)
    assert visitor["to_come"] == ["housing"]


def test_a_note_that_cannot_be_kept_changes_nothing(house, greeter):
    (visit,) = house.tickets("tax")
    assert greeter.ask("note", {"visit": visit.id, "needs": ["magic"]})["reason"] == "unknown_need"
    assert greeter.ask("note", {"visit": visit.id, "remark": "x" * 501})["reason"] == "text_too_long"
    assert known(house, visit.id) == {}


def test_whoever_was_not_told_their_number_is_told_once(house, greeter):
    (visit,) = house.tickets("tax")
    assert greeter.ask("find", {"visit": visit.id})["visitor"]["told"] is False
    assert greeter.ask("acknowledge", {"visit": visit.id})["visitor"]["told"] is True
    told = house.door.stored(visit).acknowledged_at
    greeter.ask("acknowledge", {"visit": visit.id})
    assert house.door.stored(visit).acknowledged_at == told


def test_somebody_who_was_not_there_comes_back_into_the_line(house, greeter):
    (visit,) = house.tickets("tax")
    assert greeter.ask("reinstate", {"visit": visit.id})["reason"] == "step_does_not_fit"
    house.door.next("1")
    house.door.take("not_here", visit)
    assert greeter.ask("reinstate", {"visit": visit.id})["visitor"]["state"] == "waiting"


# -- what the tablet shows --------------------------------------------------------------------------------------


def picture(greeter, true):
    return eventually(lambda: next((one for one in reversed(greeter.of("greeter")) if true(one)), None))


def test_the_picture_shows_the_lines_head_with_needs_and_whom_nobody_told(house, greeter):
    (first,) = house.tickets("tax")
    second = greeter.ask("greet", {"service": "tax", "needs": ["interpreter"], "language": "Polish"})["visitor"]
    shown = picture(greeter, lambda one: one["waiting"] == 2)
    assert [(row["number"], row["ahead"], row["needs"], row["told"]) for row in shown["line"]] == [
        (first.number, 0, "", False),
        (second["number"], 1, "Interpreter: Polish", True),
    ]
    assert [(one["key"], one["open"], one["ahead"]) for one in shown["services"]][0] == ("tax", True, 2)


def test_whoever_is_called_discreetly_is_to_be_fetched(house, greeter):
    greeter.ask("greet", {"service": "tax", "needs": ["discreet"]})
    house.door.next("2")
    shown = picture(greeter, lambda one: one["called"])
    assert [(row["desk_name"], row["discreet"]) for row in shown["called"]] == [("Desk 2", True)]


def test_the_appointments_to_come_are_shown_and_gone_once_they_are_here(house, greeter):
    booked, late = house.book(minutes=10, needs=("quiet",)), house.book(minutes=-5, name="Ben Lloyd")
    shown = picture(greeter, lambda one: len(one["expected"]) == 2)
    assert [(row["reference"], row["name"], row["late"], row["needs"]) for row in shown["expected"]] == [
        (late.reference, "Ben Lloyd", True, ""),
        (booked.reference, "Ada Okafor", False, "Quiet room"),
    ]
    greeter.ask("check_in", {"appointment": late.id})
    shown = picture(greeter, lambda one: len(one["expected"]) == 1)
    assert (shown["still_expected"], shown["expected"][0]["id"]) == (1, booked.id)


def test_other_pages_are_told_to_look_again_when_an_appointment_or_a_promise_changed(house, greeter):
    house.book()
    eventually(lambda: greeter.of("look_again"))


# -- who may ask ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["kiosk", "display"])
def test_a_screen_of_the_lobby_is_not_let_in(house, role):
    cookie = f"reception-{role}={house.key(role, 'browser')}"
    with pytest.raises(Refused):
        house.screen("greeter", headers={"Cookie": cookie})


def test_nobody_is_let_in_without_a_key_nor_by_a_screens(house):
    assert house.screen("greeter", key=house.key("desk")).connected
    for key in (None, house.key("kiosk"), "wrong"):
        with pytest.raises(Refused):
            house.screen("greeter", key=key)


def test_whoever_is_signed_out_is_answered_nothing_more(house):
    kim = house.person("Kim")
    socket = as_greeter(house, kim)
    (visit,) = house.tickets("tax")
    kim.sign_out()
    eventually(lambda: not socket.connected)
    assert house.door.stored(visit).acknowledged_at is None


FIELDS = [(name, field) for name, payload in Greeter.questions.items() for field in payload.model_fields]


@pytest.mark.parametrize(("question", "field"), FIELDS)
def test_tricks_and_wrong_types_in_every_field_are_answered_in_words(house, greeter, question, field):
    usual = {"service": "tax", "visit": "nobody"}
    named = Greeter.questions[question].model_fields
    for value in (*TRICKS, *WRONG, ["\ud800"], ["x"] * 41, -1, 10**20):
        asked = {name: usual[name] for name in named if name in usual} | {field: value}
        answer = greeter.ask(question, asked)
        if not answer["ok"]:
            assert answer["reason"] != "fault", (asked, "".join(house.log)[-3_000:])
            assert visible(answer["message"]) == answer["message"] and len(answer["message"]) < 600
    assert greeter.connected
