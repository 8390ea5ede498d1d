"""Every catalogue says all that visitors see, in its own script, with its plurals and the English's values."""

import re
import unicodedata

import pytest
from babel import Locale

from reception.languages import CATALOGUES
from reception.translations import SOURCE, catalogue, path, translations
from reception.translations.extracting import ROOT, complete, default_texts, singular, template

OTHERS = [tag for tag in CATALOGUES if tag != SOURCE]
COUNTS = (*range(250), 1_000_000)
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
SCRIPTS = {"ar": "ARABIC", "ur": "ARABIC", "pa": "GURMUKHI", "bn": "BENGALI", "gu": "GUJARATI"}
ENDINGS = {"।": ".", "۔": ".", "؟": "?"}
# Said alike in both languages.
ALIKE = {
    "gd": {"Gujarati", "Panjabi"},
    "pl": {"Urdu"},
    "ro": {"%(num)s minute", "Contact", "Contrast", "Gujarati", "Urdu"},  # minute is its plural
    "pt": {"Panjabi", "Urdu"},
    "es": {"Urdu"},
}


@pytest.fixture(scope="module")
def seen():
    """The sentences in the source: their English -> the message."""
    return {singular(message): message for message in template() if message.id}


def sentences(tag: str):
    return [message for message in catalogue(tag) if message.id]


def finished(tag: str):
    return [message for message in sentences(tag) if complete(message)]


def words(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_what_visitors_see_is_found_in_pages_in_python_and_in_the_default_settings(seen):
    assert {"You are next.", "We cannot find this appointment today.", "Please ask a member of staff."} <= set(seen)
    assert "There is nothing to undo here." not in seen
    assert set(default_texts()) <= set(seen)


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_has_every_sentence_that_visitors_see_and_no_other(tag, seen):
    assert {singular(message) for message in sentences(tag)} == set(seen)


@pytest.mark.parametrize("tag", OTHERS)
def test_every_sentence_is_translated_in_each_plural_and_none_is_a_guess_or_left_over(tag):
    assert [singular(message) for message in sentences(tag) if not complete(message)] == []
    assert "\n#~" not in path(tag).read_text("utf-8")


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_keeps_the_values_of_the_english(tag):
    for message in finished(tag):
        forms, places = words(message), set(PLACES.findall("".join(message.id)))
        # A form for one, two or nobody may say the number as a word.
        least = set() if len(forms) > 1 and len(places) == 1 else places
        assert all(least <= set(PLACES.findall(form)) <= places for form in forms), message.id
        assert set(PLACES.findall(forms[-1])) == places, message.id


@pytest.mark.parametrize("tag", OTHERS)
def test_plurals_are_those_of_cldr(tag):
    read, category = catalogue(tag), Locale.parse(CATALOGUES[tag].locale).plural_form
    plural = translations(tag).plural
    chosen = {(category(n), plural(n)) for n in COUNTS if category(n) != "many" or tag not in ("es", "pt")}
    assert len(chosen) == len({name for name, _index in chosen}) == len({index for _name, index in chosen})
    assert read.num_plurals == len(chosen)
    assert all(len(words(message)) == read.num_plurals for message in sentences(tag) if isinstance(message.id, tuple))


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_is_written_in_its_languages_script(tag):
    script = SCRIPTS.get(tag, "LATIN")
    for message in finished(tag):
        letters = [sign for sign in PLACES.sub("", "".join(words(message))) if unicodedata.category(sign)[0] == "L"]
        assert [sign for sign in letters if script not in unicodedata.name(sign)] == [], message.id


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_is_left_in_english(tag):
    left = {singular(message) for message in sentences(tag) if singular(message) in words(message)}
    assert left <= ALIKE.get(tag, set())


@pytest.mark.parametrize("tag", OTHERS)
def test_a_sentence_ends_as_the_english_does_and_shouts_no_more_than_it(tag):
    for message in finished(tag):
        for form in words(message):
            end, english = ENDINGS.get(form[-1], form[-1]), singular(message)[-1]
            assert (end if end in ".:?" else "") == (english if english in ".:?" else ""), form
            assert form == form.strip() and not {"!", "\N{NO-BREAK SPACE}"} & {*form}, form


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_says_in_its_head_that_nobody_has_reviewed_it_yet_and_carries_no_dates(tag):
    head = path(tag).read_text("utf-8").partition("\n\n")[0]
    assert '"X-Reviewed-By:' in head
    assert f'"Language: {tag}\\n"' in head
    assert not re.search(r"Date|\d{4}|^#: ", path(tag).read_text("utf-8").replace("1,000", ""), re.MULTILINE)


def test_a_guess_is_never_shown(tmp_path, monkeypatch):
    (tmp_path / "cy.po").write_text('msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgid "Back"\nmsgstr "Cefn"\n', "utf-8")
    monkeypatch.setattr("reception.translations.FOLDER", tmp_path)
    assert translations.__wrapped__("cy").gettext("Back") == "Back"


def test_the_documents_name_every_language_with_its_own_name():
    docs, default = ((ROOT / name).read_text("utf-8") for name in ("docs/languages.md", "config/default.toml"))
    for tag, language in CATALOGUES.items():
        assert f"| `{tag}` | {language.name} | {language.own} |" in docs
        assert f"{tag} ({language.name})" in default or tag == SOURCE


def test_welsh_words_change_with_the_number_before_them():
    said = translations("cy").ngettext
    waiting = [said("%(count)s person is waiting", "%(count)s people are waiting", n) % {"count": n} for n in range(8)]
    assert waiting == [
        "0 o bobl yn aros",
        "1 person yn aros",
        "2 berson yn aros",
        "3 pherson yn aros",
        "4 o bobl yn aros",
        "5 o bobl yn aros",
        "6 pherson yn aros",
        "7 o bobl yn aros",
    ]
