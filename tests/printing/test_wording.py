"""What stands on a slip: looked up when it is drawn, in words, and nobody's name."""

import json

import pytest
from flask import Flask
from flask_babel import Babel

from reception.appointments.booked import Booked
from reception.keys import Keys
from reception.owing import Promised
from reception.printing import wording
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import Hands, office, open_door

TEAM = {"key": "tax", "name": "Tax team", "role": "Tax officer", "email": "tax@fernleigh.example", "phone": "01632 960"}
SIGNPOST = {"key": "advice", "name": "Advice", "phone": "0800", "opening": "always", "checked": "2026-01-01"}
WRITE = Promised("We will write to you.", team="tax", days=5)
BY = "person:1"


class Desk:
    """A desk with a printer beside it, and what the slip of its next print job says."""

    def __init__(self, folder):
        self.hands = Hands()
        settings = office(
            server={"data": folder}, printers=[{"key": "lobby", "kind": "virtual"}], teams=[TEAM], signposts=[SIGNPOST]
        )
        self.door = open_door(folder / "reception.db", self.hands, settings)
        keys = Keys(self.door)
        self.parts = Parts(settings, self.door.store, self.door, keys, Guesses(settings))
        self.app = Flask("words")
        Babel(self.app)

    def finish(self, promise: Promised = WRITE, **ended):
        visit = self.door.ticket()
        self.door.next()
        return self.door.finish(visit=visit.id, by=BY, desk="1", promise=promise, print_slip=True, **ended)

    def says(self) -> dict | None:
        job = self.door.store.next_print_job(self.door.office, "lobby")
        with self.app.app_context():
            return wording.slip(self.parts, job)

    def done(self) -> None:
        """The next job's slip is printed."""
        job = self.door.store.next_print_job(self.door.office, "lobby")["id"]
        self.door.writer.do(lambda store: (store.set_print_job(job, "printed", self.door.now()), None))


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.door.store.close()


def test_a_finished_visitors_slip_says_what_happens_next_by_when_and_whom_to_ask(desk):
    visit = desk.finish()
    assert desk.says() == {
        "office": desk.parts.settings.office.name,
        "heading": "What happens next",
        "what": "We will write to you.",
        "by_when": "By Monday 9\N{NO-BREAK SPACE}March 2026",
        "reference_heading": "Your reference",
        "reference": "260302-001",
        "contact": ["Tax officer", "01632 960", "tax@fernleigh.example"],
        "others_heading": "Others who can help",
        "others": [],
        "footer": ["Scan to see when it is done."],
        "url": desk.door.url(visit),
        "issued_line": "Mon 2 Mar 2026, 10:00",
    }


def test_signposts_given_with_it_stand_on_it(desk):
    desk.finish(signposts=["advice"])
    assert desk.says()["others"] == [["Advice", "0800", "always"]]


def test_papers_handed_in_have_a_receipt(desk):
    papers = Promised("passport, two payslips", kind="documents", team="tax", days=5)
    desk.door.promise(papers, by=BY, printer="lobby")
    said = desk.says()
    assert (said["what"], said["issued_line"], said["url"]) == (
        "We have received: passport, two payslips",
        "Received on Mon 2 Mar 2026, 10:00",
        None,
    )
    assert said["by_when"] == "We will deal with them by Monday 9\N{NO-BREAK SPACE}March 2026"


def test_a_call_back_says_when_and_nothing_of_whom_or_why(desk):
    asked = Promised("asks about arrears", kind="call_back", contact="Kim Jones, 07700 900 123", minutes=90)
    desk.door.promise(asked, by=BY, printer="lobby")
    said = desk.says()
    assert (said["what"], said["by_when"]) == ("", "By Monday 2\N{NO-BREAK SPACE}March 2026, 11:30")
    assert not any(word in json.dumps(said) for word in ("arrears", "Kim", "07700"))


def test_a_promise_that_was_taken_back_is_not_wanted(desk):
    desk.finish()
    assert desk.says()
    desk.door.undo(by=BY, desk="1")
    assert desk.says() is None


def test_a_promise_whose_visitors_page_has_gone_has_no_code(desk):
    visit = desk.finish()
    desk.hands.wall = desk.door.lives_until(visit)
    assert desk.says()["url"] is None


def test_no_print_job_holds_the_text(desk):
    desk.finish()
    assert desk.says()["what"] == WRITE.what
    assert WRITE.what not in str(desk.door.rows("SELECT * FROM print_jobs"))


def test_a_ticket_of_a_visit_that_has_ended_is_not_wanted(desk):
    issued = desk.door.issue(service="tax", by="kiosk:lobby", printer="lobby")
    assert desk.says()["number"] == issued.visit.number
    desk.door.step("cancel", visit=issued.visit.id, by=BY)
    assert desk.says() is None


def test_an_appointments_ticket_says_its_time_and_a_late_ones_how_many_are_ahead(desk):
    for reference, minutes in (("TX-1", 20), ("TX-2", -20)):
        at = desk.door.now() + minutes * 60_000
        desk.door.take_in(
            [Booked(reference, "tax", at, 20, "Ann Other", "AB1 2CD", (), False, 1)], by="key:1", source="test"
        )
        desk.door.check_in(reference=reference, by="kiosk:lobby", printer="lobby")
        desk.hands.go(seconds=1)
    assert desk.says()["ahead_line"] == "Your appointment is at 10:20"
    desk.done()
    assert desk.says()["ahead_line"] == "You are next"


def test_what_somebody_needs_stands_on_no_slip(desk):
    desk.door.issue(
        service="tax", by="kiosk:lobby", printer="lobby", needs=["interpreter", "discreet"], language="Polish"
    )
    with_needs = desk.says()
    desk.done()
    desk.door.issue(service="tax", by="kiosk:lobby", printer="lobby")
    own = ("number", "url", "ahead_line")
    assert {**with_needs, **dict.fromkeys(own)} == {**desk.says(), **dict.fromkeys(own)}
