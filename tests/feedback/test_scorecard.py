"""Complaints and what was done about them on the month's card, the public's page and its sheet."""

import io
import json

import pypdf
import pytest

from reception.feedback.dealing import LONGEST_PAIR
from reception.keys import Keys
from reception.refusals import Refusal
from reception.running import faces
from reception.scorecard import paper
from reception.scorecard.publishing import publish
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, instant, office, open_door
from tests.scorecard.months import Came, lived, making

OCTOBER = instant("2026-10-01 10:00")
SAID, DID = "The waiting room is cold in the mornings.", "The heating now starts at seven."


@pytest.fixture
def hands():
    return Hands(OCTOBER)


@pytest.fixture
def door(tmp_path, hands):
    settings = office(server={"data": tmp_path, "secure_cookies": False}, catalogues={"offered": ["en", "cy"]})
    door = open_door(tmp_path / "r.db", hands, settings)
    for number in range(40):
        told = door.give_feedback(kind="complaint", source="letter", by="person:1", theme="waiting", text="Cold.")
        if number < 36:
            door.answer_feedback(feedback=told.id, by="person:1", finding="upheld", answer="Yes.")
    door.say_what_was_done(said=SAID, did=DID, by="person:1")
    hands.go_to("2026-11-02 08:00")
    lived(door, "2026-10", Came(120))
    yield door
    door.store.close()


def standard(card: dict, measure: str) -> dict:
    return next(one for one in card["standards"] if one["measure"] == measure)


def test_the_card_says_how_many_complaints_due_in_the_month_were_answered_in_time(door, hands):
    card = making(door).whole("2026-10", hands.wall)
    answered = standard(card, "complaint_stage1")
    assert (answered["hits"], answered["n"], answered["share"]) == (36, 40, 0.9)
    assert standard(card, "complaint_stage2_answered")["state"] == "missing"


def test_a_month_shows_what_was_before_the_public_at_its_end_and_still_is(door, hands):
    assert making(door).public("2026-10", hands.wall)["said_and_done"] == [{"said": SAID, "did": DID, "language": "en"}]
    later = door.say_what_was_done(said="More chairs.", did="Ten more stand there.", by="person:1")
    kept = door.say_what_was_done(said="Too dark.", did="New lamps come.", by="person:1", show=False)
    assert len(making(door).public("2026-10", hands.wall)["said_and_done"]) == 1
    assert (later.is_shown, kept.is_shown) == (True, False)
    (shown,) = [row for row in door.rows("SELECT id FROM said_and_done") if row[0] not in (later.id, kept.id)]
    door.show_what_was_done(said_and_done=shown[0], show=False, by="person:1")
    assert "said_and_done" not in making(door).public("2026-10", hands.wall)


def test_the_published_page_and_its_open_data_say_it_and_none_of_the_words_of_a_complaint(door, hands):
    parts = Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings))
    client = create_app(parts, faces())[0].test_client()
    publish(door, making(door), "2026-10", by="test", paper=lambda *_given: {})
    page, welsh = client.get("/performance/2026-10").text, client.get("/performance/2026-10?language=cy").text
    assert '<h2 id="said">You said, we did</h2>' in page and SAID in page and DID in page
    assert f'<span lang="en" dir="auto">{SAID}</span>' in welsh
    assert client.get("/performance/2026-10.json").json["said_and_done"][0]["did"] == DID
    assert "Cold." not in page


def sheets(door, hands, *pairs: tuple[str, str]) -> dict[str, str]:
    """The text of the month's sheet in each language; there is but one sheet."""
    card = json.loads(json.dumps(making(door).public("2026-10", hands.wall)))
    card["said_and_done"] = [{"said": said, "did": did, "language": "en"} for said, did in pairs]
    parts = Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings))
    found = {}
    for tag, pdf in paper.papers(create_app(parts, [])[0], door.settings)(card, [hands.wall]).items():
        (sheet,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
        found[tag] = " ".join(sheet.extract_text().split())
    return found


def test_the_sheet_says_the_newest_two(door, hands):
    found = sheets(door, hands, (SAID, DID), ("More chairs.", "Ten more stand there."), ("Third.", "Not here."))
    for text in found.values():
        assert SAID in text and DID in text and "Ten more stand there." in text and "Third." not in text


def test_however_long_they_are_there_is_one_sheet(door, hands):
    words = ("every morning the hall is cold and loud and there is no chair for my mother " * 9)[:LONGEST_PAIR].strip()
    assert set(sheets(door, hands, (words, words), (words, words))) == {"en", "cy"}


def test_a_pair_that_no_sheet_has_room_for_is_refused(door):
    with pytest.raises(Refusal, match="text_too_long"):
        door.say_what_was_done(said="a" * (LONGEST_PAIR + 1), did="b", by="person:1")
