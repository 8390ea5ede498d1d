"""What people at work may ask over a desk's socket, and what other desks are shown of it."""

import pytest

from tests.builders import eventually


@pytest.fixture
def robin(house):
    return sits(house, "Robin", "1")


@pytest.fixture
def kim(house):
    return sits(house, "Kim", "2")


def sits(house, name: str, desk: str):
    """Somebody's socket; they sit at the desk. Whose it is stands in `person`."""
    person = house.person(name)
    socket = person.socket()
    socket.person = person
    assert socket.ask("sit", {"desk": desk})["ok"]
    return socket


def shown(socket, true):
    """The last picture that a screen heard, once it is so."""
    return eventually(lambda: next((p for p in socket.of("desk")[-1:] if true(p)), None))


def desk_of(picture, key):
    return next(row for row in picture["desks"] if row["key"] == key)


# -- a pause -----------------------------------------------------------------------------------------------------


def test_a_pause_says_why_and_since_when_on_every_screen(house, robin, kim):
    assert robin.ask("pause", {"reason": "lunch"}) == {"ok": True, "desk": {"key": "1", "state": "paused"}}
    since = house.door.look()[1].desks["1"].since_at
    why = {"since_at": since, "reason_name": "Lunch"}
    assert shown(robin, lambda p: p["pause"])["pause"] == why
    hers = shown(kim, lambda p: desk_of(p, "1")["pause"])
    assert (desk_of(hers, "1")["pause"], hers["pause"]) == (why, None)
    robin.ask("open")
    assert desk_of(shown(kim, lambda p: not desk_of(p, "1")["pause"]), "1")["state"] == "open"


def test_a_reason_that_is_not_on_the_list_pauses_nothing(house, robin):
    assert robin.ask("pause", {"reason": "tired"})["message"].startswith("There is no reason called tired.")
    assert house.door.look()[1].desks["1"].state == "open"


def test_nobody_pauses_anothers_desk(robin, kim):
    assert kim.ask("pause", {"desk": "1", "reason": "lunch"})["reason"] == "desk_is_anothers"


# -- handing over ------------------------------------------------------------------------------------------------


def test_a_desk_is_handed_over_with_the_visitor_and_those_kept(house, robin, kim):
    here, kept, _other = house.tickets("tax", "tax", "tax")
    robin.ask("call_next")
    house.door.hold(visit=kept.id, by=robin.person.by, desk="1", mine=True)
    answer = robin.ask("hand_over", {"to": kim.person.by})
    assert answer == {"ok": True, "person_name": "Kim", "number": here.number, "kept": 1}
    assert house.door.stored(kept).kept_for == kim.person.by
    assert shown(robin, lambda p: p["desk"] and p["desk"]["seat"] == "other")["desk"]["person_name"] == "Kim"
    assert robin.ask("call_next", {"desk": "1"})["reason"] == "desk_is_anothers"


def test_a_desk_goes_to_colleagues_at_work_and_not_to_oneself(house, robin):
    sam, gone = house.person("Sam", "manager"), house.person("Gone")
    house.keys.end_person(gone.person, by="test")
    people = {one["id"]: one["name"] for one in robin.ask("colleagues")["people"]}
    assert people[sam.by] == "Sam"
    assert not {robin.person.by, gone.by} & set(people)
    assert robin.ask("hand_over", {"to": gone.by})["reason"] == "unknown_person"


def test_nobody_hands_over_anothers_desk(robin, kim):
    assert kim.ask("hand_over", {"desk": "1", "to": kim.person.by})["reason"] == "desk_is_anothers"


# -- the silent call for help ------------------------------------------------------------------------------------


def test_a_call_for_help_is_seen_at_the_other_desks_answered_and_ended_by_who_called(house, robin, kim):
    since = robin.ask("help", {"step": "ask"})["help"]["since_at"]
    assert shown(kim, lambda p: p["helps"])["helps"] == [
        {
            "key": "1",
            "name": "Desk 1",
            "person_name": "Robin",
            "since_at": since,
            "coming_name": None,
            "coming_mine": False,
            "can_end": False,
        }
    ]
    assert kim.ask("help", {"desk": "1", "step": "answer"})["help"]["coming_name"] == "Kim"
    hers = shown(robin, lambda p: p["own_help"] and p["own_help"]["coming_name"])
    assert (hers["own_help"]["coming_name"], hers["own_help"]["can_end"], hers["helps"]) == ("Kim", True, [])
    assert (
        kim.ask("help", {"desk": "1", "step": "end"})["message"] == "Only whoever called for help at Desk 1 can end it."
    )
    assert robin.ask("help", {"step": "end"})["ok"]
    assert shown(kim, lambda p: not p["helps"])


def test_who_said_first_that_they_are_coming_comes(house, robin, kim):
    alex = sits(house, "Alex", "3")
    robin.ask("help", {"step": "ask"})
    kim.ask("help", {"desk": "1", "step": "answer"})
    assert alex.ask("help", {"desk": "1", "step": "answer"})["help"]["coming_name"] == "Kim"


def test_a_call_that_was_ended_is_not_answered(robin, kim):
    assert kim.ask("help", {"desk": "1", "step": "answer"})["message"] == "Desk 1 is not asking for help any more."


def test_nobody_calls_for_help_at_anothers_desk(robin, kim):
    assert kim.ask("help", {"desk": "1", "step": "ask"})["reason"] == "desk_is_anothers"


def test_desks_that_share_a_key_tell_a_call_by_its_desk(house):
    key = house.key("desk")
    one, two = house.screen("desk", key=key), house.screen("desk", key=key)
    one.ask("sit", {"desk": "1"}), two.ask("sit", {"desk": "2"})
    one.ask("help", {"step": "ask"})
    assert shown(one, lambda p: p["own_help"])["helps"] == []
    assert [call["key"] for call in shown(two, lambda p: p["helps"])["helps"]] == ["1"]


def test_a_call_for_help_reaches_nothing_in_the_lobby(house, robin, kim):
    board, kiosk = house.screen("display", key=house.key("display")), house.screen("kiosk", key=house.key("kiosk"))
    robin.ask("help", {"step": "ask"})
    shown(kim, lambda p: p["helps"])
    (visit,) = house.tickets("tax")
    robin.ask("call_next")
    eventually(lambda: visit.number in str(board.heard))  # later news than the call for help
    assert "help_asked" not in str((board.heard, kiosk.heard)) and "Robin" not in str((board.heard, kiosk.heard))


# -- a manager's messages ----------------------------------------------------------------------------------------


def test_a_managers_message_reaches_its_desk_or_all_until_it_ends(house, robin, kim):
    sam = house.person("Sam", "manager").by
    house.door.rule(kind="message", subject="2", value="yes", text="Tea is ready.", by=sam)
    house.door.rule(kind="message", subject="all", value="yes", text="Fire drill at three.", by=sam)
    two = shown(kim, lambda p: len(p["messages"]) == 2)["messages"]
    assert [(one["text"], one["by_name"]) for one in two] == [("Fire drill at three.", "Sam"), ("Tea is ready.", "Sam")]
    assert [one["text"] for one in shown(robin, lambda p: p["messages"])["messages"]] == ["Fire drill at three."]
    for subject in ("2", "all"):
        house.door.rule(kind="message", subject=subject, value=None, by=sam)
    assert shown(kim, lambda p: not p["messages"])


# -- preferences -------------------------------------------------------------------------------------------------


def test_preferences_follow_the_person_and_reach_their_other_screen_at_once(house, robin):
    other, kim = robin.person.socket(), house.person("Kim").socket()
    assert robin.ask("prefer", {"name": "keys", "value": {"call_next": "m"}})["ok"]
    assert robin.ask("prefer", {"name": "and_next", "value": True})["ok"]
    mine = {"keys": {"call_next": "m"}, "letter_keys": True, "and_next": True, "name_on_phone": False}
    assert shown(other, lambda p: p["preferences"]["and_next"])["preferences"] == mine
    usual = {"keys": {}, "letter_keys": True, "and_next": False, "name_on_phone": False}
    assert kim.of("desk")[-1]["preferences"] == usual


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "keys", "value": {"call_next": "two"}},
        {"name": "keys", "value": {"call_next": " "}},
        {"name": "keys", "value": {"<b>": "m"}},
        {"name": "keys", "value": {f"step_{chr(97 + n % 26)}{'x' * (n // 26)}": "m" for n in range(61)}},
        {"name": "and_next", "value": "yes"},
        {"name": "keys", "value": {}, "who": "person:somebody-else"},
    ],
)
def test_a_preference_that_is_none_is_refused(robin, asked):
    assert robin.ask("prefer", asked)["reason"] == "wrong_values"


@pytest.mark.parametrize("asked", [{"name": "colour", "value": True}, {"name": "keys", "value": True}])
def test_a_preference_nobody_knows_is_refused_with_those_there_are(robin, asked):
    assert "There are: keys, letter_keys, and_next" in robin.ask("prefer", asked)["message"]
