"""What people do about paper: a slip printed again, the visitor's word on one, a new roll."""

import pytest

from reception.printing.rolls import Roll
from reception.refusals import Refusal
from tests.builders import TEN, open_door

PRINTERS = [
    {"key": "lobby", "kind": "virtual", "kiosks": ["Lobby kiosk"], "backup": "two"},
    {"key": "two", "kind": "virtual"},
]
DESKS = [{"key": "1", "name": "Desk 1", "printer": "two"}, {"key": "2", "name": "Desk 2"}]


@pytest.fixture
def door(tmp_path, hands):
    desk = open_door(tmp_path / "reception.db", hands, printers=PRINTERS, desks=DESKS)
    yield desk
    desk.store.close()


@pytest.fixture
def ticket(door):
    return door.issue(service="tax", by="kiosk:lobby", printer="lobby").visit


def jobs(door) -> list[tuple]:
    return door.rows("SELECT printer, kind, state, cause FROM print_jobs ORDER BY made_at, kind DESC")


def comes_to(door, state: str, cause: str | None = None) -> None:
    """What becomes of the only slip that waits."""
    (job, printer) = door.rows("SELECT id, printer FROM print_jobs WHERE state = 'waiting'")[0]
    door.writer.do(lambda store: (store.begin_print_job(job, printer, TEN), None))
    if state != "printing":
        door.writer.do(lambda store: (store.end_print_job(job, printer, state, TEN, cause), None))


def test_a_reprint_is_one_more_slip_of_the_same_visit_where_it_is_wanted(door, ticket):
    comes_to(door, "printed")
    told = []
    door.listeners.append(told.append)
    assert door.reprint(visit=ticket.id, by="person:1", printer="two") == ticket
    assert jobs(door) == [("lobby", "ticket", "printed", None), ("two", "reprint", "waiting", None)]
    assert (told[0].printers, told[0].steps[0].step, told[0].steps[0].note) == (
        ("two",),
        "reprinted",
        {"printer": "two"},
    )


def test_a_reprint_comes_out_nearest_to_the_desk_that_asks(door, ticket, hands):
    door.reprint(visit=ticket.id, by="person:1", desk="1")
    hands.go(seconds=1)
    door.reprint(visit=ticket.id, by="person:2", desk="2")
    assert [printer for printer, kind, *_ in jobs(door) if kind == "reprint"] == ["two", "lobby"]


def test_a_slip_that_still_waits_is_dropped_when_another_is_wanted(door, ticket):
    door.reprint(visit=ticket.id, by="person:1", printer="two")
    assert jobs(door) == [("lobby", "ticket", "dropped", "printed_elsewhere"), ("two", "reprint", "waiting", None)]


def test_while_a_slip_is_on_its_way_to_paper_there_is_no_other(door, ticket):
    comes_to(door, "printing")
    with pytest.raises(Refusal, match="slip_is_printing"):
        door.reprint(visit=ticket.id, by="person:1")
    assert len(jobs(door)) == 1


def test_whoever_has_gone_gets_no_slip_and_an_unknown_printer_is_told(door, ticket):
    with pytest.raises(Refusal, match="unknown_printer"):
        door.reprint(visit=ticket.id, by="person:1", printer="three")
    door.take("leave", ticket)
    with pytest.raises(Refusal, match="visit_ended"):
        door.reprint(visit=ticket.id, by="person:1")


def test_a_visitors_own_reprint_is_one_and_not_of_a_slip_that_was_printed(door, ticket):
    comes_to(door, "unconfirmed", "silent")
    door.reprint(visit=ticket.id, by="screen:1", printer="lobby", visitors_choice=True)
    comes_to(door, "unconfirmed", "silent")
    with pytest.raises(Refusal, match="reprint_by_staff"):
        door.reprint(visit=ticket.id, by="screen:1", printer="lobby", visitors_choice=True)
    printed = door.issue(service="tax", by="kiosk:lobby", printer="lobby").visit
    comes_to(door, "printed")
    with pytest.raises(Refusal, match="reprint_by_staff"):
        door.reprint(visit=printed.id, by="screen:1", printer="lobby", visitors_choice=True)


@pytest.mark.parametrize(("came", "word", "told"), [(True, "came", TEN), (False, "missing", None)])
def test_a_visitors_word_is_kept_beside_what_the_printer_said(door, ticket, came, word, told):
    comes_to(door, "unconfirmed", "silent")
    door.slip_came(visit=ticket.id, came=came, by="screen:1")
    door.slip_came(visit=ticket.id, came=not came, by="screen:1")  # the first counts
    assert door.rows("SELECT state, visitors_word FROM print_jobs") == [("unconfirmed", word)]
    assert (door.words()[1:], door.stored(ticket).acknowledged_at) == ([f"slip_{word}"], told)


def test_nobody_is_asked_of_a_slip_that_the_printer_answers_for(door, ticket):
    comes_to(door, "printed")
    door.slip_came(visit=ticket.id, came=False, by="screen:1")
    assert door.words() == ["issued"]


def test_undo_takes_back_the_press_before_a_reprint(door, ticket):
    door.next("1")
    door.reprint(visit=ticket.id, by="person:1", desk="1")
    assert [visit.state for visit in door.undo(by="person:1", desk="1")] == ["waiting"]


def test_a_job_is_begun_by_its_own_printer_alone_and_once(door, ticket):
    (job,) = door.rows("SELECT id FROM print_jobs")[0]

    def begin(printer):
        return door.writer.do(lambda store: (store.begin_print_job(job, printer, TEN), None))

    assert (begin("two"), begin("lobby"), begin("lobby")) == (False, True, False)


def test_a_job_goes_to_another_printer_once_and_only_while_it_waits(door, ticket):
    (job,) = door.rows("SELECT id FROM print_jobs")[0]

    def hand_over(printer, to):
        return door.writer.do(lambda store: (store.hand_over_print_job(job, printer, to), None))

    assert (hand_over("lobby", "two"), hand_over("two", "lobby")) == (True, False)
    assert door.rows("SELECT printer, meant_for FROM print_jobs") == [("two", "lobby")]
    door.issue(service="tax", by="kiosk:lobby", printer="lobby")
    comes_to(door, "printing")
    assert door.rows("SELECT count(*) FROM print_jobs WHERE state = 'waiting'") == [(1,)]


@pytest.mark.parametrize(("state", "told"), [("printed", True), ("unconfirmed", False)])
def test_a_slip_that_a_kiosk_printed_alone_is_one_however_often_it_is_told(door, state, told):
    visit = door.issue(service="tax", by="kiosk:lobby").visit
    for _ in range(2):
        ended = {"state": state, "at": TEN, "cause": None}
        door.slip_printed_alone(visit=visit.id, job="theirs", printer="lobby", made_at=TEN, **ended)
    assert jobs(door) == [("lobby", "ticket", state, None)]
    assert [step.step for step in door.store.steps_of(visit.id)].count("print_confirmed") == told


def test_a_new_roll_begins_to_be_counted_when_somebody_says_so(door):
    door.writer.do(lambda store: (store.use_paper("office", "lobby", 90), None))
    assert door.store.roll("office", "lobby") == Roll(used_mm=90)
    door.roll_changed(printer="lobby", by="person:1")
    assert door.store.roll("office", "lobby") == Roll(changed_at=TEN)
    assert [(step.step, step.changes) for step in door.told()] == [("roll_changed", {"printer": [None, "lobby"]})]


def test_each_kiosk_has_its_own_printer_by_its_name(door):
    assert [door.settings.printer_of(name) for name in (" lobby  KIOSK", "Side door")] == ["lobby", "lobby"]
    assert door.settings.printer["lobby"].backup == "two"
