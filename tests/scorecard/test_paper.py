"""The month on paper: one sheet, tagged for readers that speak, in its own letters, with nothing that is not public."""

import io
import json

import pypdf
import pytest
from flask import Flask

from reception.scorecard import paper, words
from reception.scorecard.taking_in import take_file
from reception.web import speaking
from reception.web.parts import Parts
from tests.builders import Hands, instant, open_door
from tests.scorecard.months import Came, lived, making

AT = instant("2026-11-02 08:00")


@pytest.fixture(scope="module")
def lobby(tmp_path_factory):
    door = open_door(tmp_path_factory.mktemp("office") / "r.db", Hands(AT), catalogues={"offered": ["en", "cy", "ar"]})
    lived(door, "2026-09", Came(70), Came(20, minutes=9))
    lived(door, "2026-10", Came(80), Came(40, "housing", minutes=9, outcome="passed_on"), Came(3, "parking"))
    take_file(door, b"measure,month,met,of,source\ntelephone,2026-10,700,1000,Exchange\n", by="test")
    yield door
    door.store.close()


@pytest.fixture(scope="module")
def card(lobby):
    return json.loads(json.dumps(making(lobby).public("2026-10", AT)))


@pytest.fixture(scope="module")
def app(lobby):
    app = Flask("paper")
    speaking.prepare(app, lobby.settings)
    app.extensions["reception"] = Parts(lobby.settings, lobby.store, lobby, None, None)
    return app


@pytest.fixture(scope="module")
def pdfs(lobby, card, app):
    return paper.papers(app, lobby.settings)(card, [AT])


@pytest.fixture(scope="module")
def read(pdfs):
    return pypdf.PdfReader(io.BytesIO(pdfs["en"]))


def tags(node, found=None) -> list[tuple[str, dict]]:
    """Every structure element, depth first: (its kind, its dictionary)."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            tags(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append((node["/S"], node))
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_it_is_one_sheet_of_a4(read):
    assert len(read.pages) == 1
    assert [round(float(side)) for side in read.pages[0].mediabox[2:]] == [595, 842]


def test_it_says_its_language_and_its_title_and_claims_to_be_accessible(read):
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert read.metadata.title == "How we did in October 2026 – Customer services"
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_headings_tables_lists_and_pictures_are_tagged_as_what_they_are(read):
    found = tags(read.trailer["/Root"]["/StructTreeRoot"]["/K"])
    kinds = [kind for kind, _node in found]
    assert kinds.count("/H1") == 1 and kinds.count("/H2") == 5
    assert kinds.count("/Table") == 1 and kinds.count("/TH") == 5 and kinds.count("/TR") == 16
    assert "/L" in kinds
    figures = [node for kind, node in found if kind == "/Figure"]
    assert len(figures) == 2 and all(str(node["/Alt"]).endswith(".") for node in figures)


def test_the_heads_of_the_columns_say_what_they_head(read):
    heads = [node for kind, node in tags(read.trailer["/Root"]["/StructTreeRoot"]["/K"]) if kind == "/TH"]
    scopes = [one["/A"] if isinstance(one["/A"], dict) else one["/A"][0].get_object() for one in heads]
    assert {one["/Scope"] for one in scopes} == {"/Column"}


def test_its_letters_are_those_of_the_office_and_go_with_it(read):
    fonts = read.pages[0]["/Resources"]["/Font"]
    names = {fonts[name]["/BaseFont"] for name in fonts}
    assert names and all("AtkinsonHyperlegible" in name and "+" in name for name in names)


def test_it_says_what_was_promised_and_what_was_measured(read):
    text = " ".join(read.pages[0].extract_text().split())
    assert "How we did in October 2026" in text and "of 1,000" in text and "From Exchange." in text
    assert "We answer the telephone within 20 seconds." in text


def test_each_language_that_its_letters_can_write_has_its_own(pdfs):
    assert sorted(pdfs) == ["cy", "en"]
    assert pypdf.PdfReader(io.BytesIO(pdfs["cy"])).trailer["/Root"]["/Lang"] == "cy"


def test_what_is_hidden_is_not_in_the_sheet(card, app, lobby):
    with app.app_context():
        page = paper.page_of(card, [AT], lobby.settings)
        assert words.NONE in [many for _name, many in words.footfall(card)["services"]]
    assert "3" not in [str(one["count"]) for one in page["quarters"]]


@pytest.mark.parametrize("tag", ["en", "cy", "gd", "pl", "ro", "pt", "es"])
def test_it_is_one_sheet_in_every_language_that_it_is_written_in(card, app, lobby, tag):
    with app.app_context(), speaking.in_language(tag):
        pdf = paper.typeset(paper.page_of(card, [AT], lobby.settings))
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert (len(read.pages), read.trailer["/Root"]["/Lang"][:2]) == (1, tag)


def test_it_is_one_sheet_in_the_longest_language_where_every_result_has_its_word(tmp_path, app):
    door = open_door(tmp_path / "r.db", Hands(AT))
    lived(door, "2026-10", Came(118), Came(25, minutes=9, outcome="passed_on"), Came(2, minutes=None, left=1))
    lines = "telephone,2026-10,,,91.5,X", "voicemail,2026-10,100,103,,X", "letters-answered,2026-10,13,16,,X"
    take_file(door, "\n".join(("measure,month,met,of,value,source", *lines)).encode(), by="test")
    card = json.loads(json.dumps(making(door).public("2026-10", AT)))
    assert {one["state"] for one in card["standards"]} >= {"few", "hidden", "uncounted", "missing", "met"}
    with app.app_context(), speaking.in_language("gd"):
        pdf = paper.typeset(paper.page_of(card, [AT], door.settings))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    door.store.close()


def test_a_page_that_cannot_be_set_says_why():
    with pytest.raises(paper.NoPaper, match="office|title|page"):
        paper.typeset({"title": "half a page"})


def test_an_empty_month_is_a_sheet_too(tmp_path, app):
    door = open_door(tmp_path / "r.db", Hands(AT))
    empty = json.loads(json.dumps(making(door).public("2026-10", AT)))
    with app.app_context():
        page = paper.page_of(empty, [AT], door.settings)
    assert page["lead"] == "There is no figure for how long people waited."
    assert paper.typeset(page).startswith(b"%PDF")
    door.store.close()
