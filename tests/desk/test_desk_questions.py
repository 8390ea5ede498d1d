"""What a desk may ask over its socket, and what it is answered."""

import pytest
from socketio.exceptions import ConnectionError

from tests.builders import at_once, eventually


@pytest.fixture
def robin(house):
    """Robin's socket; Robin sits at desk 1."""
    person = house.person("Robin")
    house.door.set_desk(desk="1", state="open", by=person.by)
    return person.socket()


def told(house, visit):
    return house.door.stored(visit).state


def test_two_desks_that_press_next_in_the_same_instant_get_two_visitors(house, robin):
    sam = house.person("Sam").socket()
    first, second = house.tickets("tax", "tax")
    answers = at_once(lambda: robin.ask("call_next", {"desk": "1"}), lambda: sam.ask("call_next", {"desk": "2"}))
    assert sorted(answer["visit"]["number"] for answer in answers) == [first.number, second.number]


def test_a_second_press_from_the_same_screen_is_refused_with_a_sentence_and_passes_nobody_over(house, robin):
    first, second = house.tickets("tax", "tax")
    assert robin.ask("call_next", {"leaving": None})["visit"]["id"] == first.id
    assert robin.ask("call_next", {"leaving": None}) == {
        "ok": False,
        "message": f"Nothing was done: this screen was out of date. Desk 1 now has {first.number}.",
        "reason": "screen_out_of_date",
    }
    assert (told(house, first), told(house, second)) == ("called", "waiting")


def test_next_without_saying_who_leaves_finishes_whoever_is_there(house, robin):
    first, second = house.tickets("tax", "tax")
    robin.ask("call_next")
    assert robin.ask("call_next")["visit"]["id"] == second.id
    assert told(house, first) == "completed"


def test_next_with_nobody_to_call_answers_with_no_visit(robin):
    assert robin.ask("call_next", {"leaving": None}) == {"ok": True, "visit": None}


def test_a_visit_goes_through_the_steps_of_the_desk(house, robin):
    (visit,) = house.tickets("tax")
    robin.ask("call_next")
    answers = [robin.ask(step, {"visit": visit.id})["visit"]["state"] for step in ("recall", "start", "finish")]
    assert answers == ["called", "serving", "completed"]
    assert robin.ask("start", {"visit": visit.id})["reason"] == "visit_ended"


def test_an_answer_tells_of_the_visit_but_never_its_token(house, robin):
    (visit,) = house.tickets("tax")
    called = robin.ask("call_next")["visit"]
    stored = house.door.stored(visit)
    own = ("id", "number", "service", "state", "arrived_at", "waits_from", "last_called_at", "seen_at", "recalls")
    assert {name: called[name] for name in own} == {name: getattr(stored, name) for name in own}
    assert (called["service_name"], called["needs"], called["to_come"]) == ("Council Tax", [], [])
    assert stored.token and stored.token not in str(called)


def test_a_number_is_called_out_of_turn_however_it_is_typed(house, robin):
    _first, second = house.tickets("tax", "tax")
    typed = {"number": f" {second.number.lower()} ", "reason": "upset"}
    assert robin.ask("call", typed)["visit"]["id"] == second.id


@pytest.mark.parametrize("payload", [{}, {"visit": "a", "number": "A001"}, {"visit": 3}, {"nombre": "A001"}])
def test_a_call_that_names_nobody_or_two_is_told_what_is_wrong(robin, payload):
    answer = robin.ask("call", payload)
    assert (answer["ok"], answer["reason"]) == (False, "wrong_values")


def test_somebody_not_here_is_put_back_with_their_place_in_the_line(house, robin):
    first, _second = house.tickets("tax", "tax")
    robin.ask("call_next")
    assert robin.ask("not_here", {"visit": first.id})["visit"]["state"] == "no_show"
    assert robin.ask("reinstate", {"visit": first.id})["visit"]["state"] == "waiting"
    assert robin.ask("call_next")["visit"]["id"] == first.id


def test_a_walk_in_is_helped_at_once_or_given_a_number(house, robin):
    now = robin.ask("walk_in", {"service": "tax", "leaving": None})
    later = robin.ask("walk_in", {"service": "tax", "wait": True})
    assert (now["visit"]["state"], later["visit"]["state"], later["ahead"]) == ("serving", "waiting", 0)


def test_undo_takes_back_the_last_press_at_the_desk(house, robin):
    (visit,) = house.tickets("tax")
    robin.ask("call_next")
    assert [one["state"] for one in robin.ask("undo")["visits"]] == ["waiting"]
    assert told(house, visit) == "waiting"


def test_a_desk_with_a_visitor_is_paused_but_not_closed(house, robin):
    (visit,) = house.tickets("tax")
    robin.ask("call_next")
    assert robin.ask("close")["message"] == f"{visit.number} is still at Desk 1. Finish with them first."
    assert robin.ask("pause") == {"ok": True, "desk": {"key": "1", "state": "paused"}}
    assert robin.ask("open") == {"ok": True, "desk": {"key": "1", "state": "open"}}


def test_somebody_who_sits_nowhere_is_asked_to_choose_a_desk(house):
    assert house.person("Sam").socket().ask("call_next")["message"] == "Choose a desk first."


def test_a_desk_that_is_not_there_is_named_in_the_refusal(robin):
    assert robin.ask("call_next", {"desk": "9"})["message"].startswith("There is no desk called 9.")


def test_anothers_desk_is_theirs_until_it_is_taken_over(house, robin):
    sam = house.person("Sam").socket()
    house.tickets("tax", "tax")
    assert sam.ask("call_next", {"desk": "1"})["reason"] == "desk_is_anothers"
    assert sam.ask("sit", {"desk": "1"})["reason"] == "desk_is_anothers"
    assert sam.ask("sit", {"desk": "1", "take_over": True})["ok"]
    assert sam.ask("call_next")["visit"]["number"]
    assert robin.ask("call_next", {"desk": "1"})["reason"] == "desk_is_anothers"


def test_a_desk_key_may_act_at_any_desk(house):
    (visit,) = house.tickets("tax")
    assert house.screen("desk", key=house.key("desk")).ask("call_next", {"desk": "2"})["visit"]["id"] == visit.id


def test_a_question_nobody_knows_is_answered(robin):
    assert robin.ask("please") == {
        "ok": False,
        "message": "There is no question called please here.",
        "reason": "unknown_question",
    }


def test_whoever_is_signed_out_is_answered_nothing_more(house):
    sam = house.person("Sam")
    socket = sam.socket()
    (visit,) = house.tickets("tax")
    sam.sign_out()
    try:
        assert socket.ask("call_next", {"desk": "2"})["reason"] == "signed_out"
    except Exception as gone:  # the server had already hung up
        assert not socket.connected, gone
    eventually(lambda: not socket.connected)
    assert told(house, visit) == "waiting"


def test_a_screen_of_another_role_is_not_let_in(house):
    with pytest.raises(ConnectionError):
        house.screen("desk", key=house.key("kiosk"))


def picture_of_two(screen):
    """The first picture of a desk with two waiting that this screen hears."""
    return eventually(lambda: next((p for p in screen.of("desk") if p["waiting"] == 2 and p["desk"]), None))


def test_every_desk_gets_its_own_picture_of_one_line(house, robin):
    sam = house.person("Sam").socket()
    sam.ask("sit", {"desk": "3"})
    tax, housing = house.tickets("tax", "housing")
    robin.ask("sit", {"desk": "1"})
    mine, hers = picture_of_two(robin), picture_of_two(sam)
    assert (mine["next"]["id"], hers["next"]["id"]) == (tax.id, housing.id)
    assert [row["mine"] for row in mine["line"]] == [True, True]
    assert [row["mine"] for row in hers["line"]] == [False, True]
    assert [(desk["key"], desk["person_name"], desk["mine"]) for desk in hers["desks"]] == [
        ("1", "Robin", False),
        ("2", None, False),
        ("3", "Sam", True),
    ]
