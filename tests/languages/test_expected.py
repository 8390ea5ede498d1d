"""What somebody is told of their wait, in words: the same sentences for every face, in each language."""

from contextlib import ExitStack

import pytest
from flask import Flask

from reception.estimate.said import Said
from reception.languages import CATALOGUES
from reception.web import expected, speaking
from tests.builders import TEN, instant, office

MINUTE = 60_000
WITHIN = Said("within", TEN, 0, 5, TEN + 4 * MINUTE)
RANGE = Said("range", TEN, 10, 25, TEN + 25 * MINUTE, ahead=3, booked_first=True)
LATER = Said("range", TEN, 40, 60, TEN + 60 * MINUTE, later=True, why="desk_closed")
FROM = Said("from", TEN, 25, offer=True)
NO_NUMBER = Said("no_number", TEN, opens_at=instant("2026-03-02 13:30"))
ALL = (WITHIN, RANGE, LATER, FROM, NO_NUMBER)
HEARD = {"office": {"public_url": "https://queue.example.org"}}


@pytest.fixture
def words():
    """Call it, once, for an office's settings, within an app that words them."""
    with ExitStack() as entered:

        def of(**parts):
            settings, app = office(**parts), Flask("words")
            app.extensions["reception"] = type("Parts", (), {"settings": settings})
            speaking.prepare(app, settings)
            entered.enter_context(app.test_request_context())
            return settings

        yield of


@pytest.mark.parametrize(
    "found, said",
    [
        (WITHIN, ["You should be seen within 5 minutes, by 10:04.", "You are next.", "Updated 10:00."]),
        (
            RANGE,
            [
                "About 10 to 25 minutes. We expect to call you by 10:25.",
                "3 people are ahead of you for this service. People with an appointment may be called first.",
                "Updated 10:00.",
            ],
        ),
        (
            LATER,
            [
                "Running later than we said: we now expect to call you by 11:00."
                " This is because fewer desks are open now.",
                "You are next.",
                "Updated 10:00.",
            ],
        ),
        (
            FROM,
            [
                "About 25 minutes or longer. We cannot say yet by when we will call you.",
                "You are next.",
                "You can go and come back: your phone shows your place.",
                "Updated 10:00.",
            ],
        ),
        (
            NO_NUMBER,
            [
                "We cannot say how long it takes: nobody who can help is here now. A desk is likely to open at 13:30.",
                "Nobody is ahead of you for this service.",
                "You can go and come back: your phone shows your place.",
                "Updated 10:00.",
            ],
        ),
    ],
    ids=lambda value: getattr(value, "key", None),
)
def test_it_says_how_long_and_by_when_who_comes_first_and_when_that_was(words, found, said):
    assert expected.sentences(found, words(**HEARD), ahead=found.ahead) == said


@pytest.mark.parametrize(
    "found, said",
    [
        (WITHIN, "Within 5 minutes"),
        (RANGE, "About 10 to 25 minutes"),
        (Said("range", TEN, 0, 10, TEN + 8 * MINUTE), "Up to 10 minutes"),
        (Said("range", TEN, 10, 10, TEN + 10 * MINUTE), "About 10 minutes"),
        (FROM, "About 25 minutes or longer"),
        (Said("from", TEN, 0), None),
        (NO_NUMBER, "Likely from 13:30"),
        (Said("no_number", TEN, opens_at=instant("2026-03-04 09:00")), "Likely from Wednesday 09:00"),
        (Said("no_number", TEN), None),
        (None, None),
    ],
)
def test_before_the_number_a_few_words_say_it(words, found, said):
    assert expected.short(found, words()) == said


def test_where_no_estimate_is_known_only_who_is_ahead_is_said(words):
    settings = words()
    assert expected.sentences(None, settings, ahead=2) == ["2 people are ahead of you for this service."]
    assert expected.sentences(None, settings, ahead=None) == []


def test_nobody_is_told_that_they_are_next_while_somebody_booked_may_come_first(words):
    first = Said("range", TEN, 0, 10, TEN + 8 * MINUTE, booked_first=True)
    assert expected.told(first, words(), ahead=0)["ahead"] == (
        "Nobody is ahead of you for this service. People with an appointment may be called first."
    )


def test_a_guess_that_is_rough_says_so(words):
    rough = Said("range", TEN, 10, 25, TEN + 25 * MINUTE, learning=True)
    assert expected.told(rough, words())["besides"] == (
        "This is a rough guess: we are still learning how long things take here."
    )


@pytest.mark.parametrize(
    "parts, said",
    [
        ({}, ""),
        ({**HEARD, "phone": {"late_minutes": []}}, ""),
        (HEARD, "You can go and come back: your phone shows your place."),
        ({"waits": {"book": "ring 01632 960 001"}}, "You can also book for another time: ring 01632 960 001."),
    ],
)
def test_a_long_wait_offers_what_the_office_offers(words, parts, said):
    long = Said("range", TEN, 60, 90, TEN + 90 * MINUTE, offer=True)
    assert expected.told(long, words(**parts))["besides"] == said


def test_a_desk_that_opens_another_day_or_nobody_knows_when_is_said_otherwise(words):
    settings = words()
    another = Said("no_number", TEN, opens_at=instant("2026-03-04 09:00"))
    assert expected.told(another, settings)["wait"].endswith(" A desk is likely to open: Wednesday 09:00.")
    assert expected.told(Said("no_number", TEN), settings)["wait"].endswith(" Please ask a member of staff.")


def test_where_nobody_knows_who_can_help_nobody_is_said_to_be_next_or_the_first(words):
    settings = words()
    nobody = Said("no_number", TEN)
    assert expected.told(nobody, settings, ahead=0)["ahead"] == ""
    assert expected.told(nobody, settings, ahead=2)["ahead"] == "2 people are ahead of you for this service."


def test_a_reason_that_has_no_words_is_left_out(words):
    without = Said("range", TEN, 40, 60, TEN + 60 * MINUTE, later=True)
    assert expected.told(without, words())["wait"] == (
        "Running later than we said: we now expect to call you by 11:00."
    )


@pytest.mark.parametrize("tag", [tag for tag in CATALOGUES if tag != "en"])
def test_each_language_says_the_same_numbers_and_times_in_its_own_words(words, tag):
    settings = words(catalogues={"offered": list(CATALOGUES)}, **HEARD)
    english = [" ".join(expected.sentences(found, settings, ahead=3)) for found in ALL]
    with speaking.in_language(tag):
        told = [" ".join(expected.sentences(found, settings, ahead=3)) for found in ALL]
        brief = [expected.short(found, settings) for found in ALL]
    assert not set(told) & set(english)
    for found, said in zip(ALL, told, strict=True):
        numbers = [found.low, found.high] if found.key == "range" and not found.later else []
        assert all(str(number) in said for number in numbers)
        assert "10:00" in said and ("10:25" in said) == (found is RANGE)
    assert all(one and one[-1] not in expected.FULL_STOPS for one in brief)
