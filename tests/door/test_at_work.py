"""The people at work: pausing with a reason, handing over, the silent call for help, and how each likes to work."""

import pytest

from tests.door.conftest import refused, somebody


def desk(door, key):
    return door.store.desks("office")[key]


def test_a_pause_has_a_reason_of_the_offices_list_and_opening_ends_it(door):
    assert door.set_desk(desk="1", state="paused", by="person:1", reason="lunch").reason == "lunch"
    with refused("unknown_reason"):
        door.set_desk(desk="1", state="paused", by="person:1", reason="bored")
    assert door.set_desk(desk="1", state="open", by="person:1").reason is None


def test_a_paused_desk_that_presses_next_is_open(door):
    door.set_desk(desk="1", state="paused", by="person:1", reason="lunch")
    visit = door.ticket()
    assert door.next("1").id == visit.id
    assert (desk(door, "1").state, desk(door, "1").reason) == ("open", None)


def test_handing_over_leaves_the_visitor_where_they_are_and_passes_on_who_is_kept(door):
    to = somebody(door, "bob")
    here, kept = door.ticket(), door.ticket()
    door.next("1")
    door.hold(visit=kept.id, by="person:1", desk="1", minutes=5, mine=True)
    now = door.hand_over(desk="1", by="person:1", to=to)
    assert (now.state, now.person) == ("open", to)
    assert (door.stored(here).desk, door.stored(kept).kept_for) == ("1", to)


def test_undo_after_a_hand_over_takes_back_the_last_press_of_a_visit_and_keeps_whom_it_passed_on(door):
    to = somebody(door, "bob")
    kept, here = door.ticket(), door.ticket()
    door.hold(visit=kept.id, by="person:1", desk="1", minutes=5, mine=True)
    door.next("1")
    door.hand_over(desk="1", by="person:1", to=to)
    assert [visit.id for visit in door.undo(desk="1", by=to)] == [here.id]
    assert door.stored(kept).kept_for == to


def test_only_whoever_sits_there_hands_over_and_only_to_somebody_who_works_here(door):
    door.set_desk(desk="1", state="open", by="person:1")
    with refused("desk_is_anothers"):
        door.hand_over(desk="1", by="person:2", to=somebody(door, "bob"))
    with refused("unknown_person"):
        door.hand_over(desk="1", by="person:1", to="person:nobody")
    with refused("desk_closed"):
        door.hand_over(desk="2", by="person:1", to="person:bob")


def test_whoever_takes_a_desk_over_leaves_their_own(door):
    to = somebody(door, "bob")
    door.set_desk(desk="2", state="open", by=to)
    door.set_desk(desk="1", state="open", by="person:1")
    door.hand_over(desk="1", by="person:1", to=to)
    assert desk(door, "2").state == "closed"


def test_a_call_for_help_is_answered_by_one_and_ended_by_who_started_it(door, hands):
    door.set_desk(desk="1", state="open", by="person:1")
    asked = door.help(desk="1", by="person:1", step="ask")
    assert (asked.help_at, asked.help_by, asked.help_coming) == (hands.wall, "person:1", None)
    assert door.help(desk="1", by="person:2", step="answer").help_coming == "person:2"
    assert door.help(desk="1", by="person:3", step="answer").help_coming == "person:2"
    with refused("help_is_anothers"):
        door.help(desk="1", by="person:2", step="end")
    assert door.help(desk="1", by="person:1", step="end").help_at is None
    with refused("no_help_asked"):
        door.help(desk="1", by="person:2", step="answer")
    assert [step.step for step in door.told()[-3:]] == ["help_asked", "help_answered", "help_ended"]


def test_whoever_a_desk_is_handed_to_can_end_its_call_for_help(door):
    to = somebody(door, "bob")
    door.set_desk(desk="1", state="open", by="person:1")
    door.help(desk="1", by="person:1", step="ask")
    door.hand_over(desk="1", by="person:1", to=to)
    assert door.help(desk="1", by=to, step="end").help_at is None


def test_asking_twice_is_asking_once(door):
    door.help(desk="1", by="person:1", step="ask")
    told = len(door.told())
    door.help(desk="1", by="person:1", step="ask")
    assert len(door.told()) == told


def test_a_call_for_help_outlives_next_a_pause_and_a_take_over_but_not_the_desks_closing(door):
    door.set_desk(desk="1", state="open", by="person:1")
    door.help(desk="1", by="person:1", step="ask")
    door.next("1")
    door.set_desk(desk="1", state="paused", by="person:1")
    door.set_desk(desk="1", state="open", by="person:2", take_over=True)
    assert desk(door, "1").help_by == "person:1"
    door.set_desk(desk="1", state="closed", by="person:2")
    assert desk(door, "1").help_at is None


def test_preferences_are_a_persons_own(door):
    door.prefer(who="person:1", name="and_next", value=True)
    door.prefer(who="person:1", name="keys", value={"recall": "r"})
    assert door.store.preferences("office", "person:1") == {"and_next": True, "keys": {"recall": "r"}}
    assert door.store.preferences("office", "person:2") == {}


@pytest.mark.parametrize(
    ("name", "value"), [("colour", "red"), ("and_next", "yes"), ("keys", []), ("keys", {"a": "x" * 2000})]
)
def test_a_preference_that_is_none_is_refused(door, name, value):
    with refused("unknown_preference"):
        door.prefer(who="person:1", name=name, value=value)


def test_finishing_may_call_the_next_as_well(door):
    first, second = door.ticket(), door.ticket()
    door.next("1")
    called = door.finish(visit=first.id, by="person:1", desk="1", outcome="resolved", and_next=True)
    assert (called.id, door.stored(first).outcome) == (second.id, "resolved")
    assert door.finish(visit=second.id, by="person:1", desk="1", and_next=True) is None
    door.undo(desk="1", by="person:1")
    assert door.stored(second).state == "called"
