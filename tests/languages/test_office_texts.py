"""The office's own texts in other languages: what is missing, what is astray, and what reception check says of them."""

import re
from datetime import date
from itertools import chain

import pytest
from click.testing import CliRunner

from reception.checking import warnings
from reception.cli import main
from reception.office_texts import FIELDS, astray, office_texts, untranslated
from reception.settings import SettingsError, load
from reception.translations.extracting import files
from tests.builders import office

OFFICE = """
[office]
public_url = "https://queue.example.org"
[[services]]
key = "tax"
name = "Council Tax"
about = "bills"
letter = "A"
[[desks]]
key = "1"
name = "Desk 1"
"""
WELSH = '[catalogues]\noffered = ["en", "cy"]\n[texts.cy]\n"Council Tax" = "Treth Gyngor"\n'


@pytest.fixture
def written(tmp_path):
    """An office's file with this text; gives its path."""

    def write(text: str):
        path = tmp_path / "office.toml"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def told(written):
    """What `reception check` doubts about it, in sentences about languages."""

    def doubts(text: str) -> list[str]:
        settings = load(written(text), env={})
        found = warnings(settings, date(2026, 3, 2))
        return [sentence for sentence in found if sentence.startswith(("texts", "catalogues"))]

    return doubts


def test_an_offices_texts_are_those_that_visitors_see_and_no_key_or_phone_number():
    signpost = {"key": "advice", "name": "Advice", "phone": "0800", "opening": "always", "checked": "2026-01-01"}
    team = {"key": "t", "name": "Tax team", "role": "Tax officer", "email": "t@e.example", "sentences": ["We write."]}
    texts = office_texts(office(signposts=[signpost], teams=[team]))
    assert {"Council Tax", "Desk 1", "A hearing loop", "Advice", "always", "Tax officer", "We write."} <= set(texts)
    assert not {"tax", "Tax team", "0800", "t@e.example", "Hearing loop"} & set(texts)


def test_what_the_catalogues_say_and_what_the_offices_file_says_is_not_missing():
    settings = office(catalogues={"offered": ["en", "cy"]}, texts={"cy": {"Council Tax": "Treth Gyngor", "Desk 1": ""}})
    missing = untranslated(settings, "cy")
    assert "Desk 1" in missing
    assert not {"Council Tax", "Please ask a member of staff.", "A hearing loop", "Polish"} & set(missing)
    assert untranslated(settings, "en") == []


def test_an_office_that_offers_english_alone_is_told_nothing(told):
    assert told(OFFICE) == []


def test_what_has_no_words_in_an_offered_language_is_counted_with_the_way_to_have_it_all(told):
    assert told(OFFICE + WELSH)[1:] == [
        "texts.cy: 2 of the office's own texts have no words in Welsh and stay as they are, such as 'bills', 'Desk 1'."
        " To have them all for writing: reception texts cy"
    ]


def test_a_catalogue_that_no_council_has_reviewed_is_doubted_until_one_has(told):
    assert told(OFFICE + WELSH)[0] == (
        "catalogues: Welsh is offered and no council has reviewed it, which its pages say to visitors. Have it read as"
        " docs/languages.md tells, then write 'cy' under catalogues.reviewed."
    )
    reviewed = WELSH.replace("[texts", 'reviewed = ["en", "cy"]\n[texts')
    assert not [sentence for sentence in told(OFFICE + reviewed) if "reviewed" in sentence]


def test_a_text_that_is_none_of_the_offices_is_told_with_the_likely_one(told):
    wrong = OFFICE + WELSH.replace('"Council Tax"', '"Councl Tax"')
    assert "texts.cy: 'Councl Tax' is no text of this office; did you mean 'Council Tax'?" in told(wrong)
    assert "texts.cy: 'Zebra' is no text of this office." in told(OFFICE + WELSH + '"Zebra" = "Sebra"\n')


def test_texts_in_a_language_that_is_not_offered_are_doubted(told):
    (sentence,) = told(OFFICE + '[texts.pl]\n"Desk 1" = "Stanowisko 1"\n')
    assert sentence == "texts.pl: Polish is not offered, so nobody sees these. See catalogues.offered."


@pytest.mark.parametrize("wrong", ['[texts.cyy]\n"Desk 1" = "x"\n', '[texts.welsh]\n"Desk 1" = "x"\n'])
def test_a_language_that_there_is_not_is_told_with_the_likely_one(written, wrong):
    with pytest.raises(SettingsError, match=r"texts\.(cyy|welsh): there is no such catalogue .*; did you mean 'cy'\?"):
        load(written(OFFICE + wrong), env={})


def test_what_waits_is_printed_as_the_file_wants_it(written):
    said = CliRunner().invoke(main, ["--office", str(written(OFFICE + WELSH)), "texts", "cy"])
    assert said.output.splitlines() == ["[texts.cy]", '"bills" = ""', '"Desk 1" = ""']
    assert "Nothing waits" in CliRunner().invoke(main, ["--office", str(written(OFFICE)), "texts", "en"]).output


def test_an_address_may_be_translated_and_need_not_be():
    signpost = {"key": "a", "name": "Advice", "address": "12 High Street", "checked": "2026-01-01"}
    settings = office(signposts=[signpost], texts={"cy": {"12 High Street": "12 Stryd Fawr"}})
    assert (astray(settings, "cy"), "12 High Street" in untranslated(settings, "cy")) == ([], False)


def test_whatever_a_surface_says_of_the_settings_can_be_translated():
    said = set()
    for file in files():
        found = re.findall(r"\.(\w+)\)?\|said|said\([\w.\[\]]+\.(\w+)\)", file.read_text("utf-8"))
        said |= {one or other for one, other in found}
    looked_up = {"help", "notice", "role", "address", "office_name"}  # of the office, the board, a team, a signpost
    assert {"name", "asked"} <= said <= {*looked_up, *chain.from_iterable(FIELDS.values())}
