"""The list of what is owed, and a promise's own page."""

import re

import pytest

from reception.owing import Promised


@pytest.fixture
def promise(house, robin):
    """Promises something as Robin."""

    def made(what: str = "We will write.", **more):
        return house.door.promise(Promised(what, **more), by=robin.by)

    return made


def test_nothing_owed_is_said(robin):
    assert "Nothing is owed to anybody." in robin.get("/owed")


def test_what_is_late_comes_first_then_what_is_due_soon_then_the_rest(house, robin, promise):
    promise("What has time", days=9)
    promise("What is due", days=2)
    promise("What was late", days=1)
    house.hands.go_to("2026-03-04 09:00")
    page = robin.get("/owed")
    assert "1 is late, 1 is due soon, 1 has more time." in page
    order = ["Late", "1 working day late", "What was late", "Due soon", "the last day", "What is due", "With more time"]
    order += ["7 working days left", "What has time"]
    assert sorted(order, key=page.index) == order


def test_a_call_back_counts_in_minutes_and_becomes_late(house, robin, promise):
    promise("The damp", kind="call_back", contact="Ms Lee, 01632 960 777", minutes=60)
    house.hands.go(minutes=20)
    page = robin.get("/owed")
    assert "11:00 today 40 minutes left The damp Ring back – Ms Lee, 01632 960 777 Robin" in page
    house.hands.go(minutes=50)
    assert "11:00 today 10 minutes late" in robin.get("/owed")


def test_one_press_keeps_it_and_it_stands_below_for_some_days(house, robin, kim, promise):
    made = promise()
    assert f"{made.reference} is kept." in kim.send("/owed/keep", form="/owed", promise=made.id)
    assert "Kept or withdrawn lately Kept We will write. What happens next Robin Kim, today 10:00" in kim.get("/owed")
    house.hands.go(days=8)
    assert "We will write." not in kim.get("/owed")


def test_a_page_that_looks_again_meanwhile_does_not_take_what_was_said_of_a_press(robin, promise):
    made, client = promise(), robin.client
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/owed").text)[1]
    client.post("/owed/keep", data={"promise": made.id, "csrf_token": token})
    said = f"{made.reference} is kept."
    assert said not in client.get("/owed", headers={"X-Requested-With": "look-again"}).text
    client.head("/owed")
    assert said in client.get("/owed").text and said not in client.get("/owed").text


def test_a_press_in_the_wrong_row_is_undone(house, robin, promise):
    made = promise()
    robin.send("/owed/keep", form="/owed", promise=made.id)
    assert "Kept or withdrawn lately" not in robin.send("/owed/still-owed", form="/owed", promise=made.id)
    assert house.door.promises() == [made] and "Taken back" in robin.get(f"/owed/{made.id}")
    page = robin.send("/owed/still-owed", 409, form="/owed", promise=made.id)
    assert "There is nothing to undo here." in page


def test_keeping_it_twice_is_refused_with_a_sentence(house, robin, promise):
    made = promise()
    house.door.keep(promise=made.id, by=robin.by)
    page = robin.send("/owed/keep", 409, form="/owed", promise=made.id)
    assert f"{made.reference} is already kept, so it does not change any more." in page


def test_the_list_can_be_mine_or_my_teams(house, robin, kim, promise):
    promise("Robin's")
    promise("Kim's", owner=kim.by)
    promise("The team's", team="tax")
    assert [what in robin.get("/owed?whose=mine") for what in ("Robin's", "Kim's", "The team's")] == [
        True,
        False,
        False,
    ]
    page = robin.send("/owed/team", form="/owed", team="tax")
    assert robin.went == "/owed?whose=team"
    assert "The team's" in page and "Robin's" not in page
    assert all(what in robin.get("/owed") for what in ("Robin's", "Kim's", "The team's"))
    assert "Nothing is owed here." in kim.get("/owed?whose=team")


def test_after_keeping_one_of_mine_the_list_is_still_mine(robin, promise):
    robin.send("/owed/keep", form="/owed?whose=mine", promise=promise().id, whose="mine")
    assert robin.went == "/owed?whose=mine"


def test_a_hundred_promises_stand_in_the_list_with_a_handful_of_forms(robin, promise):
    for number in range(100):
        promise(f"Promise {number}")
    page = robin.client.get("/owed").text
    assert page.count("<form") <= 4 and len(page) < 150_000


def test_a_new_date_or_owner_takes_a_reason_and_both_dates_are_shown(house, robin, kim, promise):
    made = promise(days=3)
    page = robin.send(
        f"/owed/{made.id}/change", form=f"/owed/{made.id}", due_on="2026-03-10", owner=kim.by, reason="longer"
    )
    assert "Tuesday 10 March" in page and "promised first: Thursday 5 March" in page
    assert "It takes longer than we thought: by Tuesday 10 March instead of Thursday 5 March; now with Kim" in page
    assert "Promised Robin, today 10:00" in page


def test_a_promise_can_be_given_to_a_team(house, robin, promise):
    made = promise()
    page = robin.send(
        f"/owed/{made.id}/change", form=f"/owed/{made.id}", due_on=made.due_on, owner="team:tax", reason="agreed"
    )
    assert "now with Council Tax team" in page
    assert (house.door.promises()[0].team, house.door.promises()[0].owner) == ("tax", None)


def test_a_change_without_a_reason_is_refused_and_what_was_chosen_stays(house, robin, promise):
    made = promise(days=3)
    page = robin.send(f"/owed/{made.id}/change", 422, form=f"/owed/{made.id}", due_on="2026-03-10", reason="")
    assert "This needs a reason." in page and 'value="2026-03-10"' in robin.page
    assert house.door.promises()[0].due_on == "2026-03-05"


@pytest.mark.parametrize("due_on", ["2026-03-01", "2036-03-01", "soon"])
def test_a_date_that_cannot_be_kept_is_refused(robin, promise, due_on):
    made = promise()
    page = robin.send(f"/owed/{made.id}/change", 422, form=f"/owed/{made.id}", due_on=due_on, reason="longer")
    assert "This date cannot be kept" in page


def test_withdrawing_takes_a_reason_and_stands_in_the_trail(robin, promise):
    made = promise()
    robin.send(f"/owed/{made.id}/withdraw", 422, form=f"/owed/{made.id}")
    page = robin.send(f"/owed/{made.id}/withdraw", form=f"/owed/{made.id}", reason="not-needed")
    assert "Withdrawn No longer needed Robin, today 10:00" in page
    assert "It is kept" not in page and "Withdrawn" in robin.get("/owed")


def test_what_a_visitor_said_is_text_and_nothing_else(robin, promise):
    promise("<script>alert(1)</script>", kind="call_back", contact="<b>Lee</b>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in robin.client.get("/owed").text


def test_a_promise_whose_words_are_deleted_still_has_its_reference(house, robin, promise):
    made = promise()
    house.door.writer.do(lambda store: (store.execute("DELETE FROM particulars"), None))
    assert made.reference in robin.get("/owed") and "Its words are deleted" in robin.get(f"/owed/{made.id}")


# -- who may ----------------------------------------------------------------------------------------------------


def test_managers_may_use_the_list_and_others_are_asked_to_sign_in(house, robin, promise):
    made = promise()
    house.person("Sam", "manager").get("/owed")
    stranger = house.app.test_client()
    for path in ("/owed", f"/owed/{made.id}", "/owed/new/documents", "/appointments", "/greeter"):
        assert stranger.get(path).location.startswith("/sign-in")


def test_nothing_changes_without_the_forms_token_or_by_looking(house, robin, promise):
    made = promise()
    for path in (
        "/owed/keep",
        "/owed/still-owed",
        f"/owed/{made.id}/withdraw",
        f"/owed/{made.id}/change",
        "/owed/new/documents",
    ):
        answer = robin.client.post(path, data={"promise": made.id, "reason": "longer", "what": "x"})
        assert answer.status_code == 400
    assert robin.client.get("/owed/keep").status_code == 404
    assert house.door.promises() == [made]


def test_whoever_is_signed_out_keeps_nothing(house, robin, kim, promise):
    made = promise()
    found = re.search(r'name="csrf_token" value="([^"]+)"', kim.client.get("/owed").text)[1]
    house.keys.end_person(kim.by.removeprefix("person:"), by="test")
    answer = kim.client.post("/owed/keep", data={"csrf_token": found, "promise": made.id})
    assert answer.status_code == 401 and house.door.promises() == [made]


def test_a_promise_that_is_not_there_is_refused_with_a_sentence(robin):
    assert "There is no such promise." in robin.get("/owed/nothing", status=404)
    assert "There is no such promise." in robin.send("/owed/keep", 404, form="/owed", promise="nothing")
