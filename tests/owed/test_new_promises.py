"""Papers handed in and call-backs, put on the list by a form."""

import pytest

from reception.things import Promise

PAPERS, CALL = "/owed/new/documents", "/owed/new/call_back"


def only(house) -> Promise:
    (promise,) = house.door.promises()
    return promise


def known(house) -> dict:
    return house.store.particulars("office", [only(house).id])[only(house).id]


def test_papers_handed_in_are_due_in_the_offices_working_days_and_their_reference_is_shown(house, robin):
    page = robin.send(PAPERS, what="Two payslips, tenancy agreement", contact="Mr Singh", whose="me", days="5")
    assert (only(house).kind, only(house).due_on, only(house).owner) == ("documents", "2026-03-09", robin.by)
    assert f"Papers handed in – their reference is {only(house).reference}" in page
    assert "Two payslips, tenancy agreement" in page and "Monday 9 March 5 working days left" in page
    assert house.jobs() == []


def test_the_form_offers_the_offices_days_and_says_which_day_that_is(robin):
    assert "5 working days end Monday 9 March." in robin.get(PAPERS)


def test_a_receipt_is_a_print_job_about_the_promise(house, robin):
    page = robin.send(PAPERS, what="Passport", whose="me", days="5", printer="lobby")
    assert house.jobs() == [("promise", "lobby", only(house).id)]
    assert "A receipt is printing: Lobby." in page


def test_the_printer_nearest_to_where_one_sits_is_offered_for_papers(house, robin):
    assert '<option value="lobby" selected>' in robin.client.get(PAPERS).text
    house.door.set_desk(desk="1", state="open", by=robin.by)
    assert '<option value="back" selected>' in robin.client.get(PAPERS).text
    assert '<option value="back" selected>' not in robin.client.get(CALL).text


def test_papers_of_somebody_with_a_number_are_for_their_visit_even_when_it_is_over(house, robin):
    visit = house.door.ticket("housing")
    house.door.take("cancel", visit)
    robin.send(PAPERS, what="Passport", number=f" {visit.number.lower()} ", whose="me", days="5")
    assert (only(house).visit, only(house).service) == (visit.id, "housing")


def test_a_call_back_is_due_within_opening_hours(house, robin):
    house.hands.go_to("2026-03-02 16:30")
    page = robin.send(CALL, what="The damp", contact="Ms Lee, 01632 960 777", whose="team:repairs", minutes="60")
    assert "09:30 tomorrow" in page
    assert (only(house).kind, only(house).team, only(house).owner) == ("call_back", "repairs", None)
    assert known(house) == {"what": "The damp", "contact": "Ms Lee, 01632 960 777"}


def test_a_call_back_can_be_a_colleagues(house, robin, kim):
    robin.send(CALL, what="The damp", contact="Ms Lee", whose=kim.by, minutes="60")
    assert only(house).owner == kim.by


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"what": " "}, 422, "Write what happens next, in a sentence."),
        ({"contact": ""}, 422, "Write whom to ring, and the number."),
        ({"number": "Z999"}, 404, "Nobody has the number Z999 today. Check it on their ticket."),
        ({"minutes": "soon"}, 422, "This date cannot be kept"),
        ({"minutes": "0"}, 422, "This date cannot be kept"),
        ({"what": "x" * 501}, 422, "This is too long: at most 500 characters are kept."),
        ({"whose": "team:nobody"}, 422, "There is no team called nobody."),
        ({"whose": "person:nobody"}, 404, "Nobody of this office who may sign in has this id."),
        ({"service": "magic"}, 422, "There is no service called magic."),
        ({"printer": "moon"}, 422, "There is no printer called moon. The printers are: lobby, back."),
    ],
)
def test_what_cannot_be_promised_is_said_and_nothing_typed_is_lost(house, robin, wrong, status, sentence):
    asked = {"what": "The damp <b>", "contact": "Ms Lee", "whose": "me", "minutes": "60", **wrong}
    assert sentence in robin.send(CALL, status, **asked)
    assert house.door.promises() == []
    assert "The damp &lt;b&gt;" in robin.page or "what" in wrong
    assert 'value="Ms Lee"' in robin.page or "contact" in wrong


def test_a_form_sent_twice_promises_once(house, robin):
    asked = {"what": "Passport", "whose": "me", "days": "5", "showing": "one", "printer": "lobby"}
    robin.send(PAPERS, **asked)
    first = robin.went
    robin.send(PAPERS, **asked)
    assert robin.went == first and len(house.door.promises()) == len(house.jobs()) == 1


def test_a_form_that_was_changed_after_going_back_promises_that_too(house, robin):
    asked = {"what": "Passport", "whose": "me", "days": "5", "showing": "one"}
    robin.send(PAPERS, **asked)
    robin.send(PAPERS, **asked | {"what": "Birth certificate"})
    assert len(house.door.promises()) == 2


def test_a_form_corrected_after_a_refusal_is_taken(house, robin):
    robin.send(PAPERS, 422, what="", whose="me", days="5", showing="one")
    robin.send(PAPERS, what="Passport", whose="me", days="5", showing="one")
    assert only(house).reference


def test_no_step_tells_what_was_promised_or_to_whom(house, robin):
    robin.send(CALL, what="The damp", contact="Ms Lee", whose="me", minutes="60")
    told = repr(house.door.told())
    assert "promised" in told and "damp" not in told and "Lee" not in told
