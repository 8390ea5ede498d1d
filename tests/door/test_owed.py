"""What the office owes people: what happens next and by when, papers, call-backs; due, late, kept, changed."""

import pytest

from reception.owing import Promised
from tests.builders import OFFICE_HOURS, instant, open_door
from tests.door.conftest import refused, somebody

TEAMS = [{"key": "tax", "name": "Tax team", "role": "Tax officer", "phone": "01632 960 001", "days": 3}]
PRINTER = [{"key": "lobby", "name": "Lobby", "kind": "virtual"}, {"key": "two", "name": "Desk 2", "kind": "virtual"}]
BILL = Promised("We will send your new bill.", team="tax")


@pytest.fixture
def door(tmp_path, hands):
    weekdays = {**OFFICE_HOURS, "saturday": [], "sunday": []}
    desks = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2", "printer": "two"}]
    door = open_door(tmp_path / "owed.db", hands, teams=TEAMS, hours=weekdays, desks=desks, printers=PRINTER)
    yield door
    door.store.close()


@pytest.fixture
def promise(door):
    """Made on Monday 2 March with the end of a visit; the team says three working days."""
    visit = door.next("1") if door.ticket() else None
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="passed_on", promise=BILL, print_slip=True)
    return door.promises()[0]


def standing(door, promise) -> str:
    return door.standing_of(door.store.thing(type(promise), "office", promise.id), door.now())


def test_a_promise_is_made_with_the_end_of_the_visit(door, promise):
    (visit,) = door.visits()
    assert (visit.state, visit.outcome) == ("completed", "passed_on")
    assert (promise.due_on, promise.visit, promise.service, promise.team, promise.owner) == (
        "2026-03-05",
        visit.id,
        "tax",
        "tax",
        None,
    )
    assert promise.due_at == instant("2026-03-06 00:00") - 1
    assert promise.reference == "260302-001"
    assert door.store.particulars("office", [promise.id])[promise.id]["what"] == BILL.what
    assert BILL.what not in str(door.told())


def test_the_visitors_page_lives_until_it_is_due(door, promise):
    (visit,) = door.visits()
    assert door.lives_until(visit) == promise.due_at


def test_it_is_printed_at_the_printer_nearest_to_the_desk(door, promise):
    jobs = door.rows("SELECT printer, kind, about FROM print_jobs")
    assert jobs == [("lobby", "promise", promise.id)]
    visit = door.next("2") if door.ticket() else None
    door.finish(visit=visit.id, by="person:2", desk="2", promise=BILL, print_slip=True)
    assert door.rows("SELECT printer FROM print_jobs WHERE printer = 'two'") == [("two",)]


def test_it_is_open_then_due_then_late(door, hands, promise):
    found = []
    for when in ("2026-03-02 16:00", "2026-03-04 09:00", "2026-03-05 23:59", "2026-03-06 00:00"):
        hands.go_to(when)
        found.append(standing(door, promise))
    assert found == ["open", "due", "due", "late"]


def test_keeping_it_is_one_press_and_says_who_and_when(door, hands, promise):
    kept = door.keep(promise=promise.id, by="person:2")
    assert (kept.state, kept.kept_by, kept.kept_at) == ("kept", "person:2", hands.wall)
    assert door.promises() == []
    with refused("promise_ended"):
        door.keep(promise=promise.id, by="person:2")


def test_a_new_date_takes_a_reason_and_the_first_one_is_remembered(door, promise):
    with refused("reason_needed"):
        door.change_promise(promise=promise.id, by="person:1", reason=None, days=5)
    changed = door.change_promise(promise=promise.id, by="person:1", reason="longer", days=5)
    assert (changed.due_on, changed.first_due_at) == ("2026-03-09", promise.due_at)
    assert door.lives_until(door.visits()[0]) == changed.due_at
    assert door.store.steps_about("office", promise.id)[-1].note == {"reason": "longer"}


def test_working_days_leave_out_the_weekend_bank_holidays_and_closed_days(tmp_path, hands):
    hands.go_to("2026-04-01 10:00")  # Wednesday before Easter
    closed = {**OFFICE_HOURS, "saturday": [], "sunday": [], "closed_on": ["2026-04-09"]}
    found = {}
    for nation in ("england", "scotland"):
        door = open_door(tmp_path / f"{nation}.db", hands, hours=closed, office={"nation": nation})
        found[nation] = door.promise(Promised("We will write.", days=5), by="person:1").due_on
    assert found == {"england": "2026-04-13", "scotland": "2026-04-10"}  # Easter Monday is no holiday in Scotland


def test_without_a_team_whoever_promises_owns_it_and_it_can_be_handed_on(door):
    made = door.promise(Promised("I will ring you.", days=1), by="person:1")
    assert made.owner == "person:1"
    to = somebody(door, "bob")
    assert door.change_promise(promise=made.id, by="person:1", reason="agreed", owner=to).owner == to


def test_a_team_may_be_given_what_somebody_promised(door):
    made = door.promise(Promised("I will ring you.", days=1), by="person:1")
    given = door.change_promise(promise=made.id, by="person:1", reason="agreed", team="tax")
    assert (given.team, given.owner, given.due_on) == ("tax", None, made.due_on)
    with refused("unknown_team"):
        door.change_promise(promise=made.id, by="person:1", reason="agreed", team="moon")


def test_papers_handed_in_have_a_date_and_a_receipt_with_or_without_a_visit(door):
    papers = Promised("Tenancy agreement, two payslips", kind="documents", service="tax")
    made = door.promise(papers, by="person:1", printer="lobby")
    assert (made.kind, made.due_on, made.visit) == ("documents", "2026-03-09", None)
    assert door.rows("SELECT kind, visit, about FROM print_jobs") == [("promise", "", made.id)]


def test_a_call_back_is_due_in_so_much_opening_time(door, hands):
    hands.go_to("2026-03-06 16:30")  # half an hour before a weekend
    ring = Promised("About the discount", kind="call_back", contact="Ann Other, 01632 960 555", minutes=120)
    made = door.promise(ring, by="person:1")
    assert made.due_at == instant("2026-03-09 10:30")
    with refused("call_back_to_nobody"):
        door.promise(Promised("About the discount", kind="call_back"), by="person:1")


@pytest.mark.parametrize(
    ("promised", "key"),
    [
        (Promised("  "), "promise_without_words"),
        (Promised("We will", team="moon"), "unknown_team"),
        (Promised("We will", kind="wish"), "unknown_kind"),
        (Promised("We will", due_on="2026-03-01"), "due_implausible"),
        (Promised("We will", due_on="soon"), "due_implausible"),
        (Promised("We will", due_on=""), "due_implausible"),
        (Promised("We will", days=-1), "due_implausible"),
        (Promised("We will", owner="person:nobody"), "unknown_person"),
        (Promised("x" * 501), "text_too_long"),
    ],
)
def test_a_promise_nobody_could_keep_is_refused_and_ends_no_visit(door, promised, key):
    visit = door.next("1") if door.ticket() else None
    with refused(key):
        door.finish(visit=visit.id, by="person:1", desk="1", outcome="passed_on", promise=promised)
    assert (door.stored(visit).state, door.promises()) == ("called", [])


def test_undoing_the_end_takes_the_promise_back(door, promise):
    (visit,) = door.undo(desk="1", by="person:1")
    assert (visit.state, visit.outcome, visit.page_until) == ("called", None, None)
    assert door.promises() == []
    assert door.store.particulars("office", [promise.id]) == {}


def test_what_was_promised_is_forgotten_some_time_after_it_was_kept_and_not_before(door, hands, promise):
    from reception.keeping import forget

    hands.go(days=90)
    forget(door)
    assert door.store.particulars("office", [promise.id])[promise.id]["what"] == BILL.what
    door.keep(promise=promise.id, by="person:1")
    hands.go(days=31)
    forget(door)
    assert door.store.particulars("office", [promise.id]) == {}


def test_a_promise_nobody_ever_kept_is_not_remembered_for_ever(door, hands, promise):
    from reception.keeping import forget

    hands.go(days=370)
    forget(door)
    assert door.store.particulars("office", [promise.id]) == {}
    assert [one.id for one in door.promises()] == [promise.id]


def test_a_service_called_promise_has_its_quota_to_itself(tmp_path, hands):
    services = [{"key": "promise", "name": "Promises", "letter": "A", "quota": 1}]
    door = open_door(tmp_path / "promise.db", hands, services=services, desks=[{"key": "1", "name": "Desk 1"}])
    made = [door.promise(Promised("I will ring you.", days=1), by="person:1") for _ in range(3)]
    assert made[-1].reference == "260302-003"
    assert door.ticket("promise").number == "A001"


def test_a_promise_kept_by_mistake_and_undone_is_remembered_again(door, hands, promise):
    from reception.keeping import forget

    door.keep(promise=promise.id, by="person:1")
    door.undo(visit=promise.visit, by="person:1")
    hands.go(days=31)
    forget(door)
    assert [one.id for one in door.promises()] == [promise.id]
    assert door.store.particulars("office", [promise.id])[promise.id]["what"] == BILL.what


def test_the_day_is_shown_before_it_is_promised_and_is_the_same(door, promise):
    assert door.by_when(team="tax") == promise.due_on
    assert door.by_when(days=1) == "2026-03-03"
    with refused("due_implausible"):
        door.by_when(due_on="2026-02-27")
