"""What stands on a slip: looked up when it is drawn, in words, and nobody's name."""

import json

import pytest
from flask import Flask

from reception.appointments.booked import Booked
from reception.keys import Keys
from reception.owing import Promised
from reception.printing import shaping, slip, wording
from reception.web import speaking
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import Hands, office, open_door

TEAM = {"key": "tax", "name": "Tax team", "role": "Tax officer", "email": "tax@fernleigh.example", "phone": "01632 960"}
SIGNPOST = {"key": "advice", "name": "Advice", "phone": "0800", "opening": "always", "checked": "2026-01-01"}
WRITE = Promised("We will write to you.", team="tax", days=5)
BY = "person:1"
PRINTERS = [{"key": "lobby", "kind": "virtual"}, {"key": "back", "name": "Back office", "kind": "virtual"}]
TEXTS = {"cy": {"Council Tax": "Treth y Cyngor"}, "ur": {"Council Tax": "کونسل ٹیکس"}}


class Desk:
    """A desk with a printer beside it, and what the slip of its next print job says."""

    def __init__(self, folder, **parts):
        self.hands = Hands()
        settings = office(server={"data": folder}, printers=PRINTERS, teams=[TEAM], signposts=[SIGNPOST], **parts)
        self.door = open_door(folder / "reception.db", self.hands, settings)
        keys = Keys(self.door)
        self.parts = Parts(settings, self.door.store, self.door, keys, Guesses(settings))
        self.app = Flask("words")
        self.app.extensions["reception"] = self.parts
        speaking.prepare(self.app, settings)

    def finish(self, promise: Promised = WRITE, **ended):
        visit = self.door.ticket()
        self.door.next()
        return self.door.finish(visit=visit.id, by=BY, desk="1", promise=promise, print_slip=True, **ended)

    def ticket(self, **asked):
        return self.door.issue(service="tax", by="kiosk:lobby", printer="lobby", **asked).visit

    def says(self) -> dict | None:
        job = self.door.store.next_print_job(self.door.office, "lobby")
        with self.app.app_context():
            return wording.slip(self.parts, job)

    def done(self) -> None:
        """The next job's slip is printed."""
        job = self.door.store.next_print_job(self.door.office, "lobby")["id"]
        self.door.writer.do(lambda store: (store.end_print_job(job, "lobby", "printed", self.door.now()), None))


@pytest.fixture
def office_of(tmp_path):
    """Call it for an office with other settings."""
    opened = []

    def of(**parts) -> Desk:
        opened.append(Desk(tmp_path, **parts))
        return opened[-1]

    yield of
    for desk in opened:
        desk.door.store.close()


@pytest.fixture
def desk(office_of):
    return office_of()


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
        "language": "en",
        "large": False,
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
    assert desk.says()["ahead_line"] == "Your appointment is at 10:20."
    desk.done()
    assert desk.says()["ahead_line"] == "You are next."


def test_what_somebody_needs_stands_on_no_slip(desk):
    desk.door.issue(service="tax", by="kiosk:lobby", printer="lobby", needs=["interpreter", "bsl"], language="Polish")
    with_needs = desk.says()
    desk.done()
    desk.door.issue(service="tax", by="kiosk:lobby", printer="lobby")
    own = ("number", "url", "ahead_line")
    assert {**with_needs, **dict.fromkeys(own)} == {**desk.says(), **dict.fromkeys(own)}


def test_a_slip_is_in_the_language_its_reader_chose_and_names_the_service_as_staff_know_it(office_of):
    desk = office_of(catalogues={"offered": ["en", "ur"]}, texts=TEXTS)
    desk.ticket(reads="ur")
    said = desk.says()
    assert said["language"] == "ur"
    assert said["service"] == [("ur", "کونسل ٹیکس"), ("en", "Council Tax")]
    assert not any(letter.isascii() and letter.isalpha() for letter in str(said["footer"] + [said["ahead_line"]]))


@pytest.mark.parametrize("reads", ["cy", "en", ""])
def test_in_wales_a_slip_is_in_both_languages_welsh_first(office_of, reads):
    desk = office_of(office={"nation": "wales"}, catalogues={"offered": ["en", "cy"]}, texts=TEXTS)
    desk.ticket(reads=reads)
    said = desk.says()
    assert said["service"] == [("cy", "Treth y Cyngor"), ("en", "Council Tax")]
    assert [tag for tag, _text in said["ahead_line"]] == ["cy", "en"]
    assert said["language"] == "cy"


def test_elsewhere_who_reads_welsh_has_welsh_and_who_reads_english_only_that(office_of):
    desk = office_of(catalogues={"offered": ["en", "cy"]}, texts=TEXTS)
    desk.ticket(reads="cy")
    assert (desk.says()["language"], type(desk.says()["ahead_line"])) == ("cy", str)
    desk.done()
    desk.ticket()
    assert (desk.says()["language"], desk.says()["service"]) == ("en", "Council Tax")


def test_what_happens_next_is_in_the_visitors_language_and_what_staff_typed_as_they_typed_it(office_of):
    desk = office_of(catalogues={"offered": ["en", "ur"]}, texts=TEXTS)
    visit = desk.ticket(reads="ur")
    desk.done()
    desk.door.next()
    desk.door.finish(visit=visit.id, by=BY, desk="1", promise=WRITE, print_slip=True)
    said = desk.says()
    assert (said["language"], said["what"], said["reference"]) == ("ur", WRITE.what, "260302-001")
    assert said["heading"] != "What happens next"


def test_where_letters_cannot_be_drawn_a_slip_is_in_the_offices_first_language(office_of, monkeypatch):
    monkeypatch.setattr(shaping, "fribidi", lambda: None)
    settings = office_of(catalogues={"offered": ["en", "ur", "pl"]}).parts.settings
    assert [wording.languages(settings, reads) for reads in ("ur", "pl", "")] == [["en"], ["pl"], ["en"]]


def test_large_print_is_for_whoever_needs_it(desk):
    desk.ticket(needs=["large-print"])
    assert desk.says()["large"]
    desk.done()
    desk.ticket(needs=["time"])
    assert not desk.says()["large"]


def test_somebody_called_discreetly_is_told_that_they_are_fetched(desk):
    desk.ticket(needs=["discreet"])
    assert desk.says()["footer"][0] == "Please take a seat. We will come to you."


def test_a_slip_from_the_backup_printer_says_where_somebody_waits_for_it(desk):
    job = desk.ticket() and desk.door.store.next_print_job(desk.door.office, "lobby")
    with desk.app.app_context():
        assert wording.slip(desk.parts, job | {"meant_for": "back"})["mark"] == "Meant for Back office"
        again = job | {"meant_for": "back", "kind": "reprint"}
        assert wording.slip(desk.parts, again)["mark"] == "Reprint – Meant for Back office"


def test_a_signposts_slip_says_how_to_reach_them_in_the_readers_language(office_of):
    desk = office_of(catalogues={"offered": ["en", "cy"]}, texts={"cy": {"Advice": "Cyngor"}})
    desk.door.give_signpost(signpost="advice", by="screen:lobby", printer="lobby", reads="cy")
    says = desk.says()
    assert (says["name"], says["lines"], says["language"]) == ("Cyngor", ["0800", "always"], "cy")
    assert slip.draw(slip.SignpostSlip(**says)).width == 576
