"""Feedback for managers: the log, one item's page with its next step, noting what came by letter, and what was done."""

import csv
import html
import io
import re

import pytest

from tests.manage.conftest import Manager


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


def tell(parts, kind: str = "complaint", **more):
    said = {"source": "desk", "by": "person:1", "theme": "waiting"} | more
    return parts.frontdesk.give_feedback(kind=kind, **said)


def steps_of(parts, told) -> list[str]:
    return [step.step for step in parts.store.steps_about(parts.frontdesk.office, told.id)]


def main_button(page: str) -> str:
    """The words of the one button that is next."""
    (found,) = re.findall(r'<button class="button button-next">(.*?)</button>', page, re.DOTALL)
    return words_of(f"<main>{found}").removeprefix("> ").strip()


# -- the log ---------------------------------------------------------------------------------------------------------


def test_the_log_begins_with_what_is_late_and_says_how_much_is_open(manager, parts, hands):
    assert "Nothing waits for an answer." in manager.get("/manage/feedback").text
    late = tell(parts)
    hands.go_to("2026-03-05 10:00")
    soon = tell(parts, theme="staff")
    hands.go_to("2026-03-10 10:00")
    open_still = tell(parts, "comment", theme="building")
    page = manager.get("/manage/feedback").text
    assert "3 are open: 1 is late, 1 is due soon." in words_of(page)
    assert [page.index(one.reference) for one in (late, soon, open_still)] == sorted(
        page.index(one.reference) for one in (late, soon, open_still)
    )
    assert "Monday 9 March 1 working day late" in words_of(page)


def test_a_narrowed_log_says_of_its_own_kind_alone_that_nothing_waits(manager, parts):
    tell(parts, theme="waiting")
    page = words_of(manager.get("/manage/feedback?theme=staff").text)
    assert "Nothing of this kind waits for an answer." in page and "Nothing waits for an answer." not in page


def test_the_log_is_narrowed_by_kind_theme_service_and_days_and_an_open_one_stays_however_old(manager, parts, hands):
    old, praise = tell(parts, service="housing"), tell(parts, "compliment", theme="staff")
    parts.frontdesk.end_feedback(feedback=praise.id, by="person:1", step="feedback_passed_on")
    hands.go(days=200)
    for asked, there in (
        ("", (True, False)),
        ("?from=2026-03-01", (True, True)),
        ("?since=2026-03-01&until=2026-03-02", (True, True)),  # as it was spelled once
        ("?from=2026-03-03", (True, False)),
        ("?from=2026-03-01&kind=compliment", (False, True)),
        ("?from=2026-03-01&theme=waiting", (True, False)),
        ("?service=housing", (True, False)),
        ("?service=tax", (False, False)),
        ("?stage=1", (True, False)),
        ("?stage=2", (False, False)),
    ):
        page = manager.get(f"/manage/feedback{asked}").text
        assert (old.reference in page, praise.reference in page) == there, asked


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-03-02", "2026-03-01", "2026-03-02 is after 2026-03-01. Turn the dates around."),
        ("2026-03-01", "2030-01-01", "2030-01-01 has not come yet: today is 2026-03-02."),
        ("abc", "2026-03-02", "abc is not a date."),
        ("2026-03-01", "2026-13-45", "2026-13-45 is not a date."),
        ("", "soon", "soon is not a date."),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_a_sentence_and_stays_as_it_was_typed(manager, parts, first, last, why):
    told = tell(parts)
    page = manager.get(f"/manage/feedback?from={first}&to={last}&kind=complaint", 422).text
    assert why in words_of(page) and told.reference in page  # what is open is no matter of the period
    assert f'name="from" type="date" value="{first}"' in page and f'name="to" type="date" value="{last}"' in page
    assert '<option value="complaint" selected>' in page and "Ended, told" not in page and "feedback.csv" not in page
    assert why in words_of(manager.get(f"/manage/feedback.csv?from={first}&to={last}", 422).text)


def test_the_table_of_a_period_holds_what_was_told_in_it_and_the_page_what_is_open_besides(manager, parts, hands):
    praise, open_still = tell(parts, "compliment"), tell(parts)
    parts.frontdesk.end_feedback(feedback=praise.id, by="person:1", step="feedback_passed_on")
    hands.go_to("2026-04-10 10:00")
    later = tell(parts)
    asked = "from=2026-03-01&to=2026-03-31"
    page = manager.get(f"/manage/feedback?{asked}").text
    assert all(one.reference in page for one in (praise, open_still, later)) and "Whenever it was told." in page
    assert "All that was told from 1 March to 31 March 2026, open or ended" in words_of(page)
    (link,) = re.findall(r'href="(/manage/feedback\.json[^"]*)"', page)
    assert link.endswith(html.escape(asked))
    for table in (html.unescape(link), f"/manage/feedback.json?{asked}"):
        told = manager.get(table).json["feedback"]
        assert {one["reference"] for one in told} == {praise.reference, open_still.reference}
    answer = manager.get(f"/manage/feedback.csv?{asked}&words=yes")
    assert later.reference not in answer.text
    assert 'filename="feedback-2026-03-01-to-2026-03-31.csv"' in answer.headers["Content-Disposition"]


def test_somebody_who_rings_with_a_reference_is_found_however_it_is_typed(manager, parts):
    told = tell(parts)
    signs = told.reference.removeprefix("F-")
    for typed in (told.reference, told.reference.lower(), f"f{signs}", f" {signs[:3]} {signs[3:]} "):
        answer = manager.client.get("/manage/feedback", query_string={"reference": typed})
        assert answer.location == f"/manage/feedback/{told.id}", typed
    page = manager.get("/manage/feedback?reference=F-00000%3Cb%3E", 404).text
    assert "Nothing was told with the reference F-00000" in page and "<b>" not in page.split("flash")[1][:300]


def test_the_table_holds_everything_but_what_was_written(manager, parts):
    told = tell(parts, text="Mrs Other was rude.", contact="01632 960001")
    parts.frontdesk.answer_feedback(feedback=told.id, by="person:1", finding="partly", answer="In part, yes.")
    answer = manager.get("/manage/feedback.csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["reference"], row["kind"], row["finding"], row["promised_on"]) == (
        told.reference,
        "complaint",
        "partly",
        "2026-03-09",
    )
    (same,) = manager.get("/manage/feedback.json").json["feedback"]
    assert same["told_on"] == row["told_on"] == "2026-03-02"
    for text in (answer.text, manager.get("/manage/feedback").text):
        assert not any(word in text for word in ("rude", "01632", "In part"))


def test_the_table_holds_what_was_written_for_those_who_ask_for_it_and_may_and_that_is_recorded(manager, parts):
    told, silent = tell(parts, text="=Mrs Other was rude."), tell(parts, "compliment")
    rows = list(csv.DictReader(io.StringIO(manager.get("/manage/feedback.csv?words=yes").text)))
    assert {row["reference"]: row["text"] for row in rows} == {
        told.reference: "'=Mrs Other was rude.",
        silent.reference: "",
    }
    assert steps_of(parts, told)[-1] == "feedback_read" and steps_of(parts, silent) == ["feedback_given"]


# -- one of them -----------------------------------------------------------------------------------------------------


def test_a_complaint_goes_through_its_stages_by_the_main_button_of_its_page(manager, parts, hands):
    told = tell(parts, text="Forty minutes.\nNobody said why.")
    where = f"/manage/feedback/{told.id}"
    page = manager.get(where).text
    assert "Answer it by Monday 9 March: 5 working days are left." in words_of(page)
    assert "Forty minutes.\nNobody said why." in page
    assert main_button(page) == "Save the answer"
    manager.post(f"{where}/feedback_answered", finding="not_upheld", answer="We looked.\r\nIt was a busy day.")
    page = manager.get(where).text
    assert "It is answered." in words_of(page) and "We looked.\nIt was a busy day." in page
    manager.post(f"{where}/feedback_escalated")
    page = manager.get(where).text
    assert "Acknowledge it by Thursday 5 March: 3 working days are left." in words_of(page)
    assert main_button(page) == "It is acknowledged"
    manager.post(f"{where}/feedback_acknowledged")
    assert main_button(manager.get(where).text) == "Save the answer"
    manager.post(f"{where}/feedback_answered", finding="upheld", answer="You were right.")
    assert main_button(manager.get(where).text) == "They have been told"
    manager.post(f"{where}/feedback_referred")
    assert steps_of(parts, told)[-1] == "feedback_referred"
    assert parts.frontdesk.feedback(told.id).state == "answered"


def test_what_was_written_is_read_by_those_who_may_and_that_they_did_is_recorded(manager, parts):
    told = tell(parts, text="Forty minutes.")
    manager.get(f"/manage/feedback/{told.id}")
    manager.get(f"/manage/feedback/{told.id}")
    assert steps_of(parts, told).count("feedback_read") == 1
    assert "Was read" in manager.get(f"/manage/feedback/{told.id}").text


@pytest.mark.parametrize(
    ("step", "form", "says"),
    [
        ("feedback_answered", {"finding": "", "answer": "x"}, "A complaint cannot be found"),
        ("feedback_answered", {"finding": "upheld", "answer": " "}, "Nothing is written."),
        ("feedback_extended", {"days": "many", "reason": "x"}, "An answer can be put off by 1 to"),
        ("feedback_extended", {"days": "3", "reason": ""}, "Say why the answer takes longer"),
        ("feedback_put_right", {"done": ""}, "Nothing is written."),
    ],
)
def test_a_refused_step_says_why_beside_what_was_typed(manager, parts, step, form, says):
    told = tell(parts, text="Forty minutes.")
    answer = manager.post(f"/manage/feedback/{told.id}/{step}", **form, status=422)
    assert says in words_of(answer.text)
    assert parts.frontdesk.feedback(told.id).state == "open"


def test_putting_an_answer_off_says_the_new_date_and_offers_the_letter(manager, parts):
    told = tell(parts)
    manager.post(f"/manage/feedback/{told.id}/feedback_extended", days="3", reason="The file is elsewhere.")
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert "The answer was put off, from Monday 9 March to Thursday 12 March" in words_of(page)
    assert "said first: Monday 9 March" in words_of(page)
    assert f"/manage/feedback/{told.id}/letters/extended-1-1" in page


def test_a_complaint_is_given_to_somebody_by_name(manager, parts):
    told = tell(parts)
    sam = parts.keys.add_person(name="Sam", sign_in="sam", role="manager", by="test")
    manager.post(f"/manage/feedback/{told.id}/feedback_assigned", owner=f"person:{sam}")
    page = words_of(manager.get(f"/manage/feedback/{told.id}").text)
    assert "Whose it is Sam" in page and "Given to Sam" in page
    assert told.reference in manager.get(f"/manage/feedback?owner=person:{sam}").text
    assert told.reference not in manager.get("/manage/feedback?owner=person:nobody").text


def test_an_owner_who_has_left_is_shown_as_gone_and_a_receptionist_is_refused(manager, parts):
    told = tell(parts)
    people = {
        role: parts.keys.add_person(name=name, sign_in=role, role=role, by="test")
        for name, role in (("Sam", "manager"), ("Robin", "receptionist"))
    }
    where = f"/manage/feedback/{told.id}/feedback_assigned"
    refused = manager.post(where, 422, owner=f"person:{people['receptionist']}").text
    assert "Only somebody who may read feedback can be given it." in words_of(refused)
    manager.post(where, owner=f"person:{people['manager']}")
    parts.keys.end_person(people["manager"], by="test")
    assert "Whose it is Sam, who has left" in words_of(manager.get(f"/manage/feedback/{told.id}").text)
    assert "Sam, who has left" in words_of(manager.get("/manage/feedback").text)
    manager.post(where, owner="")
    page = words_of(manager.get(f"/manage/feedback/{told.id}").text)
    assert "Whose it is nobody’s yet" in page and "Given to nobody" in page


def test_only_those_who_may_read_it_are_offered_as_its_owner(manager, parts):
    parts.keys.add_person(name="Robin", sign_in="robin", role="receptionist", by="test")
    page = manager.get(f"/manage/feedback/{tell(parts).id}").text
    assert "Robin" not in page and ">Manager</option>" in page


def test_a_compliment_is_passed_on_with_a_note(manager, parts):
    told = tell(parts, "compliment", theme="staff", text="Robin was kind.")
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert main_button(page) == "Pass it on"
    assert "For the ombudsman" not in page
    manager.post(f"/manage/feedback/{told.id}/feedback_passed_on", note="Told Robin on Monday.")
    assert "Told Robin on Monday." in manager.get(f"/manage/feedback/{told.id}").text
    assert parts.frontdesk.feedback(told.id).state == "closed"


def test_a_compliment_is_shown_at_the_desk_that_it_is_about(manager, parts):
    told, other = (tell(parts, "compliment", theme="staff") for _one in range(2))
    where = f"/manage/feedback/{told.id}/feedback_passed_on"
    assert "Write what people should read" in manager.post(where, 422, desks="2", note=" ").text
    assert parts.frontdesk.feedback(told.id).state == "open"
    manager.post(where, desks="2", note="A visitor says that you were very kind.")
    assert parts.frontdesk.feedback(told.id).state == "closed"
    assert parts.frontdesk.look()[1].ruled("message", "2") == "shown"
    manager.post(f"/manage/feedback/{other.id}/feedback_passed_on", note="")
    assert parts.frontdesk.look()[1].ruled("message", "all") is None


def test_put_right_in_the_last_stage_it_can_still_go_to_the_ombudsman(manager, parts):
    told = tell(parts)
    parts.frontdesk.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Yes.")
    parts.frontdesk.escalate_feedback(feedback=told.id, by="person:1")
    manager.post(f"/manage/feedback/{told.id}/feedback_put_right", done="A desk more is open.")
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert "button-next" not in page.split("<main")[1] and "/feedback_escalated" not in page
    assert "To the ombudsman" in words_of(page)
    manager.post(f"/manage/feedback/{told.id}/feedback_referred", note="By telephone.")
    assert "Told of the ombudsman" in words_of(manager.get(f"/manage/feedback/{told.id}").text)


def test_who_complained_is_told_of_the_ombudsman_once_however_often_it_is_pressed(manager, parts):
    told = tell(parts)
    for stage in (1, 2):
        parts.frontdesk.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Yes.")
        if stage == 1:
            parts.frontdesk.escalate_feedback(feedback=told.id, by="person:1")
    assert main_button(manager.get(f"/manage/feedback/{told.id}").text) == "They have been told"
    for note in ("By letter.", "By telephone."):
        manager.post(f"/manage/feedback/{told.id}/feedback_referred", note=note)
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert steps_of(parts, told).count("feedback_referred") == 1
    assert "By letter." in page and "By telephone." not in page and "They have been told" not in page


def test_a_pass_on_that_is_refused_puts_no_note_on_a_desk(manager, parts):
    complaint, told = tell(parts), tell(parts, "compliment", theme="staff")
    manager.post(f"/manage/feedback/{complaint.id}/feedback_passed_on", 409, desks="all", note="Be kinder.")
    assert parts.frontdesk.look()[1].ruled("message", "all") is None
    where = f"/manage/feedback/{told.id}/feedback_passed_on"
    manager.post(where, desks="2", note="You were kind.")
    manager.post(where, 409, desks="all", note="You were kind.")
    assert parts.frontdesk.look()[1].ruled("message", "all") is None


def test_an_answer_saved_by_mistake_is_taken_back_and_its_words_stand_in_the_form_again(manager, parts):
    told = tell(parts)
    words = "We looked into it.\r\nIt was so."
    manager.post(f"/manage/feedback/{told.id}/feedback_answered", finding="partly", answer=words)
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert "A letter that has gone out stays out." in page
    (press,) = re.findall(r'name="press" value="(\d+)"', page)
    page = manager.post(f"/manage/feedback/{told.id}/take-back", 200, press=press).text
    assert "It is taken back: answered." in words_of(page) and "Answer it by Monday 9 March" in words_of(page)
    assert ">We looked into it.\nIt was so.</textarea>" in page and '<option value="partly" selected>' in page
    assert "Taken back: answered" in words_of(page) and "<s>Answered: upheld in part</s>" in page
    assert "/letters/answered-1" not in page
    again = manager.post(f"/manage/feedback/{told.id}/take-back", 409, press=press).text
    assert "cannot be taken back. Look at it again." in words_of(again)
    assert steps_of(parts, told)[-1] == "feedback_undone"


def test_what_is_not_there_is_said_kindly(manager, parts):
    told = tell(parts)
    manager.get("/manage/feedback/nothing", 404)
    manager.post(f"/manage/feedback/{told.id}/feedback_burnt", 404)
    manager.post(f"/manage/feedback/{told.id}/feedback_passed_on", 409)


def test_a_receptionist_sees_none_of_it(receptionist, parts):
    told = tell(parts, text="Forty minutes.")
    for path in ("", ".csv", f"/{told.id}", "/new", "/said"):
        receptionist.get(f"/manage/feedback{path}", 403)
    receptionist.post(f"/manage/feedback/{told.id}/feedback_closed", 403)


def test_a_role_that_may_not_read_sees_the_dates_and_no_word(parts, app, monkeypatch):
    told = tell(parts, text="Forty minutes.")
    readers = parts.settings.feedback.model_copy(update={"readers": ("admin",)})
    monkeypatch.setattr(parts, "settings", parts.settings.model_copy(update={"feedback": readers}))
    manager, admin = Manager(parts, app, "manager"), Manager(parts, app, "admin")
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert "Forty minutes." not in page and "is not for you to read" in page
    assert "<button" not in page.split("<main")[1]
    manager.post(f"/manage/feedback/{told.id}/feedback_answered", 403, finding="upheld", answer="x")
    manager.post(f"/manage/feedback/{told.id}/everything", 403)
    manager.post(f"/manage/feedback/{told.id}/take-back", 403, press="1")
    manager.get("/manage/feedback.csv?words=yes", 403)
    assert steps_of(parts, told) == ["feedback_given"]
    assert "Forty minutes." in admin.get(f"/manage/feedback/{told.id}").text


def test_of_a_role_those_alone_may_read_whom_the_settings_name(parts, app, monkeypatch):
    told = tell(parts, text="Forty minutes.")
    readers = parts.settings.feedback.model_copy(update={"readers": ("Manager-Here", "receptionist")})
    settings = parts.settings.model_copy(update={"feedback": readers})
    monkeypatch.setattr(parts, "settings", settings)
    monkeypatch.setattr(parts.frontdesk, "settings", settings)
    named, other, receptionist = (Manager(parts, app, role) for role in ("manager", "admin", "receptionist"))
    page = named.get(f"/manage/feedback/{told.id}").text
    assert "Forty minutes." in page and f"person:{other.person}" not in page
    assert "Forty minutes." not in other.get(f"/manage/feedback/{told.id}").text
    receptionist.get(f"/manage/feedback/{told.id}", 403)
    for_whom = f"/manage/feedback/{told.id}/feedback_assigned"
    named.post(for_whom, owner=f"person:{named.person}")
    named.post(for_whom, 422, owner=f"person:{other.person}")


# -- noting, and what was done ---------------------------------------------------------------------------------------


def test_a_letter_that_came_is_noted_with_its_words(manager, parts):
    manager.get("/manage/feedback/new")
    form = {"kind": "complaint", "source": "letter", "theme": "decision", "service": "tax", "put_right": ""}
    answer = manager.post("/manage/feedback/new", **form, text="Dear office,\r\nI waited.", contact="a@example.org")
    (told,) = parts.frontdesk.feedbacks()
    assert answer.location.endswith(f"/manage/feedback/{told.id}")
    assert (told.source, told.theme, told.service, told.answer_on) == ("letter", "decision", "tax", "2026-03-09")
    page = manager.get(f"/manage/feedback/{told.id}").text
    assert f"It is noted as {told.reference}." in words_of(page)
    assert "Dear office,\nI waited." in page


def test_what_cannot_be_noted_keeps_what_was_typed(manager, parts):
    answer = manager.post("/manage/feedback/new", 422, kind="complaint", source="letter", contact="a@example.org")
    assert "A complaint needs a theme or a few words" in words_of(answer.text)
    assert 'value="a@example.org"' in answer.text
    assert parts.frontdesk.feedbacks() == []


def test_what_was_said_and_done_is_shown_kept_and_taken_away(manager, parts):
    manager.post("/manage/feedback/said", said="More chairs.", did="Ten more stand there.", theme="building")
    manager.post("/manage/feedback/said", said="Too dark.", did="New lamps come.", keep="yes")
    page = manager.get("/manage/feedback/said").text
    shown, kept = page.split('id="kept"')
    assert "More chairs." in shown and "Too dark." in kept
    key = re.search(r"/manage/feedback/said/([0-9a-f-]+)", shown)[1]
    manager.post(f"/manage/feedback/said/{key}", show="no")
    assert "Nothing yet." in manager.get("/manage/feedback/said").text
    manager.post(f"/manage/feedback/said/{key}", show="yes")
    assert "More chairs." in manager.get("/manage/feedback/said").text.split('id="kept"')[0]
    assert "Write both" in words_of(manager.post("/manage/feedback/said", 422, said="Only this.", did="").text)


def showing_of(page: str) -> str:
    return re.search(r'name="showing" value="([^"]+)"', page)[1]


def test_a_form_posted_twice_notes_one_thing_and_with_other_words_another(manager, parts):
    form = {"kind": "comment", "source": "letter", "showing": showing_of(manager.get("/manage/feedback/new").text)}
    first, again = (manager.post("/manage/feedback/new", **form, text="It was cold.") for _press in range(2))
    assert first.location == again.location
    assert len(parts.frontdesk.feedbacks()) == 1
    manager.post("/manage/feedback/new", **form, text="It was dark.")
    assert len(parts.frontdesk.feedbacks()) == 2


def test_what_was_refused_can_be_corrected_in_the_same_showing(manager, parts):
    first = showing_of(manager.get("/manage/feedback/new").text)
    form = {"kind": "complaint", "source": "letter", "showing": first}
    refused = manager.post("/manage/feedback/new", 422, **form).text
    assert showing_of(refused) == first
    manager.post("/manage/feedback/new", **form, theme="waiting")
    assert len(parts.frontdesk.feedbacks()) == 1


def test_what_was_said_and_done_is_there_once_however_often_it_is_posted(manager):
    form = {"said": "More chairs.", "did": "Ten more stand there."}
    form["showing"] = showing_of(manager.get("/manage/feedback/said").text)
    for _press in range(2):
        manager.post("/manage/feedback/said", **form)
    page = manager.get("/manage/feedback/said").text
    assert page.count("Ten more stand there.") == 1
    manager.post("/manage/feedback/said", **form | {"showing": showing_of(page)})
    assert manager.get("/manage/feedback/said").text.count("Ten more stand there.") == 2
