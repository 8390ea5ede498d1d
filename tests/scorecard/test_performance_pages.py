"""What anybody sees at /performance: months as they were published, to read and to take away, with nobody in them."""

import csv
import io
import json

import html5lib
import pytest

from reception.keys import Keys
from reception.running import faces
from reception.scorecard.publishing import publish
from reception.scorecard.taking_in import take_file
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, instant, office, open_door
from tests.scorecard.months import Came, lived, making

XHTML = "{http://www.w3.org/1999/xhtml}"


def no_paper(card, moments) -> dict:
    return {"en": b"%PDF-1.7 in English"}


@pytest.fixture
def door(tmp_path):
    settings = office(server={"data": tmp_path, "secure_cookies": False}, catalogues={"offered": ["en", "cy"]})
    door = open_door(tmp_path / "reception.db", Hands(instant("2026-11-10 10:00")), settings)
    lived(door, "2026-10", Came(80), Came(40, "housing", minutes=9, outcome="passed_on"), Came(3, "parking"))
    yield door
    door.store.close()


def client_of(door):
    parts = Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings))
    app, _sockets = create_app(parts, faces())
    return app.test_client()


@pytest.fixture
def client(door):
    return client_of(door)


@pytest.fixture
def published(door, client):
    publish(door, making(door), "2026-10", by="test", paper=no_paper)
    return client


def page(client, path: str) -> str:
    """A page's text, which is whole and valid HTML with one h1 that begins its title."""
    answer = client.get(path)
    assert answer.status_code == 200
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(answer.text)
    (h1,) = document.iter(f"{XHTML}h1")
    (title,) = document.iter(f"{XHTML}title")
    assert title.text.startswith("".join(h1.itertext()).strip())
    return " ".join("".join(document.itertext()).split())


def test_before_any_month_it_says_that_there_is_none(client):
    assert "No month has been published yet." in page(client, "/performance")
    assert client.get("/performance").headers["Cache-Control"] == "no-cache"  # so that the first is seen at once


def test_it_begins_with_how_many_were_seen_in_time(published):
    text = page(published, "/performance")
    assert "How we did in October 2026" in text
    assert "67% of 123 people were seen within 5 minutes." in text
    assert "Published on Tuesday 10 November 2026" in text


def test_a_promise_without_figures_is_said_to_have_none(published):
    text = page(published, "/performance/2026-10")
    assert "No figures from the telephone system for October 2026." in text


def test_small_numbers_are_dashes_on_the_page_and_in_what_is_taken_away(published):
    assert "Parking –" in page(published, "/performance/2026-10").replace("Parking–", "Parking –")
    found = json.loads(published.get("/performance/2026-10.json").text)
    assert [one["count"] for one in found["footfall"]["services"]] == [80, None, None]
    rows = list(csv.DictReader(io.StringIO(published.get("/performance/2026-10.csv").text)))
    counted = {row["name"]: row["counted"] for row in rows if row["table"] == "services"}
    assert counted == {"Council Tax": "80", "Parking": "", "Housing": ""}


def test_the_tables_to_take_away_hold_the_standards_and_their_year(published):
    rows = list(csv.DictReader(io.StringIO(published.get("/performance/2026-10.csv").text)))
    seen = next(row for row in rows if row["table"] == "standards" and row["key"] == "seen")
    assert (seen["counted"], seen["target"], seen["state"], seen["met"]) == ("123", "0.8", "not_met", "83")
    assert sum(row["table"] == "year before" and row["key"] == "seen" for row in rows) == 12


@pytest.mark.parametrize("asked", ["", "?language=cy"])
def test_what_is_taken_away_says_each_promise_as_a_whole_sentence_in_the_office_s_own_language(published, asked):
    document = json.loads(published.get(f"/performance/2026-10.json{asked}").text)
    table = csv.DictReader(io.StringIO(published.get(f"/performance/2026-10.csv{asked}").text))
    promises = [one["promise"] for one in document["standards"]]
    assert "We see you within 5 minutes of arriving." in promises and not any("{" in one for one in promises)
    assert [row["name"] for row in table if row["table"] == "standards"] == promises


def test_the_sheet_is_the_one_that_was_published(published):
    answer = published.get("/performance/2026-10.pdf?language=cy")
    assert (answer.data, answer.mimetype) == (b"%PDF-1.7 in English", "application/pdf")


def test_whoever_asks_may_keep_it_for_a_while_and_nobody_gets_a_cookie(published):
    answer = published.get("/performance/2026-10")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
    again = published.get("/performance/2026-10", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_request_computes_nothing(door, published):
    """Changing every visit changes nothing of what is shown."""
    before = published.get("/performance/2026-10").text
    door.writer.do(lambda store: (store.execute("UPDATE visits SET seen_at = arrived_at"), None))
    assert published.get("/performance/2026-10").text == before


def test_a_correction_says_when(door, published):
    lived(door, "2026-10", Came(30))
    publish(door, making(door), "2026-10", by="test", paper=no_paper)
    text = page(published, "/performance/2026-10")
    assert "Published on Tuesday 10 November 2026" in text and "Corrected on Tuesday 10 November 2026" in text
    assert len(json.loads(published.get("/performance/2026-10.json").text)["versions_published_at"]) == 2


def test_two_corrections_of_one_day_are_said_once(door, published):
    for _time in range(2):
        lived(door, "2026-10", Came(30))
        publish(door, making(door), "2026-10", by="test", paper=no_paper)
    assert page(published, "/performance/2026-10").count("Corrected on Tuesday 10 November 2026") == 1


def test_a_share_without_its_count_has_no_count_in_what_is_taken_away(door, client):
    take_file(door, b"measure,month,value,source\ntelephone,2026-10,91.5,Exchange\n", by="test")
    publish(door, making(door), "2026-10", by="test", paper=no_paper)
    rows = list(csv.DictReader(io.StringIO(client.get("/performance/2026-10.csv").text)))
    row = next(row for row in rows if row["table"] == "standards" and row["key"] == "telephone")
    assert (row["share"], row["counted"], row["met"], row["state"]) == ("0.915", "", "", "uncounted")
    standards = {one["key"]: one for one in json.loads(client.get("/performance/2026-10.json").text)["standards"]}
    for key in ("telephone", "voicemail"):
        assert (standards[key]["n"], standards[key]["hits"]) == (None, None)
        assert {point["n"] for point in standards[key]["trend"]} == {None}
    assert (standards["telephone"]["value"], standards["voicemail"]["state"]) == (0.915, "missing")


@pytest.mark.parametrize("path", ["2026-09", "2026-09.pdf", "2026-9.csv", "soon.json", "2026-10-10"])
def test_what_was_never_published_is_not_there(published, path):
    assert published.get(f"/performance/{path}").status_code == 404


def test_an_office_may_keep_it_to_itself(tmp_path, door):
    settings = door.settings.model_copy(
        update={"performance": door.settings.performance.model_copy(update={"public": False})}
    )
    door.settings = settings
    assert client_of(door).get("/performance").status_code == 404


def test_it_is_worded_in_each_language_of_the_office(published):
    assert '<html lang="cy"' in published.get("/performance?language=cy").text
    assert "Cymraeg" in page(published, "/performance")


def test_what_the_words_mean_is_there_for_everybody(published):
    text = page(published, "/performance/definitions")
    assert "until help begins at the desk" in text
    for state in ("Not counted", "Outage", "Too few to judge", "Not judged", "Not shown"):
        assert state in text


def test_when_an_appointment_was_on_time_is_said_as_the_office_has_set_it(tmp_path):
    door = open_door(tmp_path / "r.db", Hands(instant("2026-11-10 10:00")), figures={"punctual_minutes": 12})
    assert "no later than 12 minutes after its time" in page(client_of(door), "/performance/definitions")
    door.store.close()


def test_an_empty_month_has_an_honest_page(door, client):
    lived(door, "2026-07", Came(40))
    publish(door, making(door), "2026-08", by="test", paper=no_paper)
    text = page(client, "/performance/2026-08")
    assert "There is no figure for how long people waited." in text
    assert "100%" not in text and "Kept" not in text.replace("Next step on time", "")
