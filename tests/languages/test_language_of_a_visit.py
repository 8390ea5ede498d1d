"""What a visitor chose to read goes with their visit, and what is made for them is worded in it."""

import pytest
from flask import Flask, current_app

from kiosk.ticket import worded
from phone.owed import owed_of
from reception.languages import in_order
from reception.owing import Promised
from reception.refusals import Refusal
from reception.web import speaking
from tests.builders import office, open_door, replayed

WELSH = {"catalogues": {"offered": ["en", "cy"]}, "texts": {"cy": {"Council Tax": "Treth Gyngor"}}}


@pytest.fixture
def welsh(tmp_path, hands):
    return open_door(tmp_path / "reception.db", hands, office(**WELSH))


@pytest.fixture
def words():
    """An app that words an office's texts."""
    app = Flask("words")
    app.extensions["reception"] = type("Parts", (), {"settings": office(**WELSH)})
    from flask_babel import Babel

    Babel(app, locale_selector=speaking.locale)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "own, offered, nation, order",
    [
        ("en", ["en"], "england", ("en",)),
        ("en", ["pl", "en"], "england", ("en", "pl")),
        ("en", ["en", "cy"], "england", ("en", "cy")),
        ("en", ["en", "pl", "cy"], "wales", ("cy", "en", "pl")),
        ("en", ["en"], "wales", ("en",)),
        ("cy", ["en"], "england", ("cy", "en")),
    ],
)
def test_the_offices_language_comes_first_and_in_wales_welsh_does(own, offered, nation, order):
    assert in_order(own, offered, nation) == order


def test_the_language_somebody_chose_goes_with_their_visit(welsh):
    visit = welsh.issue(service="tax", by="screen:1", reads="cy").visit
    assert (visit.reads, replayed(welsh.told())[visit.id].reads) == ("cy", "cy")


def test_a_language_that_is_not_offered_is_refused(welsh):
    with pytest.raises(Refusal) as refused:
        welsh.issue(service="tax", by="screen:1", reads="pl")
    assert (refused.value.key, refused.value.values["tags"]) == ("unknown_language", "en, cy")


def test_an_offices_text_is_said_as_its_file_says_it_in_that_language(words):
    with speaking.in_language("cy"):
        assert (speaking.said("Council Tax"), speaking.marked("Council Tax")) == ("Treth Gyngor",) * 2
    assert speaking.said("Council Tax") == "Council Tax"


def test_a_text_nobody_translated_says_in_which_language_it_stands(words):
    with speaking.in_language("cy"):
        assert str(speaking.marked("Parking & <travel>")) == '<span lang="en">Parking &amp; &lt;travel&gt;</span>'
    assert speaking.marked("Parking & <travel>") == "Parking & <travel>"


def test_a_ticket_names_its_service_in_the_language_of_whoever_took_it(words):
    with speaking.in_language("cy"):
        assert worded({"number": "A001", "service_name": "Council Tax", "desk_name": None}) == {
            "number": "A001",
            "service_name": "Treth Gyngor",
            "desk_name": None,
        }


def test_a_teams_sentence_is_said_in_the_language_of_whoever_it_was_promised_to(words, welsh):
    team = {"key": "tax", "name": "Tax team", "sentences": ["We will write to you."]}
    settings = office(
        **WELSH | {"texts": {"cy": {"We will write to you.": "Byddwn yn ysgrifennu atoch."}}}, teams=[team]
    )
    parts = type("Parts", (), {"settings": settings, "store": welsh.store, "frontdesk": welsh})
    current_app.extensions["reception"] = parts
    visit = welsh.ticket()
    welsh.next()
    welsh.finish(visit=visit.id, by="person:1", desk="1", promise=Promised("We will write to you.", days=1))
    with speaking.in_language("cy"):
        assert owed_of(parts, visit)["owed"][0]["what"] == "Byddwn yn ysgrifennu atoch."
