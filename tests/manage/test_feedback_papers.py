"""A complaint's papers for managers: its letters to print and to copy, and everything about it in one file."""

import csv
import io
import json
import zipfile

import pytest

COMPLAINT = {"kind": "complaint", "source": "desk", "by": "person:1", "theme": "waiting"}


@pytest.fixture
def complaint(parts, hands):
    """One about a visit, put off, answered and taken further."""
    desk = parts.frontdesk
    visit = desk.issue(service="tax", by="kiosk:lobby").visit
    told = desk.give_feedback(**COMPLAINT, text="=Forty minutes.", contact="a@example.org", visit=visit.id)
    hands.go(days=1)
    desk.acknowledge_feedback(feedback=told.id, by="person:1")
    desk.extend_feedback(feedback=told.id, by="person:1", reason="The file is elsewhere.", days=3)
    hands.go(days=1)
    desk.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="You waited too long.")
    return desk.feedback(told.id)


def everything(manager, complaint, status: int = 200) -> dict[str, str]:
    """The file's files by name, without the folder they stand in."""
    answer = manager.post(f"/manage/feedback/{complaint.id}/everything", status)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{complaint.reference}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        folder = f"{complaint.reference}/"
        return {name.removeprefix(folder): packed.read(name).decode() for name in packed.namelist()}


def reads(parts) -> list[str]:
    names = ("feedback_read", "feedback_exported")
    return [step.step for step in parts.store.steps(parts.frontdesk.office) if step.step in names]


def test_a_letter_is_a_page_to_print_and_a_text_to_copy(manager, parts, complaint):
    page = manager.get(f"/manage/feedback/{complaint.id}/letters/extended-1-1").text
    assert "<h1>Our answer to your complaint takes longer</h1>" in page
    assert '<p class="written" dir="auto">The file is elsewhere.</p>' in page
    text = manager.get(f"/manage/feedback/{complaint.id}/letters/extended-1-1.txt")
    assert (text.mimetype, text.text.splitlines()[0]) == ("text/plain", "Fernleigh Council")
    assert "The file is elsewhere." in text.text and complaint.reference in text.text
    assert reads(parts) == ["feedback_read"]


@pytest.mark.parametrize("letter", ["answered-2", "extended-1-2", "extended-1-1.exe", "nothing"])
def test_a_letter_that_was_never_written_is_not_there(manager, complaint, letter):
    manager.get(f"/manage/feedback/{complaint.id}/letters/{letter}", 404)
    manager.get("/manage/feedback/nobody/letters/answered-1", 404)


def test_everything_about_a_complaint_comes_in_one_file_that_says_what_it_holds(manager, parts, complaint):
    files = everything(manager, complaint)
    assert set(files) == {
        "README.txt",
        "complaint.json",
        "timeline.csv",
        "timeline.json",
        "visit.csv",
        "visit.json",
        "texts/text.txt",
        "texts/contact.txt",
        "texts/reason-1-1.txt",
        "texts/answer-1.txt",
        "letters/acknowledged-1.txt",
        "letters/extended-1-1.txt",
        "letters/answered-1.txt",
    }
    assert all(name in files["README.txt"] for name in files if name != "README.txt")
    assert (files["texts/text.txt"], files["texts/answer-1.txt"]) == ("=Forty minutes.\n", "You waited too long.\n")
    told = json.loads(files["complaint.json"])
    assert (told["reference"], told["theme"], told["service"]) == (complaint.reference, "Waiting", "Council Tax")
    stage = told["stages"][0]
    assert (stage["promised_on"], stage["answer_on"], stage["answered_at"], stage["finding"]) == (
        "2026-03-09",
        "2026-03-12",
        "2026-03-04T10:00:00+00:00",
        "upheld",
    )
    assert reads(parts) == ["feedback_exported"]


def test_its_timeline_tells_each_step_with_its_time_and_who_took_it(manager, complaint):
    files = everything(manager, complaint)
    rows = list(csv.DictReader(io.StringIO(files["timeline.csv"])))
    assert rows == json.loads(files["timeline.json"])
    assert [row["step"] for row in rows] == [
        "feedback_given",
        "feedback_acknowledged",
        "feedback_extended",
        "feedback_answered",
        "feedback_exported",
    ]
    assert (rows[2]["at"], rows[2]["more"]) == ("2026-03-03T10:00:00+00:00", "2026-03-12")
    assert rows[-1]["by"] == "Manager"
    visit = json.loads(files["visit.json"])
    assert visit[0]["what"] == "Got the number A001 for Council Tax"


def test_once_its_words_are_forgotten_the_file_holds_what_happened(manager, parts, complaint, hands):
    from reception import keeping

    hands.go(days=parts.settings.feedback.keep_days + 2)
    keeping.forget(parts.frontdesk)
    files = everything(manager, complaint)
    assert not [name for name in files if name.startswith("texts/")]
    assert "The file is elsewhere." not in "".join(files.values())
    assert "upheld" in files["complaint.json"]


def test_once_its_words_are_forgotten_its_page_and_the_pages_of_its_letters_say_so(manager, parts, complaint, hands):
    from reception import keeping

    about = f"/manage/feedback/{complaint.id}"
    pages = (about, f"{about}/letters/answered-1", f"{about}/letters/extended-1-1")
    assert not any("has been deleted" in manager.get(page).text for page in pages)
    hands.go(days=parts.settings.feedback.keep_days + 2)
    keeping.forget(parts.frontdesk)
    assert all("What was written has been deleted" in manager.get(page).text for page in pages)
    assert "Nothing was written." not in manager.get(about).text
    paper = manager.get(f"{about}/letters/answered-1").text.split("<article")[1]
    assert "The words that stood here have been deleted." in paper
    assert "been deleted" not in manager.get(f"{about}/letters/acknowledged-1").text


def test_where_nothing_was_written_nothing_was_deleted(manager, parts):
    praise = parts.frontdesk.give_feedback(kind="compliment", source="kiosk", by="screen:1", theme="staff")
    assert "Nothing was written." in manager.get(f"/manage/feedback/{praise.id}").text


def test_papers_are_for_those_alone_who_may_read_them(receptionist, parts, complaint):
    receptionist.get(f"/manage/feedback/{complaint.id}/letters/answered-1", 403)
    receptionist.post(f"/manage/feedback/{complaint.id}/everything", 403)
    assert reads(parts) == []


def test_only_a_complaint_has_papers(manager, parts):
    praise = parts.frontdesk.give_feedback(kind="compliment", source="kiosk", by="screen:1", theme="staff")
    manager.get(f"/manage/feedback/{praise.id}/letters/answered-1", 404)
    manager.post(f"/manage/feedback/{praise.id}/everything", 404)
