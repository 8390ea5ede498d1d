"""What desks and managers are told of those who are likely to wait too long: together, and while it can still help."""

from contextlib import closing

import pytest
from flask import Flask
from flask_babel import Babel

from reception.warning.rows import Warned
from reception.web.warning_words import groups, standing, who
from tests.builders import open_door

MINUTE = 60_000


@pytest.fixture(autouse=True)
def worded():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.fixture
def door(tmp_path, hands):
    door = open_door(tmp_path / "r.db", hands)
    with closing(door.store):
        door.set_desk(desk="1", state="open", by="person:1")
        yield door


def warned(visit, step="open", step_desk="2", why="busy", why_desk=None) -> Warned:
    at = visit.arrived_at
    return Warned(
        *(f"w {visit.id}", visit.id, visit.service, at, at + 5 * MINUTE, 0.9),
        **{"why": why, "why_desk": why_desk, "step": step, "step_desk": step_desk},
    )


def busy(door, *desks: str) -> None:
    """Each of these desks, or desk 1, has called somebody."""
    for desk in desks or ("1",):
        door.ticket()
        door.next(desk)


def found(door, *warnings, desk=None) -> list[dict]:
    _newest, room = door.look()
    line = door.line(room)
    return groups(door.settings, room, line, standing(warnings, room, line), desk=desk)


def told(door, *warnings, desk=None) -> list[tuple]:
    rows = found(door, *warnings, desk=desk)
    return [(one["numbers"], why_of(one), one["remedy"], one["press"]) for one in rows]


def why_of(one: dict) -> str:
    """As it reads: whose reason it is is said where there is more than one."""
    named = ("{numbers}: {why}" if reason["of_some"] else "{why}" for reason in one["reasons"])
    return " ".join(words.format(**reason) for words, reason in zip(named, one["reasons"], strict=True))


def test_those_whom_one_step_would_save_are_told_together(door):
    busy(door)
    visits = [door.ticket() for _ in range(3)]
    housing = door.ticket("housing")
    found = told(door, *map(warned, visits), warned(housing, "", None, "ahead"))
    assert found == [
        ("A002, A003 and A004", "Every desk that could help has somebody.", "Open Desk 2.", "open_desk"),
        (
            "B001",
            "Too many people are ahead for the desks that are open.",
            "One step alone would not be in time: ask all desks to help.",
            "ask_everybody",
        ),
    ]


def test_a_free_desk_is_told_once_of_those_whom_its_call_would_save_and_of_those_for_whom_no_step_was_found(door):
    saved, first, other = door.ticket(), door.ticket(), door.ticket()
    door.set_desk(desk="2", state="open", by="person:2")
    warnings = [
        warned(saved, "call", "1", "silent", "1"),
        warned(first, "", None, "silent", "1"),
        warned(other, "", None, "ahead"),
    ]
    assert told(door, *warnings[:2]) == [
        ("A001 and A002", "Desk 1 is free and has not called.", "Desk 1 can call now.", "ask_to_call")
    ]
    why = (
        "A001 and A002: Desk 1 is free and has not called. A003: Too many people are ahead for the desks that are open."
    )
    assert told(door, *warnings) == [("A001, A002 and A003", why, "Desk 1 can call now.", "ask_to_call")]
    assert [remedy for *_, remedy, _press in told(door, warnings[0], desk="1")] == [
        "Call now, and they are seen in time."
    ]
    assert [remedy for *_, remedy, _press in told(door, *warnings, desk="1")] == ["Call now."], "not all would be"


def test_that_a_desk_is_free_and_that_it_has_not_called_is_one_reason(door):
    visits = [door.ticket(), door.ticket()]
    door.set_desk(desk="2", state="open", by="person:2")
    warnings = [warned(visits[1], "call", "1", "silent", "1"), warned(visits[0], "", None, "closed")]
    assert told(door, *warnings) == [
        ("A001 and A002", "Desk 1 is free and has not called.", "Desk 1 can call now.", "ask_to_call")
    ]


def test_those_whom_one_step_would_save_are_told_together_whatever_they_wait_for(door):
    busy(door)
    visits = [door.ticket() for _ in range(3)]
    warnings = [warned(visits[0]), warned(visits[1], why="long", why_desk="1"), warned(visits[2])]
    why = "A002 and A004: Every desk that could help has somebody. A003: The visit at Desk 1 lasts unusually long."
    assert told(door, *warnings) == [("A002, A003 and A004", why, "Open Desk 2.", "open_desk")]


def test_of_many_the_first_are_named():
    assert who(["A001", "A002", "A003", "A004"]) == "A001, A002 and 2 more"


def test_what_was_done_is_told_no_more(door):
    visit = door.ticket()
    assert told(door, warned(visit))
    door.set_desk(desk="2", state="open", by="person:2")
    assert told(door, warned(visit)) == []


def test_a_desk_that_is_paused_meanwhile_is_to_be_asked_back(door):
    visit = door.ticket()
    door.set_desk(desk="2", state="paused", by="person:2")
    ((*_, remedy, press),) = told(door, warned(visit))
    assert (remedy, press) == ("Ask Desk 2 to come back.", "ask_back")


def test_a_free_desk_is_told_to_call_until_it_does(door):
    first, second = door.ticket(), door.ticket()
    warning = warned(second, "call", "1", "silent", "1")
    ((*_, remedy, press),) = told(door, warning)
    assert (remedy, press) == ("Desk 1 can call now.", "ask_to_call")
    assert door.next("1").id == first.id
    assert told(door, warning) == []


def test_the_desk_whose_step_it_is_reads_it_first_and_as_its_own(door):
    busy(door)
    visits = [door.ticket(), door.ticket()]
    warnings = [warned(visits[0], "", None), warned(visits[1], "break", "1", "break", "1")]
    assert [remedy for *_, remedy, _press in told(door, *warnings, desk="1")] == [
        "If your break begins later, they are seen in time.",
        "One step alone would not be in time. Managers are told.",
    ]


def test_where_all_who_could_help_are_at_work_nobody_is_asked(door):
    busy(door)
    first, visit = door.ticket(), door.ticket()
    warning = warned(visit, "", None, "ahead")
    assert [press for *_, press in told(door, warning)] == ["ask_everybody"]
    door.set_desk(desk="2", state="open", by="person:2")
    assert door.next("2").id == first.id
    ((*_, remedy, press),) = told(door, warning)
    assert (remedy, press) == ("Every desk that could help is at work.", None)


def test_a_free_desk_is_not_at_work_and_is_told_to_call_where_no_step_was_found(door):
    visit = door.ticket()
    door.set_desk(desk="2", state="open", by="person:2")
    warning = warned(visit, "", None, "silent", "1")
    said = ("A001", "Desk 1 is free and has not called.", "Desk 1 can call now.", "ask_to_call")
    assert told(door, warning) == told(door, warning, desk="2") == [said]
    assert told(door, warning, desk="1") == [("A001", "Desk 1 is free and has not called.", "Call now.", "ask_to_call")]


def test_that_no_desk_is_open_is_said_until_one_opens(door):
    door.set_desk(desk="1", state="closed", by="person:1")
    warning = warned(door.ticket(), "", None, "closed")
    ask = "One step alone would not be in time: ask all desks to help."
    assert told(door, warning) == [("A001", "No desk that could help is open.", ask, "ask_everybody")]
    for desk in ("1", "2"):
        door.set_desk(desk=desk, state="open", by=f"person:{desk}")
        assert told(door, warning) == [("A001", "Desk 1 is free.", "Desk 1 can call now.", "ask_to_call")]


def test_a_break_that_has_begun_is_due_no_more(door):
    busy(door)
    warning = warned(door.ticket(), "break", "1", "break", "1")
    assert [why for _who, why, *_ in told(door, warning)] == ["The break of Desk 1 is due."]
    door.set_desk(desk="1", state="paused", by="person:1")
    assert told(door, warning) == [("A002", "Desk 1 is paused.", "Ask Desk 1 to come back.", "ask_back")]


def test_a_desk_between_two_visitors_is_no_news_while_others_could_open(door):
    busy(door)
    door.ticket()
    warning = warned(door.ticket(), "", None, "ahead")
    before = told(door, warning)
    door.take("finish", door.visits()[0], "1")
    assert told(door, warning) == before


def test_where_no_desk_is_set_up_for_it_another_has_to_take_it(door):
    visit = door.ticket()
    for desk in ("1", "2"):
        door.rule(kind="serves", subject=desk, value="housing|", by="person:1")
    said = ("A001", "No desk is set up for Council Tax.", "Let another desk take it.", "let_take")
    for warning in (warned(visit), warned(visit, "", None, "silent", "1")):
        assert told(door, warning) == [said]


def test_the_desk_of_which_it_asks_least_is_to_take_each_service_that_no_desk_is_set_up_for(door):
    visits = [door.ticket("tax"), door.ticket("parking"), door.ticket("tax")]
    door.ticket("housing")
    for desk in ("1", "2"):
        door.rule(kind="serves", subject=desk, value="housing|", by="person:1")
    door.set_desk(desk="2", state="open", by="person:2")

    def steps() -> list[tuple]:
        return [(one["numbers"], one["service"], one["desk"]) for one in found(door, *map(warned, visits))]

    assert steps() == [("A001 and A003", "tax", "1"), ("A002", "parking", "1")]
    assert door.next("1")
    assert {desk for *_, desk in steps()} == {"2"}, "it is free"
    door.set_desk(desk="2", state="paused", by="person:2")
    assert {desk for *_, desk in steps()} == {"1"}, "it is at work"


LOOP = {"key": "loop", "name": "Hearing loop", "desk": True}
QUIET = {"key": "quiet", "name": "Quiet room", "desk": True}


def test_a_desk_that_has_what_they_need_is_let_take_it_and_where_there_is_none_another_thing_helps(tmp_path, hands):
    desks = [
        {"key": "1", "name": "Desk 1", "services": ["tax"]},
        {"key": "2", "name": "Desk 2", "services": ["housing"], "has": ["loop"]},
        {"key": "3", "name": "Desk 3", "services": ["housing"], "has": ["quiet"]},
    ]
    door = open_door(tmp_path / "r.db", hands, needs=[LOOP, QUIET], desks=desks)
    with closing(door.store):
        needs = [["loop"], ["loop", "quiet"]]
        loop, both = [door.issue(service="tax", by="kiosk:lobby", needs=each).visit for each in needs]
        why = "No desk that takes Council Tax has what they need."
        assert told(door, warned(loop), warned(both)) == [
            ("A001", why, "Let another desk take it.", "let_take"),
            ("A002", why, "Call them by their number from any desk.", None),
        ]
        assert found(door, warned(loop))[0]["desk"] == "2"


def test_why_is_told_as_long_as_it_is_so(door):
    first, visit = door.ticket(), door.ticket()
    warning = warned(visit, "", None, "silent", "1")
    assert [why for _who, why, *_ in told(door, warning)] == ["Desk 1 is free and has not called."]
    assert door.next("1").id == first.id
    assert [why for _who, why, *_ in told(door, warning)] == ["Every desk that could help has somebody."]


def test_past_the_target_nobody_is_told(door, hands):
    warning = warned(door.ticket(), "", None)
    assert told(door, warning)
    hands.go(minutes=5)
    assert told(door, warning) == []


def test_once_they_are_called_nobody_is_told(door):
    warning = warned(door.ticket(), "", None)
    assert told(door, warning)
    door.next("1")
    assert told(door, warning) == []
