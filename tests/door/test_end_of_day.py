"""The end of the office day: the system closes whoever is still open and marks it, also after nights switched off."""

from dataclasses import replace

import pytest

from reception.refusals import Refusal
from tests.builders import Hands, instant, office, open_door

MIDNIGHT = instant("2026-03-03 00:00")


@pytest.fixture
def evening(door, hands):
    """One visitor in each open state at a minute to midnight, by state."""
    hands.go_to("2026-03-02 23:59")
    called, serving, no_show, waiting = (door.ticket() for _ in range(4))
    door.next("1")
    door.next("2")
    door.take("start", serving)
    door.call(desk="3", visit=no_show.id, by="person:3", reason="quick")
    door.take("not_here", no_show)
    return {visit.state: visit for visit in map(door.stored, (called, serving, no_show, waiting))}


def closed(before):
    """What the end of the day makes of somebody still open."""
    if before.state == "serving":
        return replace(before, state="completed", ended_at=MIDNIGHT, ended_inferred=1)
    return replace(before, state="left", desk=None, ended_at=MIDNIGHT, ended_inferred=1)


def all_closed(door, evening) -> bool:
    return [door.stored(visit) for visit in evening.values()] == [closed(visit) for visit in evening.values()]


@pytest.mark.parametrize("nights", [1, 2, 5])
def test_everyone_still_open_is_closed_with_their_own_day(door, hands, evening, nights):
    hands.go(days=nights - 1, minutes=5)
    door.catch_up()
    assert all_closed(door, evening)
    assert {step.by for step in door.told() if step.step in ("left", "completed")} == {"system"}


def test_desks_left_open_are_closed_too(door, hands, evening):
    hands.go(minutes=5)
    door.catch_up()
    assert {desk.state for desk in door.store.desks("office").values()} == {"closed"}


def test_at_the_last_instant_of_the_day_nobody_is_closed(door, hands, evening):
    hands.go_to("2026-03-02 23:59:59.999")
    door.catch_up()
    assert [door.stored(visit) for visit in evening.values()] == list(evening.values())
    hands.go(milliseconds=1)
    door.catch_up()
    assert all_closed(door, evening)


def test_closing_the_days_twice_changes_nothing_more(door, hands, evening):
    hands.go(minutes=5)
    door.catch_up()
    told = door.told()
    hands.go(hours=3)
    door.catch_up()
    assert door.told() == told


def test_a_machine_that_was_off_for_two_nights_closes_both_days_at_its_first_change(tmp_path):
    path, hands = tmp_path / "r.db", Hands(instant("2026-10-24 16:00"))
    door = open_door(path, hands)
    ticket = door.ticket()
    door.store.close()
    # The 25th has 25 hours; the 24th ended before it.
    door = open_door(path, Hands(instant("2026-10-26 09:00")))
    door.ticket()
    assert door.stored(ticket).ended_at == instant("2026-10-25 00:00")
    assert door.words() == ["issued", "left", "issued"]


def test_the_first_next_after_midnight_calls_nobody_of_yesterday(door, hands, evening):
    hands.go(minutes=5)
    assert door.next("1") is None
    assert all_closed(door, evening)
    assert door.store.desks("office")["1"].state == "open"


def test_the_first_ticket_after_midnight_has_nobody_ahead(door, hands, evening):
    hands.go(minutes=5)
    issued = door.issue(service="tax", by="kiosk:lobby")
    assert (issued.visit.number, issued.ahead) == ("A001", 0)
    assert all_closed(door, evening)


def test_a_first_change_that_is_refused_still_ends_the_day(door, hands, evening):
    hands.go(minutes=5)
    with pytest.raises(Refusal, match="unknown_service"):
        door.issue(service="no-such-service", by="kiosk:lobby", printer="lobby")
    assert all_closed(door, evening)
    assert door.rows("SELECT * FROM print_jobs") == []


@pytest.mark.parametrize("state", ["waiting", "called", "serving", "no_show"])
def test_a_visit_of_yesterday_has_ended_even_for_the_first_who_asks(door, hands, evening, state):
    hands.go(minutes=5)
    with pytest.raises(Refusal, match="visit_ended"):
        door.take("cancel", evening[state])
    assert all_closed(door, evening)


def test_somebody_of_yesterday_cannot_be_called_first_thing(door, hands, evening):
    hands.go(minutes=5)
    with pytest.raises(Refusal, match="visit_ended"):
        door.call(desk="1", visit=evening["waiting"].id, by="person:1")
    assert all_closed(door, evening)


def test_a_screen_of_yesterday_is_out_of_date(door, hands, evening):
    hands.go(minutes=5)
    with pytest.raises(Refusal, match="screen_out_of_date"):
        door.next("1", leaving=evening["called"].id)
    assert all_closed(door, evening)


def test_a_slip_confirmed_after_midnight_does_not_bring_its_visitor_back(door, hands, evening):
    at = hands.go(minutes=1, seconds=1)
    waiting = evening["waiting"]
    door.acknowledge(visit=waiting.id, how="printed", by="printer:lobby")
    assert door.stored(waiting) == replace(closed(waiting), acknowledged_at=at)


def test_a_press_of_yesterday_is_not_undone_first_thing(door, hands, evening):
    hands.go(minutes=5)
    with pytest.raises(Refusal, match="undo_overtaken"):
        door.undo(desk="1", by="person:1")
    assert all_closed(door, evening)


def test_a_desk_opened_after_midnight_stays_open(door, hands):
    hands.go(days=1)
    door.set_desk(desk="1", state="open", by="person:ann")
    hands.go(minutes=5)
    door.catch_up()
    assert door.store.desks("office")["1"].state == "open"


def test_a_desk_whose_owner_has_gone_home_is_anybodys_in_the_morning(door, hands):
    door.set_desk(desk="1", state="open", by="person:ann")
    hands.go(days=1)
    assert door.set_desk(desk="1", state="open", by="person:bob").person == "person:bob"


def test_the_clock_set_back_across_midnight_does_not_reopen_the_day(door, hands):
    hands.go(days=1)
    first = door.ticket()
    hands.set_by(hours=-12)
    second = door.ticket()
    assert (second.day, second.number) == (first.day, "A002")


def test_somebody_at_a_desk_that_was_taken_out_of_the_settings_is_closed_all_the_same(tmp_path, hands):
    path = tmp_path / "r.db"
    door = open_door(path, hands)
    ticket = door.ticket()
    door.next("2")
    door.store.close()
    fewer = open_door(path, hands, office(desks=[{"key": "1", "name": "Desk 1"}]))
    hands.go(days=1)
    fewer.catch_up()
    assert fewer.stored(ticket).state == "left"
    assert fewer.store.desks("office")["2"].state == "closed"
