"""What is said of a call: number character by character, then the desk, in each language in turn."""

import pytest

from reception.voice.wording import call_phrases, spelled
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import office


@pytest.fixture
def inside(door, tmp_path):
    """An app's context of an office that offers Welsh and Urdu, and has the Welsh of its desks alone."""
    texts = {"cy": {"Desk 3": "Desg 3"}}
    settings = office(server={"data": tmp_path}, catalogues={"offered": ["cy", "ur"]}, texts=texts)
    app, _sockets = create_app(Parts(settings, door.store, door, None, Guesses(settings)), [])
    with app.test_request_context():
        yield


def test_a_number_is_said_one_character_after_another():
    assert spelled("A014") == "A, 0, 1, 4."


def test_a_call_is_said_in_each_language_in_turn(inside):
    assert call_phrases("A014", "Desk 3", ["cy", "en"]) == [
        {"language": "cy", "text": "A, 0, 1, 4."},
        {"language": "cy", "text": "Desg 3."},
        {"language": "en", "text": "A, 0, 1, 4."},
        {"language": "en", "text": "Desk 3."},
    ]


def test_a_desk_that_nobody_has_translated_is_said_by_the_voice_of_its_own_language(inside):
    assert call_phrases("A014", "The Oak Room", ["ur"]) == [
        {"language": "ur", "text": "A, 0, 1, 4."},
        {"language": "en", "text": "The Oak Room."},
    ]
