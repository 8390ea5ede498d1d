"""Two managers with the same complaint open: whoever presses second is told what the first did, and nothing they
typed is lost."""

import pytest

from tests.manage.conftest import seen
from tests.manage.test_feedback import main_button, steps_of, tell, words_of


def test_an_answer_is_put_off_once_however_many_had_the_page_open(manager, admin, parts):
    told = tell(parts)
    where = f"/manage/feedback/{told.id}"
    first, second = (seen(one.get(where).text) for one in (manager, admin))
    manager.post(f"{where}/feedback_extended", days="2", reason="The papers are late.", seen=first)
    page = admin.post(f"{where}/feedback_extended", 409, days="5", reason="We wait for papers.", seen=second).text
    assert (
        "Nothing was done: something has happened since you opened this page. Manager, 10:00: The answer was put off, "
        "from Monday 9 March to Wednesday 11 March. Look at it again; what you typed is still here."
    ) in words_of(page)
    assert 'value="5"' in page and "We wait for papers." in page
    assert parts.frontdesk.feedback(told.id).answer_on == "2026-03-11"
    assert steps_of(parts, told).count("feedback_extended") == 1
    admin.post(f"{where}/feedback_extended", days="5", reason="We wait for papers.", seen=seen(page))
    assert parts.frontdesk.feedback(told.id).answer_on == "2026-03-18"


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("feedback_answered", {"finding": "upheld", "answer": "You are right."}),
        ("feedback_assigned", {"owner": ""}),
        ("feedback_put_right", {"done": "A desk more is open."}),
        ("feedback_withdrawn", {"note": "They rang."}),
        ("feedback_acknowledged", {}),
    ],
)
def test_no_step_is_taken_on_what_somebody_saw_before_another_step(manager, admin, parts, step, typed):
    told = tell(parts)
    where = f"/manage/feedback/{told.id}"
    opened = seen(manager.get(where).text)
    admin.post(f"{where}/feedback_extended", days="1", reason="A strike.", seen=opened)
    before = steps_of(parts, told)
    page = words_of(manager.post(f"{where}/{step}", 409, **typed, seen=opened).text)
    assert "Admin, 10:00: The answer was put off" in page
    assert all(text in page for name, text in typed.items() if name in ("answer", "done", "note"))
    assert [one for one in steps_of(parts, told) if one != "feedback_read"] == [
        one for one in before if one != "feedback_read"
    ]


def test_no_next_stage_begins_on_what_somebody_saw_before_another_step(manager, admin, parts):
    told = tell(parts)
    where = f"/manage/feedback/{told.id}"
    manager.post(f"{where}/feedback_answered", finding="upheld", answer="Yes.")
    opened = seen(manager.get(where).text)
    admin.post(f"{where}/feedback_escalated", seen=opened)
    assert "Admin, 10:00: Taken to the next stage" in words_of(
        manager.post(f"{where}/feedback_escalated", 409, seen=opened).text
    )
    assert parts.frontdesk.feedback(told.id).stage == 2


def test_an_answer_that_was_typed_for_nothing_is_still_on_the_page(manager, admin, parts):
    told = tell(parts)
    where = f"/manage/feedback/{told.id}"
    opened = seen(manager.get(where).text)
    admin.post(f"{where}/feedback_answered", finding="upheld", answer="You are right.", seen=opened)
    page = words_of(
        manager.post(f"{where}/feedback_answered", 409, finding="partly", answer="Half of it.", seen=opened).text
    )
    assert "Admin, 10:00: Answered: upheld." in page and "What you typed Half of it." in page
    assert "Save the answer" not in page


def test_that_somebody_read_it_keeps_nobody_from_a_step(manager, admin, parts):
    told = tell(parts, text="I waited.")
    where = f"/manage/feedback/{told.id}"
    opened = seen(manager.get(where).text)
    assert main_button(admin.get(where).text) == "Save the answer"
    manager.post(f"{where}/feedback_answered", finding="upheld", answer="You are right.", seen=opened)
    assert parts.frontdesk.feedback(told.id).state == "answered"


def test_what_the_visitor_adds_is_read_before_the_answer_goes(manager, parts):
    told = tell(parts)
    where = f"/manage/feedback/{told.id}"
    opened = seen(manager.get(where).text)
    parts.frontdesk.add_to_feedback(feedback=told.id, by="visitor", text="And nobody spoke to me.")
    page = manager.post(f"{where}/feedback_answered", 409, finding="partly", answer="Half.", seen=opened).text
    assert "the visitor, 10:00: More was written." in words_of(page) and "And nobody spoke to me." in page
    assert seen(page) > opened
