"""What a phone is told of what becomes of its visit: promises, papers, others who can help."""

from reception.owing import Promised
from tests.builders import eventually
from tests.phone.following import place, places
from tests.phone.visits import BILL


def test_what_happens_next_is_told_with_team_reference_and_day(phones):
    mine = phones.finished(promise=BILL, signposts=["advice"])
    told = place(phones.follow(mine.token), state="completed")
    (owed,), (signpost,) = told["owed"], told["signposts"]
    assert (owed["what"], owed["by"]) == (BILL.what, "By the end of Thursday 5\N{NO-BREAK SPACE}March 2026")
    assert (owed["reference"], owed["role"], owed["tel"]) == ("260302-001", "Council Tax officer", "tel:01632960101")
    assert (signpost["name"], signpost["checked"]) == ("Citizens Advice", "Checked in February 2026")
    assert told["until"] == "You can come back to this page until the end of Thursday 5\N{NO-BREAK SPACE}March 2026."


def test_a_promise_kept_after_the_visit_is_told_at_once_and_to_nobody_else(phones):
    mine, other = phones.finished(promise=BILL), phones.finished(promise=BILL)
    socket, others = phones.follow(mine.token), phones.follow(other.token)
    place(socket, state="completed")
    phones.hands.go(hours=20)
    phones.door.keep(promise=phones.door.promises_of(mine.id)[0].id, by="person:2")
    (owed,) = eventually(lambda: next((news["owed"] for news in places(socket) if news["owed"][0]["done"]), None))
    assert (owed["ended"], owed["by"]) == ("Done on Tuesday 3\N{NO-BREAK SPACE}March 2026", None)
    assert not any(news["owed"][0]["done"] for news in places(others))


def test_a_changed_day_is_told_with_the_first_one_and_the_reason(phones):
    mine = phones.finished(promise=BILL)
    socket = phones.follow(mine.token)
    (promise,) = phones.door.promises_of(mine.id)
    phones.door.change_promise(promise=promise.id, by="person:1", reason="longer", days=6)
    phones.door.change_promise(promise=promise.id, by="person:1", reason="agreed", owner="desk:2")  # not a new day
    changed = "Changed: it was Thursday 5\N{NO-BREAK SPACE}March 2026. It takes longer than we thought."
    (owed,) = eventually(lambda: next((news["owed"] for news in places(socket) if news["owed"][0]["changed"]), None))
    assert (owed["by"], owed["changed"]) == ("By the end of Tuesday 10\N{NO-BREAK SPACE}March 2026", changed)
    phones.hands.go(days=7)
    assert phones.get(mine.token).status_code == 200


def test_a_promise_that_is_not_needed_any_more_is_told_with_the_reason(phones):
    mine = phones.finished(promise=BILL)
    (promise,) = phones.door.promises_of(mine.id)
    phones.door.change_promise(promise=promise.id, by="person:1", reason="not-needed", withdraw=True)
    (owed,) = place(phones.follow(mine.token))["owed"]
    assert (owed["ended"], owed["done"]) == ("Ended on Monday 2\N{NO-BREAK SPACE}March 2026. No longer needed.", False)


def test_a_promise_past_its_day_admits_it(phones):
    mine = phones.finished(promise=Promised("We will ring you.", team="tax", days=0))
    phones.hands.go(hours=14, minutes=1)
    assert place(phones.follow(mine.token))["owed"][0]["late"]


def test_undoing_the_end_takes_back_what_was_promised_and_given(phones):
    mine = phones.finished(promise=BILL, signposts=["advice"])
    socket = phones.follow(mine.token)
    assert place(socket, state="completed")["owed"]
    phones.door.undo(desk="1", by="person:1")
    place(socket, state="called", owed=[], signposts=[], until=None)


def test_papers_handed_in_have_their_receipt_on_the_page(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    papers = Promised("Two payslips", kind="documents", team="tax", days=5)
    phones.door.promise(promised=papers, by="person:1", visit=mine.id)
    (receipt,) = eventually(lambda: next((news["papers"] for news in places(socket) if news["papers"]), None))
    assert (receipt["what"], receipt["reference"]) == ("Two payslips", "260302-001")
    assert receipt["handed_in"] == "Monday 2\N{NO-BREAK SPACE}March, 10:00"
    assert receipt["by"] == "We will deal with them by the end of Monday 9\N{NO-BREAK SPACE}March 2026"


def test_a_call_back_tells_when_and_neither_why_nor_whom(phones):
    mine = phones.door.ticket()
    call_back = Promised("About the deposit", kind="call_back", contact="Jo 07700 900000", minutes=60)
    phones.door.promise(promised=call_back, by="person:1", visit=mine.id)
    told = place(phones.follow(mine.token))
    assert told["owed"][0]["what"] == "We will ring you back."
    assert told["owed"][0]["by"] == "By 11:00 on Monday 2\N{NO-BREAK SPACE}March 2026"
    assert "deposit" not in str(told) and "07700" not in str(told)
