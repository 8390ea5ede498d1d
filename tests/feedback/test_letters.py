"""The letters of a complaint: made from what was recorded, in plain sentences, with the dates that were kept."""

import pytest
from flask import Flask

from reception.feedback.letters import FOUND, letters_of, page_of
from reception.feedback.life import FINDINGS
from reception.keys import Keys
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from reception.web.speaking import in_language
from tests.builders import Hands, instant, open_door

OMBUDSMAN = {"name": "the Local Government Ombudsman", "phone": "0300 061 0614", "web": "lgo.org.uk"}


@pytest.fixture
def hands():
    return Hands(instant("2026-03-02 10:00"))


@pytest.fixture
def door(tmp_path, hands):
    desk = open_door(tmp_path / "reception.db", hands, feedback={"ombudsman": OMBUDSMAN})
    yield desk
    desk.store.close()


@pytest.fixture
def app(door) -> Flask:
    return create_app(Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings)), [])[0]


def complain(door):
    return door.give_feedback(kind="complaint", source="desk", by="person:1", theme="waiting", text="Forty minutes.")


def letters(door, told) -> list:
    return letters_of(door.stages(told.id), door.store.steps_about(door.office, told.id), door.settings.zone)


def pages(door, app, told, language: str = "en") -> dict:
    texts = door.store.particulars(door.office, [told.id]).get(told.id, {})
    with app.app_context(), in_language(language):
        found = [(one.key, page_of(one, door.feedback(told.id), texts, door.settings)) for one in letters(door, told)]
    return dict(found)


def findings(app, language: str) -> set[str]:
    with app.app_context(), in_language(language):
        return {str(said) for said in FOUND.values()}


def words(page) -> str:
    return " ".join(text for text, _written in page.paragraphs)


def test_a_complaint_that_nobody_has_written_about_has_no_letter(door):
    assert letters(door, complain(door)) == []


def test_the_acknowledgement_says_what_is_here_and_by_when_it_is_answered(door, app, hands):
    told = complain(door)
    hands.go_to("2026-03-03 09:00")
    door.acknowledge_feedback(feedback=told.id, by="person:1")
    page = pages(door, app, told)["acknowledged-1"]
    assert (page.title, page.day) == ("We have your complaint", "Tuesday 3\N{NO-BREAK SPACE}March 2026")
    assert page.reference == f"Your reference is {told.reference}."
    said = words(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "You complained to us on Monday 2 March 2026." in said
    assert "We will answer you by the end of Monday 9 March 2026." in said


def test_each_time_an_answer_is_put_off_a_letter_gives_its_reason_the_new_date_and_the_ombudsman(door, app, hands):
    told = complain(door)
    door.extend_feedback(feedback=told.id, by="person:1", reason="The file is at the court.", days=3)
    hands.go_to("2026-03-11 09:00")
    door.extend_feedback(feedback=told.id, by="person:1", reason="The court has not sent it.", days=2)
    found = pages(door, app, told)
    assert list(found) == ["extended-1-1", "extended-1-2"]
    first, second = (words(page).replace("\N{NO-BREAK SPACE}", " ") for page in found.values())
    assert (
        "by the end of Monday 9 March 2026. We need longer, for this reason: The file is at the court."
        " We will now answer you by the end of Thursday 12 March 2026."
    ) in first
    assert "by the end of Thursday 12 March 2026. We need longer, for this reason: The court" in second
    assert "you can ask the Local Government Ombudsman (0300 061 0614, lgo.org.uk)." in second
    assert ("The court has not sent it.", True) in found["extended-1-2"].paragraphs


def test_an_answer_says_what_was_found_and_where_to_go_next(door, app, hands):
    told = complain(door)
    answer = "You waited forty minutes.\n\nTwo desks were closed."
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer=answer)
    door.escalate_feedback(feedback=told.id, by="person:1")
    hands.go_to("2026-03-20 09:00")
    door.answer_feedback(feedback=told.id, by="person:2", finding="not_upheld", answer="It was a busy day.")
    found = pages(door, app, told)
    assert list(found) == ["answered-1", "answered-2"]
    assert "We agree with your complaint: something went wrong. You waited forty minutes. Two desks" in words(
        found["answered-1"]
    )
    assert "You would have our answer within 20 working days." in words(found["answered-1"])
    assert "ombudsman" not in words(found["answered-1"]).lower()
    assert (
        "This was our last answer. If you are not content with it, you can ask the Local Government Ombudsman"
        " (0300 061 0614, lgo.org.uk) to look at it."
    ) in words(found["answered-2"])
    assert "On Monday 2\N{NO-BREAK SPACE}March 2026 you asked us to look at" in words(found["answered-2"])


def test_what_was_put_right_is_told_in_a_letter(door, app):
    told = complain(door)
    door.put_feedback_right(feedback=told.id, by="person:1", done="We changed your appointment.")
    page = pages(door, app, told)["put_right-1"]
    assert page.paragraphs[1] == ("We changed your appointment.", True)
    assert page.text.count("\n\n") == len(page.paragraphs) + 1


def test_a_letter_in_another_language_has_no_english_but_what_somebody_wrote(door, app, hands):
    told = complain(door)
    door.acknowledge_feedback(feedback=told.id, by="person:1")
    door.extend_feedback(feedback=told.id, by="person:1", reason="Rheswm.", days=3)
    hands.go(hours=1)
    for finding in FINDINGS[:2]:
        door.answer_feedback(feedback=told.id, by="person:1", finding=finding, answer="Ateb.")
        if finding == FINDINGS[0]:
            door.escalate_feedback(feedback=told.id, by="person:1")
    english, welsh = pages(door, app, told), pages(door, app, told, "cy")
    assert len(welsh) == 4
    for key, page in welsh.items():
        same = {text for text, written in page.paragraphs if not written} & {
            text for text, written in english[key].paragraphs if not written
        }
        assert not same and page.title != english[key].title
    assert not findings(app, "en") & findings(app, "cy")


def test_a_letter_whose_words_are_forgotten_still_says_its_dates(door, app):
    told = complain(door)
    door.extend_feedback(feedback=told.id, by="person:1", reason="The file is at the court.", days=3)
    with app.app_context(), in_language("en"):
        page = page_of(letters(door, told)[0], door.feedback(told.id), {}, door.settings)
    assert "court" not in page.text and "12\N{NO-BREAK SPACE}March" in page.text


def test_without_an_ombudsman_no_letter_names_one(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands, feedback={"stages": [{"answer_days": 5}]})
    app = create_app(Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings)), [])[0]
    told = complain(door)
    door.answer_feedback(feedback=told.id, by="person:1", finding="no_finding", answer="Nobody remembers.")
    assert words(pages(door, app, told)["answered-1"]).endswith("This was our last answer.")
    door.store.close()
