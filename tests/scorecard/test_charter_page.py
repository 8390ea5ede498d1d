"""The managers' charter: a month whole, what the public sees of it, publishing it, and figures from elsewhere."""

import io

import pytest

from manage.live import Manage
from manage.pages import blueprint
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, instant, office, open_door
from tests.manage.conftest import Manager
from tests.scorecard.months import Came, lived

GOOD = b"measure,month,met,of,source\ntelephone,2026-10,700,1000,Avon exchange\n"


@pytest.fixture
def door(tmp_path):
    settings = office(server={"data": tmp_path, "secure_cookies": False})
    door = open_door(tmp_path / "reception.db", Hands(instant("2026-11-02 06:00")), settings)
    lived(door, "2026-10", Came(80), Came(40, "housing", minutes=9, outcome="passed_on"), Came(3, "parking"))
    yield door
    door.store.close()


@pytest.fixture
def manager(door):
    parts = Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings))
    return Manager(parts, create_app(parts, [(blueprint, Manage)])[0], "manager")


def text(answer) -> str:
    return " ".join(answer.text.split())


def test_it_begins_with_last_month_whole_and_what_everybody_will_see(manager):
    page = text(manager.get("/manage/charter"))
    assert "How we did in October 2026" in page and "67% of 123 people were seen within 5 minutes." in page
    assert "It goes out by itself on Monday 2 November 2026" in page


def test_a_press_publishes_the_month_and_says_so(manager, door):
    manager.post("/manage/charter", month="2026-10")
    page = text(manager.get("/manage/charter?month=2026-10"))
    assert "October 2026 is published." in page and "Published on Monday 2 November 2026" in page
    assert door.store.published_paper(door.office, "2026-10", 1, "en").startswith(b"%PDF")


def test_publishing_again_without_a_change_says_that_nothing_has_changed(manager, door):
    manager.post("/manage/charter", month="2026-10")
    manager.post("/manage/charter", month="2026-10")
    assert "Nothing has changed since October 2026 was published." in manager.get("/manage/charter").text
    assert len(door.store.versions(door.office, "2026-10")) == 1


def test_a_month_that_is_not_over_is_neither_shown_nor_published(manager, door):
    assert "November 2026 is not over yet." in manager.get("/manage/charter?month=2026-11", status=422).text
    assert "November 2026 is not over yet." in manager.post("/manage/charter", month="2026-11", status=422).text
    assert "soon is not a month." in manager.get("/manage/charter?month=soon", status=422).text
    assert door.store.months_published(door.office) == []


def test_a_month_before_anybody_came_cannot_be_published_until_figures_of_it_are_taken_in(manager):
    page = text(manager.get("/manage/charter?month=2026-08"))
    assert "Nothing to publish." in page and "Publish August 2026" not in page
    refused = manager.post("/manage/charter", month="2026-08", status=409)
    assert "Nothing is known of August 2026: nobody had come yet." in refused.text
    file = io.BytesIO(GOOD.replace(b"2026-10", b"2026-08"))
    manager.post("/manage/charter/figures", file=(file, "calls.csv"), status=200)
    page = text(manager.get("/manage/charter?month=2026-08"))
    assert "Publish August 2026" in page and "Nothing to publish." not in page


def test_one_of_something_is_not_said_in_the_plural(manager, door):
    lived(door, "2026-09", Came(1))
    page = text(manager.get("/manage/charter?month=2026-09"))
    assert "of 1 (" in page and "1 visits" not in page


def test_a_file_is_taken_in_and_stands_beside_the_promise_with_its_source(manager):
    answer = manager.post("/manage/charter/figures", file=(io.BytesIO(GOOD), "calls.csv"), status=200)
    assert "1 figure is new." in answer.text
    page = text(manager.get("/manage/charter"))
    assert "From Avon exchange." in page and "700 of 1,000" in page


def test_each_wrong_line_has_its_sentence_and_the_good_ones_are_kept(manager, door):
    wrong = GOOD + b"telephone,2026-09,5,4,X\nfaxes,2026-10,1,2,X\n"
    page = manager.post("/manage/charter/figures", file=(io.BytesIO(wrong), "calls.csv"), status=200).text
    assert "Line 3: 5 were met of only 4." in page and "Line 4: No standard of this office" in page
    assert len(door.store.imported_figures(door.office)) == 1


def test_no_file_and_a_file_of_something_else_have_a_sentence(manager):
    assert "Choose a CSV file first." in manager.post("/manage/charter/figures", status=422).text
    other = (io.BytesIO(b"name,colour\na,b\n"), "x.csv")
    assert "These columns are missing" in manager.post("/manage/charter/figures", file=other, status=422).text


def test_a_file_of_half_a_megabyte_may_be_given(manager):
    lines = b"measure,month,met,of,source\n" + b"telephone,2026-10,700,1000,Avon\n" * 16_000
    page = manager.post("/manage/charter/figures", file=(io.BytesIO(lines), "calls.csv"), status=200).text
    assert "and 15949 more" in page


def test_what_the_public_will_not_be_shown_is_said(manager, door):
    lived(door, "2026-10", Came(2, minutes=None, left=1))
    assert "so that nobody can be told from it" in manager.get("/manage/charter").text


def test_what_everybody_sees_is_what_was_published_and_what_publishing_again_would_change_stands_beside_it(
    manager, door
):
    manager.post("/manage/charter", month="2026-10")
    lived(door, "2026-10", Came(27))
    page = text(manager.get("/manage/charter"))
    assert "The figures have changed since." in page
    shown, again = page[page.index("We see you within") :].split("If you publish again:")[:2]
    assert "67% of 123" in shown and "73% of 150" in again
    manager.post("/manage/charter", month="2026-10")
    assert "f you publish again" not in text(manager.get("/manage/charter"))


def test_a_file_with_nothing_below_its_columns_says_why_nothing_was_taken_in(manager):
    empty = (io.BytesIO(b"measure,month,met,of,source\n"), "calls.csv")
    page = manager.post("/manage/charter/figures", file=empty, status=422).text
    assert "Nothing was taken in." in page and "There is no line below the names of the columns." in page


def test_a_receptionist_does_not_see_it(door):
    parts = Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings))
    receptionist = Manager(parts, create_app(parts, [(blueprint, Manage)])[0], "receptionist")
    receptionist.get("/manage/charter", status=403)
