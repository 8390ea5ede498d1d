"""Mail about feedback, through a mail server: who gets it, when, and how little it says."""

from contextlib import closing

import pytest

from reception.feedback.posting import poster
from reception.keys import Keys
from reception.mail import send_due
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, instant, office, open_door
from tests.mail.postman import Postman

TEAM = {"key": "benefits", "name": "Benefits", "email": "benefits@example.gov.uk"}
THEMES = [{"key": "waiting", "name": "Waiting"}, {"key": "decision", "name": "A decision", "team": "benefits"}]


@pytest.fixture
def hands():
    return Hands(instant("2026-03-02 10:00"))


@pytest.fixture
def postman():
    with closing(Postman()) as postman:
        yield postman


@pytest.fixture
def make(tmp_path, hands, postman):
    """A front desk with its mail, by these settings of the mail."""
    doors = []

    def parts_with(**mail):
        part = {"server": "127.0.0.1", "port": postman.port, "security": "none", "sender": "desk@example.gov.uk"}
        settings = office(mail=part | mail, teams=[TEAM], feedback={"themes": THEMES}, server={"secure_cookies": False})
        doors.append(open_door(tmp_path / "r.db", hands, settings))
        return Parts(settings, doors[-1].store, doors[-1], Keys(doors[-1]), Guesses(settings))

    yield parts_with
    for door in doors:
        door.store.close()


def complain(parts, theme: str, owner: str | None = None):
    told = parts.frontdesk.give_feedback(
        kind="complaint", source="desk", by="person:1", theme=theme, text="Mrs Other was rude.", contact="01632 960001"
    )
    if owner:
        person = parts.keys.add_person(name="Sam", sign_in=owner, role="manager", by="test")
        parts.frontdesk.assign_feedback(feedback=told.id, owner=f"person:{person}", by="person:1")
    return told


def posted(parts, postman) -> list:
    """What arrives of what is now due, oldest first."""
    before = len(postman.received)
    parts.frontdesk.remind_of_feedback(poster(parts, create_app(parts, [])[0]))
    send_due(parts.frontdesk, parts.settings)
    return postman.received[before:]


def test_an_owner_is_written_to_before_and_on_the_day_with_the_link_and_no_word_of_the_visitor(make, postman, hands):
    parts = make()
    told = complain(parts, "waiting", owner="sam@example.gov.uk")
    assert posted(parts, postman) == []
    hands.go_to("2026-03-05 09:00")
    (before,) = posted(parts, postman)
    hands.go_to("2026-03-09 09:00")
    (on_the_day,) = posted(parts, postman)
    assert posted(parts, postman) == []
    assert before["To"] == on_the_day["To"] == "sam@example.gov.uk"
    assert before["Subject"] == f"{told.reference}: answer it by Monday 9 March 2026"
    assert "2 working days are left." in before.get_content()
    assert "that is today." in on_the_day.get_content()
    for mail in (before, on_the_day):
        text = mail.get_content()
        assert f"/manage/feedback/{told.id}\n" in text
        assert not any(word in text for word in ("Other", "rude", "01632"))


def test_a_team_hears_of_what_is_new_about_its_theme_once_and_of_dates_while_nobody_owns_it(make, postman, hands):
    parts = make()
    told = complain(parts, "decision")
    parts.frontdesk.give_feedback(kind="comment", source="kiosk", by="screen:1", theme="waiting")
    (new,) = posted(parts, postman)
    assert (new["To"], new["Subject"]) == ("benefits@example.gov.uk", f"{told.reference}: a new complaint")
    hands.go_to("2026-03-09 09:00")
    (due,) = posted(parts, postman)
    assert due["To"] == "benefits@example.gov.uk"
    hands.go_to("2026-03-11 09:00")
    assert posted(parts, postman) == []


def test_what_was_told_long_ago_is_no_news_to_a_team(make, postman, hands):
    parts = make()
    parts.frontdesk.give_feedback(kind="comment", source="kiosk", by="screen:1", theme="decision")
    hands.go(days=8)
    assert posted(parts, postman) == []


def test_who_signs_in_without_an_address_is_reminded_on_the_page_alone(make, postman, hands):
    parts = make()
    told = complain(parts, "waiting", owner="sam")
    hands.go_to("2026-03-09 09:00")
    assert posted(parts, postman) == []
    steps = parts.store.steps_about(parts.frontdesk.office, told.id)
    assert [step.note for step in steps if step.step == "feedback_reminded"] == [
        {"what": "answer", "day": "2026-03-09", "when": "due"}
    ]


def test_without_a_mail_server_nothing_is_queued_and_reminders_stand(make, postman, hands):
    parts = make(server="")
    complain(parts, "decision", owner="sam@example.gov.uk")
    hands.go_to("2026-03-09 09:00")
    assert poster(parts, None) is None
    assert [one.when for one in parts.frontdesk.remind_of_feedback()] == ["due"]
    assert parts.store.reader.execute("SELECT count(*) FROM mails").fetchone() == (0,)
