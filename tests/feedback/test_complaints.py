"""What people tell, noted through the front desk's own door; a complaint's stages, dates and end, on a set clock."""

from datetime import date

import pytest

from reception import keeping
from reception.feedback import counts, said_and_done
from reception.keys import Keys
from reception.refusals import Refusal
from tests.builders import Hands, instant, open_door

MONDAY = "2026-03-02 10:00"


@pytest.fixture
def hands():
    return Hands(instant(MONDAY))


@pytest.fixture
def make(tmp_path, hands):
    doors = []

    def open_with(**feedback):
        doors.append(open_door(tmp_path / "reception.db", hands, feedback=feedback))
        return doors[-1]

    yield open_with
    for door in doors:
        door.store.close()


@pytest.fixture
def door(make):
    return make()


def complain(door, **said):
    return door.give_feedback(**{"kind": "complaint", "source": "desk", "by": "person:1", "theme": "waiting"} | said)


def texts(door, feedback) -> dict:
    return door.store.particulars(door.office, [feedback.id]).get(feedback.id, {})


def refused(key: str):
    return pytest.raises(Refusal, match=key)


def test_what_is_told_is_noted_with_a_reference_and_words_that_no_step_repeats(door):
    visit = door.ticket("housing")
    told = door.give_feedback(
        kind="compliment", source="phone", by="visitor", theme="staff", text="Very kind.\nThank you.", visit=visit.id
    )
    assert door.feedback(told.id) == told
    assert (told.state, told.service, told.stage, told.answer_on) == ("open", "housing", 0, None)
    assert texts(door, told) == {"text": "Very kind.\nThank you."}
    assert "kind" not in str([step.note for step in door.told()])
    assert len(told.reference) == 7 and told.reference.startswith("F-")


@pytest.mark.parametrize(
    ("preset", "dates"),
    [
        ("charter", [(None, "2026-03-09"), ("2026-03-05", "2026-03-30")]),
        ("lgsco", [("2026-03-09", "2026-03-16"), ("2026-03-09", "2026-03-30")]),
        ("scottish", [(None, "2026-03-09"), ("2026-03-05", "2026-03-30")]),
    ],
)
def test_a_stage_has_its_presets_working_days_from_the_day_after_receipt(make, preset, dates):
    door = make(preset=preset)
    told = complain(door)
    door.answer_feedback(feedback=told.id, by="person:1", finding="not_upheld", answer="We looked into it.")
    door.escalate_feedback(feedback=told.id, by="person:1")
    assert [(one.acknowledge_on, one.answer_on) for one in door.stages(told.id)] == dates
    assert door.feedback(told.id).answer_on == dates[1][1]


def test_an_offices_own_stages_take_the_presets_place(make):
    told = complain(make(stages=[{"answer_days": 1}]))
    assert told.answer_on == "2026-03-03"


def test_bank_holidays_and_closed_days_do_not_count(make, hands):
    hands.go_to("2026-04-01 10:00")  # Good Friday and Easter Monday follow
    assert complain(make()).answer_on == "2026-04-10"


def test_put_right_on_the_spot_it_begins_no_stage_and_still_can(door):
    told = complain(door, put_right="Called a colleague over.")
    assert (told.state, told.stage, door.stages(told.id)) == ("put_right", 0, [])
    again = door.escalate_feedback(feedback=told.id, by="person:1")
    assert (again.state, again.stage, again.answer_on) == ("open", 1, "2026-03-09")


def test_putting_an_answer_off_takes_a_reason_and_keeps_no_promise(door, hands):
    told = complain(door)
    with refused("feedback_no_reason"):
        door.extend_feedback(feedback=told.id, by="person:1", reason=" ", days=5)
    later = door.extend_feedback(feedback=told.id, by="person:1", reason="We wait for the landlord.", days=5)
    assert later.answer_on == "2026-03-16"
    assert texts(door, told)["reason 1.1"] == "We wait for the landlord."
    hands.go(days=9)
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="We are sorry.")
    march = (door.store, door.office, date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert counts(*march)["stage1"] == {"met": 0, "n": 1}


def test_a_preset_says_how_far_an_answer_may_be_put_off(make):
    door = make(preset="scottish")
    told = complain(door)
    with refused("feedback_extension"):
        door.extend_feedback(feedback=told.id, by="person:1", reason="Holidays.", days=6)


def test_a_complaint_in_a_stage_that_an_office_no_longer_has_can_still_be_put_off_and_answered(make):
    door = make()
    told = complain(door)
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Yes.")
    door.escalate_feedback(feedback=told.id, by="person:1")
    door = make(stages=[{"answer_days": 5, "extend_days": 2}])
    assert door.extend_feedback(feedback=told.id, by="person:1", reason="Holidays.", days=2).answer_on == "2026-04-01"
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Yes.")
    assert door.is_last_stage(door.feedback(told.id))


def test_complaints_are_counted_where_their_answer_was_due(door, hands):
    kept, late, unanswered, withdrawn = (complain(door) for _one in range(4))
    complain(door, put_right="Opened the door.")
    door.end_feedback(feedback=withdrawn.id, by="person:1", step="feedback_withdrawn")
    hands.go_to("2026-03-09 16:00")
    door.answer_feedback(feedback=kept.id, by="person:1", finding="upheld", answer="Yes.")
    hands.go(days=1)
    door.answer_feedback(feedback=late.id, by="person:1", finding="partly", answer="In part.")
    found = counts(door.store, door.office, date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert found == {
        "stage1": {"met": 1, "n": 3},
        "stage2": {"met": 0, "n": 0},
        "stage2_acknowledged": {"met": 0, "n": 0},
        "put_right": 1,
    }
    assert door.feedback(unanswered.id).state == "open"


def test_what_is_due_today_is_judged_when_it_is_answered_or_its_day_is_over(door, hands):
    told, other = complain(door), complain(door)
    first, due, next_day = (date(2026, 3, day) for day in (1, 9, 10))
    assert told.answer_on == due.isoformat()
    hands.go_to("2026-03-09 16:00")
    assert counts(door.store, door.office, first, due, due)["stage1"] == {"met": 0, "n": 0}
    door.answer_feedback(feedback=other.id, by="person:1", finding="upheld", answer="Yes.")
    assert counts(door.store, door.office, first, due, due)["stage1"] == {"met": 1, "n": 1}
    assert counts(door.store, door.office, first, due, next_day)["stage1"] == {"met": 1, "n": 2}


def test_the_last_answer_leads_to_the_ombudsman_and_to_no_further_stage(door):
    told = complain(door)
    for stage in (1, 2):
        with refused("feedback_step"):
            door.end_feedback(feedback=told.id, by="person:1", step="feedback_referred")
        door.answer_feedback(feedback=told.id, by="person:1", finding="not_upheld", answer=f"Answer {stage}.")
        if stage == 1:
            door.escalate_feedback(feedback=told.id, by="person:1")
    with refused("feedback_last_stage"):
        door.escalate_feedback(feedback=told.id, by="person:1")
    assert door.end_feedback(feedback=told.id, by="person:1", step="feedback_referred").state == "answered"
    assert set(texts(door, told)) == {"answer 1", "answer 2"}


def test_who_is_not_content_with_what_was_put_right_in_the_last_stage_is_told_of_the_ombudsman(door):
    told, at_once = complain(door), complain(door, put_right="A chair was brought.")
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="You waited too long.")
    door.escalate_feedback(feedback=told.id, by="person:1")
    right = door.put_feedback_right(feedback=told.id, by="person:1", done="A desk more is open.")
    assert door.end_feedback(feedback=told.id, by="person:1", step="feedback_referred") == right
    with refused("feedback_last_stage"):
        door.escalate_feedback(feedback=told.id, by="person:1")
    with refused("feedback_step"):
        door.end_feedback(feedback=at_once.id, by="person:1", step="feedback_referred")


def test_complaints_are_due_some_working_days_before_their_date_and_late_after_it(door, hands):
    complain(door)
    complain(door, put_right="Opened the door.")
    door.give_feedback(kind="comment", source="kiosk", by="screen:1", theme="staff")
    assert door.complaints_due() == {"late": 0, "due": 0}
    hands.go_to("2026-03-05 10:00")
    assert door.complaints_due() == {"late": 0, "due": 1}
    hands.go_to("2026-03-10 00:30")
    assert door.complaints_due() == {"late": 1, "due": 0}


def test_a_compliment_is_passed_on_and_never_answered(door):
    told = door.give_feedback(kind="compliment", source="kiosk", by="screen:1", theme="staff")
    with refused("feedback_step"):
        door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Thanks.")
    assert door.end_feedback(feedback=told.id, by="person:1", step="feedback_passed_on").state == "closed"


def test_words_are_added_once_and_by_nobody_who_has_none(door):
    told = complain(door)
    with refused("feedback_no_words"):
        door.add_to_feedback(feedback=told.id, by="visitor", text=" \n")
    door.add_to_feedback(feedback=told.id, by="visitor", text="It took an hour.", contact="a@example.org")
    assert door.told_of_feedback(told.id) == ["contact", "text"]
    with refused("feedback_has_words"):
        door.add_to_feedback(feedback=told.id, by="visitor", text="More.")


def test_reading_is_recorded_once_a_day_for_each_reader(door, hands):
    told = complain(door, text="It took an hour.")
    for reader in ("person:1", "person:1", "person:2"):
        assert door.read_feedback(feedback=told.id, by=reader) == {"text": "It took an hour."}
    hands.go(days=1)
    door.read_feedback(feedback=told.id, by="person:1")
    assert [step.by for step in door.told() if step.step == "feedback_read"] == ["person:1", "person:2", "person:1"]


def test_an_owner_is_somebody_who_signs_in_here(door):
    told, keys = complain(door), Keys(door)
    with refused("unknown_"):
        door.assign_feedback(feedback=told.id, owner="person:nobody", by="person:1")
    robin = keys.add_person(name="Robin", sign_in="robin", role="manager", by="test")
    assert door.assign_feedback(feedback=told.id, owner=f"person:{robin}", by="person:1").owner == f"person:{robin}"


def test_an_owner_is_somebody_who_may_read_it_or_nobody(door):
    told, keys = complain(door), Keys(door)
    people = {
        role: keys.add_person(name=role, sign_in=role, role=role, by="test") for role in ("receptionist", "admin")
    }
    with refused("feedback_owner"):
        door.assign_feedback(feedback=told.id, owner=f"person:{people['receptionist']}", by="person:1")
    with refused("unknown_person"):
        door.assign_feedback(feedback=told.id, owner="desk:2", by="person:1")
    assert door.assign_feedback(feedback=told.id, owner="", by="person:1") == told
    door.assign_feedback(feedback=told.id, owner=f"person:{people['admin']}", by="person:1")
    assert door.assign_feedback(feedback=told.id, owner="", by="person:1").owner is None
    assert [step.step for step in door.told() if step.about == told.id].count("feedback_assigned") == 2


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"kind": "shout"}, "feedback_kind"),
        ({"source": "pigeon"}, "feedback_source"),
        ({"theme": "weather"}, "feedback_theme"),
        ({"theme": None}, "feedback_nothing"),
        ({"text": "a" * 2001}, "text_too_long"),
        ({"contact": "a" * 201}, "text_too_long"),
        ({"service": "moon"}, "unknown_service"),
        ({"visit": "nobody"}, "unknown_visit"),
        ({"kind": "comment", "put_right": "Done."}, "feedback_step"),
    ],
)
def test_what_cannot_be_noted_is_refused_and_leaves_nothing(door, said, key):
    with refused(key):
        complain(door, **said)
    assert door.feedbacks() == []


def test_words_go_when_their_time_is_over_and_the_counts_stay(make, hands):
    door = make(keep_days=30)
    told = complain(door, text="It took an hour.")
    door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="We are sorry.")
    hands.go(days=30)
    keeping.forget(door)
    assert set(texts(door, told)) == {"text", "answer 1"}
    hands.go(days=1)
    keeping.forget(door)
    assert texts(door, told) == {}
    found = counts(door.store, door.office, date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert found["stage1"] == {"met": 1, "n": 1}


def test_you_said_we_did_is_shown_until_it_is_hidden(door, hands):
    with refused("said_and_done_empty"):
        door.say_what_was_done(said="More chairs.", did="", by="person:1")
    first = door.say_what_was_done(said="More chairs.", did="Ten more stand there.", by="person:1", theme="building")
    hands.go(hours=1)
    door.say_what_was_done(said="Open earlier.", did="We open at eight.", by="person:1")
    assert [one["said"] for one in said_and_done(door.store, door.office)] == ["Open earlier.", "More chairs."]
    door.show_what_was_done(said_and_done=first.id, show=False, by="person:1")
    assert [one["did"] for one in said_and_done(door.store, door.office)] == ["We open at eight."]
    door.say_what_was_done(said="Too dark.", did="New lamps come.", by="person:1", show=False)
    assert len(said_and_done(door.store, door.office)) == 1
    hands.go(days=800)
    keeping.forget(door)
    assert len(said_and_done(door.store, door.office)) == 1
