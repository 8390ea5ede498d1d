"""What a desk may ask about one visitor: hold, send on, finish with what happens next; who may, and what is refused."""

from datetime import timedelta

import pytest

from reception import hours
from reception.appointments.booked import Booked
from tests.builders import eventually


@pytest.fixture
def robin(house):
    """Robin's socket; Robin sits at desk 1."""
    person = house.person("Robin")
    house.door.set_desk(desk="1", state="open", by=person.by)
    return person.socket()


@pytest.fixture
def visit(house, robin):
    """Somebody whom Robin is helping."""
    (visit,) = house.tickets("tax")
    robin.ask("call_next")
    robin.ask("start", {"visit": visit.id})
    return visit


def note_of(house, visit, step: str) -> dict | None:
    return next(one.note for one in house.door.store.steps_of(visit.id) if one.step == step)


def test_finishing_takes_what_came_of_it_in_one_question(house, robin, visit):
    asked = {"outcome": "signposted", "delivered": ["tax", "parking"], "party": 3, "signposts": ["advice"]}
    answer = robin.ask("finish", {"visit": visit.id, **asked, "note": "Bring the lease."})
    assert (answer["visit"]["state"], answer["promised"]) == ("completed", None)
    stored = house.door.stored(visit)
    assert (stored.outcome, stored.delivered, stored.party) == ("signposted", "tax parking", 3)
    assert note_of(house, visit, "completed") == {"signposts": ["advice"], "recorded": ["note"]}


def test_a_promise_is_answered_with_what_to_tell_the_visitor(house, robin, visit):
    promise = {"what": "We will send a bill.", "team": "tax", "days": 3}
    shown = robin.ask("by_when", {"team": "tax", "days": 3})
    answer = robin.ask("finish", {"visit": visit.id, "outcome": "passed_on", "promise": promise})
    (made,) = house.door.promises_of(visit.id)
    assert answer["promised"] == {
        "reference": made.reference,
        "by_when": shown["words"],
        "team": "Council Tax team",
        "phone": "01632 960 101",
    }
    assert (made.due_on, made.service, made.team) == (shown["due_on"], "tax", "tax")


def test_a_promise_without_words_is_refused_and_the_visit_goes_on(house, robin, visit):
    answer = robin.ask("finish", {"visit": visit.id, "promise": {"what": "  "}})
    assert (answer["message"], house.door.stored(visit).state) == ("Write what happens next, in a sentence.", "serving")


def test_what_was_promised_is_printed_when_it_is_asked_for(house, robin, visit):
    jobs = house.door.store.reader.execute("SELECT count(*) FROM print_jobs").fetchone()[0]
    robin.ask("finish", {"visit": visit.id, "promise": {"what": "We will ring.", "team": "tax"}, "print_slip": True})
    made = house.door.store.reader.execute("SELECT kind, about FROM print_jobs").fetchall()
    assert made[jobs:] == [("promise", house.door.promises_of(visit.id)[0].id)]


def test_finishing_and_calling_the_next_is_one_question(house, robin, visit):
    (other,) = house.tickets("tax")
    answer = robin.ask("finish", {"visit": visit.id, "outcome": "resolved", "and_next": True})
    assert (answer["visit"]["id"], answer["visit"]["state"]) == (other.id, "called")
    assert house.door.stored(visit).outcome == "resolved"


def test_finishing_one_part_of_a_visit_sends_them_on_to_the_next(house, robin, visit):
    planned = robin.ask("plan", {"visit": visit.id, "to_come": ["housing"]})["visit"]
    assert planned["to_come"] == [{"service": "housing", "service_name": "Housing", "kept_for": None}]
    after = robin.ask("finish", {"visit": visit.id, "outcome": "resolved"})["visit"]
    assert (after["state"], after["service"], after["leg"], after["delivered"]) == (
        "waiting",
        "housing",
        2,
        ["Council Tax"],
    )


def test_what_they_may_also_want_is_offered_once_and_taken_as_a_further_part(robin, visit):
    offered = robin.ask("note", {"visit": visit.id, "party": 2})["visit"]["offers"]
    assert offered == [{"service": "parking", "service_name": "Parking"}]
    after = robin.ask("offer", {"visit": visit.id, "service": "parking", "wanted": True})["visit"]
    assert ([leg["service"] for leg in after["to_come"]], after["offers"]) == (["parking"], [])


def test_a_visitor_is_held_for_some_minutes_in_a_room_and_brought_back(house, robin, visit):
    asked = {"minutes": 20, "mine": True, "reason": "form", "room": "room-1"}
    held = robin.ask("hold", {"visit": visit.id, **asked})["visit"]
    assert (held["state"], held["room_name"]) == ("held", "Interview room 1")
    stored = house.door.stored(visit)
    assert stored.kept_for.startswith("person:") and note_of(house, visit, "held") == {"reason": "form"}
    assert robin.ask("resume", {"visit": visit.id})["visit"]["state"] == "waiting"


def test_nobody_is_held_for_longer_than_the_office_allows(house, robin, visit):
    answer = robin.ask("hold", {"visit": visit.id, "minutes": 121})
    assert answer["message"] == "This can be for 1 to 120 minutes. Choose another time."
    assert house.door.stored(visit).state == "serving"


def test_what_is_said_on_sending_on_is_there_for_the_next_receptionist(house, robin, visit):
    sent = {"service": "housing", "reason": "wrong-queue", "said": "Is about the roof."}
    assert robin.ask("transfer", {"visit": visit.id, **sent})["visit"]["state"] == "waiting"
    sam = house.person("Sam").socket()
    called = sam.ask("call_next", {"desk": "3"})["visit"]
    assert (called["number"], called["said"]) == (visit.number, "Is about the roof.")
    assert note_of(house, visit, "transferred") == {"reason": "wrong-queue", "recorded": ["said"]}


def test_somebody_sent_on_comes_back_to_whoever_asked(house, robin, visit):
    after = robin.ask("transfer", {"visit": visit.id, "to": "desk:2", "come_back": True})["visit"]
    assert [(leg["service"], leg["kept_for"]) for leg in after["to_come"]] == [("tax", "Robin")]
    assert house.door.stored(visit).kept_for == "desk:2"


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({}, "Say where to: a service, a desk or a person."),
        ({"service": "planning"}, "Planning is closed, so nobody can be sent there. Choose another service or a desk."),
        ({"to": "desk:9"}, "There is no desk called 9. The desks are: 1, 2, 3."),
        ({"to": "person:x"}, "Nobody of this office who may sign in has this id. Load the list of people again."),
    ],
)
def test_nobody_is_sent_where_nobody_would_help_them(house, robin, visit, where, message):
    assert robin.ask("transfer", {"visit": visit.id, **where})["message"] == message
    assert house.door.stored(visit).state == "serving"


def test_needs_and_notes_are_kept_with_the_visit_and_taken_away_again(house, robin):
    (waiting,) = house.tickets("tax")
    known = {"needs": ["bsl", "interpreter"], "language": "Polish", "remark": "Deaf", "note": "Calm."}
    noted = robin.ask("note", {"visit": waiting.id, **known})["visit"]
    assert [need["key"] for need in noted["needs"]] == ["bsl", "interpreter"]
    assert (noted["language"], noted["remark"], noted["note"]) == ("Polish", "Deaf", "Calm.")
    assert robin.ask("note", {"visit": waiting.id, "remark": ""})["visit"]["remark"] is None
    assert "Polish" not in str(house.door.told())


def test_a_text_that_is_too_long_is_refused_with_how_long_it_may_be(robin, visit):
    answer = robin.ask("note", {"visit": visit.id, "remark": "x" * 501})
    assert answer["message"] == "This is too long: at most 500 characters are kept. Shorten it and try again."


def test_times_that_are_wrong_are_flagged_for_a_manager(house, robin, visit):
    assert robin.ask("flag_times", {"visit": visit.id})["visit"]["times_wrong"]
    assert house.door.stored(visit).times_wrong == 1


def test_calling_out_of_turn_asks_for_a_reason_and_records_it(house, robin):
    _first, second = house.tickets("tax", "tax")
    assert robin.ask("call", {"visit": second.id})["reason"] == "reason_needed"
    assert robin.ask("call", {"visit": second.id, "reason": "bored"})["reason"] == "unknown_reason"
    assert robin.ask("call", {"visit": second.id, "reason": "upset"})["visit"]["id"] == second.id
    assert note_of(house, second, "called") == {"out_of_turn": "upset"}


def test_a_visit_is_cancelled_with_its_reason(house, robin, visit):
    assert robin.ask("cancel", {"visit": visit.id, "reason": "twice"})["visit"]["state"] == "cancelled"
    assert note_of(house, visit, "cancelled") == {"reason": "twice"}


def test_a_walk_in_with_needs_is_called_as_they_need_it(robin):
    answer = robin.ask("walk_in", {"service": "tax", "wait": True, "needs": ["discreet", "seated"]})
    assert ([need["key"] for need in answer["visit"]["needs"]], answer["visit"]["discreet"]) == (
        ["discreet", "seated"],
        True,
    )


def test_a_day_that_is_past_is_no_day_for_a_promise(house, robin):
    yesterday = hours.local(house.door.now(), house.door.settings.zone).date() - timedelta(days=1)
    assert robin.ask("by_when", {"due_on": yesterday.isoformat()})["reason"] == "due_implausible"


@pytest.mark.parametrize("question", ["start", "finish", "hold", "transfer", "cancel", "return_to_line"])
def test_whose_desk_was_taken_over_takes_no_step_of_the_visitor_there(house, robin, question):
    (visit,) = house.tickets("tax")
    robin.ask("call_next")
    house.door.set_desk(desk="1", state="open", by=house.person("Sam").by, take_over=True)
    more = {"service": "housing"} if question == "transfer" else {}
    answer = robin.ask(question, {"desk": "1", "visit": visit.id, **more})
    assert (answer["reason"], house.door.stored(visit).state) == ("desk_is_anothers", "called")


@pytest.mark.parametrize("question", ["finish", "hold", "note", "by_when"])
def test_whoever_is_signed_out_asks_nothing_about_a_visitor(house, visit, question):
    sam = house.person("Sam")
    socket = sam.socket()
    sam.sign_out()
    try:
        assert socket.ask(question, {"desk": "1", "visit": visit.id})["reason"] == "signed_out"
    except Exception as gone:  # the server had already hung up
        assert not socket.connected, gone
    eventually(lambda: not socket.connected)
    assert house.door.stored(visit).state == "serving"


@pytest.mark.parametrize(
    ("question", "payload"),
    [
        ("hold", {"minutes": "ten"}),
        ("finish", {"party": 0}),
        ("finish", {"promise": {"what": "x", "days": 401}}),
        ("finish", {"promise": {"what": "x", "colour": "red"}}),
        ("note", {"needs": "bsl"}),
        ("plan", {}),
    ],
)
def test_a_question_that_is_not_well_formed_says_what_is_wrong(robin, visit, question, payload):
    answer = robin.ask(question, {"visit": visit.id, **payload})
    assert (answer["ok"], answer["reason"]) == (False, "wrong_values")


def test_somebody_who_waits_is_looked_at_with_what_is_known_of_them_and_nothing_changes(house, robin):
    visit = house.door.issue(service="tax", by="greeter", needs=["loop"], remark="With a helper").visit
    newest = house.door.look()[0]
    shown = robin.ask("look_at", {"visit": visit.id})["visit"]
    assert ([need["key"] for need in shown["needs"]], shown["remark"]) == (["loop"], "With a helper")
    assert house.door.look()[0] == newest
    assert robin.ask("look_at", {"visit": "nobody"})["reason"] == "unknown_visit"


def test_an_appointment_is_checked_in_at_the_desk_once(house, robin):
    booked = Booked("Y1", "tax", house.door.now() - 60_000, None, "Ms Green", "", (), False, 1)
    house.door.take_in([booked], by="test", source="test")
    today = hours.day_of(house.door.now(), house.door.settings.zone)
    (booking,) = [one for one in house.door.appointments(today) if one.reference == "Y1"]
    first = robin.ask("check_in", {"appointment": booking.id})
    again = robin.ask("check_in", {"appointment": booking.id})
    assert (first["visit"]["name"], first["visit"]["booked_at"]) == ("Ms Green", booked.booked_at)
    assert again["visit"]["id"] == first["visit"]["id"]


def test_a_slip_is_printed_again_where_the_desk_is_or_where_it_is_wanted(house, robin, visit):
    assert robin.ask("reprint", {"visit": visit.id})["slip_at"] == "Virtual printer"
    again = robin.ask("reprint", {"visit": visit.id, "printer": "nowhere"})
    assert again["message"] == "There is no printer called nowhere. The printers are: virtual."
    made = house.door.store.reader.execute(
        "SELECT printer, kind FROM print_jobs WHERE visit = ?", (visit.id,)
    ).fetchall()
    assert made == [("virtual", "reprint")]
    assert house.door.stored(visit).state == "serving"
